//! What a phone does by itself with a list of places: it puts the nearest first, and finds what is being typed. Nothing here asks
//! anybody anything: `public/assets/begin-near.js` hands over the list and draws what comes out.
//!
//! A module of its own, without the framework of the other browser modules, which would be twice as large as all of this.

mod row;

use chrono::{DateTime, NaiveDateTime};
use shared::{
    directory::{Bundle, Filter, Fix, Found, Here, Near, Places, find, said},
    geo::{Degrees, Wgs84},
    locale::Locale,
};
use wasm_bindgen::prelude::wasm_bindgen;

pub use row::Row;

/// The places of a kind, as somebody reads them.
#[wasm_bindgen]
pub struct List {
    places: Places,
    locale: Locale,
    /// The kind's word for what is open.
    open: String,
    /// Ids of those that times are given out for.
    booked: Vec<String>,
}

/// What was found.
#[wasm_bindgen]
pub struct Answer {
    found: Vec<Found>,
    /// In civil time.
    now: NaiveDateTime,
    heading: String,
    notes: Vec<String>,
    is_sorted: bool,
    is_far: bool,
}

#[wasm_bindgen]
impl List {
    /// From a bundle; none where it is of another format or damaged.
    pub fn open(bundle: &[u8], language: &str, open: String, booked: Vec<String>) -> Option<List> {
        let bundle: Bundle = postcard::from_bytes(bundle).ok()?;
        let locale = Locale::from_tag(language).unwrap_or_default();
        Some(Self { places: bundle.open().ok()?, locale, open, booked })
    }

    /// What fits the names and values of an address, by turns, the nearest first; the point is in WGS-84 and `accuracy` in
    /// metres, as a phone gives them, and `now` in milliseconds on the civil clock.
    pub fn nearest(&self, asked: Vec<String>, now: f64, latitude: f64, longitude: f64, accuracy: f64) -> Answer {
        let fix = Fix { point: Wgs84(Degrees::new(latitude, longitude)), accuracy };
        let (filter, now, here) = (self.filter(&asked), civil(now), Here::of(fix, self.places.bounds));
        let near = match here {
            Here::At { point, .. } => Some(Near::Map(point)),
            Here::TooVague { .. } | Here::Elsewhere => None,
        };
        let found = near.map_or_else(Vec::new, |near| self.find(&filter, Some(near), now));
        let nearest = found.iter().filter_map(Found::metres).min();
        let said = said::near(self.locale, here, found.len(), nearest);
        Answer { found, now, heading: said.heading, notes: said.notes, is_sorted: near.is_some(), is_far: said.is_far }
    }

    /// What goes by what is being typed and fits everything else that is asked; at most `shown` of it are looked at.
    pub fn search(&self, asked: Vec<String>, now: f64, shown: usize) -> Answer {
        let (filter, now) = (self.filter(&asked), civil(now));
        let found = self.find(&filter, None, now);
        let is_guess = found.iter().all(|one| one.is_guess);
        let heading = said::typed(self.locale, &filter.q, found.len(), shown, is_guess);
        Answer { found, now, heading, notes: Vec::new(), is_sorted: false, is_far: false }
    }

    /// So many of what was found, from one on.
    pub fn rows(&self, answer: &Answer, from: usize, most: usize) -> Vec<Row> {
        answer.found.iter().skip(from).take(most).map(|found| self.row(*found, answer.now)).collect()
    }
}

#[wasm_bindgen]
impl Answer {
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> usize {
        self.found.len()
    }

    #[wasm_bindgen(getter)]
    pub fn heading(&self) -> String {
        self.heading.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    /// Whether it could be told what is near.
    #[wasm_bindgen(getter)]
    pub fn sorted(&self) -> bool {
        self.is_sorted
    }

    /// Whether nothing is near.
    #[wasm_bindgen(getter)]
    pub fn far(&self) -> bool {
        self.is_far
    }
}

impl List {
    fn filter(&self, asked: &[String]) -> Filter {
        let pairs = asked.chunks_exact(2).map(|pair| (&pair[0], &pair[1]));
        Filter::read_most(pairs, &self.places.kind).0
    }

    fn find(&self, filter: &Filter, near: Option<Near>, now: NaiveDateTime) -> Vec<Found> {
        let Places { kind, listings, names, calendar, .. } = &self.places;
        find(listings, names, kind, filter, near, now, calendar)
    }
}

fn civil(now: f64) -> NaiveDateTime {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below the limit")]
    let now = DateTime::from_timestamp_millis(now as i64);
    now.unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests;
