//! `/api/v1/registries`, and the times of each

use axum::{Json, extract::State, response::IntoResponse};
use serde::Serialize;
use shared::appointments::SlotView;
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::PlaceId;

use super::input::{Named, Parameters};
use super::problem::ProblemBody;
use super::slots::{Wanted, of_place};
use crate::app::App;
use crate::marriage::registry::{self, RegistryShown};
use crate::places::Place;
use crate::rejection::Rejection;

/// All registries, with the rules they book by.
#[utoipa::path(
    get,
    path = "/api/v1/registries",
    operation_id = "list_registries",
    tag = "appointments",
    responses(
        (status = 200, description = "In the order of the region's list", body = [RegistryShown]),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>) -> Result<impl IntoResponse, Rejection> {
    let registries = registry::all(&app).await?.into_iter().map(RegistryShown::from);
    Ok(Json(registries.collect::<Vec<_>>()))
}

/// The times of a registry from one day to another, free or not, with what is left.
#[utoipa::path(
    get,
    path = "/api/v1/registries/{id}/slots",
    operation_id = "list_slots",
    tag = "appointments",
    params(("id" = PlaceId, Path, description = "The registry"), Wanted),
    responses(
        (status = 200, description = "In order of time", body = [SlotView]),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such registry", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`slot_closed`: no appointments are given out there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `service`, `from` or `to`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn slots(
    state: State<App>,
    id: Named<PlaceId>,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Json<Vec<SlotView>>, Rejection> {
    let service = if wanted.service.is_empty() { SERVICE.name().to_owned() } else { wanted.service };
    of_place(state, id, Parameters(Wanted { service, ..wanted })).await
}

/// A place as an appointment names it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Place)]
pub(super) struct PlaceShown {
    id: PlaceId,
    name: Localised,
    address: Localised,
    phone: String,
}

impl From<Place> for PlaceShown {
    fn from(place: Place) -> Self {
        Self { id: place.id, name: place.name, address: place.address, phone: place.phone }
    }
}
