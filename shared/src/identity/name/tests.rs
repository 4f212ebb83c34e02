use proptest::prelude::*;

use super::*;

#[test]
fn names_of_many_scripts_are_taken_as_written() {
    for name in [
        "张三",
        "欧阳娜娜",
        "𠮷田",
        "㛃",
        "〇",
        "买买提·艾力",
        "Mary Ann O'Neill-Smith",
        "José",
        "สมชัย",
        "ນາງ ວັນດີ",
        "नरेन्द्र मोदी",
        "শেখ হাসিনা",
        "செல்வி மணிமேகலை",
        "నాగేశ్వరరావు",
        "අනුර කුමාර",
        "မောင်မောင်",
        "សុខ សុភាព",
        "مُحَمَّد",
        "חַיִּים צ׳רלי",
        "ශ්\u{200d}රී",
        "علی\u{200c}رضا",
        "MUTHU A/L RAJAN",
        "SITI BINTI ALI @ AMINAH",
        "LIM AH KOW (LIN YAGOU)",
        "SMITH, JOHN",
        "J. R. Smith",
        "Nguyễn Văn An",
        "김민준",
        "さくら",
        "Анна",
        "བཀྲ་ཤིས",
        "ئەلى",
        "王 YAN",
        "Ö",
    ] {
        assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
    }
}

#[test]
fn one_name_typed_in_many_ways_is_one_name() {
    for typed in [
        "买买提·艾力",
        "买买提•艾力",
        "买买提・艾力",
        "买买提．艾力",
        "买买提.艾力",
        "买买提 · 艾力",
        " 买买提\u{200b}·艾 力 ",
    ] {
        assert_eq!(PersonName::parse(typed).unwrap().as_str(), "买买提·艾力", "{typed}");
    }
    assert_eq!(PersonName::parse("张　三").unwrap().as_str(), "张三");
    assert_eq!(PersonName::parse("Ｏ’Ｎｅｉｌｌ").unwrap().as_str(), "O'Neill");
}

#[test]
fn a_name_is_spelled_with_the_characters_that_are_meant() {
    for (typed, name) in [
        ("Jose\u{301}", "José"),
        ("Nguye\u{302}\u{303}n", "Nguyễn"),
        ("Nguyê\u{303}n", "Nguyễn"),
        ("か\u{3099}く", "がく"),
        ("ﾀﾞﾆｴﾙ", "ダニエル"),
        ("\u{1112}\u{1161}\u{11ab}", "한"),
        // Radicals as PDF files keep them, compatibility ideographs, and code points borrowed by older systems.
        ("⾦⽊⽔", "金木水"),
        ("⻢⻰", "马龙"),
        ("李\u{f9e1}", "李李"),
        ("\u{2f804}", "你"),
        ("王\u{e863}", "王䶮"),
        ("\u{e844}", "䜣"),
        ("ﻋﻠﻲ", "علي"),
        ("ﬁona", "fiona"),
        ("王\u{200d}明", "王明"),
        ("Ali\u{200c} Reza", "Ali Reza"),
        ("ශ\u{dca}\u{200c}、", "ශ\u{dca}"),
        ("ශ\u{94d}\u{200c}、\u{200c}，", "ශ\u{94d}"),
        ("ＭＵＴＨＵ　Ａ／Ｌ", "MUTHU A/L"),
        ("王（小明）", "王(小明)"),
        ("张三。", "张三"),
        ("张三.", "张三"),
        ("张三，", "张三"),
        ("Smith Jr.", "Smith Jr."),
        ("Jean\u{2011}Luc", "Jean-Luc"),
    ] {
        assert_eq!(PersonName::parse(typed).unwrap().as_str(), name, "{typed}");
    }
}

#[test]
fn every_letter_with_every_mark_of_its_script_is_a_name() {
    // Some forms of Arabic are of a mark alone, without its letter.
    let alone = |c: char| ('\u{fc5e}'..='\u{fc63}').contains(&c) || ('\u{fe70}'..='\u{fe7f}').contains(&c);
    for letter in ('\0'..=char::MAX).filter(|c| is_letter(*c) && !alone(*c)) {
        assert!(PersonName::parse(&format!("A{letter}")).is_ok(), "{:x}", u32::from(letter));
    }
    for mark in ('\0'..=char::MAX).filter(|c| is_mark(*c)) {
        assert!(PersonName::parse(&format!("ก{mark}")).is_ok(), "{:x}", u32::from(mark));
    }
}

#[test]
fn a_mark_stands_on_a_letter_and_no_letter_has_a_heap_of_them() {
    for (typed, mark) in [("\u{301}a", '\u{301}'), ("ก \u{e31}", '\u{e31}'), ("a-\u{301}", '\u{301}')] {
        assert_eq!(PersonName::parse(typed), Err(NameReason::Character(mark).into()), "{typed}");
    }
    let heap = |marks: usize| PersonName::parse(&format!("Q{}", "\u{323}".repeat(marks)));
    assert!(heap(MOST_MARKS).is_ok());
    assert_eq!(heap(MOST_MARKS + 1), Err(NameReason::Character('\u{323}').into()));
    let said = Reason::from(NameReason::Character('\u{301}')).sentence(crate::locale::Locale::En);
    assert!(said.contains("“U+0301”"), "{said}");
}

#[test]
fn no_emoji_is_part_of_a_name() {
    use icu_properties::{CodePointSetData, props::Emoji};
    for emoji in CodePointSetData::new::<Emoji>().iter_ranges().flatten().filter_map(char::from_u32) {
        for typed in [format!("张{emoji}"), format!("{emoji}\u{fe0f}"), format!("A\u{200d}{emoji}")] {
            assert!(PersonName::parse(&typed).is_err(), "{typed}");
            assert!(several(PersonName::ASKED, 60, &typed).is_err(), "{typed}");
        }
    }
}

#[test]
fn a_character_of_another_system_asks_for_the_real_one() {
    for private in ['\u{e000}', '\u{f8ff}', '\u{f0000}'] {
        assert_eq!(PersonName::parse(&format!("王{private}")), Err(NameReason::PrivateUse(private).into()));
    }
}

#[test]
fn several_names_are_read_with_what_stands_between_them() {
    let read = |text| several(PersonName::ASKED, 20, text);
    for names in ["张三、李四", "Anna & Tom", "张三，李四", "我家的小明和小红", "สมชัย + สมศรี"]
    {
        assert!(read(names).is_ok(), "{names}");
    }
    assert_eq!(read("⾦明、Jose\u{301}").as_deref(), Ok("金明、José"));
    assert_eq!(read("张三❤李四"), Err(NameReason::Character('❤').into()));
    assert_eq!(read("、"), Err(Reason::Missing(PersonName::ASKED)));
    assert!(read(&"三".repeat(21)).is_err());
}

#[test]
fn a_variation_selector_does_not_make_another_name() {
    assert_eq!(PersonName::parse("葛\u{e0100}").unwrap().as_str(), "葛");
}

#[test]
fn signs_are_named() {
    for (typed, sign) in [
        ("张三😀", '😀'),
        ("张三❤️", '❤'),
        ("张3", '3'),
        ("张三&李四", '&'),
        ("<b>", '<'),
        ("🅰", '🅰'),
        ("Ⓐ", 'Ⓐ'),
        ("ℹ", 'ℹ'),
        ("Ⅲ", 'Ⅲ'),
        ("𝐀nna", '𝐀'),
        ("\u{3164}", '\u{3164}'),
        ("张三:李四", ':'),
        ("A\u{20dd}", '\u{20dd}'),
    ] {
        assert_eq!(PersonName::parse(typed), Err(NameReason::Character(sign).into()), "{typed}");
    }
}

#[test]
fn marks_alone_are_no_name() {
    for typed in ["·", "- '", "..."] {
        assert_eq!(PersonName::parse(typed), Err(NameReason::WithoutLetters.into()));
    }
}

#[test]
fn missing_long_and_broken_names_say_so() {
    assert_eq!(PersonName::parse(" "), Err(Reason::Missing(PersonName::ASKED)));
    assert_eq!(PersonName::parse("张\0三"), Err(Reason::ControlCharacter));
    let limit = PersonName::LIMIT;
    assert!(PersonName::parse(&"𠮷".repeat(limit)).is_ok());
    assert!(PersonName::parse(&"ชั้".repeat(limit)).is_ok());
    assert_eq!(PersonName::parse(&"ชั้".repeat(limit + 1)), Err(NameReason::TooLong.into()));
    assert_eq!(PersonName::parse(&"\u{301}".repeat(1_000_000)), Err(NameReason::TooLong.into()));
    // One character that stands for eighteen.
    assert_eq!(PersonName::parse(&"ﷺ".repeat(limit)), Err(NameReason::TooLong.into()));
    for length in [limit + 1, 1_000_000] {
        assert_eq!(PersonName::parse(&"三".repeat(length)), Err(NameReason::TooLong.into()));
    }
}

#[test]
fn masks_keep_the_first_letter_only() {
    for (name, masked) in [
        ("张三", "张*"),
        ("欧阳娜娜", "欧***"),
        ("买买提·艾力", "买***"),
        ("丽", "丽*"),
        ("Mary O'Neill", "M*** O***"),
        ("Ö", "Ö***"),
        ("Q\u{323}a", "Q\u{323}***"),
        ("नरेन्द्र मोदी", "न*** मो***"),
        ("ක්\u{200d}රිෂ්", "ක්\u{200d}රි***"),
        ("ສົມ", "ສົ***"),
        ("MUTHU A/L (RAJAN)", "M*** A*** R***"),
        ("SITI @ AMINAH", "S*** A***"),
    ] {
        assert_eq!(PersonName::parse(name).unwrap().masked(), masked);
    }
}

#[test]
fn the_log_does_not_see_the_name() {
    assert!(!format!("{:?}", PersonName::parse("张三").unwrap()).contains('张'));
}

proptest! {
    #[test]
    fn parsing_never_panics_and_is_done_once(text in any::<String>()) {
        if let Ok(name) = PersonName::parse(&text) {
            prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name));
        }
    }

    #[test]
    fn marks_joiners_and_borrowed_forms_are_done_once(
        text in "[aeq\u{301}\u{323}\u{302}ශ්ර\u{200c}\u{200d}ی\u{654}ا़न्द्ṩ⽊\u{e863}ﻼﾀﾞ한.,()、 @/-]{0,14}",
    ) {
        if let Ok(name) = PersonName::parse(&text) {
            prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
            prop_assert!(!name.masked().is_empty());
        }
        if let Ok(names) = several(PersonName::ASKED, 60, &text) {
            prop_assert_eq!(several(PersonName::ASKED, 60, &names), Ok(names));
        }
    }

    #[test]
    fn a_mask_keeps_the_marks_of_its_letter(marks in prop::collection::vec("[\u{301}\u{323}\u{e31}\u{94d}]", 0..4)) {
        let marks = marks.concat();
        let name = PersonName::parse(&format!("क{marks}ख")).unwrap();
        let shown = name.masked().replace('*', "");
        let rest = name.as_str().strip_prefix(&shown).unwrap();
        prop_assert!(!rest.starts_with(is_mark));
    }

    #[test]
    fn near_names_are_done_once(text in "[张三𠮷·•.'A-Za-zé \u{3000}-]{0,12}") {
        if let Ok(name) = PersonName::parse(&text) {
            prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name));
        }
    }
}
