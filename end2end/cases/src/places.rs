//! The places of a city looked through again and again, as a phone has them, for whoever measures how long it takes.

use chrono::NaiveDateTime;
use shared::{
    calendar::Calendar,
    directory::{Bundle, Filter, Kind, Listing, Names, find},
    geo::{Degrees, Wgs84},
};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub struct Places {
    kind: Kind,
    calendar: Calendar,
    listings: Vec<Listing>,
    names: Names,
    now: NaiveDateTime,
}

#[wasm_bindgen]
impl Places {
    /// `bundle` is in postcard, as the portal sends it; `kind` and `calendar` are in JSON, `now` is `2026-05-13T10:00:00`.
    ///
    /// # Errors
    /// What is wrong with them.
    #[wasm_bindgen(constructor)]
    pub fn new(bundle: &[u8], kind: &str, calendar: &str, now: &str) -> Result<Self, String> {
        let bundle: Bundle = postcard::from_bytes(bundle).map_err(|error| error.to_string())?;
        let listings = bundle.listings().map_err(|error| error.to_string())?;
        let names = bundle.names(&listings).map_err(|error| error.to_string())?;
        let kind = serde_json::from_str(kind).map_err(|error| error.to_string())?;
        let calendar = serde_json::from_str(calendar).map_err(|error| error.to_string())?;
        let calendar = Calendar::new(calendar).map_err(|error| error.to_string())?;
        let now = now.parse().map_err(|_| "no such instant")?;
        Ok(Self { kind, calendar, listings, names, now })
    }

    /// How many are found by what is typed.
    #[must_use]
    pub fn search(&self, typed: &str) -> usize {
        let filter = Filter { q: typed.to_owned(), ..Filter::default() };
        find(&self.listings, &self.names, &self.kind, &filter, None, self.now, &self.calendar).len()
    }

    /// Sorts all of them by the way from a point, and says which is the nearest.
    #[must_use]
    pub fn nearest(&self, latitude: f64, longitude: f64) -> Option<usize> {
        let near = Some(Wgs84(Degrees::new(latitude, longitude)));
        let filter = Filter::default();
        let found = find(&self.listings, &self.names, &self.kind, &filter, near, self.now, &self.calendar);
        found.first().map(|first| first.index)
    }
}

impl Places {
    pub fn len(&self) -> usize {
        self.listings.len()
    }

    pub fn is_empty(&self) -> bool {
        self.listings.is_empty()
    }
}
