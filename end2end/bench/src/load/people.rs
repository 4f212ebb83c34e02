//! Invented couples with well-formed documents; the address code 100000 belongs to no place.

use shared::appointments::HoldTaken;
use shared::marriage::{BookingInput, PartyInput, SERVICE};

/// The `n`th couple's booking; couples differ up to 167,000 of them.
pub fn booking(n: usize, hold: &HoldTaken) -> BookingInput {
    BookingInput {
        shared_phone: false,
        hold_id: hold.hold_id.to_string(),
        hold_token: hold.hold_token.reveal().to_owned(),
        service: SERVICE.name().to_owned(),
        locale: "zh-CN".to_owned(),
        parties: vec![party(n, "演示甲", 1), party(n, "演示乙", 0)],
    }
}

/// One of the two; an odd sequence number in the document is a man's (GB 11643).
fn party(n: usize, name: &str, odd: usize) -> PartyInput {
    // A thousand sequence numbers make 500 couples a birthday.
    let (day, sequence) = (1 + n / 500, 2 * (n % 500) + odd);
    PartyInput {
        kind: "mainland".to_owned(),
        name: name.to_owned(),
        id_type: "resident_id".to_owned(),
        id_number: with_check_digit(&format!("1000001990{:02}{:02}{sequence:03}", 1 + day / 28, 1 + day % 28)),
        phone: format!("139{:08}", 2 * n + odd),
        ..PartyInput::default()
    }
}

/// Appends the check character of GB 11643 to 17 digits.
fn with_check_digit(digits: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        digits.chars().filter_map(|digit| digit.to_digit(10)).zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = match sum % 11 {
        0 => '1',
        1 => '0',
        2 => 'X',
        rest => char::from_digit(12 - rest, 10).unwrap_or('?'),
    };
    format!("{digits}{check}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use shared::appointments::{HoldId, HoldToken};
    use shared::marriage::BookingRequest;

    use super::*;

    #[test]
    fn every_invented_couple_could_be_booked_and_is_another() {
        let hold = HoldTaken {
            hold_id: HoldId::parse("bench").unwrap(),
            hold_token: HoldToken::parse("bench").unwrap(),
            expires_at: "2026-05-13T10:15:00+08:00".parse().unwrap(),
        };
        let mut numbers = BTreeSet::new();
        for n in (0..167_000).step_by(499) {
            let booking = booking(n, &hold);
            numbers.extend(booking.parties.iter().map(|party| party.id_number.clone()));
            BookingRequest::parse(booking).unwrap();
        }
        assert_eq!(numbers.len(), 2 * 167_000_usize.div_ceil(499));
    }
}
