//! A half-filled form, sealed beside the browser's session.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use server::{
    App,
    drafts::{self, Key},
    error::Error,
    session::Session,
};
use shared::appointments::Service;

/// What has been typed so far, and what was promised meanwhile.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Draft {
    pub answers: Answers,
    /// The end of the hold beside which it was last saved; when that has passed, people are told so.
    pub held_until: Option<DateTime<Utc>>,
    /// It was declared that what stands here is true; changing any of it takes that back.
    pub declared: bool,
    /// What came of asking for codes, by the phone they were to go to.
    #[serde(default)]
    pub codes: BTreeMap<String, CodeAsked>,
}

/// What came of asking for a code, as long as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeAsked {
    Sent {
        at: DateTime<Utc>,
    },
    /// One had been sent less than a minute before.
    JustBefore {
        is_good: bool,
        again_at: DateTime<Utc>,
    },
    /// Too many were asked for, so none was sent.
    Refused {
        again_at: DateTime<Utc>,
    },
}

/// What was typed, by the name of its field: unparsed, so that nothing is lost and everything can be shown again.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, String>);

/// Characters of one answer.
const LONGEST: usize = 400;

impl Answers {
    /// Empty where nothing was typed.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Keeps what was typed, as far as any honest answer goes: a draft is stored before anything of it is read.
    pub fn set(&mut self, field: impl Into<String>, typed: &str) {
        self.0.insert(field.into(), typed.chars().take(LONGEST).collect());
    }
}

/// How long a draft outlives its hold, or its last change, so that people whose time ran out can take another without
/// typing again.
pub const GRACE: TimeDelta = TimeDelta::minutes(10);

/// The browser's draft for a service, or an empty one.
pub(super) async fn load(app: &App, service: &Service, session: &Session, now: DateTime<Utc>) -> Result<Draft, Error> {
    Ok(drafts::load(app, key(service, session), now).await?.unwrap_or_default())
}

/// Keeps the draft until `until` and the grace after it: the end of the hold, or now when there is none.
pub(super) async fn save(
    app: &App,
    service: &Service,
    session: &Session,
    kept: &Draft,
    until: DateTime<Utc>,
) -> Result<(), Error> {
    drafts::save(app, key(service, session), kept, until + GRACE).await
}

/// Keeps a draft that is there at least until `until` and the grace after it: its hold was taken or extended.
pub(super) async fn keep(app: &App, service: &Service, session: &Session, until: DateTime<Utc>) -> Result<(), Error> {
    drafts::keep(app, key(service, session), until + GRACE).await
}

/// A browser fills in one booking of a service at a time; the form goes by the name of its service.
fn key<'a>(service: &'a Service, session: &'a Session) -> Key<'a> {
    Key { session, form: service.name(), subject: "" }
}
