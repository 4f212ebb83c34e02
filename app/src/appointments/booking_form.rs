//! What people have in hand while booking: the time held for them, and what they have typed so far.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{booking::idempotency::RequestKey, hold},
    error::Error,
    session::Session,
};
use shared::{appointments::HoldId, calendar::shanghai_date, locale::Locale};

use super::{
    draft::{self, Draft},
    held::{self, Held},
    places,
    service::{BookingPages, Contact, Missing},
    step::Step,
};
use crate::{
    layout::Switch,
    pages::preferences::turned,
    visit::{Visit, keep_session},
};

pub struct BookingForm {
    pub pages: &'static BookingPages,
    /// The time last held for this browser.
    pub held: Option<Held>,
    pub draft: Draft,
    /// The held place does not serve those of whom the answers speak.
    pub is_obstructed: bool,
    pub now: DateTime<Utc>,
    session: Session,
    /// The browser does not have the session yet, so the answer must carry it.
    new: bool,
}

impl BookingForm {
    pub async fn open(app: &App, visit: &Visit, pages: &'static BookingPages) -> Result<Self, Error> {
        let now = app.now();
        let (session, new) = visit.session_or_new();
        let mut form = Self { pages, held: None, draft: Draft::default(), is_obstructed: false, now, session, new };
        if new {
            return Ok(form);
        }
        let service = &pages.bookable.service;
        let held = held::load(app, service, &form.session, now);
        let (held, draft) = tokio::try_join!(held, draft::load(app, service, &form.session, now))?;
        (form.held, form.draft) = (held.into_iter().next(), draft);
        form.look_for_obstacles(app).await?;
        Ok(form)
    }

    /// Looks at the held place anew, once the answers have changed.
    pub async fn look_for_obstacles(&mut self, app: &App) -> Result<(), Error> {
        self.is_obstructed = match (&self.held, &self.pages.places.narrowing) {
            (Some(held), Some(narrowing)) if (narrowing.applies)(&self.draft.answers) => {
                !places::serves_all(app, self.pages, &held.record.place).await?
            }
            _ => false,
        };
        Ok(())
    }

    /// What stands in the way of booking the held time, and where else to go.
    pub fn obstacle(&self, visit: &Visit) -> Option<AnyView> {
        let narrowing = self.pages.places.narrowing.as_ref().filter(|_| self.is_obstructed)?;
        Some((narrowing.obstacle)(visit))
    }

    /// Keeps the draft for as long as the hold runs.
    pub async fn save(&mut self, app: &App) -> Result<(), Error> {
        if let Some(held) = &self.held {
            self.draft.held_until = Some(held.hold.expires_at);
        }
        let until = self.held.as_ref().map_or(self.now, |held| held.hold.expires_at);
        draft::save(app, &self.pages.bookable.service, &self.session, &self.draft, until).await
    }

    /// What makes a second press of the last button the same request, for this browser and this hold.
    pub fn request_key(&self, app: &App, hold: &HoldId) -> Result<RequestKey, Error> {
        let session = self.session.fingerprint(app.keys());
        Ok(RequestKey::new(
            app.keys(),
            &format!("page:{}:{session}:{hold}", self.pages.bookable.service.name()),
            hold.as_str().as_bytes(),
        )?)
    }

    /// Goes to another page; gives the browser its session where it has none.
    pub fn go(&self, app: &App, visit: &Visit, path: &str) -> Response {
        self.with_session(app, Redirect::to(&visit.url(path)).into_response())
    }

    pub fn with_session(&self, app: &App, response: Response) -> Response {
        if self.new { keep_session(response, &self.session, app.settings().production()) } else { response }
    }

    /// Does what a button of the hold notice or a switch of the bar asks for, keeping the draft; a form's own buttons
    /// are left to it.
    pub async fn act(&mut self, app: &App, visit: &Visit, action: &str) -> Result<Option<Response>, Error> {
        let (locale, switch) = (visit.locale, Switch::read(action));
        if switch.is_none() && !matches!(action, "extend" | "release") {
            return Ok(None);
        }
        self.save(app).await?;
        if let Some(switch) = switch {
            let page = match switch {
                Switch::Language(other) => Redirect::to(&visit.here_in(other)).into_response(),
                Switch::Mode(mode) => turned(mode, visit.here_in(locale), app.settings().production()),
            };
            return Ok(Some(self.with_session(app, page)));
        }
        let done = match &self.held {
            Some(held) if action == "extend" => {
                let extended = hold::extend(app, &held.hold.id, held.hold.token.reveal(), self.now).await;
                extended.map(|hold| Some(hold.expires_at))
            }
            Some(held) => hold::release(app, &held.hold.id, held.hold.token.reveal(), self.now).await.map(|()| None),
            None => Ok(None),
        };
        match done {
            Ok(until) => {
                // A time given up has not run out, so nobody is told that it did.
                self.draft.held_until = until;
                draft::save(app, &self.pages.bookable.service, &self.session, &self.draft, until.unwrap_or(self.now))
                    .await?;
            }
            // It has ended or been used up meanwhile; the page that follows says so.
            Err(Error::Problem(_)) => {}
            Err(error) => return Err(error),
        }
        if action == "release" {
            return Ok(Some(self.go(app, visit, &self.pages.at(Step::Time))));
        }
        let here = [(header::LOCATION, visit.here_in(locale))];
        Ok(Some(self.with_session(app, (StatusCode::SEE_OTHER, here).into_response())))
    }

    /// Whether there will be codes to the phones; assumed as long as no place is chosen.
    pub fn asks_for_codes(&self, app: &App) -> bool {
        app.settings().phone_codes && self.held.as_ref().is_none_or(|held| held.point.phone_codes)
    }

    /// Whether the time that was held has run out.
    pub fn has_expired(&self) -> bool {
        self.held.is_none() && self.draft.held_until.is_some_and(|until| until <= self.now)
    }

    pub fn missing(&self, locale: Locale) -> Missing {
        (self.pages.form.missing)(self.pages, &self.draft.answers, shanghai_date(self.now), self.day(), locale)
    }

    /// The phones that were given, each once, in order.
    pub fn contacts(&self) -> Vec<Contact> {
        (self.pages.form.contacts)(&self.draft.answers)
    }

    /// Whether this is the hold in hand: of a page that was sent, whether the time it showed still is the one held.
    pub fn holds(&self, hold: &str) -> bool {
        self.held.as_ref().is_some_and(|held| held.hold.id.as_str() == hold)
    }

    /// The civil day of the held time.
    pub fn day(&self) -> Option<NaiveDate> {
        self.held.as_ref().map(|held| shanghai_date(held.record.starts_at))
    }
}
