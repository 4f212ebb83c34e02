//! Booking a marriage registration: what it brings to the pages of appointments.

mod answers;
mod authority;
mod couple;
pub mod details;
mod people;
mod who;
mod words;

use server::marriage::{BOOKABLE, Couple};

use crate::appointments::{
    acts::Acts,
    service::{BookingPages, Form, Places},
};

pub static MARRIAGE: BookingPages = BookingPages {
    bookable: &BOOKABLE,
    root: "/marriage",
    start: None,
    words: words::WORDS,
    places: Places {
        query: "registry",
        narrowing: Some(authority::NARROWING),
        slots_at: |point, date| format!("/api/v1/registries/{}/slots?from={date}&to={date}", point.place.id),
    },
    form: Form {
        questions: None,
        steps: &who::STEPS,
        missing: details::missing,
        answers: answers::draw,
        contacts: people::contacts,
        book: people::book,
    },
    acts: Acts::of::<Couple>(),
};
