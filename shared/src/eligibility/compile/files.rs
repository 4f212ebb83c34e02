//! The files of packs as they are written (docs/policy-packs.md).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::super::pack::{FactOption, Gives, Grade, LifeEvent, Scope, Unit};
use crate::localised::Localised;

/// A text whose place in its file is known, so that a complaint can name the line.
pub type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionFile {
    pub name: Localised,
    /// Months after which a source has to be read again; the nearest region that says so counts.
    pub recheck: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactsFile {
    pub topics: Vec<TopicFile>,
    pub facts: Vec<FactFile>,
    #[serde(default)]
    pub conditions: Vec<ConditionFile>,
    #[serde(default)]
    pub computed: Vec<ComputedFile>,
    #[serde(default)]
    pub documents: Vec<DocumentFile>,
    #[serde(default)]
    pub contradictions: Vec<ContradictionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicFile {
    pub id: Text,
    pub name: Localised,
    pub sensitive: Option<Localised>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactFile {
    pub id: Text,
    pub scope: Scope,
    pub topic: Text,
    pub kind: KindName,
    pub least: Option<i64>,
    pub most: Option<i64>,
    #[serde(default)]
    pub bands: Vec<i64>,
    #[serde(default)]
    pub options: Vec<OptionFile>,
    pub label: Localised,
    pub question: Localised,
    pub hint: Option<Localised>,
    pub who_knows: Option<Localised>,
    pub asked_if: Option<Text>,
    pub who: Option<Localised>,
    pub others: Option<Text>,
    pub nobody: Option<Localised>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindName {
    Money,
    Count,
    Birth,
    YesNo,
    Choice,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionFile {
    pub id: String,
    pub zh: String,
    pub en: String,
}

impl OptionFile {
    pub fn option(&self) -> FactOption {
        FactOption { id: self.id.clone(), label: Localised::new(self.zh.as_str(), self.en.as_str()) }
    }
}

/// A condition that several rules share, by a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionFile {
    pub id: Text,
    pub scope: Scope,
    #[serde(rename = "if")]
    pub condition: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComputedFile {
    pub id: Text,
    pub scope: Scope,
    pub unit: Unit,
    pub label: Localised,
    pub formula: Localised,
    pub value: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFile {
    pub id: Text,
    pub name: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContradictionFile {
    pub id: Text,
    pub scope: Scope,
    #[serde(rename = "if")]
    pub condition: Text,
    pub says: Localised,
}

/// What one region says of a benefit; a region below says only what differs.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitFile {
    pub name: Option<Localised>,
    pub summary: Option<Localised>,
    pub scope: Option<Scope>,
    pub rung: Option<u8>,
    pub events: Option<Vec<LifeEvent>>,
    pub gives: Option<Gives>,
    pub valid: Option<Spanned<ValidFile>>,
    pub basis: Option<Vec<Text>>,
    pub already: Option<Text>,
    pub excludes: Option<Vec<Text>>,
    pub unknown: Option<Vec<NoteFile>>,
    #[serde(default)]
    pub sources: BTreeMap<String, SourceFile>,
    #[serde(default)]
    pub params: BTreeMap<String, ParamFile>,
    #[serde(default)]
    pub requires: Vec<RequireFile>,
    #[serde(default)]
    pub drop: Vec<Text>,
    pub amount: Option<AmountFile>,
    pub apply: Option<ApplyFile>,
}

/// Something that the pack does not know.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteFile {
    pub zh: Text,
    pub en: String,
    /// The figures and switches that it says are not known.
    #[serde(default)]
    pub of: Vec<Text>,
}

impl NoteFile {
    pub fn words(&self) -> Localised {
        Localised { zh: self.zh.get_ref().clone(), en: self.en.clone() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidFile {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// The text that says the first day: a law above the place has another than the place's own rule.
    pub source: Option<Text>,
    /// No text names the day: `from` only says where to begin.
    #[serde(default)]
    pub undated: bool,
    pub dated_by: Option<DatedBy>,
}

/// How a text names the first day of what it sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatedBy {
    Day,
    /// It names the month, which is taken from its first day.
    Month,
    /// A rule says when it comes into force; whoever reads it on that day knows it.
    Clause,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    pub document: Spanned<Localised>,
    pub article: Option<Spanned<Localised>>,
    pub url: Option<String>,
    /// Where a copy was read that is on no official site; told to those who check it again and to nobody else.
    pub seen: Option<String>,
    pub grade: Grade,
    /// The day from which it binds, where conditions that rest on it are older.
    pub in_force: Option<NaiveDate>,
    /// The day that the document bears.
    pub dated: Option<NaiveDate>,
    /// The day it was first read, once `checked` has moved on.
    pub found: Option<NaiveDate>,
    pub checked: NaiveDate,
}

impl SourceFile {
    /// The earliest day on which there is proof that what it says was known.
    pub fn known(&self) -> NaiveDate {
        self.dated.or(self.found).unwrap_or(self.checked)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParamFile {
    pub unit: Option<Unit>,
    pub name: Option<Localised>,
    pub per: Option<Localised>,
    pub renewed: Option<u32>,
    pub rises: Option<bool>,
    pub limit: Option<bool>,
    pub ceiling: Option<CeilingFile>,
    #[serde(default)]
    pub values: Vec<ValueFile>,
}

/// How high a figure can be while it is not known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CeilingFile {
    pub pace: Text,
    pub most: Text,
    pub because: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueFile {
    pub from: Spanned<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub value: Text,
    /// Where several hold side by side and nobody is asked which: the least of them, and `value` is the greatest.
    pub least: Option<Text>,
    pub source: Text,
    /// The day it became known, where that is not the day of its source.
    pub published: Option<NaiveDate>,
    /// The source names no day: `from` only says where to begin.
    #[serde(default)]
    pub undated: bool,
    pub dated_by: Option<DatedBy>,
    /// Nothing is known of the days since the value before.
    #[serde(default)]
    pub after_gap: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequireFile {
    pub id: Text,
    #[serde(rename = "if")]
    pub condition: Option<Text>,
    pub decided_by: Option<Decider>,
    #[serde(default)]
    pub routine: bool,
    /// Sources of what is routine; everything else names its `text`.
    #[serde(default)]
    pub basis: Vec<Text>,
    #[serde(default)]
    pub text: Vec<PassageFile>,
    /// Of a procedure: no text that was seen says it, so it is looked at and is no ground of a refusal.
    #[serde(default)]
    pub unwritten: bool,
    #[serde(default)]
    pub evidence: Vec<Text>,
    #[serde(default)]
    pub unless: Vec<UnlessFile>,
    pub says: SaysFile,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    Bureau,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlessFile {
    pub id: Text,
    #[serde(rename = "if")]
    pub condition: Text,
    pub grants: bool,
    #[serde(default)]
    pub text: Vec<PassageFile>,
    pub says: Localised,
}

/// What a condition stands for: the place in a source, and what that asks in our own plain words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageFile {
    pub source: Text,
    /// Article, paragraph and item; left out where the source has none or they were not seen.
    pub at: Option<Localised>,
    pub asks: Localised,
}

/// A condition that the bureau decides has the open sentence alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaysFile {
    pub rule: Option<Localised>,
    pub yes: Option<Localised>,
    pub no: Option<Localised>,
    pub open: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountFile {
    pub value: Text,
    pub most: Option<Text>,
    pub per: Localised,
    pub formula: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplyFile {
    pub place: Localised,
    #[serde(default)]
    pub channels: Vec<Localised>,
    #[serde(default)]
    pub documents: Vec<Text>,
    pub takes: Option<Localised>,
}
