//! What is said above a list that is sorted by how far places are, and where it cannot be sorted.

use super::{Bit, Phrase, Said};
use crate::directory::here::{Here, NOT_NEAR, VAGUE};
use crate::directory::walk::far;

/// Words above a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearSaid {
    pub heading: Said<'static>,
    /// How sure the order is, and what else is to be known.
    pub notes: Vec<Said<'static>>,
    /// Nothing is near: it is worth saying what comes to people's homes.
    pub is_far: bool,
}

/// `nearest` is in metres, of the nearest of `count`, of which so many may not have what is looked for; none where nobody knows where
/// any of them lies.
pub fn near(here: Here, (count, unsure): (usize, usize), nearest: Option<u32>) -> NearSaid {
    let why = match here {
        Here::At { within, is_outside, .. } => return sorted(within, is_outside, (count, unsure), nearest),
        Here::TooVague { within } => with_far(Phrase::TooVague, within),
        Here::Elsewhere => Phrase::Elsewhere.into(),
    };
    NearSaid { heading: Phrase::NotSorted.into(), notes: vec![why], is_far: false }
}

fn sorted(within: u32, is_outside: bool, (count, unsure): (usize, usize), nearest: Option<u32>) -> NearSaid {
    let is_far = nearest.is_none_or(|metres| metres > NOT_NEAR);
    if count == 0 {
        return NearSaid { heading: Phrase::NothingFits.into(), notes: Vec::new(), is_far };
    }
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let heading = Said::new(&[Bit::Phrase(Phrase::NearestFirst), Bit::Number(count)]);
    let mut notes: Vec<_> = super::unsure(unsure).into_iter().collect();
    if is_outside {
        notes.push(Phrase::Outside.into());
    }
    if let Some(metres) = nearest.filter(|_| is_far) {
        let mut nothing = Said::new(&[Bit::Phrase(Phrase::NoneNear), Bit::Number(NOT_NEAR / 1_000)]);
        nothing.add(far(metres));
        notes.push(nothing);
    }
    notes.push(with_far(if within > VAGUE { Phrase::VagueOrder } else { Phrase::GoodTo }, within));
    NearSaid { heading, notes, is_far }
}

fn with_far(phrase: Phrase, metres: u32) -> Said<'static> {
    let mut said = Said::from(phrase);
    said.add(far(metres));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Degrees, Gcj02};
    use crate::locale::Locale;

    fn at(within: u32, is_outside: bool) -> Here {
        Here::At { point: Gcj02(Degrees::new(22.5, 113.9)), within, is_outside }
    }

    /// The heading, the notes, and whether nothing is near.
    fn zh(here: Here, count: usize, nearest: Option<u32>) -> (String, Vec<String>, bool) {
        said(Locale::Zh, here, count, nearest)
    }

    fn said(locale: Locale, here: Here, count: usize, nearest: Option<u32>) -> (String, Vec<String>, bool) {
        let NearSaid { heading, notes, is_far } = near(here, (count, 0), nearest);
        (heading.text(locale), notes.iter().map(|note| note.text(locale)).collect(), is_far)
    }

    #[test]
    fn the_heading_says_that_it_is_sorted_and_how_vague_the_position_is() {
        let (heading, notes, is_far) = zh(at(30, false), 57, Some(600));
        assert_eq!((heading.as_str(), is_far), ("离您近的在前，共 57 个", false));
        assert_eq!(notes, ["位置准到约 50 米；距离是直线，步行按老人的速度估。"]);
        assert_eq!(zh(at(800, false), 57, Some(600)).1, ["手机给的位置很含糊，可能差约 800 米，先后只供参考。"]);
    }

    #[test]
    fn how_many_may_not_have_what_is_looked_for_is_said_first() {
        let NearSaid { notes, .. } = near(at(30, false), (57, 2), Some(600));
        assert_eq!(notes[0].text(Locale::Zh), "2 个还不清楚有没有要找的，排在最后，先打电话问");
    }

    #[test]
    fn where_nothing_is_near_the_nearest_is_said_and_that_there_is_something_else() {
        let (_, notes, is_far) = zh(at(30, true), 57, Some(5_200));
        assert!(is_far && notes[0].contains("不在本地区"), "{notes:?}");
        assert!(notes[1].starts_with("3 公里以内没有，最近的约 5.2 公里。"), "{notes:?}");
        assert!(zh(at(30, false), 0, None).2);
    }

    #[test]
    fn what_cannot_be_sorted_says_why_and_what_to_do() {
        for here in [Here::TooVague { within: 8_000 }, Here::Elsewhere] {
            for locale in Locale::ALL {
                let (_, notes, _) = said(locale, here, 57, None);
                assert!(notes[0].contains(locale.say("在名单里选", "Choose from the list")), "{notes:?}");
            }
        }
    }
}
