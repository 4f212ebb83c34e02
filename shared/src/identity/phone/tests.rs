use proptest::prelude::*;

use super::*;
use crate::locale::Locale;

#[test]
fn a_mainland_mobile_may_be_typed_in_many_ways() {
    for typed in [
        "13800000000",
        "138 0000 0000",
        "138-0000-0000",
        "１３８００００００００",
        "+86 138 0000 0000",
        "＋８６１３８００００００００",
        "+86-138-0000-0000",
        "(+86) 138.0000.0000",
        "008613800000000",
        "8613800000000",
        "013800000000",
        "\u{202d}138 0000 0000\u{202c}",
        "0086 138 0000 0000",
        "+86 0138 0000 0000",
        "+0086 138 0000 0000",
        "001 86 138 0000 0000",
        "13800000000（本人）",
        "手机：138 0000 0000。",
        "138~0000~0000",
        "[138] 0000/0000",
    ] {
        assert_eq!(Phone::parse(typed).unwrap().as_str(), "13800000000", "{typed}");
    }
}

#[test]
fn numbers_from_elsewhere_keep_their_country_code() {
    for (typed, canonical, spoken, masked) in [
        ("+852 9123 4567", "+85291234567", "+852 9123 4567", "+852****567"),
        ("00853 6612 3456", "+85366123456", "+853 6612 3456", "+853****456"),
        ("+886 912 345 678", "+886912345678", "+886 912 345 678", "+886****678"),
        ("+1 (212) 555-0100", "+12125550100", "+1 212 555 0100", "+121****100"),
        ("+81 90 1234 5678", "+819012345678", "+81 90 1234 5678", "+819****678"),
        ("+49 151 23456789", "+4915123456789", "+49 15123456789", "+491****789"),
        ("+44 7700 900123", "+447700900123", "+44 7700 900123", "+447****123"),
    ] {
        let phone = Phone::parse(typed).unwrap();
        assert_eq!(phone.as_str(), canonical);
        assert_eq!(phone.spoken(), spoken);
        assert_eq!(phone.masked(), masked);
    }
}

#[test]
fn a_phone_abroad_is_grouped_as_in_its_country_or_not_at_all() {
    use phonenumber::{Mode, metadata::DATABASE};
    let mut known = 0;
    for code in (1..=999).filter(|code| *code != 86) {
        let Some(region) = DATABASE.by_code(&code).and_then(|regions| regions.first().copied()) else { continue };
        let Some(example) = region.descriptors().mobile().and_then(|mobile| mobile.example()) else { continue };
        let Ok(phone) = Phone::parse(&format!("+{code}{example}")) else { continue };
        let (spoken, whole) = (phone.spoken(), format!("+{code} {example}"));
        if spoken != whole {
            let read = phonenumber::parse(None, &whole).unwrap();
            let theirs = read.format().mode(Mode::International).to_string().replace('-', " ");
            assert_eq!(spoken, theirs);
            known += 1;
        }
    }
    assert!(known > 5, "only {known} are grouped");
}

#[test]
fn a_phone_abroad_typed_in_many_ways_is_one_phone() {
    for (canonical, ways) in [
        (
            "+447911123456",
            vec![
                "+44 7911 123456",
                "+44 (0)7911 123456",
                "+44 (0) 7911-123-456",
                "+4407911123456",
                "0044 7911 123456",
                "00 44 (0)7911 123456",
                "+0044 7911 123456",
                "+00 44 7911 123456",
                "011 44 7911 123456",
                "＋４４　７９１１　１２３４５６（work）",
            ],
        ),
        ("+819012345678", vec!["+81 90 1234 5678", "+81 090 1234 5678", "0081 090-1234-5678", "+81(0)90-1234-5678"]),
        ("+79123456789", vec!["+7 912 345-67-89", "+7 8 912 345 67 89", "+7 (8912) 3456789", "007 9123456789"]),
        (
            "+85291234567",
            vec!["+852 9123 4567", "00852 91234567", "001 852 9123 4567", "002 852 9123 4567", "010 852 9123 4567"],
        ),
        ("+12125550100", vec!["+1 212 555 0100", "+1 1 212 555 0100", "001 212 555 0100", "011 1 212 555 0100"]),
        ("+886912345678", vec!["+886 912 345 678", "+886 0912-345-678", "00886 0912 345 678"]),
        ("+36201234567", vec!["+36 20 123 4567", "+36 06 20 123 4567"]),
        ("+375291234567", vec!["+375 29 123 45 67", "+375 80 29 123 45 67", "+375 8 029 1234567"]),
        ("+493012345678", vec!["+49 30 12345678", "+49 (0)30 12345678", "+49 0030 12345678"]),
        ("+393331234567", vec!["+39 333 123 4567"]),
        ("+2250102030405", vec!["+225 01 02 03 04 05"]),
    ] {
        for typed in ways {
            assert_eq!(Phone::parse(typed).unwrap().as_str(), canonical, "{typed}");
        }
    }
}

#[test]
fn a_number_that_can_be_two_phones_asks_for_the_plus() {
    // From the mainland to +1 659 123 4567, or from Hong Kong to +65 9123 4567.
    assert_eq!(Phone::parse("001 65 9123 4567"), Err(PhoneReason::International.into()));
    assert_eq!(Phone::parse("+65 9123 4567").unwrap().as_str(), "+6591234567");
    assert_eq!(Phone::parse("+1 659 123 4567").unwrap().as_str(), "+16591234567");
}

#[test]
fn a_number_abroad_of_another_length_says_how_long_it_is() {
    for (typed, zh, en) in [
        ("+44 7911 12345", "+44 后面的手机号码是 10 位，现在是 9 位", "10 digits after +44, this has 9."),
        ("+49 151 12345", "+49 后面的手机号码是 10 或 11 位，现在是 8 位", "10 or 11 digits after +49"),
        ("+381 6", "+381 后面的手机号码是 8 到 10 位，现在是 1 位", "8 to 10 digits after +381"),
        ("00852 123", "+852 后面的手机号码是 8 位，现在是 3 位", "8 digits after +852, this has 3."),
    ] {
        let reason = Phone::parse(typed).unwrap_err();
        assert_eq!(reason.code(), "phone_length_abroad");
        let (said_zh, said_en) = (reason.sentence(Locale::Zh), reason.sentence(Locale::En));
        assert!(said_zh.contains(zh) && said_en.contains(en), "{said_zh} {said_en}");
    }
}

#[test]
fn a_mainland_mobile_is_read_out_in_threes_and_fours() {
    let phone = Phone::parse("13800000000").unwrap();
    assert_eq!(phone.spoken(), "138 0000 0000");
    assert_eq!(phone.masked(), "138****0000");
}

#[test]
fn what_cannot_receive_a_code_says_what_can() {
    for (typed, reason) in [
        ("", Reason::Missing(Phone::ASKED)),
        ("+", PhoneReason::International.into()),
        ("+86", Reason::Missing(Phone::ASKED)),
        ("0755-26661013", PhoneReason::Landline.into()),
        ("010 1234 5678", PhoneReason::Landline.into()),
        ("+86 0755 2666 1013", PhoneReason::Landline.into()),
        ("26661013", PhoneReason::Landline.into()),
        ("400-123-4567", PhoneReason::Landline.into()),
        ("1380000000", PhoneReason::Length { found: 10 }.into()),
        ("138000000000", PhoneReason::Length { found: 12 }.into()),
        ("12345", PhoneReason::Length { found: 5 }.into()),
        ("12800000000", PhoneReason::Start.into()),
        ("23800000000", PhoneReason::Start.into()),
        ("1380000000a", PhoneReason::Character('a').into()),
        ("138000000😀", PhoneReason::Character('😀').into()),
        ("138+0000000", PhoneReason::Character('+').into()),
        ("+852 123", PhoneReason::Abroad { code: 852, lengths: &[8], found: 3 }.into()),
        ("+1234567890123456", PhoneReason::Abroad { code: 1, lengths: &[10], found: 15 }.into()),
        ("+852", PhoneReason::International.into()),
        ("+999 1234 5678", PhoneReason::International.into()),
        ("044 7911 123456", PhoneReason::Length { found: 13 }.into()),
        ("+012345678", PhoneReason::International.into()),
        ("138\0", Reason::ControlCharacter),
    ] {
        assert_eq!(Phone::parse(typed), Err(reason), "{typed}");
    }
    let asked = Phone::ASKED;
    let limit = Phone::LIMIT;
    assert_eq!(Phone::parse(&"1".repeat(1_000_000)), Err(Reason::TooLong { asked, limit }));
}

#[test]
fn the_log_does_not_see_the_number() {
    assert_eq!(format!("{:?}", Phone::parse("13800000000").unwrap()), "Phone(hidden)");
}

proptest! {
    #[test]
    fn parsing_never_panics(text in any::<String>()) {
        let _ = Phone::parse(&text);
    }

    #[test]
    fn near_numbers_never_panic_and_parse_back(text in "([+]|00[1-2]?)?[0-9 ()-]{0,20}") {
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            prop_assert_eq!(Phone::parse(&phone.spoken()), Ok(phone.clone()));
            prop_assert!(phone.masked().contains("****"));
        }
    }

    #[test]
    fn a_trunk_prefix_makes_no_other_phone(code in prop::sample::select(vec![44, 49, 81, 33, 60, 886]), rest in 1_000_000_000u64..9_999_999_999) {
        let with = |trunk: &str| Phone::parse(&format!("+{code} {trunk}{rest}")).map(|phone| phone.0);
        if let Ok(phone) = with("") {
            prop_assert_eq!(with("0"), Ok(phone.clone()));
            prop_assert_eq!(Phone::parse(&phone.replace('+', "00")).map(|phone| phone.0), Ok(phone));
        }
    }

    #[test]
    fn every_mobile_is_taken(rest in 3_000_000_000u64..10_000_000_000) {
        let digits = format!("1{rest}");
        let phone = Phone::parse(&digits).unwrap();
        prop_assert_eq!(phone.as_str(), digits);
        prop_assert_eq!(Phone::parse(&phone.spoken()).unwrap(), phone);
    }
}
