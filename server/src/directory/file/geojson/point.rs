//! The point of a feature: its geometry, and the same in GCJ-02 that our own files have beside it.

use serde_json::Value;
use shared::directory::Spot;
use shared::field::Reason;
use shared::geo::{Degrees, Gcj02};
use shared::places::{Coordinates, Datum};

use super::super::super::export::GCJ02;
use super::super::BadFile;
use super::super::rows::Wrong;

/// Headings of the point.
pub(super) const OF_POINT: usize = 3;
/// Metres between a geometry and the same point in GCJ-02, to whatever decimals both are written.
const MOST_APART: f64 = 10.0;

/// Latitude, longitude and datum as they are written; all empty where there is no point. What our own files have beside a
/// geometry that they may not publish stands for it.
pub(super) fn position(number: u64, feature: &Value) -> Result<[String; OF_POINT], BadFile> {
    let (geometry, own) = (&feature["geometry"], &feature["properties"][GCJ02]);
    let (pair, datum) = match geometry {
        Value::Null if own.is_null() => return Ok(Default::default()),
        Value::Null => (own.as_array(), "gcj02"),
        geometry => (geometry["coordinates"].as_array().filter(|_| geometry["type"] == "Point"), "wgs84"),
    };
    match pair.map(Vec::as_slice) {
        Some([Value::Number(longitude), Value::Number(latitude), ..]) => {
            Ok([latitude.to_string(), longitude.to_string(), datum.to_owned()])
        }
        _ => Err(BadFile::GeoJson(format!("feature {number} has no point"))),
    }
}

/// What is wrong with a point in GCJ-02 beside a geometry: it is another place's.
pub(super) fn elsewhere(point: &[String], feature: &Value) -> Option<Wrong> {
    let own = &feature["properties"][GCJ02];
    if own.is_null() || feature["geometry"].is_null() {
        return None;
    }
    let wrong = |reason| Some(Wrong { column: GCJ02.to_owned(), value: own.to_string(), reason });
    let degrees = |number: &Value| number.as_f64();
    let (Some(longitude), Some(latitude), true) =
        (degrees(&own[0]), degrees(&own[1]), own.as_array().is_some_and(|pair| pair.len() == 2))
    else {
        return wrong(no_pair());
    };
    // Of a geometry that cannot be one the point itself is told.
    let spot = spot(point)?;
    let apart = spot.published().metres_to(Gcj02(Degrees::new(latitude, longitude)));
    if apart <= MOST_APART { None } else { wrong(two_points(apart)) }
}

fn spot(point: &[String]) -> Option<Spot> {
    #[expect(clippy::cast_possible_truncation, reason = "a number that is too large is no coordinate")]
    let millionths = |degrees: &String| degrees.parse::<f64>().ok().map(|degrees| (degrees * 1e6).round() as i32);
    let datum = Datum::from_name(&point[2].to_lowercase().replace(['-', ' '], ""))?;
    Coordinates::new(millionths(&point[0])?, millionths(&point[1])?, datum).map(Spot::of)
}

fn no_pair() -> Reason {
    Reason::own(
        "gcj02_pair",
        "gcj02 请写经度和纬度两个数，例如 [113.93042, 22.53301]，或者删去。",
        "Write gcj02 as a longitude and a latitude, such as [113.93042, 22.53301], or leave it out.",
    )
}

fn two_points(apart: f64) -> Reason {
    Reason::own(
        "gcj02_elsewhere",
        format!("gcj02 和 geometry 不是同一个点，相差 {apart:.0} 米。请核对坐标和坐标系，删去不对的一个。"),
        format!(
            "gcj02 and the geometry are two points, {apart:.0} m apart. Please check them and their datum, and leave the wrong one out."
        ),
    )
}
