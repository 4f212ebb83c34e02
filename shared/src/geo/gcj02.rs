//! WGS-84 and GCJ-02. The formula is the polynomial that became known; there is no official text of it, and the answers of the
//! map services agree with it to 0.7 m or better.

use std::f64::consts::PI;

use super::{
    Degrees, Gcj02, Wgs84, inverse,
    sine::{cos, sin},
};

/// Krasovsky 1940, in metres and as the square of its eccentricity.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

/// Where the polynomial has its origin.
const ORIGIN: Degrees = Degrees::new(35.0, 105.0);

impl Wgs84 {
    /// The same numbers where it is not on the mainland: there maps number as satellites do.
    pub fn to_gcj02(self) -> Gcj02 {
        Gcj02(if self.is_mainland() { self.0.plus(offset(self.0)) } else { self.0 })
    }
}

impl Gcj02 {
    /// The point that [`Wgs84::to_gcj02`] turns into this one, within a millimetre.
    pub fn to_wgs84(self) -> Wgs84 {
        let ground = Wgs84(inverse(self.0, |guess| guess.plus(offset(guess))));
        if ground.is_mainland() { ground } else { Wgs84(self.0) }
    }
}

/// How far GCJ-02 lies beside a point of WGS-84, in degrees.
fn offset(Degrees { latitude, longitude }: Degrees) -> Degrees {
    let (x, y) = (longitude - ORIGIN.longitude, latitude - ORIGIN.latitude);
    let shared = 20.0 * sin(6.0 * PI * x) + 20.0 * sin(2.0 * PI * x);
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + waves(shared, [(20.0, y), (40.0, y / 3.0), (160.0, y / 12.0), (320.0, y / 30.0)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + waves(shared, [(20.0, x), (40.0, x / 3.0), (150.0, x / 12.0), (300.0, x / 30.0)]);
    let parallel = latitude.to_radians();
    let squeeze = 1.0 - ECCENTRICITY * sin(parallel).powi(2);
    let meridian_radius = AXIS * (1.0 - ECCENTRICITY) / (squeeze * squeeze.sqrt());
    let parallel_radius = AXIS / squeeze.sqrt() * cos(parallel);
    Degrees::new((north / meridian_radius).to_degrees(), (east / parallel_radius).to_degrees())
}

fn waves(shared: f64, own: [(f64, f64); 4]) -> f64 {
    (shared + own.into_iter().map(|(height, at)| height * sin(PI * at)).sum::<f64>()) * 2.0 / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What map services and public tests answer, and how many metres the formula may lie beside that.
    const KNOWN: [([f64; 2], [f64; 2], f64); 7] = [
        // Amap's own samples.
        ([39.990_475, 116.481_499], [39.991_754_014_757, 116.487_585_177_952], 0.1),
        ([39.990_375, 116.481_499], [39.991_653_917_101, 116.487_585_177_952], 0.1),
        ([22.62, 114.07], [22.617_310_92, 114.075_130_75], 0.2),
        // Baidu's.
        ([29.575_429_778_924, 114.218_927_345_21], [29.572_849_121_093_75, 114.224_305_284_288_19], 0.7),
        // The tests of other programs.
        ([31.177_427_6, 121.527_210_6], [31.175_303_983_645_97, 121.531_541_859_215], 0.01),
        ([22.543_847, 113.912_316], [22.540_796_131_694_766, 113.917_176_480_836_3], 0.01),
        ([39.911_954, 116.377_817], [39.913_345_455_360_69, 116.384_047_224_556_57], 0.01),
    ];

    #[test]
    fn points_lie_where_map_services_put_them() {
        for (from, to, metres) in KNOWN {
            let [from, to] = [from, to].map(|[latitude, longitude]| Degrees::new(latitude, longitude));
            let off = Wgs84(Wgs84(from).to_gcj02().0).metres_to(Wgs84(to));
            assert!(off <= metres, "{from:?} is {off} m beside");
        }
        // A sample of another service, made by an inverse of one round.
        let back = Gcj02(Degrees::new(30.279_164, 120.026_268)).to_wgs84();
        assert!(back.metres_to(Wgs84(Degrees::new(30.281_543, 120.021_519))) < 2.0);
    }

    #[test]
    fn there_and_back_is_within_a_millimetre_all_over_the_mainland() {
        let mut seen = 0;
        for step in 0..10_000_u32 {
            let (row, column) = (f64::from(step / 100), f64::from(step % 100));
            let from = Wgs84(Degrees::new(18.0 + row * 0.35, 74.0 + column * 0.6));
            let ground = Gcj02(from.0).to_wgs84();
            if !from.is_mainland() || ground == from {
                continue;
            }
            seen += 1;
            let back = from.to_gcj02().to_wgs84();
            assert!(back.metres_to(from) < 0.001, "{from:?} comes back as {back:?}");
            assert!(Wgs84(ground.to_gcj02().0).metres_to(from) < 0.001, "{from:?}");
        }
        assert!(seen > 4_000, "{seen}");
    }
}
