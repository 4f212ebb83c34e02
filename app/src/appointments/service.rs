//! How a service shows itself to the pages of this engine: all that differs from one service to the next.

use std::pin::Pin;

use axum::Extension;
use chrono::{NaiveDate, TimeDelta};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        Bookable,
        booking::{Booked, NotBooked, idempotency::RequestKey},
        point::{self, ServicePoint},
    },
    error::Error,
};
use shared::{
    appointments::{BookingRule, Service, question::Question},
    identity::Phone,
    locale::Locale,
    places::PlaceId,
    problem::Problem,
};

use super::{
    acts::{Acts, Doing},
    booking_form::BookingForm,
    draft::Answers,
    held::Held,
    step::{DetailsStep, Step},
    wish::Wish,
    words::Words,
};
use crate::{
    pairs::{Pairs, value},
    visit::Visit,
    words::Text,
};

/// The pages of one service, from choosing a time to looking after the booking.
pub struct BookingPages {
    /// What the service is to the server.
    pub bookable: &'static Bookable,
    /// The service's own page, such as `/museum`; `book` and `bookings` lie below it.
    pub root: &'static str,
    /// The page it begins at, where it brings none of its own.
    pub start: Option<Start>,
    pub words: Words,
    pub places: Places,
    pub form: Form,
    pub acts: Acts,
}

/// What stands on the page that a service begins at.
pub struct Start {
    pub lead: Text,
    pub facts: &'static [Text],
}

/// What a row of the table of pages gives its handlers.
pub type Of = Extension<&'static BookingPages>;

/// Where the service is given.
pub struct Places {
    /// The name in a query that chooses a place.
    pub query: &'static str,
    pub narrowing: Option<Narrowing>,
    /// Where the API tells the times of a day anew.
    pub slots_at: fn(&ServicePoint, NaiveDate) -> String,
}

impl Places {
    /// Places that suit everybody.
    pub const PLAIN: Self = Self {
        query: "place",
        narrowing: None,
        slots_at: |point, date| {
            let (place, service) = (&point.place.id, &point.service);
            format!("/api/v1/places/{place}/slots?service={service}&from={date}&to={date}")
        },
    };
}

/// For whom not every place suits.
pub struct Narrowing {
    /// The name in a query that says so.
    pub query: &'static str,
    /// The places that suit them.
    pub suiting: for<'a> fn(&'a App) -> Doing<'a, Vec<PlaceId>>,
    /// Whether it is they, by what was typed.
    pub applies: fn(&Answers) -> bool,
    pub refusal: fn() -> Problem,
    /// Said of a place that does not suit.
    pub unsuited: Text,
    /// What stands in their way at such a place, and where else to go.
    pub obstacle: fn(&Visit) -> AnyView,
    /// Above the list of places: whom it is for, and the way to the other list.
    pub above: fn(&Visit, &Wish) -> AnyView,
    /// Tells places that suit them from those that do not.
    pub tag: fn(&Visit, bool) -> AnyView,
}

/// What has to be filled in once a time is held.
pub struct Form {
    /// The questions that the engine asks, beside name and phone, of whoever books alone; a service that asks otherwise
    /// brings pages of its own.
    pub questions: Option<&'static [Question]>,
    /// The pages of questions, in order.
    pub steps: &'static [DetailsStep],
    /// What has to be filled in or put right before booking, each with the step where that is done.
    pub missing: fn(&BookingForm, Locale) -> Vec<(Step, String)>,
    /// All answers in full, with ways to change them.
    pub answers: fn(&Visit, &BookingForm) -> AnyView,
    /// The phones that were given, each once, in order.
    pub contacts: fn(&Answers) -> Vec<Contact>,
    /// Books the held time.
    pub book: for<'a> fn(&'a App, &'a BookingForm, &'a Held, &'a RequestKey, Locale) -> Booking<'a>,
}

/// What comes of [`Form::book`].
pub type Booking<'a> = Pin<Box<dyn Future<Output = Result<Booked, NotBooked>> + Send + 'a>>;

/// A phone that is sent a code.
pub struct Contact {
    pub phone: Phone,
    /// The field in which its code is typed, and under which a draft keeps it.
    pub field: &'static str,
    /// Where the phone is changed.
    pub step: Step,
}

/// A place, and whether it suits those for whom not every place does.
#[derive(Clone)]
pub struct Point {
    pub at: ServicePoint,
    pub suits: bool,
}

impl BookingPages {
    pub fn service(&self) -> &Service {
        &self.bookable.service
    }

    /// Every place of the service, in order.
    pub async fn points(&self, app: &App) -> Result<Vec<Point>, Error> {
        let suiting = match &self.places.narrowing {
            Some(narrowing) => Some((narrowing.suiting)(app).await?),
            None => None,
        };
        let point = |at: &ServicePoint| Point {
            suits: suiting.as_ref().is_none_or(|ids| ids.contains(&at.place.id)),
            at: at.clone(),
        };
        Ok(point::all(app, self.service()).await?.iter().map(point).collect())
    }

    /// The rule of the service's first place, for pages that speak of none.
    pub async fn usual_rule(&self, app: &App) -> Result<Option<BookingRule>, Error> {
        let points = point::all(app, self.service()).await?;
        Ok(points.first().and_then(|point| point.rule(app.now()).ok().cloned()))
    }

    /// For how long a time can be held at most, extended as often as its place allows.
    pub async fn longest_hold(&self, app: &App) -> Result<TimeDelta, Error> {
        let points = point::all(app, self.service()).await?;
        let rules = points.iter().filter_map(|point| point.rule(app.now()).ok());
        Ok(rules.map(|rule| rule.hold() * (1 + i32::from(rule.extensions))).max().unwrap_or_default())
    }

    /// The name in a query that says that not every place suits.
    pub(super) fn narrowed_by(&self) -> Option<&'static str> {
        self.places.narrowing.as_ref().map(|narrowing| narrowing.query)
    }

    /// Whether a place suits those for whom not every place does.
    pub async fn suits(&self, app: &App, place: &PlaceId) -> Result<bool, Error> {
        match &self.places.narrowing {
            Some(narrowing) => Ok((narrowing.suiting)(app).await?.contains(place)),
            None => Ok(true),
        }
    }

    /// A page below the service's own, without the language prefix: `bookings/code`.
    pub fn path(&self, page: &str) -> String {
        format!("{}/{page}", self.root)
    }

    /// The questions declared as data.
    pub fn questions(&self) -> &'static [Question] {
        self.form.questions.unwrap_or_default()
    }

    /// What a place is called at the head of a line.
    pub fn place_label(&self, locale: Locale) -> String {
        capital(self.words.place.say(locale))
    }

    /// Reads the codes that were typed into the draft.
    pub fn keep_codes(&self, answers: &mut Answers, typed: &Pairs) {
        for Contact { field, .. } in (self.form.contacts)(answers) {
            answers.set(field, value(typed, field).unwrap_or_default());
        }
    }
}

/// The text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
