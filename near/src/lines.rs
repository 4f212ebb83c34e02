//! An answer as lines of text, which cost a page less to take apart than objects do. `public/assets/begin-near.js` reads them in
//! this order.

use chrono::NaiveDateTime;
use shared::directory::{
    Found,
    said::{Call, Entry, HoursOf},
    walk,
};

use super::List;

/// How many there are; `1` where they are sorted, and where none is near; the heading; three notes; then twelve lines a place.
/// What is empty is not said.
pub struct Lines(String);

/// Notes that an answer has at most.
const NOTES: usize = 3;

impl Lines {
    pub fn of(count: usize, is_sorted: bool, is_far: bool, heading: &str, notes: &[String]) -> Self {
        let mut lines = Self(count.to_string());
        lines.flag(is_sorted);
        lines.flag(is_far);
        lines.line(heading);
        for note in 0..NOTES {
            lines.line(notes.get(note).map_or("", String::as_str));
        }
        lines
    }

    /// Its id and name; how far it is; where; its state with the class of the style sheet; how sure that is, and whether better
    /// asked; services; what a phone dials, how it is written, or why it cannot be called.
    pub fn row(&mut self, list: &List, found: Found, now: NaiveDateTime) {
        let (locale, listing) = (list.locale, &list.places.listings[found.index]);
        let is_booked = list.booked.split(' ').any(|id| id == listing.id.as_str());
        let of = HoursOf { listing, kind: &list.places.kind, is_booked };
        let Entry { name, place, state, sure, services, call } =
            Entry::of(locale, of, &list.open, now, &list.places.days);
        self.line(listing.id.as_str());
        self.line(&name);
        self.line(&found.metres().map_or_else(String::new, |metres| walk::way(metres, locale)));
        self.line(&place);
        self.line(&state.text(locale));
        self.line(state.class);
        self.line(sure.as_ref().map_or("", |sure| sure.text.as_str()));
        self.flag(sure.is_some_and(|sure| sure.weak));
        self.line(&services);
        let (tel, number, silent) = match &call {
            Call::Dial { tel, number } => (tel.as_str(), number.as_str(), ""),
            Call::Silent(why) => ("", "", why.as_str()),
        };
        for line in [tel, number, silent] {
            self.line(line);
        }
    }

    pub fn text(self) -> String {
        self.0
    }

    fn flag(&mut self, is_so: bool) {
        self.line(if is_so { "1" } else { "" });
    }

    fn line(&mut self, text: &str) {
        self.0.push('\n');
        self.0.extend(text.chars().map(|sign| if sign == '\n' { ' ' } else { sign }));
    }
}
