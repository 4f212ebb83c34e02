//! The services of a place in one cell: `助餐(15元,60 岁以上的人)、日间照料、健康管理(免费)`.

use shared::directory::{Kind, ServiceHere, ServiceKind};
use shared::field::Reason;
use shared::localised::Localised;

use super::{narrow, words};

/// What is paid once each time, which a price says by itself.
const EACH: [&str; 6] = ["餐", "顿", "份", "次", "人次", "人"];

/// Services with their price and for whom they are, or as data.
pub fn services(text: &str, kind: &Kind) -> Result<Vec<ServiceHere>, Reason> {
    let mut all = if text.starts_with('[') {
        serde_json::from_str::<Vec<ServiceHere>>(text).map_err(|_| unknown_service(text, kind))?
    } else {
        let parts = apart(text, &['、', ',', '，', ';', '；', '\n']).into_iter();
        parts.filter(|(_, part)| !part.is_empty()).map(|(_, part)| one(part, kind)).collect::<Result<_, _>>()?
    };
    for (n, service) in all.iter().enumerate() {
        let known = kind.service(&service.service).ok_or_else(|| unknown_service(&service.service, kind))?;
        if all[..n].iter().any(|other| other.service == service.service) {
            let name = &known.name.zh;
            return Err(Reason::own("cell_twice", format!("“{name}”写了两次。"), format!("{name} is there twice.")));
        }
        // Also where they come as data.
        words(&service.who.zh)?;
        words(&service.who.en)?;
        if known.free_of_charge && service.price_fen.is_some_and(|fen| fen > 0) {
            return Err(free(known));
        }
    }
    for service in &mut all {
        service.price_fen = kind.service(&service.service).and_then(|known| known.price_fen(service.price_fen));
    }
    Ok(all)
}

/// As [`services`] reads them.
pub fn written(services: &[ServiceHere], kind: &Kind) -> String {
    let one = |here: &ServiceHere| {
        let known = kind.service(&here.service);
        let name = known.map_or(here.service.as_str(), |known| known.name.zh.as_str());
        // What is free everywhere need not say so.
        let says = here.price_fen.filter(|fen| *fen > 0 || !known.is_some_and(|known| known.free_of_charge));
        let price = says.map(|fen| match (fen / 100, fen % 100) {
            (0, 0) => "免费".to_owned(),
            (yuan, 0) => format!("{yuan}元"),
            (yuan, fen) => format!("{yuan}.{fen:02}元"),
        });
        let who = Some(here.who.zh.clone()).filter(|who| !who.is_empty());
        let remarks: Vec<_> = price.into_iter().chain(who).collect();
        if remarks.is_empty() { name.to_owned() } else { format!("{name}({})", remarks.join(",")) }
    };
    let text = services.iter().map(one).collect::<Vec<_>>().join("、");
    let said = |all: &[ServiceHere]| -> Vec<_> {
        all.iter().map(|one| (one.service.clone(), one.price_fen, one.who.zh.clone())).collect()
    };
    // What words would say otherwise stays data.
    let is_read = self::services(&text, kind).is_ok_and(|read| said(&read) == said(services));
    if is_read { text } else { serde_json::to_string(services).expect("services always serialise") }
}

fn one(part: &str, kind: &Kind) -> Result<ServiceHere, Reason> {
    let (name, remark) = match part.find(['(', '（']) {
        None => (part, ""),
        Some(at) => {
            let (name, rest) = part.split_at(at);
            let remark = rest.strip_prefix(['(', '（']).unwrap_or(rest);
            // Other closing brackets belong to the remark.
            (name, remark.strip_suffix([')', '）']).unwrap_or(remark))
        }
    };
    let name = name.trim();
    let is_called =
        |known: &&ServiceKind| known.id == name || known.name.zh == name || known.name.en.eq_ignore_ascii_case(name);
    let known = kind.services.iter().find(is_called);
    let known = known.ok_or_else(|| unknown_service(name, kind))?;
    let (mut price_fen, mut who) = (None, String::new());
    for (sign, remark) in apart(remark, &[',', '，']) {
        let price = price(remark);
        if known.free_of_charge && !matches!(price, Ok(None | Some(0))) {
            return Err(free(known));
        }
        match price? {
            Some(_) if price_fen.is_some() => return Err(no_price(remark)),
            Some(price) => price_fen = Some(price),
            None if remark.is_empty() => {}
            None => {
                who.extend(sign.filter(|_| !who.is_empty()));
                who.push_str(remark);
            }
        }
    }
    let who = words(&who)?;
    Ok(ServiceHere { service: known.id.clone(), price_fen, who: Localised::new(who.clone(), who) })
}

/// Parts, each with the sign before it; within brackets nothing divides.
fn apart<'a>(text: &'a str, signs: &[char]) -> Vec<(Option<char>, &'a str)> {
    let (mut parts, mut depth, mut begins, mut sign) = (Vec::new(), 0_usize, 0, None);
    for (at, character) in text.char_indices() {
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 && signs.contains(&character) => {
                parts.push((sign, text[begins..at].trim()));
                (begins, sign) = (at + character.len_utf8(), Some(character));
            }
            _ => {}
        }
    }
    parts.push((sign, text[begins..].trim()));
    parts
}

/// In fen: `免费`, `15元`, `15.50元`, `15元/餐`, `每次15元`; none for words about something else.
///
/// # Errors
/// For a price that is none of each time, such as `800元/月`, or more than one.
fn price(text: &str) -> Result<Option<u32>, Reason> {
    if text == "免费" {
        return Ok(Some(0));
    }
    let Some((before, after)) = text.split_once('元') else { return Ok(None) };
    if !before.ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == ' ') {
        return Ok(None);
    }
    let is_each = |text: &str| EACH.contains(&text);
    let after = after.trim();
    let number = before.strip_prefix('每').and_then(|rest| EACH.iter().find_map(|each| rest.strip_prefix(each)));
    let ends = ["/", "每", "一"].iter().find_map(|sign| after.strip_prefix(sign)).is_some_and(is_each);
    let number = match number {
        Some(number) if after.is_empty() => number,
        None if after.is_empty() || ends => before,
        _ => return Err(no_price(text)),
    };
    fen(narrow(number).trim()).map(Some).ok_or_else(|| no_price(text))
}

fn fen(yuan: &str) -> Option<u32> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let fen: u32 = format!("{part:0<2}").parse().ok()?;
    Some(whole.parse::<u32>().ok()? * 100 + fen)
}

fn no_price(text: &str) -> Reason {
    Reason::own(
        "cell_price",
        format!(
            "“{text}”不能当作价格。请写每次的价格，例如 15元、15元/餐 或者 免费；按月、按天或者几种价格的，请删去，这项服务就不写价格。"
        ),
        format!(
            "{text} is no price of each time: write it such as 15元, 15元/餐 or 免费. Leave out what is paid by the month or the day, \
             or differs: residents are told to ask by phone."
        ),
    )
}

/// A price of what nobody may take money for.
fn free(known: &ServiceKind) -> Reason {
    let name = &known.name.zh;
    Reason::own(
        "cell_free",
        format!("“{name}”按规定不收费，不能写价格。请写 {name} 或者 {name}(免费)。"),
        format!("Nobody may take money for {name}, so it has no price: write {name} or {name}(免费)."),
    )
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::kinds::kind;
    use shared::locale::Locale;

    fn read(text: &str) -> Result<Vec<ServiceHere>, &'static str> {
        services(text, kind("elderly_station").unwrap()).map_err(|wrong| wrong.code())
    }

    fn said(text: &str) -> Vec<(String, Option<u32>, String)> {
        read(text).unwrap().into_iter().map(|one| (one.service, one.price_fen, one.who.zh)).collect()
    }

    #[test]
    fn services_are_read_with_their_prices_and_for_whom_they_are() {
        let one = |service: &str, price, who: &str| (service.to_owned(), price, who.to_owned());
        for (text, expected) in [
            (
                "助餐（15.5元，60 岁以上的人）、日间照料;健康管理(免费)",
                vec![one("meals", Some(1_550), "60 岁以上的人"), one("day_care", None, ""), one("health", Some(0), "")],
            ),
            ("助餐(15元/餐)", vec![one("meals", Some(1_500), "")]),
            ("助餐（１５．５元）", vec![one("meals", Some(1_550), "")]),
            ("助餐(每餐 15 元，户籍老人)", vec![one("meals", Some(1_500), "户籍老人")]),
            (
                "助浴(户籍老人(70岁以上))、康复",
                vec![one("bathing", None, "户籍老人(70岁以上)"), one("rehabilitation", None, "")],
            ),
            ("助浴(户籍老人，低保、特困)", vec![one("bathing", None, "户籍老人，低保、特困")]),
            ("助餐(单元楼住户", vec![one("meals", None, "单元楼住户")]),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
        assert_eq!([read("电影").unwrap_err(), read("助餐、助餐").unwrap_err()], ["cell_service", "cell_twice"]);
        for text in ["助餐(见 evil.cn/x)", r#"[{"service":"meals","who":{"zh":"见 evil.cn/x","en":""}}]"#] {
            assert_eq!(read(text).unwrap_err(), "words_link", "{text}");
        }
        for text in ["日间照料(800元/月)", "助餐(10-15元)", "助餐(15元起)", "助餐(15元,20元)", "助餐(1234567元)"]
        {
            assert_eq!(read(text).unwrap_err(), "cell_price", "{text}");
        }
    }

    #[test]
    fn what_nobody_may_take_money_for_has_no_price_and_the_mistake_says_what_would_be_right() {
        let kind = kind("marriage_registry").unwrap();
        let data = |price: &str| format!(r#"[{{"service":"divorce","price_fen":{price},"who":{{"zh":"","en":""}}}}]"#);
        for text in ["结婚登记(9元)", "离婚登记（工本费9元）", "补领证件(每人 9 元)", "结婚登记(9元/月)", &data("900")]
        {
            let wrong = services(text, kind).unwrap_err();
            assert_eq!(wrong.code(), "cell_free", "{text}");
            assert!(wrong.sentence(Locale::Zh).contains("(免费)") && wrong.sentence(Locale::En).contains("(免费)"));
        }
        for text in ["离婚登记", "离婚登记(免费)", "离婚登记(0元)", &data("0"), &data("null")] {
            let read = services(text, kind).unwrap();
            assert_eq!(read, [ServiceHere { price_fen: Some(0), ..ServiceHere::of("divorce") }], "{text}");
            assert_eq!(written(&read, kind), "离婚登记");
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same_whatever_is_said_of_for_whom_it_is() {
        let kind = kind("elderly_station").unwrap();
        for who in [
            "",
            "60 岁以上",
            "户籍老人(70岁以上)",
            "户籍老人（70岁以上）",
            "低保，特困",
            "a,b",
            "只有一个(",
            "只有一个)",
            "800元/月",
            "免费",
        ] {
            for price_fen in [None, Some(0), Some(1_550)] {
                let who = Localised::new(who, who);
                let here = vec![ServiceHere { price_fen, who, ..ServiceHere::of("meals") }, ServiceHere::of("culture")];
                let text = written(&here, kind);
                assert_eq!(services(&text, kind), Ok(here), "{text}");
            }
        }
    }
}
