//! `/api/v1/procedures/{id}`

use axum::{Json, extract::State};
use shared::problem::Problem;

use super::super::input::{Named, Parameters};
use super::super::problem::ProblemBody;
use super::Where;
use super::shown::ProcedureShown;
use crate::app::App;
use crate::rejection::Rejection;

/// All that an application asks and needs: what to type, which papers, by when it is decided, and what that rests on.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{id}",
    operation_id = "show_procedure",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure, such as `green_burial`"),
        ("region" = Option<String>, Query, description = "Division code of six digits; the portal's own when left out"),
    ),
    responses(
        (status = 200, description = "The definition in force", body = ProcedureShown),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: the region takes no such applications", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Named(id): Named<String>,
    Parameters(at): Parameters<Where>,
) -> Result<Json<ProcedureShown>, Rejection> {
    let offered = at.offered(&app, &id)?;
    Ok(Json(ProcedureShown::of(&offered).ok_or(Problem::NotFound)?))
}
