//! The pages that are measured, as a browser finds them.

use std::collections::{BTreeMap, BTreeSet};

use hyper::StatusCode;
use serde::Deserialize;
use shared::appointments::SlotState;

use crate::{
    Outcome,
    http::{Answer, Connection},
    portal::{Portal, slots},
};

/// The pages that the browser tests know, so that none is forgotten here.
const ROUTES: &str = include_str!("../../routes.json");

/// Pages that no resident meets.
const NOT_FOR_RESIDENTS: [&str; 2] = ["/components", "/demo"];

/// The slots of the hot day.
pub const SLOTS: &str = "/marriage/book?registry=nanshan&date=2026-05-20";
/// The first page of the form, with the time that is held on top.
pub const DETAILS: &str = "/marriage/book/details/first";
/// What else a couple sees while a time is held for it.
const HELD: [&str; 2] = [DETAILS, "/marriage/book/details/second"];

#[derive(Deserialize)]
struct Route {
    #[serde(default)]
    visit: Vec<String>,
}

/// A page that answered 200.
pub struct Page {
    pub path: String,
    /// What the browser is known by; none for a first visit.
    pub cookie: Option<String>,
    /// Bytes on the wire in brotli, without headers.
    pub weight: usize,
    pub html: String,
}

/// Every page that a visitor can open, and the form of a couple for whom a time is held.
pub async fn all(server: &Portal) -> Outcome<Vec<Page>> {
    let routes: BTreeMap<String, Route> = serde_json::from_str(ROUTES)?;
    let listed = routes.into_values().flat_map(|route| route.visit);
    let meant = |path: &String| !NOT_FOR_RESIDENTS.iter().any(|not| path.starts_with(not)) && !HELD.contains(&&**path);
    let mut paths: BTreeSet<String> = listed.filter(meant).collect();
    paths.insert(SLOTS.to_owned());
    let mut connection = Connection::open(server.address()).await?;
    let mut pages = Vec::new();
    for path in paths {
        pages.extend(open(&mut connection, &path, None).await?);
    }
    if let Some(cookie) = hold(server, &mut connection).await? {
        for path in HELD {
            pages.extend(open(&mut connection, path, Some(&cookie)).await?);
        }
    }
    Ok(pages)
}

/// The page at `path`, unless something else is there.
pub async fn open(connection: &mut Connection, path: &str, cookie: Option<&str>) -> Outcome<Option<Page>> {
    let plain = fetch(connection, path, cookie, "identity").await?;
    if plain.status != StatusCode::OK || !plain.body.starts_with(b"<!") {
        return Ok(None);
    }
    let packed = fetch(connection, path, cookie, "br").await?;
    let html = String::from_utf8(plain.body.to_vec())?;
    Ok(Some(Page { path: path.to_owned(), cookie: cookie.map(str::to_owned), weight: packed.body.len(), html }))
}

/// Takes a time as a browser without scripts does; what it is known by afterwards.
async fn hold(server: &Portal, connection: &mut Connection) -> Outcome<Option<String>> {
    let slots = slots(server.address()).await?;
    let Some(slot) = slots.iter().find(|slot| slot.state == SlotState::Free) else { return Ok(None) };
    // The page with the times gives the cookie that the time is held for.
    let cookies = connection.get(SLOTS, &[]).await?.cookies();
    let answer = connection.post_form(SLOTS, &[("cookie", cookies.as_str())], &format!("slot={}", slot.id)).await?;
    Ok((answer.status == StatusCode::SEE_OTHER && !cookies.is_empty()).then_some(cookies))
}

/// What a file weighs on the wire for a browser that reads brotli.
pub async fn weight(connection: &mut Connection, path: &str) -> Outcome<usize> {
    let answer = fetch(connection, path, None, "br").await?;
    if answer.status == StatusCode::OK {
        Ok(answer.body.len())
    } else {
        Err(format!("{path} answers {}", answer.status).into())
    }
}

async fn fetch(connection: &mut Connection, path: &str, cookie: Option<&str>, encoding: &str) -> Outcome<Answer> {
    let cookie = cookie.map(|cookie| ("cookie", cookie));
    let headers: Vec<_> = cookie.into_iter().chain([("accept-encoding", encoding)]).collect();
    connection.get(path, &headers).await
}
