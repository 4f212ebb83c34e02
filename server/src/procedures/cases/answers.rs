//! Answers as the office sees them before it asks for more: nobody's name, number or money in full.

use chrono::NaiveDate;
use shared::eligibility::answers::Household;
use shared::eligibility::evaluate::Evaluation;
use shared::eligibility::expr::Condition;
use shared::eligibility::truth::Truth;
use shared::eligibility::words::money;
use shared::locale::Locale;
use shared::localised::Localised;
use shared::procedures::{Field, FieldKind, Procedure, Value};

use crate::procedures::contents::Contents;

/// One answer as the office sees it before it asks for more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub field: String,
    /// As the office calls it.
    pub label: Localised,
    /// In words, masked where it names somebody or their money.
    pub shown: Localised,
    /// Whether there is more to reveal.
    pub is_masked: bool,
    /// As it stood before the family or the office changed it, masked alike.
    pub before: Option<Localised>,
}

/// All that was answered, in the order of the form.
pub(super) fn answers(procedure: &Procedure, contents: &Contents) -> Vec<Answer> {
    let answer = |field: &Field| {
        let text = contents.typed.get(&field.id).filter(|text| !text.trim().is_empty());
        let before = contents.before.get(&field.id);
        if text.is_none() && before.is_none() {
            return None;
        }
        Some(Answer {
            field: field.id.clone(),
            label: field.for_office().clone(),
            shown: shown(procedure, field, text.map_or("", String::as_str)),
            is_masked: is_masked(&field.kind),
            before: before.map(|before| shown(procedure, field, before)),
        })
    };
    procedure.fields().filter_map(answer).collect()
}

/// Ids of the papers that are needed by what was answered.
pub(super) fn papers(procedure: &Procedure, household: &Household, today: NaiveDate) -> Vec<String> {
    let evaluation = Evaluation::new(&procedure.rules, household, today, today);
    let is_needed = |condition: &Condition| evaluation.truth(condition, None) != Truth::No;
    let needed = procedure.papers.iter().filter(|paper| paper.needed_if.as_ref().is_none_or(is_needed));
    needed.map(|paper| paper.id.clone()).collect()
}

/// Whether a field of this kind names somebody, where they live or where they are paid.
fn is_masked(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Name
        | FieldKind::IdNumber
        | FieldKind::Phone
        | FieldKind::Address(_)
        | FieldKind::Account
        | FieldKind::Certificate
        | FieldKind::Words { .. } => true,
        FieldKind::Relation
        | FieldKind::Date
        | FieldKind::Money { .. }
        | FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Declaration { .. } => false,
    }
}

fn shown(procedure: &Procedure, field: &Field, text: &str) -> Localised {
    let both = |text: &str| Localised::new(text, text);
    match procedure.value(field, text) {
        Ok(Value::Name(name)) => both(&name.masked()),
        Ok(Value::Id(document)) => both(&document.masked()),
        Ok(Value::Phone(phone)) => both(&phone.masked()),
        Ok(Value::Account(account)) => both(&account.masked()),
        Ok(Value::Certificate(number)) => both(&ending(number.as_str())),
        Ok(Value::Words(_) | Value::Address(_)) => Localised::new("（已填写）", "(filled in)"),
        Ok(Value::Choice(id)) => option(procedure, field, &id),
        Ok(Value::Date(day)) => both(&day.to_string()),
        Ok(Value::Money(fen)) => Localised::new(money(Locale::Zh, fen.into()), money(Locale::En, fen.into())),
        Ok(Value::YesNo(true)) => Localised::new("是", "Yes"),
        Ok(Value::YesNo(false)) => Localised::new("否", "No"),
        Ok(Value::Agreed { version }) => {
            Localised::new(format!("已同意（版本 {version}）"), format!("Agreed (version {version})"))
        }
        Err(_) if text.trim().is_empty() => Localised::new("（没有填）", "(left empty)"),
        Err(_) => Localised::new("（读不出来）", "(not readable)"),
    }
}

/// The last four signs, behind what hides the others.
fn ending(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    let shown = signs.len().saturating_sub(4).max(signs.len() / 2);
    format!("**** {}", signs[shown..].iter().collect::<String>())
}

fn option(procedure: &Procedure, field: &Field, id: &str) -> Localised {
    let known = match &field.kind {
        FieldKind::Choice(options) => options.as_slice(),
        _ => procedure.relations.as_ref().map_or(&[][..], |relations| relations.who.as_slice()),
    };
    known.iter().find(|option| option.id == id).map_or_else(|| Localised::new(id, id), |option| option.label.clone())
}
