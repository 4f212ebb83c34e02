//! More places on the day itself than were published: whoever comes without a booking is not sent away where the office can
//! serve them (婚姻登记条例 art. 7: to book is an offer, and no condition).

use super::Reason;
use crate::field::{Asked, FieldErrors, Reason as Wrong};
use crate::whole::figures;

/// Places that are added at a time, at most: more is a mistake of typing.
pub const MOST: u32 = 50;

/// As it is typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub places: String,
    pub reason: String,
}

const PLACES: &Asked =
    &Asked::typed("more_places_missing", ("请填写加几个号。", "Enter how many."), ("加号的个数", "number"));
const REASON: &Asked = &Asked::typed(
    "more_reason_missing",
    ("请写明为什么加号，会记录下来。", "Say why. It is recorded."),
    ("原因", "reason"),
);

impl Draft {
    /// How many, and why.
    ///
    /// # Errors
    /// One for each field that needs attention.
    pub fn read(&self) -> Result<(u32, Reason), FieldErrors> {
        let mut errors = FieldErrors::new();
        let places = errors.keep("places", places(self.places.trim()));
        let reason = errors.keep("reason", Reason::of(REASON, Reason::LONGEST, &self.reason));
        match (places, reason) {
            (Some(places), Some(reason)) => Ok((places, reason)),
            _ => Err(errors),
        }
    }
}

fn places(typed: &str) -> Result<u32, Wrong> {
    if typed.is_empty() {
        return Err(Wrong::Missing(PLACES));
    }
    let places = figures(typed).filter(|places| (1..=MOST).contains(places));
    places.ok_or_else(|| {
        Wrong::own(
            "more_places",
            format!("请填写 1 到 {MOST} 的数字；还要更多的，可以再加一次。"),
            format!("Enter a number from 1 to {MOST}. If that is too few, add some again."),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(places: &str, reason: &str) -> Result<(u32, Reason), FieldErrors> {
        Draft { places: places.to_owned(), reason: reason.to_owned() }.read()
    }

    #[test]
    fn a_number_and_a_reason_are_asked_for() {
        let (places, reason) = read(" 5 ", "下午人少，还办得了").unwrap();
        assert_eq!((places, reason.as_str()), (5, "下午人少，还办得了"));
        assert_eq!(read("２０", "人少").unwrap().0, 20, "by the keyboard of a Chinese input method");
        for (places, code) in
            [("", "more_places_missing"), ("0", "more_places"), ("51", "more_places"), ("+5", "more_places")]
        {
            let errors = read(places, "人少").unwrap_err();
            let found: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.reason.code())).collect();
            assert_eq!(found, [("places", code)], "{places}");
        }
        assert_eq!(read("5", "").unwrap_err().for_field("reason").unwrap().code(), "more_reason_missing");
        assert_eq!(read("5", "给 13800000000").unwrap_err().for_field("reason").unwrap().code(), "words_number");
    }
}
