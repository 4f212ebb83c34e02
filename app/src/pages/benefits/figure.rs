//! A figure as pages show it: never without its date and its source.

use leptos::prelude::*;
use shared::{
    eligibility::{
        pack::{Legal, Unit},
        span::{Exact, Span},
        words::since,
    },
    locale::Locale,
    say,
};

use super::{
    figures::{Figures, History, Now, Step},
    words,
};
use crate::{
    benefits::source,
    components::{notice::Tone, tag::Tag},
};

/// `来源：《…》第十八条 · 官方原文，2026年11月21日核对`.
pub(super) fn source(figures: &Figures<'_>, locale: Locale, place: usize) -> AnyView {
    view! { <p class="source">{locale.say("来源：", "Source: ")} {citation(figures, locale, place)}</p> }.into_any()
}

/// A text with its grade and the day it was checked, as a link where there is one.
pub(super) fn citation(figures: &Figures<'_>, locale: Locale, place: usize) -> AnyView {
    let source = &figures.pack.sources[place];
    let title = source.cited(locale);
    let title = match &source.url {
        Some(url) => view! { <a href=url.clone() rel="noreferrer">{title}</a> }.into_any(),
        None => title.into_any(),
    };
    view! {
        {title}
        {format!(" · {}", checked(figures, locale, source))}
    }
    .into_any()
}

fn checked(figures: &Figures<'_>, locale: Locale, source: &Legal) -> String {
    source::checked(locale, source.grade, source.checked, figures.pack.is_stale(source, figures.today))
}

/// All sources of a value, each a line.
pub(super) fn sources(figures: &Figures<'_>, locale: Locale, step: &Step) -> Vec<AnyView> {
    step.sources.iter().map(|place| self::source(figures, locale, *place)).collect()
}

/// The sources of every value of a figure that a page shows, under its name.
pub(super) fn noted(figures: &Figures<'_>, locale: Locale, history: &History) -> AnyView {
    let name = figures.pack.params[history.param].name.say(locale).to_owned();
    let mut places: Vec<usize> = Vec::new();
    let over = history.last_over().map(|(step, _)| step);
    let shown = history.now().step().into_iter().chain(over).chain(history.coming());
    for place in shown.flat_map(|step| &step.sources) {
        if !places.contains(place) {
            places.push(*place);
        }
    }
    let sources = places.into_iter().map(|place| source(figures, locale, place));
    view! {
        <li>
            <p>{name}</p>
            {sources.collect_view()}
        </li>
    }
    .into_any()
}

/// A figure in one sentence, for where it is only used: value, date, and whether it is old.
pub(super) fn line(figures: &Figures<'_>, locale: Locale, param: usize) -> AnyView {
    let asked = &figures.pack.params[param];
    let (name, history) = (asked.name.say(locale), figures.history(param));
    let colon = locale.say("：", ": ");
    let Some(step) = history.now().step() else {
        return view! { <p class="source">{format!("{name}{colon}{}", words::not_known(locale))}</p> }.into_any();
    };
    let value = words::value(locale, asked, step.value, figures.today);
    let from = since(locale, step.since());
    let old = matches!(history.now(), Now::Old(_)).then(|| words::may_have_changed(locale));
    let old = old.map(|old| match locale {
        Locale::Zh => format!("，{old}"),
        Locale::En => format!("; {}", old.to_lowercase()),
    });
    let comma = locale.say("，", ", ");
    let text = format!("{name}{colon}{value}{comma}{from}{}", old.unwrap_or_default());
    view! { <p class="source">{text}</p> }.into_any()
}

/// The value of today, large, with its date and its mark; then what is announced.
pub(super) fn today(figures: &Figures<'_>, locale: Locale, history: &History) -> AnyView {
    let asked = &figures.pack.params[history.param];
    let value = |step: &Step| words::value(locale, asked, step.value, figures.today);
    let derived = |step: &Step| if step.derived { words::derived(locale) } else { "" };
    let now = history.now().step().map(|step| {
        let until = step.to.map(|to| say!(locale, "，到 {}止", ", until {}", locale.date(to)));
        let from = format!("{}{}{}", since(locale, step.since()), until.unwrap_or_default(), derived(step));
        view! {
            <p class="figure-value">
                <strong>{value(step)}</strong> {mark(locale, history.now())}
            </p>
            <p class="figure-since">{from}</p>
        }
    });
    let over = history.last_over().map(|(step, to)| {
        let (to, value) = (locale.date(to), value(step));
        let text = say!(
            locale,
            "到 {to}为止是 {value}；以后的没有查到，请问民政部门。",
            "{value} until {to}; what holds now is not known here, please ask the bureau."
        );
        view! { <p>{text}</p> }
    });
    let none = (now.is_none() && over.is_none()).then(|| view! { <p>{words::not_known_today(locale)}</p> });
    let coming = history.coming().map(|step| {
        let (from, value, derived) = (words::starting(locale, step.from), value(step), derived(step));
        view! { <p class="figure-coming">{say!(locale, "{from}是 {value}{derived}。", "{from}: {value}{derived}.")}</p> }
    });
    view! {
        {now}
        {over}
        {none}
        {(!matches!(history.now(), Now::Current(_))).then(|| ceiling(figures, locale, history))}
        {coming.collect_view()}
    }
    .into_any()
}

/// How high a figure can be that is old or not known, and why that is assumed: an estimate of the portal's own, which
/// nobody takes for a standard that was published.
pub(super) fn ceiling(figures: &Figures<'_>, locale: Locale, history: &History) -> Option<AnyView> {
    let ceiling = figures.pack.params[history.param].ceiling.as_ref()?;
    let high = figures.highest(history.param)?;
    let asked = &figures.pack.params[history.param];
    let high = words::value(locale, asked, Span::exactly(roughly(high, asked.unit)), figures.today);
    let text = say!(
        locale,
        "这不是公布的标准，是本站的估计：现在最多大约 {high}。",
        "This is no published figure but our own estimate: at most about {high} now. "
    );
    Some(
        view! {
            <details class="sources">
                <summary>{locale.say("现在最多会是多少（本站的估计）", "How high it may be now (our estimate)")}</summary>
                <p class="source">{text} {ceiling.because.say(locale).to_owned()}</p>
            </details>
        }
        .into_any(),
    )
}

/// An estimate is no more exact than ten yuan; the most is told as no less than it is.
fn roughly(high: Exact, unit: Unit) -> Exact {
    let ten = Exact::from(1_000);
    if unit == Unit::Money { (high / ten).ceil() * ten } else { high }
}

/// That a newer figure is to be expected.
pub(super) fn mark(locale: Locale, now: Now<'_>) -> Option<AnyView> {
    let old = matches!(now, Now::Old(_));
    old.then(|| view! { " " <Tag text=words::may_have_changed(locale) tone=Tone::Warning /> }.into_any())
}
