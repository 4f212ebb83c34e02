//! Couples of demonstrations, who are nobody: their numbers have an address code that belongs to no place.

use shared::identity::{IdDocument, IdType};
use shared::marriage::{Party, PartyInput};

use super::Couple;
use crate::appointments::Attendees;

const SURNAMES: [char; 12] = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '欧', '卫'];

impl Couple {
    /// The `n`th invented couple, the man first.
    pub(super) fn invented(n: usize) -> Option<Box<dyn Attendees>> {
        let his = party(n, 1, SURNAMES[n % SURNAMES.len()], "示范")?;
        let hers = party(n, 0, SURNAMES[(n + 5) % SURNAMES.len()], "演示")?;
        Some(Box::new(Self([his, hers])))
    }
}

/// `odd` is 1 for a man, as the last digit but one of his number says.
fn party(n: usize, odd: usize, surname: char, given: &str) -> Option<Party> {
    let (of_day, day) = (n % 500, n / 500);
    let digits =
        format!("100000{}{:02}{:02}{:03}", 1988 + day / 336 % 10, 1 + day / 28 % 12, 1 + day % 28, 2 * of_day + odd);
    let input = PartyInput {
        kind: "mainland".to_owned(),
        name: format!("{surname}{given}"),
        id_type: "resident_id".to_owned(),
        id_number: checked(&digits)?,
        phone: format!("1380000{:04}", (2 * n + odd) % 10_000),
        ..PartyInput::default()
    };
    input.party().ok()
}

/// The number with the one check character that is right.
fn checked(digits: &str) -> Option<String> {
    let mut numbers = "0123456789X".chars().map(|check| format!("{digits}{check}"));
    numbers.find(|number| IdDocument::parse(IdType::ResidentId, number).is_ok())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn invented_couples_are_well_formed_and_all_different() {
        let couples = (0..1200).map(|n| Couple::invented(n).unwrap());
        let identities: HashSet<_> = couples.flat_map(|couple| couple.identities()).collect();
        assert_eq!(identities.len(), 2400);
    }
}
