//! The directory of places with twenty thousand of them: what a list costs to take in, a page to draw, a search to answer.

mod list;
mod looking;
mod near;
mod pages;
mod paint;
mod taking;
mod words;

use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::{
    Outcome,
    http::Connection,
    plan::{NOW, Plan},
    portal::{Portal, start},
    progress,
    report::Report,
    store::{Place, Store},
};

pub const KIND: &str = "elderly_station";

/// The places of a kind as a portal of so many keeps them.
struct City {
    portal: Portal,
    places: usize,
    /// From the press to the list, read from the database for the first time.
    first: Duration,
}

/// Of its bundle.
struct Bundle {
    plain: Vec<u8>,
    packed: usize,
    /// From the question to its name: read, made and packed.
    made: Duration,
}

pub async fn measure(plan: &Plan, report: &mut Report) -> Outcome<()> {
    let [some, many] = if plan.quick { [500, 2_000] } else { [2_000, 20_000] };
    progress("a list of a million lines, which is refused");
    let endless = taking::endless(plan).await?;
    words::endless_budget(&endless, report);

    let mut imports = Vec::new();
    for store in Store::all(plan) {
        progress(format_args!("{many} places come in, {store}"));
        let place = empty(plan, store).await?;
        let taken = taking::city(plan, &place, many).await?;
        progress(format_args!("the nearest of them, {store}"));
        let city = open(plan, place).await?;
        let near = near::measure(plan, &city).await?;
        words::import_budgets(store, &taken, &near, report);
        imports.push((store, taken, near, city));
    }
    let large = &imports[0].3;
    let bundle = bundle(&large.portal).await?;
    progress("searching and sorting, here and in Chromium");
    let looked = looking::measure(plan, &bundle.plain)?;
    words::looking_budgets(&looked, report);

    let place = empty(plan, Store::Sqlite).await?;
    let small = open(plan, place).await?;
    progress("pages of few and of many places beside a bare axum route");
    let shown = pages::measure(plan, &small, large).await?;
    words::page_budgets(&shown, large, report)?;
    let paint = paint::measure(plan, large)?;
    words::paint_budget(paint.as_ref(), report);

    small.portal.process.stop()?;
    taking::city(plan, &small.portal.place, some).await?;
    let middle = open(plan, small.portal.place).await?;
    let of_some = self::bundle(&middle.portal).await?;
    words::bundle_budget(middle.places, &of_some, report);
    let bundles = [(middle.places, of_some), (large.places, bundle)];
    report.section("Places", words::section(&endless, &imports, &bundles, &looked, &shown));
    Ok(())
}

/// A portal's data with nothing but the places of the demonstration.
async fn empty(plan: &Plan, store: Store<'_>) -> Outcome<Place> {
    let place = store.place(&plan.scratch).await?;
    let (process, _) = start(plan, &place).await?;
    process.stop()?;
    Ok(place)
}

async fn open(plan: &Plan, place: Place) -> Outcome<City> {
    let (process, _) = start(plan, &place).await?;
    let portal = Portal { process, place };
    let mut connection = Connection::open(portal.address()).await?;
    let begun = Instant::now();
    connection.get("/stations", &[]).await?;
    let first = begun.elapsed();
    Ok(City { places: total(&mut connection).await?, portal, first })
}

async fn total(connection: &mut Connection) -> Outcome<usize> {
    #[derive(Deserialize)]
    struct Part {
        total: usize,
    }
    let answer = connection.get(&format!("/api/v1/places?kind={KIND}&limit=1"), &[]).await?;
    Ok(serde_json::from_slice::<Part>(&answer.body)?.total)
}

async fn bundle(portal: &Portal) -> Outcome<Bundle> {
    #[derive(Deserialize)]
    struct Named {
        href: String,
    }
    let mut connection = Connection::open(portal.address()).await?;
    let begun = Instant::now();
    let named = connection.get(&format!("/api/v1/bundles/{KIND}"), &[]).await?;
    let made = begun.elapsed();
    let Named { href } = serde_json::from_slice(&named.body)?;
    let plain = connection.get(&href, &[("accept-encoding", "identity")]).await?.body.to_vec();
    let packed = connection.get(&href, &[("accept-encoding", "br")]).await?.body.len();
    Ok(Bundle { plain, packed, made })
}

/// The instant of the portal, in civil time.
fn now() -> &'static str {
    NOW.split_once('+').map_or(NOW, |(civil, _)| civil)
}
