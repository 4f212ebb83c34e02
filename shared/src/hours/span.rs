//! From when to when, within a day and past its midnight.

use serde::{Deserialize, Serialize};

use crate::calendar::DAY_MINUTES;

/// A span as it is written: `09:00` to `17:30`, `22:00` to `26:00` where it passes midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HoursSpan))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// From `00:00` to `23:59`.
    pub opens: String,
    /// Up to `48:00`, which is the end of the next day.
    pub closes: String,
}

/// A span in minutes since the midnight that its day begins with, at most a day long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Minutes {
    pub opens: u32,
    pub closes: u32,
}

impl Minutes {
    pub const DAY: Self = Self { opens: 0, closes: DAY_MINUTES };
}

/// Why two times are no span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoSpan {
    /// Not a time of day.
    Opens,
    /// Not a time up to `48:00`.
    Closes,
    /// Both are the same: whoever means the whole day says so.
    Same,
    /// It closes before it opens.
    Backwards,
    /// More than a day.
    TooLong,
}

impl Span {
    pub(super) fn minutes(&self) -> Result<Minutes, NoSpan> {
        let opens = clock(&self.opens).filter(|opens| *opens < DAY_MINUTES).ok_or(NoSpan::Opens)?;
        let closes = clock(&self.closes).filter(|closes| *closes <= 2 * DAY_MINUTES).ok_or(NoSpan::Closes)?;
        match closes.checked_sub(opens) {
            None => Err(NoSpan::Backwards),
            Some(0) => Err(NoSpan::Same),
            Some(length) if length > DAY_MINUTES => Err(NoSpan::TooLong),
            Some(_) => Ok(Minutes { opens, closes }),
        }
    }
}

/// Minutes of `9:05`, `09:05` or `26:00`; people also type the colon and the digits of their own keyboard.
fn clock(text: &str) -> Option<u32> {
    let text: String = text.trim().chars().map(plain).collect();
    let (hours, minutes) = text.split_once(':')?;
    let number = |digits: &str, longest: usize| {
        let fits = (1..=longest).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2).filter(|_| minutes.len() == 2)?);
    (minutes < 60).then_some(hours * 60 + minutes)
}

fn plain(character: char) -> char {
    match character {
        '：' => ':',
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or(character),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(opens: &str, closes: &str) -> Result<Minutes, NoSpan> {
        Span { opens: opens.into(), closes: closes.into() }.minutes()
    }

    #[test]
    fn a_span_is_two_times_of_which_the_second_may_be_of_the_next_day() {
        for (opens, closes, minutes) in [
            ("09:00", "17:30", (540, 1050)),
            ("9:05", "12:00", (545, 720)),
            ("00:00", "24:00", (0, 1440)),
            ("22:00", "26:00", (1320, 1560)),
            ("０９：００", " 12:00 ", (540, 720)),
        ] {
            assert_eq!(read(opens, closes), Ok(Minutes { opens: minutes.0, closes: minutes.1 }), "{opens} {closes}");
        }
        for (opens, closes, why) in [
            ("12:00", "12:00", NoSpan::Same),
            ("22:00", "02:00", NoSpan::Backwards),
            ("24:00", "26:00", NoSpan::Opens),
            ("9", "12:00", NoSpan::Opens),
            ("9:5", "12:00", NoSpan::Opens),
            ("09:60", "12:00", NoSpan::Opens),
            ("-1:00", "12:00", NoSpan::Opens),
            ("09:00", "48:01", NoSpan::Closes),
            ("09:00", "", NoSpan::Closes),
            ("09:00", "34:00", NoSpan::TooLong),
        ] {
            assert_eq!(read(opens, closes), Err(why), "{opens} {closes}");
        }
    }
}
