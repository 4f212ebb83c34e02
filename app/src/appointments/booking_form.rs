//! What people have in hand while booking: the time held for them, and what they have typed so far.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{confirmed, hold},
    client::Client,
    drafts::Key,
    error::Error,
    phone_codes::Asker,
    session::Session,
};
use shared::{
    appointments::field::AppointmentReason, calendar::shanghai_date, field::Reason, identity::PhoneReason,
    locale::Locale,
};

use super::{
    again::{self, Lost},
    closed,
    draft::{self, Draft, LastHeld},
    held::{self, Held},
    no_cookie, places,
    service::{BookingPages, Contact, Missing},
    step::Step,
    taking,
    wish::Wish,
};
use crate::{
    layout::Switch,
    pages::preferences::turned,
    pairs::Pairs,
    visit::{Visit, keep_session},
};

pub struct BookingForm {
    pub pages: &'static BookingPages,
    /// The time last held for this browser.
    pub held: Option<Held>,
    /// What is held besides.
    also: Option<LastHeld>,
    /// The time that ran out or was given up last, while none is held.
    pub past: Option<Lost>,
    pub draft: Draft,
    /// The held place does not serve those of whom the answers speak.
    pub is_obstructed: bool,
    /// A phone that can be sent no code, with the step where it is changed.
    unserved: Option<(Step, PhoneReason)>,
    /// The time is held with a phone that nobody of whom the answers speak has.
    is_of_other_phone: bool,
    pub now: DateTime<Utc>,
    session: Session,
    /// The browser does not have the session yet, so the answer must carry it.
    new: bool,
}

impl BookingForm {
    pub async fn open(app: &App, visit: &Visit, pages: &'static BookingPages) -> Result<Self, Error> {
        let now = app.now();
        let (session, new) = visit.session_or_new();
        let draft = Draft::default();
        let mut form = Self {
            pages,
            held: None,
            also: None,
            past: None,
            draft,
            is_obstructed: false,
            unserved: None,
            is_of_other_phone: false,
            now,
            session,
            new,
        };
        if new {
            return Ok(form);
        }
        let service = &pages.bookable.service;
        // The draft first: a booking made in between then shows by its hold, which is gone, and not by an empty form.
        form.draft = draft::load(app, form.key(), now).await?;
        let mut held = held::load(app, service, &form.session, now).await?.into_iter();
        form.held = held.next();
        form.also = held.next().map(|held| held.remembered());
        if form.held.is_none() {
            form.past = Lost::of(app, pages, form.draft.past(&[], now)).await?;
        }
        form.look_for_obstacles(app).await?;
        Ok(form)
    }

    /// Looks at the held place anew, once the answers have changed.
    pub async fn look_for_obstacles(&mut self, app: &App) -> Result<(), Error> {
        self.is_obstructed = match (&self.held, &self.pages.places.narrowing) {
            (Some(held), _) if held.record.closed => true,
            (Some(held), Some(narrowing)) if (narrowing.applies)(&self.draft.answers) => {
                !places::serves_all(app, self.pages, &held.record.place).await?
            }
            _ => false,
        };
        let served = |contact: &Contact| app.settings().code_countries.serve(&contact.phone);
        let unserved = self.contacts().into_iter().find(|contact| self.asks_for_codes(app) && !served(contact));
        self.unserved =
            unserved.map(|contact| (contact.step, PhoneReason::NotServed { code: contact.phone.country_code() }));
        let phones: Vec<_> = self.contacts().into_iter().map(|contact| contact.phone).collect();
        self.is_of_other_phone =
            self.held.as_ref().is_some_and(|held| !confirmed::has_phone_of_hold(app, &held.record, &phones));
        Ok(())
    }

    /// What stands in the way of booking the held time, and where else to go.
    pub fn obstacle(&self, visit: &Visit) -> Option<AnyView> {
        let kept = self.draft.kept(visit.locale, self.now).map(|kept| view! { <p class="soft">{kept}</p> });
        if let Some(held) = self.held.as_ref().filter(|held| held.record.closed) {
            let elsewhere = again::day_of(Wish::any(self.pages), &held.remembered());
            return Some(view! { {closed::notice(visit, &elsewhere, None)} {kept} }.into_any());
        }
        let narrowing = self.pages.places.narrowing.as_ref().filter(|_| self.is_obstructed)?;
        Some(view! { {(narrowing.obstacle)(visit)} {kept} }.into_any())
    }

    /// The answer to a form from a browser that did not keep the session it was given with that form's page: for it
    /// nothing could be kept.
    pub fn not_kept(&self, app: &App, visit: &Visit, typed: &Pairs) -> Option<Response> {
        self.new.then(|| no_cookie::not_kept(app, visit, self.pages, typed))
    }

    /// [`Self::not_kept`] for a page that only confirms what was kept, so that nothing of it can be sent again.
    pub fn lost(&self, app: &App, visit: &Visit) -> Option<Response> {
        self.new.then(|| no_cookie::lost(app, visit, self.pages))
    }

    /// Keeps the draft, and in it the time that is held.
    pub async fn save(&mut self, app: &App) -> Result<(), Error> {
        if let Some(held) = &self.held {
            self.draft.holds(held.remembered());
        }
        self.save_draft(app).await
    }

    async fn save_draft(&mut self, app: &App) -> Result<(), Error> {
        let key = draft::of_a_new_booking(&self.pages.bookable.service, &self.session);
        draft::save(app, key, &mut self.draft, self.now).await
    }

    fn key(&self) -> Key<'_> {
        draft::of_a_new_booking(&self.pages.bookable.service, &self.session)
    }

    /// By whom codes are asked for here.
    pub(super) fn asker(&self, app: &App) -> Asker {
        Asker::of(app.keys(), &self.session)
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Goes to another page; gives the browser its session where it has none.
    pub fn go(&self, app: &App, visit: &Visit, path: &str) -> Response {
        self.with_session(app, Redirect::to(&visit.url(path)).into_response())
    }

    pub fn with_session(&self, app: &App, response: Response) -> Response {
        if self.new { keep_session(response, &self.session, app.settings().production()) } else { response }
    }

    /// Does what a button of the held time or a switch of the bar asks for, keeping the draft; a form's own buttons are
    /// left to it.
    pub async fn act(
        &mut self,
        app: &App,
        visit: &Visit,
        client: &Client,
        action: &str,
    ) -> Result<Option<Response>, Error> {
        let (locale, switch, again) = (visit.locale, Switch::read(action), again::read(action));
        if switch.is_none() && again.is_none() && !matches!(action, "extend" | "release") {
            return Ok(None);
        }
        self.save(app).await?;
        let here = visit.here_in(locale);
        if let Some(switch) = switch {
            let page = match switch {
                Switch::Language(other) => Redirect::to(&visit.here_in(other)).into_response(),
                Switch::Mode(mode) => turned(mode, here, app.settings().production()),
            };
            return Ok(Some(self.with_session(app, page)));
        }
        if let Some(slot) = again {
            let wanted = (&self.session, slot);
            let answer = taking::hold_again(app, client, visit, self.pages, wanted, &here).await?;
            return Ok(Some(self.with_session(app, answer)));
        }
        if action == "release" {
            let times = self.release(app).await?;
            return Ok(Some(self.go(app, visit, &times.path())));
        }
        self.extend(app).await?;
        let here = [(header::LOCATION, here)];
        Ok(Some(self.with_session(app, (StatusCode::SEE_OTHER, here).into_response())))
    }

    async fn extend(&mut self, app: &App) -> Result<(), Error> {
        let Some(held) = &mut self.held else { return Ok(()) };
        match hold::extend(app, &held.hold.id, held.hold.token.reveal(), self.now).await {
            Ok(hold) => {
                held.hold = hold;
                self.save(app).await
            }
            // It has ended or been used up meanwhile; the page that follows says so.
            Err(Error::Problem(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Gives the held time back; gives the page of its day, which says so and offers it again.
    async fn release(&mut self, app: &App) -> Result<Wish, Error> {
        let any = Wish::any(self.pages);
        let Some(held) = self.held.take() else {
            return Ok(self.past.as_ref().map_or(any.clone(), |lost| again::day_of(any, lost.time())));
        };
        let time = held.remembered();
        match hold::release(app, &held.hold.id, held.hold.token.reveal(), self.now).await {
            Ok(()) => self.draft.gives_up(time.clone(), self.also.take()),
            // It has ended meanwhile; the page that follows says so.
            Err(Error::Problem(_)) => {}
            Err(error) => return Err(error),
        }
        self.save_draft(app).await?;
        Ok(again::day_of(any, &time))
    }

    /// Whether there will be codes to the phones; assumed as long as no place is chosen.
    pub fn asks_for_codes(&self, app: &App) -> bool {
        app.settings().phone_codes && self.held.as_ref().is_none_or(|held| held.point.phone_codes)
    }

    pub fn missing(&self, locale: Locale) -> Missing {
        let typed = &self.draft.answers;
        let missing = (self.pages.form.missing)(self.pages, typed, shanghai_date(self.now), self.day(), locale);
        if let Some((step, reason)) = self.unserved.filter(|_| missing.is_empty()) {
            return vec![(step, Reason::from(reason).sentence(locale))];
        }
        match self.contacts().first() {
            // While a phone is missing, it may be the one.
            Some(first) if missing.is_empty() && self.is_of_other_phone => {
                vec![(first.step, Reason::from(AppointmentReason::PhoneNotOfHold).sentence(locale))]
            }
            _ => missing,
        }
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
