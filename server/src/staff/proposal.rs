//! A further administrator: one administrator proposes, another approves, and both are known to the database.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::problem::Problem;
use shared::staff::{
    AccountName, Grant, GrantedBy, NewGrant, Refusal, Right, Role, Scope, StaffId, Whereabouts, allowed_by, check_new,
};
use sqlx::{AnyConnection, any::AnyRow};

use super::authority::Staff;
use super::scopes::Scopes;
use super::stopped::stopped;
use super::{home, people, record, roles};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError, Rule,
    sql::{instant, maybe_instant, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::keys::token::new_id;

/// How long a proposal waits.
pub const LIFETIME: TimeDelta = TimeDelta::hours(72);

/// A role that waits for a second administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub id: String,
    pub person: StaffId,
    pub grant: Grant,
    pub proposer: StaffId,
    /// Their account.
    pub proposed_by: Option<String>,
    pub proposed_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// What is said to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Approve,
    /// By whoever proposed it, it is withdrawn.
    Decline,
}

/// A proposal as the database will keep it.
pub(super) struct NewProposal {
    pub(super) id: String,
    pub(super) person: StaffId,
    pub(super) grant: Grant,
    pub(super) proposer: StaffId,
    /// Where its scope lies.
    pub(super) at: Whereabouts,
    pub(super) now: DateTime<Utc>,
}

/// Proposes that somebody be given a role that takes two.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::NotAllowed`], [`Refusal::OwnRole`], [`Refusal::ProposedAlready`], what
/// [`check_new`] refuses, [`Refusal::RolesElsewhere`] for whose account is at home elsewhere, and [`Problem::NotFound`] for
/// whoever works elsewhere.
pub async fn propose(
    app: &App,
    staff: &Staff,
    name: &AccountName,
    grant: Grant,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (entry, scopes) = people::one(app, staff, name, now).await?;
    staff.confirmed()?;
    let at = scopes.whereabouts(&grant.scope);
    let new = NewProposal { id: new_id(), person: entry.person, grant, proposer: staff.person().clone(), at, now };
    staff.write(app, new, insert).await
}

/// Approves a proposal, which gives the role, or declines it.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::NotAllowed`], [`Refusal::ProposalOver`], [`Refusal::FirstStopped`]; for an approval also
/// [`Refusal::TakesTwo`] for whoever proposed it, [`Refusal::OwnRole`] for whom it is about, [`Refusal::ApproverTooNew`],
/// [`Refusal::RolesElsewhere`].
pub async fn decide(app: &App, staff: &Staff, id: &str, decision: Decision, now: DateTime<Utc>) -> Result<(), Error> {
    let mut connection = app.database().read().await?;
    let proposal = one(&mut connection, id).await?;
    let at = Scopes::load(&mut connection).await?.whereabouts(&proposal.grant.scope);
    drop(connection);
    staff.may(Right::GrantRoles, &at)?;
    staff.confirmed()?;
    let deciding = Deciding { proposal, by: staff.person().clone(), grant_id: new_id(), at, now };
    match decision {
        Decision::Approve => staff.write(app, deciding, approve).await,
        Decision::Decline => staff.write(app, deciding, decline).await,
    }
}

/// How many proposals wait for this person, also those to end a role: made by another, about another, where they give roles.
pub async fn waiting_for(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<usize, Error> {
    if staff.anywhere(Right::GrantRoles).is_empty() {
        return Ok(0);
    }
    let mut connection = app.database().read().await?;
    let (open, ending) = (open(&mut connection, now).await?, roles::ending(&mut connection, now).await?);
    if open.is_empty() && ending.is_empty() {
        return Ok(0);
    }
    let scopes = Scopes::load(&mut connection).await?;
    let open = open.iter().map(|proposal| (&proposal.proposer, &proposal.person, &proposal.grant.scope));
    let ending = ending.iter().filter_map(|held| Some((&held.ending.as_ref()?.by, &held.person, &held.grant.scope)));
    let is_theirs = |(first, about, scope): &(&StaffId, &StaffId, &Scope)| {
        let is_between_others = ![*first, *about].contains(&staff.person());
        is_between_others && staff.may(Right::GrantRoles, &scopes.whereabouts(scope)).is_ok()
    };
    Ok(open.chain(ending).filter(is_theirs).count())
}

/// Every proposal that waits, of whoever was not stopped since.
pub(super) async fn open(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<Vec<Proposal>, DatabaseError> {
    const OPEN: &str = concat!(
        "select p.id, p.staff_id, p.role, p.scope, p.scope_id, p.from_at, p.until_at, p.proposer, p.proposed_at, p.expires_at, \
         (select min(a.name) from staff_account a where a.staff_id = p.proposer) as proposed_by \
         from role_proposal p where p.outcome is null and p.expires_at > $1 and not ",
        stopped!("p.proposer", "p.proposed_after"),
        " order by p.proposed_at, p.id"
    );
    let rows = sql(OPEN, [now.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

async fn one(connection: &mut AnyConnection, id: &str) -> Result<Proposal, Error> {
    let statement = "select p.id, p.staff_id, p.role, p.scope, p.scope_id, p.from_at, p.until_at, p.proposer, \
         p.proposed_at, p.expires_at, (select min(a.name) from staff_account a where a.staff_id = p.proposer) as proposed_by \
         from role_proposal p where p.id = $1";
    let row = sql(statement, [id.into()]).fetch_optional(connection).await?;
    Ok(read(&row.ok_or(Problem::NotFound)?)?)
}

/// What an approval would be refused for is refused to whoever proposes it, so that nobody waits in vain.
pub(super) async fn insert(connection: &mut AnyConnection, new: &NewProposal) -> Result<(), Error> {
    const OVER: &str = concat!(
        "update role_proposal set outcome = 'expired', decided_at = $1 where outcome is null and (expires_at <= $1 or ",
        stopped!("proposer", "proposed_after"),
        ")"
    );
    let NewProposal { person, grant, proposer, now, .. } = new;
    let (scope, scope_id) = grant.scope.columns();
    sql(OVER, [(*now).into()]).execute(&mut *connection).await?;
    let detail = json!({ "proposal": new.id, "role": grant.role, "scope": grant.scope });
    record::note(connection, person, (Actor::Staff(proposer.clone()), "role_proposed", detail), *now).await?;
    let theirs = roles::held(connection, proposer).await?;
    let theirs: Vec<_> = theirs.iter().map(|held| &held.grant).collect();
    allowed_by(theirs.iter().copied(), Right::GrantRoles, &new.at, *now).ok_or(Refusal::NotAllowed)?;
    let by = GrantedBy::Two { proposer: proposer.clone(), approver: another() };
    let given = NewGrant { person: person.clone(), grant: grant.clone(), by };
    let held = roles::held(connection, person).await?;
    check_new(&given, held.iter().map(|held| &held.grant))?;
    home::may_administer(connection, (&theirs, person), *now).await?;
    let statement = "insert into role_proposal (id, staff_id, role, scope, scope_id, from_at, until_at, proposer, \
         proposed_at, expires_at, proposed_after) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
         (select s.audit_length from staff s where s.id = $8))";
    let values = [
        new.id.as_str().into(),
        person.as_str().into(),
        grant.role.name().into(),
        scope.into(),
        scope_id.into(),
        grant.from.into(),
        grant.until.into(),
        proposer.as_str().into(),
        (*now).into(),
        (*now + LIFETIME).into(),
    ];
    match sql(statement, values).execute(connection).await.map_err(DatabaseError::from) {
        Err(DatabaseError::Refused(Rule::RoleProposedOnce)) => Err(Refusal::ProposedAlready.into()),
        Err(DatabaseError::Refused(Rule::NobodyGrantsThemselves)) => Err(Refusal::OwnRole.into()),
        written => Ok(written.map(drop)?),
    }
}

/// Somebody who is neither of them, while nobody has approved yet.
fn another() -> StaffId {
    StaffId::parse("another").expect("a plain word is an id")
}

struct Deciding {
    proposal: Proposal,
    by: StaffId,
    /// Of the role that an approval gives.
    grant_id: String,
    at: Whereabouts,
    now: DateTime<Utc>,
}

/// The proposal is decided first: of two at the same instant the second finds it decided.
async fn approve(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    let Deciding { proposal, by, at, now, .. } = deciding;
    match write(connection, deciding, "approved").await {
        Err(Error::Database(DatabaseError::Refused(Rule::TwoPersons))) => return Err(Refusal::TakesTwo.into()),
        Err(Error::Database(DatabaseError::Refused(Rule::NobodyGrantsThemselves))) => {
            return Err(Refusal::OwnRole.into());
        }
        written => written?,
    }
    let theirs = roles::held(connection, by).await?;
    let those = [&proposal.proposer, &proposal.person];
    let of_before = theirs.iter().filter(|held| held.is_apart_from(those, proposal.proposed_at));
    let of_before: Vec<_> = of_before.map(|held| &held.grant).collect();
    allowed_by(of_before.iter().copied(), Right::GrantRoles, at, *now).ok_or(Refusal::ApproverTooNew)?;
    // They may have come to another home since.
    home::may_administer(connection, (&of_before, &proposal.person), *now).await?;
    // Whoever holds the code of an older invitation would be the one who was approved.
    let invited = "delete from staff_invitation where account in (select name from staff_account where staff_id = $1)";
    sql(invited, [proposal.person.as_str().into()]).execute(&mut *connection).await?;
    // What begins when it is approved begins then, and not at an instant that has passed.
    let grant = Grant { from: proposal.grant.from.max(*now), ..proposal.grant.clone() };
    let two = GrantedBy::Two { proposer: proposal.proposer.clone(), approver: by.clone() };
    let new = NewGrant { person: proposal.person.clone(), grant, by: two };
    roles::insert(connection, &(deciding.grant_id.clone(), new, at.clone(), *now)).await
}

async fn decline(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    let Deciding { proposal, by, now, .. } = deciding;
    let (outcome, act) = if *by == proposal.proposer {
        ("withdrawn", "role_proposal_withdrawn")
    } else {
        ("declined", "role_proposal_declined")
    };
    write(connection, deciding, outcome).await?;
    let event = (Actor::Staff(by.clone()), act, json!({ "proposal": proposal.id }));
    Ok(record::note(connection, &proposal.person, event, *now).await?)
}

async fn write(connection: &mut AnyConnection, deciding: &Deciding, outcome: &'static str) -> Result<(), Error> {
    const DECIDED: &str = concat!(
        "update role_proposal set outcome = $1, decided_by = $2, decided_at = $3 \
         where id = $4 and outcome is null and expires_at > $3 and not ",
        stopped!("proposer", "proposed_after")
    );
    let Deciding { proposal, by, now, .. } = deciding;
    let values = [outcome.into(), by.as_str().into(), (*now).into(), proposal.id.as_str().into()];
    let written = sql(DECIDED, values).execute(&mut *connection).await.map_err(DatabaseError::from)?;
    if written.rows_affected() == 1 {
        return Ok(());
    }
    let statement = "select 1 as one from role_proposal where id = $1 and outcome is null and expires_at > $2";
    let waits = sql(statement, [proposal.id.as_str().into(), (*now).into()]).fetch_optional(connection).await?;
    Err(if waits.is_some() { Refusal::FirstStopped } else { Refusal::ProposalOver }.into())
}

fn read(row: &AnyRow) -> Result<Proposal, DatabaseError> {
    let scope_id = text(row, "scope_id")?;
    let person = |column| word(row, column, |id| StaffId::parse(id).ok());
    Ok(Proposal {
        id: text(row, "id")?,
        person: person("staff_id")?,
        grant: Grant {
            role: word(row, "role", Role::from_name)?,
            scope: word(row, "scope", |scope| Scope::restore(scope, &scope_id))?,
            from: instant(row, "from_at")?,
            until: maybe_instant(row, "until_at")?,
        },
        proposer: person("proposer")?,
        proposed_by: maybe_text(row, "proposed_by")?,
        proposed_at: instant(row, "proposed_at")?,
        expires_at: instant(row, "expires_at")?,
    })
}
