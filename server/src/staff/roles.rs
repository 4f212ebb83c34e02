//! Who was given which role, where and when. Read anew for each request, so that a change holds at once.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::problem::Problem;
use shared::staff::{
    Grant, GrantedBy, NewGrant, Refusal, Right, Role, Scope, StaffId, Whereabouts, allowed_by, check_new,
};
use sqlx::{AnyConnection, any::AnyRow};

use super::proposal::LIFETIME;
use super::stopped::stopped;
use super::{giving, record};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError, Rule,
    sql::{flag, instant, int, maybe_instant, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::keys::token::new_id;

/// A role as it was given, for whoever looks after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// By which it is taken back.
    pub id: String,
    pub person: StaffId,
    pub grant: Grant,
    /// Who gave it alone; nobody where it was the operator, or where two did.
    pub giver: Option<StaffId>,
    /// The account of whoever gave it; none where it was the operator.
    pub given_by: Option<String>,
    /// The account of the second of two.
    pub approved_by: Option<String>,
    pub given_at: DateTime<Utc>,
    /// That somebody wants it ended, where that takes two.
    pub ending: Option<Ending>,
}

/// For how long a role is held before whoever gave it alone may be the first where its holder is the second.
const SETTLED: TimeDelta = TimeDelta::hours(72);

/// The first half of ending a role that ends by two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub by: StaffId,
    /// Their account.
    pub account: Option<String>,
    pub at: DateTime<Utc>,
    /// Whether they were stopped since, so that nobody is the second to it.
    pub is_void: bool,
}

impl Held {
    /// Whether it holds now or will.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        !self.grant.is_empty() && self.grant.until.is_none_or(|until| now < until)
    }

    /// Whether it makes somebody the second person for what the first did to another then: it was held before, and neither of
    /// those two has just given it.
    pub(crate) fn is_apart_from(&self, those: [&StaffId; 2], at: DateTime<Utc>) -> bool {
        let is_theirs = self.giver.as_ref().is_some_and(|giver| those.contains(&giver));
        let since = self.given_at.max(self.grant.from);
        since < at && (!is_theirs || since <= at - SETTLED)
    }

    /// Whether it gives a right now and gave it at that instant already.
    pub(crate) fn could(&self, right: Right, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.grant.role.allows(right) && self.grant.holds(now) && self.given_at.max(self.grant.from) <= at
    }

    /// That somebody wants it ended, while a second person may still end it.
    pub fn is_ending(&self, now: DateTime<Utc>) -> Option<&Ending> {
        self.wanted(now).filter(|ending| !ending.is_void)
    }

    /// That somebody wanted it ended who was stopped since.
    pub fn void_ending(&self, now: DateTime<Utc>) -> Option<&Ending> {
        self.wanted(now).filter(|ending| ending.is_void)
    }

    fn wanted(&self, now: DateTime<Utc>) -> Option<&Ending> {
        self.ending.as_ref().filter(|ending| self.is_live(now) && now < ending.at + LIFETIME)
    }
}

/// A statement that [`read_held`] can read.
macro_rules! held {
    ($condition:literal) => {
        concat!(
            "select r.id, r.staff_id, r.role, r.scope, r.scope_id, r.from_at, r.until_at, r.granted_at, r.granted_by, r.ending_by, r.ending_at, \
             cast(case when r.ending_at is not null and ",
            stopped!("r.ending_by", "r.ending_after"),
            " then 1 else 0 end as bigint) as ending_void, \
             (select min(a.name) from staff_account a where a.staff_id = r.ending_by) as ending_account, \
             (select min(a.name) from staff_account a where a.staff_id = r.granted_by) as given_by, \
             (select min(a.name) from staff_account a where a.staff_id = r.approved_by) as approved_by from staff_role r ",
            $condition
        )
    };
}

/// Everything that anybody was given.
pub(super) async fn everybodys(connection: &mut AnyConnection) -> Result<Vec<Held>, DatabaseError> {
    let rows = sql(held!("order by r.from_at, r.id"), []).fetch_all(connection).await?;
    rows.iter().map(read_held).collect()
}

/// Everything that somebody was given.
pub(crate) async fn held(connection: &mut AnyConnection, person: &StaffId) -> Result<Vec<Held>, DatabaseError> {
    let statement = held!("where r.staff_id = $1 order by r.from_at, r.id");
    let rows = sql(statement, [person.as_str().into()]).fetch_all(connection).await?;
    rows.iter().map(read_held).collect()
}

/// Everything that those were given who want something said of a place, while nobody has decided it.
pub(crate) async fn of_place_proposers(
    connection: &mut AnyConnection,
    now: DateTime<Utc>,
) -> Result<Vec<Held>, DatabaseError> {
    let statement = held!(
        "where r.staff_id in (select c.proposer from place_change c where c.outcome is null and c.expires_at > $1) \
         order by r.from_at, r.id"
    );
    let rows = sql(statement, [now.into()]).fetch_all(connection).await?;
    rows.iter().map(read_held).collect()
}

/// The roles that somebody wants ended.
pub(super) async fn ending(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<Vec<Held>, DatabaseError> {
    let rows =
        sql(held!("where r.ending_at > $1 order by r.id"), [(now - LIFETIME).into()]).fetch_all(connection).await?;
    let held: Vec<_> = rows.iter().map(read_held).collect::<Result<_, _>>()?;
    Ok(held.into_iter().filter(|held| held.is_ending(now).is_some()).collect())
}

/// One role.
///
/// # Errors
/// [`Problem::NotFound`].
pub(super) async fn one(connection: &mut AnyConnection, id: &str) -> Result<Held, Error> {
    let row = sql(held!("where r.id = $1"), [id.into()]).fetch_optional(connection).await?;
    Ok(read_held(&row.ok_or(Problem::NotFound)?)?)
}

/// All that somebody was given, past and future included.
pub async fn of(app: &App, person: &StaffId) -> Result<Vec<Grant>, Error> {
    Ok(all(&mut *app.database().read().await?, person).await?)
}

/// Gives somebody a role; `at` is where its scope lies. Gives the name by which it is taken back.
///
/// # Errors
/// [`Refusal::NotAllowed`] where one of those who give it may give none there and now; what [`check_new`] refuses.
pub async fn give(app: &App, new: &NewGrant, at: &Whereabouts, now: DateTime<Utc>) -> Result<String, Error> {
    let id = new_id();
    app.database().write_with((id.clone(), new.clone(), at.clone(), now), insert).await?;
    Ok(id)
}

/// Lets a role end now; one that is over already stays so, and one that had not begun never does.
pub async fn take_back(app: &App, id: &str, by: Actor, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((id.to_owned(), by, now), end).await
}

pub(super) async fn insert(
    connection: &mut AnyConnection,
    (id, new, at, now): &(String, NewGrant, Whereabouts, DateTime<Utc>),
) -> Result<(), Error> {
    let NewGrant { person, grant, by } = new;
    let (granted_by, approved_by) = match by {
        GrantedBy::Operator => (None, None),
        GrantedBy::One(giver) => (Some(giver), None),
        GrantedBy::Two { proposer, approver } => (Some(proposer), Some(approver)),
    };
    let (scope, scope_id) = grant.scope.columns();
    let detail = json!({ "grant": id, "role": grant.role, "scope": grant.scope, "approved_by": approved_by });
    let actor = granted_by.map_or(Actor::Operator, |giver| Actor::Staff(giver.clone()));
    // First, since it keeps whatever else is given to this person waiting until what they hold by then is known.
    record::note(connection, person, (actor, "role_given", detail), *now).await?;
    if let GrantedBy::One(giver) = by {
        giving::waits_for_nobody(connection, giver, *now).await?;
    }
    for giver in [granted_by, approved_by].into_iter().flatten() {
        let theirs = all(connection, giver).await?;
        allowed_by(&theirs, Right::GrantRoles, at, *now).ok_or(Refusal::NotAllowed)?;
    }
    check_new(new, &all(connection, person).await?)?;
    let founder = if *by == GrantedBy::Operator && grant.role.takes_two() {
        Some(founder(connection, (scope, scope_id), *now).await?)
    } else {
        None
    };
    let statement = "insert into staff_role (id, staff_id, role, scope, scope_id, from_at, until_at, granted_by, \
         approved_by, granted_at, founder) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = [
        id.as_str().into(),
        person.as_str().into(),
        grant.role.name().into(),
        scope.into(),
        scope_id.into(),
        grant.from.into(),
        grant.until.into(),
        granted_by.map(|giver| giver.as_str().to_owned()).into(),
        approved_by.map(|giver| giver.as_str().to_owned()).into(),
        (*now).into(),
        founder.into(),
    ];
    match sql(statement, values).execute(connection).await.map_err(DatabaseError::from) {
        Err(DatabaseError::Refused(Rule::NobodyGrantsThemselves)) => Err(Refusal::OwnRole.into()),
        Err(DatabaseError::Refused(Rule::RoleTakesTwo)) => Err(Refusal::TakesTwo.into()),
        Err(DatabaseError::Refused(Rule::TwoFounders)) => Err(Refusal::AdministratorsThere.into()),
        written => Ok(written.map(drop)?),
    }
}

/// Which of the two administrators of an office the next one is whom the operator makes; of several at the same instant
/// each counts those before it.
async fn founder(
    connection: &mut AnyConnection,
    (scope, id): (&'static str, &str),
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    let alone = "update place set audit_length = audit_length where id = $1";
    sql(alone, [id.into()]).execute(&mut *connection).await?;
    let free = "update staff_role set founder = null where scope = $1 and scope_id = $2 and until_at <= $3";
    sql(free, [scope.into(), id.into(), now.into()]).execute(&mut *connection).await?;
    let statement = "select count(*) as held, cast(coalesce(min(founder), 2) as bigint) as first from staff_role \
         where role = 'account_administrator' and scope = $1 and scope_id = $2 and (until_at is null or until_at > $3)";
    let row = sql(statement, [scope.into(), id.into(), now.into()]).fetch_one(connection).await?;
    if int(&row, "held")? >= 2 {
        return Err(Refusal::AdministratorsThere.into());
    }
    Ok(if int(&row, "first")? == 2 { 1 } else { 2 })
}

pub(super) async fn end(
    connection: &mut AnyConnection,
    (id, by, now): &(String, Actor, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update staff_role set until_at = case when from_at > $1 then from_at else $1 end \
         where id = $2 and (until_at is null or until_at > $1) returning staff_id";
    let row = sql(statement, [(*now).into(), id.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(()) };
    let person = word(&row, "staff_id", |id| StaffId::parse(id).ok())?;
    let event = (by.clone(), "role_taken_back", json!({ "grant": id }));
    Ok(record::note(connection, &person, event, *now).await?)
}

async fn all(connection: &mut AnyConnection, person: &StaffId) -> Result<Vec<Grant>, DatabaseError> {
    let statement = "select role, scope, scope_id, from_at, until_at from staff_role where staff_id = $1 \
         order by from_at, id";
    let rows = sql(statement, [person.as_str().into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Grant, DatabaseError> {
    let scope_id = text(row, "scope_id")?;
    Ok(Grant {
        role: word(row, "role", Role::from_name)?,
        scope: word(row, "scope", |scope| Scope::restore(scope, &scope_id))?,
        from: instant(row, "from_at")?,
        until: maybe_instant(row, "until_at")?,
    })
}

fn read_held(row: &AnyRow) -> Result<Held, DatabaseError> {
    let approved_by = maybe_text(row, "approved_by")?;
    Ok(Held {
        id: text(row, "id")?,
        person: word(row, "staff_id", |id| StaffId::parse(id).ok())?,
        grant: read(row)?,
        giver: match (maybe_text(row, "granted_by")?, &approved_by) {
            (Some(giver), None) => Some(StaffId::parse(&giver).map_err(|_| DatabaseError::unreadable("granted_by"))?),
            _ => None,
        },
        given_by: maybe_text(row, "given_by")?,
        approved_by,
        given_at: instant(row, "granted_at")?,
        ending: match (maybe_text(row, "ending_by")?, maybe_instant(row, "ending_at")?) {
            (Some(by), Some(at)) => Some(Ending {
                by: StaffId::parse(&by).map_err(|_| DatabaseError::unreadable("ending_by"))?,
                account: maybe_text(row, "ending_account")?,
                at,
                is_void: flag(row, "ending_void")?,
            }),
            _ => None,
        },
    })
}
