//! What a page of the check is called: above it, in the title of the document, and to those who listen.

use leptos::prelude::*;
use shared::{eligibility::pack::Pack, locale::Locale, say};

use super::{page::Page, question::small, result, screen::Screen};

/// The title of the page; of questions, the topics they belong to.
pub fn heading(locale: Locale, pack: &Pack, page: &Page) -> String {
    match page {
        Page::Start => name(locale).to_owned(),
        Page::People => locale.say("家里有谁", "Who is in your household").to_owned(),
        Page::Result => locale.say("结果", "Result").to_owned(),
        Page::Questions(asks) => {
            let mut topics: Vec<usize> = asks.iter().filter_map(|ask| Some(pack.facts[ask.fact()?].topic)).collect();
            topics.dedup();
            let names = topics.into_iter().map(|topic| pack.topics[topic].name.say(locale));
            let names = names.enumerate().map(|(place, name)| match (place, locale) {
                (0, _) | (_, Locale::Zh) => name.to_owned(),
                (_, Locale::En) => small(name),
            });
            names.collect::<Vec<_>>().join(locale.say("，", "; "))
        }
    }
}

/// Which step it is and what it is about: `第 3 步，收入`.
pub fn step(locale: Locale, pack: &Pack, screen: &Screen) -> String {
    let number = screen.trail.len() + 1;
    let heading = match screen.page {
        Page::Result => result::found(locale, pack, screen),
        _ => heading(locale, pack, &screen.page),
    };
    say!(locale, "第 {number} 步，{heading}", "Step {number}: {heading}")
}

/// The title of the document, in the words of [`step`]; it says first when something needs correcting.
pub fn title(locale: Locale, pack: &Pack, screen: &Screen) -> String {
    if screen.page == Page::Start {
        return name(locale).to_owned();
    }
    let wrong = if screen.errors.is_empty() { "" } else { locale.say("请更正：", "Please correct: ") };
    format!("{wrong}{} · {}", step(locale, pack, screen), name(locale))
}

fn name(locale: Locale) -> &'static str {
    locale.say("看看能办哪些", "See what you may get")
}

/// The heading as it stands above a page. It takes the focus when a step has led there, unless there is something to
/// correct.
pub fn drawn(text: String, screen: &Screen) -> AnyView {
    let arrived = !screen.trail.is_empty() && screen.errors.is_empty();
    view! {
        <h1 tabindex="-1" autofocus=arrived>
            {text}
        </h1>
    }
    .into_any()
}
