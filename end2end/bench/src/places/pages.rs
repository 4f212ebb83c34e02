//! The pages of few places and of many, as strangers get them.

use std::time::{Duration, Instant};

use super::{City, KIND};
use crate::{
    Outcome,
    http::Connection,
    pages::{Page, open},
    plan::Plan,
    speed::{bare, rate},
    stats::{Spread, percentile},
};

pub struct Shown {
    pub what: &'static str,
    /// Of few places and of many.
    pub of: [Figures; 2],
}

pub struct Figures {
    pub places: usize,
    /// Bytes as they are and in brotli.
    pub weight: [usize; 2],
    /// Requests a second, and percent of the bare route in the same round.
    pub rate: Spread,
    pub share: Spread,
    /// Milliseconds of one that is drawn anew for each: median and 95th percentile.
    pub drawn: [f64; 2],
}

/// The list, one place, and the list of what somebody typed.
pub async fn measure(plan: &Plan, small: &City, large: &City) -> Outcome<Vec<Shown>> {
    let bare = bare(plan).await?;
    let load = plan.lasting(3);
    let mut shown = Vec::new();
    let places = [one(small).await?, one(large).await?];
    for (what, paths) in [
        ("list", ["/stations".to_owned(), "/stations".to_owned()]),
        ("place", places),
        ("search", ["/stations?q=nanshan".to_owned(), "/stations?q=nanshan".to_owned()]),
    ] {
        let mut of = [figures(plan, small, &paths[0]).await?, figures(plan, large, &paths[1]).await?];
        for _ in 0..plan.runs(3) {
            let yardstick = rate(bare.address, "/", load, &[])?;
            for (city, path, figures) in
                [small, large].into_iter().zip(&paths).zip(&mut of).map(|((city, path), of)| (city, path, of))
            {
                let rate = rate(city.portal.address(), path, load, &[])?;
                figures.rate.add(rate);
                figures.share.add(rate / yardstick * 100.0);
            }
        }
        shown.push(Shown { what, of });
    }
    Ok(shown)
}

/// The page of one place, which the API names.
async fn one(city: &City) -> Outcome<String> {
    let mut connection = Connection::open(city.portal.address()).await?;
    let answer = connection.get(&format!("/api/v1/places?kind={KIND}&limit=1"), &[]).await?;
    let list: serde_json::Value = serde_json::from_slice(&answer.body)?;
    let id = list["items"][0]["id"].as_str().ok_or("the list is empty")?;
    Ok(format!("/stations/{id}"))
}

async fn figures(plan: &Plan, city: &City, path: &str) -> Outcome<Figures> {
    let mut connection = Connection::open(city.portal.address()).await?;
    let page = open(&mut connection, path, None).await?.ok_or_else(|| format!("{path} is no page"))?;
    let Page { weight, html, .. } = page;
    let mut durations: Vec<Duration> = Vec::new();
    for n in 0..plan.times(60) {
        // Another address each time, so that nobody else's page is at hand.
        let path = format!("{path}{}n={n}", if path.contains('?') { '&' } else { '?' });
        let begun = Instant::now();
        connection.get(&path, &[]).await?;
        durations.push(begun.elapsed());
    }
    Ok(Figures {
        places: city.places,
        weight: [html.len(), weight],
        rate: Spread::default(),
        share: Spread::default(),
        drawn: [0.5, 0.95].map(|share| percentile(&mut durations, share)),
    })
}
