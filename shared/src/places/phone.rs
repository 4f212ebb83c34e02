//! The phone of an office: what can be dialled from anywhere in the mainland, and nothing beside it.

use crate::field::{Asked, Reason};
use crate::identity::clean::{self, is_dash};

const PHONE: &Asked = &Asked::typed("place_phone_missing", ("请填写电话。", "Enter its phone."), ("电话", "phone"));
/// Characters of one with an extension, as it is typed.
const LONGEST: usize = 30;
/// Digits of an extension.
const EXTENSION: usize = 6;

/// Groups of digits with dashes between them, the extension last: `0755-12345678-123`, `12345`, `400-123-4567`.
///
/// # Errors
/// What is wrong with it, as it is said at its field.
pub fn parse(typed: &str) -> Result<String, Reason> {
    let text = clean::readable(PHONE, LONGEST, typed)?;
    let apart = |c: char| if is_dash(c) || matches!(c, ' ' | '(' | ')') { '-' } else { c };
    let text: String = text.replace("分机", "-").replace('转', "-").chars().map(apart).collect();
    let groups: Vec<_> = text.split('-').filter(|group| !group.is_empty()).collect();
    let is_number = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    if is_number && (is_phone(&groups) || has_extension(&groups)) { Ok(groups.join("-")) } else { Err(shape()) }
}

/// The number and the extension behind it, of one as [`parse`] gives it; none where it has no extension.
pub fn split(phone: &str) -> Option<(&str, &str)> {
    let groups: Vec<_> = phone.split('-').collect();
    (!is_phone(&groups) && has_extension(&groups)).then(|| phone.rsplit_once('-')).flatten()
}

/// Whether it is a landline without its area code, which can be dialled from its own city alone.
pub fn lacks_area(phone: &str) -> bool {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    matches!(digits.len(), 7 | 8) && matches!(digits.as_bytes()[0], b'2'..=b'8')
}

fn is_phone(groups: &[&str]) -> bool {
    let digits = groups.concat();
    match groups {
        [service] if is_service(service) => true,
        _ if digits.len() == 11 && digits.starts_with('1') => matches!(digits.as_bytes()[1], b'3'..=b'9'),
        _ => is_of_an_office(groups),
    }
}

/// One behind which somebody may put through to another.
fn has_extension(groups: &[&str]) -> bool {
    groups.split_last().is_some_and(|(last, before)| {
        (1..=EXTENSION).contains(&last.len()) && !before.is_empty() && is_of_an_office(before)
    })
}

/// Emergency and city lines such as 110 and 12345, those of banks and carriers such as 95588, and regional ones such as 962345.
fn is_service(digits: &str) -> bool {
    match digits.len() {
        3 | 5 | 6 if digits.starts_with('1') => true,
        5..=8 => digits.starts_with("95") || digits.starts_with("96"),
        _ => false,
    }
}

fn is_of_an_office(groups: &[&str]) -> bool {
    let digits = groups.concat();
    if digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")) {
        return true;
    }
    let Some(rest) = without_area(&digits) else {
        return groups.len() <= 2 && matches!(digits.len(), 7 | 8) && matches!(digits.as_bytes()[0], b'2'..=b'8');
    };
    let is_area = groups.len() == 1 || groups[0].len() + rest.len() == digits.len();
    is_area && groups.len() <= 3 && (matches!(rest.len(), 7 | 8) || (rest.len() == 5 && is_service(rest)))
}

/// What follows an area code: of three digits where it begins with 01 or 02, else of four.
fn without_area(digits: &str) -> Option<&str> {
    let code = if digits.starts_with("01") || digits.starts_with("02") { 3 } else { 4 };
    digits.starts_with('0').then(|| digits.get(code..)).flatten()
}

fn shape() -> Reason {
    Reason::own(
        "place_phone",
        "请只写一个电话：固话带区号，例如 0755-12345678，分机写在最后；也可以写手机、400 电话或者 12345 这样的热线。",
        "Write one phone: a landline with its area code such as 0755-12345678, an extension last; or a mobile, a 400 number, or a \
         hotline such as 12345.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As they are typed, and as they are kept.
    const PHONES: [(&str, &str); 17] = [
        (" 0755-12345678 ", "0755-12345678"),
        ("０７５５－１２３４５６７８", "0755-12345678"),
        ("(0755) 1234 5678", "0755-1234-5678"),
        ("075512345678", "075512345678"),
        ("010-12345678 转 123", "010-12345678-123"),
        ("0755-1234567 分机 8001", "0755-1234567-8001"),
        ("0755-00000001", "0755-00000001"),
        ("26661013", "26661013"),
        ("2666-1013", "2666-1013"),
        ("138 0000 0000", "138-0000-0000"),
        ("400-123-4567", "400-123-4567"),
        ("8001234567-9", "8001234567-9"),
        ("0755-12345", "0755-12345"),
        ("110", "110"),
        ("12345", "12345"),
        ("95588", "95588"),
        ("962345", "962345"),
    ];

    #[test]
    fn a_phone_is_one_that_can_be_dialled() {
        for (typed, phone) in PHONES {
            assert_eq!(parse(typed).as_deref(), Ok(phone), "{typed}");
        }
    }

    #[test]
    fn whatever_an_office_says_a_directory_shows_and_the_extension_is_never_dialled_with_the_number() {
        use crate::directory::Dial;
        for (typed, phone) in PHONES {
            let dial = Dial::parse(phone).unwrap();
            assert_eq!(Dial::parse(typed.trim()), Ok(dial.clone()), "{typed}");
            assert_eq!(dial.dashed(), phone, "it is kept as the office writes it");
            let number = split(phone).map_or(phone, |(number, _)| number).replace('-', "");
            assert!(dial.tel().is_none_or(|tel| tel == number), "{phone}: {dial:?}");
        }
        let extensions: Vec<_> = PHONES.iter().filter_map(|(_, phone)| split(phone)).collect();
        assert_eq!(extensions, [("010-12345678", "123"), ("0755-1234567", "8001"), ("8001234567", "9")]);
        assert!(["26661013", "2666-1013", "2666101"].into_iter().all(lacks_area));
        assert!(!["0755-26661013", "12345", "95588", "962345", "96123456", ""].into_iter().any(lacks_area));
    }

    #[test]
    fn what_is_no_phone_or_more_than_one_is_refused() {
        for typed in [
            "12",
            "1234",
            "99999",
            "tel:12345",
            "12345x",
            "0755-12345678,13800000000",
            "0755-12345678/26661013",
            "1234567890123456",
            "07-55-12345678",
            "0755-123456",
            "12800000000",
            "138-0000-0000-1",
            "+1 900 555 0100",
            "0755-12345678-1234567",
            "0900-123",
            "0755-1-2-3-4-5-6-7-8",
            "evil.cn",
            "微信 abc",
            "-",
            "１２３④⑤",
        ] {
            assert_eq!(parse(typed).map_err(|wrong| wrong.code()), Err("place_phone"), "{typed}");
        }
        assert_eq!(parse(" ").unwrap_err().code(), "place_phone_missing");
        assert_eq!(parse("1\0").unwrap_err().code(), "control_character");
        assert_eq!(parse(&"1".repeat(31)).unwrap_err().code(), "too_long");
    }
}
