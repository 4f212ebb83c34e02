//! What single cells say.

use chrono::NaiveDate;
use shared::directory::access::Feature;
use shared::directory::{Fact, Kind, ServiceHere, Tier};
use shared::field::Reason;
use shared::localised::Localised;

/// Characters of a name, an address or a sentence.
pub const LONGEST: usize = 120;
/// The most that anybody has room for.
const MOST_PLACES: u32 = 20_000;

/// A line of words.
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
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > LONGEST {
        return Err(Reason::own(
            "cell_too_long",
            format!("太长了，最多 {LONGEST} 个字。"),
            format!("Too long: {LONGEST} characters at most."),
        ));
    }
    Ok(line)
}

/// 2026-05-13, 2026/5/13 or 2026年5月13日.
pub fn day(text: &str) -> Result<NaiveDate, Reason> {
    let plain = text.replace(['/', '年', '月', '.'], "-");
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
    let plain = text.trim_end_matches(['张', '个', '人', '位']).trim().trim_end_matches(".0");
    plain.parse().ok().filter(|number| *number <= MOST_PLACES).ok_or_else(|| {
        Reason::own(
            "cell_number",
            format!("请写 0 到 {MOST_PLACES} 的整数。"),
            format!("Write a whole number from 0 to {MOST_PLACES}."),
        )
    })
}

pub fn fact(text: &str, feature: Feature) -> Result<Fact, Reason> {
    match text.to_lowercase().as_str() {
        "有" | "是" | "yes" | "y" | "1" | "√" | "true" => Ok(Fact::Yes),
        "没有" | "无" | "否" | "no" | "n" | "0" | "×" | "false" => Ok(Fact::No),
        "不清楚" | "未知" | "unknown" | "?" | "？" => Ok(Fact::Unknown),
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

/// `助餐(15元,60 岁以上的人)、日间照料、健康管理(免费)`.
pub fn services(text: &str, kind: &Kind) -> Result<Vec<ServiceHere>, Reason> {
    let text: String = text.chars().map(half_width).collect();
    let mut services: Vec<ServiceHere> = Vec::new();
    for part in outside_brackets(&text) {
        let (name, remark) = part.split_once('(').map_or((part, ""), |(name, rest)| (name, rest.trim_end_matches(')')));
        let name = name.trim();
        let known =
            kind.services.iter().find(|known| known.id == name || known.name.zh == name || known.name.en == name);
        let known = known.ok_or_else(|| unknown_service(name, kind))?;
        if services.iter().any(|other| other.service == known.id) {
            return Err(Reason::own("cell_twice", format!("“{name}”写了两次。"), format!("{name} is there twice.")));
        }
        let (mut price_fen, mut who) = (None, Vec::new());
        for remark in remark.split(',').map(str::trim).filter(|remark| !remark.is_empty()) {
            match price(remark) {
                Some(price) => price_fen = Some(price),
                None => who.push(remark),
            }
        }
        let who = words(&who.join("，"))?;
        services.push(ServiceHere { service: known.id.clone(), price_fen, who: Localised::new(who.clone(), who) });
    }
    Ok(services)
}

fn unknown_service(name: &str, kind: &Kind) -> Reason {
    let known: Vec<_> = kind.services.iter().map(|service| service.name.zh.as_str()).collect();
    let known = known.join("、");
    Reason::own(
        "cell_service",
        format!("没有“{name}”这项服务，可以写：{known}。"),
        format!("There is no service {name}; there are {known}."),
    )
}

/// Parts between `、`, `,` or `;`, which within brackets divide nothing.
fn outside_brackets(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let divides = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '、' | ',' | ';' | '\n')
    };
    text.split(divides).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// In fen: `免费`, `15元`, `15.50元`.
fn price(text: &str) -> Option<u32> {
    if text == "免费" {
        return Some(0);
    }
    let yuan = text.strip_suffix('元')?.trim();
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let fen: u32 = format!("{part:0<2}").parse().ok()?;
    Some(whole.parse::<u32>().ok()? * 100 + fen)
}

/// As [`services`] reads them.
pub fn written(services: &[ServiceHere], kind: &Kind) -> String {
    let one = |here: &ServiceHere| {
        let name = kind.service(&here.service).map_or(here.service.as_str(), |known| known.name.zh.as_str());
        let price = here.price_fen.map(|fen| match (fen / 100, fen % 100) {
            (0, 0) => "免费".to_owned(),
            (yuan, 0) => format!("{yuan}元"),
            (yuan, fen) => format!("{yuan}.{fen:02}元"),
        });
        let who = Some(here.who.zh.clone()).filter(|who| !who.is_empty());
        let remarks: Vec<_> = price.into_iter().chain(who).collect();
        if remarks.is_empty() { name.to_owned() } else { format!("{name}({})", remarks.join(",")) }
    };
    services.iter().map(one).collect::<Vec<_>>().join("、")
}

fn half_width(character: char) -> char {
    match character {
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '；' => ';',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::kinds::kind;

    #[test]
    fn services_are_read_with_their_prices_and_for_whom_they_are() {
        let kind = kind("elderly_station").unwrap();
        let read = |text: &str| services(text, kind);
        let all = read("助餐（15.5元，60 岁以上的人）、日间照料;健康管理(免费)").unwrap();
        let said: Vec<_> = all.iter().map(|one| (one.service.as_str(), one.price_fen, one.who.zh.as_str())).collect();
        assert_eq!(said, [("meals", Some(1_550), "60 岁以上的人"), ("day_care", None, ""), ("health", Some(0), "")]);
        assert_eq!(services(&written(&all, kind), kind).unwrap(), all);
        assert_eq!(read("电影").unwrap_err().code(), "cell_service");
        assert_eq!(read("助餐、助餐").unwrap_err().code(), "cell_twice");
    }

    #[test]
    fn cells_say_what_would_be_right() {
        assert_eq!(day("2026年5月3日").unwrap(), day("2026/5/3 00:00").unwrap());
        assert_eq!(day("5月3日").unwrap_err().code(), "cell_day");
        assert_eq!(day("2026-02-30").unwrap_err().code(), "cell_day");
        assert_eq!(
            (number("12张").ok(), number("12.0").ok(), number("十二").ok(), number("99999").ok()),
            (Some(12), Some(12), None, None)
        );
        assert_eq!(words("=HYPERLINK(\"x\")").unwrap_err().code(), "cell_formula");
        assert_eq!(words(" 甲\n 站 ").unwrap(), "甲 站");
        assert_eq!(fact("无", Feature::Lift).unwrap(), Fact::No);
        assert_eq!(fact("也许", Feature::Lift).unwrap_err().code(), "cell_fact");
    }
}
