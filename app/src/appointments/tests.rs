//! A service made up for the tests of the pages.

use leptos::prelude::*;
use shared::{appointments::Service, problem::Problem};

use super::{
    service::{BookingPages, Form, Places, Shown, Words},
    step::DetailsStep,
};
use crate::words::Text;

const NOTHING: Text = Text("", "");

pub static EXAMPLE: BookingPages = BookingPages {
    service: Service::MarriageRegistration,
    root: "/example",
    words: Words {
        name: Text("参观", "A visit"),
        booking: NOTHING,
        place: Text("展馆", "hall"),
        choose_place: NOTHING,
        unsuited: NOTHING,
        you: Text("您", "you"),
        many: NOTHING,
        any_phone: NOTHING,
        compare: NOTHING,
        declaration: NOTHING,
        purpose: NOTHING,
        manage: NOTHING,
        phone_given: NOTHING,
        holder: NOTHING,
        already: NOTHING,
        mistyped: NOTHING,
        people: NOTHING,
        people_fixed: NOTHING,
        past: NOTHING,
        next: &[],
        come: NOTHING,
        come_note: NOTHING,
        moving: NOTHING,
    },
    places: Places {
        query: "place",
        narrowed_by: Some("stairs"),
        refusal: || Problem::NotFound,
        suits: |_, _| true,
        above: |_, _| ().into_any(),
        tags: |_, _| None,
        slots_at: |_, _| String::new(),
    },
    form: Form {
        steps: &[
            DetailsStep { path: "book/details/name", name: Text("姓名", "Your name") },
            DetailsStep { path: "book/details/phone", name: Text("手机", "Your phone") },
        ],
        missing: |_, _| Vec::new(),
        obstacle: |_, _| None,
        answers: |_, _| ().into_any(),
        contacts: |_| Vec::new(),
        book: |_, _, _, _, _| Box::pin(async { Err(Problem::NotFound.into()) }),
        refused: |_, _| None,
    },
    booking: Shown {
        people: |_, _| Vec::new(),
        people_on_paper: |_, _| Vec::new(),
        bring: |_, _| None,
        narrowed: |_| false,
    },
};
