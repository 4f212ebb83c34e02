//! What is said above a list that is sorted by how far places are, and where it cannot be sorted.

use crate::directory::here::{Here, NOT_NEAR, VAGUE};
use crate::directory::walk::far;
use crate::locale::Locale;

/// Words above a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearSaid {
    pub heading: String,
    /// How sure the order is, and what else is to be known.
    pub notes: Vec<String>,
    /// Nothing is near: it is worth saying what comes to people's homes.
    pub is_far: bool,
}

/// `nearest` is in metres, of the first place of `count`; none where nobody knows where any of them lies.
pub fn near(locale: Locale, here: Here, count: usize, nearest: Option<u32>) -> NearSaid {
    match here {
        Here::At { within, is_outside, .. } => sorted(locale, within, is_outside, count, nearest),
        Here::TooVague { within } => {
            let within = far(within, locale);
            unsorted(locale, say!(
                locale,
                "手机只知道您在{within}的范围里，排不出远近。请按街道选，或者到窗边、室外再点一次。",
                "Your phone only knows where you are within {within}, which is too vague to sort by. Choose a street, or try again \
                 by a window or outdoors."
            ))
        }
        Here::Elsewhere => unsorted(locale, locale.say(
            "手机给的位置不在内地，没法按远近排。请按街道选。",
            "Your phone says that you are not on the Chinese mainland, so nothing here can be sorted by distance. Choose a street.",
        ).to_owned()),
    }
}

fn sorted(locale: Locale, within: u32, is_outside: bool, count: usize, nearest: Option<u32>) -> NearSaid {
    let heading = match count {
        0 => locale.say("没有完全符合的", "Nothing fits all of this").to_owned(),
        _ => say!(locale, "离您近的在前，共 {count} 个", "Nearest first, {count} in all"),
    };
    let is_far = nearest.is_none_or(|metres| metres > NOT_NEAR);
    let accuracy = far(within, locale);
    let accuracy = if within > VAGUE {
        say!(
            locale,
            "手机给的位置很含糊，可能差{accuracy}，先后只供参考。",
            "Your phone is unsure of where you are ({accuracy}), so the order may be wrong."
        )
    } else {
        say!(
            locale,
            "位置准到{accuracy}；距离是直线，步行按老人的速度估。",
            "Your position is good to {accuracy}. Distances are straight lines; walking is reckoned at an older person’s pace."
        )
    };
    let outside = is_outside.then(|| {
        locale
            .say(
                "您现在好像不在本地区。这里只有本地区的，下面还是近的在前。",
                "You seem to be outside this region. Only places of this region are listed here, nearest first all the same.",
            )
            .to_owned()
    });
    let nothing = nearest.filter(|_| is_far).map(|metres| {
        let nearest = far(metres, locale);
        let limit = NOT_NEAR / 1_000;
        say!(
            locale,
            "{limit} 公里以内没有，最近的{nearest}。走不开、走不动的，往下看还可以怎么办。",
            "There is none within {limit} km; the nearest is {nearest} away. See below what else you can do."
        )
    });
    let notes = if count == 0 { Vec::new() } else { outside.into_iter().chain(nothing).chain([accuracy]).collect() };
    NearSaid { heading, notes, is_far }
}

fn unsorted(locale: Locale, why: String) -> NearSaid {
    let heading = locale.say("没法按远近排", "This cannot be sorted by distance").to_owned();
    NearSaid { heading, notes: vec![why], is_far: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Degrees, Gcj02};

    fn at(within: u32, is_outside: bool) -> Here {
        Here::At { point: Gcj02(Degrees::new(22.5, 113.9)), within, is_outside }
    }

    fn zh(here: Here, count: usize, nearest: Option<u32>) -> NearSaid {
        near(Locale::Zh, here, count, nearest)
    }

    #[test]
    fn the_heading_says_that_it_is_sorted_and_how_vague_the_position_is() {
        let said = zh(at(30, false), 57, Some(600));
        assert_eq!((said.heading.as_str(), said.is_far), ("离您近的在前，共 57 个", false));
        assert_eq!(said.notes, ["位置准到约 50 米；距离是直线，步行按老人的速度估。"]);
        let vague = zh(at(800, false), 57, Some(600)).notes;
        assert_eq!(vague, ["手机给的位置很含糊，可能差约 800 米，先后只供参考。"]);
    }

    #[test]
    fn where_nothing_is_near_the_nearest_is_said_and_that_there_is_something_else() {
        let said = zh(at(30, true), 57, Some(5_200));
        assert!(said.is_far && said.notes[0].contains("不在本地区"), "{said:?}");
        assert!(said.notes[1].starts_with("3 公里以内没有，最近的约 5.2 公里。"), "{said:?}");
        assert!(zh(at(30, false), 0, None).is_far);
    }

    #[test]
    fn what_cannot_be_sorted_says_why_and_what_to_do() {
        for here in [Here::TooVague { within: 8_000 }, Here::Elsewhere] {
            for locale in Locale::ALL {
                let said = near(locale, here, 57, None);
                assert!(said.notes[0].contains(locale.say("按街道选", "Choose a street")), "{said:?}");
            }
        }
    }
}
