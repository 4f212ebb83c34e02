//! Where a place lies: the coordinates as they were measured, and the same point as satellites number it.

use serde::{Deserialize, Serialize};

use crate::geo::{Bd09, Degrees, Gcj02, Wgs84};
use crate::places::{Coordinates, Datum};

/// A point with its datum; what it is in WGS-84 is kept beside it, since the way back takes rounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Coordinates", into = "Coordinates")]
pub struct Spot {
    coordinates: Coordinates,
    ground: Wgs84,
}

impl Spot {
    pub fn of(coordinates: Coordinates) -> Self {
        let degrees = degrees(coordinates);
        let ground = match coordinates.datum {
            Datum::Wgs84 | Datum::Cgcs2000 => Wgs84(degrees),
            Datum::Gcj02 => Gcj02(degrees).to_wgs84(),
            Datum::Bd09 => Bd09(degrees).to_gcj02().to_wgs84(),
        };
        Self { coordinates, ground }
    }

    pub fn coordinates(self) -> Coordinates {
        self.coordinates
    }

    /// For distances only: where it was not measured in WGS-84, nobody is told these numbers.
    pub fn ground(self) -> Wgs84 {
        self.ground
    }

    /// As it is published: GCJ-02, which public maps in China number by, to five decimals (about a metre).
    pub fn published(self) -> Gcj02 {
        let Gcj02(point) = gcj02(self.coordinates);
        let rounded = |degrees: f64| (degrees * 100_000.0).round() / 100_000.0;
        Gcj02(Degrees::new(rounded(point.latitude), rounded(point.longitude)))
    }

    /// The published point and nothing of what was measured; none that is on no earth.
    pub fn made_public(self) -> Option<Self> {
        let Gcj02(Degrees { latitude, longitude }) = self.published();
        Coordinates::new(millionths(latitude), millionths(longitude), Datum::Gcj02).map(Self::of)
    }

    /// In WGS-84, where it was measured in it and not worked out from a map's numbers.
    pub fn measured(self) -> Option<Wgs84> {
        matches!(self.coordinates.datum, Datum::Wgs84 | Datum::Cgcs2000).then_some(self.ground)
    }
}

/// The latitude and the longitude that public maps in China have for a point, in millionths of a degree of GCJ-02.
pub(super) fn on_maps(coordinates: Coordinates) -> (i32, i32) {
    let Gcj02(Degrees { latitude, longitude }) = gcj02(coordinates);
    (millionths(latitude), millionths(longitude))
}

fn gcj02(coordinates: Coordinates) -> Gcj02 {
    let degrees = degrees(coordinates);
    match coordinates.datum {
        Datum::Wgs84 | Datum::Cgcs2000 => Wgs84(degrees).to_gcj02(),
        Datum::Gcj02 => Gcj02(degrees),
        Datum::Bd09 => Bd09(degrees).to_gcj02(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees of the earth")]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

fn degrees(Coordinates { latitude, longitude, .. }: Coordinates) -> Degrees {
    Degrees::new(f64::from(latitude) / 1e6, f64::from(longitude) / 1e6)
}

impl From<Coordinates> for Spot {
    fn from(coordinates: Coordinates) -> Self {
        Self::of(coordinates)
    }
}

impl From<Spot> for Coordinates {
    fn from(spot: Spot) -> Self {
        spot.coordinates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(latitude: i32, longitude: i32, datum: Datum) -> Spot {
        Spot::of(Coordinates::new(latitude, longitude, datum).unwrap())
    }

    #[test]
    fn one_place_in_three_systems_is_one_point_on_the_ground() {
        let wgs = spot(22_543_847, 113_912_316, Datum::Wgs84);
        let gcj = wgs.published();
        assert_eq!((gcj.0.latitude, gcj.0.longitude), (22.5408, 113.91718));
        let again = spot(22_540_796, 113_917_176, Datum::Gcj02);
        assert!(again.ground().metres_to(wgs.ground()) < 0.2);
        assert_eq!(again.published(), gcj);
        let Degrees { latitude, longitude } = Gcj02(Degrees::new(22.540_796, 113.917_176)).to_bd09().0;
        let baidu = spot(millionths(latitude), millionths(longitude), Datum::Bd09);
        assert!(baidu.ground().metres_to(wgs.ground()) < 0.3);
        assert_eq!(baidu.published(), gcj);
    }

    #[test]
    fn what_is_made_public_of_a_point_is_what_maps_number_to_a_metre() {
        let public = spot(22_543_847, 113_912_316, Datum::Wgs84).made_public().unwrap();
        assert_eq!(public.coordinates(), Coordinates::new(22_540_800, 113_917_180, Datum::Gcj02).unwrap());
        assert_eq!(public.made_public(), Some(public));
    }

    #[test]
    fn what_was_not_measured_in_wgs84_is_not_told_in_it() {
        assert!(spot(22_543_847, 113_912_316, Datum::Wgs84).measured().is_some());
        assert!(spot(22_543_847, 113_912_316, Datum::Cgcs2000).measured().is_some());
        assert_eq!(spot(22_540_796, 113_917_176, Datum::Gcj02).measured(), None);
        assert_eq!(spot(22_540_796, 113_917_176, Datum::Bd09).measured(), None);
    }
}
