//! Booking a marriage registration: what it brings to the pages of appointments.

mod answers;
mod at_counter;
mod at_office;
mod authority;
mod bring;
pub mod details;
pub mod people;
mod who;
mod words;

use server::{
    appointments::booking::view::BookingView,
    marriage::{
        BOOKABLE,
        couple::{MaskedCouple, MaskedParty},
    },
};
use shared::{locale::Locale, problem::Problem};

use crate::{
    appointments::service::{BookingDisplay, BookingPages, Form, Narrowing, Places},
    components::summary::Row,
    words::Text,
};

pub static MARRIAGE: BookingPages = BookingPages {
    bookable: &BOOKABLE,
    root: "/marriage",
    start: None,
    words: words::WORDS,
    places: Places {
        query: "registry",
        narrowing: Some(Narrowing {
            query: "foreign",
            places: authority::with_authority,
            above: authority::above_the_list,
            tag: authority::tag,
            unsuited: Text("网上不能为您二位约这里。", "The two of you cannot book this registry online."),
            refusal: || Problem::from(shared::marriage::Refusal::NoForeignAuthority),
            applies: authority::applies,
            obstacle: authority::no_authority,
        }),
    },
    form: Form {
        questions: None,
        steps: &who::STEPS,
        missing: details::missing,
        answers: answers::draw,
        contacts: people::contacts,
        first_phone: people::FIRST_PHONE,
        book: people::book,
        refused: authority::refused,
        at_office: at_office::AT_OFFICE,
    },
    booking: BookingDisplay {
        people: |_, booking, locale| {
            rows(booking, locale, |party| [&*party.name, &party.id_number, &party.phone].join("\n"))
        },
        people_on_paper: |_, booking, locale| {
            rows(booking, locale, |party| format!("{} {}", party.name, party.id_number))
        },
        bring: |visit, booking| couple(booking).map(|couple| bring::draw(visit, couple)),
        narrowed: |booking| couple(booking).is_some_and(authority::is_foreign),
    },
    at_counter: at_counter::AT_COUNTER,
};

fn couple(booking: &BookingView) -> Option<&MaskedCouple> {
    booking.people.read()
}

/// A row for each of the two.
fn rows(booking: &BookingView, locale: Locale, text: fn(&MaskedParty) -> String) -> Vec<Row> {
    let labelled = couple(booking).map(|couple| bring::couple(locale, couple));
    labelled.into_iter().flatten().map(|(label, party)| Row::new(label, text(party))).collect()
}
