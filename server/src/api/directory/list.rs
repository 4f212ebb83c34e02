//! `/api/v1/places`

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::directory::position::CHINA;
use shared::directory::{Filter, Found, Sought, Spot, find};
use shared::field::{Asked, FieldErrors, Reason, choice};
use shared::geo::Wgs84;
use shared::places::{Coordinates, Datum, PlaceId};

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
    /// Where somebody is, `22.53301,113.93042`: the nearest come first. Within China or some thousand kilometres around it. For
    /// programs that may know it: it is never written down.
    near: String,
    /// What `near` was measured in: `wgs84`, `cgcs2000`, `gcj02` or `bd09`; wanted with it, as the same numbers lie hundreds of
    /// metres apart.
    datum: String,
    /// Words of a name, an address or a community; full pinyin and its initials too.
    q: String,
    /// `now`, or `2026-05-20T14:30` in civil time: only what is open then.
    open_at: String,
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
    /// `1`: only what costs nothing.
    free: String,
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
    /// What to ask for `after`; none at the end.
    next: Option<PlaceId>,
}

const KIND: &Asked = &Asked::one_of("kind_missing", "请写明是哪一类地点。", "Say which kind of place.");
const DATUM: &Asked = &Asked::one_of(
    "datum_missing",
    "请写明 near 的坐标系：wgs84、cgcs2000、gcj02 或 bd09。",
    "Say what near was measured in: wgs84, cgcs2000, gcj02 or bd09.",
);
const AFTER: &Asked =
    &Asked::one_of("after_missing", "请用上一次回答里的 next。", "Use the next of the answer before.");
/// Millionths of a degree around the mainland within which something is near or far: beyond it, as at the poles, map numbers and
/// distances say nothing.
const AROUND: i32 = 10_000_000;
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
    let parent = id(&mut errors, "parent", &wanted.parent);
    let after = id(&mut errors, "after", &wanted.after);
    errors.into_result()?;
    let (Some(filter), Some(near), Some(limit)) = (filter, near, limit) else {
        return Err(Error::from(FieldErrors::new()).into());
    };
    let directory = shown::of(&app, kind, now).await?;
    // Only a later part, or that of one place, stands anywhere in the order of all.
    let most = if parent.is_none() && after.is_none() { limit } else { usize::MAX };
    let sought = Sought { kind, filter: &filter, now: civil, most };
    let looked = find(&directory.listings, &directory.names, sought, near, app.calendar());
    let (mut found, mut total) = (looked.first, looked.count);
    if let Some(parent) = parent {
        found.retain(|one| directory.listings[one.index].parent.as_ref() == Some(&parent));
        total = found.len();
    }
    let from = match after {
        None => 0,
        Some(after) => {
            let at = found.iter().position(|one| directory.listings[one.index].id == after);
            1 + at.ok_or_else(|| FieldErrors::one("after", Reason::NotOffered(AFTER)))?
        }
    };
    let part: Vec<&Found> = found.iter().skip(from).take(limit).collect();
    let is_end = from + part.len() >= total;
    let next = part.last().filter(|_| !is_end).map(|last| directory.listings[last.index].id.clone());
    let item = |one: &&Found| PlaceListed::of(&directory.listings[one.index], one.metres(), civil, app.calendar());
    Ok(Json(PlaceList { items: part.iter().map(item).collect(), total, next }))
}

impl Wanted {
    fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("q", &self.q),
            ("open_at", &self.open_at),
            ("service", &self.service),
            ("tier", &self.tier),
            ("street", &self.street),
            ("community", &self.community),
            ("step_free", &self.step_free),
            ("free", &self.free),
        ]
    }

    fn near(&self) -> Result<Option<Wgs84>, FieldErrors> {
        if self.near.is_empty() {
            return Ok(None);
        }
        let datum = choice(DATUM, &self.datum, Datum::from_name).map_err(|reason| FieldErrors::one("datum", reason))?;
        let point = self
            .near
            .split_once(',')
            .and_then(|(latitude, longitude)| Coordinates::new(millionths(latitude)?, millionths(longitude)?, datum));
        let point = point.ok_or_else(|| FieldErrors::one("near", bad_near()))?;
        if !CHINA.wider(AROUND).holds(point.latitude, point.longitude) {
            return Err(FieldErrors::one("near", far_away()));
        }
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

fn far_away() -> Reason {
    Reason::own(
        "near_far_away",
        "near 离这里太远，按远近排没有意义。请核对数字；不写 near，就能看全部地点。",
        "near is too far away for anything to be near it. Check its numbers, or leave it out for all places.",
    )
}

fn limit(text: &str) -> Result<usize, Reason> {
    let limit = if text.is_empty() { Some(USUAL) } else { text.parse().ok() };
    limit.filter(|limit| (1..=MOST).contains(limit)).ok_or_else(|| {
        Reason::own("limit", format!("limit 请写 1 到 {MOST}。"), format!("Write limit from 1 to {MOST}."))
    })
}

fn id(errors: &mut FieldErrors, field: &str, text: &str) -> Option<PlaceId> {
    if text.is_empty() {
        return None;
    }
    errors.keep(field, PlaceId::parse(text).map_err(|_| Reason::NotOffered(AFTER)))
}
