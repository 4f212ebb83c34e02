//! `/api/v1/staff/cases`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::Deserialize;
use shared::field::{self, FieldErrors, Reason, choice};
use shared::whole::figures;

use super::super::super::input::Parameters;
use super::super::super::problem::ProblemBody;
use super::shown::CasePage;
use crate::app::App;
use crate::procedures::queue::{self, Queue};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// Which cases are asked for, as typed.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(in crate::api::procedures) struct Asked {
    /// `mine`, `unassigned`, `near_deadline`, `waiting_on_family`, `second_signature`, `rivals`, `family_wrote`,
    /// `not_reached` or `all`; `mine` when left out.
    queue: String,
    /// The first is 0, which is asked for when left out.
    page: String,
}

const QUEUE: &field::Asked = &field::Asked::one_of(
    "queue_missing",
    "queue 请写 mine、unassigned、near_deadline、waiting_on_family、second_signature、rivals、family_wrote、not_reached 或 all。",
    "Write queue as mine, unassigned, near_deadline, waiting_on_family, second_signature, rivals, family_wrote, not_reached or all.",
);

/// No list is read so far.
const MOST_PAGES: u32 = 100_000;

/// Cases to look at next, by queue: what is due first before what is due later. Who applied is masked.
#[utoipa::path(
    get,
    path = "/api/v1/staff/cases",
    operation_id = "list_cases",
    tag = "staff",
    params(Asked),
    responses(
        (status = 200, description = "One page of the queue", body = CasePage),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `queue` or `page`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn list(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Parameters(asked): Parameters<Asked>,
) -> Result<Json<CasePage>, Rejection> {
    let (filter, page) = asked.read()?;
    Ok(Json(queue::queue(&app, &staff, filter, page, app.now()).await?.into()))
}

impl Asked {
    fn read(&self) -> Result<(Queue, u32), FieldErrors> {
        let mut errors = FieldErrors::new();
        let queue = match self.queue.as_str() {
            "" => Some(Queue::Mine),
            typed => errors.keep("queue", choice(QUEUE, typed, Queue::from_name)),
        };
        let page = errors.keep("page", page(&self.page));
        queue.zip(page).ok_or(errors)
    }
}

fn page(text: &str) -> Result<u32, Reason> {
    let page = if text.is_empty() { Some(0) } else { figures(text) };
    page.filter(|page| *page < MOST_PAGES)
        .ok_or_else(|| Reason::own("page", "page 请写页数，第一页是 0。", "Write page as a number; the first is 0."))
}
