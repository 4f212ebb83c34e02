//! A service made up for the tests of the pages.

use leptos::prelude::*;
use server::{appointments::Bookable, error::Error};
use shared::{appointments::Service, field::FieldErrors, problem::Problem};

use super::{
    service::{AtCounter, AtOffice, BookingDisplay, BookingPages, Form, Narrowing, Places},
    step::DetailsStep,
    words::Words,
};
use crate::words::Text;

const NOTHING: Text = Text("", "");

static BOOKABLE: Bookable = Bookable {
    service: Service::named("museum_visit"),
    name: ["参观", "museum visit"],
    bring: ["", ""],
    restore: |_| None,
    known_as: |_, _| Vec::new(),
    grounds: Vec::new,
    papers: Vec::new,
    paper: |_| None,
    invented: |_| None,
};

pub static EXAMPLE: BookingPages = BookingPages {
    bookable: &BOOKABLE,
    root: "/example",
    start: None,
    words: Words {
        name: Text("参观", "A visit"),
        booking: Text("参观预约", "Visit"),
        book: Text("预约参观", "Book a visit"),
        place: Text("展馆", "hall"),
        ..Words::ALONE
    },
    places: Places {
        query: "place",
        narrowing: Some(Narrowing {
            query: "stairs",
            places: |_| Box::pin(async { Ok(Vec::new()) }),
            above: |_, _| ().into_any(),
            tag: |_, _| ().into_any(),
            unsuited: NOTHING,
            refusal: || Problem::NotFound,
            applies: |_| false,
            obstacle: |_| ().into_any(),
        }),
    },
    form: Form {
        questions: None,
        steps: &[
            DetailsStep { path: "book/details/name", name: Text("姓名", "Your name") },
            DetailsStep { path: "book/details/phone", name: Text("手机", "Your phone") },
        ],
        missing: |_, _, _, _, _| Vec::new(),
        answers: |_, _, _| ().into_any(),
        contacts: |_| Vec::new(),
        first_phone: "phone",
        book: |_, _, _, _, _, _, _| Box::pin(async { Err(Error::from(Problem::NotFound).into()) }),
        refused: |_, _| None,
        at_office: AtOffice {
            fields: |_, _, _, _| ().into_any(),
            read: |_, _, _| Err(FieldErrors::new()),
            whose: |_, _| None,
        },
    },
    booking: BookingDisplay {
        people: |_, _, _| Vec::new(),
        people_on_paper: |_, _, _| Vec::new(),
        bring: |_, _| None,
        narrowed: |_| false,
    },
    at_counter: AtCounter::PLAIN,
};
