//! How far one point is from another.

use super::{Degrees, Gcj02, Wgs84, sine::sin};

/// WGS-84's ellipsoid: the half axis in metres, and the square of its eccentricity.
const AXIS: f64 = 6_378_137.0;
const ECCENTRICITY: f64 = 0.006_694_379_990_14;

impl Wgs84 {
    /// Metres along the ground, straight. Both points lie within a few hundred kilometres: the error is a hundred-thousandth
    /// up to 50 km, 0.02 % at 300 km, and 0.05 % at a thousand.
    pub fn metres_to(self, other: Self) -> f64 {
        metres(self.0, other.0)
    }
}

impl Gcj02 {
    /// Metres on the map, straight: within half a hundredth of those on the ground, since the map is drawn out a little here and
    /// pushed together there.
    pub fn metres_to(self, other: Self) -> f64 {
        metres(self.0, other.0)
    }
}

fn metres(one: Degrees, other: Degrees) -> f64 {
    let sine = sin(one.latitude.midpoint(other.latitude).to_radians());
    let squeeze = 1.0 - ECCENTRICITY * sine * sine;
    let meridian_radius = AXIS * (1.0 - ECCENTRICITY) / (squeeze * squeeze.sqrt());
    let parallel_radius = AXIS / squeeze.sqrt() * (1.0 - sine * sine).max(0.0).sqrt();
    let way = one.minus(other);
    let (north, east) = (meridian_radius * way.latitude.to_radians(), parallel_radius * way.longitude.to_radians());
    (north * north + east * east).sqrt()
}

#[cfg(test)]
mod tests {
    use geographiclib_rs::{Geodesic, InverseGeodesic};

    use super::*;

    fn geodesic(one: Wgs84, other: Wgs84) -> f64 {
        Geodesic::wgs84().inverse(one.0.latitude, one.0.longitude, other.0.latitude, other.0.longitude)
    }

    #[test]
    fn ten_thousand_pairs_up_to_fifty_kilometres_agree_with_the_geodesic() {
        // Steps that never meet again, so that the pairs lie all over the mainland and point everywhere.
        let part = |n: u32, step: f64| (f64::from(n) * step).fract();
        for n in 1..=10_000 {
            let from = Degrees::new(18.0 + 35.0 * part(n, 0.754_877_666), 74.0 + 60.0 * part(n, 0.569_840_291));
            let (bearing, metres) = (part(n, 0.618_033_989) * std::f64::consts::TAU, 50_000.0 * part(n, 0.414_213_562));
            let north = metres * bearing.cos() / 111_700.0;
            let east = metres * bearing.sin() / (111_400.0 * from.latitude.to_radians().cos());
            let (one, other) = (Wgs84(from), Wgs84(from.plus(Degrees::new(north, east))));
            let (ours, theirs) = (one.metres_to(other), geodesic(one, other));
            assert!((ours - theirs).abs() <= 0.000_01 * theirs + 0.000_1, "{one:?} {other:?}: {ours} {theirs}");
        }
    }

    #[test]
    fn from_shanghai_to_beijing_it_is_as_far_as_the_geodesic_within_a_two_thousandth() {
        let shanghai = Wgs84(Degrees::new(31.175_303_983_645_97, 121.531_541_859_215));
        let beijing = Wgs84(Degrees::new(39.913_345_455_360_69, 116.384_047_224_556_57));
        let metres = 1_075_490.523;
        assert!((geodesic(shanghai, beijing) - metres).abs() < 0.001);
        assert!((shanghai.metres_to(beijing) - metres).abs() < metres / 2_000.0);
    }

    #[test]
    fn known_ways_have_their_lengths() {
        for (one, other, metres) in [
            ([22.53332, 113.93041], [22.55, 113.95], 2733.598),
            ([22.53332, 113.93041], [22.53332, 114.05], 12_302.413),
            ([36.067, 120.383], [36.2, 120.383], 14_757.877),
        ] {
            let [one, other] = [one, other].map(|[latitude, longitude]| Wgs84(Degrees::new(latitude, longitude)));
            assert!((one.metres_to(other) - metres).abs() < 0.01, "{one:?}");
            assert!((one.metres_to(other) - other.metres_to(one)).abs() < 1e-6);
        }
    }
}
