//! What the rules say, put for somebody about whom nothing is known: values, dates, names of things.

use chrono::NaiveDate;
use shared::{
    eligibility::{
        answer::with_unit,
        pack::{Gives, LifeEvent, Param, Unit},
        span::Span,
        words::say_span,
    },
    locale::Locale,
    say,
};

/// What is said where the pack does not know something, a sum or whether something is so.
pub(super) fn not_known(locale: Locale) -> &'static str {
    locale.say("没有查到，请问民政部门。", "Not known here; please ask the bureau.")
}

/// What is said where the figure of other days is known, and follows.
pub(super) fn not_known_today(locale: Locale) -> &'static str {
    locale.say("这里没有今天的数字，请问民政部门。", "Today's figure is not known here; please ask the bureau.")
}

/// What is said of a figure for which a newer one is to be expected.
pub(super) fn may_have_changed(locale: Locale) -> &'static str {
    locale.say("可能已调整", "May have changed")
}

/// `1,535 元/人/月`, `70 周岁`.
pub(super) fn value(locale: Locale, param: &Param, span: Span, today: NaiveDate) -> String {
    let per = param.per.as_ref().map(|per| per.say(locale));
    amount(locale, span, param.unit, per, today)
}

/// [`value`] without what it is counted in, for where that is said beside it.
pub(super) fn bare(locale: Locale, param: &Param, span: Span, today: NaiveDate) -> String {
    match param.unit {
        Unit::Money => amount(locale, span, param.unit, None, today),
        Unit::Number | Unit::Switch | Unit::Date => value(locale, param, span, today),
    }
}

/// A number with what it is counted in.
pub(super) fn amount(locale: Locale, span: Span, unit: Unit, per: Option<&str>, today: NaiveDate) -> String {
    let value = say_span(locale, span, unit, today).unwrap_or_else(|| not_known(locale).to_owned());
    match per {
        Some(per) if unit == Unit::Money => with_unit(&value, per),
        Some(per) => format!("{value} {per}"),
        None => value,
    }
}

/// `从 2027年1月1日起`.
pub(super) fn starting(locale: Locale, day: NaiveDate) -> String {
    say!(locale, "从 {}起", "From {}", locale.date(day))
}

/// What is said of a figure that nobody has published as it is.
pub(super) fn derived(locale: Locale) -> &'static str {
    locale.say("（按规定算出）", " (worked out by the rule)")
}

/// Whom the benefits of an event are for.
pub(super) fn group(locale: Locale, event: Option<LifeEvent>) -> &'static str {
    match event {
        Some(LifeEvent::OldAge) => locale.say("老人", "Older people"),
        Some(LifeEvent::Disability) => locale.say("残疾人", "Disabled people"),
        Some(LifeEvent::ChildAlone) => locale.say("孩子", "Children"),
        Some(LifeEvent::Illness) => locale.say("生了重病的人", "People who are seriously ill"),
        Some(LifeEvent::LostIncome) => locale.say("收入少的人", "People with little income"),
        Some(LifeEvent::Death) => locale.say("身后事", "After a death"),
        None => locale.say("其他", "Others"),
    }
}

pub(super) fn gives(locale: Locale, gives: Gives) -> &'static str {
    match gives {
        Gives::Cash => locale.say("发钱", "Money"),
        Gives::Goods => locale.say("发实物", "Goods"),
        Gives::Service => locale.say("提供服务和帮助", "Services and help"),
        Gives::FeeRelief => locale.say("减免费用", "Lower fees"),
    }
}

#[cfg(test)]
mod tests {
    use shared::localised::Localised;

    use super::*;

    fn param(unit: Unit, name: (&str, &str), per: Option<(&str, &str)>) -> Param {
        Param {
            id: "p".to_owned(),
            benefit: 0,
            unit,
            name: Localised::new(name.0, name.1),
            per: per.map(|(zh, en)| Localised::new(zh, en)),
            renewed: None,
            rises: false,
            limit: false,
            ceiling: None,
            values: Vec::new(),
        }
    }

    #[test]
    fn a_value_says_what_it_is_counted_in() {
        let day = NaiveDate::default();
        let standard =
            param(Unit::Money, ("低保标准", "Dibao standard"), Some(("元/人/月", "yuan per person per month")));
        assert_eq!(value(Locale::Zh, &standard, Span::exactly(153_500), day), "1,535 元/人/月");
        assert_eq!(value(Locale::En, &standard, Span::exactly(153_500), day), "1,535 yuan per person per month");
        let age = param(Unit::Number, ("起发年龄", "Starting age"), Some(("周岁", "years of age")));
        assert_eq!(value(Locale::Zh, &age, Span::exactly(70), day), "70 周岁");
        assert_eq!(value(Locale::En, &age, Span::exactly(70), day), "70 years of age");
    }

    #[test]
    fn a_figure_that_says_yes_or_no_is_told_in_words() {
        let elsewhere = param(Unit::Switch, ("在外地火化能不能减免", "Whether cremation elsewhere is covered"), None);
        let day = NaiveDate::default();
        assert_eq!(value(Locale::Zh, &elsewhere, Span::exactly(0), day), "不能");
        assert_eq!(value(Locale::En, &elsewhere, Span::exactly(1), day), "yes");
    }
}
