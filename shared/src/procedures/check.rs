//! How the rules stand for what was typed: the check of a procedure before anything is handed in, by the engine of the
//! benefits and on the same kind of pack.

use chrono::NaiveDate;

use super::definition::{FieldKind, Procedure};
use super::form::{Typed, Value};
use crate::calendar::{Classes, Deadline};
use crate::eligibility::answer::{ResultAnswer, answer};
use crate::eligibility::answers::Household;
use crate::eligibility::pack::FactOption;
use crate::eligibility::verdict::{Outcome, Verdict, check};
use crate::locale::Locale;

/// What the rules make of the answers so far. It decides nothing: the bureau does, and what is handed in is looked at
/// whatever stands here.
pub struct Checked {
    pub household: Household,
    pub outcome: Outcome,
}

impl Procedure {
    /// The day whose rules and figures count, where the definition names its date and that can be read.
    pub fn counts_on(&self, typed: &Typed) -> Option<NaiveDate> {
        match self.counts.as_ref().and_then(|field| self.read_one(field, typed)) {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        }
    }

    /// By when it is to be claimed, where a text says so and the day that counts was answered.
    pub fn claim_ends(&self, typed: &Typed, calendar: &impl Classes) -> Option<Deadline> {
        Some(self.claim?.limit.ends(self.counts_on(typed)?, calendar))
    }

    /// Looks at what was typed by the rules of the day that counts, as far as they are known today.
    pub fn check(&self, typed: &Typed, today: NaiveDate) -> Checked {
        let household = self.household(typed);
        let outcome = check(&self.rules, &household, self.counts_on(typed).unwrap_or(today), today);
        Checked { household, outcome }
    }

    /// A field's value as far as it can be read.
    pub(super) fn read_one(&self, id: &str, typed: &Typed) -> Option<Value> {
        let field = self.field(id)?;
        self.value(field, typed.get(id)?).ok()
    }

    /// The options that a field is answered by, for the kinds that have any.
    pub(super) fn options<'a>(&'a self, kind: &'a FieldKind) -> Vec<&'a str> {
        let options: &[FactOption] = match (kind, &self.relations) {
            (FieldKind::Relation, Some(relations)) => &relations.who,
            (FieldKind::Choice(options), _) => options,
            _ => &[],
        };
        options.iter().map(|option| option.id.as_str()).collect()
    }
}

impl Checked {
    /// None where the rules that were seen hold before or after the day that counts.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.outcome.verdicts.first()
    }

    /// The same in words, with every condition and its source.
    pub fn answer(&self, procedure: &Procedure, locale: Locale) -> Option<ResultAnswer> {
        answer(&procedure.rules, &self.household, &self.outcome, locale).results.into_iter().next()
    }
}
