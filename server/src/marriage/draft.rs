//! A couple's half-filled form; it dies with its hold.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::marriage::PartyInput;

use crate::app::App;
use crate::drafts::{self, Key};
use crate::error::Error;
use crate::session::Session;

/// What has been typed so far, unparsed, so that nothing is lost and everything can be shown again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Draft {
    pub parties: [PartyInput; 2],
    /// The end of the hold beside which it was last saved; when that has passed, the couple is told so.
    #[serde(default)]
    pub held_until: Option<DateTime<Utc>>,
    /// They declared that what stands here is true; changing any of it takes that back.
    #[serde(default)]
    pub declared: bool,
}

/// How long a draft outlives its hold (or its last change), so that a couple whose time ran out can take
/// another without typing again.
pub const GRACE: TimeDelta = TimeDelta::minutes(10);

/// The browser's draft, or an empty one.
pub async fn load(app: &App, session: &Session, now: DateTime<Utc>) -> Result<Draft, Error> {
    Ok(drafts::load(app, key(session), now).await?.unwrap_or_default())
}

/// Keeps the draft until `until` and the grace after it: the end of the hold, or now when there is none.
pub async fn save(app: &App, session: &Session, draft: &Draft, until: DateTime<Utc>) -> Result<(), Error> {
    drafts::save(app, key(session), draft, until + GRACE).await
}

/// Keeps a draft that is there at least until `until` and the grace after it: its hold was taken or extended.
pub async fn keep(app: &App, session: &Session, until: DateTime<Utc>) -> Result<(), Error> {
    drafts::keep(app, key(session), until + GRACE).await
}

/// A browser fills in one couple at a time; the form goes by the name of its service.
fn key(session: &Session) -> Key<'_> {
    Key { session, form: FORM, subject: "" }
}

const FORM: &str = "marriage_registration";
