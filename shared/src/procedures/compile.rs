//! From the files of a procedure, `440300/procedures/green_burial.toml` and those of the places above, to one [`Procedure`],
//! or to everything that is wrong with them.

mod files;
mod merged;

use std::collections::{BTreeMap, HashMap};

use self::files::{ClockFile, FieldFile, ProcedureFile};
use self::merged::{MergedPaper, MergedStep, merge};
use super::definition::{ClockRule, Field, FieldKind, Paper, Payee, Procedure, Relations, Step};
use crate::calendar::Limit;
use crate::eligibility::compile::{
    Complaint, Complaints, Files, Source, benefit, chain,
    files::Text,
    layer::{Filling, Layer, Layers},
    lower::{Context, Names},
};
use crate::eligibility::expr::Condition;
use crate::eligibility::pack::{Document, Fact, FactOption, Kind, Pack, Scope, Topic};
use crate::localised::Localised;

/// The procedures that a region or a place above it has a file of, in order of their names.
pub fn names<'a>(files: &'a Files, region: &str) -> Vec<&'a str> {
    let above = crate::eligibility::compile::above(region);
    let mut found: Vec<&str> = files.keys().filter_map(|path| named(path, &above)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn named<'a>(path: &'a str, above: &[String]) -> Option<&'a str> {
    let (code, rest) = path.split_once("/procedures/")?;
    let id = rest.strip_suffix(".toml").filter(|id| !id.contains('/'))?;
    above.iter().any(|known| known == code).then_some(id)
}

/// Compiles one procedure of a region.
///
/// # Errors
/// All complaints about the files it is made of.
pub fn compile(files: &Files, region: &str, id: &str) -> Result<Procedure, Vec<Complaint>> {
    let mut complaints = Complaints::default();
    let procedure = build(files, region, id, &mut complaints);
    complaints.finish(procedure)
}

/// A file of one place.
struct Read<'a> {
    source: Source<'a>,
    file: ProcedureFile,
}

fn build(files: &Files, region: &str, id: &str, complaints: &mut Complaints) -> Option<Procedure> {
    let (chain, recheck) = chain(files, region, complaints)?;
    let (mut read, mut rules): (Vec<Read<'_>>, Vec<Layer<'_>>) = (Vec::new(), Vec::new());
    for place in &chain {
        let Some((path, text)) = files.get_key_value(&format!("{}/procedures/{id}.toml", place.code)) else { continue };
        let source = Source { path, text };
        let mut file = complaints.read::<ProcedureFile>(&source)?;
        let own = std::mem::take(&mut file.rules);
        rules.push(Layer { region: place.code.clone(), source, file: own });
        read.push(Read { source, file });
    }
    let (steps, papers) = merge(&read, complaints);
    let mut names = Names::default();
    let mut pack = begun(&steps, &papers, &mut names, complaints);
    region.clone_into(&mut pack.region);
    pack.name = chain.last()?.name.clone();
    pack.chain = chain;
    pack.recheck = recheck;

    let layers: Layers<'_> = BTreeMap::from([(id.to_owned(), rules)]);
    benefit::name_all(&layers, &mut pack, &mut names, complaints);
    benefit::fill_all(&layers, &names, &mut pack, complaints);

    let mut filling = Filling { id, layers: &layers[id], names: &names, sources: HashMap::new() };
    let nearest = |says: &dyn Fn(&ProcedureFile) -> bool| read.iter().rposition(|one| says(&one.file));
    let mut clock = |of: &dyn Fn(&ProcedureFile) -> Option<&ClockFile>, complaints: &mut Complaints| {
        let layer = nearest(&|file| of(file).is_some())?;
        clock_rule(of(&read[layer].file)?, (layer, &read[layer].source), &mut filling, &mut pack, complaints)
    };
    let decided = clock(&|file| file.clock.as_ref(), complaints);
    let silence = clock(&|file| file.silence.as_ref(), complaints);
    let relations = nearest(&|file| file.relations.is_some()).and_then(|layer| {
        let file = read[layer].file.relations.as_ref()?;
        let source = *filling.sources_of(layer, std::slice::from_ref(&file.source), &mut pack, complaints).first()?;
        let who = file.who.iter().map(files::OptionFile::option).collect();
        Some(Relations { version: file.version.clone(), source, who })
    });
    let place = Context { names: &names, facts: &pack.facts, benefit: Some(id), scope: Scope::Household };
    let condition = |text: Option<&Text>, source: &Source<'_>, complaints: &mut Complaints| -> Option<Condition> {
        let text = text?;
        complaints.keep(source, text.span(), place.condition(text.get_ref()))
    };
    let steps = steps.iter().map(|step| {
        let fields = step.fields.iter().map(|(source, field)| Field {
            id: field.id.get_ref().clone(),
            kind: kind(field, source, complaints),
            label: field.label.clone(),
            hint: field.hint.clone(),
            optional: field.optional,
            asked_if: condition(field.asked_if.as_ref(), source, complaints),
        });
        let fields = fields.collect();
        Step { id: step.id.clone(), title: step.title.clone(), lead: step.lead.clone(), fields }
    });
    let steps: Vec<Step> = steps.collect();
    let papers = papers.iter().map(|MergedPaper { source, file }| Paper {
        id: file.id.get_ref().clone(),
        name: file.name.clone(),
        hint: file.hint.clone(),
        needed_if: condition(file.needed_if.as_ref(), source, complaints),
    });
    let papers = papers.collect();
    let once = nearest(&|file| file.once.is_some()).map_or_else(Vec::new, |layer| {
        let Read { source, file } = &read[layer];
        let known = |id: &str| steps.iter().flat_map(|step| &step.fields).any(|field| field.id == id);
        let once = file.once.iter().flatten().filter(|id| {
            let is_known = known(id.get_ref());
            if !is_known {
                complaints.add(source, Some(id.span()), format!("there is no field `{}`", id.get_ref()));
            }
            is_known
        });
        once.map(|id| id.get_ref().clone()).collect()
    });
    let is_offered = read.iter().rev().find_map(|one| one.file.offered).unwrap_or(false);
    let payee = nearest(&|file| file.payee.is_some()).and_then(|layer| read[layer].file.payee);
    Some(Procedure {
        id: id.to_owned(),
        is_offered,
        rules: pack,
        steps,
        papers,
        relations,
        once,
        clock: decided,
        silence,
        payee: payee.unwrap_or(Payee::Applicant),
    })
}

/// What conditions may name: the fields with an answer that can be reckoned with, and the papers.
fn begun(steps: &[MergedStep<'_>], papers: &[MergedPaper<'_>], names: &mut Names, complaints: &mut Complaints) -> Pack {
    let mut facts = Vec::new();
    for (topic, step) in steps.iter().enumerate() {
        for (source, field) in &step.fields {
            let Some(kind) = fact_kind(field) else { continue };
            if names.facts.insert(field.id.get_ref().clone(), facts.len()).is_some() {
                complaints.add(source, Some(field.id.span()), "this field is there twice");
            }
            facts.push(Fact {
                id: field.id.get_ref().clone(),
                scope: Scope::Household,
                kind,
                topic,
                label: field.label.clone(),
                question: field.label.clone(),
                hint: field.hint.clone(),
                who_knows: None,
                asked_if: None,
                who: None,
            });
        }
    }
    let topic = |step: &MergedStep<'_>| Topic { id: step.id.clone(), name: step.title.clone(), sensitive: None };
    let document = |MergedPaper { file, .. }: &MergedPaper<'_>| Document {
        id: file.id.get_ref().clone(),
        name: file.name.clone(),
    };
    Pack {
        region: String::new(),
        name: Localised::new("", ""),
        chain: Vec::new(),
        recheck: 0,
        topics: steps.iter().map(topic).collect(),
        facts,
        computed: Vec::new(),
        params: Vec::new(),
        documents: papers.iter().map(document).collect(),
        sources: Vec::new(),
        benefits: Vec::new(),
        contradictions: Vec::new(),
    }
}

/// None for what no condition can reckon with.
fn fact_kind(field: &FieldFile) -> Option<Kind> {
    match field.kind {
        files::KindName::Date => Some(Kind::Birth),
        files::KindName::Money => Some(Kind::Money { most: most_fen(field), bands: Vec::new() }),
        files::KindName::YesNo => Some(Kind::Choice(yes_no())),
        files::KindName::Choice => Some(Kind::Choice(options(field))),
        _ => None,
    }
}

fn kind(field: &FieldFile, source: &Source<'_>, complaints: &mut Complaints) -> FieldKind {
    match field.kind {
        files::KindName::Name => FieldKind::Name,
        files::KindName::IdNumber => FieldKind::IdNumber,
        files::KindName::Phone => FieldKind::Phone,
        files::KindName::Relation => FieldKind::Relation,
        files::KindName::Address => FieldKind::Address,
        files::KindName::Date => FieldKind::Date,
        files::KindName::Money => FieldKind::Money { most: most_fen(field) },
        files::KindName::Account => FieldKind::Account,
        files::KindName::Certificate => FieldKind::Certificate,
        files::KindName::YesNo => FieldKind::YesNo,
        files::KindName::Choice => {
            let options = options(field);
            if options.len() < 2 {
                complaints.add(source, Some(field.id.span()), "a choice has two options or more");
            }
            FieldKind::Choice(options)
        }
        files::KindName::Words => {
            FieldKind::Words { most: field.most.map_or(500, |most| usize::try_from(most).unwrap_or(500)) }
        }
        files::KindName::Declaration => {
            if let Some(declaration) = &field.declaration {
                let (version, text) = (declaration.version.clone(), declaration.text.clone());
                return FieldKind::Declaration { version, text };
            }
            complaints.add(source, Some(field.id.span()), "a declaration has a version and a text");
            FieldKind::YesNo
        }
    }
}

fn options(field: &FieldFile) -> Vec<FactOption> {
    field.options.iter().map(files::OptionFile::option).collect()
}

/// As yes and no stand in every pack.
fn yes_no() -> Vec<FactOption> {
    let option = |id: &str, zh: &str, en: &str| FactOption { id: id.to_owned(), label: Localised::new(zh, en) };
    vec![option("no", "不是", "No"), option("yes", "是", "Yes")]
}

fn most_fen(field: &FieldFile) -> i64 {
    field.most.unwrap_or(1_000_000).saturating_mul(100)
}

fn clock_rule(
    file: &ClockFile,
    (layer, source): (usize, &Source<'_>),
    filling: &mut Filling<'_>,
    pack: &mut Pack,
    complaints: &mut Complaints,
) -> Option<ClockRule> {
    let days = *file.days.get_ref();
    if days > Limit::MOST {
        complaints.add(source, Some(file.days.span()), format!("a time has at most {} days", Limit::MOST));
    }
    let cited = *filling.sources_of(layer, std::slice::from_ref(&file.source), pack, complaints).first()?;
    Some(ClockRule { days, unit: file.unit, roll: file.roll, source: cited })
}

#[cfg(test)]
pub(crate) mod tests;
