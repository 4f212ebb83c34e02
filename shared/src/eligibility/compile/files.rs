//! The files of packs as they are written (docs/policy-packs.md).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::super::pack::{Gives, Grade, LifeEvent, Scope, Unit};
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
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitFile {
    pub name: Option<Localised>,
    pub summary: Option<Localised>,
    pub scope: Option<Scope>,
    pub rung: Option<u8>,
    pub events: Option<Vec<LifeEvent>>,
    pub gives: Option<Gives>,
    pub valid: Option<ValidFile>,
    pub basis: Option<Vec<Text>>,
    pub already: Option<Text>,
    pub excludes: Option<Vec<Text>>,
    pub unknown: Option<Vec<Localised>>,
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

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidFile {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    pub document: String,
    pub article: Option<String>,
    pub url: Option<String>,
    pub grade: Grade,
    pub checked: NaiveDate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParamFile {
    pub unit: Option<Unit>,
    pub name: Option<Localised>,
    pub per: Option<Localised>,
    pub renewed: Option<u32>,
    pub rises: Option<bool>,
    #[serde(default)]
    pub values: Vec<ValueFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueFile {
    pub from: Spanned<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub value: Text,
    pub source: Text,
    pub published: NaiveDate,
    /// The source names no day: `from` only says where to begin.
    #[serde(default)]
    pub undated: bool,
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
    #[serde(default)]
    pub basis: Vec<Text>,
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
    pub says: Localised,
}

/// A condition that the bureau decides has the open sentence alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaysFile {
    pub yes: Option<Localised>,
    pub no: Option<Localised>,
    pub open: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountFile {
    pub value: Text,
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
