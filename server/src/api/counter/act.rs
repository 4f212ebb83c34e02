//! `/api/v1/staff/visits/{id}/{act}`

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::Deserialize;
use shared::appointments::Service;
use shared::counter::{
    Act, ActName, Back, CounterId, Elsewhere, Ended, Ground, Outcome, Paper, Papers, Press, Reason, Step, VisitId,
};
use shared::field::{self, FieldErrors};
use shared::places::PlaceId;
use shared::problem::Problem;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};

use super::super::input::{Body, Named};
use super::super::problem::ProblemBody;
use super::shown::VisitShown;
use crate::app::App;
use crate::counter::acting::{Acting, act};
use crate::domains;
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// An act, with what it needs to be told; what it does not need is not read.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct ActInput {
    /// The version of the visit that was on the screen.
    version: u32,
    /// Made up by the caller for each press: the same one again is answered the same.
    press: Press,
    /// Why, where it is out of order, a correction, or the day is closed: by hand, or because it is more than two days ago; not to end
    /// or park somebody who is still at a counter. To call somebody out of order: `priority` (first by law or rule), `office`
    /// (because of the system or a counter), or else a few words. It stays in the record for good: no names, no numbers, nobody's health or condition.
    reason: Option<String>,
    /// Of `call`, `hand-over`, and `back` to a counter.
    counter: Option<CounterId>,
    /// Of `finish`: `registered`, `refused` with its `ground`, or `to_return` with the `papers` that are missing. Of
    /// `correct`: one of these, `no_show` or `left`.
    outcome: Option<String>,
    #[schema(schema_with = grounds)]
    ground: Option<Ground>,
    #[schema(schema_with = papers)]
    papers: Option<Vec<Paper>>,
    /// Of `redirect`.
    place: Option<PlaceId>,
    service: Option<Service>,
}

/// Does something with a visit, as the state machine of visits allows, and gives what it is then. `correct` puts right how it
/// ended, is a manager's, and tells nobody; `give-priority` has somebody who waits served before the others, without a reason
/// that would be kept, until `end-priority`; `give-back` takes a ticket back that is not a minute old, of which no visit of the
/// day is left; `release` is no act of its own.
#[utoipa::path(
    post,
    path = "/api/v1/staff/visits/{id}/{act}",
    operation_id = "act_on_visit",
    tag = "staff",
    params(
        ("id" = VisitId, Path, description = "The visit"),
        ("act" = ActName, Path, description = "What is done"),
    ),
    request_body = ActInput,
    responses(
        (status = 200, description = "Done; the visit as it is now", body = VisitShown),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`, or `not_allowed`: none of one's roles allows it there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such visit, or no such act", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "The present state in words: `visit_changed`, `visit_not_so`, `visit_over`, `called_elsewhere` with its `counter`, `same_counter`, `visit_not_today`, `visit_not_yet`, `nothing_to_undo`, `undo_too_late`, `undo_instead`, `same_outcome`, `booking_ended`, `counter_busy` with its `visit`, `counter_taken`, `counter_closed`, `seated_elsewhere` with their `counter`, `day_closed`, `day_over`, `no_place_left` or `no_time_left`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`, at `ground` or `papers` also for one that is not of the visit's service; `reason_needed`, `not_offered_there` or `idempotency_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn take(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named((id, name)): Named<(String, String)>,
    Body(input): Body<ActInput>,
) -> Result<Json<VisitShown>, Rejection> {
    let id = VisitId::parse(&id).map_err(|_| Problem::NotFound)?;
    let name = ActName::from_name(&name).ok_or(Problem::NotFound)?;
    let step = input.step(name)?;
    let reason = input.reason.as_deref().map(Reason::parse).transpose();
    let reason = reason.map_err(|wrong| FieldErrors::one("reason", wrong))?;
    let acting = Acting { version: input.version, press: input.press, step, reason };
    Ok(Json(act(&app, &staff, &id, acting, app.now()).await?.into()))
}

impl ActInput {
    fn step(&self, name: ActName) -> Result<Step, FieldErrors> {
        let act = match name {
            ActName::Arrive => Act::Arrive,
            ActName::Call => Act::Call { counter: self.counter()? },
            ActName::Serve => Act::Serve,
            ActName::Finish => Act::Finish(self.outcome()?),
            ActName::NoShow => Act::NoShow,
            ActName::Park => Act::Park,
            ActName::Back => Act::Back(self.counter.map_or(Back::Hall, |counter| Back::Counter { counter })),
            ActName::Left => Act::Left,
            ActName::GiveBack => Act::GiveBack,
            ActName::GivePriority => Act::GivePriority,
            ActName::EndPriority => Act::EndPriority,
            ActName::HandOver => Act::HandOver { counter: self.counter()? },
            ActName::Redirect => Act::Redirect(Elsewhere {
                place: self.place.clone().ok_or_else(|| lacking("place"))?,
                service: self.service.clone().ok_or_else(|| lacking("service"))?,
            }),
            ActName::Correct => Act::Correct { to: self.ended()? },
            ActName::Release => Act::Release,
            ActName::Undo => return Ok(Step::UNDO),
        };
        Ok(Step::Act(act))
    }

    fn counter(&self) -> Result<CounterId, FieldErrors> {
        self.counter.ok_or_else(|| lacking("counter"))
    }

    fn ended(&self) -> Result<Ended, FieldErrors> {
        match self.outcome.as_deref() {
            Some("no_show") => Ok(Ended::NoShow),
            Some("left") => Ok(Ended::Left),
            _ => self.outcome().map(Ended::Finished),
        }
    }

    fn outcome(&self) -> Result<Outcome, FieldErrors> {
        match self.outcome.as_deref() {
            Some("registered") => Ok(Outcome::Registered),
            Some("refused") => Ok(Outcome::Refused { ground: self.ground.clone().ok_or_else(|| lacking("ground"))? }),
            Some("to_return") => {
                let papers = Papers::new(self.papers.iter().flatten().cloned()).map_err(|_| lacking("papers"))?;
                Ok(Outcome::ToReturn { papers })
            }
            _ => Err(lacking("outcome")),
        }
    }
}

/// Those of all services; a visit takes those of its own.
fn grounds() -> Schema {
    let known = domains::every_bookable().flat_map(|bookable| (bookable.grounds)()).map(String::from);
    let known: BTreeSet<_> = known.collect();
    Schema::Object(
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Of `refused`: a ground of the visit's service."))
            .enum_values(Some(known))
            .build(),
    )
}

/// The papers that a service may miss, whichever it is.
fn papers() -> Schema {
    let known = domains::every_bookable().flat_map(|bookable| (bookable.papers)());
    let known: BTreeSet<_> = known.chain([Paper::AS_TOLD]).map(String::from).collect();
    let one = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(known)).build();
    Schema::Array(
        ArrayBuilder::new()
            .items(one)
            .description(Some(
                "Of `to_return`: papers of the visit's service; or `as_told` alone, where it was said at the counter why it could \
                 not be done today.",
            ))
            .build(),
    )
}

fn lacking(name: &str) -> FieldErrors {
    FieldErrors::one(name, field::Reason::WrongType)
}
