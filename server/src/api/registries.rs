//! `/api/v1/registries`

pub(super) mod slots;

use axum::{Json, extract::State, response::IntoResponse};
use serde::Serialize;
use shared::appointments::PlaceId;
use shared::localised::Localised;

use super::problem::ProblemBody;
use crate::app::App;
use crate::appointments::registry::Registry;
use crate::rejection::Rejection;

/// All registries, with the rules they book by.
#[utoipa::path(
    get,
    path = "/api/v1/registries",
    operation_id = "list_registries",
    tag = "appointments",
    responses(
        (status = 200, description = "In the order of the region's list", body = [Registry]),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>) -> Result<impl IntoResponse, Rejection> {
    let registries = app.registries().await?;
    Ok(Json(&*registries).into_response())
}

/// A registry as an appointment names it.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Place {
    id: PlaceId,
    name: Localised,
    address: Localised,
    phone: String,
}

impl From<Registry> for Place {
    fn from(registry: Registry) -> Self {
        Self { id: registry.id, name: registry.name, address: registry.address, phone: registry.phone }
    }
}
