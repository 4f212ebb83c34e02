//! Coordinates as somebody types them or a file has them: what cannot be where a place of this region is gets a sentence of its
//! own, since a wrong point sends people to another town.

mod decimals;

pub use decimals::{Decimals, Of, is_few};

use serde::{Deserialize, Serialize};

use super::spot;
use crate::field::Reason;
use crate::identity::clean::half_width;
use crate::places::{Coordinates, Datum};

/// A region's box, in millionths of a degree of GCJ-02.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub south: i32,
    pub west: i32,
    pub north: i32,
    pub east: i32,
}

/// The mainland's, for a region whose own is not known.
pub const CHINA: Bounds = Bounds { south: 3_000_000, west: 73_000_000, north: 54_000_000, east: 136_000_000 };

/// Why two numbers are no point here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPosition {
    /// One without the other.
    Half,
    NotANumber,
    /// They would be right the other way round.
    Swapped,
    /// 0/0: what programs write where they know nothing.
    Zero,
    Outside(Bounds),
    NoDatum,
    /// Fewer than four decimals in one of the two: more than ten metres. Only a whole list tells ([`Decimals`]).
    Coarse,
}

/// A point as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub coordinates: Coordinates,
    /// Of its latitude and of its longitude.
    pub decimals: [usize; 2],
}

/// Reads a latitude and a longitude in degrees; none where neither is given. People also type digits of their own keyboard.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(
    latitude: &str,
    longitude: &str,
    datum: Option<Datum>,
    bounds: Bounds,
) -> Result<Option<Point>, BadPosition> {
    let (latitude, longitude) = (latitude.trim(), longitude.trim());
    let (north, east) = match (latitude.is_empty(), longitude.is_empty()) {
        (true, true) => return Ok(None),
        (false, false) => (degrees(latitude)?, degrees(longitude)?),
        _ => return Err(BadPosition::Half),
    };
    if north.millionths == 0 && east.millionths == 0 {
        return Err(BadPosition::Zero);
    }
    // Numbers without a datum are judged as those of most maps.
    let lies = |latitude, longitude| {
        let point = Coordinates::new(latitude, longitude, datum.unwrap_or(Datum::Gcj02));
        point.is_some_and(|point| bounds.has(point))
    };
    if !lies(north.millionths, east.millionths) {
        let turned = lies(east.millionths, north.millionths) || CHINA.holds(east.millionths, north.millionths);
        return Err(if turned { BadPosition::Swapped } else { BadPosition::Outside(bounds) });
    }
    let datum = datum.ok_or(BadPosition::NoDatum)?;
    let coordinates = Coordinates::new(north.millionths, east.millionths, datum);
    let decimals = [north.decimals, east.decimals];
    coordinates.map(|coordinates| Some(Point { coordinates, decimals })).ok_or(BadPosition::Outside(bounds))
}

impl Bounds {
    pub fn holds(self, latitude: i32, longitude: i32) -> bool {
        (self.south..=self.north).contains(&latitude) && (self.west..=self.east).contains(&longitude)
    }

    /// Whether a point lies in it, whatever it was measured in: the numbers of another datum are up to a kilometre beside it.
    pub fn has(self, point: Coordinates) -> bool {
        let (latitude, longitude) = spot::on_maps(point);
        self.holds(latitude, longitude)
    }

    /// The box with so many millionths of a degree more on each side.
    #[must_use]
    pub fn wider(self, by: i32) -> Self {
        Self { south: self.south - by, west: self.west - by, north: self.north + by, east: self.east + by }
    }

    /// The smallest box that has both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            south: self.south.min(other.south),
            west: self.west.min(other.west),
            north: self.north.max(other.north),
            east: self.east.max(other.east),
        }
    }
}

/// A number as it was written.
struct Written {
    millionths: i32,
    decimals: usize,
}

fn degrees(text: &str) -> Result<Written, BadPosition> {
    let text: String = text.chars().map(half_width).collect();
    let number: f64 = text.parse().map_err(|_| BadPosition::NotANumber)?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    if !is_plain || !(-180.0..=180.0).contains(&number) {
        return Err(BadPosition::NotANumber);
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
    let millionths = (number * 1e6).round() as i32;
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Ok(Written { millionths, decimals })
}

impl From<BadPosition> for Reason {
    fn from(bad: BadPosition) -> Self {
        match bad {
            BadPosition::Half => Self::own(
                "position_half",
                "经度和纬度要么都写，要么都不写。",
                "Give both the latitude and the longitude, or neither.",
            ),
            BadPosition::NotANumber => Self::own(
                "position_number",
                "请写度数，例如纬度 22.53301，经度 113.93042。",
                "Write degrees, such as latitude 22.53301 and longitude 113.93042.",
            ),
            BadPosition::Swapped => Self::own(
                "position_swapped",
                "经度和纬度好像写反了：纬度在前，这里大约是 22，经度大约是 113。请对调。",
                "Latitude and longitude seem to have changed places. Please swap them.",
            ),
            BadPosition::Zero => Self::own(
                "position_zero",
                "坐标是 0,0，说明没有定位到。请重新取坐标，或者留空。",
                "The coordinates are 0,0: nothing was located. Locate it anew, or leave them out.",
            ),
            BadPosition::Outside(Bounds { south, west, north, east }) => {
                let say =
                    |millionths: i32| format!("{}.{:02}", millionths / 1_000_000, millionths % 1_000_000 / 10_000);
                let [south, west, north, east] = [south, west, north, east].map(say);
                Self::own(
                    "position_outside",
                    format!(
                        "这个点不在本地区（按 gcj02，纬度 {south} 到 {north}，经度 {west} 到 {east}）。请核对坐标和坐标系。"
                    ),
                    format!(
                        "This point is not in the region (in gcj02, latitude {south} to {north}, longitude {west} to {east}). \
                         Please check it and its datum."
                    ),
                )
            }
            BadPosition::NoDatum => Self::own(
                "position_datum",
                "没有写坐标系。同样的数字在不同坐标系里差几百米，请写明 wgs84、cgcs2000、gcj02（高德、腾讯）或 bd09（百度）。",
                "The datum is missing. The same numbers lie hundreds of metres apart in different ones: say wgs84, cgcs2000, gcj02 \
                 (Amap, Tencent) or bd09 (Baidu).",
            ),
            BadPosition::Coarse => Self::own(
                "position_coarse",
                "坐标小数不到四位，会差十几米到几公里。请写到小数点后五位，末尾的 0 也写上，例如 22.53300。",
                "With fewer than four decimals the point is metres to miles off. Please give five decimals, noughts at the end \
                 too, such as 22.53300.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Degrees, Gcj02};

    const NANSHAN: Bounds = Bounds { south: 22_380_000, west: 113_760_000, north: 22_670_000, east: 114_020_000 };

    fn typed(latitude: &str, longitude: &str) -> Result<Option<Point>, BadPosition> {
        read(latitude, longitude, Some(Datum::Gcj02), NANSHAN)
    }

    #[test]
    fn a_point_of_the_region_is_read_with_its_datum_and_none_is_none() {
        let Point { coordinates: point, decimals } = typed(" 22.53301 ", "113.9304").unwrap().unwrap();
        assert_eq!((point.latitude, point.longitude, point.datum), (22_533_010, 113_930_400, Datum::Gcj02));
        assert_eq!(decimals, [5, 4]);
        assert_eq!(typed("２２．５３３０１", "１１３．９３０４"), typed("22.53301", "113.9304"));
        assert_eq!(typed("", " "), Ok(None));
    }

    #[test]
    fn a_point_at_the_edge_is_judged_where_it_lies_and_not_by_the_numbers_of_its_datum() {
        let numbers = |point: Gcj02, datum| match datum {
            Datum::Wgs84 | Datum::Cgcs2000 => point.to_wgs84().0,
            Datum::Gcj02 => point.0,
            Datum::Bd09 => point.to_bd09().0,
        };
        // Two metres on this or that side of two corners.
        for (latitude, longitude, inwards) in [(22_380_000, 113_760_000, 20), (22_670_000, 114_020_000, -20)] {
            for (north, east, is_inside) in [(1, 1, true), (-1, 1, false), (1, -1, false)] {
                let degrees = |edge: i32, side: i32| f64::from(edge + side * inwards) / 1e6;
                let point = Gcj02(Degrees::new(degrees(latitude, north), degrees(longitude, east)));
                for datum in Datum::ALL {
                    let Degrees { latitude, longitude } = numbers(point, *datum);
                    let typed = [latitude, longitude].map(|degrees| format!("{degrees:.6}"));
                    let read = read(&typed[0], &typed[1], Some(*datum), NANSHAN);
                    assert_eq!(read.is_ok(), is_inside, "{datum:?} {typed:?}: {read:?}");
                }
            }
        }
    }

    #[test]
    fn each_mistake_has_a_sentence_of_its_own() {
        let mistakes = [
            (typed("113.93042", "22.53301"), BadPosition::Swapped),
            (typed("0", "0.0"), BadPosition::Zero),
            (typed("39.91502", "116.40401"), BadPosition::Outside(NANSHAN)),
            (typed("116.40401", "39.91502"), BadPosition::Swapped),
            (typed("-22.53301", "113.93042"), BadPosition::Outside(NANSHAN)),
            (typed("22.53301", ""), BadPosition::Half),
            (typed("N22.53", "113.93"), BadPosition::NotANumber),
            (typed("22.53301", "1e2"), BadPosition::NotANumber),
            (typed("NaN", "inf"), BadPosition::NotANumber),
            (read("22.53301", "113.93042", None, NANSHAN), BadPosition::NoDatum),
        ];
        let mut sentences = std::collections::BTreeMap::new();
        for (read, expected) in mistakes {
            assert_eq!(read, Err(expected));
            let reason = Reason::from(expected);
            sentences.insert(reason.code(), reason.sentence(crate::locale::Locale::Zh));
        }
        assert_eq!(sentences.len(), 6);
        assert!(sentences["position_outside"].contains("22.38"), "{sentences:?}");
    }
}
