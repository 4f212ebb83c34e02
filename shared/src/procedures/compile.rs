//! From the files of a procedure, `440300/procedures/green_burial.toml` and those of the places above, to one [`Procedure`],
//! or to everything that is wrong with them.

mod fields;
mod files;
mod merged;

use std::collections::{BTreeMap, HashMap};

use self::files::{ClockFile, ProcedureFile, RelationsFile};
use self::merged::{Merged, merge};
use super::definition::{ClockRule, Paper, Payee, Procedure, Relations, Step};
use crate::calendar::Limit;
use crate::eligibility::compile::{
    Complaint, Complaints, Files, Source, above, benefit, chain,
    files::{OptionFile, Text},
    layer::{Filling, Layer, Layers},
    lints,
    lower::{Context, Names},
};
use crate::eligibility::expr::Condition;
use crate::eligibility::pack::{Pack, Scope};

/// The procedures that a region or a place above it has a file of, in order of their names.
pub fn names<'a>(files: &'a Files, region: &str) -> Vec<&'a str> {
    let above = above(region);
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
    let mut steps = fields::steps(&merged, complaints);
    let mut names = Names::default();
    let mut pack = fields::begun(&steps, &merged, &mut names);
    region.clone_into(&mut pack.region);
    pack.name = chain.last()?.name.clone();
    pack.chain = chain;
    pack.recheck = recheck;

    let layers: Layers<'_> = BTreeMap::from([(id.to_owned(), rules)]);
    benefit::name_all(&layers, &mut pack, &mut names, complaints);
    benefit::fill_all(&layers, &names, &mut pack, complaints);
    if complaints.is_empty() {
        lints::of_pack(&layers, &pack, complaints);
    }

    let mut citing = Citing { filling: Filling { id, layers: &layers[id], names: &names, sources: HashMap::new() } };
    let clock = nearest(&read, |file| file.clock.as_ref());
    let clock = clock.and_then(|at| citing.clock(&read, at, &mut pack, complaints));
    let silence = nearest(&read, |file| file.silence.as_ref());
    let silence = silence.and_then(|at| citing.clock(&read, at, &mut pack, complaints));
    let relations = nearest(&read, |file| file.relations.as_ref());
    let relations = relations.and_then(|at| citing.relations(at, &mut pack, complaints));

    let place = Context { names: &names, facts: &pack.facts, benefit: Some(id), scope: Scope::Household };
    ask_only_if(&mut steps, &merged, place, complaints);
    let papers = papers(&merged, place, complaints);
    let once = once(&read, &steps, complaints);
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
    ) -> Option<Relations> {
        let source = self.source((layer, &file.source), pack, complaints)?;
        Some(Relations {
            version: file.version.clone(),
            source,
            who: file.who.iter().map(OptionFile::option).collect(),
        })
    }

    /// Where it stands in the pack; what the rules cite already stands there once.
    fn source(&mut self, (layer, name): (usize, &Text), pack: &mut Pack, complaints: &mut Complaints) -> Option<usize> {
        let at = *self.filling.sources_of(layer, std::slice::from_ref(name), pack, complaints).first()?;
        let first = pack.sources.iter().position(|known| *known == pack.sources[at])?;
        if first < at && at + 1 == pack.sources.len() {
            pack.sources.pop();
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
        let is_known = steps.iter().flat_map(|step| &step.fields).any(|field| field.id == *id.get_ref());
        let found = is_known.then(|| id.get_ref().clone());
        let found = found.ok_or_else(|| format!("there is no field `{}`", id.get_ref()));
        once.extend(complaints.keep(&read[layer].source, id.span(), found));
    }
    once
}

#[cfg(test)]
pub(crate) mod tests;
