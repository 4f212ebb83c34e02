//! Test cases that lie beside the definitions: what a family types on a day, and what must come out of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;

use super::super::check::Checked;
use super::super::definition::{Procedure, Refuse};
use super::super::form::Typed;
use super::{compile, places};
use crate::eligibility::answers::Question;
use crate::eligibility::compile::{Complaint, Files};
use crate::eligibility::told::money;
use crate::eligibility::truth::Truth;
use crate::eligibility::verdict::{Status, Verdict};
use crate::locale::Locale;

/// `440300/procedures/cases/green_burial/….toml`, see docs/adding-a-procedure.md.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    pub says: String,
    /// The day on which it is typed.
    pub today: NaiveDate,
    #[serde(default)]
    pub typed: Typed,
    /// What another application says differently.
    pub other: Option<Typed>,
    pub expect: Expect,
}

/// What must come out; what is left out is not looked at.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub status: Option<Standing>,
    /// Exactly the fields that can still change it.
    pub open: Option<BTreeSet<String>>,
    /// Exactly the conditions that fail.
    pub failing: Option<BTreeSet<String>>,
    /// A sum in yuan, or `ask` where only the bureau can say it.
    pub amount: Option<String>,
    /// Fields that are asked for, by what was typed.
    #[serde(default)]
    pub asked: BTreeSet<String>,
    #[serde(default)]
    pub not_asked: BTreeSet<String>,
    /// What is refused, by its field and the id of the refusal.
    #[serde(default)]
    pub refused: BTreeMap<String, String>,
    /// Exactly the fields with a mistake, of all that is asked for.
    pub wrong: Option<BTreeSet<String>>,
    /// Whether the other application is for the same that is granted once.
    pub rival: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Likely,
    Ask,
    Bureau,
    No,
    /// The rules that were seen are of other days.
    Outside,
}

impl From<Option<Status>> for Standing {
    fn from(status: Option<Status>) -> Self {
        match status {
            Some(Status::Likely) => Self::Likely,
            Some(Status::Ask) => Self::Ask,
            Some(Status::Bureau) => Self::Bureau,
            Some(Status::No) => Self::No,
            None => Self::Outside,
        }
    }
}

/// Compiles every definition and runs the cases beside each; a definition without cases is not taken.
///
/// # Errors
/// All complaints about all files.
pub fn run_all(files: &Files) -> Result<usize, Vec<Complaint>> {
    let (mut count, mut complaints) = (0, Vec::new());
    for (place, id) in places(files) {
        match compile(files, place, id) {
            Ok(procedure) => {
                let mut cases = Vec::new();
                for (path, text) in cases_of(files, place, id) {
                    match read(text) {
                        Ok(case) => cases.push((path, case)),
                        Err(wrong) => complaints.push(complaint(path, wrong)),
                    }
                }
                count += cases.len();
                complaints.extend(cases.iter().flat_map(|(path, case)| run(&procedure, path, case)));
                let file = format!("{place}/procedures/{id}.toml");
                complaints.extend(untried(&procedure, &cases).into_iter().map(|text| complaint(&file, text)));
            }
            Err(found) => complaints.extend(found),
        }
    }
    complaints.sort();
    complaints.dedup();
    if complaints.is_empty() { Ok(count) } else { Err(complaints) }
}

/// The cases of one definition of one place, by the path of their files.
pub fn cases_of<'a>(files: &'a Files, place: &str, id: &str) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    let folder = format!("{place}/procedures/cases/{id}/");
    files.iter().filter(move |(path, _)| path.starts_with(&folder)).map(|(path, text)| (path.as_str(), text.as_str()))
}

/// Reads the text of a case.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn read(text: &str) -> Result<CaseFile, String> {
    let case: CaseFile = toml::from_str(text).map_err(|error: toml::de::Error| error.message().to_owned())?;
    amiss(&case).map_or(Ok(case), |text| Err(text.to_owned()))
}

fn amiss(CaseFile { other, expect, .. }: &CaseFile) -> Option<&'static str> {
    let Expect { status, open, failing, amount, asked, not_asked, refused, wrong, rival } = expect;
    let rules = status.is_some() || open.is_some() || failing.is_some() || amount.is_some();
    let form = wrong.is_some() || asked.len() + not_asked.len() + refused.len() > 0;
    if rival.is_some() != other.is_some() {
        return Some("`rival` says of an `other` application whether it is for the same");
    }
    if !(rules || form || rival.is_some()) {
        return Some("the case expects nothing");
    }
    let is_sum = |text: &String| text == ASK || money::fen(text).is_some();
    (!amount.as_ref().is_none_or(is_sum)).then_some("`amount` is a sum such as `2000 yuan`, or `ask`")
}

/// The sum that only the bureau can say.
const ASK: &str = "ask";

/// Runs one case; complains of everything that comes out otherwise.
pub fn run(procedure: &Procedure, path: &str, case: &CaseFile) -> Vec<Complaint> {
    let strange = case.typed.keys().chain(case.other.iter().flatten().map(|(field, _)| field));
    let strange = strange.filter(|field| procedure.field(field).is_none());
    let mut wrong: Vec<String> = strange.map(|field| format!("there is no field `{field}`")).collect();
    if wrong.is_empty() {
        wrong.extend(of_rules(procedure, case));
        wrong.extend(of_form(procedure, case));
        wrong.extend(of_other(procedure, case));
    }
    wrong.into_iter().map(|text| complaint(path, text)).collect()
}

/// What no case shows: a definition is taken only with what must come out of it.
fn untried(procedure: &Procedure, cases: &[(&str, CaseFile)]) -> Vec<String> {
    if cases.is_empty() {
        return vec![format!("there is no case in cases/{}/ that says what must come out", procedure.id)];
    }
    if !procedure.is_offered {
        return Vec::new();
    }
    let expected = || cases.iter().map(|(_, case)| &case.expect);
    let mut untried = Vec::new();
    for refuse in &procedure.refuse {
        if !expected().any(|expect| expect.refused.get(&refuse.field) == Some(&refuse.id)) {
            untried.push(format!("no case shows `{}` refused at `{}`", refuse.id, refuse.field));
        }
    }
    for rival in [true, false] {
        if !procedure.once.is_empty() && !expected().any(|expect| expect.rival == Some(rival)) {
            let other = if rival { "the same" } else { "something else" };
            untried.push(format!("no case shows another application for {other} than what is granted once"));
        }
    }
    let has_sum = procedure.rules.benefits.iter().any(|benefit| benefit.amount.is_some());
    if has_sum && !expected().any(|expect| expect.amount.is_some()) {
        untried.push("no case shows a sum, or that the bureau has to say it (`amount = \"ask\"`)".to_owned());
    }
    untried
}

fn of_rules(procedure: &Procedure, case: &CaseFile) -> Vec<String> {
    let checked = procedure.check(&case.typed, case.today);
    let verdict = checked.verdict();
    let (open, failing) = (open(procedure, verdict), failing(procedure, verdict));
    let expect = &case.expect;
    let mut wrong = Vec::new();
    let standing = Standing::from(verdict.map(|verdict| verdict.status));
    if let Some(expected) = expect.status.filter(|expected| *expected != standing) {
        wrong.push(format!("should be {expected:?} and is {standing:?}; open: {open:?}, failing: {failing:?}"));
    }
    if let Some(expected) = expect.open.as_ref().filter(|expected| **expected != open) {
        wrong.push(format!("should wait for {expected:?} and waits for {open:?}"));
    }
    if let Some(expected) = expect.failing.as_ref().filter(|expected| **expected != failing) {
        wrong.push(format!("should fail by {expected:?} and fails by {failing:?}"));
    }
    if let Some(expected) = &expect.amount {
        let found = sum(procedure, &checked);
        if found != money::fen(expected) {
            wrong.push(format!("should give {expected} and gives {found:?} fen"));
        }
    }
    wrong
}

/// What is told of the sum, in fen; none where the bureau has to be asked.
fn sum(procedure: &Procedure, checked: &Checked) -> Option<i64> {
    let answer = checked.answer(procedure, Locale::En)?;
    let amount = answer.telling_amount()?;
    amount.from.filter(|_| amount.from == amount.to)
}

fn open(procedure: &Procedure, verdict: Option<&Verdict>) -> BTreeSet<String> {
    let asked = verdict.into_iter().flat_map(|verdict| &verdict.open);
    let fields = asked.filter_map(|asked| match asked {
        Question::Household(fact) => Some(procedure.rules.facts[*fact].id.clone()),
        Question::Person(..) | Question::People => None,
    });
    fields.collect()
}

fn failing(procedure: &Procedure, verdict: Option<&Verdict>) -> BTreeSet<String> {
    let Some(verdict) = verdict else { return BTreeSet::new() };
    let failing = verdict.reasons.iter().filter(|reason| reason.truth == Truth::No);
    let conditions = &procedure.rules.benefits[verdict.benefit].requires;
    failing.map(|reason| conditions[reason.requirement].id.clone()).collect()
}

fn of_form(procedure: &Procedure, case: &CaseFile) -> Vec<String> {
    let expect = &case.expect;
    let errors = procedure.read(&case.typed, case.today).err().unwrap_or_default();
    let asked = procedure.steps.iter().flat_map(|step| procedure.asked(step, &case.typed, case.today));
    let asked: BTreeSet<&str> = asked.map(|field| field.id.as_str()).collect();
    let mut wrong = Vec::new();
    let unasked = expect.asked.iter().filter(|field| !asked.contains(field.as_str()));
    wrong.extend(unasked.map(|field| format!("`{field}` should be asked for and is not")));
    let needless = expect.not_asked.iter().filter(|field| asked.contains(field.as_str()));
    wrong.extend(needless.map(|field| format!("`{field}` should not be asked for and is")));
    for (field, refusal) in &expect.refused {
        let refuse = procedure.refuse.iter().find(|known| known.field == *field && known.id == *refusal);
        let reason = refuse.map(Refuse::reason);
        if reason.is_none() || errors.for_field(field) != reason.as_ref() {
            let found = errors.for_field(field).map(|reason| reason.sentence(Locale::En));
            wrong.push(format!("`{field}` should be refused by `{refusal}`; at it stands {found:?}"));
        }
    }
    let found: BTreeSet<String> = errors.iter().map(|error| error.field.clone()).collect();
    if let Some(expected) = expect.wrong.as_ref().filter(|expected| **expected != found) {
        wrong.push(format!("there should be mistakes at {expected:?} and they are at {found:?}"));
    }
    wrong
}

/// Whether two applications, each as far as it can be read, are for the same.
fn of_other(procedure: &Procedure, case: &CaseFile) -> Option<String> {
    let (other, expected) = (case.other.as_ref()?, case.expect.rival?);
    let mut typed = case.typed.clone();
    typed.extend(other.iter().map(|(field, text)| (field.clone(), text.clone())));
    let same = |field: &String| {
        let of = |typed: &Typed| procedure.compared_form(field, typed);
        of(&case.typed).is_some_and(|value| of(&typed) == Some(value))
    };
    let found = procedure.once.iter().any(same);
    let not = if expected { "" } else { " not" };
    (found != expected).then(|| format!("the other application should{not} be for the same"))
}

fn complaint(path: &str, text: String) -> Complaint {
    Complaint { file: path.to_owned(), line: 0, text }
}
