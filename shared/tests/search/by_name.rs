//! Every name of the four cities is found within its district.

use super::spelled::short;
use super::{DIVISIONS, District};

fn every_name() -> impl Iterator<Item = (&'static District, &'static str)> {
    DIVISIONS.districts.iter().flat_map(|district| district.names.iter().map(move |name| (district, *name)))
}

/// Not among the first five, and not because all before it match as well.
fn missed(typed: impl Fn(&str) -> String) -> Vec<String> {
    let missed = every_name().filter_map(|(district, name)| {
        let typed = typed(name);
        let (place, hits) = district.place_of(name, &typed);
        let is_first = place.is_some_and(|place| place < 5);
        let is_equal = place.is_some_and(|place| hits[place].rank == hits[0].rank);
        (!is_first && !is_equal).then(|| format!("{name} by {typed}: {place:?} of {}", hits.len()))
    });
    missed.collect()
}

#[test]
fn there_are_seven_thousand_four_hundred_and_sixty_four_names_in_thirty_five_districts() {
    assert_eq!((every_name().count(), DIVISIONS.districts.len()), (7464, 35));
}

#[test]
fn every_name_is_among_the_first_five_of_its_district_by_full_pinyin() {
    let place = |name: &str, typed: String, district: &District| (district.place_of(name, &typed).0, typed);
    for (district, name) in every_name() {
        for called in [name, short(name)] {
            let (place, typed) = place(name, DIVISIONS.spelling.full(called), district);
            assert!(place.is_some_and(|place| place < 5), "{name} by {typed}: {place:?}");
        }
    }
}

#[test]
fn every_name_is_among_the_first_five_of_its_district_by_initials_or_all_before_it_are_equal() {
    assert_eq!(missed(|name| DIVISIONS.spelling.initials(name)), [""; 0]);
    assert_eq!(missed(|name| DIVISIONS.spelling.initials(short(name))), [""; 0]);
}

#[test]
fn every_name_is_among_the_first_five_of_its_district_by_itself() {
    assert_eq!(missed(ToOwned::to_owned), [""; 0]);
    assert_eq!(missed(|name| short(name).to_owned()), [""; 0]);
}

#[test]
fn every_name_is_found_by_beginnings_of_its_syllables() {
    for (district, name) in every_name() {
        for letters in [2, 3] {
            let typed = DIVISIONS.spelling.beginnings(name, letters);
            assert!(district.place_of(name, &typed).0.is_some(), "{name} by {typed}");
        }
    }
}

#[test]
fn every_name_is_found_by_any_reading_of_its_characters() {
    for (district, name) in every_name() {
        for typed in DIVISIONS.spelling.other_spellings(name) {
            let (place, hits) = district.place_of(name, &typed);
            assert!(place.is_some_and(|place| !hits[place].rank.is_guess()), "{name} by {typed}: {place:?}");
        }
    }
}

#[test]
fn whoever_types_letter_by_letter_loses_nothing_on_the_way() {
    for (district, name) in every_name().step_by(7) {
        for typed in [DIVISIONS.spelling.full(name), DIVISIONS.spelling.beginnings(name, 2), name.to_owned()] {
            for (end, sign) in typed.char_indices() {
                let typed = &typed[..end + sign.len_utf8()];
                let (place, hits) = district.place_of(name, typed);
                assert!(place.is_some_and(|place| !hits[place].rank.is_guess()), "{name} by {typed}: {place:?}");
            }
        }
    }
}
