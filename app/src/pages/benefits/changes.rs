//! `GET /benefits/changes`: every figure of the place in the order of its day, the newest first.

use std::cmp::Reverse;

use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use server::{App, Rejection};
use shared::{locale::Locale, say};

use super::{
    chosen_region::ChosenRegion,
    figure,
    figures::{Figures, Step},
    fold, words,
};
use crate::{
    components::{back_link::BackLink, empty::Empty},
    draw,
    pairs::Pairs,
    visit::Visit,
};

/// Years whose changes are seen at once.
const OPEN_YEARS: usize = 2;

pub async fn show(State(app): State<App>, visit: Visit, Query(pairs): Query<Pairs>) -> Result<Response, Rejection> {
    let place = ChosenRegion::read(&app, &pairs)?;
    Ok(draw::page(&visit, visit.say("有哪些变化", "What has changed"), || body(&visit, &place)))
}

/// What is new about one benefit on one day.
struct BenefitChange {
    from: NaiveDate,
    /// Its index in the pack.
    benefit: usize,
    figures: Vec<New>,
}

/// A figure that takes the place of an older one, or is the first that is known.
struct New {
    param: usize,
    before: Option<Step>,
    step: Step,
}

fn body(visit: &Visit, place: &ChosenRegion) -> impl IntoView + use<> {
    let figures = Figures::new(place.pack(), place.today);
    let changes = changes(&figures);
    let none = changes.is_empty().then(|| {
        view! { <Empty title=visit.say("这里还没有收录标准的数字。", "No figures are listed here yet.") /> }
    });
    let (mut coming, past): (Vec<BenefitChange>, Vec<BenefitChange>) =
        changes.into_iter().partition(|change| change.from > place.today);
    // What comes first is read first.
    coming.sort_by_key(|change| (change.from, change.benefit));
    let drawn = |change: &BenefitChange| item(visit, place, &figures, change);
    let coming = (!coming.is_empty()).then(|| {
        let items = coming.iter().map(drawn).collect_view();
        view! {
            <section class="flow">
                <h2>{visit.say("已经公布、还没开始的", "Announced and still to come")}</h2>
                <ul class="changes" role="list">{items}</ul>
            </section>
        }
    });
    let years = past.chunk_by(|one, other| one.from.year() == other.from.year()).enumerate();
    let years = years.map(|(place, changes)| {
        year(year_name(visit.locale, changes[0].from), place < OPEN_YEARS, changes.iter().map(drawn).collect())
    });
    let lead = visit.say(
        "各项标准从哪天起是多少、原来是多少，从近到远列在这里。",
        "Every rate with the day from which it holds and what it was before, the newest first.",
    );
    view! {
        <div class="column flow">
            <BackLink href=place.link(visit, "/benefits") text=visit.say("惠民政策与补贴", "Benefits") />
            <h1>{visit.say("有哪些变化", "What has changed")}</h1>
            <p class="lead">{lead}</p>
            {place.line(visit)}
            {none}
            {coming}
            {years.collect_view()}
        </div>
    }
}

/// The newest first; those of one day in the order of the pack.
fn changes(figures: &Figures<'_>) -> Vec<BenefitChange> {
    let mut changes: Vec<BenefitChange> = Vec::new();
    for (param, asked) in figures.pack.params.iter().enumerate() {
        let mut before: Option<Step> = None;
        for step in figures.history(param).steps {
            let new = New { param, before: before.replace(step.clone()), step };
            // A figure set again to the same value is not a change, and one without a day belongs to no day.
            if new.step.undated || new.before.as_ref().is_some_and(|before| before.value == new.step.value) {
                continue;
            }
            let (from, benefit) = (new.step.from, asked.benefit);
            match changes.iter_mut().find(|change| (change.from, change.benefit) == (from, benefit)) {
                Some(change) => change.figures.push(new),
                None => changes.push(BenefitChange { from, benefit, figures: vec![new] }),
            }
        }
    }
    changes.sort_by_key(|change| (Reverse(change.from), change.benefit));
    changes
}

/// The changes of one year; those of long ago are there when somebody asks for them.
fn year(title: String, open: bool, items: Vec<AnyView>) -> AnyView {
    view! {
        <details class="year" open=open>
            <summary>
                <h2>{title}</h2>
            </summary>
            <ul class="changes" role="list">{items}</ul>
        </details>
    }
    .into_any()
}

fn item(visit: &Visit, place: &ChosenRegion, figures: &Figures<'_>, change: &BenefitChange) -> AnyView {
    let locale = visit.locale;
    let benefit = &figures.pack.benefits[change.benefit];
    let coming = change.from > place.today;
    let from = if coming { words::starting(locale, change.from) } else { locale.date(change.from) };
    let href = place.link(visit, &format!("/benefits/{}", benefit.id));
    let mut sources: Vec<usize> = Vec::new();
    for source in change.figures.iter().flat_map(|new| &new.step.sources) {
        if !sources.iter().any(|known| figures.pack.sources[*known] == figures.pack.sources[*source]) {
            sources.push(*source);
        }
    }
    let sources = sources.into_iter().map(|place| figure::source(figures, locale, place)).collect_view();
    let rows = change.figures.iter().map(|new| row(locale, figures, new));
    view! {
        <li>
            <p class="change-day">{from}</p>
            <h3><a href=href>{benefit.name.say(locale).to_owned()}</a></h3>
            {rows.collect_view()}
            {fold::folded(locale, sources.into_any())}
        </li>
    }
    .into_any()
}

/// `低保标准：由 1,483 元/人/月 改为 1,535 元/人/月`.
fn row(locale: Locale, figures: &Figures<'_>, new: &New) -> AnyView {
    let New { param, before, step } = new;
    let asked = &figures.pack.params[*param];
    let value = |step: &Step| words::value(locale, asked, step.value, figures.today);
    let name = asked.name.say(locale);
    let bare = |step: &Step| words::bare(locale, asked, step.value, figures.today);
    let text = match before {
        Some(before) => say!(locale, "{name}：由 {} 改为 ", "{name}: from {} to ", bare(before)),
        None => say!(locale, "{name}：", "{name}: "),
    };
    let first = before.is_none().then(|| {
        view! { <span class="soft">{locale.say("（最早收录）", " (the first known here)")}</span> }
    });
    let derived = step.derived.then(|| view! { <span class="soft">{words::derived(locale)}</span> });
    view! { <p>{text} <strong>{value(step)}</strong> {derived} {first}</p> }.into_any()
}

fn year_name(locale: Locale, day: NaiveDate) -> String {
    say!(locale, "{}年", "{}", day.year())
}
