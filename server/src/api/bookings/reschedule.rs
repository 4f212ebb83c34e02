//! `/api/v1/bookings/{reference}/reschedule`

use axum::{Json, extract::State};
use serde::Deserialize;
use shared::appointments::{BookingReference, HoldId, HoldToken, field::hold_part};
use shared::field::FieldErrors;

use super::show::{BookingShown, changed};
use crate::api::input::{Bearer, Body, Named};
use crate::api::problem::ProblemBody;
use crate::app::App;
use crate::appointments::booking::{find, reschedule as moving};
use crate::marriage::BOOKABLE;
use crate::rejection::Rejection;

/// The hold to move to.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api) struct Target {
    hold_id: String,
    hold_token: String,
}

/// Moves a booking to the time of a hold; people and reference number stay as they are. The same request again gives
/// the same answer for as long as the booking stands there.
#[utoipa::path(
    post,
    path = "/api/v1/bookings/{reference}/reschedule",
    operation_id = "reschedule_booking",
    tag = "marriage",
    params(("reference" = BookingReference, Path, description = "The booking, with or without spaces and dashes")),
    security(("manage_token" = [])),
    request_body = Target,
    responses(
        (status = 200, description = "Moved", body = BookingShown),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no such booking, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not a reference number, no such hold, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`too_late`, `booking_ended`, `same_time`, `no_foreign_authority`, `slot_closed` or `slot_past`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`hold_expired` or `booking_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `hold_id`, `hold_token` or a birth date", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, or `moved_often`: it was moved several times within the hour or the day", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn reschedule(
    State(app): State<App>,
    Named(reference): Named<BookingReference>,
    Bearer(token): Bearer,
    Body(target): Body<Target>,
) -> Result<Json<BookingShown>, Rejection> {
    let holder = find::by_token(&app, reference, &token).await?.of_service(&BOOKABLE.service)?;
    let (hold, hold_token) = target.read()?;
    moving::reschedule(&app, &BOOKABLE, &holder, (&hold, hold_token.reveal()), app.now()).await?;
    changed(&app, &holder).await
}

impl Target {
    fn read(&self) -> Result<(HoldId, HoldToken), FieldErrors> {
        let mut errors = FieldErrors::new();
        let hold = hold_part(&self.hold_id, |text| HoldId::parse(text).ok());
        let token = hold_part(&self.hold_token, |text| HoldToken::parse(text).ok());
        let (hold, token) = (errors.keep("hold_id", hold), errors.keep("hold_token", token));
        hold.zip(token).ok_or(errors)
    }
}
