//! What is said of a place, in words: the same wherever it is said, by the server or on a phone.
//!
//! Which words they are is decided here as a row of [`Bit`]s; the words themselves are [`Phrase`]s. The server fills them in at once.
//! A phone gets the phrases of its language with the page, so that what it loads to decide carries none.

mod day;
mod entry;
pub mod month_day;
mod near;
mod phrase;
mod state;
mod sure;
mod typed;

pub use entry::{Call, Entry, where_is};
pub use near::{NearSaid, near};
pub use phrase::{Phrase, table};
pub use state::{StateSaid, state};
pub use sure::{HoursOf, Sure, sure};
pub use typed::{refused, typed, unsure};

use crate::locale::Locale;

/// A part of what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bit<'a> {
    /// With as many parts to come as it has gaps.
    Phrase(Phrase),
    Number(u32),
    /// Minutes since midnight, as `09:00`.
    Clock(u32),
    Text(&'a str),
    /// From 0, Monday.
    Weekday(u32),
    /// From 0, January, by its name.
    Month(u32),
}

/// A sentence, or several one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said<'a>(Vec<Bit<'a>>);

impl<'a> Said<'a> {
    pub fn new(bits: &[Bit<'a>]) -> Self {
        Self(bits.to_vec())
    }

    /// A text as it stands.
    pub fn plain(text: &'a str) -> Self {
        Self::new(&[Bit::Phrase(Phrase::Plain), Bit::Text(text)])
    }

    pub fn push(&mut self, bit: Bit<'a>) {
        self.0.push(bit);
    }

    /// What is said after it.
    pub fn add(&mut self, more: Said<'a>) {
        self.0.extend(more.0);
    }

    pub fn bits(&self) -> &[Bit<'a>] {
        &self.0
    }

    /// In words.
    pub fn text(&self, locale: Locale) -> String {
        words(&mut self.0.iter(), locale)
    }
}

impl From<Phrase> for Said<'_> {
    fn from(phrase: Phrase) -> Self {
        Self::new(&[Bit::Phrase(phrase)])
    }
}

/// The next sentence of a row; what it lacks is not said.
pub fn words<'b, 'a: 'b>(bits: &mut impl Iterator<Item = &'b Bit<'a>>, locale: Locale) -> String {
    let mut text = String::new();
    fill(bits, locale, &mut text);
    text
}

fn fill<'b, 'a: 'b>(bits: &mut impl Iterator<Item = &'b Bit<'a>>, locale: Locale, text: &mut String) {
    match bits.next() {
        Some(Bit::Phrase(phrase)) => {
            let mut parts = phrase.words(locale).split('{');
            text.push_str(parts.next().unwrap_or_default());
            for part in parts {
                fill(&mut *bits, locale, text);
                // What kind of gap it is stands before its end.
                text.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
            }
        }
        Some(Bit::Number(number)) => text.push_str(&number.to_string()),
        Some(Bit::Clock(minutes)) => text.push_str(&month_day::minutes(*minutes)),
        Some(Bit::Text(plain)) => text.push_str(plain),
        Some(Bit::Weekday(day)) => text.push_str(locale.weekdays()[*day as usize]),
        Some(Bit::Month(month)) => text.push_str(locale.months()[*month as usize]),
        None => {}
    }
}
