//! Giving roles and taking them back, by somebody who is signed in.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::staff::{AccountName, Grant, GrantedBy, NewGrant, Refusal, Right, Role, StaffId};
use sqlx::AnyConnection;

use super::authority::Staff;
use super::proposal::LIFETIME;
use super::roles::Held;
use super::scopes::Scopes;
use super::{people, record, roles};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::sql;
use crate::error::Error;

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
    roles::give(app, &new, &at, now).await
}

/// What came of taking a role back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenBack {
    Ended,
    /// It ends once somebody else has taken it back too.
    Proposed,
}

/// Lets a role end now. Another's role as administrator ends once two have closed their account; that nobody has used it for
/// long is the doing of no two. An auditor's ends once two have taken it back, within the time of a proposal.
///
/// # Errors
/// [`Refusal::SignInAgain`]; [`Refusal::NotAllowed`] for a role that holds where they give none; [`Refusal::SuspendFirst`];
/// [`Refusal::EndProposedAlready`]; [`Refusal::SuspensionWaits`]; [`shared::problem::Problem::NotFound`].
pub async fn take_back(app: &App, staff: &Staff, id: &str, now: DateTime<Utc>) -> Result<TakenBack, Error> {
    let mut connection = app.database().read().await?;
    let held = roles::one(&mut connection, id).await?;
    let scopes = Scopes::load(&mut connection).await?;
    drop(connection);
    staff.may(Right::GrantRoles, &scopes.whereabouts(&held.grant.scope))?;
    staff.confirmed()?;
    app.database().write_with((held, staff.person().clone(), now), end).await
}

/// Nobody who has closed an administrator's or auditor's account alone gives or takes a role alone before a second person has
/// spoken: whoever could have objected is out.
///
/// # Errors
/// [`Refusal::SuspensionWaits`].
pub(super) async fn waits_for_nobody(
    connection: &mut AnyConnection,
    by: &StaffId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "select 1 from staff_account where suspended_by = $1 and suspended_until > $2 limit 1";
    let waits = sql(statement, [by.as_str().into(), now.into()]).fetch_optional(connection).await?;
    if waits.is_some() { Err(Refusal::SuspensionWaits.into()) } else { Ok(()) }
}

async fn end(
    connection: &mut AnyConnection,
    (held, by, now): &(Held, StaffId, DateTime<Utc>),
) -> Result<TakenBack, Error> {
    let (role, is_own) = (held.grant.role, held.person == *by);
    if role.takes_two() && !is_own {
        is_closed(connection, &held.person).await?;
    }
    waits_for_nobody(connection, by, *now).await?;
    if role == Role::Auditor && !is_own && !is_second(connection, (held, by), *now).await? {
        return Ok(TakenBack::Proposed);
    }
    roles::end(connection, &(held.id.clone(), Actor::Staff(by.clone()), *now)).await?;
    Ok(TakenBack::Ended)
}

async fn is_closed(connection: &mut AnyConnection, person: &StaffId) -> Result<(), Error> {
    let statement = "select 1 from staff_account where staff_id = $1 \
         and (suspended_at is null or suspended_until is not null or agreed_by is null) limit 1";
    let open = sql(statement, [person.as_str().into()]).fetch_optional(connection).await?;
    if open.is_some() { Err(Refusal::SuspendFirst.into()) } else { Ok(()) }
}

/// Whether somebody else wanted it ended before; if not, it is written down who does now.
async fn is_second(
    connection: &mut AnyConnection,
    (held, by): (&Held, &StaffId),
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    if !held.is_live(now) {
        return Ok(true);
    }
    let (id, by_id, since) = (held.id.as_str(), by.as_str(), now - LIFETIME);
    let second = "update staff_role set ended_by = $1 where id = $2 and ending_by <> $1 and ending_at > $3";
    if sql(second, [by_id.into(), id.into(), since.into()]).execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(true);
    }
    let first = "update staff_role set ending_by = $1, ending_at = $2 where id = $3 \
         and (ending_at is null or ending_at <= $4)";
    let values = [by_id.into(), now.into(), id.into(), since.into()];
    if sql(first, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::EndProposedAlready.into());
    }
    let event = (Actor::Staff(by.clone()), "role_end_proposed", json!({ "grant": id }));
    record::note(connection, &held.person, event, now).await?;
    Ok(false)
}

/// Why a role cannot be given to somebody beside what they have now or will have, for saying so beforehand.
pub fn in_its_way<'a>(role: Role, live: impl IntoIterator<Item = &'a Held>) -> Option<Refusal> {
    let held = live.into_iter().map(|held| held.grant.role).find(|held| held.excludes(role))?;
    Some(Refusal::RolesExclude { role, held })
}
