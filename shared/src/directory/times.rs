//! When a place is open: the rules as they are written, and as they are read.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::calendar::Classes;
use crate::field::FieldErrors;
use crate::hours::{Change, DayHours, Hours, Now, Rule};

/// Rules, what is otherwise for a while, and both as the evaluator reads them. Cheap to clone, since thousands of places keep the
/// same hours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Times(Arc<Known>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    rules: Vec<Rule>,
    changes: Vec<Change>,
    hours: Hours,
    announced: Option<String>,
    invented: bool,
}

/// [`Times`] as they are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    rules: Vec<Rule>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Change>,
    #[serde(skip_serializing_if = "Option::is_none")]
    announced: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    invented: bool,
}

/// Hours that cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hours that cannot be meant")]
pub struct BadTimes;

impl Times {
    /// # Errors
    /// As [`Hours::read`].
    pub fn read(rules: Vec<Rule>, changes: Vec<Change>) -> Result<Self, FieldErrors> {
        let hours = Hours::read(&rules, changes.clone())?;
        Ok(Self(Arc::new(Known { rules, changes, hours, announced: None, invented: false })))
    }

    /// With the words of an announcement that no rule was read from, which are shown as they are.
    #[must_use]
    pub fn announced(self, words: Option<String>) -> Self {
        let announced = words.filter(|words| !words.is_empty());
        Self(Arc::new(Known { announced, ..Arc::unwrap_or_clone(self.0) }))
    }

    /// Made up for a demonstration, or not. A place whose hours are may be real all the same, with its address and its phone.
    #[must_use]
    pub fn invented(self, invented: bool) -> Self {
        Self(Arc::new(Known { invented, ..Arc::unwrap_or_clone(self.0) }))
    }

    /// The same rules with other changes.
    ///
    /// # Errors
    /// As [`Hours::read`].
    pub fn with(self, changes: Vec<Change>) -> Result<Self, FieldErrors> {
        let Known { rules, announced, invented, .. } = Arc::unwrap_or_clone(self.0);
        Ok(Self::read(rules, changes)?.announced(announced).invented(invented))
    }

    pub fn rules(&self) -> &[Rule] {
        &self.0.rules
    }

    pub fn changes(&self) -> &[Change] {
        &self.0.changes
    }

    /// Both, as they were read.
    pub fn hours(&self) -> &Hours {
        &self.0.hours
    }

    /// What was announced, where no rule says it.
    pub fn words(&self) -> Option<&str> {
        self.0.announced.as_deref()
    }

    /// Whether they were made up for a demonstration.
    pub fn are_invented(&self) -> bool {
        self.0.invented
    }

    /// How it stands for a service, or for the place as a whole.
    pub fn at(&self, now: NaiveDateTime, service: Option<&str>, calendar: &impl Classes) -> Now {
        self.0.hours.at(now, service, calendar)
    }

    /// What is announced for a day, with what changes leave of it.
    pub fn day(&self, date: NaiveDate, service: Option<&str>, calendar: &impl Classes) -> DayHours {
        self.0.hours.day(date, service, calendar)
    }

    /// The changes that hold now or later.
    pub fn ahead(&self, now: NaiveDateTime) -> impl Iterator<Item = &Change> {
        self.0.changes.iter().filter(move |change| change.to > now)
    }

    /// Whether a service has hours of its own here.
    pub fn has_own(&self, service: &str) -> bool {
        self.0.rules.iter().any(|rule| rule.service.as_deref() == Some(service))
    }
}

impl TryFrom<Written> for Times {
    type Error = BadTimes;

    fn try_from(written: Written) -> Result<Self, BadTimes> {
        let times = Self::read(written.rules, written.changes).map_err(|_| BadTimes)?;
        Ok(times.announced(written.announced).invented(written.invented))
    }
}

impl From<Times> for Written {
    fn from(times: Times) -> Self {
        let Known { rules, changes, announced, invented, .. } = Arc::unwrap_or_clone(times.0);
        Self { rules, changes, announced, invented }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_invented_stays_so_with_other_changes_and_as_it_is_kept_and_nothing_else_becomes_it() {
        let invented = Times::default().invented(true);
        assert!(invented.are_invented() && invented.clone().with(Vec::new()).unwrap().are_invented());
        let kept = serde_json::to_string(&invented).unwrap();
        assert_eq!(serde_json::from_str::<Times>(&kept).unwrap(), invented);
        let plain = serde_json::to_string(&Times::default()).unwrap();
        assert!(!plain.contains("invented"), "what was kept before is read as it was: {plain}");
        assert!(!serde_json::from_str::<Times>(&plain).unwrap().are_invented());
    }
}
