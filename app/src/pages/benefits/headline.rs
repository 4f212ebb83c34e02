//! The one figure of a benefit that a list shows.

use leptos::prelude::*;
use shared::{
    eligibility::{
        expr::Number,
        figures::only_params,
        pack::{Benefit, Unit},
        span::Span,
        words::since,
    },
    locale::Locale,
};

use super::{
    figure::{citation, mark},
    figures::{Figures, History, Step},
    words,
};

/// A figure as a card shows it, and where it was read, for the end of its section.
pub(super) struct Headline {
    pub figure: AnyView,
    pub source: AnyView,
}

/// Its value today, or the span of several of which one is given.
pub(super) fn headline(figures: &Figures<'_>, locale: Locale, benefit: usize) -> Option<Headline> {
    let asked = &figures.pack.benefits[benefit];
    let alternatives = asked.amount.as_ref().map(|amount| alternatives(&amount.value)).unwrap_or_default();
    if let Some(range) = range(figures, locale, benefit, &alternatives) {
        return Some(range);
    }
    let history = main(figures, asked, benefit)?;
    let param = &figures.pack.params[history.param];
    let step = history.now().step()?;
    let value = words::value(locale, param, step.value, figures.today);
    let name = param.name.say(locale);
    Some(shown(figures, locale, benefit, &format!("{name} "), &value, &history, step))
}

/// The first known sum that the benefit's amount or its conditions name, or that it has at all.
fn main(figures: &Figures<'_>, asked: &Benefit, benefit: usize) -> Option<History> {
    let pack = figures.pack;
    let own = |param: &usize| pack.params[*param].benefit == benefit && pack.params[*param].unit == Unit::Money;
    let amount = asked.amount.iter().flat_map(|amount| only_params(amount.value.mentions()));
    let conditions = asked.requires.iter().flat_map(|requirement| only_params(requirement.rule.mentions()));
    let params = amount.chain(conditions).chain(0..pack.params.len()).filter(own);
    params.map(|param| figures.history(param)).find(|history| history.now().step().is_some())
}

/// The figures of which an amount is one or another.
fn alternatives(number: &Number) -> Vec<usize> {
    match number {
        Number::Param(param) => vec![*param],
        Number::If(branches) => {
            let both = [alternatives(&branches.1), alternatives(&branches.2)];
            if both.iter().any(Vec::is_empty) { Vec::new() } else { both.concat() }
        }
        _ => Vec::new(),
    }
}

/// From the lowest to the highest of several sums, once all of them are known and count the same.
fn range(figures: &Figures<'_>, locale: Locale, benefit: usize, alternatives: &[usize]) -> Option<Headline> {
    let [first, _, ..] = alternatives else { return None };
    let per = figures.pack.params[*first].per.as_ref();
    let histories: Vec<History> = alternatives.iter().map(|param| figures.history(*param)).collect();
    let steps: Vec<&Step> = histories.iter().map(|history| history.now().step()).collect::<Option<_>>()?;
    let same = alternatives.iter().all(|param| figures.pack.params[*param].per.as_ref() == per);
    let span = steps.iter().map(|step| step.value).reduce(Span::either).filter(|_| same)?;
    let value = words::amount(locale, span, Unit::Money, per.map(|per| per.say(locale)), figures.today);
    let latest = (0..steps.len()).max_by_key(|place| steps[*place].from)?;
    Some(shown(figures, locale, benefit, "", &value, &histories[latest], steps[latest]))
}

fn shown(
    figures: &Figures<'_>,
    locale: Locale,
    benefit: usize,
    name: &str,
    value: &str,
    history: &History,
    step: &Step,
) -> Headline {
    let title = figures.pack.benefits[benefit].name.say(locale).to_owned();
    let derived = step.derived.then(|| words::derived(locale));
    let source = step.sources.first().map(|place| citation(figures, locale, *place));
    Headline {
        figure: view! {
            <p class="card-figure">{name.to_owned()} <strong>{value.to_owned()}</strong> {mark(locale, history.now())}</p>
        }
        .into_any(),
        source: view! {
            <li class="card-source">
                {title} {locale.say("：", ": ")} {since(locale, step.since())} {derived} " · " {source}
            </li>
        }
        .into_any(),
    }
}
