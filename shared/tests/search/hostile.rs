//! What nobody types in good faith finds nothing and costs nothing; what is not letters is not taken for them.

use std::time::Instant;

use shared::search::{Letters, Query, letters};

use super::{DIVISIONS, found};

#[test]
fn what_says_nothing_finds_nothing() {
    for typed in [
        "",
        " ",
        "\u{3000}\t\n",
        "🙂🙂🙂",
        ".*",
        "%",
        "' or 1=1 --",
        "\\",
        "(((((",
        "\0\0\0",
        "。，、",
        "''''",
        "\u{308}",
    ] {
        assert_eq!(found(&["南山社区", "A区"], typed), [""; 0], "{typed:?}");
    }
    assert_eq!(Query::parse(&"a".repeat(64)), None);
    assert!(Query::parse(&"a".repeat(63)).is_some());
}

#[test]
fn signs_around_what_was_meant_do_no_harm() {
    for typed in ["“南山”", "南山🙂", "%南山%", "  南山  ", "南-山", "南山。", "(nanshan)", "\u{200b}南山"]
    {
        assert_eq!(found(&["北海社区", "南山社区"], typed), ["南山社区"], "{typed:?}");
    }
}

#[test]
fn a_megabyte_is_not_even_read() {
    let begun = Instant::now();
    for sign in ["a", "南", " ", "🙂", "'", "a ", "\u{308}"] {
        assert_eq!(Query::parse(&sign.repeat(1_000_000 / sign.len())), None);
    }
    // All but nothing; a slow machine has its time.
    assert!(begun.elapsed().as_millis() < 500);
}

#[test]
fn the_worst_that_can_be_typed_is_answered_at_once() {
    let begun = Instant::now();
    for typed in ["shi".repeat(21), "社".repeat(63), "a b ".repeat(15), "ng".repeat(31), "xinancun".repeat(7)] {
        for district in &DIVISIONS.districts {
            let query = Query::parse(&typed).unwrap();
            shared::search::find(&query, &DIVISIONS.letters, &district.entries);
        }
    }
    // Five times all four cities: a hundredth of it here.
    assert!(begun.elapsed().as_secs() < 5);
}

#[test]
fn texts_of_any_kind_can_be_searched() {
    let long = "村".repeat(10_000);
    let names = ["", "（）", "🙂", "Café 42", "ΑΒΓ", "𠮷田", "㙟村", "々", long.as_str()];
    let letters = letters(names);
    for name in names {
        let _ = letters.entry(name, name, name);
    }
    assert_eq!(found(&names, "cafe42"), ["Café 42"]);
    assert_eq!(found(&names, "42"), ["Café 42"]);
    assert_eq!(found(&names, "𠮷田"), ["𠮷田"]);
    assert_eq!(found(&names, "αβγ"), [""; 0]);
    assert_eq!(found(&names, "村村村"), [long.as_str()]);
}

#[test]
fn a_character_that_came_after_the_letters_were_made_finds_nothing_and_breaks_nothing() {
    let letters = letters(["南山"]);
    let entry = letters.entry("北山社区", "", "");
    let find = |typed| shared::search::find(&Query::parse(typed).unwrap(), &letters, [&entry]).len();
    assert_eq!((find("山"), find("shan"), find("北"), find("bei")), (1, 1, 0, 0));
}

#[test]
fn letters_go_over_the_wire_as_one_text_and_nothing_else_is_taken_for_them() {
    let made = letters(["龙岗重庆", "A区"]);
    let text = serde_json::to_string(&made).unwrap();
    assert_eq!(text, r#""区區qu'ou 岗崗gang 庆慶qing 重zhong'chong'tong 龙龍long |重庆chong'qing ""#);
    let read: Letters = serde_json::from_str(&text).unwrap();
    assert_eq!(String::from(read), String::from(made));
    for wrong in [
        "",
        "龙long",
        "long|",
        "龙longlong|",
        "龙LONG|",
        "龙long 岗gang|",
        "龙1|",
        "|龙岗long'gang",
        "岗gang 龙long|龙岗long",
    ] {
        assert!(Letters::try_from(wrong.to_owned()).is_err(), "{wrong}");
    }
}
