//! Where maps number by GCJ-02: on the mainland. In Hong Kong, in Macao, in Taiwan and abroad they number as satellites do.
//!
//! Read off public maps by eye, a few hundred metres on the side of whoever is not on the mainland where a town lies on both
//! sides, and tens of kilometres elsewhere: whoever is near a border is taken to be on the mainland. None of it is drawn.

use super::{Degrees, Wgs84};

/// A corner, in thousandths of a degree: north, then east.
type Corner = (i32, i32);
/// South, west, north and east, in hundredths of a degree.
type Edges = [i16; 4];

/// Within this the rest is left out.
const AROUND: Edges = [300, 7300, 5400, 13600];

const HONG_KONG: &[Corner] = &[
    (22_150, 113_840),
    (22_280, 113_840),
    (22_330, 113_872),
    (22_415, 113_880),
    (22_445, 113_925),
    (22_460, 113_960),
    (22_490, 113_998),
    (22_503, 114_035),
    (22_508, 114_062),
    (22_509, 114_082),
    (22_520, 114_112),
    (22_530, 114_130),
    (22_545, 114_152),
    (22_545, 114_190),
    (22_538, 114_222),
    (22_545, 114_260),
    (22_550, 114_448),
    (22_470, 114_448),
    (22_370, 114_495),
    (22_150, 114_495),
];
const MACAO: &[Corner] =
    &[(22_185, 113_536), (22_208, 113_540), (22_212, 113_550), (22_205, 113_568), (22_185, 113_560)];
const MACAO_ISLANDS: &[Corner] = &[(22_108, 113_556), (22_172, 113_556), (22_172, 113_605), (22_108, 113_605)];

const ELSEWHERE: &[Edges] = &[
    // Taiwan and Penghu.
    [2180, 11995, 2540, 12210],
    [2310, 11925, 2385, 11980],
    // Korea and Japan.
    [3300, 12420, 3960, 13100],
    [3960, 12550, 4080, 12990],
    [2400, 12360, 3300, 13100],
    [2400, 13070, 4220, 13600],
    // Russia's far east, Lake Baikal and Mongolia.
    [4220, 13140, 4480, 13600],
    [4840, 13490, 5400, 13600],
    [5000, 7300, 5400, 11550],
    [4290, 9700, 5000, 11000],
    [4560, 11000, 5000, 11500],
    [4600, 9200, 5000, 9700],
    // Central Asia.
    [4260, 7300, 5000, 7980],
    [4110, 7300, 4260, 7700],
    [4730, 7980, 5000, 8520],
    // South Asia.
    [3000, 7300, 3530, 7780],
    [300, 7300, 3000, 8100],
    [300, 8100, 2775, 8870],
    [2600, 8910, 2740, 9700],
    [300, 8870, 2600, 9730],
    // South-east Asia.
    [300, 9730, 2190, 9890],
    [300, 9890, 2100, 10230],
    [300, 10230, 2220, 10640],
    [300, 10640, 1750, 10900],
    [300, 11700, 1950, 12700],
];

impl Wgs84 {
    pub fn is_mainland(self) -> bool {
        let islands = [HONG_KONG, MACAO, MACAO_ISLANDS];
        lies_within(AROUND, self.0)
            && !ELSEWHERE.iter().any(|edges| lies_within(*edges, self.0))
            && !islands.iter().any(|corners| is_enclosed(corners, self.0))
    }
}

fn lies_within(edges: Edges, Degrees { latitude, longitude }: Degrees) -> bool {
    let [south, west, north, east] = edges.map(|edge| f64::from(edge) / 100.0);
    (south..north).contains(&latitude) && (west..east).contains(&longitude)
}

/// By how often a line to the north meets the sides.
fn is_enclosed(corners: &[Corner], Degrees { latitude, longitude }: Degrees) -> bool {
    let degrees = |(north, east): Corner| (f64::from(north) / 1000.0, f64::from(east) / 1000.0);
    let ends = corners.iter().skip(1).chain(corners.first());
    let sides = corners.iter().zip(ends).map(|(from, to)| (degrees(*from), degrees(*to)));
    let meets = sides.filter(|((from_north, from_east), (to_north, to_east))| {
        let passes = (*from_east > longitude) != (*to_east > longitude);
        passes && latitude < from_north + (to_north - from_north) * (longitude - from_east) / (to_east - from_east)
    });
    meets.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Gcj02;

    fn point(latitude: f64, longitude: f64) -> Wgs84 {
        Wgs84(Degrees::new(latitude, longitude))
    }

    #[test]
    fn a_point_of_hong_kong_has_the_same_numbers_on_every_map() {
        let kowloon = Degrees::new(22.301_015_146_333_217, 114.171_260_758_318_01);
        assert_eq!((Wgs84(kowloon).to_gcj02().0, Gcj02(kowloon).to_wgs84().0), (kowloon, kowloon));
    }

    #[test]
    fn whoever_is_beyond_the_mainland_is_not_on_it() {
        for (place, latitude, longitude) in [
            ("Central", 22.2819, 114.1582),
            ("the airport", 22.308, 113.918),
            ("Tuen Mun", 22.391, 113.976),
            ("Yuen Long", 22.4445, 114.0222),
            ("Sheung Shui", 22.501, 114.128),
            ("Macao", 22.1987, 113.5439),
            ("Coloane", 22.117, 113.562),
            ("Taipei", 25.033, 121.565),
            ("Kaohsiung", 22.627, 120.301),
            ("Seoul", 37.566, 126.978),
            ("Tokyo", 35.68, 139.77),
            ("Fukuoka", 33.59, 130.4),
            ("Hanoi", 21.028, 105.854),
            ("Delhi", 28.61, 77.21),
            ("Kathmandu", 27.70, 85.32),
            ("Almaty", 43.24, 76.89),
            ("Ulaanbaatar", 47.92, 106.92),
            ("Vladivostok", 43.12, 131.89),
            ("Manila", 14.6, 120.98),
            ("Munich", 48.1, 11.6),
            ("nowhere", f64::NAN, 113.9),
        ] {
            let there = point(latitude, longitude);
            assert!(!there.is_mainland(), "{place}");
            assert!(there.0.latitude.is_nan() || there.to_gcj02().0 == there.0, "{place}");
        }
    }

    #[test]
    fn whoever_is_just_this_side_is_on_the_mainland() {
        for (place, latitude, longitude) in [
            ("罗湖口岸", 22.5325, 114.117),
            ("福田口岸", 22.517, 114.068),
            ("深圳湾口岸", 22.5035, 113.945),
            ("蛇口", 22.478, 113.915),
            ("沙头角", 22.5475, 114.2245),
            ("盐田", 22.57, 114.27),
            ("南澳", 22.533, 114.485),
            ("拱北", 22.2185, 113.5495),
            ("横琴", 22.13, 113.545),
            ("东兴", 21.54, 107.97),
            ("河口", 22.53, 103.96),
            ("瑞丽", 24.01, 97.85),
            ("樟木", 27.99, 85.98),
            ("普兰", 30.29, 81.18),
            ("塔什库尔干", 37.77, 75.23),
            ("霍尔果斯", 44.21, 80.41),
            ("塔城", 46.75, 82.98),
            ("二连浩特", 43.65, 111.98),
            ("满洲里", 49.6, 117.4),
            ("黑河", 50.24, 127.5),
            ("抚远", 48.36, 134.3),
            ("绥芬河", 44.4, 131.15),
            ("珲春", 42.86, 130.36),
            ("集安", 41.12, 126.19),
            ("丹东", 40.13, 124.39),
            ("威海", 37.5, 122.12),
            ("舟山", 30.0, 122.2),
            ("平潭", 25.5, 119.79),
            ("三亚", 18.25, 109.5),
            ("黄石", 30.2, 115.04),
        ] {
            assert!(point(latitude, longitude).is_mainland(), "{place}");
        }
    }
}
