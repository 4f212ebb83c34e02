//! The figures and texts that a result rests on.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{FigureAnswer, ResultAnswer, SourceAnswer},
        words::since,
    },
    locale::Locale,
    say,
};

use super::source;

/// The figures and texts that the conditions and the amount rest on, each once, behind one press.
pub fn sources(locale: Locale, result: &ResultAnswer) -> Option<AnyView> {
    let mut figures: Vec<&FigureAnswer> = Vec::new();
    let mut basis: Vec<&SourceAnswer> = Vec::new();
    for figure in result.figures() {
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    for reason in &result.reasons {
        basis.extend(reason.basis.iter().filter(|source| !basis.contains(source)).collect::<Vec<_>>());
    }
    let figures: Vec<AnyView> = figures.into_iter().map(|figure| figured(locale, figure)).collect();
    let basis: Vec<AnyView> = basis.into_iter().map(|source| cited(locale, source)).collect();
    (!figures.is_empty() || !basis.is_empty()).then(|| {
        view! {
            <details>
                <summary>{locale.say("数字和依据", "Figures and law")}</summary>
                <ul>{figures} {basis}</ul>
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

fn cited(locale: Locale, source: &SourceAnswer) -> AnyView {
    let text = title(locale, source);
    match &source.url {
        Some(url) => view! { <li><a href=url.clone() rel="noreferrer">{text}</a></li> }.into_any(),
        None => view! { <li>{text}</li> }.into_any(),
    }
}

/// A source, how sure it is and when it was last read.
fn title(locale: Locale, cited: &SourceAnswer) -> String {
    let checked = source::checked(locale, cited.grade, cited.checked, cited.stale);
    say!(locale, "{}（{checked}）", "{} ({checked})", cited.title)
}
