//! Somebody who is signed in, with all that they were given: the authority of whoever acts for the office.

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use shared::staff::{AccountName, Grant, Refusal, Right, Scope, StaffId, Whereabouts, allowed_by};

use super::roles;
use super::session::{self, Signed};
use super::token::{Kind, Token};
use crate::app::App;
use crate::audit::Actor;
use crate::error::Error;

/// Who is signed in, as of one request.
#[derive(Clone, Debug)]
pub struct Staff {
    pub signed: Signed,
    grants: Vec<Grant>,
    now: DateTime<Utc>,
}

impl Staff {
    pub fn may(&self, right: Right, at: &Whereabouts) -> Result<(), Refusal> {
        allowed_by(&self.grants, right, at, self.now).map(drop).ok_or(Refusal::NotAllowed)
    }

    pub fn anywhere(&self, right: Right) -> Vec<Scope> {
        let grants = self.grants.iter().filter(|grant| grant.holds(self.now) && grant.role.allows(right));
        grants.map(|grant| grant.scope.clone()).collect()
    }

    pub fn actor(&self) -> Actor {
        Actor::Staff(self.signed.person.clone())
    }

    pub fn person(&self) -> &StaffId {
        &self.signed.person
    }

    pub fn account(&self) -> &AccountName {
        &self.signed.account
    }
}

/// Reads who is signed in.
pub async fn of_cookie(app: &App, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Staff, Error> {
    let name = Kind::Session.cookie_name(app.settings().production());
    let cookies = headers.get_all("cookie").into_iter().filter_map(|value| value.to_str().ok());
    let value = cookies.flat_map(|text| text.split("; ")).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let token = value.and_then(|value| Token::parse(Kind::Session, value)).ok_or(Refusal::SignInNeeded)?;
    let signed = session::find(app, &token, now).await?.ok_or(Refusal::SignInNeeded)?;
    let grants = roles::of(app, &signed.person).await?;
    Ok(Staff { signed, grants, now })
}
