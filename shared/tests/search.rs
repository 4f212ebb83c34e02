//! The search of places by name, tried on every division of four cities.

mod by_name;
mod fields;
mod hostile;
mod slips;
mod spelled;
mod typed;

use std::sync::LazyLock;

use shared::search::{Entry, Hit, Letters, Query, find, letters};

use self::spelled::Spelling;

/// The divisions of four cities, made searchable together.
struct Divisions {
    letters: Letters,
    spelling: Spelling,
    districts: Vec<District>,
}

struct District {
    names: Vec<&'static str>,
    entries: Vec<Entry>,
}

static DIVISIONS: LazyLock<Divisions> = LazyLock::new(|| {
    let lines = include_str!("search/divisions.txt").lines().filter(|line| !line.starts_with('#'));
    let names: Vec<Vec<&str>> = lines.map(|line| line.split(' ').skip(1).collect()).collect();
    let letters = letters(names.iter().flatten().copied());
    let district = |names: Vec<&'static str>| {
        let entries = names.iter().map(|name| letters.entry(name, "", "")).collect();
        District { names, entries }
    };
    let districts = names.into_iter().map(district).collect();
    Divisions { spelling: Spelling::read(&letters), districts, letters }
});

impl District {
    /// What is found in the district, the best first, and where the name stands in it.
    fn place_of(&self, name: &str, typed: &str) -> (Option<usize>, Vec<Hit>) {
        let query = Query::parse(typed).unwrap_or_else(|| panic!("{typed:?} asks for something"));
        let hits = find(&query, &DIVISIONS.letters, &self.entries);
        (hits.iter().position(|hit| self.names[hit.at] == name), hits)
    }
}

/// The names of a few entries that are found, in their order.
fn found<'a>(names: &[&'a str], typed: &str) -> Vec<&'a str> {
    let letters = letters(names.iter().copied());
    let entries: Vec<Entry> = names.iter().map(|name| letters.entry(name, "", "")).collect();
    let hits = Query::parse(typed).map(|query| find(&query, &letters, &entries)).unwrap_or_default();
    hits.into_iter().map(|hit| names[hit.at]).collect()
}
