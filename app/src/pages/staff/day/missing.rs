//! Papers that may be missing, to be ticked: those of the people who are there stand first. Beside one that tells of somebody's
//! past stands that no text names it.

use leptos::prelude::*;
use server::counter::WouldTellOfPapers;
use shared::{counter::Paper, locale::Locale, say};

use crate::appointments::service::BookingPages;

/// The papers of a service as a clerk ticks them.
pub fn to_tick(pages: &BookingPages, locale: Locale) -> Vec<(Paper, String)> {
    let unnamed = locale.say("（短信里不写）", " (not named in the text)");
    let words = |(paper, words): (Paper, String)| {
        let after = if pages.bookable.is_unnamed(&paper) { unnamed } else { "" };
        (paper, words + after)
    };
    (pages.at_counter.papers)(locale).into_iter().map(words).collect()
}

/// What is sent where one of them is ticked that no text names; nothing where the service has none.
pub fn unnamed(locale: Locale, pages: &BookingPages, told: Option<&WouldTellOfPapers>) -> Option<AnyView> {
    let papers = (pages.at_counter.papers)(locale);
    papers.iter().find(|(paper, _)| pages.bookable.is_unnamed(paper))?;
    let text = &told?.unnamed.text;
    let words = say!(
        locale,
        "勾了“短信里不写”的，短信一样材料也不列，只说：“{text}”",
        "Where one is ticked that is not named in the text, the text names none: “{text}”"
    );
    Some(view! { <p class="tells">{words}</p> }.into_any())
}

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
                <span>{words}</span>
            </label>
        }
    });
    papers.collect_view().into_any()
}
