//! Chinese numerals, as laws number their articles and the lunar calendar its days.

/// `六`, `十二`, `二十一`, `一百零三`, `一千零四十九`; figures from ten thousand on.
pub fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const UNITS: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if !(1..10_000).contains(&number) {
        return number.to_string();
    }
    let mut text = String::new();
    let mut rest = number;
    for (unit, name) in UNITS {
        let digit = rest / unit;
        let skipped = !text.is_empty() && digit == 0 && !text.ends_with('零');
        rest %= unit;
        if digit > 0 {
            // Ten to nineteen begin with the ten itself.
            if !(unit == 10 && digit == 1 && text.is_empty()) {
                text += DIGITS[digit as usize];
            }
            text += name;
        } else if skipped && rest > 0 {
            text += DIGITS[0];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_laws_write_them() {
        for (number, text) in [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (21, "二十一"),
            (103, "一百零三"),
            (110, "一百一十"),
            (1046, "一千零四十六"),
            (1001, "一千零一"),
            (1260, "一千二百六十"),
            (0, "0"),
            (10_000, "10000"),
        ] {
            assert_eq!(chinese(number), text);
        }
    }
}
