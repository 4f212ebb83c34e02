//! What a phone does by itself with a list of places: it puts the nearest first, and finds what is being typed. Nothing here asks
//! anybody anything: `public/assets/begin-near.js` hands over the list and draws what comes out.
//!
//! A module of its own, without the framework of the other browser modules, which would be twice as large as all of this.

mod lines;

use chrono::{DateTime, NaiveDateTime};
use shared::{
    directory::{Bundle, Filter, Fix, Found, Here, Near, Places, find, said},
    geo::{Degrees, Wgs84},
    locale::Locale,
};
use wasm_bindgen::prelude::wasm_bindgen;

use lines::Lines;

/// The places of a kind, as somebody reads them.
#[wasm_bindgen]
pub struct List {
    places: Places,
    locale: Locale,
    /// The kind's word for what is open.
    open: String,
    /// Ids of those that times are given out for, between spaces.
    booked: String,
}

#[wasm_bindgen]
impl List {
    /// From a bundle; none where it is of another format or damaged.
    pub fn open(bundle: &[u8], language: &str, open: &str, booked: &str) -> Option<List> {
        let places = Bundle::read(bundle).and_then(Bundle::open).ok()?;
        let locale = Locale::from_tag(language).unwrap_or_default();
        Some(Self { places, locale, open: open.to_owned(), booked: booked.to_owned() })
    }

    /// What fits the names and values of an address, by turns on lines of their own, the nearest first: so many of it from one on,
    /// as [`Lines`]. The point is in WGS-84 and `accuracy` in metres, as a phone gives them, and `now` in milliseconds on the civil
    /// clock.
    #[expect(clippy::too_many_arguments, reason = "numbers from a script, which has no types to group them by")]
    pub fn nearest(
        &self,
        asked: &str,
        now: f64,
        latitude: f64,
        longitude: f64,
        accuracy: f64,
        from: usize,
        most: usize,
    ) -> String {
        let fix = Fix { point: Wgs84(Degrees::new(latitude, longitude)), accuracy };
        let (filter, now, here) = (self.filter(asked), civil(now), Here::of(fix, self.places.bounds));
        let near = match here {
            Here::At { point, .. } => Some(Near::Map(point)),
            Here::TooVague { .. } | Here::Elsewhere => None,
        };
        let found = near.map_or_else(Vec::new, |near| self.find(&filter, Some(near), now));
        let nearest = found.iter().filter_map(Found::metres).min();
        let said = said::near(self.locale, here, found.len(), nearest);
        let lines = Lines::of(found.len(), near.is_some(), said.is_far, &said.heading, &said.notes);
        self.with_rows(lines, &found, now, from, most)
    }

    /// What goes by what is being typed and fits everything else that is asked, at most `most` of it.
    pub fn search(&self, asked: &str, now: f64, most: usize) -> String {
        let (filter, now) = (self.filter(asked), civil(now));
        let found = self.find(&filter, None, now);
        let is_guess = found.iter().all(|one| one.is_guess);
        let heading = said::typed(self.locale, &filter.q, found.len(), most, is_guess);
        self.with_rows(Lines::of(found.len(), false, false, &heading, &[]), &found, now, 0, most)
    }
}

impl List {
    fn filter(&self, asked: &str) -> Filter {
        let mut lines = asked.split('\n');
        let pairs = std::iter::from_fn(|| Some((lines.next()?, lines.next()?)));
        Filter::read_most(pairs, &self.places.kind).0
    }

    fn with_rows(&self, mut lines: Lines, found: &[Found], now: NaiveDateTime, from: usize, most: usize) -> String {
        for one in found.iter().skip(from).take(most) {
            lines.row(self, *one, now);
        }
        lines.text()
    }

    fn find(&self, filter: &Filter, near: Option<Near>, now: NaiveDateTime) -> Vec<Found> {
        let Places { kind, listings, names, days, .. } = &self.places;
        find(listings, names, kind, filter, near, now, days)
    }
}

fn civil(now: f64) -> NaiveDateTime {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below the limit")]
    let now = DateTime::from_timestamp_millis(now as i64);
    now.unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests;
