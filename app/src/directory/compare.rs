//! `GET /stations/compare?id=…&id=…`: two or three beside each other, row by row.

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
        Listing,
        access::Feature,
        said::{Call, where_is},
    },
    say,
};

use super::{
    DirectoryPages, Scene,
    call::call,
    gone,
    place::{access, facts, hours, services},
};
use crate::{
    components::{
        back_link::BackLink,
        notice::{Notice, Tone},
    },
    draw, offline,
    pairs::Pairs,
    visit::Visit,
};

/// How many fit beside each other.
const MOST: usize = 3;

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): Extension<&'static DirectoryPages>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let scene = Scene::read(&app, &visit, pages).await?;
    let mut asked: Vec<&str> = Vec::new();
    for (_, id) in pairs.iter().filter(|(name, _)| name == "id") {
        if !asked.contains(&id.as_str()) {
            asked.push(id);
        }
    }
    let found: Vec<&Listing> = asked.iter().filter_map(|id| gone::there(&scene, id).ok()).take(MOST).collect();
    let missing = asked.len() > found.len() && asked.len() <= MOST;
    let title = visit.say("放在一起比", "Side by side");
    let status = if found.len() < 2 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(draw::page_as(&visit, status, title, || body(&scene, title, &found, missing, asked.len())))
}

fn body(scene: &Scene<'_>, title: &'static str, found: &[&Listing], missing: bool, asked: usize) -> AnyView {
    let (visit, locale) = (scene.visit, scene.locale());
    let gone = missing.then(|| {
        view! { <Notice title=locale.say("您选的有一个已经不在名单里了。", "One that you chose is no longer listed.") tone=Tone::Warning /> }
    });
    let more = (asked > MOST).then(|| {
        view! { <Notice title=locale.say("一次最多比三个，这里是前三个。", "Three fit beside each other: these are the first three.") /> }
    });
    let few = (found.len() < 2).then(|| {
        let title = locale.say("请选两个或三个再比。", "Please choose two or three.");
        let how = locale.say(
            "回到名单，在最下面打开“把两三个放在一起比”。",
            "Go back to the list and open “Compare two or three” at its end.",
        );
        view! { <Notice title=title><p>{how}</p></Notice> }
    });
    let table = (found.len() >= 2).then(|| table(scene, found));
    view! {
        {offline::of_when(visit, scene.now)}
        <div class="flow places">
            <BackLink href=scene.pages.url(visit, "") text=scene.pages.plural.say(locale) />
            <h1>{title}</h1>
            {gone}
            {more}
            {few}
            {table}
        </div>
    }
    .into_any()
}

fn table(scene: &Scene<'_>, found: &[&Listing]) -> AnyView {
    let (locale, today) = (scene.locale(), scene.now.date());
    let heads = found.iter().map(|one| {
        let href = scene.pages.url(scene.visit, &format!("/{}", one.id));
        view! { <th scope="col"><a href=href>{one.name.say(locale).to_owned()}</a></th> }
    });
    let unknown = || locale.say("不清楚", "Not known").to_owned();
    let words = |name: &str, text: &dyn Fn(&Listing) -> String| row(name, found.iter().map(|one| text(one).into_any()));
    let mut rows = vec![
        words(locale.say("现在", "Now"), &|one| scene.state(one, None).text(locale)),
        row(
            locale.say("电话", "Phone"),
            found.iter().map(|one| call(locale, one.name.say(locale), &Call::of(&one.sight()))),
        ),
        words(locale.say("地址", "Address"), &|one| where_is(locale, &one.sight()).text(locale)),
        words(locale.say("今天几点", "Hours today"), &|one| {
            hours::said(locale, &one.times.day(today, None, scene.calendar))
        }),
    ];
    for service in
        scene.kind().services.iter().filter(|service| found.iter().any(|one| one.service(&service.id).is_some()))
    {
        rows.push(words(service.name.say(locale), &|one| match one.service(&service.id) {
            Some(here) => services::price(locale, here).map_or_else(|| "✓".to_owned(), |price| format!("✓ {price}")),
            None if one.services.is_empty() || service.unlisted_is_unknown => unknown(),
            None => locale.say("✗ 没有", "✗ No").to_owned(),
        }));
    }
    for feature in Feature::ALL {
        rows.push(words(feature.words().say(locale), &|one| {
            let fact = one.access.of(*feature);
            access::said(locale, fact).to_owned()
        }));
    }
    if found.iter().any(|one| one.capacity.is_some()) {
        rows.push(words(locale.say("能接待多少人", "Room for"), &|one| {
            facts::room(locale, one, today).unwrap_or_else(unknown)
        }));
    }
    if found.iter().any(|one| one.grade.is_some()) {
        rows.push(words(locale.say("等级", "Grade"), &|one| {
            facts::grade(locale, one, today).unwrap_or_else(unknown)
        }));
    }
    rows.push(words(locale.say("时间核实", "Hours confirmed"), &|one| {
        scene.hours_of(one).announced(locale, today).said.text(locale)
    }));
    let priced = found.iter().any(|one| one.services.iter().any(|here| here.price_fen.is_some_and(|fen| fen > 0)));
    let terms = priced.then(|| {
        let terms = services::terms(locale);
        view! { <p class="soft">{say!(locale, "价格：{terms}。", "Prices: {terms}.")}</p> }
    });
    view! {
        <table class="compare">
            <thead>
                <tr>
                    <td></td>
                    {heads.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {terms}
    }
    .into_any()
}

fn row(name: &str, cells: impl Iterator<Item = AnyView>) -> AnyView {
    let cells = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
    view! { <tr><th scope="row">{name.to_owned()}</th>{cells}</tr> }.into_any()
}
