//! Test cases that lie beside the packs: a household, a day, and what must come out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;

use super::{
    super::{
        answers::{Household, Question},
        pack::Pack,
        span::Span,
        told::{self, Limit, PersonTold, Told, Value},
        verdict::{Outcome, Status, Verdict, check},
    },
    Complaint, Files,
};

/// `440300/cases/….toml`, see docs/policy-packs.md.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    pub says: String,
    pub as_of: NaiveDate,
    pub known_on: Option<NaiveDate>,
    #[serde(default)]
    pub complete: bool,
    #[serde(default)]
    pub household: BTreeMap<String, Value>,
    #[serde(default)]
    pub people: Vec<PersonTold>,
    #[serde(default)]
    pub expect: BTreeMap<String, Status>,
    #[serde(default)]
    pub open: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    pub failing: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    pub amount: BTreeMap<String, Value>,
    /// The benefits that are there already.
    #[serde(default)]
    pub already: BTreeSet<String>,
    /// Contradictions that the answers hold.
    #[serde(default)]
    pub contradictions: BTreeSet<String>,
}

impl CaseFile {
    pub fn told(&self) -> Told {
        Told { household: self.household.clone(), people: self.people.clone(), complete: self.complete }
    }

    /// The day whose knowledge counts.
    pub fn known_on(&self) -> NaiveDate {
        self.known_on.unwrap_or(NaiveDate::MAX)
    }
}

/// The cases of one region, by the path of their files.
pub fn cases_of<'a>(files: &'a Files, region: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let folder = format!("{region}/cases/");
    files.iter().filter(move |(path, _)| path.starts_with(&folder)).map(|(path, text)| (path.as_str(), text.as_str()))
}

/// Reads the text of a case.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn read(text: &str) -> Result<CaseFile, String> {
    toml::from_str(text).map_err(|error: toml::de::Error| error.message().to_owned())
}

/// Runs one case; complains of everything that comes out otherwise.
pub fn run(pack: &Pack, path: &str, text: &str) -> Vec<Complaint> {
    let complain = |text: String| Complaint { file: path.to_owned(), line: 0, text };
    let case = match read(text) {
        Ok(case) => case,
        Err(wrong) => return vec![complain(wrong)],
    };
    if case.expect.is_empty() && case.contradictions.is_empty() {
        return vec![complain("the case expects nothing".to_owned())];
    }
    match told::read(pack, &case.told(), case.as_of) {
        Err(mistakes) => {
            mistakes.into_iter().map(|mistake| complain(format!("{}: {}", mistake.field, mistake.what))).collect()
        }
        Ok(household) => {
            let outcome = check(pack, &household, case.as_of, case.known_on());
            compare(pack, &household, &case, &outcome).into_iter().map(complain).collect()
        }
    }
}

fn compare(pack: &Pack, household: &Household, case: &CaseFile, outcome: &Outcome) -> Vec<String> {
    let found = |key: &str| outcome.verdicts.iter().find(|verdict| name(pack, household, verdict) == key);
    let mut wrong = Vec::new();
    for (key, expected) in &case.expect {
        match found(key) {
            None => wrong.push(format!("there is no answer for `{key}`")),
            Some(verdict) if verdict.status != *expected => {
                let (open, failing) = (open(pack, household, verdict), failing(pack, verdict));
                wrong.push(format!(
                    "`{key}` should be {expected:?} and is {:?}; open: {open:?}, failing: {failing:?}",
                    verdict.status
                ));
            }
            Some(_) => {}
        }
    }
    for (key, expected) in &case.open {
        let open = found(key).map(|verdict| open(pack, household, verdict));
        if open.as_ref() != Some(expected) {
            wrong.push(format!("`{key}` should wait for {expected:?} and waits for {open:?}"));
        }
    }
    for (key, expected) in &case.failing {
        let failing = found(key).map(|verdict| failing(pack, verdict));
        if failing.as_ref() != Some(expected) {
            wrong.push(format!("`{key}` should fail by {expected:?} and fails by {failing:?}"));
        }
    }
    for (key, expected) in &case.amount {
        let (amount, expected) = (found(key).and_then(|verdict| verdict.amount), span(expected));
        if amount.is_none() || amount != expected {
            wrong.push(format!("`{key}` should give {expected:?} and gives {amount:?}"));
        }
    }
    let there = outcome.verdicts.iter().filter(|verdict| verdict.already);
    let already: BTreeSet<String> = there.map(|verdict| name(pack, household, verdict)).collect();
    if already != case.already {
        wrong.push(format!("{:?} should be there already and {already:?} are", case.already));
    }
    let contradictions: BTreeSet<String> =
        outcome.contradictions.iter().map(|(place, _)| pack.contradictions[*place].id.clone()).collect();
    if contradictions != case.contradictions {
        wrong.push(format!("contradictions should be {:?} and are {contradictions:?}", case.contradictions));
    }
    wrong
}

/// `dibao`, or `old_age_allowance@妈妈` for a person's benefit.
pub fn name(pack: &Pack, household: &Household, verdict: &Verdict) -> String {
    let benefit = &pack.benefits[verdict.benefit].id;
    match verdict.who {
        Some(person) => format!("{benefit}@{}", household.people[person].name),
        None => benefit.clone(),
    }
}

fn open(pack: &Pack, household: &Household, verdict: &Verdict) -> BTreeSet<String> {
    let name = |asked: &Question| match asked {
        Question::Household(fact) => pack.facts[*fact].id.clone(),
        Question::Person(person, fact) => format!("{}@{}", pack.facts[*fact].id, household.people[*person].name),
        Question::People => "people".to_owned(),
    };
    verdict.open.iter().map(name).collect()
}

fn failing(pack: &Pack, verdict: &Verdict) -> BTreeSet<String> {
    let failing = verdict.reasons.iter().filter(|reason| reason.truth == super::super::truth::Truth::No);
    failing.map(|reason| pack.benefits[verdict.benefit].requires[reason.requirement].id.clone()).collect()
}

fn span(value: &Value) -> Option<Span> {
    let limit = |limit: &Limit| match limit {
        Limit::Whole(yuan) => yuan.checked_mul(100),
        Limit::Word(word) => told::money::fen(word),
    };
    match value {
        Value::Whole(yuan) => yuan.checked_mul(100).map(Span::exactly),
        Value::Word(word) => told::money::fen(word).map(Span::exactly),
        Value::Range { from, to } => Some(Span {
            low: from.as_ref().and_then(limit).map(Into::into),
            high: to.as_ref().and_then(limit).map(Into::into),
        }),
        _ => None,
    }
}
