//! What single cells say.

mod services;

pub use services::{services, written};

use chrono::NaiveDate;
use shared::directory::access::Feature;
use shared::directory::{Fact, Kind, Tier};
use shared::field::Reason;
use shared::identity::clean::half_width;
use shared::places::said;

/// Characters of a name, an address or a sentence.
pub const LONGEST: usize = 120;
/// The most that anybody has room for.
const MOST_PLACES: u32 = 20_000;

/// A line of words, which residents read under the bureau's name; empty where nothing is said.
pub fn words(text: &str) -> Result<String, Reason> {
    if text.starts_with(['=', '@']) {
        return Err(Reason::own(
            "cell_formula",
            "这一格是公式，不是文字。请只保留文字。",
            "This cell is a formula. Please keep only its text.",
        ));
    }
    if text.contains(|c: char| c.is_control() && c != '\n' && c != '\r') {
        return Err(Reason::ControlCharacter);
    }
    let line = one_line(text);
    if line.chars().count() > LONGEST {
        return Err(Reason::own(
            "cell_too_long",
            format!("太长了，最多 {LONGEST} 个字。"),
            format!("Too long: {LONGEST} characters at most."),
        ));
    }
    if line.is_empty() { Ok(line) } else { said::in_a_list(LONGEST, &line) }
}

/// Its words with a space between.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// With the digits and signs of a keyboard for Chinese as those of any other.
pub fn narrow(text: &str) -> String {
    text.replace('\u{3000}', " ").chars().map(half_width).collect()
}

/// 2026-05-13, 2026/5/13 or 2026年5月13日.
pub fn day(text: &str) -> Result<NaiveDate, Reason> {
    let plain = narrow(text).replace(['/', '年', '月', '.'], "-");
    let day = plain.trim_end_matches('日').split(' ').next().unwrap_or_default();
    let parts: Option<Vec<u32>> = day.split('-').map(|part| part.parse().ok()).collect();
    let date = match parts.as_deref() {
        Some([year, month, day]) if (1900..=9999).contains(year) => {
            i32::try_from(*year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day))
        }
        _ => None,
    };
    date.ok_or_else(|| Reason::own("cell_day", "日期请写成 2026-05-13 这样。", "Write the date such as 2026-05-13."))
}

pub fn number(text: &str) -> Result<u32, Reason> {
    // A spreadsheet adds `.0`, people a unit.
    let narrow = narrow(text);
    let plain = narrow.trim_end_matches(['张', '个', '人', '位']).trim().trim_end_matches(".0");
    plain.parse().ok().filter(|number| *number <= MOST_PLACES).ok_or_else(|| {
        Reason::own(
            "cell_number",
            format!("请写 0 到 {MOST_PLACES} 的整数。"),
            format!("Write a whole number from 0 to {MOST_PLACES}."),
        )
    })
}

/// Whether something is so.
pub fn yes_or_no(text: &str) -> Result<bool, Reason> {
    match narrow(text).to_lowercase().as_str() {
        "是" | "yes" | "y" | "1" | "true" => Ok(true),
        "否" | "不是" | "no" | "n" | "0" | "false" => Ok(false),
        _ => Err(Reason::own("cell_yes_or_no", "请写 是 或者 否。", "Write 是 (yes) or 否 (no).")),
    }
}

pub fn fact(text: &str, feature: Feature) -> Result<Fact, Reason> {
    match narrow(text).to_lowercase().as_str() {
        "有" | "是" | "yes" | "y" | "1" | "√" | "true" => Ok(Fact::Yes),
        "没有" | "无" | "否" | "no" | "n" | "0" | "×" | "false" => Ok(Fact::No),
        "不清楚" | "未知" | "unknown" | "?" | "-" | "—" | "/" => Ok(Fact::Unknown),
        _ => {
            let name = feature.words();
            Err(Reason::own(
                "cell_fact",
                format!("“{}”请写 有、没有 或者 不清楚。", name.zh),
                format!("{}: write 有 (yes), 没有 (no) or 不清楚 (not known).", name.en),
            ))
        }
    }
}

pub fn tier<'a>(text: &str, kind: &'a Kind) -> Result<&'a Tier, Reason> {
    let found = kind.tiers.iter().find(|tier| tier.id == text || tier.name.zh == text || tier.name.en == text);
    found.ok_or_else(|| {
        let known: Vec<_> = kind.tiers.iter().map(|tier| tier.name.zh.as_str()).collect();
        let known = known.join("、");
        Reason::own("cell_tier", format!("请写其中一种：{known}。"), format!("Write one of {known}."))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_say_what_would_be_right() {
        assert_eq!(day("2026年5月3日").unwrap(), day("2026/5/3 00:00").unwrap());
        assert_eq!(day("5月3日").unwrap_err().code(), "cell_day");
        assert_eq!(day("2026-02-30").unwrap_err().code(), "cell_day");
        assert_eq!(
            (number("12张").ok(), number("12.0").ok(), number("十二").ok(), number("99999").ok()),
            (Some(12), Some(12), None, None)
        );
        assert_eq!((number("１２张").ok(), day("２０２６／５／３").ok()), (Some(12), day("2026-05-03").ok()));
        assert_eq!(words("=HYPERLINK(\"x\")").unwrap_err().code(), "cell_formula");
        assert_eq!(words(" 甲\n 站 ").unwrap(), "甲 站");
        assert_eq!(words("长者站 http://evil.example").unwrap_err().code(), "words_link");
        assert_eq!(fact("无", Feature::Lift).unwrap(), Fact::No);
        assert_eq!(fact("也许", Feature::Lift).unwrap_err().code(), "cell_fact");
    }
}
