//! How far it is in words, and how long an old person walks: always about, since nobody knows the streets between.

use super::said::{Bit, Phrase, Said};

/// How a straight line becomes a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The way along streets, in hundredths of the straight line.
    pub detour: u32,
    pub metres_a_minute: u32,
}

/// Of elders. No source was found: between 1.3 and 1.4 times the line at 60 to 70 metres a minute is what is commonly reckoned.
pub const ELDERS: Pace = Pace { detour: 135, metres_a_minute: 65 };

/// Whole minutes, upwards and at least one.
pub fn minutes(metres: u32, pace: Pace) -> u32 {
    let way = u64::from(metres) * u64::from(pace.detour);
    let minutes = way.div_ceil(100 * u64::from(pace.metres_a_minute.max(1)));
    u32::try_from(minutes).unwrap_or(u32::MAX).max(1)
}

/// `约 600 米`, `约 2.3 公里`, `约 14 公里`: to 50 m below a kilometre, to 100 m below ten, then to whole ones.
pub fn far(metres: u32) -> Said<'static> {
    let rounded = |to: u32| metres.saturating_add(to / 2) / to * to;
    let (phrase, numbers) = match metres {
        ..975 => (Phrase::Metres, [rounded(50).max(50), 0]),
        975..9_950 => match (rounded(100) / 1_000, rounded(100) % 1_000 / 100) {
            (whole, 0) => (Phrase::Kilometres, [whole, 0]),
            (whole, tenth) => (Phrase::Tenths, [whole, tenth]),
        },
        _ => (Phrase::Kilometres, [rounded(1_000) / 1_000, 0]),
    };
    let mut said = Said::new(&[Bit::Phrase(phrase), Bit::Number(numbers[0])]);
    if phrase == Phrase::Tenths {
        said.push(Bit::Number(numbers[1]));
    }
    said
}

/// `约 600 米，步行约 13 分钟`; nobody is told to walk for hours.
pub fn way(metres: u32) -> Said<'static> {
    let minutes = minutes(metres, ELDERS);
    if minutes > LONGEST {
        return far(metres);
    }
    let mut said = Said::from(Phrase::Walk);
    said.add(far(metres));
    said.push(Bit::Number(minutes));
    said
}

/// Minutes of a walk that is said.
const LONGEST: u32 = 90;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn a_walk_is_longer_than_the_line_and_takes_an_elder_whole_minutes() {
        for (metres, expected) in [(0, 1), (48, 1), (49, 2), (600, 13), (1_000, 21), (u32::MAX, 89_203_167)] {
            assert_eq!(minutes(metres, ELDERS), expected, "{metres}");
        }
    }

    #[test]
    fn a_walk_of_hours_is_only_said_to_be_far() {
        assert_eq!(way(612).text(Locale::Zh), "约 600 米，步行约 13 分钟");
        assert_eq!(way(612).text(Locale::En), "about 600 m, about 13 minutes on foot");
        assert_eq!(way(14_000).text(Locale::Zh), "约 14 公里");
    }

    #[test]
    fn how_far_is_said_no_closer_than_anybody_knows() {
        for (metres, zh) in [
            (0, "约 50 米"),
            (612, "约 600 米"),
            (974, "约 950 米"),
            (975, "约 1 公里"),
            (2_349, "约 2.3 公里"),
            (9_949, "约 9.9 公里"),
            (9_950, "约 10 公里"),
            (14_499, "约 14 公里"),
        ] {
            assert_eq!(far(metres).text(Locale::Zh), zh, "{metres}");
        }
        assert_eq!(far(2_300).text(Locale::En), "about 2.3 km");
    }
}
