//! Papers that may be missing, to be ticked: those of the people who are there stand first.

use leptos::prelude::*;
use shared::{counter::Paper, locale::Locale};

/// All of them where nothing is known of the people; the papers of others are one press away.
pub fn picks(locale: Locale, papers: Vec<(Paper, String)>, likely: Option<&[Paper]>) -> AnyView {
    let is_likely = |paper: &Paper| likely.is_none_or(|likely| likely.contains(paper));
    let (first, others): (Vec<_>, Vec<_>) = papers.into_iter().partition(|(paper, _)| is_likely(paper));
    let others = (!others.is_empty()).then(|| {
        view! {
            <details class="ask">
                <summary>{locale.say("别的材料…", "Other papers…")}</summary>
                {all(others)}
            </details>
        }
    });
    view! {
        <fieldset>
            <legend>{locale.say("还缺什么", "What is missing")}</legend>
            {all(first)}
            {others}
        </fieldset>
    }
    .into_any()
}

fn all(papers: Vec<(Paper, String)>) -> AnyView {
    let papers = papers.into_iter().map(|(paper, words)| {
        view! {
            <label class="pick">
                <input type="checkbox" name="paper" value=paper.to_string() />
                {words}
            </label>
        }
    });
    papers.collect_view().into_any()
}
