//! `/api/v1/registries`

use axum::{Json, extract::State, response::IntoResponse};
use serde::Serialize;
use shared::localised::Localised;
use shared::places::PlaceId;

use super::problem::ProblemBody;
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
        (status = 503, description = "`busy`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>) -> Result<impl IntoResponse, Rejection> {
    let registries = registry::all(&app).await?.into_iter().map(RegistryShown::from);
    Ok(Json(registries.collect::<Vec<_>>()))
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
