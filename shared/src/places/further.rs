//! A further place of an office, as whoever looks after the office describes it.

use super::said::{self, Said};
use super::{Coordinates, Datum};
use crate::field::{Asked, FieldErrors, Reason, choice};

/// As it is typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub said: said::Draft,
    /// In degrees, such as `22.533012`; may be left out, but not one alone.
    pub latitude: String,
    pub longitude: String,
    /// Which map they were read from.
    pub datum: String,
}

const LATITUDE: &Asked = &Asked::typed(
    "latitude_missing",
    ("请填写纬度，或者两个都不填。", "Enter the latitude, or neither."),
    ("纬度", "latitude"),
);
const LONGITUDE: &Asked = &Asked::typed(
    "longitude_missing",
    ("请填写经度，或者两个都不填。", "Enter the longitude, or neither."),
    ("经度", "longitude"),
);
const DATUM: &Asked =
    &Asked::one_of("datum_missing", "请选择坐标是从哪里看来的。", "Choose where the coordinates are from.");
/// Digits behind the point that a millionth of a degree has.
const DIGITS: usize = 6;

impl Draft {
    /// # Errors
    /// One for each field that needs attention.
    pub fn read(&self) -> Result<(Said, Option<Coordinates>), FieldErrors> {
        let mut errors = FieldErrors::new();
        let said = errors.keep_all(self.said.read());
        let has_any = !(self.latitude.trim().is_empty() && self.longitude.trim().is_empty());
        let coordinates = if has_any { errors.keep_all(self.coordinates().map(Some)) } else { Some(None) };
        match (said, coordinates) {
            (Some(said), Some(coordinates)) => Ok((said, coordinates)),
            _ => Err(errors),
        }
    }

    fn coordinates(&self) -> Result<Coordinates, FieldErrors> {
        let mut errors = FieldErrors::new();
        let latitude = errors.keep("latitude", degrees(&self.latitude, LATITUDE, 90));
        let longitude = errors.keep("longitude", degrees(&self.longitude, LONGITUDE, 180));
        let datum = errors.keep("datum", choice(DATUM, &self.datum, Datum::from_name));
        match (latitude, longitude, datum) {
            (Some(latitude), Some(longitude), Some(datum)) => {
                let wrong = || FieldErrors::one("latitude", shape(90));
                Coordinates::new(latitude, longitude, datum).ok_or_else(wrong)
            }
            _ => Err(errors),
        }
    }
}

/// A place that was added stays while something needs it.
pub fn still_needed() -> Reason {
    Reason::own(
        "place_still_needed",
        "这个地点还在用：有服务、岗位、通知或者来过的人，不能撤掉。",
        "This place is in use: a service, a role, a notice or a visit belongs to it, so it stays.",
    )
}

/// Millionths of a degree.
fn degrees(typed: &str, asked: &'static Asked, most: i32) -> Result<i32, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Missing(asked));
    }
    let (sign, number) = typed.strip_prefix('-').map_or((1, typed), |number| (-1, number));
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || whole.len() > 3 {
        return Err(shape(most));
    }
    // What is finer than a millionth, a hand's breadth, is left out.
    let part: String = part.chars().chain(std::iter::repeat('0')).take(DIGITS).collect();
    let millionths = whole.parse::<i32>().ok().zip(part.parse::<i32>().ok());
    let millionths = millionths.map(|(whole, part)| whole * 1_000_000 + part);
    let millionths = millionths.filter(|millionths| *millionths <= most * 1_000_000);
    millionths.map(|millionths| sign * millionths).ok_or_else(|| shape(most))
}

fn shape(most: i32) -> Reason {
    Reason::own(
        "degrees",
        format!("请填写度数，例如 22.533012，不超过 {most}。"),
        format!("Enter degrees such as 22.533012, {most} at most."),
    )
}

/// A place of this name belongs to the office already.
pub fn name_taken() -> Reason {
    Reason::own(
        "place_name_taken",
        "这个大厅已经有同名的地点，请换一个名称。",
        "The office has a place of this name already. Please choose another.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(latitude: &str, longitude: &str, datum: &str) -> Draft {
        let text = |text: &str| text.to_owned();
        let said = said::Draft {
            name_zh: text("示例分厅"),
            name_en: text("Sample branch"),
            address_zh: text("示例路 2 号"),
            address_en: text("2 Sample Road"),
            phone: text("0755-12345678"),
            ..said::Draft::default()
        };
        Draft { said, latitude: text(latitude), longitude: text(longitude), datum: text(datum) }
    }

    #[test]
    fn coordinates_are_millionths_of_a_degree_with_their_datum_or_nothing() {
        assert_eq!(draft("", " ", "gcj02").read().unwrap().1, None);
        let (_, point) = draft("22.5330129", "-113.93", "bd09").read().unwrap();
        let point = point.unwrap();
        assert_eq!((point.latitude, point.longitude, point.datum), (22_533_012, -113_930_000, Datum::Bd09));
    }

    #[test]
    fn half_a_point_and_what_is_no_number_are_said_at_their_field() {
        for (latitude, longitude, datum, wrong) in [
            ("22.5", "", "gcj02", vec![("longitude", "longitude_missing")]),
            ("90.000001", "113", "gcj02", vec![("latitude", "degrees")]),
            ("N22", "1e2", "mars", vec![("latitude", "degrees"), ("longitude", "degrees"), ("datum", "not_offered")]),
            ("22.", "9999999999", "wgs84", vec![("latitude", "degrees"), ("longitude", "degrees")]),
        ] {
            let errors = draft(latitude, longitude, datum).read().unwrap_err();
            let found: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.reason.code())).collect();
            assert_eq!(found, wrong);
        }
    }
}
