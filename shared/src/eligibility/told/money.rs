//! Sums of money as people write them.

/// What stands for every sum that is longer than anybody's, so that it is told as too much and not as unreadable; fen.
const TOO_MUCH: i64 = 100_000_000_000_000_000;

/// Money as people write it: `3,200`, `3200.5`, `３２００元`, `1.2万`, `3069.99 yuan`.
pub fn fen(text: &str) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let plain = ["yuan", "元", "块"].iter().find_map(|unit| plain.strip_suffix(unit)).unwrap_or(&plain);
    let (digits, scale) = plain.strip_suffix('万').map_or((plain, 100), |digits| (digits, 1_000_000));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = ungrouped(whole)?;
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() > 12 && figures(&whole) {
        return Some(TOO_MUCH);
    }
    if whole.is_empty() || whole.len() > 12 || part.len() > 6 || !figures(&whole) || !figures(part) {
        return None;
    }
    let unit = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let number = format!("{whole}{part}").parse::<i64>().ok()?.checked_mul(scale)?;
    (number % unit == 0).then_some(number / unit)
}

/// Without the commas between thousands; nothing where a comma stands elsewhere, as some write a decimal point.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_grouped = groups.clone().next().is_none() || (1..=3).contains(&first.len());
    (is_grouped && groups.all(|group| group.len() == 3)).then(|| whole.replace(',', ""))
}

/// Full-width digits and commas as the narrow ones.
fn narrow(c: char) -> char {
    match c {
        '，' => ',',
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
            ("1,234，567", Some(123_456_700)),
            ("1,5", None),
            ("1234,567", None),
            (",500", None),
            ("1.2,5", None),
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
            ("99999999999999", Some(TOO_MUCH)),
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
