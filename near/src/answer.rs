//! An answer: a row of numbers, texts and sentences, which `public/assets/begin-near.js` takes apart in this order.

use chrono::NaiveDateTime;
use shared::directory::{
    Filter, Found, is_among,
    said::{Bit, Call, Entry, HoursOf, Phrase, Said},
    walk,
};

use super::{List, value};

/// How many there are; whether they are sorted, and whether none is near, as 0 or 1; the heading; how many notes there are, and
/// these; how many places follow, and each.
pub struct Answer<'a> {
    pub said: Said<'a>,
}

impl<'a> Answer<'a> {
    pub fn of(count: usize, is_sorted: bool, is_far: bool, heading: Said<'a>, notes: Vec<Said<'a>>) -> Self {
        let mut said = Said::new(&[number(count), flag(is_sorted), flag(is_far)]);
        said.add(heading);
        said.push(number(notes.len()));
        for note in notes {
            said.add(note);
        }
        Self { said }
    }

    /// So many of what was found from one on.
    pub fn rows(
        &mut self,
        list: &'a List,
        (asked, filter): (&'a str, &Filter),
        found: &[Found],
        now: NaiveDateTime,
        from: usize,
        most: usize,
    ) {
        let shown = || found.iter().skip(from).take(most);
        self.said.push(number(shown().count()));
        let booked = value(asked, "booked");
        for one in shown() {
            self.row(list, (booked, filter), one, now);
        }
    }

    /// Its id and name; how far it is; where; of which service and time its state is, and the state with the class of the style sheet; how sure that is, and whether better
    /// asked; services; the number that a phone dials, or why it cannot be called. What there is nothing to say of is empty.
    fn row(&mut self, list: &'a List, (booked, filter): (&str, &Filter), found: &Found, now: NaiveDateTime) {
        let Some(place) = list.places.get(found.index) else { return };
        let is_booked = is_among(booked, place.id);
        let kind = &list.places.kind;
        let of = HoursOf { place, ages: kind.ages, is_booked };
        let open = Bit::Phrase(Phrase::Open);
        let Entry { name, place: address, of: asked_of, state, sure, services, call } =
            Entry::of(list.locale, of, (kind, filter), open, now, &list.places.days);
        let said = &mut self.said;
        said.push(Bit::Text(place.id));
        said.push(Bit::Text(name));
        said.add(found.metres().map_or_else(nothing, walk::way));
        said.add(address);
        said.add(asked_of.unwrap_or_else(nothing));
        said.add(state.said);
        said.push(Bit::Text(state.class));
        let is_weak = sure.as_ref().is_some_and(|sure| sure.weak);
        said.add(sure.map_or_else(nothing, |sure| sure.said));
        said.push(flag(is_weak));
        said.add(services.unwrap_or_else(nothing));
        let (dial, silent) = match call {
            Call::Dial(number) => (number, nothing()),
            Call::Silent(why) => ("", why),
        };
        said.push(Bit::Text(dial));
        said.add(silent);
    }
}

fn nothing<'a>() -> Said<'a> {
    Phrase::Nothing.into()
}

fn number<'a>(count: usize) -> Bit<'a> {
    Bit::Number(u32::try_from(count).unwrap_or(u32::MAX))
}

fn flag<'a>(is_so: bool) -> Bit<'a> {
    Bit::Number(u32::from(is_so))
}
