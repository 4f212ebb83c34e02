//! `GET /stations` and its like: the list, by street and community, and what fits a filter.

use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use server::{App, Rejection};
use shared::{
    directory::{
        Area, Filter, Found, Kind, Listing,
        said::{typed, unsure},
    },
    field::FieldMessage,
    say,
};

use super::{
    DirectoryPages, Scene,
    empty::empty,
    entry::entry,
    filter_form, heading, near, picture, receipts,
    streets::{self, named},
};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, Weight},
        chinese::mark_chinese,
        error_summary::ErrorSummary,
    },
    draw, notices, offline,
    pairs::{Pairs, address, value},
    site::headers::may_ask_where,
    visit::Visit,
};

/// Places on a page of the list.
pub const LIST_LENGTH: usize = 20;

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): Extension<&'static DirectoryPages>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let scene = Scene::read(&app, &visit, pages).await?;
    let (filter, wrong) = asked(&pairs, scene.kind(), &visit);
    let page = value(&pairs, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let notices = notices::on_service(&app, &pages.service(), app.now()).await?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = scene.find(&filter);
    Ok(may_ask_where(draw::page_as(&visit, status, &heading::title(&scene, &filter), || {
        view! {
            {offline::of_when(&visit, scene.now)}
            {notices::draw(&visit, &notices)}
            <div class="flow places">{body(&scene, &filter, wrong, &found, page)}</div>
        }
    })))
}

/// What is looked for, and what of it cannot be meant: the rest counts.
fn asked(pairs: &Pairs, kind: &Kind, visit: &Visit) -> (Filter, Vec<FieldMessage>) {
    let (filter, errors) = Filter::read_most(pairs.iter().map(|(name, value)| (name, value)), kind);
    (filter, errors.messages(visit.locale))
}

fn body(scene: &Scene<'_>, filter: &Filter, wrong: Vec<FieldMessage>, found: &[Found], page: usize) -> AnyView {
    let (visit, locale) = (scene.visit, scene.locale());
    let (above, name) = if filter.is_empty() {
        (visit.url(scene.pages.above.0), scene.pages.above.1.say(locale).to_owned())
    } else {
        let plural = scene.pages.plural.say(locale);
        (scene.pages.url(visit, ""), say!(locale, "全部{plural}", "All: {plural}"))
    };
    let lead = filter.is_empty().then(|| view! { <p class="lead">{scene.pages.lead.say(locale)}</p> });
    let note = filter.service.as_deref().and_then(|service| scene.kind().service(service)?.note.as_ref());
    let note = note.map(|note| view! { <p>{note.say(locale).to_owned()}</p> });
    let (list, compare) =
        if found.is_empty() { (empty(scene, filter), None) } else { listed(scene, filter, found, page) };
    let is_empty = filter.is_empty() && found.is_empty();
    let hidden = hidden(scene, filter);
    let picture = filter.street.is_some().then(|| picture::of_list(scene, found)).flatten();
    view! {
        <BackLink href=above text=name />
        <ErrorSummary locale=locale messages=wrong.clone() />
        <h1>{heading::drawn(scene, filter)}</h1>
        {lead}
        {note}
        {near::ask(scene, filter, !found.is_empty())}
        {(filter.street.is_none() && !found.is_empty()).then(|| streets::choose(scene, filter))}
        {(!is_empty).then(|| filter_form::draw(scene, filter, &wrong))}
        {near::answer(scene, filter)}
        {hidden}
        <div class="beside">
            <div class="column flow">
                {list}
                {filter.street.is_some().then(|| streets::choose(scene, filter))}
            </div>
            {picture}
        </div>
        // Outside of what gives way to the nearest: whoever has found those compares too.
        {compare}
        {receipts::way(visit)}
    }
    .into_any()
}

/// How many places a list leaves out, and why.
fn hidden(scene: &Scene<'_>, filter: &Filter) -> Option<AnyView> {
    let (locale, days) = (scene.locale(), scene.kind().ages.hidden);
    let said = match scene.hidden(filter) {
        0 => return None,
        1 => say!(
            locale,
            "还有 1 个地点没有列出：已经 {days} 天以上没有人核实。要问它的情况，请打 12345。",
            "One more place is not listed: nobody has confirmed anything of it for {days} days or more. Call 12345 to ask about it."
        ),
        count => say!(
            locale,
            "还有 {count} 个地点没有列出：已经 {days} 天以上没有人核实。要问它们的情况，请打 12345。",
            "{count} more places are not listed: nobody has confirmed anything of them for {days} days or more. Call 12345 to ask about \
             them."
        ),
    };
    Some(view! { <p class="soft">{said}</p> }.into_any())
}

/// One page of what was found, street by street where none is chosen, and the form that puts some of it beside each other.
fn listed(scene: &Scene<'_>, filter: &Filter, found: &[Found], page: usize) -> (AnyView, Option<AnyView>) {
    let (visit, locale) = (scene.visit, scene.locale());
    let mut found = found.to_vec();
    let lies_in_some = found.iter().any(|one| street(scene, *one).is_some());
    let by_street = filter.street.is_none() && filter.community.is_none() && filter.q.is_empty() && lies_in_some;
    if by_street {
        let place = |one: &Found| (one.is_unsure, one.freshness.is_last(), street(scene, *one).map(|one| &one.code));
        found.sort_by(|one, other| place(one).cmp(&place(other)));
    }
    let pages = found.len().div_ceil(LIST_LENGTH);
    let page = page.clamp(1, pages.max(1));
    let here: Vec<Found> = found.iter().skip((page - 1) * LIST_LENGTH).take(LIST_LENGTH).copied().collect();
    let all = found.len();
    let count = match pages {
        1 => say!(locale, "共 {all} 个", "{all} in all"),
        _ => say!(locale, "共 {all} 个，第 {page} 页，共 {pages} 页", "{all} in all, page {page} of {pages}"),
    };
    let unsure = unsure(found.iter().filter(|one| one.is_unsure).count());
    let count = match unsure.map(|said| said.text(locale)) {
        Some(unsure) => say!(locale, "{count}；{unsure}", "{count}; {unsure}"),
        None => count,
    };
    let draw = |one: &Found| entry(scene, &scene.listings()[one.index], filter);
    let lists = if by_street {
        let groups = here.chunk_by(|one, other| group(scene, *one) == group(scene, *other));
        let groups = groups.map(|of_one| {
            let name = group(scene, of_one[0]);
            view! {
                <section class="place-group" id=anchor(scene, of_one[0])>
                    <h2>{mark_chinese(locale, &name)}</h2>
                    <ul class="place-list" role="list">{of_one.iter().map(draw).collect_view()}</ul>
                </section>
            }
        });
        view! { <p class="soft">{count}</p> {groups.collect_view()} }.into_any()
    } else {
        view! {
            <h2 class="place-count">{count}</h2>
            <ul class="place-list" role="list">{here.iter().map(draw).collect_view()}</ul>
        }
        .into_any()
    };
    let chosen = scene.chosen();
    let to = |number: usize, text: &'static str, rel: &'static str| {
        let number = number.to_string();
        let pairs = filter.pairs();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str())).chain([("page", number.as_str())]);
        let pairs = pairs.chain(chosen.iter().map(|one| ("id", one.id.as_str())));
        let href = address(&scene.pages.url(visit, ""), pairs);
        view! { <a class="button button-secondary" href=href rel=rel>{text}</a> }
    };
    let before = (page > 1).then(|| to(page - 1, locale.say("上一页", "Previous page"), "prev"));
    let after = (page < pages).then(|| to(page + 1, locale.say("下一页", "Next page"), "next"));
    let turn = (pages > 1).then(|| {
        view! { <nav class="actions" aria-label=locale.say("翻页", "Pages")>{after} {before}</nav> }
    });
    // Only what is a slip away was found: it may be meant.
    let guess = (!filter.q.is_empty() && found.iter().all(|one| one.is_guess))
        .then(|| view! { <p>{typed(&filter.q, all, LIST_LENGTH, true).text(locale)}</p> });
    (view! { {guess} {lists} {turn} }.into_any(), beside_each_other(scene, &here, filter, (page, pages)))
}

/// The group that one stands in: its street, or those that nobody has looked after for long.
fn group(scene: &Scene<'_>, found: Found) -> String {
    let locale = scene.locale();
    if found.is_unsure {
        return locale.say("还不清楚有没有的", "Not known to have it").to_owned();
    }
    if found.freshness.is_last() {
        return locale.say("很久没有人核实的", "Not confirmed for a long time").to_owned();
    }
    street(scene, found).map_or_else(|| locale.say("其他", "Elsewhere"), |street| named(locale, street)).to_owned()
}

/// Where a street begins in the list of all of them: a browser that has kept that list leads there without a network
/// (`app/src/offline/worker.js`).
fn anchor(scene: &Scene<'_>, found: Found) -> Option<String> {
    let is_by_street = !found.is_unsure && !found.freshness.is_last();
    street(scene, found).filter(|_| is_by_street).map(|street| format!("street-{}", street.code))
}

fn street<'s>(scene: &'s Scene<'_>, found: Found) -> Option<&'s Area> {
    scene.listings()[found.index].street.as_ref()
}

/// A form that puts two or three beside each other: lists of names with boxes, behind one press. Those that are chosen on other
/// pages stay chosen, and whoever turns the page by it takes the ticked ones along.
fn beside_each_other(
    scene: &Scene<'_>,
    here: &[Found],
    filter: &Filter,
    (page, pages): (usize, usize),
) -> Option<AnyView> {
    let (visit, locale) = (scene.visit, scene.locale());
    let chosen = scene.chosen();
    let is_chosen = |listing: &Listing| chosen.iter().any(|one| one.id == listing.id);
    let box_of = |listing: &Listing| {
        let (id, name) = (format!("compare-{}", listing.id), listing.name.say(locale).to_owned());
        view! {
            <div class="choice">
                <input type="checkbox" id=id.clone() name="id" value=listing.id.to_string() checked=is_chosen(listing) />
                <label for=id>{name}</label>
            </div>
        }
    };
    let here: Vec<&Listing> = here.iter().map(|one| &scene.listings()[one.index]).collect();
    let elsewhere = chosen.iter().copied().filter(|one| here.iter().all(|listing| listing.id != one.id));
    let all: Vec<&Listing> = elsewhere.chain(here.iter().copied()).collect();
    let count = all.len();
    let boxes = all.into_iter().map(box_of).collect_view();
    // Whoever has to choose one more comes back to what they looked for.
    let pairs = filter.pairs().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let pairs = pairs.collect_view();
    let on = (page < pages).then(|| {
        view! {
            <input type="hidden" name="page" value=(page + 1).to_string() />
            <Button
                text=locale.say("带着选好的，到下一页再选", "Take these along and choose on the next page")
                weight=Weight::Secondary
                action=scene.pages.url(visit, "")
            />
        }
    });
    (count > 1).then(|| {
        view! {
            <details class="fold off-paper" id="compare" open=!chosen.is_empty()>
                <summary>{locale.say("把两三个放在一起比", "Compare two or three")}</summary>
                <form method="get" action=scene.pages.url(visit, "/compare") class="flow">
                    <fieldset>
                        <legend class="hint">{locale.say("请选两个或三个", "Choose two or three")}</legend>
                        <div class="choices">{boxes}</div>
                    </fieldset>
                    {pairs}
                    <p class="actions">
                        <Button text=locale.say("放在一起比", "Compare them") weight=Weight::Secondary />
                        {on}
                    </p>
                </form>
            </details>
        }
        .into_any()
    })
}
