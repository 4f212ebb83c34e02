//! A service made up for the tests of the pages.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{Attendees, Bookable, booking::NotBooked, record::Record},
    error::Error,
};
use shared::{appointments::Service, identity::Phone, locale::Locale, problem::Problem};

use super::{
    acts::{Acts, Shown},
    service::{BookingPages, Form, Narrowing, Places},
    step::DetailsStep,
    words::Words,
};
use crate::{components::summary::Row, words::Text};

const NOTHING: Text = Text("", "");

pub static EXAMPLE: BookingPages = BookingPages {
    bookable: &Bookable { service: Service::named("example"), name: ["参观", "visit"], bring: ["", ""] },
    root: "/example",
    start: None,
    words: Words { name: Text("参观", "A visit"), place: Text("展馆", "hall"), ..Words::ALONE },
    places: Places {
        query: "place",
        narrowing: Some(Narrowing {
            query: "stairs",
            suiting: |_| Box::pin(async { Ok(Vec::new()) }),
            applies: |_| false,
            refusal: || Problem::NotFound,
            unsuited: NOTHING,
            obstacle: |_| ().into_any(),
            above: |_, _| ().into_any(),
            tag: |_, _| ().into_any(),
        }),
        slots_at: |_, _| String::new(),
    },
    form: Form {
        questions: None,
        steps: &[
            DetailsStep { path: "book/details/name", name: Text("姓名", "Your name") },
            DetailsStep { path: "book/details/phone", name: Text("手机", "Your phone") },
        ],
        missing: |_, _| Vec::new(),
        answers: |_, _| ().into_any(),
        contacts: |_| Vec::new(),
        book: |_, _, _, _, _| Box::pin(async { Err(NotBooked::Other(Problem::NotFound.into())) }),
    },
    acts: Acts::of::<Nobody>(),
};

/// Nobody ever books this service.
pub struct Nobody;

impl Attendees for Nobody {
    type Kept = ();
    type Masked = Nobody;

    fn keep(&self) {}

    fn restore((): ()) -> Option<Self> {
        None
    }

    fn masked(&self) -> Self {
        Self
    }

    fn identities(&self) -> Vec<String> {
        Vec::new()
    }

    fn phones(&self) -> Vec<Phone> {
        Vec::new()
    }

    fn are_same(&self, _: &Self) -> bool {
        true
    }

    async fn admissible(&self, _: &App, _: &Record, _: DateTime<Utc>) -> Result<(), Error> {
        Ok(())
    }
}

impl Shown for Nobody {
    fn people(&self, _: &BookingPages, _: Locale) -> Vec<Row> {
        Vec::new()
    }

    fn people_on_paper(&self, _: &BookingPages, _: Locale) -> Vec<Row> {
        Vec::new()
    }
}
