//! Giving roles and taking them back, by somebody who is signed in.

use chrono::{DateTime, Utc};
use shared::staff::{AccountName, Grant, GrantedBy, NewGrant, Refusal, Right, StaffId};
use sqlx::AnyConnection;

use super::authority::Staff;
use super::scopes::Scopes;
use super::{people, roles};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::sql;
use crate::error::Error;

/// Gives somebody a role where `staff` gives roles. Gives the name by which it is taken back.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::NotAllowed`], [`Refusal::OwnRole`], [`Refusal::TakesTwo`], what
/// [`shared::staff::check_new`] refuses, and [`shared::problem::Problem::NotFound`] for whoever works elsewhere.
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

/// Lets a role end now. Another's role as administrator ends once two have closed their account; that nobody has used it for
/// long is the doing of no two.
///
/// # Errors
/// [`Refusal::SignInAgain`]; [`Refusal::NotAllowed`] for a role that holds where they give none; [`Refusal::SuspendFirst`];
/// [`shared::problem::Problem::NotFound`].
pub async fn take_back(app: &App, staff: &Staff, id: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let mut connection = app.database().read().await?;
    let held = roles::one(&mut connection, id).await?;
    let scopes = Scopes::load(&mut connection).await?;
    drop(connection);
    staff.may(Right::GrantRoles, &scopes.whereabouts(&held.grant.scope))?;
    staff.confirmed()?;
    if held.grant.role.takes_two() && held.person != *staff.person() {
        let ending = (id.to_owned(), staff.actor(), now);
        return app.database().write_with((held.person, ending), end_of_closed).await;
    }
    roles::take_back(app, id, staff.actor(), now).await
}

async fn end_of_closed(
    connection: &mut AnyConnection,
    (person, ending): &(StaffId, (String, Actor, DateTime<Utc>)),
) -> Result<(), Error> {
    let statement = "select 1 from staff_account where staff_id = $1 \
         and (suspended_at is null or suspended_until is not null or agreed_by is null) limit 1";
    if sql(statement, [person.as_str().into()]).fetch_optional(&mut *connection).await?.is_some() {
        return Err(Refusal::SuspendFirst.into());
    }
    roles::end(connection, ending).await
}

/// Why a role cannot be given to somebody beside what they have now or will have, for saying so beforehand.
pub fn in_its_way<'a>(role: shared::staff::Role, live: impl IntoIterator<Item = &'a roles::Held>) -> Option<Refusal> {
    let held = live.into_iter().map(|held| held.grant.role).find(|held| held.excludes(role))?;
    Some(Refusal::RolesExclude { role, held })
}
