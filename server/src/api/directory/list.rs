//! `/api/v1/places`

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::directory::{
    Filter, Found, Looked, Sought, Spot, find,
    position::{BadPosition, CHINA},
};
use shared::field::{Asked, FieldErrors, Reason, choice};
use shared::geo::Wgs84;
use shared::places::{Coordinates, Datum, PlaceId};
use shared::whole::{figures, narrow};

use super::shown::PlaceListed;
use crate::api::input::Parameters;
use crate::api::problem::ProblemBody;
use crate::app::App;
use crate::directory::{kinds, shown};
use crate::error::Error;
use crate::rejection::Rejection;

/// The query, as typed.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Wanted {
    /// Such as `elderly_station`.
    kind: String,
    /// Where somebody is, `22.53301,113.93042`: the nearest come first; refused where all places are more than 300 km away. For
    /// programs that may know it: it is never written down.
    near: String,
    /// What `near` was measured in: `wgs84`, `cgcs2000`, `gcj02` or `bd09`; wanted with it, as the same numbers lie hundreds of
    /// metres apart on the mainland.
    datum: String,
    /// Words of a name, an address or a community; full pinyin and its initials too.
    q: String,
    /// `now`, or `2026-05-20T14:30` in civil time: only what is open then.
    open_at: String,
    /// Where nobody has said what a place offers, it may offer this: it comes after all that do, with `unsure`.
    service: String,
    tier: String,
    /// Only what belongs to this place.
    parent: String,
    /// Division code of nine digits.
    street: String,
    /// Division code of twelve digits.
    community: String,
    /// `1`: only where somebody is known to get in without a step.
    step_free: String,
    /// `1`: only what costs nothing. As `most` it is not asked of a kind where nothing costs anything.
    free: String,
    /// Whole yuan: only what is known to cost no more, the service that is asked for or any where none is.
    most: String,
    /// From 1 to 200; 50 when left out.
    limit: String,
    /// The `next` of the answer before.
    after: String,
}

/// A part of a list.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct PlaceList {
    items: Vec<PlaceListed>,
    /// Of all parts.
    total: usize,
    /// Of these, those that may not have what is asked for.
    unsure: usize,
    /// What to ask for `after`; none at the end.
    next: Option<PlaceId>,
}

const KIND: &Asked = &Asked::one_of("kind_missing", "请写明是哪一类地点。", "Say which kind of place.");
const DATUM: &Asked = &Asked::one_of(
    "datum_missing",
    "请写明 near 的坐标系：wgs84、cgcs2000、gcj02 或 bd09。",
    "Say what near was measured in: wgs84, cgcs2000, gcj02 or bd09.",
);
const PARENT: &Asked =
    &Asked::one_of("parent_missing", "请写明属于哪个地点，用它的 id。", "Say which place it belongs to, by its id.");
const AFTER: &Asked =
    &Asked::one_of("after_missing", "请用上一次回答里的 next。", "Use the next of the answer before.");
/// Metres up to which distances are what they say.
const FARTHEST: u32 = 300_000;
const USUAL: usize = 50;
const MOST: usize = 200;

/// Places that fit, the nearest first; neither those that closed for good nor those that nobody has confirmed for years.
#[utoipa::path(
    get,
    path = "/api/v1/places",
    operation_id = "list_places",
    tag = "directory",
    params(Wanted),
    responses(
        (status = 200, description = "The nearest first where `near` is given, else by tier, street and community", body = PlaceList),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at the parameter that cannot be meant", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Json<PlaceList>, Rejection> {
    let kind = choice(KIND, &wanted.kind, kinds::kind).map_err(|reason| FieldErrors::one("kind", reason))?;
    let (mut errors, now) = (FieldErrors::new(), app.now());
    let civil = shanghai(now).naive_local();
    let filter = errors.keep_all(Filter::read(wanted.pairs(), kind));
    let near = errors.keep_all(wanted.near());
    let limit = errors.keep("limit", limit(&wanted.limit));
    let parent = id(&mut errors, ("parent", PARENT), &wanted.parent);
    let after = id(&mut errors, ("after", AFTER), &wanted.after);
    errors.into_result()?;
    let (Some(filter), Some(near), Some(limit)) = (filter, near, limit) else {
        return Err(Error::from(FieldErrors::new()).into());
    };
    let directory = shown::of(&app, kind, now).await?;
    // Only a later part, or that of one place, stands anywhere in the order of all.
    let most = if parent.is_none() && after.is_none() { limit } else { usize::MAX };
    let look = |filter: &Filter| {
        let sought = Sought { kind, filter, kept: &directory.booked, now: civil, most };
        let mut looked = find(&directory.listings, &directory.names, sought, near, app.calendar());
        if let Some(parent) = &parent {
            looked.first.retain(|one| directory.listings[one.index].parent.as_ref() == Some(parent));
            looked.count = looked.first.len();
            looked.unsure = looked.first.iter().filter(|one| one.is_unsure).count();
        }
        looked
    };
    let Looked { first: found, count: total, unsure, nearest, .. } = look(&filter);
    if nearest.is_some_and(|metres| metres > FARTHEST) {
        return Err(Error::from(FieldErrors::one("near", too_far())).into());
    }
    let place = |found: &[Found], id: &PlaceId| found.iter().position(|one| directory.listings[one.index].id == *id);
    let from = match &after {
        None => 0,
        Some(after) => {
            if let Some(at) = place(&found, after) {
                at + 1
            } else {
                // It has closed since: what came after it comes still.
                let any_time = look(&Filter { open_at: None, ..filter.clone() }).first;
                let at = place(&any_time, after).ok_or_else(|| FieldErrors::one("after", Reason::NotOffered(AFTER)))?;
                let before: BTreeSet<usize> = any_time[..=at].iter().map(|one| one.index).collect();
                found.iter().position(|one| !before.contains(&one.index)).unwrap_or(found.len())
            }
        }
    };
    let part: Vec<&Found> = found.iter().skip(from).take(limit).collect();
    let is_end = from + part.len() >= total;
    let next = part.last().filter(|_| !is_end).map(|last| directory.listings[last.index].id.clone());
    let at = filter.open_at.map_or(civil, |when| when.instant(civil));
    let asked = (at, filter.service.as_deref());
    let item = |one: &&Found| {
        let mut listed = PlaceListed::of(&directory.listings[one.index], asked, app.calendar());
        (listed.distance_m, listed.unsure) = (one.metres(), one.is_unsure);
        listed
    };
    Ok(Json(PlaceList { items: part.iter().map(item).collect(), total, unsure, next }))
}

impl Wanted {
    fn pairs(&self) -> [(&'static str, &str); 9] {
        [
            ("q", &self.q),
            ("open_at", &self.open_at),
            ("service", &self.service),
            ("tier", &self.tier),
            ("street", &self.street),
            ("community", &self.community),
            ("step_free", &self.step_free),
            ("free", &self.free),
            ("most", &self.most),
        ]
    }

    fn near(&self) -> Result<Option<Wgs84>, FieldErrors> {
        if self.near.is_empty() && self.datum.is_empty() {
            return Ok(None);
        }
        let datum = choice(DATUM, &self.datum, Datum::from_name).map_err(|reason| FieldErrors::one("datum", reason))?;
        if self.near.is_empty() {
            return Ok(None);
        }
        let typed = narrow(&self.near);
        let typed = typed.split_once(',');
        let typed = typed.and_then(|(latitude, longitude)| Some((millionths(latitude)?, millionths(longitude)?)));
        let (latitude, longitude) = typed.ok_or_else(|| FieldErrors::one("near", bad_near()))?;
        if (latitude, longitude) == (0, 0) {
            return Err(FieldErrors::one("near", BadPosition::Zero));
        }
        if CHINA.holds(longitude, latitude) && !CHINA.holds(latitude, longitude) {
            return Err(FieldErrors::one("near", BadPosition::Swapped));
        }
        let point = Coordinates::new(latitude, longitude, datum);
        let point = point.ok_or_else(|| FieldErrors::one("near", bad_near()))?;
        Ok(Some(Spot::of(point).ground()))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
fn millionths(degrees: &str) -> Option<i32> {
    let degrees: f64 = degrees.trim().parse().ok()?;
    (-180.0..=180.0).contains(&degrees).then(|| (degrees * 1e6).round() as i32)
}

fn bad_near() -> Reason {
    Reason::own(
        "near",
        "near 请写纬度和经度，例如 22.53301,113.93042。",
        "Write near as latitude and longitude, such as 22.53301,113.93042.",
    )
}

fn too_far() -> Reason {
    Reason::own(
        "near_far",
        "near 离这里的所有地点都超过 300 公里。请核对经纬度和坐标系，或者不写 near。",
        "near is more than 300 km from every place here. Please check the numbers and their datum, or leave it out.",
    )
}

fn limit(text: &str) -> Result<usize, Reason> {
    let limit = if text.is_empty() { Some(USUAL) } else { figures(text) };
    limit.filter(|limit| (1..=MOST).contains(limit)).ok_or_else(|| {
        Reason::own("limit", format!("limit 请写 1 到 {MOST}。"), format!("Write limit from 1 to {MOST}."))
    })
}

fn id(errors: &mut FieldErrors, (field, asked): (&str, &'static Asked), text: &str) -> Option<PlaceId> {
    if text.is_empty() {
        return None;
    }
    errors.keep(field, PlaceId::parse(text).map_err(|_| Reason::NotOffered(asked)))
}
