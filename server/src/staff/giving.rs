//! Giving roles and taking them back, by somebody who is signed in.

use chrono::{DateTime, Utc};
use shared::staff::{AccountName, Grant, GrantedBy, NewGrant, Refusal, Right};

use super::authority::Staff;
use super::scopes::Scopes;
use super::{people, roles};
use crate::app::App;
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

/// Lets a role end now.
///
/// # Errors
/// [`Refusal::SignInAgain`]; [`Refusal::NotAllowed`] for a role that holds where they give none;
/// [`shared::problem::Problem::NotFound`].
pub async fn take_back(app: &App, staff: &Staff, id: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let mut connection = app.database().read().await?;
    let held = roles::one(&mut connection, id).await?;
    let scopes = Scopes::load(&mut connection).await?;
    drop(connection);
    staff.may(Right::GrantRoles, &scopes.whereabouts(&held.grant.scope))?;
    staff.confirmed()?;
    roles::take_back(app, id, staff.actor(), now).await
}

/// Why a role cannot be given to somebody beside what they have now or will have, for saying so beforehand.
pub fn in_its_way<'a>(role: shared::staff::Role, live: impl IntoIterator<Item = &'a roles::Held>) -> Option<Refusal> {
    let held = live.into_iter().map(|held| held.grant.role).find(|held| held.excludes(role))?;
    Some(Refusal::RolesExclude { role, held })
}
