//! What is asked: the steps with their fields, and what of them conditions may reckon with.

use super::super::definition::{Field, FieldKind, Step};
use super::divisions;
use super::files::{FieldFile, KindName, RelationsFile};
use super::merged::{Merged, MergedStep};
use crate::eligibility::compile::{
    Complaints,
    facts::{choices, yes_no},
    files::OptionFile,
    lower::Names,
};
use crate::eligibility::pack::{Document, Fact, Kind, Pack, Scope, Topic};
use crate::localised::Localised;

/// The steps, with what each field is asked for left open.
pub(super) fn steps(merged: &Merged<'_>, region: &str, complaints: &mut Complaints) -> Vec<Step> {
    let mut step = |step: &MergedStep<'_>| {
        let fields = step.fields.iter().map(|(source, file)| Field {
            id: file.id.get_ref().clone(),
            // What has no kind is complained of, and nobody sees it.
            kind: complaints.keep(source, file.id.span(), kind(file, region)).unwrap_or(FieldKind::YesNo),
            label: file.label.clone(),
            called: file.called.clone(),
            hint: file.hint.clone(),
            optional: file.optional,
            asked_if: None,
        });
        let fields = fields.collect();
        Step { id: step.id.clone(), title: step.title.clone(), lead: step.lead.clone(), fields }
    };
    merged.steps.iter().map(&mut step).collect()
}

/// A pack with what conditions may name: fields whose answers can be reckoned with, and papers.
pub(super) fn begun(steps: &[Step], merged: &Merged<'_>, relations: Option<&RelationsFile>, names: &mut Names) -> Pack {
    let mut facts = Vec::new();
    for (topic, step) in steps.iter().enumerate() {
        for field in &step.fields {
            let Some(kind) = fact_kind(&field.kind, relations) else { continue };
            names.facts.insert(field.id.clone(), facts.len());
            facts.push(Fact { hint: field.hint.clone(), ..fact(&field.id, kind, topic, &field.label) });
        }
    }
    let topic = |step: &Step| Topic { id: step.id.clone(), name: step.title.clone(), sensitive: None };
    let documents = merged.papers.iter();
    let documents = documents.map(|(_, file)| Document { id: file.id.get_ref().clone(), name: file.name.clone() });
    Pack {
        region: String::new(),
        name: Localised::new("", ""),
        chain: Vec::new(),
        recheck: 0,
        topics: steps.iter().map(topic).collect(),
        facts,
        computed: Vec::new(),
        params: Vec::new(),
        documents: documents.collect(),
        sources: Vec::new(),
        benefits: Vec::new(),
        contradictions: Vec::new(),
    }
}

/// A fact of the household, asked in the words of its field.
pub(super) fn fact(id: &str, kind: Kind, topic: usize, label: &Localised) -> Fact {
    Fact {
        id: id.to_owned(),
        scope: Scope::Household,
        kind,
        topic,
        label: label.clone(),
        question: label.clone(),
        hint: None,
        who_knows: None,
        asked_if: None,
        who: None,
    }
}

/// None for what no condition can reckon with.
fn fact_kind(kind: &FieldKind, relations: Option<&RelationsFile>) -> Option<Kind> {
    match kind {
        FieldKind::Relation => relations.map(|known| Kind::Choice(known.who.iter().map(OptionFile::option).collect())),
        FieldKind::Date => Some(Kind::Birth),
        FieldKind::Money { most } => Some(Kind::Money { most: *most, bands: Vec::new() }),
        FieldKind::YesNo => Some(Kind::Choice(yes_no())),
        FieldKind::Choice(options) => Some(Kind::Choice(options.clone())),
        _ => None,
    }
}

fn kind(file: &FieldFile, region: &str) -> Result<FieldKind, String> {
    match file.kind {
        KindName::Name => Ok(FieldKind::Name),
        KindName::IdNumber => Ok(FieldKind::IdNumber),
        KindName::Phone => Ok(FieldKind::Phone),
        KindName::Relation => Ok(FieldKind::Relation),
        KindName::Address => Ok(FieldKind::Address(divisions::of_city(region))),
        KindName::Date => Ok(FieldKind::Date),
        KindName::Money => {
            let most = file.most.unwrap_or(MOST_YUAN);
            let fen = (1..=MOST_YUAN).contains(&most).then_some(most * 100);
            fen.map(|most| FieldKind::Money { most }).ok_or_else(|| format!("`most` is 1 to {MOST_YUAN} yuan"))
        }
        KindName::Account => Ok(FieldKind::Account),
        KindName::Certificate => Ok(FieldKind::Certificate),
        KindName::YesNo => Ok(FieldKind::YesNo),
        KindName::Choice => choices(&file.options).map(FieldKind::Choice),
        KindName::Words => {
            let most = usize::try_from(file.most.unwrap_or(500)).ok().filter(|most| (1..=MOST_WORDS).contains(most));
            most.map(|most| FieldKind::Words { most }).ok_or_else(|| format!("`most` is 1 to {MOST_WORDS} characters"))
        }
        KindName::Declaration => {
            let declaration = file.declaration.as_ref().ok_or("a declaration has a version and a text")?;
            let consent = declaration.consent.iter().map(|id| id.get_ref().clone()).collect();
            let (version, text) = (declaration.version.clone(), declaration.text.clone());
            Ok(FieldKind::Declaration { version, text, consent })
        }
    }
}

/// More than any sum that is paid at once.
const MOST_YUAN: i64 = 10_000_000;
/// More than anybody reads.
const MOST_WORDS: usize = 5_000;
