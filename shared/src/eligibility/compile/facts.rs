//! `facts.toml`: topics, questions, derived figures, documents, contradictions.

use toml::Spanned;

use super::{
    super::{
        expr::{Condition, Number},
        pack::{Band, Computed, Contradiction, Document, Fact, FactOption, Kind, Pack, Scope, Topic, WhoQuestion},
        span::Exact,
    },
    Complaints, Source,
    files::{FactFile, FactsFile, KindName, OptionFile, Text},
    lints::circle,
    lower::{Context, Names},
};
use crate::localised::Localised;

/// Everything that has a name, so that expressions can be read afterwards.
///
/// `city` is what `{city}` stands for: rules of a district rest on where in the city somebody is registered.
pub(crate) fn begin(
    source: &Source<'_>,
    file: &FactsFile,
    city: &Localised,
    names: &mut Names,
    complaints: &mut Complaints,
) -> Pack {
    let here =
        |text: &Localised| Localised::new(text.zh.replace("{city}", &city.zh), text.en.replace("{city}", &city.en));
    let topics = ordered_topics(file);
    let mut facts = Vec::new();
    for fact in &file.facts {
        let topic = topics.iter().position(|topic| topic.id == *fact.topic.get_ref());
        let Some(topic) =
            complaints.keep(source, fact.topic.span(), topic.ok_or_else(|| "there is no such topic".to_owned()))
        else {
            continue;
        };
        let Some(kind) = complaints.keep(source, fact.id.span(), kind(fact)) else { continue };
        let others = match fact.who {
            Some(_) => complaints.keep(source, fact.id.span(), others(fact, &kind)),
            None => None,
        };
        if names.facts.insert(fact.id.get_ref().clone(), facts.len()).is_some() {
            complaints.add(source, Some(fact.id.span()), "this fact is there twice");
        }
        facts.push(Fact {
            id: fact.id.get_ref().clone(),
            scope: fact.scope,
            kind,
            topic,
            label: fact.label.clone(),
            question: here(&fact.question),
            hint: fact.hint.as_ref().map(here),
            who_knows: fact.who_knows.clone(),
            asked_if: None,
            who: fact.who.as_ref().zip(others).map(|(who, others)| WhoQuestion {
                question: here(who),
                others,
                nobody: fact.nobody.clone(),
            }),
        });
    }
    let mut computed = Vec::new();
    for figure in &file.computed {
        let id = figure.id.get_ref();
        if names.facts.contains_key(id) || names.computed.contains_key(id) {
            complaints.add(source, Some(figure.id.span()), "there is something else of this name");
        }
        names.computed.insert(id.clone(), (computed.len(), figure.scope, figure.unit));
        computed.push(Computed {
            id: id.clone(),
            scope: figure.scope,
            unit: figure.unit,
            label: figure.label.clone(),
            formula: figure.formula.clone(),
            value: Number::Constant(Exact::from(0)),
        });
    }
    for shared in &file.conditions {
        let id = shared.id.get_ref();
        if names.facts.contains_key(id) || names.computed.contains_key(id) || names.conditions.contains_key(id) {
            complaints.add(source, Some(shared.id.span()), "there is something else of this name");
        }
        let place = Context { names, facts: &facts, benefit: None, scope: shared.scope };
        let condition = place.condition(shared.condition.get_ref());
        if let Some(condition) = complaints.keep(source, shared.condition.span(), condition) {
            names.conditions.insert(id.clone(), (shared.scope, condition));
        }
    }
    let documents = file.documents.iter();
    let documents =
        documents.map(|document| Document { id: document.id.get_ref().clone(), name: document.name.clone() });
    Pack {
        region: String::new(),
        name: Localised::new("", ""),
        chain: Vec::new(),
        recheck: 0,
        topics,
        facts,
        computed,
        params: Vec::new(),
        documents: documents.collect(),
        sources: Vec::new(),
        benefits: Vec::new(),
        contradictions: Vec::new(),
    }
}

/// Topics as they are asked: what people would rather not talk about comes last.
fn ordered_topics(file: &FactsFile) -> Vec<Topic> {
    let topic = |topic: &super::files::TopicFile| Topic {
        id: topic.id.get_ref().clone(),
        name: topic.name.clone(),
        sensitive: topic.sensitive.clone(),
    };
    let mut topics: Vec<Topic> = file.topics.iter().map(topic).collect();
    topics.sort_by_key(|topic| topic.sensitive.is_some());
    topics
}

fn kind(fact: &FactFile) -> Result<Kind, String> {
    let most = |default: i64| fact.most.unwrap_or(default);
    match fact.kind {
        KindName::YesNo => Ok(Kind::Choice(yes_no())),
        KindName::Choice => choices(&fact.options).map(Kind::Choice),
        KindName::Birth => Ok(Kind::Birth),
        KindName::Count => Ok(Kind::Count { least: fact.least.unwrap_or(0), most: most(100) }),
        KindName::Money => {
            let ends = fact.bands.iter().map(|yuan| yuan * 100);
            if !fact.bands.is_sorted() || fact.bands.first().is_some_and(|first| *first <= 0) {
                return Err("bands are given by their upper ends, lowest first".to_owned());
            }
            let starts = std::iter::once(0).chain(ends.clone().map(|end| end + 1));
            let bands = starts.zip(ends.map(Some).chain([None])).map(|(from, to)| Band { from, to });
            let bands = if fact.bands.is_empty() { Vec::new() } else { bands.collect() };
            Ok(Kind::Money { most: most(100_000_000) * 100, bands })
        }
    }
}

/// The answers to a yes or no, as conditions know them.
pub(crate) fn yes_no() -> Vec<FactOption> {
    let option = |id: &str, zh: &str, en: &str| FactOption { id: id.to_owned(), label: Localised::new(zh, en) };
    vec![option("no", "不是", "No"), option("yes", "是", "Yes")]
}

/// The answers to a choice: a bit for each has to fit.
pub(crate) fn choices(options: &[OptionFile]) -> Result<Vec<FactOption>, String> {
    match options.len() {
        0 | 1 => Err("a choice has two options or more".to_owned()),
        2..=60 => Ok(options.iter().map(OptionFile::option).collect()),
        _ => Err("a choice has at most 60 options".to_owned()),
    }
}

/// The option that answers for those who are not named when a question asks who.
fn others(fact: &FactFile, kind: &Kind) -> Result<usize, String> {
    let Kind::Choice(options) = kind else { return Err("only a choice can ask who".to_owned()) };
    if fact.scope != Scope::Person {
        return Err("only a question about people can ask who".to_owned());
    }
    let id = fact.others.as_ref().map_or("no", |others| others.get_ref().as_str());
    let found = options.iter().position(|option| option.id == id);
    found.ok_or_else(|| format!("`others` names the answer of those who are not named; there is no option `{id}`"))
}

/// The expressions, once everything has a name.
pub(crate) fn finish(
    source: &Source<'_>,
    file: &FactsFile,
    names: &Names,
    pack: &mut Pack,
    complaints: &mut Complaints,
) {
    let known = pack.facts.clone();
    let place = |scope| Context { names, facts: &known, benefit: None, scope };
    let mut condition = |text: &Text, scope: Scope| {
        complaints.keep(source, text.span(), place(scope).condition(text.get_ref())).unwrap_or(Condition::Always(false))
    };
    for fact in &file.facts {
        if let (Some(&at), Some(text)) = (names.facts.get(fact.id.get_ref()), &fact.asked_if) {
            pack.facts[at].asked_if = Some(condition(text, fact.scope));
        }
    }
    pack.contradictions = file
        .contradictions
        .iter()
        .map(|contradiction| Contradiction {
            id: contradiction.id.get_ref().clone(),
            scope: contradiction.scope,
            condition: condition(&contradiction.condition, contradiction.scope),
            says: contradiction.says.clone(),
        })
        .collect();
    for (at, figure) in file.computed.iter().enumerate() {
        let value = place(figure.scope).number(figure.value.get_ref(), figure.unit);
        if let Some(value) = complaints.keep(source, figure.value.span(), value) {
            if rests_on_later(&value, at) {
                complaints.add(source, Some(figure.value.span()), "a derived figure rests on those above it alone");
            } else {
                pack.computed[at].value = value;
            }
        }
    }
    let asked_after = |fact: usize| {
        pack.facts[fact].asked_if.as_ref().map_or_else(Vec::new, |condition| pack.facts_behind(condition))
    };
    if let Some(fact) = circle(pack.facts.len(), asked_after) {
        let file = file.facts.iter().find(|file| *file.id.get_ref() == pack.facts[fact].id);
        let at = file.and_then(|file| file.asked_if.as_ref()).map(Spanned::span);
        complaints.add(source, at, "whether this is asked rests on its own answer");
    }
}

/// Whether a derived figure uses itself or one below it, which could go round in a circle.
fn rests_on_later(value: &Number, at: usize) -> bool {
    value.mentions().into_iter().any(|mention| match mention {
        super::super::expr::Mention::Computed(other) => other >= at,
        super::super::expr::Mention::Benefit(_) => true,
        _ => false,
    })
}

/// The place of a name in a list, or a complaint at the name.
pub(crate) fn place_of(
    name: &Spanned<String>,
    what: &str,
    found: Option<usize>,
    source: &Source<'_>,
    complaints: &mut Complaints,
) -> Option<usize> {
    let found = found.ok_or_else(|| format!("there is no {what} `{}`", name.get_ref()));
    complaints.keep(source, name.span(), found)
}
