//! What is well formed and still wrong.

use std::collections::BTreeSet;

use super::{
    super::{
        answers::{Answer, EVERYBODY, Household, Question},
        evaluate::Evaluation,
        expr::{Condition, Mention},
        figures::only_params,
        pack::{Kind, Pack, Param, Requirement, Rule, Says, Scope, Unit},
        truth::Truth,
    },
    Complaint, Complaints, FACTS, Files, evidence,
    layer::{Layer, Layers},
    passages,
};
use crate::localised::Localised;

pub(crate) fn of_pack(layers: &Layers<'_>, pack: &Pack, complaints: &mut Complaints) {
    for (benefit, layers) in pack.benefits.iter().zip(layers.values()) {
        // The nearest file that speaks of a condition is the one to mend.
        let source = |requirement: &Requirement| {
            let says = |layer: &&Layer<'_>| layer.file.requires.iter().any(|file| *file.id.get_ref() == requirement.id);
            let layer = layers.iter().rev().find(says).unwrap_or(&layers[0]);
            let file = layer.file.requires.iter().find(|file| *file.id.get_ref() == requirement.id);
            (layer.source, file.map(|file| file.id.span()), file.is_some_and(|file| file.unwritten))
        };
        for requirement in &benefit.requires {
            let (source, at, unwritten) = source(requirement);
            let wrong = contradicting(pack, requirement, benefit.scope).into_iter().chain(strange(pack, requirement));
            let wrong = wrong.chain(of_somebody(pack, requirement));
            for text in wrong.chain(without_ceiling(pack, requirement)) {
                complaints.add(&source, at.clone(), text);
            }
            for text in passages::unfounded(pack, benefit, (requirement, unwritten)) {
                complaints.add(&source, at.clone(), text);
            }
            let says = &requirement.says;
            let texts = [&says.yes, &says.no, &says.open].into_iter().chain(&says.rule);
            for text in texts.filter_map(untranslated) {
                complaints.add(&source, at.clone(), text);
            }
        }
        let words = [&benefit.name, &benefit.summary, &benefit.apply.place].into_iter().chain(&benefit.unknown);
        for text in words.filter_map(untranslated) {
            complaints.add(&layers[0].source, None, text);
        }
        for layer in layers {
            let sources = layer.file.sources.values();
            for words in sources.flat_map(|file| [Some(&file.document), file.article.as_ref()]).flatten() {
                if let Some(text) = untranslated(words.get_ref()) {
                    complaints.add(&layer.source, Some(words.span()), text);
                }
            }
        }
    }
    for param in pack.params.iter().filter(|param| !param.limit && says_most(&param.name.zh)) {
        let source = &layers[&pack.benefits[param.benefit].id][0].source;
        complaints.add(source, None, format!("`{}` is the most that is given and says nothing of `limit`", param.id));
    }
    for (benefit, layers) in layers.values().enumerate() {
        evidence::of_figures(layers, complaints);
        evidence::of_claims(layers, pack, benefit, complaints);
    }
    if let Some(benefit) = circle(pack.benefits.len(), |benefit| benefits_needed(pack, benefit)) {
        let source = &layers[&pack.benefits[benefit].id][0].source;
        complaints.add(source, None, "this benefit rests on itself through `eligible`");
    }
    if let Some(param) = circle(pack.params.len(), |param| figures_needed(pack, param)) {
        let Param { id, benefit, .. } = &pack.params[param];
        let source = &layers[&pack.benefits[*benefit].id][0].source;
        complaints.add(source, None, format!("the figure `{id}` rests on itself"));
    }
}

/// Of what is the most, an old figure must not be told as a least.
fn says_most(name: &str) -> bool {
    ["最多", "最高", "上限"].iter().any(|word| name.contains(word))
}

/// Sums that a condition rests on and that may have no upper limit.
fn without_ceiling(pack: &Pack, requirement: &Requirement) -> Vec<String> {
    let mut rests_on = only_params(requirement.rule.mentions());
    let mut next = 0;
    while let Some(place) = rests_on.get(next) {
        let bases = figures_needed(pack, *place);
        let new: Vec<usize> = bases.into_iter().filter(|base| !rests_on.contains(base)).collect();
        rests_on.extend(new);
        next += 1;
    }
    let params = rests_on.into_iter().map(|place| &pack.params[place]);
    let unlimited = params.filter(|param| {
        param.unit == Unit::Money && param.ceiling.is_none() && (param.values.is_empty() || param.rises)
    });
    let text = |param: &Param| {
        format!("the figure `{}` needs a `ceiling`: how high can it be while it is not known?", param.id)
    };
    unlimited.map(text).collect()
}

/// Facts of `facts.toml` that no rule of any pack uses.
pub(crate) fn unused(files: &Files, packs: &[Pack]) -> Vec<Complaint> {
    let used: BTreeSet<&str> = packs.iter().flat_map(used_facts).collect();
    let Some(pack) = packs.first() else { return Vec::new() };
    let line = |id: &str| {
        let text = files.get(FACTS).map_or("", String::as_str);
        text.lines().position(|line| line.trim() == format!("id = \"{id}\"")).map_or(0, |line| line + 1)
    };
    let idle = pack.facts.iter().filter(|fact| !used.contains(fact.id.as_str()));
    let complaint = |id: &str| Complaint {
        file: FACTS.to_owned(),
        line: line(id),
        text: format!("no rule of any region uses the answer to `{id}`"),
    };
    idle.map(|fact| complaint(&fact.id)).collect()
}

fn used_facts(pack: &Pack) -> impl Iterator<Item = &str> {
    let mut mentions = Vec::new();
    for requirement in pack.benefits.iter().flat_map(|benefit| &benefit.requires) {
        mentions.extend(requirement.rule.mentions());
    }
    for amount in pack.benefits.iter().filter_map(|benefit| benefit.amount.as_ref()) {
        mentions.extend(amount.value.mentions());
    }
    let mut facts = BTreeSet::new();
    while let Some(mention) = mentions.pop() {
        match mention {
            Mention::Fact(fact) => {
                facts.insert(pack.facts[fact].id.as_str());
            }
            Mention::Computed(computed) => mentions.extend(pack.computed[computed].value.mentions()),
            _ => {}
        }
    }
    facts.into_iter()
}

/// Two exceptions of which one grants and the other refuses must never apply together.
fn contradicting(pack: &Pack, requirement: &Requirement, scope: Scope) -> Vec<String> {
    let Rule::Holds { unless, .. } = &requirement.rule else { return Vec::new() };
    let mut found = Vec::new();
    for (place, one) in unless.iter().enumerate() {
        for other in unless[..place].iter().filter(|other| other.grants != one.grants) {
            let both = Condition::And(vec![one.condition.clone(), other.condition.clone()]);
            if can_hold(pack, &both, scope) {
                found.push(format!(
                    "the exceptions `{}` and `{}` contradict each other where both apply",
                    other.id, one.id
                ));
            }
        }
    }
    found
}

/// Whether a condition can hold for somebody: the options of the choices in it are tried, as far as they are few.
fn can_hold(pack: &Pack, condition: &Condition, scope: Scope) -> bool {
    let mentions = condition.mentions().into_iter();
    let choices: BTreeSet<usize> = mentions.filter_map(|mention| choice(pack, mention)).collect();
    let mut household = Household::new(pack);
    household.add("");
    household.list = EVERYBODY;
    let who = (scope == Scope::Person).then_some(0);
    try_all(pack, &mut household, &choices.into_iter().collect::<Vec<_>>(), &mut |household| {
        let day = chrono::NaiveDate::default();
        Evaluation::new(pack, household, day, day).truth(condition, who) != Truth::No
    })
}

fn choice(pack: &Pack, mention: Mention) -> Option<usize> {
    match mention {
        Mention::Fact(fact) => matches!(pack.facts[fact].kind, Kind::Choice(_)).then_some(fact),
        _ => None,
    }
}

fn try_all(
    pack: &Pack,
    household: &mut Household,
    facts: &[usize],
    holds: &mut impl FnMut(&Household) -> bool,
) -> bool {
    let Some((&fact, others)) = facts.split_first().filter(|_| facts.len() <= 6) else { return holds(household) };
    let Kind::Choice(options) = &pack.facts[fact].kind else { return holds(household) };
    let asked =
        if pack.facts[fact].scope == Scope::Person { Question::Person(0, fact) } else { Question::Household(fact) };
    (0..options.len()).any(|option| {
        household.set(asked, Answer::OneOf(1 << option));
        try_all(pack, household, others, holds)
    })
}

/// Names in the brackets of sentences.
fn placeholders<'t>(texts: impl Iterator<Item = &'t Localised>) -> impl Iterator<Item = &'t str> {
    let texts = texts.flat_map(|text| [text.zh.as_str(), text.en.as_str()]);
    texts.flat_map(|text| text.split('{').skip(1)).map(|rest| rest.split('}').next().unwrap_or_default())
}

/// A page for everybody has no answers to put into a sentence, so what it says of a condition names none.
fn of_somebody(pack: &Pack, requirement: &Requirement) -> Option<String> {
    let Says { rule, yes, open, .. } = &requirement.says;
    let shown = if matches!(requirement.rule, Rule::Holds { .. }) { rule.as_ref().unwrap_or(yes) } else { open };
    let param = |name: &str| name.rsplit('.').next().is_some_and(|id| pack.params.iter().any(|param| param.id == id));
    let name = placeholders([shown].into_iter()).find(|name| !param(name))?;
    Some(format!("`{{{name}}}` is of somebody: pages for everybody need the sentence `rule`, without it"))
}

/// Placeholders in sentences that stand for nothing.
fn strange(pack: &Pack, requirement: &Requirement) -> Vec<String> {
    let says = &requirement.says;
    let names = placeholders([&says.yes, &says.no, &says.open].into_iter().chain(&says.rule));
    let known = |name: &str| {
        let param = name.rsplit('.').next().unwrap_or(name);
        name == "gap"
            || name == "people"
            || pack.facts.iter().any(|fact| fact.id == name)
            || pack.computed.iter().any(|computed| computed.id == name)
            || pack.params.iter().any(|known| known.id == param)
    };
    let unknown =
        names.filter(|name| !known(name)).map(|name| format!("`{{{name}}}` in a sentence stands for nothing"));
    unknown.collect()
}

/// A sentence that is missing in one language, or stands in the wrong one.
pub(crate) fn untranslated(text: &Localised) -> Option<String> {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let latin = |text: &str| text.chars().any(|c| c.is_ascii_alphabetic());
    match text {
        Localised { zh, en } if zh.trim().is_empty() && en.trim().is_empty() => Some("a sentence is empty".to_owned()),
        Localised { zh, .. } if !chinese(zh) => Some(format!("there is no Chinese for “{}”", text.en)),
        Localised { en, .. } if !latin(en) => Some(format!("there is no English for “{}”", text.zh)),
        _ => None,
    }
}

fn benefits_needed(pack: &Pack, benefit: usize) -> Vec<usize> {
    let mentions = pack.benefits[benefit].requires.iter().flat_map(|requirement| requirement.rule.mentions());
    let needed = mentions.filter_map(|mention| match mention {
        Mention::Benefit(other) => Some(other),
        _ => None,
    });
    needed.collect()
}

fn figures_needed(pack: &Pack, param: usize) -> Vec<usize> {
    pack.params[param].values.iter().flat_map(|dated| dated.value.bases()).collect()
}

/// Something that needs itself, if there is any, among so many of which each needs some.
pub(super) fn circle(count: usize, needs: impl Fn(usize) -> Vec<usize>) -> Option<usize> {
    (0..count).find(|start| {
        let (mut seen, mut left) = (BTreeSet::new(), vec![*start]);
        while let Some(one) = left.pop() {
            for other in needs(one) {
                if other == *start {
                    return true;
                }
                if seen.insert(other) {
                    left.push(other);
                }
            }
        }
        false
    })
}
