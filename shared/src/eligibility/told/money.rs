//! Sums of money as people write them.

/// Money as people write it: `3,200`, `3200.5`, `３２００元`, `1.2万`, `3069.99 yuan`.
pub fn fen(text: &str) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).map(narrow).collect();
    let plain = ["yuan", "元", "块"].iter().find_map(|unit| plain.strip_suffix(unit)).unwrap_or(&plain);
    let (digits, scale) = plain.strip_suffix('万').map_or((plain, 100), |digits| (digits, 1_000_000));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || part.len() > 6 || !figures(whole) || !figures(part) {
        return None;
    }
    let unit = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let number = format!("{whole}{part}").parse::<i64>().ok()?.checked_mul(scale)?;
    (number % unit == 0).then_some(number / unit)
}

/// Full-width digits as the narrow ones.
fn narrow(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' | '．' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (text, expected) in [
            ("3200", Some(320_000)),
            ("3,200.5", Some(320_050)),
            ("３２００ 元", Some(320_000)),
            ("1.2万", Some(1_200_000)),
            ("3069.99 yuan", Some(306_999)),
            ("0", Some(0)),
            ("0.001", None),
            ("-5", None),
            ("", None),
            ("abc", None),
            ("1e9", None),
            (".", None),
            ("99999999999999", None),
        ] {
            assert_eq!(fen(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_amount_is_too_strange(text in "\\PC{0,20}") {
            let _ = fen(&text);
        }
    }
}
