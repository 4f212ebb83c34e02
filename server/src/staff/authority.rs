//! Who is signed in and what they may do, read anew for each request, so that a role that ends ends now.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{extract::MatchedPath, http::HeaderMap};
use chrono::{DateTime, Utc};
use shared::problem::Problem;
use shared::staff::{AccountName, Grant, Refusal, Right, Role, Scope, StaffId, Whereabouts, allowed_by};

use super::roles;
use super::session::{self, Signed};
use super::token::{Kind, Token};
use crate::app::App;
use crate::audit::Actor;
use crate::error::Error;
use crate::route::stays_open;
use crate::settings::Passkeys;

/// Somebody who is signed in, as of one request. Only a session makes one.
#[derive(Clone, Debug)]
pub struct Staff {
    pub signed: Signed,
    grants: Vec<Grant>,
    /// What holds only in a session that a passkey opened.
    withheld: Vec<Grant>,
    now: DateTime<Utc>,
    /// Whether this request asked for something that is not theirs, whatever it was answered.
    overreached: Arc<AtomicBool>,
}

/// Whose session the browser's cookie opens.
///
/// # Errors
/// [`Refusal::SignInNeeded`].
pub async fn of_cookie(app: &App, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Staff, Error> {
    let signed = session::find(app, &token(app, headers)?, now).await?.ok_or(Refusal::SignInNeeded)?;
    as_of(app, signed, now).await
}

/// The same for a request of a row. A line that stays open is asked for again by whatever page is only open, which is no use of a
/// session: it ends as it would without.
///
/// # Errors
/// [`Refusal::SignInNeeded`].
pub async fn of_request(
    app: &App,
    headers: &HeaderMap,
    row: Option<&MatchedPath>,
    now: DateTime<Utc>,
) -> Result<Staff, Error> {
    match row {
        Some(row) if stays_open(row.as_str()) => of_session(app, &token(app, headers)?, now).await,
        _ => of_cookie(app, headers, now).await,
    }
}

/// Whoever has just signed in, for the answer to it.
///
/// # Errors
/// [`Refusal::SignInNeeded`].
pub async fn of_session(app: &App, token: &Token, now: DateTime<Utc>) -> Result<Staff, Error> {
    let signed = session::look(app, token, now).await?.ok_or(Refusal::SignInNeeded)?;
    as_of(app, signed, now).await
}

fn token(app: &App, headers: &HeaderMap) -> Result<Token, Refusal> {
    Token::sent(Kind::Session, headers, app.settings().production()).ok_or(Refusal::SignInNeeded)
}

/// Ends the session that a browser had before somebody came in with it anew: nobody stays signed in under them.
pub async fn end_before(app: &App, headers: &HeaderMap, now: DateTime<Utc>) -> Result<(), Error> {
    if let Ok(before) = of_cookie(app, headers, now).await {
        let ended = session::end(app, &before.signed, &before.signed.id, now).await;
        ended.map_err(Error::after_a_write)?;
    }
    Ok(())
}

/// Somebody as they stand now, where their session lasts. Asking keeps nobody signed in: a page that is only open is no use
/// of it.
///
/// # Errors
/// [`Refusal::SignInNeeded`].
pub async fn again(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Staff, Error> {
    let lasting = session::list(app, staff.account(), now).await?;
    let signed = lasting.into_iter().find(|session| session.id == staff.signed.id).ok_or(Refusal::SignInNeeded)?;
    // Of one request still, also once they have proved anew who they are.
    Ok(Staff { overreached: Arc::clone(&staff.overreached), ..as_of(app, signed, now).await? })
}

/// What they were given, without what asks for a passkey that did not open this session.
async fn as_of(app: &App, signed: Signed, now: DateTime<Utc>) -> Result<Staff, Error> {
    let asks_for_key = app.settings().passkeys == Passkeys::Required && !signed.by_key;
    let all = roles::of(app, &signed.person).await?;
    let (withheld, grants) = all.into_iter().partition(|grant| asks_for_key && grant.role.is_sensitive());
    Ok(Staff { signed, grants, withheld, now, overreached: Arc::default() })
}

impl Staff {
    /// Whether they may do something there and now.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn may(&self, right: Right, at: &Whereabouts) -> Result<(), Refusal> {
        allowed_by(&self.grants, right, at, self.now).map(drop).ok_or(Refusal::NotAllowed)
    }

    /// As what they may do something there and now, for the record.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn role_for(&self, right: Right, at: &Whereabouts) -> Result<Role, Refusal> {
        allowed_by(&self.grants, right, at, self.now).map(|grant| grant.role).ok_or(Refusal::NotAllowed)
    }

    /// The answer where something is there and not theirs: that there is nothing. It is on record all the same
    /// ([`super::denied`]).
    pub fn sees_nothing(&self) -> Problem {
        self.overreached.store(true, Ordering::Relaxed);
        Problem::NotFound
    }

    /// Whether this request asked for something that is not theirs.
    pub(super) fn overreached(&self) -> bool {
        self.overreached.load(Ordering::Relaxed)
    }

    /// Wherever they may do something now, each place once.
    pub fn anywhere(&self, right: Right) -> Vec<Scope> {
        let held = self.grants.iter().filter(|grant| grant.holds(self.now) && grant.role.allows(right));
        let mut scopes: Vec<_> = held.map(|grant| grant.scope.clone()).collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }

    /// All roles that hold now.
    pub fn roles(&self) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(|grant| grant.holds(self.now))
    }

    /// Roles that would hold now in a session that a passkey opened.
    pub fn withheld(&self) -> impl Iterator<Item = &Grant> {
        self.withheld.iter().filter(|grant| grant.holds(self.now))
    }

    /// As the record names them.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.signed.person.clone())
    }

    pub fn person(&self) -> &StaffId {
        &self.signed.person
    }

    pub fn account(&self) -> &AccountName {
        &self.signed.account
    }

    /// Whether password and code were given just now, as what is hard to undo asks.
    ///
    /// # Errors
    /// [`Refusal::SignInAgain`].
    pub fn confirmed(&self) -> Result<(), Refusal> {
        if self.is_fresh() { Ok(()) } else { Err(Refusal::SignInAgain) }
    }

    /// Whether password and code were given within five minutes.
    pub fn is_fresh(&self) -> bool {
        self.signed.is_fresh(self.now)
    }
}
