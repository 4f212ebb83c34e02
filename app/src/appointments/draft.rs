//! A half-filled form, sealed beside the browser's session.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use server::{App, error::Error, marriage::draft, session::Session};

use crate::pages::marriage::book::people;

/// What has been typed so far, and what was promised meanwhile.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Draft {
    pub answers: Answers,
    /// The end of the hold beside which it was last saved; when that has passed, people are told so.
    pub held_until: Option<DateTime<Utc>>,
    /// It was declared that what stands here is true; changing any of it takes that back.
    pub declared: bool,
}

/// What was typed, by the name of its field: unparsed, so that nothing is lost and everything can be shown again.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    /// Empty where nothing was typed.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    pub fn set(&mut self, field: impl Into<String>, typed: impl Into<String>) {
        self.0.insert(field.into(), typed.into());
    }
}

/// The browser's draft, or an empty one.
pub(super) async fn load(app: &App, session: &Session, now: DateTime<Utc>) -> Result<Draft, Error> {
    let draft::Draft { parties, held_until, declared } = draft::load(app, session, now).await?;
    let mut answers = Answers::default();
    people::write(&mut answers, &parties);
    Ok(Draft { answers, held_until, declared })
}

/// Keeps the draft until `until` and the grace after it: the end of the hold, or now when there is none.
pub(super) async fn save(app: &App, session: &Session, kept: &Draft, until: DateTime<Utc>) -> Result<(), Error> {
    let parties = people::read(&kept.answers);
    let kept = draft::Draft { parties, held_until: kept.held_until, declared: kept.declared };
    draft::save(app, session, &kept, until).await
}

/// Keeps a draft that is there at least until `until` and the grace after it: its hold was taken or extended.
pub(super) async fn keep(app: &App, session: &Session, until: DateTime<Utc>) -> Result<(), Error> {
    draft::keep(app, session, until).await
}
