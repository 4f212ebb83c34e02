//! The figures and texts that a result rests on.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{FigureAnswer, ResultAnswer, RuleAnswer, SourceAnswer},
        words::since,
    },
    locale::Locale,
    say,
};

use super::{parts::new_tab, rule, source};

/// The figures and texts that the conditions and the amount rest on, each once, behind one press.
pub fn sources<'r>(locale: Locale, results: impl Iterator<Item = &'r ResultAnswer>) -> Option<AnyView> {
    let mut figures: Vec<&FigureAnswer> = Vec::new();
    let mut basis: Vec<&SourceAnswer> = Vec::new();
    let mut rules: Vec<&RuleAnswer> = Vec::new();
    for result in results {
        for figure in result.figures() {
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
        for reason in &result.reasons {
            rules.extend(reason.rules.iter().filter(|rule| !rules.contains(rule)).collect::<Vec<_>>());
            // What is said of a text says which text it is.
            let bare = reason.basis.iter().filter(|source| reason.rules.is_empty() && !basis.contains(source));
            basis.extend(bare.collect::<Vec<_>>());
        }
    }
    let figures: Vec<AnyView> = figures.into_iter().map(|figure| figured(locale, figure)).collect();
    let rules: Vec<AnyView> = rules.into_iter().map(|rule| rule::item(locale, rule)).collect();
    let basis: Vec<AnyView> =
        basis.into_iter().map(|source| view! { <li>{linked(locale, source)}</li> }.into_any()).collect();
    (!figures.is_empty() || !rules.is_empty() || !basis.is_empty()).then(|| {
        view! {
            <details>
                <summary>{locale.say("标准和依据", "Figures and law")}</summary>
                <ul>{figures} {rules} {basis}</ul>
            </details>
        }
        .into_any()
    })
}

fn figured(locale: Locale, figure: &FigureAnswer) -> AnyView {
    let value = figure.value.clone().unwrap_or_else(|| locale.say("这里不知道", "not known here").to_owned());
    let from = figure.value.as_ref().map(|_| format!("{}{}", locale.say("，", ", "), since(locale, figure.from)));
    let old = figure.old.then(|| locale.say("（可能已经调整）", " (may have been raised since)"));
    let source = figure.source.as_ref().map(|source| format!("{}{}", locale.say("，", ", "), title(locale, source)));
    view! {
        <li>{figure.name.clone()} {locale.say("：", ": ")} {value} {from} {old} {source}</li>
    }
    .into_any()
}

/// A source, as a link where there is one.
pub fn linked(locale: Locale, source: &SourceAnswer) -> AnyView {
    let text = title(locale, source);
    match &source.url {
        Some(url) => view! {
            <a href=url.clone() target="_blank" rel="noreferrer">
                {text}
                {new_tab(locale)}
            </a>
        }
        .into_any(),
        None => text.into_any(),
    }
}

/// A source, how sure it is and when it was last read.
pub fn title(locale: Locale, cited: &SourceAnswer) -> String {
    let checked = source::checked(locale, cited.grade, cited.checked, cited.stale);
    say!(locale, "{}（{checked}）", "{} ({checked})", cited.title)
}
