//! Sentences of a pack with their figures put in.

use chrono::NaiveDate;

use super::{
    answers::Household,
    dates::{self, years_between},
    evaluate::{Evaluation, Who},
    expr::Mention,
    pack::{Kind, Pack, Param, Unit},
    reason::Reason,
    shown::Shown,
    span::{Exact, FAR, Span, floor},
};
use crate::{locale::Locale, localised::Localised};

impl Evaluation<'_> {
    /// A sentence about a condition; `{id}` becomes what is known of it, `{gap}` what is missing.
    pub fn sentence(&self, locale: Locale, template: &Localised, benefit: usize, reason: &Reason, who: Who) -> String {
        fill(template.say(locale), |name| match name {
            "gap" => reason.gap.map(|gap| self.amount_of(locale, gap, self.unit_of_gap(reason))),
            name => self.mention(name, benefit).map(|mention| match self.ceiling(mention, benefit, reason, who) {
                Some(high) => {
                    let high = self.amount_of(locale, high, self.unit(mention));
                    say!(locale, "估计最多 {high}", "by estimate at most {high}")
                }
                None => self.say_mention(locale, mention, who),
            }),
        })
    }

    /// How high a figure can be, where nothing but that settled a condition.
    fn ceiling(&self, mention: Mention, benefit: usize, reason: &Reason, who: Who) -> Option<Exact> {
        let Mention::Param(param) = mention else { return None };
        let (high, plain) = (self.param(param).high?, self.without_ceilings());
        let rule = &self.pack.benefits[benefit].requires[reason.requirement].rule;
        let settles = plain.param(param).high.is_none() && plain.rule(rule, who) != reason.truth;
        settles.then_some(high)
    }

    /// What is known of a figure, an answer or a derived figure.
    pub fn say_mention(&self, locale: Locale, mention: Mention, who: Who) -> String {
        let nothing = || locale.say("（还不知道）", "(not known yet)").to_owned();
        match (self.shown(mention, who), mention) {
            (Shown::Unknown, mention) if self.unit(mention) == Unit::Switch => locale
                .say("（这里没有查到规定，请问民政部门）", "(the rule here is not known; please ask the bureau)")
                .to_owned(),
            (Shown::Unknown, _) => {
                locale.say("（没有查到，请问民政部门）", "(not known here; please ask the bureau)").to_owned()
            }
            (Shown::Options(options), Mention::Fact(fact)) => {
                say_options(self.pack, fact, options, locale).unwrap_or_else(nothing)
            }
            (Shown::Number(span), _) if span == self.unasked(mention, who) => nothing(),
            (Shown::Figure { span, .. }, Mention::Param(param)) => {
                let (asked, raised) = (&self.pack.params[param], raised(locale));
                let last = last_of(asked, span);
                let said = say_span(locale, last, asked.unit, self.as_of);
                said.map_or_else(nothing, |said| if last == span { said } else { format!("{said}{raised}") })
            }
            (Shown::Number(span) | Shown::Figure { span, .. }, _) => {
                say_span(locale, span, self.unit(mention), self.as_of).unwrap_or_else(nothing)
            }
            _ => nothing(),
        }
    }

    /// What could be said of a number before anything was asked.
    fn unasked(&self, mention: Mention, who: Who) -> Span {
        let mut nobody = Household::new(self.pack);
        for _ in &self.household.people {
            nobody.add("");
        }
        match Evaluation::new(self.pack, &nobody, self.as_of, self.known_on).shown(mention, who) {
            Shown::Number(span) if span.value().is_none() => span,
            _ => Span::ALL,
        }
    }

    fn mention(&self, name: &str, benefit: usize) -> Option<Mention> {
        let pack = self.pack;
        let (owner, param) = match name.split_once('.') {
            Some((owner, param)) => (pack.benefits.iter().position(|known| known.id == owner)?, param),
            None => (benefit, name),
        };
        let own = pack.params.iter().position(|known| known.benefit == owner && known.id == param);
        let computed = || pack.computed.iter().position(|known| known.id == name).map(Mention::Computed);
        let fact = || pack.facts.iter().position(|known| known.id == name).map(Mention::Fact);
        let people = || (name == "people").then_some(Mention::People);
        own.map(Mention::Param).or_else(computed).or_else(fact).or_else(people)
    }

    fn unit(&self, mention: Mention) -> Unit {
        match mention {
            Mention::Param(param) => self.pack.params[param].unit,
            Mention::Computed(computed) => self.pack.computed[computed].unit,
            Mention::Fact(fact) => self.pack.facts[fact].kind.unit().unwrap_or(Unit::Number),
            Mention::People | Mention::Benefit(_) => Unit::Number,
        }
    }

    /// A gap is told in the unit of the first number that the condition was judged by.
    fn unit_of_gap(&self, reason: &Reason) -> Unit {
        let numbers =
            reason.judged_by.iter().filter(|(_, shown)| matches!(shown, Shown::Number(_) | Shown::Figure { .. }));
        numbers.map(|(mention, _)| self.unit(*mention)).find(|unit| *unit != Unit::Date).unwrap_or(Unit::Number)
    }

    fn amount_of(&self, locale: Locale, value: Exact, unit: Unit) -> String {
        say_span(locale, Span::exactly(value), unit, self.as_of).unwrap_or_default()
    }
}

/// The label of a fact, a derived figure or a figure.
pub fn label(pack: &Pack, mention: Mention) -> Option<&Localised> {
    match mention {
        Mention::Fact(fact) => Some(&pack.facts[fact].label),
        Mention::Computed(computed) => Some(&pack.computed[computed].label),
        Mention::Param(param) => Some(&pack.params[param].name),
        Mention::Benefit(benefit) => Some(&pack.benefits[benefit].name),
        Mention::People => None,
    }
}

/// `1,535 元`, `1,000 元到 2,000 元`, `至少 1,535 元`; nothing when anything is possible, as no sum is below nothing.
///
/// A birth date within limits is told as an age, a yes or no as `能`, `不能`.
pub fn say_span(locale: Locale, span: Span, unit: Unit, as_of: NaiveDate) -> Option<String> {
    if unit == Unit::Date {
        return say_birth(locale, span, as_of);
    }
    if unit == Unit::Switch {
        let is_so = span.value()? != Exact::from(0);
        return Some(if is_so { locale.say("能", "yes") } else { locale.say("不能", "no") }.to_owned());
    }
    let one = |value: Exact| match unit {
        Unit::Money => money(locale, value),
        Unit::Number | Unit::Switch | Unit::Date => decimal(value),
    };
    match (span.low, span.high) {
        (Some(low), Some(high)) if low == high => Some(one(low)),
        (Some(low), Some(high)) => Some(say!(locale, "{}到 {}", "{} to {}", one(low), one(high))),
        (Some(low), None) if low >= FAR.into() || span.tells_nothing() => None,
        (Some(low), None) => Some(say!(locale, "至少 {}", "at least {}", one(low))),
        (None, Some(high)) => Some(say!(locale, "最多 {}", "at most {}", one(high))),
        (None, None) => None,
    }
}

/// A figure as it is told: of the most that is given, an old one is the last that was known, and no least.
pub fn last_of(param: &Param, span: Span) -> Span {
    match span {
        Span { low: Some(low), high: None } if param.limit => Span::exactly(low),
        _ => span,
    }
}

/// What is said behind a limit that may be higher by now.
pub fn raised(locale: Locale) -> &'static str {
    locale.say("（可能已经调高）", " (may have been raised since)")
}

fn say_birth(locale: Locale, span: Span, as_of: NaiveDate) -> Option<String> {
    if let Some(day) = span.value().and_then(|day| dates::date(floor(day))) {
        return Some(locale.date(day));
    }
    let years = |limit: Option<Exact>| limit.map(|limit| years_between(floor(limit), as_of));
    let (most, least) = (years(span.low)?, years(span.high)?);
    if most >= i64::from(dates::OLDEST) && least == 0 {
        return None;
    }
    Some(if most == least {
        say!(locale, "{most} 岁", "aged {most}")
    } else {
        say!(locale, "{least} 到 {most} 岁", "aged {least} to {most}")
    })
}

fn say_options(pack: &Pack, fact: usize, options: u64, locale: Locale) -> Option<String> {
    let Kind::Choice(known) = &pack.facts[fact].kind else { return None };
    let left: Vec<&str> = known
        .iter()
        .enumerate()
        .filter(|(place, _)| options & (1 << place) != 0)
        .map(|(_, option)| option.label.say(locale))
        .collect();
    (left.len() < known.len()).then(|| left.join(locale.say("或", " or ")))
}

/// `3,069.99 元`; whole yuan without decimals. Fractions of a fen are cut off.
pub fn money(locale: Locale, fen: Exact) -> String {
    let fen = floor(fen);
    let (sign, fen) = (if fen < 0 { "−" } else { "" }, fen.unsigned_abs());
    let yuan = grouped(fen / 100);
    let yuan = if fen.is_multiple_of(100) { yuan } else { format!("{yuan}.{:02}", fen % 100) };
    say!(locale, "{sign}{yuan} 元", "{sign}{yuan} yuan")
}

/// A number with at most two decimals.
fn decimal(value: Exact) -> String {
    let hundredths = floor(value * 100);
    let (sign, hundredths) = (if hundredths < 0 { "−" } else { "" }, hundredths.unsigned_abs());
    let whole = grouped(hundredths / 100);
    match hundredths % 100 {
        0 => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{}", format!("{part:02}").trim_end_matches('0')),
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        let value = value(name).unwrap_or_default();
        // A space stands between Chinese and figures, not between Chinese and Chinese.
        let spaced = value.starts_with(|first: char| first.is_ascii() || first == '−');
        text.push_str(if spaced { before } else { before.trim_end_matches(' ') });
        text.push_str(&value);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Since when a figure holds, for a short note: `2025年1月1日起`.
pub fn since(locale: Locale, day: Option<NaiveDate>) -> String {
    match day {
        Some(day) => say!(locale, "{}起", "since {}", locale.date(day)),
        None => locale.say("起始日不明", "first day not known").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_it_is_read_out() {
        let say = |fen: i64| money(Locale::Zh, Exact::from(fen));
        assert_eq!([say(153_500), say(306_999), say(0), say(-250)], ["1,535 元", "3,069.99 元", "0 元", "−2.50 元"]);
        assert_eq!(money(Locale::En, Exact::from(100_000_000)), "1,000,000 yuan");
        assert_eq!(
            [decimal(Exact::new(3, 2)), decimal(Exact::from(72)), decimal(Exact::new(1, 3))],
            ["1.5", "72", "0.33"]
        );
    }

    #[test]
    fn a_range_says_what_it_leaves_open() {
        let day = "2025-06-30".parse().unwrap();
        let say = |span| say_span(Locale::Zh, span, Unit::Money, day);
        assert_eq!(say(Span::between(0, 100_000)).unwrap(), "0 元到 1,000 元");
        assert_eq!(say(Span::at_least(153_500)).unwrap(), "至少 1,535 元");
        assert_eq!([say(Span::ALL), say(Span::at_least(0))], [None, None], "at least nothing tells nothing");
        let born = super::super::told::birth::born(72, day).unwrap();
        assert_eq!(say_span(Locale::Zh, born, Unit::Date, day).unwrap(), "72 岁");
    }

    #[test]
    fn a_sentence_takes_its_figures() {
        assert_eq!(fill("低于 {a}，差 {b}。", |name| Some(name.to_uppercase())), "低于 A，差 B。");
        assert_eq!(fill("低于 {a}。", |_| Some("至少 3 元".to_owned())), "低于至少 3 元。");
        assert_eq!(fill("没有 {x", |_| None), "没有 {x");
    }
}
