//! Half-filled applications: every step is kept as it is sent, on any device, until a day that is always told.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use shared::identity::Phone;
use shared::locale::Locale;
use shared::procedures::{CaseId, DraftId, DraftToken, Typed};
use shared::staff::StaffId;

use crate::app::App;
use crate::client::Client;
use crate::error::Error;
use crate::policy::Offered;

/// How long a draft is kept after it was last saved.
pub const LIFETIME: TimeDelta = TimeDelta::days(30);

/// A draft that was begun or found again; its token is shown to its holder alone.
#[derive(Clone, Debug)]
pub struct Begun {
    pub id: DraftId,
    pub token: DraftToken,
    pub expires_at: DateTime<Utc>,
}

/// A draft as it stands. `Debug` hides what was typed.
#[derive(Clone)]
pub struct Draft {
    pub id: DraftId,
    pub offered: Arc<Offered>,
    /// How often it was saved.
    pub version: u32,
    /// Empty once it was handed in.
    pub typed: Typed,
    pub expires_at: DateTime<Utc>,
    /// Who fills it in at the counter.
    pub filed_by: Option<StaffId>,
    /// The case that was made of it.
    pub submitted: Option<CaseId>,
}

/// What became of one step that was sent. `Debug` hides what was typed.
#[derive(Clone, PartialEq, Eq)]
pub enum Saved {
    Kept {
        version: u32,
        expires_at: DateTime<Utc>,
    },
    /// Another window has saved something else since: nothing was kept.
    Changed {
        version: u32,
        /// The fields that differ, as they stand.
        theirs: Typed,
    },
}

/// Begins a draft.
pub async fn begin(
    app: &App,
    offered: &Offered,
    filed_by: Option<&StaffId>,
    now: DateTime<Utc>,
) -> Result<Begun, Error> {
    todo!()
}

/// The draft that a token opens.
///
/// # Errors
/// [`shared::problem::Problem::NotFound`] for an unknown draft and a wrong token alike;
/// [`shared::procedures::Refusal::DraftOver`] once its day is over; [`shared::procedures::Refusal::NotOffered`] where the region
/// takes no such applications any more.
pub async fn load(app: &App, id: &DraftId, token: &DraftToken, now: DateTime<Utc>) -> Result<Draft, Error> {
    todo!()
}

/// Keeps the fields of one step, laid over the others. A window that was open before another one saved loses nothing of theirs:
/// where both filled in the same field differently, nothing is kept and both are to be shown.
///
/// # Errors
/// [`shared::procedures::Refusal::DraftSubmitted`], [`shared::procedures::Refusal::DraftOver`],
/// [`shared::problem::Problem::TooLarge`].
pub async fn save(
    app: &App,
    draft: &Draft,
    seen: u32,
    typed: &Typed,
    now: DateTime<Utc>,
) -> Result<Saved, Error> {
    todo!()
}

/// Sends a code to a phone where a draft of this procedure names it and an identity number that ends so; the caller learns
/// nothing either way, not even by how long it takes.
pub async fn send_code(
    app: &App,
    (region, procedure): (&str, &str),
    (phone, last_six): (&Phone, &str),
    client: &Client,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    todo!()
}

/// The drafts of a phone, for whoever has it at hand, the newest first.
///
/// # Errors
/// [`shared::problem::Problem::Unauthorized`] where there is none, and a field error at `phone_code`, both in even time.
#[expect(clippy::too_many_arguments, reason = "what is asked of whoever goes on with a draft")]
pub async fn resume(
    app: &App,
    region: &str,
    procedure: &str,
    phone: &Phone,
    code: &str,
    last_six: &str,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Vec<Begun>, Error> {
    todo!()
}

/// Removes a draft for good.
pub async fn discard(app: &App, draft: &Draft) -> Result<(), Error> {
    todo!()
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({}, version {}, hidden)", self.id, self.version)
    }
}

impl fmt::Debug for Saved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept { version, .. } => write!(f, "Kept({version})"),
            Self::Changed { version, theirs } => {
                write!(f, "Changed({version}, {:?})", theirs.keys().collect::<Vec<_>>())
            }
        }
    }
}
