//! A draft becomes a case, in one transaction.

use chrono::{DateTime, Utc};
use shared::appointments::ManageToken;
use shared::calendar::Deadline;
use shared::field::FieldErrors;
use shared::locale::Locale;
use shared::procedures::CaseReference;

use super::drafts::Draft;
use crate::app::App;
use crate::appointments::booking::idempotency::RequestKey;
use crate::error::Error;

/// A case that was handed in, for the receipt.
#[derive(Clone, Debug)]
pub struct Submitted {
    pub reference: CaseReference,
    pub manage_token: ManageToken,
    /// Where a text sets a time that runs already.
    pub latest_on: Option<Deadline>,
    /// SHA-256 of what was handed in, in hex.
    pub receipt: String,
}

/// Why nothing was handed in.
#[derive(Debug, thiserror::Error)]
pub enum NotSubmitted {
    /// At the ids of fields, in the order of the form.
    #[error("fields need attention: {0}")]
    Fields(FieldErrors),
    #[error(transparent)]
    Other(#[from] Error),
}

/// Hands a draft in. The same draft or key again gives the same case.
///
/// # Errors
/// What is wrong with its fields; [`shared::procedures::Refusal::DraftChanged`] where another window saved since it was loaded;
/// [`shared::problem::Problem::IdempotencyMismatch`].
pub async fn submit(
    app: &App,
    draft: &Draft,
    locale: Locale,
    key: Option<&RequestKey>,
    now: DateTime<Utc>,
) -> Result<Submitted, NotSubmitted> {
    todo!()
}
