//! Where an account is at home: the office where its owner has been for longest of all those where they work now. Whoever
//! manages accounts there closes and opens it; other offices give roles of their own and take them back, and nothing else,
//! or one office could lock out whomever it likes of another by giving them a role.

use chrono::{DateTime, TimeDelta, Utc};
use shared::staff::{Grant, Refusal, Right, Scope, StaffId, allowed_by};
use sqlx::AnyConnection;

use super::roles::{self, Held};
use super::scopes::Scopes;
use crate::error::Error;

/// Between two roles of one office: whose role changes there is at home there all the time.
const BREAK: TimeDelta = TimeDelta::days(1);

/// The scopes of the oldest roles that live at the office where they have been for longest. More than one only where they were
/// given at the same instant; of whoever works nowhere any more, those of the office where they did last; none of whoever never
/// had a role. A role that was taken back before it began makes no home beside another.
pub(super) fn of<'a>(roles: &'a [Held], scopes: &Scopes, now: DateTime<Utc>) -> Vec<&'a Scope> {
    let live: Vec<_> = roles.iter().filter(|held| held.is_live(now)).collect();
    let begun = |office: &Scope| {
        let here = |held: &&Held| house(scopes, &held.grant.scope) == *office;
        let first = live.iter().copied().filter(here).map(|held| held.given_at).min()?;
        let theirs = roles.iter().filter(|held| !held.grant.is_empty()).filter(here);
        Some((unbroken(theirs, first), first))
    };
    let dated: Vec<_> =
        live.iter().filter_map(|held| Some((*held, begun(&house(scopes, &held.grant.scope))?))).collect();
    let Some(oldest) = dated.iter().map(|(_, (since, _))| *since).min() else {
        return of_the_last(roles, scopes);
    };
    let is_home = |(held, (since, first)): &&(&Held, _)| *since == oldest && held.given_at == *first;
    dated.iter().filter(is_home).map(|(held, _)| &held.grant.scope).collect()
}

/// Where they worked last, of whoever works nowhere any more.
fn of_the_last<'a>(roles: &'a [Held], scopes: &Scopes) -> Vec<&'a Scope> {
    let begun: Vec<_> = roles.iter().filter(|held| !held.grant.is_empty()).collect();
    let last = begun.iter().map(|held| held.grant.until).max();
    let ended = begun.iter().filter(|held| Some(held.grant.until) == last);
    let offices: Vec<_> = ended.map(|held| house(scopes, &held.grant.scope)).collect();
    let is_there = |scope: &&Scope| offices.is_empty() || offices.contains(&house(scopes, scope));
    roles.iter().map(|held| &held.grant.scope).filter(is_there).collect()
}

/// Whether somebody who was given these looks after the account of whoever has those roles.
pub(super) fn is_managed(grants: &[&Grant], roles: &[Held], scopes: &Scopes, now: DateTime<Utc>) -> bool {
    let manages =
        |scope| allowed_by(grants.iter().copied(), Right::ManageAccounts, &scopes.whereabouts(scope), now).is_some();
    of(roles, scopes, now).into_iter().any(manages)
}

/// An administrator's account is opened by the operator alone, so no other office makes one of whoever is at home elsewhere.
///
/// # Errors
/// [`Refusal::RolesElsewhere`].
pub(super) async fn may_administer(
    connection: &mut AnyConnection,
    (grants, person): (&[&Grant], &StaffId),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let scopes = Scopes::load(connection).await?;
    let held = roles::held(connection, person).await?;
    let works = held.iter().any(|held| held.is_live(now));
    if works && !is_managed(grants, &held, &scopes, now) { Err(Refusal::RolesElsewhere.into()) } else { Ok(()) }
}

/// Since when they have been at an office, by what they were given there and by the first of it that lives.
fn unbroken<'a>(theirs: impl Iterator<Item = &'a Held> + Clone, first: DateTime<Utc>) -> DateTime<Utc> {
    let mut since = first;
    loop {
        let joins = |held: &&Held| held.given_at < since && held.grant.until.is_none_or(|until| until >= since - BREAK);
        let Some(before) = theirs.clone().filter(joins).map(|held| held.given_at).min() else { return since };
        since = before;
    }
}

/// The office that a scope belongs to; the scope itself where it belongs to none.
fn house(scopes: &Scopes, scope: &Scope) -> Scope {
    scopes.whereabouts(scope).office.map_or_else(|| scope.clone(), Scope::Office)
}
