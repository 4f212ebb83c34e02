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
use shared::{
    appointments::{BookingReference, Service, SlotId},
    locale::Locale,
    places::PlaceId,
    say,
};

use crate::{visit::Visit, words};

/// What has been typed so far, and what was promised meanwhile.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub answers: Answers,
    /// The time last held beside it, neither booked nor given up. Once its end has passed, people are told so and can
    /// have it back while it is free.
    pub held: Option<LastHeld>,
    /// The time that was given up last, which can be had back in the same way.
    pub given_up: Option<LastHeld>,
    /// It was declared that what stands here is true; changing any of it takes that back.
    pub declared: bool,
    /// What came of asking for codes, by the phone they were to go to.
    pub codes: BTreeMap<String, CodeAsked>,
    /// Until when it is kept, as it was last saved.
    pub kept_until: Option<DateTime<Utc>>,
}

/// A time that is or was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastHeld {
    pub slot: SlotId,
    pub place: PlaceId,
    pub starts_at: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// A time that is held no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Past {
    RanOut(LastHeld),
    GivenUp(LastHeld),
    /// Its minutes are not over, but another browser has it, or has ended it.
    Elsewhere(LastHeld),
}

impl Past {
    pub fn time(&self) -> &LastHeld {
        let (Self::RanOut(time) | Self::GivenUp(time) | Self::Elsewhere(time)) = self;
        time
    }
}

/// What came of asking for a code, as long as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeAsked {
    Sent {
        at: DateTime<Utc>,
    },
    /// One had been sent less than a minute before.
    JustBefore {
        again_at: DateTime<Utc>,
    },
    /// Too many were asked for, so none was sent.
    Refused {
        again_at: DateTime<Utc>,
    },
    /// Phones of that country are sent none here.
    NotServed,
    /// Phones of that country were sent too many today.
    TooManyAbroad,
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

    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}

impl Draft {
    /// Writes down what was told before the form began, where nothing stands yet.
    pub fn prefill(&mut self, field: &str, told: &str) {
        if self.answers.get(field).is_empty() {
            self.answers.set(field, told);
        }
    }

    pub fn holds(&mut self, time: LastHeld) {
        self.held = Some(time);
        self.given_up = None;
    }

    /// A time is held for longer; of two that are held, the one that leads on stays remembered.
    pub fn extends(&mut self, time: LastHeld) {
        if self.held.as_ref().is_none_or(|held| held.slot == time.slot) {
            self.held = Some(time);
        }
    }

    /// `left` is what is held besides.
    pub fn gives_up(&mut self, time: LastHeld, left: Option<LastHeld>) {
        self.given_up = Some(time);
        self.held = left;
    }

    /// A time that was refused is not offered a second time.
    pub fn forgets(&mut self, slot: SlotId) {
        self.held = self.held.take().filter(|time| time.slot != slot);
        self.given_up = self.given_up.take().filter(|time| time.slot != slot);
    }

    /// The time that was held or given up last, unless it is among those held now.
    pub fn past(&self, held_now: &[SlotId], now: DateTime<Utc>) -> Option<Past> {
        let gone = |time: &&LastHeld| !held_now.contains(&time.slot);
        let lost = self.held.clone().filter(|time| gone(&time));
        let given_up = self.given_up.clone().filter(|time| gone(&time));
        match lost {
            Some(time) if time.until <= now => Some(Past::RanOut(time)),
            Some(time) => Some(Past::Elsewhere(time)),
            None => given_up.map(Past::GivenUp),
        }
    }

    /// Until when what was typed is kept, in a sentence; nothing where nothing was typed.
    pub fn kept(&self, locale: Locale, now: DateTime<Utc>) -> Option<String> {
        let until = self.kept_until.filter(|_| !self.answers.is_empty())?;
        Some(kept_until(locale, until, now))
    }
}

/// Until when what was typed is kept.
pub(super) fn kept_until(locale: Locale, until: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let until = words::near(locale, until, now);
    say!(locale, "您填写的内容为您保留到{until}。", "Your answers are kept until {until}.")
}

/// How long a draft outlives its last change and the hold beside it, so that people whose time ran out can take another
/// without typing again.
pub const LIFETIME: TimeDelta = TimeDelta::hours(2);

/// The draft of a new booking: a browser fills in one of a service at a time, and the form goes by the name of its
/// service.
pub(super) fn of_a_new_booking<'a>(service: &'a Service, session: &'a Session) -> Key<'a> {
    Key { session, form: service.name(), subject: "" }
}

/// The draft beside a booking that moves: nothing is typed there, but a time is held.
pub(super) fn of_a_move<'a>(service: &'a Service, session: &'a Session, booking: &'a BookingReference) -> Key<'a> {
    Key { session, form: service.name(), subject: booking.as_str() }
}

/// The browser's draft, or an empty one.
pub(super) async fn load(app: &App, key: Key<'_>, now: DateTime<Utc>) -> Result<Draft, Error> {
    Ok(drafts::load(app, key, now).await?.unwrap_or_default())
}

/// What was typed in a field before, by a browser that has a session; empty where nothing was.
pub(super) async fn typed(app: &App, visit: &Visit, service: &Service, field: &str) -> Result<String, Error> {
    let Some(session) = &visit.session else { return Ok(String::new()) };
    let draft = load(app, of_a_new_booking(service, session), app.now()).await?;
    Ok(draft.answers.get(field).to_owned())
}

/// Keeps the draft for its lifetime after now, or after the end of the hold beside it.
pub(super) async fn save(app: &App, key: Key<'_>, draft: &mut Draft, now: DateTime<Utc>) -> Result<(), Error> {
    let changed_or_held = draft.held.as_ref().map_or(now, |held| held.until.max(now));
    let until = changed_or_held + LIFETIME;
    draft.kept_until = Some(until);
    drafts::save(app, key, draft, until).await
}

/// Notes in the draft what became of a time.
pub(super) async fn note(
    app: &App,
    key: Key<'_>,
    now: DateTime<Utc>,
    change: impl FnOnce(&mut Draft),
) -> Result<Draft, Error> {
    let mut draft = load(app, key, now).await?;
    change(&mut draft);
    save(app, key, &mut draft, now).await?;
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(slot: i64, until: &str) -> LastHeld {
        LastHeld {
            slot: SlotId(slot),
            place: PlaceId::parse("hall").unwrap(),
            starts_at: instant("2026-05-14T09:00:00+08:00"),
            until: instant(until),
        }
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_that_ran_out_or_was_given_up_is_remembered_until_another_is_held() {
        let (one, two) = (time(1, "2026-05-13T10:15:00+08:00"), time(2, "2026-05-13T10:30:00+08:00"));
        let (before, after) = (instant("2026-05-13T10:14:59+08:00"), instant("2026-05-13T10:15:00+08:00"));
        let mut draft = Draft::default();
        assert_eq!(draft.past(&[], after), None);
        draft.holds(one.clone());
        assert_eq!((draft.past(&[one.slot], before), draft.past(&[], after)), (None, Some(Past::RanOut(one.clone()))));
        assert_eq!(draft.past(&[], before), Some(Past::Elsewhere(one.clone())), "another browser has taken it back");
        assert_eq!(draft.past(&[one.slot], after), None, "it was extended in another window");
        draft.gives_up(two.clone(), Some(one.clone()));
        assert_eq!(draft.past(&[one.slot], before), Some(Past::GivenUp(two.clone())));
        assert_eq!(draft.past(&[], after), Some(Past::RanOut(one)), "what ran out is told first");
        draft.holds(two.clone());
        assert_eq!(draft.past(&[two.slot], after), None);
    }

    #[test]
    fn until_when_it_is_kept_is_said_only_of_what_was_typed() {
        let mut draft = Draft { kept_until: Some(instant("2026-05-13T16:40:00+08:00")), ..Draft::default() };
        let now = instant("2026-05-13T14:40:00+08:00");
        draft.answers.set("name", "");
        assert_eq!(draft.kept(Locale::Zh, now), None);
        draft.answers.set("name", "张三");
        assert_eq!(draft.kept(Locale::Zh, now).unwrap(), "您填写的内容为您保留到下午 4:40。");
        assert_eq!(draft.kept(Locale::En, now).unwrap(), "Your answers are kept until 4:40 pm.");
    }
}
