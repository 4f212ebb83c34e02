//! A place of an answer, in the words that the page shows.

use chrono::NaiveDateTime;
use shared::directory::{
    Found,
    said::{Call, Entry, HoursOf},
    walk,
};
use wasm_bindgen::prelude::wasm_bindgen;

use super::List;

/// What is empty is not said.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct Row {
    pub id: String,
    pub name: String,
    pub far: String,
    pub place: String,
    pub state: String,
    /// Its class in the style sheet.
    pub class: String,
    pub sure: String,
    pub weak: bool,
    pub services: String,
    /// What a phone dials, and how it is written.
    pub tel: String,
    pub number: String,
    /// Why it cannot be called.
    pub silent: String,
}

impl List {
    pub(super) fn row(&self, found: Found, now: NaiveDateTime) -> Row {
        let (locale, listing) = (self.locale, &self.places.listings[found.index]);
        let is_booked = self.booked.iter().any(|id| id == listing.id.as_str());
        let of = HoursOf { listing, kind: &self.places.kind, is_booked };
        let Entry { name, place, state, sure, services, call } =
            Entry::of(locale, of, &self.open, now, &self.places.calendar);
        let (tel, number, silent) = match call {
            Call::Dial { tel, number } => (tel, number, String::new()),
            Call::Silent(why) => (String::new(), String::new(), why),
        };
        let weak = sure.as_ref().is_some_and(|sure| sure.weak);
        Row {
            id: listing.id.to_string(),
            name,
            far: found.metres().map_or_else(String::new, |metres| walk::way(metres, locale)),
            place,
            state: state.text(locale),
            class: state.class.to_owned(),
            sure: sure.map_or_else(String::new, |sure| sure.text),
            weak,
            services,
            tel,
            number,
            silent,
        }
    }
}
