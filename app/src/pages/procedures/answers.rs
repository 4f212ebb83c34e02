//! Answers as one reads them again, and what they make unnecessary.

use chrono::NaiveDate;
use shared::{
    civil_date::parse_date,
    eligibility::{evaluate::Evaluation, expr::Condition, truth::Truth},
    field::Asked,
    locale::Locale,
    procedures::{BankAccount, Field, FieldKind, Procedure, Typed, definition::Paper, value::Address},
    say,
};

use super::fields::options;

/// Whether it is not known yet if a field is asked for.
pub(super) fn may_be_unasked(procedure: &Procedure, field: &Field, typed: &Typed, today: NaiveDate) -> bool {
    field.asked_if.as_ref().is_some_and(|condition| truth(procedure, condition, typed, today) == Truth::Open)
}

/// The papers that are needed by what stands in the fields; open where that is not known yet.
pub(super) fn papers<'p>(procedure: &'p Procedure, typed: &Typed, today: NaiveDate) -> Vec<(&'p Paper, Truth)> {
    let needed = |paper: &Paper| {
        let condition = paper.needed_if.as_ref();
        condition.map_or(Truth::Yes, |condition| truth(procedure, condition, typed, today))
    };
    let all = procedure.papers.iter().map(|paper| (paper, needed(paper)));
    all.filter(|(_, needed)| *needed != Truth::No).collect()
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
        FieldKind::Address(divisions) => Address::parse(text, divisions).map_or_else(
            |_| raw(),
            |address| {
                let named = divisions.iter().find(|option| address.division() == Some(option.id.as_str()));
                let division = named.map_or("", |option| option.label.say(locale));
                format!("{division} {}", address.rest()).trim_start().to_owned()
            },
        ),
        FieldKind::Declaration { .. } => locale.say("已经同意", "Agreed").to_owned(),
        _ => raw(),
    })
}

/// In groups of four, as it stands on the card.
fn in_fours(digits: &str) -> String {
    let signs: Vec<char> = digits.chars().collect();
    signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// What a condition comes to by the answers.
fn truth(procedure: &Procedure, condition: &Condition, typed: &Typed, today: NaiveDate) -> Truth {
    let household = procedure.household(typed);
    Evaluation::new(&procedure.rules, &household, today, today).truth(condition, None)
}
