//! Giving roles and taking them back, by somebody who is signed in.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::staff::{AccountName, Grant, GrantedBy, NewGrant, Refusal, Right, Role, StaffId, Whereabouts, allowed_by};
use sqlx::AnyConnection;

use super::authority::Staff;
use super::budget::Purse;
use super::last::{HELD_FOR, is_last, keep_all};
use super::proposal::LIFETIME;
use super::roles::Held;
use super::scopes::Scopes;
use super::stopped::stopped;
use super::{account, people, record, roles};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{DatabaseError, Rule, sql::sql};
use crate::error::Error;
use crate::keys::token::new_id;

/// Gives somebody a role where `staff` gives roles. Gives the name by which it is taken back.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::NotAllowed`], [`Refusal::OwnRole`], [`Refusal::TakesTwo`],
/// [`Refusal::SuspensionWaits`], what [`shared::staff::check_new`] refuses, and [`shared::problem::Problem::NotFound`] for
/// whoever works elsewhere.
pub async fn give(
    app: &App,
    staff: &Staff,
    name: &AccountName,
    grant: Grant,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let (entry, scopes) = people::one(app, staff, name, now).await?;
    staff.confirmed()?;
    let at = scopes.whereabouts(&grant.scope);
    staff.may(Right::GrantRoles, &at)?;
    let new = NewGrant { person: entry.person, grant, by: GrantedBy::One(staff.person().clone()) };
    let id = new_id();
    staff.write(app, (id.clone(), new, at, now), roles::insert).await?;
    Ok(id)
}

/// What came of taking a role back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenBack {
    Ended,
    /// It ends once somebody else has taken it back too.
    Proposed,
    /// The same: somebody else had wanted it before, and was stopped since.
    ProposedAnew,
}

/// Lets a role end now. Another's role as administrator ends once two have closed their account; that nobody has used it for
/// long is the doing of no two. An auditor's, and that of an office's last manager, ends once two have taken it back, within
/// the time of a proposal, the first of whom was not stopped in between. Whoever leaves a colleague without any role has as good
/// as closed their account, and pays for it.
///
/// # Errors
/// [`Refusal::SignInAgain`]; [`Refusal::NotAllowed`] for a role that holds where they give none; [`Refusal::SuspendFirst`];
/// [`Refusal::EndProposedAlready`]; [`Refusal::NotTheSecond`]; [`Refusal::SuspensionWaits`]; [`Refusal::SuspendedMany`];
/// [`Refusal::LastAdministrator`] for their own; [`shared::problem::Problem::NotFound`].
pub async fn take_back(app: &App, staff: &Staff, id: &str, now: DateTime<Utc>) -> Result<TakenBack, Error> {
    let mut connection = app.database().read().await?;
    let held = roles::one(&mut connection, id).await?;
    let scopes = Scopes::load(&mut connection).await?;
    drop(connection);
    let at = scopes.whereabouts(&held.grant.scope);
    staff.may(Right::GrantRoles, &at)?;
    staff.confirmed()?;
    let by = staff.person().clone();
    let purse = Purse::suspensions(app.keys(), &by);
    staff.write(app, Taking { id: held.id, by, at, purse, now }, end).await
}

/// A role that is taken back, where its scope lies.
struct Taking {
    id: String,
    by: StaffId,
    at: Whereabouts,
    purse: Purse,
    now: DateTime<Utc>,
}

/// Nobody who has closed an administrator's or auditor's account alone gives or takes a role alone before a second person has
/// spoken: whoever could have objected is out. Whoever has stopped an office's last manager names another one at once. Nobody
/// acts whose own account is closed by now.
///
/// # Errors
/// [`Refusal::SuspensionWaits`], [`Refusal::SignInNeeded`].
pub(super) async fn waits_for_nobody(
    connection: &mut AnyConnection,
    by: &StaffId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    account::stays_open(connection, by).await?;
    let statement = "select 1 from staff_account a join staff_role r on r.staff_id = a.staff_id \
         where a.suspended_by = $1 and a.suspended_until > $2 and r.role in ('account_administrator', 'auditor') \
         and (r.until_at is null or (r.until_at > $2 and r.until_at > r.from_at)) limit 1";
    let waits = sql(statement, [by.as_str().into(), now.into()]).fetch_optional(connection).await?;
    if waits.is_some() { Err(Refusal::SuspensionWaits.into()) } else { Ok(()) }
}

async fn end(connection: &mut AnyConnection, taking: &Taking) -> Result<TakenBack, Error> {
    let Taking { id, by, now, .. } = taking;
    let held = roles::one(connection, id).await?;
    let (role, is_own) = (held.grant.role, held.person == *by);
    if role.takes_two() && !is_own {
        is_closed(connection, &held.person).await?;
    }
    waits_for_nobody(connection, by, *now).await?;
    keep_all(connection, &held.person).await?;
    if is_own {
        if role.takes_two() && is_last(connection, &held, *now).await? {
            return Err(Refusal::LastAdministrator.into());
        }
    } else {
        let takes_two =
            role == Role::Auditor || (role == Role::OfficeManager && is_last(connection, &held, *now).await?);
        if takes_two && let Half::First { anew } = half(connection, &held, taking).await? {
            return Ok(if anew { TakenBack::ProposedAnew } else { TakenBack::Proposed });
        }
        pay_for_last(connection, &held, taking).await?;
    }
    roles::end(connection, &(id.clone(), Actor::Staff(by.clone()), *now)).await?;
    Ok(TakenBack::Ended)
}

/// Pays where somebody could sign in with no other role that they have had for a day.
async fn pay_for_last(connection: &mut AnyConnection, held: &Held, taking: &Taking) -> Result<(), Error> {
    let Taking { purse, now, .. } = taking;
    if !held.grant.holds(*now) {
        return Ok(());
    }
    let statement = "select 1 from staff_account a where a.staff_id = $1 and a.suspended_at is null \
         and a.password_hash is not null and not exists (select 1 from staff_role r where r.staff_id = $1 and r.id <> $2 \
         and r.from_at <= $3 and r.granted_at <= $3 and (r.until_at is null or r.until_at > $4)) limit 1";
    let values = [held.person.as_str().into(), held.id.as_str().into(), (*now - HELD_FOR).into(), (*now).into()];
    if sql(statement, values).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(());
    }
    purse.pay_or(connection, *now, |retry_after| Refusal::SuspendedMany { retry_after }).await.map(drop)
}

async fn is_closed(connection: &mut AnyConnection, person: &StaffId) -> Result<(), Error> {
    let statement = "select 1 from staff_account where staff_id = $1 \
         and (suspended_at is null or suspended_until is not null or agreed_by is null) limit 1";
    let open = sql(statement, [person.as_str().into()]).fetch_optional(connection).await?;
    if open.is_some() { Err(Refusal::SuspendFirst.into()) } else { Ok(()) }
}

/// Which of the two wants it ended.
enum Half {
    First {
        /// In the place of somebody else, who was stopped since.
        anew: bool,
    },
    Second,
}

/// Whether somebody else wanted it ended before, who was not stopped since; if not, it is written down who does now.
async fn half(connection: &mut AnyConnection, held: &Held, taking: &Taking) -> Result<Half, Error> {
    const SECOND: &str = concat!(
        "update staff_role set ended_by = $1 where id = $2 and ending_by <> $1 and ending_at > $3 and not ",
        stopped!("ending_by", "ending_after")
    );
    const FIRST: &str = concat!(
        "update staff_role set ending_by = $1, ending_at = $2, ending_after = (select s.audit_length from staff s where s.id = $1) \
         where id = $3 and (ending_at is null or ending_at <= $4 or ",
        stopped!("ending_by", "ending_after"),
        ")"
    );
    let Taking { by, at, now, .. } = taking;
    let now = *now;
    if !held.is_live(now) {
        return Ok(Half::Second);
    }
    let (id, by_id, since) = (held.id.as_str(), by.as_str(), now - LIFETIME);
    if let Some(ending) = held.is_ending(now).filter(|ending| ending.by != *by) {
        let theirs = roles::held(connection, by).await?;
        let apart = theirs.iter().filter(|theirs| theirs.is_apart_from([&ending.by, &held.person], ending.at));
        allowed_by(apart.map(|held| &held.grant), Right::GrantRoles, at, now).ok_or(Refusal::NotTheSecond)?;
    }
    let values = [by_id.into(), id.into(), since.into()];
    let written = sql(SECOND, values).execute(&mut *connection).await.map_err(DatabaseError::from);
    if matches!(written, Err(DatabaseError::Refused(Rule::SecondIsOlder))) {
        return Err(Refusal::NotTheSecond.into());
    }
    if written?.rows_affected() == 1 {
        return Ok(Half::Second);
    }
    let values = [by_id.into(), now.into(), id.into(), since.into()];
    if sql(FIRST, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::EndProposedAlready.into());
    }
    let event = (Actor::Staff(by.clone()), "role_end_proposed", json!({ "grant": id }));
    record::note(connection, &held.person, event, now).await?;
    Ok(Half::First { anew: held.void_ending(now).is_some_and(|ending| ending.by != *by) })
}

/// Why a role cannot be given to somebody beside what they have now or will have, for saying so beforehand.
pub fn in_its_way<'a>(role: Role, live: impl IntoIterator<Item = &'a Held>) -> Option<Refusal> {
    let held = live.into_iter().map(|held| held.grant.role).find(|held| held.excludes(role))?;
    Some(Refusal::RolesExclude { role, held })
}
