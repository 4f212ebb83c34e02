//! `GET /stations/compare?id=…&id=…`: two or three beside each other, row by row where they differ.

mod nearest;
mod short;

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
        Filter, Listing,
        access::{Fact, Feature},
        said::{Call, where_is},
    },
    locale::Locale,
    say,
};

use super::{
    DirectoryPages, Scene,
    call::call,
    gone::{self, Gone},
    heading, invented,
    place::{access, facts, hours, services},
    streets::to,
};
use crate::{
    components::{
        back_link::BackLink,
        notice::{Notice, Tone},
    },
    draw, offline,
    pairs::{Pairs, address},
    visit::Visit,
    words::capital,
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
    let (mut found, mut missing): (Vec<&Listing>, Vec<Gone<'_>>) = (Vec::new(), Vec::new());
    for id in &asked {
        match gone::there(&scene, id) {
            Ok(listing) => found.push(listing),
            Err(why) => missing.push(why),
        }
    }
    found.truncate(MOST);
    let title = visit.say("放在一起比", "Side by side");
    // Whoever has chosen one is on the way to two.
    let is_under_way = found.len() == asked.len() && !found.is_empty();
    let status = if found.len() >= 2 || is_under_way { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    // What was looked for where they were chosen.
    let (filter, _) = Filter::read_most(pairs.iter().map(|(name, value)| (name, value)), scene.kind());
    let asked = (&filter, asked.len());
    Ok(draw::page_as(&visit, status, title, || body(&scene, title, &found, &missing, asked)))
}

fn body(
    scene: &Scene<'_>,
    title: &'static str,
    found: &[&Listing],
    missing: &[Gone<'_>],
    (filter, asked): (&Filter, usize),
) -> AnyView {
    let (visit, locale) = (scene.visit, scene.locale());
    let gone = missing.iter().map(|why| {
        let title = match why {
            Gone::Unknown => locale
                .say("网址里有一个认不出来，没有放进来。", "One in the address is not known here, and was left out.")
                .to_owned(),
            Gone::Hidden(listing) | Gone::Closed(listing) => {
                let name = listing.name.say(locale);
                say!(locale, "{name}已经不在名单里了。", "{name} is no longer listed.")
            }
        };
        view! { <Notice title=title tone=Tone::Warning /> }
    });
    let gone = gone.collect_view();
    let more = (asked > MOST).then(|| {
        view! { <Notice title=locale.say("一次最多比三个，这里是前三个。", "Three fit beside each other: these are the first three.") /> }
    });
    let few = (found.len() < 2).then(|| {
        let title = match found.first() {
            Some(one) => {
                let name = one.name.say(locale);
                say!(locale, "已经选了{name}，再选一个就能比。", "{name} is chosen; choose one more to compare.")
            }
            None => locale.say("请选两个或三个再比。", "Please choose two or three.").to_owned(),
        };
        // What is chosen stays chosen.
        let pairs = filter.pairs();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let list = address(&scene.pages.url(visit, ""), pairs.chain(found.iter().map(|one| ("id", one.id.as_str()))));
        let how = locale.say("到名单最下面接着选", "Go on choosing at the end of the list");
        view! {
            <Notice title=title><p><a href=format!("{list}#compare")>{how}</a></p></Notice>
            {found.first().and_then(|one| nearest::draw(scene, one, filter))}
        }
    });
    let table = (found.len() >= 2).then(|| table(scene, found));
    view! {
        {table.is_some().then(|| offline::of_when(visit, scene.now))}
        <div class="flow places">
            <BackLink href=to(scene, filter) text=heading::title(scene, filter) />
            <h1>{title}</h1>
            {gone}
            {more}
            {few}
            {table}
        </div>
    }
    .into_any()
}

pub(super) fn table(scene: &Scene<'_>, found: &[&Listing]) -> AnyView {
    let (locale, today) = (scene.locale(), scene.now.date());
    let heads = found.iter().map(|one| {
        let href = scene.pages.url(scene.visit, &format!("/{}", one.id));
        view! { <th scope="col"><a href=href>{one.name.say(locale).to_owned()}</a></th> }
    });
    let names = short::names(&found.iter().map(|one| one.name.say(locale)).collect::<Vec<_>>());
    let none = locale.say("✗ 没有", "✗ No");
    let unknown = || access::said(locale, Fact::Unknown).to_owned();
    let of_each = |name: &str, said: &dyn Fn(&Listing) -> String| Row {
        name: name.to_owned(),
        said: found.iter().map(|one| said(one)).collect(),
        are_times: false,
    };
    let now = of_each(locale.say("现在", "Now"), &|one| scene.state(one, None).text(locale));
    let phones = found.iter().map(|one| phone(scene, one)).collect();
    let hours = of_each(locale.say("今天几点", "Hours today"), &|one| {
        let hours = hours::said(locale, &one.times.day(today, None, scene.calendar));
        let hours = match hours::night(scene, one, None) {
            Some(night) => say!(locale, "昨天夜里的{night}；{hours}", "last night’s {night}; {hours}"),
            None => hours,
        };
        invented::mark_invented(locale, one.times.are_invented(), hours)
    });
    let mut rows = vec![
        of_each(locale.say("地址", "Address"), &|one| where_is(locale, &one.sight()).text(locale)),
        Row { are_times: true, ..hours },
    ];
    for service in
        scene.kind().services.iter().filter(|service| found.iter().any(|one| one.service(&service.id).is_some()))
    {
        rows.push(of_each(service.name.say(locale), &|one| match one.service(&service.id) {
            Some(_) if !scene.has_now(one, &service.id) => locale.say("暂停", "Not for now").to_owned(),
            Some(here) => services::price(locale, here).map_or_else(|| "✓".to_owned(), |price| format!("✓ {price}")),
            None if one.services.is_empty() || service.unlisted_is_unknown => unknown(),
            None => none.to_owned(),
        }));
    }
    for feature in Feature::ALL {
        rows.push(of_each(feature.words().say(locale), &|one| {
            let fact = one.access.of(*feature);
            // Beside others, a lift that is not there is no contradiction.
            if fact == Fact::No { none.to_owned() } else { access::said(locale, fact).to_owned() }
        }));
    }
    if found.iter().any(|one| one.capacity.is_some()) {
        rows.push(of_each(locale.say("能接待多少人", "Room for"), &|one| {
            facts::room(locale, one, today).unwrap_or_else(unknown)
        }));
    }
    if found.iter().any(|one| one.grade.is_some()) {
        rows.push(of_each(locale.say("等级", "Grade"), &|one| {
            facts::grade(locale, one, today).unwrap_or_else(unknown)
        }));
    }
    let sure = if found.iter().all(|one| scene.bookable.contains(&one.id)) {
        locale.say("这个时间怎么来的", "Where the hours are from")
    } else {
        locale.say("时间核实", "Hours confirmed")
    };
    rows.push(of_each(sure, &|one| scene.announced(one).said.text(locale)));
    let priced = found.iter().any(|one| one.services.iter().any(|here| here.price_fen.is_some_and(|fen| fen > 0)));
    let terms = priced.then(|| {
        let terms = services::terms(locale);
        view! { <p class="soft">{say!(locale, "价格：{terms}。", "Prices: {terms}.")}</p> }
    });
    let (same, differing): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(Row::is_same);
    let plain = |Row { name, said, are_times }: Row| {
        let cell = |said: String| if are_times { times(locale, &said) } else { said.into_any() };
        drawn(&names, name, said.into_iter().map(cell).collect())
    };
    view! {
        <table class="compare">
            <thead>
                <tr>
                    <td></td>
                    {heads.collect_view()}
                </tr>
            </thead>
            <tbody>
                {plain(now)}
                {drawn(&names, locale.say("电话", "Phone").to_owned(), phones)}
                {differing.into_iter().map(plain).collect_view()}
            </tbody>
        </table>
        {same_for_all(locale, &same)}
        {terms}
    }
    .into_any()
}

/// What is said of each, under one name.
struct Row {
    name: String,
    said: Vec<String>,
    /// Times of a day, which may stand one under the other.
    are_times: bool,
}

impl Row {
    fn is_same(&self) -> bool {
        self.said.windows(2).all(|two| two[0] == two[1])
    }
}

/// One row of the table, its cells in the order of `names`.
fn drawn(names: &[&str], name: String, cells: Vec<AnyView>) -> AnyView {
    let cells = names.iter().zip(cells).map(|(of, cell)| view! { <td data-of=(*of).to_owned()>{cell}</td> });
    view! { <tr><th scope="row">{capital(&name)}</th>{cells.collect_view()}</tr> }.into_any()
}

/// Times with the commas between them apart: where three places stand beside each other on a phone, a line ends instead.
fn times(locale: Locale, said: &str) -> AnyView {
    let comma = locale.say("，", ", ");
    let parts = said.split(comma).enumerate().map(|(n, part)| {
        let comma = (n > 0).then(|| view! { <span class="compare-comma">{comma}</span> });
        view! { {comma}{part.to_owned()} }
    });
    parts.collect_view().into_any()
}

/// What does not tell them apart, once for all, and what reads alike in one line.
fn same_for_all(locale: Locale, rows: &[Row]) -> Option<AnyView> {
    let mut lines: Vec<(&str, Vec<&str>)> = Vec::new();
    for (said, name) in rows.iter().filter_map(|row| Some((row.said.first()?.as_str(), row.name.as_str()))) {
        match lines.iter_mut().find(|(known, _)| *known == said) {
            Some((_, names)) => names.push(name),
            None => lines.push((said, vec![name])),
        }
    }
    let lines = lines.into_iter().map(|(said, names)| {
        let names = capital(&names.join(locale.say("、", ", ")));
        view! { <li>{say!(locale, "{names}：{said}", "{names}: {said}")}</li> }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="compare-same">
                <h2>{locale.say("都一样的", "The same for all")}</h2>
                <ul>{lines.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// In few words: three of them stand beside each other on a phone.
fn phone(scene: &Scene<'_>, one: &Listing) -> AnyView {
    let locale = scene.locale();
    match &one.phone {
        Some(number) if one.demo => view! {
            <span class="nowrap">{number.say(locale)}</span>
            <span class="compare-demo">{locale.say("演示，打不通", "demo, cannot be called")}</span>
        }
        .into_any(),
        _ => call(locale, one.name.say(locale), &Call::of(&one.sight())),
    }
}
