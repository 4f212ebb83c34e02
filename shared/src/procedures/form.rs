//! What stands in the fields of an application, as typed, and what it means.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::definition::{Field, FieldKind, Procedure, Step};
use super::value::{Address, BankAccount, CertificateNumber};
use crate::civil_date::parse_date;
use crate::eligibility::answers::{Answer, EVERYBODY, Household, Question};
use crate::eligibility::dates::days;
use crate::eligibility::evaluate::Evaluation;
use crate::eligibility::expr::Condition;
use crate::eligibility::told::money;
use crate::eligibility::truth::Truth;
use crate::field::{Asked, FieldErrors, Reason, choice};
use crate::identity::{IdDocument, IdType, NotThisDocument, PersonName, Phone, clean::sentence};

/// What people typed, by the ids of fields; a date is `2026-05-20`, a tick is `yes`.
pub type Typed = BTreeMap<String, String>;

/// What a field holds once it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Name(PersonName),
    Id(IdDocument),
    Phone(Phone),
    /// One of the relations or options, by its id.
    Choice(String),
    Date(NaiveDate),
    /// In fen.
    Money(i64),
    Account(BankAccount),
    Certificate(CertificateNumber),
    YesNo(bool),
    Address(Address),
    Words(String),
    /// Agreed to in this version.
    Agreed {
        version: String,
    },
}

/// What was read, by the ids of fields; none for what was left out.
pub type Values = BTreeMap<String, Value>;

impl Procedure {
    /// Reads one page, of which the fields count that are asked for by what stands in all of them.
    ///
    /// # Errors
    /// At the ids of its fields.
    pub fn read_step(&self, step: &Step, typed: &Typed, today: NaiveDate) -> Result<Values, FieldErrors> {
        let household = self.household(typed);
        self.read_fields(&step.fields, typed, &Evaluation::new(&self.rules, &household, today, today))
    }

    /// Reads everything.
    ///
    /// # Errors
    /// At the ids of all fields, in the order of the form.
    pub fn read(&self, typed: &Typed, today: NaiveDate) -> Result<Values, FieldErrors> {
        let household = self.household(typed);
        self.read_fields(self.fields(), typed, &Evaluation::new(&self.rules, &household, today, today))
    }

    /// The fields of a page that are asked for by what stands in all of them.
    pub fn asked<'p>(&self, step: &'p Step, typed: &Typed, today: NaiveDate) -> Vec<&'p Field> {
        let household = self.household(typed);
        let evaluation = Evaluation::new(&self.rules, &household, today, today);
        step.fields.iter().filter(|field| is_asked(field, &evaluation)).collect()
    }

    fn read_fields<'a>(
        &self,
        fields: impl IntoIterator<Item = &'a Field>,
        typed: &Typed,
        evaluation: &Evaluation<'_>,
    ) -> Result<Values, FieldErrors> {
        let (mut values, mut errors) = (Values::new(), FieldErrors::new());
        for field in fields {
            let text = typed.get(&field.id).map_or("", String::as_str);
            let is_left_out = field.optional && text.trim().is_empty() && !bears(field, typed);
            if is_left_out || !is_asked(field, evaluation) {
                continue;
            }
            let value = self.value(field, text).and_then(|value| self.possible(field, evaluation).map(|()| value));
            if let Some(value) = errors.keep(&field.id, value) {
                values.insert(field.id.clone(), value);
            }
        }
        errors.into_result().map(|()| values)
    }

    /// Refuses at a field what certainly cannot be, beside what else was typed.
    fn possible(&self, field: &Field, evaluation: &Evaluation<'_>) -> Result<(), Reason> {
        let mut refuse = self.refuse.iter().filter(|refuse| refuse.field == field.id);
        let refused = refuse.find(|refuse| evaluation.truth(&refuse.condition, None) == Truth::Yes);
        refused.map_or(Ok(()), |refuse| Err(refuse.reason()))
    }

    /// What the rules can reckon with: what was typed and can be read.
    pub fn household(&self, typed: &Typed) -> Household {
        let mut household = Household::new(&self.rules);
        household.list = EVERYBODY;
        for (at, fact) in self.rules.facts.iter().enumerate() {
            household.set(Question::Household(at), self.answered(&fact.id, typed).unwrap_or(Answer::NotAsked));
        }
        household
    }

    /// What is known of one fact.
    fn answered(&self, fact: &str, typed: &Typed) -> Option<Answer> {
        if let Some(compared) = self.compared.iter().find(|known| known.id == fact) {
            return Some(yes_or_no(self.is_so(compared, typed)));
        }
        answer(&self.options(&self.field(fact)?.kind), &self.read_one(fact, typed)?)
    }

    /// The consents that were given, each with the answers that rest on it.
    pub fn consents<'p>(&'p self, typed: &'p Typed) -> impl Iterator<Item = (&'p Field, &'p [String])> {
        self.fields().filter_map(move |field| match &field.kind {
            FieldKind::Declaration { consent, .. } if typed.get(&field.id).is_some_and(|text| text.trim() == "yes") => {
                (!consent.is_empty()).then_some((field, consent.as_slice()))
            }
            _ => None,
        })
    }

    /// Reads one field.
    ///
    /// # Errors
    /// What to look at, in a sentence.
    pub fn value(&self, field: &Field, text: &str) -> Result<Value, Reason> {
        match &field.kind {
            FieldKind::Name => PersonName::parse(text).map(Value::Name),
            FieldKind::IdNumber => id(text).map(Value::Id),
            FieldKind::Phone => Phone::parse(text).map(Value::Phone),
            FieldKind::Relation | FieldKind::Choice(_) => {
                one_of(self.options(&field.kind).into_iter(), text).map(Value::Choice)
            }
            FieldKind::Date => parse_date(Asked::DATE, text, YEARS.0, YEARS.1).map(Value::Date),
            FieldKind::Money { most } => sum(text, *most).map(Value::Money),
            FieldKind::Account => BankAccount::parse(text).map(Value::Account),
            FieldKind::Certificate => CertificateNumber::parse(text).map(Value::Certificate),
            FieldKind::YesNo => one_of(["no", "yes"].into_iter(), text).map(|answer| Value::YesNo(answer == "yes")),
            FieldKind::Address(divisions) => Address::parse(text, divisions).map(Value::Address),
            FieldKind::Words { most } => sentence(WORDS, *most, text).map(Value::Words),
            FieldKind::Declaration { version, .. } => match text.trim() {
                "yes" => Ok(Value::Agreed { version: version.clone() }),
                _ => Err(Reason::Missing(AGREED)),
            },
        }
    }
}

/// Years that an application can speak of.
const YEARS: (i32, i32) = (1900, 2100);
const CHOICE: &Asked = &Asked::chosen(
    "choice_missing",
    ("请选一项。", "Choose one."),
    ("请从列出的选项中选择一项。", "Choose one of the answers listed."),
);
const SUM: &Asked = &Asked::typed("money_missing", ("请填写金额。", "Enter the sum."), ("金额", "sum"));
const WORDS: &Asked =
    &Asked::typed("words_missing", ("请写一写。", "Please say something here."), ("这一项", "answer"));
const AGREED: &Asked = &Asked::one_of(
    "declaration_missing",
    "请看过这段话，同意的话在前面打勾。",
    "Read this statement and tick the box if you agree.",
);

/// The number of a card with eighteen digits, whoever issues it.
fn id(text: &str) -> Result<IdDocument, Reason> {
    let read = IdDocument::parse(IdType::ResidentId, text);
    let read = match read {
        Err(NotThisDocument::Other(
            other @ (IdType::HkMacaoTaiwanResidencePermit | IdType::ForeignPermanentResidentId),
        )) => IdDocument::parse(other, text),
        read => read,
    };
    read.map_err(|wrong| match wrong {
        NotThisDocument::Unreadable(reason) => reason,
        NotThisDocument::Other(_) => Reason::own(
            "id_card_needed",
            "请填写 18 位的身份证号码；没有的，请到窗口办理。",
            "Enter the identity number of eighteen characters; without one, please come to the counter.",
        ),
    })
}

fn one_of<'a>(mut known: impl Iterator<Item = &'a str>, text: &str) -> Result<String, Reason> {
    choice(CHOICE, text, |answer| known.find(|id| *id == answer).map(str::to_owned))
}

fn sum(text: &str, most: i64) -> Result<i64, Reason> {
    if text.trim().is_empty() {
        return Err(Reason::Missing(SUM));
    }
    money::fen(text).filter(|fen| (0..=most).contains(fen)).ok_or_else(|| {
        let yuan = most / 100;
        Reason::own(
            "money_range",
            format!("金额请写成元，例如 1200 或者 1200.50，最多 {yuan} 元。"),
            format!("Write the sum in yuan, such as 1200 or 1200.50, and no more than {yuan}."),
        )
    })
}

/// Whether an answer stands that rests on this consent: then it is asked for although nobody has to give it.
fn bears(field: &Field, typed: &Typed) -> bool {
    match &field.kind {
        FieldKind::Declaration { consent, .. } => consent.iter().any(|id| is_filled(typed, id)),
        _ => false,
    }
}

fn is_filled(typed: &Typed, id: &str) -> bool {
    typed.get(id).is_some_and(|text| !text.trim().is_empty())
}

/// Whether a field can matter.
fn is_asked(field: &Field, evaluation: &Evaluation<'_>) -> bool {
    let can_hold = |condition: &Condition| evaluation.truth(condition, None) != Truth::No;
    field.asked_if.as_ref().is_none_or(can_hold)
}

/// What a value answers in the rules, of options by their ids.
fn answer(options: &[&str], value: &Value) -> Option<Answer> {
    match value {
        Value::Date(day) => Some(Answer::exactly(days(*day))),
        Value::Money(fen) => Some(Answer::exactly(*fen)),
        Value::YesNo(yes) => Some(yes_or_no(*yes)),
        Value::Choice(id) => options.iter().position(|option| option == id).map(|at| Answer::OneOf(1 << at)),
        _ => None,
    }
}

fn yes_or_no(yes: bool) -> Answer {
    Answer::OneOf(1 << u32::from(yes))
}

#[cfg(test)]
#[cfg(feature = "compile")]
mod tests;
