//! From the files of a procedure, `440300/procedures/green_burial.toml` and those of the places above, to one [`Procedure`],
//! or to everything that is wrong with them.

mod addressed;
pub mod cases;
mod compared;
mod consents;
mod divisions;
mod fields;
mod files;
mod merged;
mod places;
mod sums;

use std::collections::{BTreeMap, HashMap};

use self::compared::has_one_form;
use self::files::{ClockFile, ProcedureFile, RefuseFile, RelationsFile};
use self::merged::{Merged, merge};
pub use self::places::{names, nearest_place, places};
use super::definition::{ClockRule, FieldKind, Paper, Payee, Procedure, Refuse, Relations, Step};
use crate::calendar::Limit;
use crate::eligibility::compile::{
    Complaint, Complaints, Files, Source, benefit, chain,
    files::{OptionFile, Text},
    layer::{Filling, Layer, Layers},
    lints,
    lower::{Context, Names},
};
use crate::eligibility::expr::Condition;
use crate::eligibility::pack::{Pack, Scope};

/// Compiles one procedure of a region.
///
/// # Errors
/// All complaints about the files it is made of.
pub fn compile(files: &Files, region: &str, id: &str) -> Result<Procedure, Vec<Complaint>> {
    let mut complaints = Complaints::default();
    let procedure = build(files, region, id, &mut complaints);
    complaints.finish(procedure)
}

/// Compiles every procedure of every place that has a file of one.
///
/// # Errors
/// All complaints about all files.
pub fn compile_all(files: &Files) -> Result<Vec<Procedure>, Vec<Complaint>> {
    let (mut compiled, mut complaints) = (Vec::new(), Vec::new());
    for (place, id) in places(files) {
        match compile(files, place, id) {
            Ok(procedure) => compiled.push(procedure),
            Err(found) => complaints.extend(found),
        }
    }
    complaints.sort();
    complaints.dedup();
    if complaints.is_empty() { Ok(compiled) } else { Err(complaints) }
}

/// What one place says, its rules aside.
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
        let Some(mut file) = complaints.read::<ProcedureFile>(&source) else { continue };
        rules.push(Layer { region: place.code.clone(), source, file: std::mem::take(&mut file.rules) });
        read.push(Read { source, file });
    }
    if read.is_empty() {
        complaints.add(&Source { path: region, text: "" }, None, format!("there is no procedure `{id}`"));
        return None;
    }
    let merged = merge(&read, complaints);
    addressed::looked_over(&merged, complaints);
    let mut steps = fields::steps(&merged, region, complaints);
    consents::looked_over(&merged, &steps, complaints);
    let relations = nearest(&read, |file| file.relations.as_ref());
    let mut names = Names::default();
    let mut pack = fields::begun(&steps, &merged, relations.map(|(_, file)| file), &mut names);
    let compared = compared::compared(&read, &steps, (&mut pack, &mut names), complaints);
    region.clone_into(&mut pack.region);
    pack.name = chain.last()?.name.clone();
    pack.chain = chain;
    pack.recheck = recheck;

    let layers: Layers<'_> = BTreeMap::from([(id.to_owned(), rules)]);
    benefit::name_all(&layers, &mut pack, &mut names, complaints);
    benefit::fill_all(&layers, &names, &mut pack, complaints);
    sums::set_apart(&mut pack);
    sums::founded(&layers[id], complaints);
    if complaints.is_empty() {
        lints::of_pack(&layers, &pack, complaints);
    }

    let mut citing = Citing { filling: Filling { id, layers: &layers[id], names: &names, sources: HashMap::new() } };
    let clock = nearest(&read, |file| file.clock.as_ref());
    let clock = clock.and_then(|at| citing.clock(&read, at, &mut pack, complaints));
    let silence = nearest(&read, |file| file.silence.as_ref());
    let silence = silence.and_then(|at| citing.clock(&read, at, &mut pack, complaints));
    let claim = nearest(&read, |file| file.claim.as_ref());
    let claim = claim.and_then(|at| citing.clock(&read, at, &mut pack, complaints));
    let relations = relations.map(|at| citing.relations(at, &mut pack, complaints));

    let place = Context { names: &names, facts: &pack.facts, benefit: Some(id), scope: Scope::Household };
    ask_only_if(&mut steps, &merged, place, complaints);
    let refuse = refusals(&merged, place, complaints);
    let papers = papers(&merged, place, complaints);
    let once = once(&read, &steps, complaints);
    let counts = counts(&read, &steps, complaints);
    Some(Procedure {
        id: id.to_owned(),
        is_offered: nearest(&read, |file| file.offered.as_ref()).is_some_and(|(_, offered)| *offered),
        rules: pack,
        steps,
        papers,
        relations,
        once,
        clock,
        silence,
        payee: nearest(&read, |file| file.payee.as_ref()).map_or(Payee::Applicant, |(_, payee)| *payee),
        counts,
        compared,
        refuse,
        route: nearest(&read, |file| file.route.as_ref()).map(|(_, route)| *route),
        claim,
    })
}

/// What the nearest place says of something, and which it is.
fn nearest<'r, T>(read: &'r [Read<'_>], of: impl Fn(&'r ProcedureFile) -> Option<&'r T>) -> Option<(usize, &'r T)> {
    read.iter().enumerate().rev().find_map(|(layer, one)| of(&one.file).map(|said| (layer, said)))
}

/// Takes over the sources that a procedure cites beside its rules.
struct Citing<'a> {
    filling: Filling<'a>,
}

impl Citing<'_> {
    fn clock(
        &mut self,
        read: &[Read<'_>],
        (layer, file): (usize, &ClockFile),
        pack: &mut Pack,
        complaints: &mut Complaints,
    ) -> Option<ClockRule> {
        let limit = Limit::new(*file.days.get_ref(), file.unit, file.roll);
        let limit = limit.ok_or_else(|| format!("a time has at most {} days", Limit::MOST));
        let limit = complaints.keep(&read[layer].source, file.days.span(), limit)?;
        Some(ClockRule { limit, source: self.source((layer, &file.source), pack, complaints)? })
    }

    fn relations(
        &mut self,
        (layer, file): (usize, &RelationsFile),
        pack: &mut Pack,
        complaints: &mut Complaints,
    ) -> Relations {
        let source = file.source.as_ref().map(|source| self.source((layer, source), pack, complaints));
        Relations {
            version: file.version.clone(),
            source: source.flatten(),
            who: file.who.iter().map(OptionFile::option).collect(),
        }
    }

    /// Where it stands in the pack; what the rules cite already stands there once.
    fn source(&mut self, (layer, name): (usize, &Text), pack: &mut Pack, complaints: &mut Complaints) -> Option<usize> {
        let at = *self.filling.sources_of(layer, std::slice::from_ref(name), pack, complaints).first()?;
        let first = pack.sources.iter().position(|known| *known == pack.sources[at])?;
        if first < at && at + 1 == pack.sources.len() {
            pack.sources.pop();
            // Whoever cites it next is led to the one that stays.
            self.filling.sources.values_mut().filter(|known| **known == at).for_each(|known| *known = first);
        }
        Some(first)
    }
}

/// Conditions are read once everything that they may name is known.
fn ask_only_if(steps: &mut [Step], merged: &Merged<'_>, place: Context<'_>, complaints: &mut Complaints) {
    let files = merged.steps.iter().flat_map(|step| &step.fields);
    for (field, (source, file)) in steps.iter_mut().flat_map(|step| &mut step.fields).zip(files) {
        field.asked_if = condition(file.asked_if.as_ref(), source, place, complaints);
    }
}

fn refusals(merged: &Merged<'_>, place: Context<'_>, complaints: &mut Complaints) -> Vec<Refuse> {
    let mut found: Vec<Refuse> = Vec::new();
    for (source, file) in merged.steps.iter().flat_map(|step| &step.fields) {
        for RefuseFile { id, condition: text, says } in &file.refuse {
            if found.iter().any(|known| known.id == *id.get_ref()) {
                complaints.add(source, Some(id.span()), format!("`{}` is there twice", id.get_ref()));
            }
            if let Some(untranslated) = lints::untranslated(says) {
                complaints.add(source, Some(id.span()), untranslated);
            }
            let Some(condition) = condition(Some(text), source, place, complaints) else { continue };
            let (field, id) = (file.id.get_ref().clone(), id.get_ref().clone());
            found.push(Refuse { field, id, condition, says: says.clone() });
        }
    }
    found
}

fn papers(merged: &Merged<'_>, place: Context<'_>, complaints: &mut Complaints) -> Vec<Paper> {
    let paper = merged.papers.iter().map(|(source, file)| Paper {
        id: file.id.get_ref().clone(),
        name: file.name.clone(),
        hint: file.hint.clone(),
        needed_if: condition(file.needed_if.as_ref(), source, place, complaints),
    });
    paper.collect()
}

fn condition(
    text: Option<&Text>,
    source: &Source<'_>,
    place: Context<'_>,
    complaints: &mut Complaints,
) -> Option<Condition> {
    let text = text?;
    complaints.keep(source, text.span(), place.condition(text.get_ref()))
}

fn once(read: &[Read<'_>], steps: &[Step], complaints: &mut Complaints) -> Vec<String> {
    let Some((layer, asked)) = nearest(read, |file| file.once.as_ref()) else { return Vec::new() };
    let mut once = Vec::new();
    for id in asked {
        let found = field(steps, id).and_then(|kind| {
            let known = has_one_form(kind).then(|| id.get_ref().clone());
            known.ok_or_else(|| format!("`{}` is no number and no name, which could be granted once", id.get_ref()))
        });
        once.extend(complaints.keep(&read[layer].source, id.span(), found));
    }
    once
}

fn counts(read: &[Read<'_>], steps: &[Step], complaints: &mut Complaints) -> Option<String> {
    let (layer, id) = nearest(read, |file| file.counts.as_ref())?;
    let found = field(steps, id).and_then(|kind| match kind {
        FieldKind::Date => Ok(id.get_ref().clone()),
        _ => Err(format!("`{}` is no date, whose day could count", id.get_ref())),
    });
    complaints.keep(&read[layer].source, id.span(), found)
}

/// What a field holds, by its name.
fn field<'s>(steps: &'s [Step], id: &Text) -> Result<&'s FieldKind, String> {
    let found = steps.iter().flat_map(|step| &step.fields).find(|field| field.id == *id.get_ref());
    found.map(|field| &field.kind).ok_or_else(|| format!("there is no field `{}`", id.get_ref()))
}

#[cfg(test)]
pub(crate) mod tests;
