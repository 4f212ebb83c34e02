//! Where a phone says it is, and whether places can be sorted by that.

use super::position::Bounds;
use crate::geo::{Degrees, Gcj02, Wgs84};

/// A point as a phone gives it, with the metres within which it is right by the phone's own word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    pub point: Wgs84,
    pub accuracy: f64,
}

/// What can be done with a [`Fix`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Here {
    /// Places can be sorted by it.
    At { point: Gcj02, within: u32, is_outside: bool },
    /// It says too little to tell near from far.
    TooVague { within: u32 },
    /// Not on the mainland: there maps number otherwise, and no place of the list is near.
    Elsewhere,
}

/// Metres beyond which it is said that the order may be wrong.
pub const VAGUE: u32 = 500;
/// Metres beyond which nothing is sorted.
pub const TOO_VAGUE: u32 = 5_000;
/// Metres beyond which nothing is near.
pub const NOT_NEAR: u32 = 3_000;

impl Here {
    /// The list's places lie within `bounds`.
    pub fn of(Fix { point, accuracy }: Fix, bounds: Bounds) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is no number of metres is the least or most"
        )]
        let within = accuracy.round() as u32;
        let lies_in = |bounds: Bounds, Degrees { latitude, longitude }: Degrees| {
            bounds.holds(millionths(latitude), millionths(longitude))
        };
        if !point.is_mainland() {
            return Self::Elsewhere;
        }
        if within > TOO_VAGUE {
            return Self::TooVague { within };
        }
        let point = point.to_gcj02();
        Self::At { point, within, is_outside: !lies_in(bounds, point.0) }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "what is no angle lies outside every box")]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const NANSHAN: Bounds = Bounds { south: 22_380_000, west: 113_760_000, north: 22_670_000, east: 114_020_000 };

    fn here(latitude: f64, longitude: f64, accuracy: f64) -> Here {
        Here::of(Fix { point: Wgs84(Degrees::new(latitude, longitude)), accuracy }, NANSHAN)
    }

    #[test]
    fn a_point_of_a_phone_is_turned_into_the_map_s_once_and_forward() {
        let Here::At { point, within, is_outside } = here(22.543_847, 113.912_316, 30.4) else { panic!("it is here") };
        assert!((point.0.latitude - 22.540_796).abs() < 1e-5 && (point.0.longitude - 113.917_176).abs() < 1e-5);
        assert_eq!((within, is_outside), (30, false));
    }

    #[test]
    fn somebody_in_another_town_is_outside_and_sorted_all_the_same() {
        assert!(matches!(here(39.9, 116.4, 30.0), Here::At { is_outside: true, .. }));
    }

    #[test]
    fn what_is_vaguer_than_a_walk_sorts_nothing() {
        assert!(matches!(here(22.54, 113.91, 5_000.0), Here::At { within: 5_000, .. }));
        assert_eq!(here(22.54, 113.91, 5_001.0), Here::TooVague { within: 5_001 });
        assert_eq!(here(22.54, 113.91, f64::INFINITY), Here::TooVague { within: u32::MAX });
    }

    #[test]
    fn beyond_the_mainland_and_where_nothing_is_known_nothing_is_near() {
        let hong_kong = (22.301, 114.171);
        let others = [(0.0, 0.0), (48.1, 11.6), (37.566, 126.978), (-22.5, 113.9), (f64::NAN, 113.9), (113.9, 22.5)];
        for (latitude, longitude) in others.into_iter().chain([hong_kong]) {
            assert_eq!(here(latitude, longitude, 10.0), Here::Elsewhere, "{latitude} {longitude}");
        }
    }
}
