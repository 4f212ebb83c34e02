//! GCJ-02 and BD-09, by the formula that became known.

use std::f64::consts::PI;

use super::{Bd09, Degrees, Gcj02, inverse};

/// Of the small waves; often mistaken for π, which is tens of metres off.
const WAVE: f64 = PI * 3000.0 / 180.0;

impl Gcj02 {
    pub fn to_bd09(self) -> Bd09 {
        Bd09(turned(self.0, WAVE))
    }
}

impl Bd09 {
    /// The point that [`Gcj02::to_bd09`] turns into this one, within a millimetre.
    pub fn to_gcj02(self) -> Gcj02 {
        Gcj02(inverse(self.0, |guess| turned(guess, WAVE)))
    }
}

fn turned(Degrees { latitude, longitude }: Degrees, wave: f64) -> Degrees {
    let radius = longitude.hypot(latitude) + 0.000_02 * (latitude * wave).sin();
    let angle = latitude.atan2(longitude) + 0.000_003 * (longitude * wave).cos();
    Degrees::new(radius * angle.sin() + 0.006, radius * angle.cos() + 0.0065)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Wgs84;

    const TIANANMEN: Degrees = Degrees::new(39.915, 116.404);
    const ITS_BD09: Degrees = Degrees::new(39.921_336_993_510_21, 116.410_369_493_710_29);

    fn metres(one: Degrees, other: Degrees) -> f64 {
        Wgs84(one).metres_to(Wgs84(other))
    }

    #[test]
    fn points_lie_where_baidu_and_others_put_them() {
        for (from, to, most) in [
            ([29.572_849_121_093_75, 114.224_305_284_288_19], [29.579_084_288_374_37, 114.230_751_954_676_3], 0.01),
            ([30.279_164, 120.026_268], [30.285_238, 120.032_768], 0.1),
        ] {
            let [from, to] = [from, to].map(|[latitude, longitude]| Degrees::new(latitude, longitude));
            assert!(metres(Gcj02(from).to_bd09().0, to) <= most, "{from:?}");
        }
        assert!(metres(Gcj02(TIANANMEN).to_bd09().0, ITS_BD09) < 0.001);
        // Of a program whose inverse has one round.
        let back = Bd09(TIANANMEN).to_gcj02().0;
        assert!(metres(back, Degrees::new(39.908_656_739_576_31, 116.397_627_291_193_15)) < 0.25);
        let whole = Wgs84(Degrees::new(29.575_429_778_924, 114.218_927_345_21)).to_gcj02().to_bd09();
        assert!(metres(whole.0, Degrees::new(29.579_084_288_374_37, 114.230_751_954_676_3)) < 0.7);
    }

    #[test]
    fn there_and_back_is_within_a_millimetre() {
        for step in 0..2_500_u32 {
            let (row, column) = (f64::from(step / 50), f64::from(step % 50));
            let from = Degrees::new(18.0 + row * 0.7, 74.0 + column * 1.2);
            assert!(metres(Gcj02(from).to_bd09().to_gcj02().0, from) < 0.001, "{from:?}");
        }
    }

    #[test]
    fn a_wave_of_pi_is_told_apart_by_these_tests() {
        let wrong = metres(turned(TIANANMEN, PI), ITS_BD09);
        assert!((27.0..27.5).contains(&wrong), "{wrong}");
    }
}
