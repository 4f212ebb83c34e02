//! A definition as programs read it.

use chrono::NaiveDate;
use serde::Serialize;
use shared::calendar::Limit;
use shared::eligibility::pack::{FactOption, Gives, Grade, Legal};
use shared::localised::Localised;
use shared::procedures::definition::{ClockRule, Paper};
use shared::procedures::{Field, FieldKind, Payee, Procedure, Step};

use super::benefit;
use super::files::shown::FileLimits;
use crate::policy::Offered;

/// What an application asks and needs.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct ProcedureShown {
    id: String,
    /// Region whose rules these are: the one asked for, or the nearest above it that has any.
    region: String,
    /// SHA-256 of the definition: the same hash, the same questions and rules.
    hash: String,
    name: Localised,
    summary: Localised,
    gives: Gives,
    payee: Payee,
    /// The day from which it is known to hold.
    since: Option<NaiveDate>,
    /// Its last day, where it has an end.
    until: Option<NaiveDate>,
    /// How what is given is worked out, in words; the bureau says what it comes to.
    formula: Option<Localised>,
    basis: Vec<ProcedureSource>,
    /// What nobody but the bureau knows.
    unknown: Vec<Localised>,
    /// Within which time it is decided; none where no text that was seen sets one.
    clock: Option<ProcedureClock>,
    /// After which time it counts as accepted; none where no text says so.
    silence: Option<ProcedureClock>,
    /// Ids of fields of which one value is granted once, whoever asks.
    once: Vec<String>,
    steps: Vec<ProcedureStep>,
    papers: Vec<ProcedurePaper>,
    /// What is taken of papers as photographs or files; the counter takes all of them.
    files: FileLimits,
}

/// A page of the form.
#[derive(Serialize, utoipa::ToSchema)]
struct ProcedureStep {
    id: String,
    title: Localised,
    lead: Option<Localised>,
    fields: Vec<ProcedureField>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ProcedureField {
    id: String,
    kind: ProcedureFieldKind,
    label: Localised,
    hint: Option<Localised>,
    optional: bool,
    /// Wanted only where other answers make it matter; left out, it is told when the draft is handed in.
    conditional: bool,
    /// Of `relation` and `choice`: what can be answered, by `id`. Of `address`: the divisions that can stand before the rest, as in
    /// `440305 …`; `elsewhere …` for others.
    options: Vec<ProcedureOption>,
    /// Of `money`: the most in fen. Of `words`: the most characters.
    most: Option<i64>,
    declaration: Option<ProcedureDeclaration>,
}

/// What a field holds. A date is typed as `2026-05-20`, a sum in yuan, `yes_no` and `declaration` as `yes` or `no`.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum ProcedureFieldKind {
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

#[derive(Serialize, utoipa::ToSchema)]
struct ProcedureOption {
    id: String,
    label: Localised,
}

/// What is agreed to.
#[derive(Serialize, utoipa::ToSchema)]
struct ProcedureDeclaration {
    version: String,
    text: Localised,
    /// Ids of the answers that are kept by this consent alone: asked for with them, and taken back with `withdraw`.
    consent: Vec<String>,
}

/// What is handed in as photographs or a file, or brought to the counter.
#[derive(Serialize, utoipa::ToSchema)]
struct ProcedurePaper {
    id: String,
    name: Localised,
    hint: Option<Localised>,
    /// Needed only where other answers make it matter.
    conditional: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ProcedureSource {
    document: Localised,
    /// Where in it, in Chinese and in English.
    article: Option<Localised>,
    url: Option<String>,
    grade: Grade,
    /// When somebody last read it.
    checked: NaiveDate,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ProcedureClock {
    /// `days`, `unit` (`working` or `calendar`), and `roll`: whether a last day of rest moves to the next day that is worked.
    #[schema(value_type = Object)]
    limit: Limit,
    source: ProcedureSource,
}

impl ProcedureShown {
    pub(super) fn of(offered: &Offered) -> Option<Self> {
        let procedure = &offered.procedure;
        let benefit = benefit(procedure)?;
        let basis = benefit.basis.iter().filter_map(|index| source(procedure, *index));
        Some(Self {
            id: procedure.id.clone(),
            region: offered.region.clone(),
            hash: offered.hash.clone(),
            name: benefit.name.clone(),
            summary: benefit.summary.clone(),
            gives: benefit.gives,
            payee: procedure.payee,
            since: benefit.valid_since(),
            until: benefit.valid_to,
            formula: benefit.amount.as_ref().map(|amount| amount.formula.clone()),
            basis: basis.collect(),
            unknown: benefit.unknown.clone(),
            clock: procedure.clock.and_then(|rule| clock(procedure, rule)),
            silence: procedure.silence.and_then(|rule| clock(procedure, rule)),
            once: procedure.once.clone(),
            steps: procedure.steps.iter().map(|step| ProcedureStep::of(procedure, step)).collect(),
            papers: procedure.papers.iter().map(ProcedurePaper::of).collect(),
            files: FileLimits::now(),
        })
    }
}

impl ProcedureStep {
    fn of(procedure: &Procedure, step: &Step) -> Self {
        Self {
            id: step.id.clone(),
            title: step.title.clone(),
            lead: step.lead.clone(),
            fields: step.fields.iter().map(|field| ProcedureField::of(procedure, field)).collect(),
        }
    }
}

impl ProcedureField {
    fn of(procedure: &Procedure, field: &Field) -> Self {
        let (kind, options, most) = match &field.kind {
            FieldKind::Name => (ProcedureFieldKind::Name, Vec::new(), None),
            FieldKind::IdNumber => (ProcedureFieldKind::IdNumber, Vec::new(), None),
            FieldKind::Phone => (ProcedureFieldKind::Phone, Vec::new(), None),
            FieldKind::Relation => {
                let who = procedure.relations.as_ref().map(|relations| options(&relations.who));
                (ProcedureFieldKind::Relation, who.unwrap_or_default(), None)
            }
            FieldKind::Address(divisions) => (ProcedureFieldKind::Address, options(divisions), None),
            FieldKind::Date => (ProcedureFieldKind::Date, Vec::new(), None),
            FieldKind::Money { most } => (ProcedureFieldKind::Money, Vec::new(), Some(*most)),
            FieldKind::Account => (ProcedureFieldKind::Account, Vec::new(), None),
            FieldKind::Certificate => (ProcedureFieldKind::Certificate, Vec::new(), None),
            FieldKind::YesNo => (ProcedureFieldKind::YesNo, Vec::new(), None),
            FieldKind::Choice(known) => (ProcedureFieldKind::Choice, options(known), None),
            FieldKind::Words { most } => (ProcedureFieldKind::Words, Vec::new(), i64::try_from(*most).ok()),
            FieldKind::Declaration { .. } => (ProcedureFieldKind::Declaration, Vec::new(), None),
        };
        let declaration = match &field.kind {
            FieldKind::Declaration { version, text, consent } => {
                Some(ProcedureDeclaration { version: version.clone(), text: text.clone(), consent: consent.clone() })
            }
            _ => None,
        };
        Self {
            id: field.id.clone(),
            kind,
            label: field.label.clone(),
            hint: field.hint.clone(),
            optional: field.optional,
            conditional: field.asked_if.is_some(),
            options,
            most,
            declaration,
        }
    }
}

impl ProcedurePaper {
    fn of(paper: &Paper) -> Self {
        Self {
            id: paper.id.clone(),
            name: paper.name.clone(),
            hint: paper.hint.clone(),
            conditional: paper.needed_if.is_some(),
        }
    }
}

impl From<&Legal> for ProcedureSource {
    fn from(legal: &Legal) -> Self {
        let article = legal.article.as_ref().zip(legal.article_en.as_ref());
        Self {
            document: Localised::new(&legal.document, &legal.document_en),
            article: article.map(|(zh, en)| Localised::new(zh, en)),
            url: legal.url.clone(),
            grade: legal.grade,
            checked: legal.checked,
        }
    }
}

fn source(procedure: &Procedure, index: usize) -> Option<ProcedureSource> {
    procedure.rules.sources.get(index).map(ProcedureSource::from)
}

fn clock(procedure: &Procedure, rule: ClockRule) -> Option<ProcedureClock> {
    Some(ProcedureClock { limit: rule.limit, source: source(procedure, rule.source)? })
}

fn options(known: &[FactOption]) -> Vec<ProcedureOption> {
    known.iter().map(|option| ProcedureOption { id: option.id.clone(), label: option.label.clone() }).collect()
}
