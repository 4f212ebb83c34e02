//! `/api/v1/staff/counters/{id}/next`

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai_date;
use shared::counter::{CounterId, Press, Refusal};
use shared::locale::Locale;
use shared::problem::Problem;

use super::super::input::{Body, Named};
use super::super::problem::ProblemBody;
use super::shown::VisitShown;
use crate::app::App;
use crate::counter::next::{Next, next};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct Pressed {
    /// Made up by the caller for each press: the same one again calls nobody else.
    press: Press,
    /// The day whose sheet the caller has before them. Where it is not today any more, nobody is called.
    date: Option<NaiveDate>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Called {
    visit: VisitShown,
    /// Why they are next; where a clerk entered from paper when they came, that too.
    why: String,
}

/// Calls the next of those who wait to a counter. The first press opens the counter for whoever presses.
#[utoipa::path(
    post,
    path = "/api/v1/staff/counters/{id}/next",
    operation_id = "call_next",
    tag = "staff",
    params(("id" = CounterId, Path, description = "The counter")),
    request_body = Pressed,
    responses(
        (status = 200, description = "Called", body = Called),
        (status = 204, description = "Nobody waits"),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`, or `not_allowed`: none of one's roles allows it there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such counter", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`counter_busy`, with its `visit`; `counter_taken`; `seated_elsewhere`, with their `counter`; `day_closed`; `page_over` where the `date` is not today", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `press` or `date`, or `idempotency_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn call(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(counter): Named<CounterId>,
    Body(Pressed { press, date }): Body<Pressed>,
) -> Result<Response, Rejection> {
    let now = app.now();
    if date.is_some_and(|date| date != shanghai_date(now)) {
        return Err(Problem::from(Refusal::PageOver { date }).into());
    }
    Ok(match next(&app, &staff, counter, &press, now).await? {
        Next::Called { row, why, from_paper } => {
            let why = shared::counter::paper::mark_from_paper(why.words(Locale::Zh), from_paper, Locale::Zh);
            Json(Called { visit: row.into(), why }).into_response()
        }
        Next::Nobody => StatusCode::NO_CONTENT.into_response(),
    })
}
