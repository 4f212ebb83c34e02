//! Invented people with well-formed documents; the address code 100000 belongs to no place.

use server::appointments::hold::Hold;
use shared::appointments::Business;
use shared::identity::Sex;
use shared::marriage::{BookingInput, BookingRequest, PartyInput};

/// The `n`th invented person of a sex, born on 1 January 1990.
pub fn person(n: usize, sex: Sex) -> PartyInput {
    let sequence = match sex {
        Sex::Male => 2 * (n % 500) + 1,
        Sex::Female => 2 * (n % 500),
    };
    // People beyond the thousand sequence numbers of a day are born on later days.
    let day = 1 + n / 500;
    let number = with_check_digit(&format!("1000001990{:02}{:02}{sequence:03}", 1 + day / 28, 1 + day % 28));
    PartyInput {
        kind: "mainland".to_owned(),
        name: if sex == Sex::Male { "演示甲" } else { "演示乙" }.to_owned(),
        id_type: "resident_id".to_owned(),
        id_number: number,
        phone: format!("139{:08}", 2 * n + usize::from(sex == Sex::Female)),
        ..PartyInput::default()
    }
}

/// The `n`th couple's request for a hold.
pub fn couple(n: usize, hold: &Hold) -> BookingRequest {
    request([person(n, Sex::Male), person(n, Sex::Female)], hold)
}

pub fn request(parties: [PartyInput; 2], hold: &Hold) -> BookingRequest {
    let input = BookingInput {
        hold_id: hold.id.to_string(),
        hold_token: hold.token.reveal().to_owned(),
        service: Business::MarriageRegistration.name().to_owned(),
        locale: "zh-CN".to_owned(),
        parties: parties.into(),
    };
    BookingRequest::parse(input).unwrap()
}

/// Appends the check character of GB 11643 to 17 digits.
fn with_check_digit(digits: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][usize::try_from(sum % 11).unwrap()];
    format!("{digits}{check}")
}
