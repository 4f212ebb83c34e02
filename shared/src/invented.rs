//! Invented people with well-formed documents, and an invented city, for tests and measurements.
//!
//! The address code 100000 belongs to no place, so none of the numbers is anybody's.

pub mod city;
pub mod deadlines;
pub mod eligibility;

use crate::identity::Sex;
pub use crate::identity::number18::with_check as with_check_character;
use crate::marriage::PartyInput;

/// The `n`th invented person of a sex, born in the early 1990s; different numbers give different people and
/// phones.
pub fn person(n: usize, sex: Sex) -> PartyInput {
    // 500 people of each sex share a birthday, as the sequence numbers of a real day allow.
    let (place, day) = (n % 500, n / 500);
    let (odd, name) = match sex {
        Sex::Male => (1, "演示甲"),
        Sex::Female => (0, "演示乙"),
    };
    let (year, month, day) = (1990 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
    let digits = format!("100000{year}{month:02}{day:02}{:03}", 2 * place + odd);
    PartyInput {
        kind: "mainland".to_owned(),
        name: name.to_owned(),
        id_type: "resident_id".to_owned(),
        id_number: with_check_character(&digits),
        phone: format!("139{:08}", 2 * n + odd),
        ..PartyInput::default()
    }
}

/// The `n`th invented couple.
pub fn couple(n: usize) -> [PartyInput; 2] {
    [person(n, Sex::Male), person(n, Sex::Female)]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn thousands_of_couples_are_well_formed_and_all_different() {
        let people = (0..5000).flat_map(couple);
        let numbers: HashSet<_> = people
            .map(|person| {
                person.party().unwrap();
                (person.id_number, person.phone)
            })
            .collect();
        assert_eq!(numbers.len(), 10_000);
    }
}
