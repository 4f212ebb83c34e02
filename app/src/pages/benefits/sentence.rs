//! Sentences of the rules without the person they were written for.
//!
//! A pack says `您家人均月收入 {income_per_head}，低于低保标准 {standard}。` to somebody who has answered. On a page
//! for everybody the figures of the rules are put in, and what depends on the person is left out.

use shared::{
    eligibility::{pack::Pack, words::say_span},
    locale::Locale,
};

use super::figures::Figures;

/// The sentence with the figures of today; `benefit` is the place of the one whose sentence it is.
pub(super) fn general(figures: &Figures<'_>, locale: Locale, template: &str, benefit: usize) -> String {
    fill(locale, template, |name| match param(figures.pack, name, benefit) {
        None => Known::OfThePerson,
        Some(param) => {
            let history = figures.history(param);
            let value = history.now().step().map(|step| step.value);
            let unit = figures.pack.params[param].unit;
            value.and_then(|value| say_span(locale, value, unit, figures.today)).map_or(Known::Nothing, Known::Value)
        }
    })
}

/// What a name in a sentence stands for.
enum Known {
    Value(String),
    /// A figure that the pack does not know.
    Nothing,
    /// Something that only the person could tell.
    OfThePerson,
}

/// The figure that a name in a sentence stands for.
fn param(pack: &Pack, name: &str, benefit: usize) -> Option<usize> {
    let (owner, param) = match name.split_once('.') {
        Some((owner, param)) => (pack.benefits.iter().position(|known| known.id == owner)?, param),
        None => (benefit, name),
    };
    pack.params.iter().position(|known| known.benefit == owner && known.id == param)
}

fn fill(locale: Locale, template: &str, known: impl Fn(&str) -> Known) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        text.push_str(before);
        rest = match known(name) {
            Known::Value(value) => {
                text.push_str(&value);
                after
            }
            Known::Nothing if text.rfind(['（', '(']) > text.rfind(['）', ')']) => {
                leave_out(locale, &mut text, after)
            }
            Known::Nothing => {
                text.truncate(text.trim_end().len());
                text.push_str(locale.say("（没有查到，请问民政部门）", " (not known here; please ask the bureau)"));
                after.strip_prefix(locale.say(" ", "")).unwrap_or(after)
            }
            Known::OfThePerson => leave_out(locale, &mut text, after),
        };
    }
    text.push_str(rest);
    capitalised(locale, text)
}

/// Ends the sentence so far as if nothing had been said of the person; how it goes on from there.
fn leave_out<'r>(locale: Locale, text: &mut String, rest: &'r str) -> &'r str {
    let comma = locale.say("，", ", ");
    let clause = text.rfind(comma).map_or(0, |at| at + comma.len());
    let clause = ["。", "（", "；", ". ", "("]
        .iter()
        .filter_map(|stop| Some(text.rfind(stop)? + stop.len()))
        .fold(clause, usize::max);
    let before = text[clause..].trim();
    let end = rest.find(['，', '。', '；', '）', ',', '.', ';', ')']).unwrap_or(rest.len());
    let (after, next) = rest.split_at(end);
    let opens = text[..clause].ends_with(['（', '(']);
    if let Some(next) = next.strip_prefix(['）', ')']).filter(|_| opens) {
        text.truncate(clause);
        text.pop();
        text.truncate(text.trim_end().len());
        return next;
    }
    if let Some(next) = next.strip_prefix(comma) {
        let aged = before == "Aged";
        if before.is_empty() || (aged && !next.starts_with(|c: char| c.is_ascii_digit()) && !next.starts_with("under "))
        {
            text.truncate(clause);
            return next;
        }
        if locale == Locale::En || after.trim().is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str(locale.say("", " "));
            return next;
        }
    }
    // `Own income of {own_income} a month is below …`
    if let Some(rest) = [" a month", " a year"].iter().find_map(|per| rest.strip_prefix(per))
        && text.ends_with(" of ")
    {
        text.truncate(text.len() - " of ".len());
        return rest;
    }
    text.push('…');
    rest
}

fn capitalised(locale: Locale, text: String) -> String {
    match (locale, text.chars().next()) {
        (Locale::En, Some(first)) if first.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_uppercase(), &text[1..])
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(locale: Locale, template: &str) -> String {
        fill(locale, template, |name| match name {
            "standard" => Known::Value(locale.say("1,535 元", "1,535 yuan").to_owned()),
            "from_age" => Known::Value("70".to_owned()),
            "line" => Known::Nothing,
            _ => Known::OfThePerson,
        })
    }

    #[test]
    fn what_depends_on_the_person_is_left_out_and_the_rule_stays() {
        for (template, expected) in [
            ("您家人均月收入 {income_per_head}，低于低保标准 {standard}。", "您家人均月收入低于低保标准 1,535 元。"),
            ("{age} 周岁，未满 18 周岁。", "未满 18 周岁。"),
            ("{age} 周岁，到了发津贴的年龄（{from_age} 周岁）。", "到了发津贴的年龄（70 周岁）。"),
            ("本人月收入 {own_income}，低于低保标准，算作没有生活来源。", "本人月收入低于低保标准，算作没有生活来源。"),
            ("不低于边缘线 {standard}（差 {gap}）。", "不低于边缘线 1,535 元。"),
            ("家里 {people} 口人，都有户口。", "家里 … 口人，都有户口。"),
            ("没有 {x", "没有 {x"),
            ("边缘线是每月 {line}，您家低于它。", "边缘线是每月（没有查到，请问民政部门），您家低于它。"),
            ("到了发津贴的年龄（{line} 周岁）。", "到了发津贴的年龄。"),
        ] {
            assert_eq!(said(Locale::Zh, template), expected);
        }
    }

    #[test]
    fn the_english_sentences_stay_whole_too() {
        for (template, expected) in [
            (
                "Income per head is {income_per_head} a month, below the dibao standard of {standard}.",
                "Income per head is below the dibao standard of 1,535 yuan.",
            ),
            ("Aged {age}, under 18.", "Aged under 18."),
            ("Aged {age}, 70 or over.", "Aged 70 or over."),
            ("Aged {age}, counted as an elder.", "Counted as an elder."),
            ("Aged {age}, old enough for the allowance (from {from_age}).", "Old enough for the allowance (from 70)."),
            (
                "Own income of {own_income} a month is below the dibao standard and counts as no means of living.",
                "Own income is below the dibao standard and counts as no means of living.",
            ),
            ("Below the line of {line}.", "Below the line of (not known here; please ask the bureau)."),
            ("Old enough (from {line}).", "Old enough."),
        ] {
            assert_eq!(said(Locale::En, template), expected);
        }
    }
}
