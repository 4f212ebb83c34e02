//! `/api/v1/places/{id}`

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use serde::Serialize;
use shared::calendar::shanghai;
use shared::directory::{Access, Area, Capacity, Closed, Grade, Refusal};
use shared::hours::{Change, Rule};
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::problem::Problem;

use super::shown::{PlaceListed, Position, unconfirmed};
use crate::api::input::Named;
use crate::api::problem::ProblemBody;
use crate::app::App;
use crate::directory::shown;
use crate::error::Error;
use crate::rejection::Rejection;

/// Everything that is said of a place.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = PlaceInFull)]
pub(super) struct InFull {
    #[serde(flatten)]
    listed: PlaceListed,
    /// Division code of six digits, GB/T 2260.
    division: String,
    street: Option<Area>,
    community: Option<Area>,
    directions: Option<Localised>,
    rules: Vec<Rule>,
    /// What was announced, where no rule could be read from it.
    announced: Option<String>,
    /// What is otherwise for a while, from now on.
    changes: Vec<Change>,
    access: Access,
    capacity: Option<Capacity>,
    grade: Option<Grade>,
    /// Closed for good.
    closed: Option<Closed>,
    /// By section, the days for which nobody has confirmed it, once those are many.
    unconfirmed_days: BTreeMap<String, u32>,
    /// In WGS-84, of a point that was measured in it, where the bureau publishes that.
    measured: Option<Position>,
    /// The places that belong to it.
    below: Vec<PlaceId>,
    source: String,
    checked: chrono::NaiveDate,
}

/// How long an answer is kept: a closure is seen within a minute of its beginning.
const BRIEFLY: HeaderValue = HeaderValue::from_static("public, max-age=20");

/// One place, also one that has closed for good.
#[utoipa::path(
    get,
    path = "/api/v1/places/{id}",
    operation_id = "show_place",
    tag = "directory",
    params(("id" = PlaceId, Path, description = "The place")),
    responses(
        (status = 200, description = "The place", body = InFull),
        (status = 404, description = "`not_found`: no such place is listed", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`place_unconfirmed`: nobody has confirmed it for years, and no times are given out for it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(State(app): State<App>, Named(id): Named<PlaceId>) -> Result<impl IntoResponse, Rejection> {
    let now = app.now();
    let civil = shanghai(now).naive_local();
    let directory = shown::with(&app, &id, now).await?.ok_or(Problem::NotFound)?;
    let (listing, kind) = (directory.get(&id).ok_or(Problem::NotFound)?, directory.kind);
    if listing.closed.is_none() && directory.freshness(listing, civil.date()).is_hidden() {
        return Err(Error::from(Problem::from(Refusal::Unconfirmed)).into());
    }
    let place = InFull {
        listed: PlaceListed::of(listing, (civil, None), app.calendar()),
        division: listing.division.clone(),
        street: listing.street.clone(),
        community: listing.community.clone(),
        directions: listing.directions.clone(),
        rules: listing.times.rules().to_vec(),
        announced: listing.times.words().map(str::to_owned),
        changes: listing.times.ahead(civil).cloned().collect(),
        access: listing.access,
        capacity: listing.capacity,
        grade: listing.grade.clone(),
        closed: listing.closed.clone(),
        unconfirmed_days: unconfirmed(listing, kind, civil),
        measured: listing.spot.filter(|_| app.settings().publish_wgs84).and_then(Position::measured),
        below: directory.below(&id).map(|one| one.id.clone()).collect(),
        source: listing.source.clone(),
        checked: listing.checked,
    };
    Ok(([(header::CACHE_CONTROL, BRIEFLY)], Json(place)))
}
