//! Proving that a case is one's own: by its manage token, or by its reference and its phone.

use chrono::{DateTime, Utc};
use shared::appointments::ManageToken;
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::procedures::{CaseId, CaseReference};

use crate::app::App;
use crate::client::Client;
use crate::error::Error;

/// The authority over one's own case; only this module makes one.
#[derive(Clone, Debug)]
pub struct Family {
    id: CaseId,
}

impl Family {
    pub fn id(&self) -> &CaseId {
        &self.id
    }
}

/// Opens a case by its reference and manage token.
///
/// # Errors
/// [`shared::problem::Problem::Unauthorized`] for an unknown reference and for a wrong token alike.
pub async fn by_token(app: &App, reference: CaseReference, token: &str) -> Result<Family, Error> {
    todo!()
}

/// Sends a code to the phone if it is the case's; the caller learns nothing either way, not even by how long it takes.
pub async fn send_code(
    app: &App,
    (reference, phone): (CaseReference, &Phone),
    client: &Client,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    todo!()
}

/// Opens a case by reference, phone and the code that was sent to it, and gives the token that opens it again. Every refusal
/// takes as long.
///
/// # Errors
/// [`shared::problem::Problem::Unauthorized`], and a field error at `phone_code`.
pub async fn by_code(
    app: &App,
    (reference, phone): (CaseReference, &Phone),
    code: &PhoneCode,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(Family, ManageToken), Error> {
    todo!()
}
