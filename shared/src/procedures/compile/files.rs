//! The files of procedures as they are written (docs/adding-a-procedure.md).

use serde::Deserialize;
use toml::Spanned;

use super::super::definition::{Holds, Payee, Route};
use crate::calendar::Unit;
use crate::eligibility::compile::files::{BenefitFile, OptionFile, Text};
use crate::localised::Localised;

/// What one place says of a procedure; a place below says only what differs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProcedureFile {
    /// Whether the place takes applications.
    pub offered: Option<bool>,
    /// Name, basis, sources, figures, conditions and amount, as of a benefit.
    #[serde(default)]
    pub rules: BenefitFile,
    #[serde(default)]
    pub steps: Vec<StepFile>,
    #[serde(default)]
    pub papers: Vec<PaperFile>,
    /// Fields and papers of the places above that are not asked for here.
    #[serde(default)]
    pub drop: Vec<Text>,
    pub relations: Option<RelationsFile>,
    pub once: Option<Vec<Text>>,
    pub clock: Option<ClockFile>,
    pub silence: Option<ClockFile>,
    pub payee: Option<Payee>,
    /// The date field whose day decides which rules and figures hold.
    pub counts: Option<Text>,
    #[serde(default)]
    pub compared: Vec<ComparedFile>,
    pub route: Option<Route>,
    pub claim: Option<ClockFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepFile {
    pub id: Text,
    /// The place that begins a step names it.
    pub title: Option<Localised>,
    pub lead: Option<Localised>,
    #[serde(default)]
    pub fields: Vec<FieldFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldFile {
    pub id: Text,
    pub kind: KindName,
    pub label: Localised,
    /// What the office reads instead, where the label speaks to whoever fills it in.
    pub called: Option<Localised>,
    pub hint: Option<Localised>,
    #[serde(default)]
    pub optional: bool,
    pub asked_if: Option<Text>,
    /// Of money in yuan, of words in characters.
    pub most: Option<i64>,
    #[serde(default)]
    pub options: Vec<OptionFile>,
    pub declaration: Option<DeclarationFile>,
    #[serde(default)]
    pub refuse: Vec<RefuseFile>,
}

/// What cannot be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefuseFile {
    pub id: Text,
    #[serde(rename = "if")]
    pub condition: Text,
    pub says: Localised,
}

/// Whether two answers are the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ComparedFile {
    pub id: Text,
    pub one: Text,
    pub other: Text,
    pub holds: Holds,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum KindName {
    Name,
    IdNumber,
    Phone,
    Relation,
    Address,
    Date,
    Money,
    Account,
    Certificate,
    YesNo,
    Choice,
    Words,
    Declaration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclarationFile {
    pub version: String,
    pub text: Localised,
    /// The answers that are kept by this consent alone.
    #[serde(default)]
    pub consent: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperFile {
    pub id: Text,
    pub name: Localised,
    pub hint: Option<Localised>,
    pub needed_if: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationsFile {
    pub version: String,
    /// Left out where no text that was seen says who may apply.
    pub source: Option<Text>,
    pub who: Vec<OptionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockFile {
    pub days: Spanned<usize>,
    pub unit: Unit,
    #[serde(default)]
    pub roll: bool,
    pub source: Text,
}
