//! `GET /benefits`: what help there is in a place, and the way to the check that tells which of it may fit.

pub mod benefit;
mod by_age;
pub mod changes;
pub mod check;
mod chosen_region;
mod figure;
mod figures;
mod fold;
mod headline;
mod history;
mod limit;
mod read;
mod sentence;
pub mod summary;
pub mod tile;
mod words;

use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use server::{App, Rejection};
use shared::{
    eligibility::pack::{Benefit, LifeEvent, Pack},
    locale::Locale,
};

pub use self::by_age::by_age;
use self::{chosen_region::ChosenRegion, figures::Figures};
use crate::{
    benefits::start::label,
    components::{back_link::BackLink, button::LinkButton, card::Card, tag::Tag},
    draw, notices,
    pairs::Pairs,
    site::{Cache, Site, Who, get},
    visit::Visit,
};

/// The one figure of a benefit that a list shows, for pages that name it beside something else.
pub fn figure_of(pack: &Pack, today: NaiveDate, benefit: &str, locale: Locale) -> Option<AnyView> {
    let place = pack.benefits.iter().position(|known| known.id == benefit)?;
    headline::headline(&Figures::new(pack, today), locale, place).map(|headline| headline.figure)
}

/// A figure of a benefit in a line with its day, as far as it is known.
pub fn line_of(pack: &Pack, today: NaiveDate, benefit: &str, id: &str, locale: Locale) -> Option<AnyView> {
    let owner = pack.benefits.iter().position(|known| known.id == benefit)?;
    let param = pack.params.iter().position(|known| known.benefit == owner && known.id == id)?;
    let figures = Figures::new(pack, today);
    figures.history(param).now().step()?;
    Some(figure::line(&figures, locale, param))
}

/// Texts of a pack, by their places in its sources, each with its grade and the day it was checked, behind one press.
pub fn sources_of(pack: &Pack, today: NaiveDate, places: &[usize], locale: Locale) -> Option<AnyView> {
    let figures = Figures::new(pack, today);
    let cited = places.iter().map(|place| view! { <li>{figure::citation(&figures, locale, *place)}</li> }.into_any());
    fold::sources(locale, cited.collect())
}

pub fn pages(site: Site) -> Site {
    site.page("/benefits", Who::Anyone, Cache::Shared, get(show))
        .page("/benefits/changes", Who::Anyone, Cache::Shared, get(changes::show))
        .page("/benefits/check", Who::Anyone, Cache::Shared, get(check::show).post(check::submit))
        .page("/benefits/check/{step}", Who::Anyone, Cache::Shared, get(check::show))
        .page("/benefits/summary", Who::Anyone, Cache::Shared, get(summary::show))
        .page("/benefits/{id}", Who::Anyone, Cache::Shared, get(benefit::show))
}

/// In the order in which their benefits are listed.
const GROUPS: [Option<LifeEvent>; 7] = [
    Some(LifeEvent::OldAge),
    Some(LifeEvent::Disability),
    Some(LifeEvent::ChildAlone),
    Some(LifeEvent::Illness),
    Some(LifeEvent::LostIncome),
    Some(LifeEvent::Death),
    None,
];

pub async fn show(State(app): State<App>, visit: Visit, Query(pairs): Query<Pairs>) -> Result<Response, Rejection> {
    let place = ChosenRegion::read(&app, &pairs)?;
    let title = visit.say("惠民政策与补贴", "Benefits");
    let notices = notices::on_service(&app, "/benefits", app.now()).await?;
    Ok(draw::page(&visit, title, || {
        view! {
            {notices::draw(&visit, &notices)}
            {body(&visit, &place, &app)}
        }
    }))
}

fn body(visit: &Visit, place: &ChosenRegion, app: &App) -> impl IntoView + use<> {
    let lead = visit.say(
        "生活遇到难处时，有哪些补贴和救助，给谁、给多少、到哪里办。",
        "What help there is when life gets hard: for whom, how much, and where to ask for it.",
    );
    let private = visit.say(
        "只在这个网页上问几个问题，您的回答不保存。",
        "It asks a few questions on this page only; nothing is stored.",
    );
    view! {
        <div class="opening opening-calm bleed">
            <div class="column flow">
                <BackLink href=visit.url("/") text=visit.say("首页", "Home") />
                <h1>{visit.say("惠民政策与补贴", "Benefits")}</h1>
                <p class="lead">{lead}</p>
                <p class="actions">
                    <LinkButton
                        href=place.link(visit, "/benefits/check")
                        text=visit.say("看看能办哪些", "See what you may get")
                    />
                </p>
                <p>{private}</p>
                {place.line(visit)}
            </div>
        </div>
        <div class="beside">
            <div class="column flow">{events(visit, place)} {lists(visit, place)}</div>
            <aside class="aside flow">
                <h2>{visit.say("标准有没有变", "Have the figures changed?")}</h2>
                <p>
                    <a href=place.link(visit, "/benefits/changes")>
                        {visit.say("看看有哪些变化", "See what has changed")}
                    </a>
                </p>
                <h2>{visit.say("户口在别处", "Registered elsewhere?")}</h2>
                {place.form(visit, app)}
            </aside>
        </div>
    }
}

fn events(visit: &Visit, place: &ChosenRegion) -> AnyView {
    let links = LifeEvent::ALL.iter().map(|&event| {
        let href = place.link_with(visit, "/benefits/check", &[("event", event.wire())]);
        view! { <li><a href=href>{label(visit.locale, event)}</a></li> }
    });
    view! {
        <section class="flow">
            <h2>{visit.say("发生了什么事", "What has happened?")}</h2>
            <ul class="links benefit-events" role="list">{links.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The ladder of social assistance, then what is there for whom.
fn lists(visit: &Visit, place: &ChosenRegion) -> Vec<AnyView> {
    let figures = Figures::new(place.pack(), place.today);
    let listed = |benefit: &Benefit| benefit.valid_to.is_none_or(|to| place.today <= to);
    let benefits: Vec<(usize, &Benefit)> =
        figures.pack.benefits.iter().enumerate().filter(|(_, benefit)| listed(benefit)).collect();
    let cards = |benefits: Vec<&(usize, &Benefit)>| {
        let mut sources = Vec::new();
        let cards = benefits.into_iter().map(|(place_of, benefit)| {
            let (figure, source) = match headline::headline(&figures, visit.locale, *place_of) {
                Some(headline) => (Some(headline.figure), Some(headline.source)),
                None => (None, None),
            };
            sources.extend(source);
            let card = card(visit, place, benefit, figure);
            view! { <li>{card}</li> }
        });
        let cards = cards.collect_view();
        (cards, fold::sources(visit.locale, sources))
    };
    let mut rungs: Vec<_> = benefits.iter().filter(|(_, benefit)| benefit.rung.is_some()).collect();
    rungs.sort_by_key(|(_, benefit)| benefit.rung);
    let ladder = (!rungs.is_empty()).then(|| {
        let (cards, sources) = cards(rungs);
        view! {
            <section class="flow">
                <h2>{visit.say("社会救助", "Social assistance")}</h2>
                <p>
                    {visit.say(
                        "按困难程度从重到轻排列。拿不准是哪一项不要紧，申请时由街道归到合适的一项。",
                        "From the greatest need to the least. You need not know which one fits: the street office \
                         puts an application in the right place.",
                    )}
                </p>
                <ol class="cards" role="list">{cards}</ol>
                {sources}
            </section>
        }
        .into_any()
    });
    let groups = GROUPS.into_iter().filter_map(|group| {
        let of_group = benefits.iter().filter(|(_, benefit)| benefit.rung.is_none());
        // The first event is the one that a benefit answers to most.
        let of_group: Vec<_> = of_group.filter(|(_, benefit)| benefit.events.first().copied() == group).collect();
        (!of_group.is_empty()).then(|| {
            let (cards, sources) = cards(of_group);
            view! {
                <section class="flow">
                    <h2>{words::group(visit.locale, group)}</h2>
                    <ul class="cards" role="list">{cards}</ul>
                    {sources}
                </section>
            }
            .into_any()
        })
    });
    ladder.into_iter().chain(groups).collect()
}

fn card(visit: &Visit, place: &ChosenRegion, asked: &Benefit, figure: Option<AnyView>) -> AnyView {
    let locale = visit.locale;
    let coming = asked.valid_since().filter(|from| place.today < *from).map(|from| {
        view! { <p class="tags"><Tag text=words::starting(locale, from) /></p> }
    });
    let summary = asked.summary.say(locale).to_owned();
    view! {
        <Card
            href=place.link(visit, &format!("/benefits/{}", asked.id))
            title=asked.name.say(locale)
        >
            {coming}
            <p>{summary}</p>
            {figure}
        </Card>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
