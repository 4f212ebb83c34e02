//! Booking a marriage registration: what it brings to the pages of appointments.

mod answers;
mod authority;
mod bring;
pub mod details;
pub mod people;
mod who;
mod words;

use shared::{appointments::Service, locale::Locale, problem::Problem};

use crate::{
    appointments::service::{BookingPages, Form, Places, Shown},
    components::summary::Row,
};

pub static MARRIAGE: BookingPages = BookingPages {
    service: Service::MarriageRegistration,
    root: "/marriage",
    words: words::WORDS,
    places: Places {
        query: "registry",
        narrowed_by: Some("foreign"),
        refusal: || Problem::from(shared::marriage::Refusal::NoForeignAuthority),
        suits: authority::suits,
        above: authority::above_the_list,
        tags: |visit, registry| Some(authority::tag(visit, registry)),
        slots_at: |registry, date| format!("/api/v1/registries/{}/slots?from={date}&to={date}", registry.id),
    },
    form: Form {
        steps: &who::STEPS,
        missing: details::missing,
        obstacle: authority::obstacle,
        answers: answers::draw,
        contacts: people::contacts,
        book: people::book,
        refused: authority::refused,
    },
    booking: Shown {
        people: |booking, locale| {
            let rows = bring::couple(locale, &booking.parties);
            rows.map(|(label, party)| Row::new(label, [&*party.name, &party.id_number, &party.phone].join("\n"))).into()
        },
        people_on_paper: |booking, locale: Locale| {
            let rows = bring::couple(locale, &booking.parties);
            rows.map(|(label, party)| Row::new(label, format!("{} {}", party.name, party.id_number))).into()
        },
        bring: |visit, booking| Some(bring::draw(visit, &booking.parties)),
        narrowed: |booking| authority::is_foreign(&booking.parties),
    },
};
