//! What a phone does by itself with a list of places: it puts the nearest first, and finds what is being typed. Nothing here asks
//! anybody anything: `public/assets/begin-near.js` hands over the list and draws what comes out.
//!
//! A module of its own, without the framework of the other browser modules, which would be twice as large as all of this. For the
//! same reason it takes and gives numbers alone, and has no words: those of the page's language stand on the page
//! (`shared::directory::said`).
//!
//! Without the feature `search` it leaves out what is typed: whoever only asks for the nearest loads a fifth less.

mod answer;
mod memory;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use shared::{
    directory::{
        Filter, Fix, Here, Looked, Places, Sought, look,
        said::{self, Said},
    },
    geo::{Degrees, Gcj02, Wgs84},
    locale::Locale,
};
use wasm_bindgen::prelude::wasm_bindgen;

use answer::Answer;

/// Makes room for so many bytes, and says where they are to be written: a bundle before [`open`], and before anything is asked
/// what is asked, which is names and values by turns on lines of their own. Those of an address are understood, and `booked`: ids of
/// the places that times are given out for, between spaces; and `kept`: of those that are shown however old what is known of them is.
#[wasm_bindgen]
pub fn room(bytes: usize) -> usize {
    memory::room(bytes)
}

/// Reads a bundle; no where it is of another format or damaged. Once: who has another list has another module.
#[wasm_bindgen]
pub fn open(is_english: bool) -> bool {
    memory::open(|bytes| List::open(bytes, if is_english { Locale::En } else { Locale::Zh }))
}

/// What fits what is asked, the nearest first: so many of it from one on, as an [`Answer`]. The point is in WGS-84 and `accuracy` in
/// metres, as a phone gives them, and `now` in seconds on the civil clock. Says where the answer is.
#[wasm_bindgen]
pub fn nearest(now: u32, latitude: f64, longitude: f64, accuracy: f64, from: usize, most: usize) -> usize {
    let fix = Fix { point: Wgs84(Degrees::new(latitude, longitude)), accuracy };
    memory::answer(|list, asked| list.nearest(asked, civil(now), fix, from, most))
}

/// What goes by what is being typed and fits everything else that is asked, at most `most` of it.
#[cfg(feature = "search")]
#[wasm_bindgen]
pub fn search(now: u32, most: usize) -> usize {
    memory::answer(|list, asked| list.search(asked, civil(now), most))
}

/// The places of a kind, as somebody reads them.
struct List {
    places: Places<'static>,
    locale: Locale,
}

impl List {
    /// It stays as long as the module: what takes it apart again would be as large as what reads it.
    fn open(bundle: &'static [u8], locale: Locale) -> Option<&'static Self> {
        let places = Places::as_far(bundle)?;
        let list: &Self = Box::leak(Box::new(Self { places, locale }));
        list.places.is_whole.then_some(list)
    }

    fn nearest<'a>(&'a self, asked: &'a str, now: NaiveDateTime, fix: Fix, from: usize, most: usize) -> Said<'a> {
        let here = Here::of(fix, self.places.bounds);
        let near = match here {
            Here::At { point, .. } => Some(point),
            Here::TooVague { .. } | Here::Elsewhere => None,
        };
        let filter = self.filter(asked);
        let most_of_all = from.saturating_add(most);
        let found =
            if near.is_some() { self.find((asked, &filter), near, now, most_of_all) } else { Looked::default() };
        let said = said::near(here, (found.count, found.unsure), found.nearest);
        let mut answer = Answer::of(found.count, near.is_some(), said.is_far, said.heading, said.notes);
        answer.rows(self, (asked, &filter), &found.first, now, from, most);
        answer.said
    }

    #[cfg(feature = "search")]
    fn search<'a>(&'a self, asked: &'a str, now: NaiveDateTime, most: usize) -> Said<'a> {
        let mut refused = None;
        let note = |name: &str, wrong| refused = if name == "q" { Some(wrong) } else { refused };
        let filter = Filter::meant(pairs(asked), &self.places.kind, note);
        // Without its words everything would be found.
        if let Some(wrong) = refused {
            let mut answer = Answer::of(0, false, false, said::refused(wrong), Vec::new());
            answer.rows(self, (asked, &filter), &[], now, 0, most);
            return answer.said;
        }
        let found = self.find((asked, &filter), None, now, most);
        let heading = said::typed(value(asked, "q").trim(), found.count, most, found.is_guess);
        let notes = said::unsure(found.unsure).into_iter().collect();
        let mut answer = Answer::of(found.count, false, false, heading, notes);
        answer.rows(self, (asked, &filter), &found.first, now, 0, most);
        answer.said
    }

    /// What is asked; what cannot be meant does not count.
    fn filter(&self, asked: &str) -> Filter {
        Filter::meant(pairs(asked), &self.places.kind, |_, _| {})
    }

    fn find(&self, (asked, filter): (&str, &Filter), near: Option<Gcj02>, now: NaiveDateTime, most: usize) -> Looked {
        let places = &self.places;
        let metres = |n| Some(near?.metres_to(places.point(n)?));
        let is_typed = cfg!(feature = "search") && !filter.q.is_empty();
        let ranks = is_typed.then(|| places.names().ranks(&filter.q));
        let sought = Sought { kind: &places.kind, filter, kept: value(asked, "kept"), now, most };
        look(places.all(), metres, ranks, sought, &places.days)
    }
}

fn pairs(asked: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut lines = asked.split('\n');
    std::iter::from_fn(move || Some((lines.next()?, lines.next()?)))
}

fn value<'a>(asked: &'a str, name: &str) -> &'a str {
    pairs(asked).find(|(one, _)| *one == name).map_or("", |(_, value)| value)
}

fn civil(now: u32) -> NaiveDateTime {
    let date = NaiveDate::from_epoch_days((now / 86_400).cast_signed()).unwrap_or_default();
    date.and_time(NaiveTime::from_num_seconds_from_midnight_opt(now % 86_400, 0).unwrap_or_default())
}

#[cfg(test)]
mod tests;
