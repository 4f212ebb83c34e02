//! The places of a city looked through again and again, as a phone has them, for whoever measures how long it takes.

use chrono::NaiveDateTime;
use shared::{
    directory::{Filter, Looked, Places as List, Sought, look},
    geo::{Degrees, Gcj02, Wgs84},
};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub struct Places {
    list: List<'static>,
    now: NaiveDateTime,
}

/// As many as a page shows.
const SHOWN: usize = 20;

#[wasm_bindgen]
impl Places {
    /// `bundle` is as the portal sends it, and `now` is `2026-05-13T10:00:00`.
    ///
    /// # Errors
    /// What is wrong with them.
    #[wasm_bindgen(constructor)]
    pub fn new(bundle: &[u8], now: &str) -> Result<Self, String> {
        // It is there as long as the page.
        let list = List::read(bundle.to_vec().leak()).map_err(|error| error.to_string())?;
        let now = now.parse().map_err(|_| "no such instant")?;
        Ok(Self { list, now })
    }

    /// How many are found by what is typed.
    #[must_use]
    pub fn search(&self, typed: &str) -> usize {
        let filter = Filter { q: typed.to_owned(), ..Filter::default() };
        self.find(&filter, None).count
    }

    /// Looks at all of them for the first page by the way from a point, and says which is the nearest.
    #[must_use]
    pub fn nearest(&self, latitude: f64, longitude: f64) -> Option<usize> {
        let near = Wgs84(Degrees::new(latitude, longitude)).to_gcj02();
        self.find(&Filter::default(), Some(near)).first.first().map(|first| first.index)
    }
}

impl Places {
    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn find(&self, filter: &Filter, near: Option<Gcj02>) -> Looked {
        let list = &self.list;
        let metres = |n| Some(near?.metres_to(list.point(n)?));
        let ranks = (!filter.q.is_empty()).then(|| list.names().ranks(&filter.q));
        let sought = Sought { kind: &list.kind, filter, kept: "", now: self.now, most: SHOWN };
        look(list.all(), metres, ranks, sought, &list.days)
    }
}
