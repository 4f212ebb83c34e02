//! What a place says of the parameters in which procedures differ, beside its conditions and sums, and what it leaves open: an open
//! one is a question to the bureau.

use chrono::NaiveDate;

use super::super::definition::Procedure;
use crate::calendar::Deadline;
use crate::eligibility::answers::Household;
use crate::eligibility::dates::date;
use crate::eligibility::evaluate::Evaluation;
use crate::eligibility::expr::Mention;
use crate::eligibility::figures::Standing;
use crate::eligibility::pack::{Figure, Param, Unit};
use crate::eligibility::span::{Exact, floor};
use crate::eligibility::words::money;
use crate::locale::Locale;

/// The parameters that are told as they stand; all others are read by conditions and sums.
pub const TOLD: [&str; 5] = ["others_free", "with_registration", "cash", "top_up", "review_on"];

/// What is settled on a day, a sentence each.
pub fn settled(procedure: &Procedure, today: NaiveDate, locale: Locale) -> Vec<String> {
    let switches = ["others_free", "with_registration", "cash"].into_iter().filter_map(|id| {
        let is_so = value(procedure, id, today)? != Exact::from(0);
        switch(id, is_so).map(|[zh, en]| locale.say(zh, en).to_owned())
    });
    let rest = [top_up(procedure, today, locale), review(procedure, today, locale)];
    switches.chain(rest.into_iter().flatten()).collect()
}

/// What no text that was seen says on a day, a question each: what conditions ask, and what would be told.
pub fn open(procedure: &Procedure, today: NaiveDate, locale: Locale) -> Vec<String> {
    let read = read_by_conditions(procedure);
    let params = procedure.rules.params.iter().enumerate();
    let asked = params.filter(|(at, param)| {
        let matters = read.contains(at) || TOLD.contains(&param.id.as_str());
        matters && value(procedure, &param.id, today).is_none()
    });
    asked.map(|(_, param)| question(param, locale)).collect()
}

/// By when the rule is to be looked at again; whether it still counts after that day only the bureau knows.
pub fn review(procedure: &Procedure, today: NaiveDate, locale: Locale) -> Option<String> {
    let on = date(floor(value(procedure, "review_on", today)?))?;
    let day = locale.date(on);
    Some(if on < today {
        say!(
            locale,
            "看到的规定要在 {day}以前重新评估，这一天已经过了；现在还按不按它办，请问民政部门。",
            "The rules that were seen were to be reviewed by {day}, which is over; please ask the bureau whether they still hold."
        )
    } else {
        say!(locale, "看到的规定要在 {day}以前重新评估。", "The rules that were seen are to be reviewed by {day}.")
    })
}

/// What a district adds to the sum.
pub fn top_up(procedure: &Procedure, today: NaiveDate, locale: Locale) -> Option<String> {
    let sum = money(locale, value(procedure, "top_up", today)?);
    Some(say!(locale, "区里另外加 {sum}。", "The district adds {sum}."))
}

/// By when it is to be claimed, and whether that was over on a day: late is for the bureau to decide.
pub fn claimed(procedure: &Procedure, until: Deadline, on: NaiveDate, locale: Locale) -> Option<String> {
    let source = procedure.rules.sources[procedure.claim?.source].cited(locale);
    let day = locale.date(until.date);
    Some(if until.date < on {
        say!(
            locale,
            "按{source}，最迟 {day} 申请，这一天已经过了。晚了还办不办，由民政部门决定，可以照样交。",
            "It was to be claimed by {day} ({source}), which is over. Whether it is still granted, the bureau decides; you may apply all \
             the same."
        )
    } else {
        say!(locale, "按{source}，最迟 {day} 申请。", "It is to be claimed by {day} ({source}).")
    })
}

/// What one switch says.
fn switch(id: &str, is_so: bool) -> Option<[&'static str; 2]> {
    let words = match (id, is_so) {
        ("others_free", true) => {
            ["户口不在这里的，也可以免费参加安葬。", "Those registered elsewhere take part free of charge too."]
        }
        ("others_free", false) => {
            ["户口不在这里的，参加安葬要自己付费。", "Those registered elsewhere pay for taking part."]
        }
        ("with_registration", true) => {
            ["报名安葬的时候一起申领。", "It is claimed together with the registration for the burial."]
        }
        ("with_registration", false) => ["安葬以后再申领。", "It is claimed after the burial."],
        ("cash", true) => ["没有本人的卡，可以领现金。", "Without a card of one’s own it is paid in cash."],
        ("cash", false) => ["只打到本人的账户，不发现金。", "It is paid to one’s own account and not in cash."],
        _ => return None,
    };
    Some(words)
}

fn question(param: &Param, locale: Locale) -> String {
    let name = param.name.say(locale);
    match param.unit {
        Unit::Switch => say!(locale, "{name}？", "{name}?"),
        Unit::Date => say!(locale, "{name}？", "{name}: which day is it?"),
        _ => say!(locale, "{name}，是多少？", "{name}: how much is it?"),
    }
}

/// The parameters that conditions ask; sums by kind are told as sums.
fn read_by_conditions(procedure: &Procedure) -> Vec<usize> {
    let mentions = procedure.requirements().iter().flat_map(|requirement| requirement.rule.mentions());
    let params = mentions.filter_map(|mention| match mention {
        Mention::Param(param) => Some(param),
        _ => None,
    });
    params.collect()
}

/// What a text that was seen says on a day.
fn value(procedure: &Procedure, id: &str, today: NaiveDate) -> Option<Exact> {
    let param = procedure.rules.params.iter().find(|param| param.id == id)?;
    let household = Household::new(&procedure.rules);
    let evaluation = Evaluation::new(&procedure.rules, &household, today, today);
    match evaluation.standing(param) {
        Standing::Current(dated) | Standing::Old(dated) => match &dated.value {
            Figure::Fixed(span) => span.value(),
            Figure::Derived(_) => None,
        },
        Standing::Unknown => None,
    }
}

#[cfg(test)]
#[cfg(feature = "compile")]
mod tests;
