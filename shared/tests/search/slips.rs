//! One slip is forgiven, and comes last.

use proptest::prelude::*;
use shared::search::Query;

use super::spelled::short;
use super::{DIVISIONS, found};

#[test]
fn one_slip_is_forgiven() {
    let names = ["南山社区", "婚姻登记处（演示）", "桃源街道社区服务中心（演示）"];
    let expected = [
        // A letter too few, too many, another, two swapped: also between two syllables.
        ("nashan", "南山社区"),
        ("nanshann", "南山社区"),
        ("lanshan", "南山社区"),
        ("nasnhan", "南山社区"),
        ("nnashan", "南山社区"),
        ("nansan", "南山社区"),
        ("hunyindenjichu", "婚姻登记处（演示）"),
        ("hunyingdengjichu", "婚姻登记处（演示）"),
        ("dengjichuu", "婚姻登记处（演示）"),
        // The same with characters.
        ("婚因登记处", "婚姻登记处（演示）"),
        ("婚登记处", "婚姻登记处（演示）"),
        ("婚姻登登记处", "婚姻登记处（演示）"),
        ("姻婚登记处", "婚姻登记处（演示）"),
        ("桃园街道社区", "桃源街道社区服务中心（演示）"),
    ];
    for (typed, name) in expected {
        assert_eq!(found(&names, typed), [name], "{typed}");
    }
}

#[test]
fn two_slips_and_slips_in_little_are_not() {
    let names = ["南山社区", "婚姻登记处（演示）"];
    for typed in ["lamshan", "humyimdengjichu", "nsn", "nxs", "北山", "南海", "婚因登录处"] {
        assert_eq!(found(&names, typed), [""; 0], "{typed}");
    }
}

#[test]
fn what_was_typed_comes_before_what_may_have_been_meant() {
    let names = ["蓝山社区", "南山社区", "兰珊社区"];
    assert_eq!(found(&names, "nanshan")[0], "南山社区");
    assert_eq!(found(&names, "nanshan").len(), 3);
}

fn any_name() -> impl Strategy<Value = (usize, usize)> {
    (0..DIVISIONS.districts.len(), any::<prop::sample::Index>())
        .prop_map(|(district, name)| (district, name.index(DIVISIONS.districts[district].names.len())))
}

proptest! {
    #[test]
    fn every_name_is_found_by_its_pinyin_with_any_one_slip(
        (district, name) in any_name(),
        at in any::<prop::sample::Index>(),
        slip in 0..4,
        letter in b'a'..=b'z',
    ) {
        let district = &DIVISIONS.districts[district];
        let name = district.names[name];
        let mut typed = DIVISIONS.spelling.full(short(name)).into_bytes();
        let at = at.index(typed.len());
        let next = (at + 1).min(typed.len() - 1);
        match slip {
            0 => typed[at] = letter,
            1 => typed.insert(at, letter),
            2 => _ = typed.remove(at),
            _ => typed.swap(at, next),
        }
        let typed = String::from_utf8(typed).unwrap();
        prop_assume!(typed.len() >= 4);
        prop_assert!(district.place_of(name, &typed).0.is_some(), "{} by {}", name, typed);
    }

    #[test]
    fn whatever_is_typed_less_of_it_finds_no_less_but_for_guesses(
        (district, name) in any_name(),
        typed in "[a-z]{1,8}|[南山新村东大路上a-z]{1,5}",
    ) {
        let district = &DIVISIONS.districts[district];
        let name = district.names[name];
        let is_found = |typed: &str| {
            let (place, hits) = district.place_of(name, typed);
            place.is_some_and(|place| !hits[place].rank.is_guess())
        };
        let less: String = typed.chars().take(typed.chars().count() - 1).collect();
        prop_assume!(!less.is_empty());
        prop_assert!(!is_found(&typed) || is_found(&less), "{} by {} but not by {}", name, typed, less);
    }

    #[test]
    fn anything_can_be_typed(typed in ".*") {
        if let Some(query) = Query::parse(&typed) {
            shared::search::find(&query, &DIVISIONS.letters, &DIVISIONS.districts[0].entries);
        }
    }
}
