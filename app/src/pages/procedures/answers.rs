//! Answers as one reads them again, and what is asked for by them.

use chrono::NaiveDate;
use shared::{
    civil_date::parse_date,
    eligibility::{evaluate::Evaluation, expr::Condition, truth::Truth},
    field::Asked,
    locale::Locale,
    procedures::{BankAccount, Field, FieldKind, Procedure, Typed, definition::Paper},
    say,
};

use super::fields::options;

/// The fields that are asked for by what stands in all of them; open where that is not known yet.
pub(super) fn asked<'p>(procedure: &'p Procedure, typed: &Typed, today: NaiveDate) -> Vec<(&'p Field, Truth)> {
    let truth = truths(procedure, typed, today);
    let all = procedure.fields().map(|field| (field, truth(field.asked_if.as_ref())));
    all.filter(|(_, asked)| *asked != Truth::No).collect()
}

/// The papers that are needed by what stands in the fields; open where that is not known yet.
pub(super) fn papers<'p>(procedure: &'p Procedure, typed: &Typed, today: NaiveDate) -> Vec<(&'p Paper, Truth)> {
    let truth = truths(procedure, typed, today);
    let all = procedure.papers.iter().map(|paper| (paper, truth(paper.needed_if.as_ref())));
    all.filter(|(_, needed)| *needed != Truth::No).collect()
}

/// What of the rules does not hold by the answers, each condition in its sentence: nobody is kept from applying by it.
pub(super) fn doubts(procedure: &Procedure, typed: &Typed, today: NaiveDate, locale: Locale) -> Vec<String> {
    let household = procedure.household(typed);
    let evaluation = Evaluation::new(&procedure.rules, &household, today, today);
    let mut doubts = Vec::new();
    for (place, benefit) in procedure.rules.benefits.iter().enumerate() {
        for reason in evaluation.reasons(place, None).iter().filter(|reason| reason.truth == Truth::No) {
            let says = &benefit.requires[reason.requirement].says;
            doubts.push(evaluation.sentence(locale, &says.no, place, reason, None));
        }
    }
    doubts
}

/// An answer in words; nothing where nothing was typed.
pub(super) fn shown(locale: Locale, procedure: &Procedure, field: &Field, text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let raw = || text.to_owned();
    Some(match &field.kind {
        FieldKind::YesNo | FieldKind::Relation | FieldKind::Choice(_) => {
            let chosen = options(locale, procedure, field).into_iter().find(|(id, _)| id == text);
            chosen.map_or_else(raw, |(_, words)| words)
        }
        FieldKind::Date => parse_date(Asked::DATE, text, 1900, 2100).map_or_else(|_| raw(), |day| locale.date(day)),
        FieldKind::Money { .. } => say!(locale, "{text} 元", "{text} yuan"),
        FieldKind::Account => BankAccount::parse(text).map_or_else(|_| raw(), |account| in_fours(account.as_str())),
        FieldKind::Declaration { .. } => locale.say("已经同意", "Agreed").to_owned(),
        _ => raw(),
    })
}

/// In groups of four, as it stands on the card.
fn in_fours(digits: &str) -> String {
    let signs: Vec<char> = digits.chars().collect();
    signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// What a condition comes to by the answers; what has none always holds.
fn truths(procedure: &Procedure, typed: &Typed, today: NaiveDate) -> impl Fn(Option<&Condition>) -> Truth {
    let household = procedure.household(typed);
    move |condition: Option<&Condition>| {
        let evaluation = Evaluation::new(&procedure.rules, &household, today, today);
        condition.map_or(Truth::Yes, |condition| evaluation.truth(condition, None))
    }
}
