//! `/api/v1/bookings/{reference}/cancel`

use axum::{Json, extract::State};
use shared::appointments::BookingReference;

use super::show::{BookingShown, shown};
use crate::api::input::{Bearer, Named};
use crate::api::problem::ProblemBody;
use crate::app::App;
use crate::appointments::booking::{cancel as cancelling, find};
use crate::marriage::BOOKABLE;
use crate::rejection::Rejection;

/// Cancels a booking. Both may book again at once; the place returns to the public after a while.
#[utoipa::path(
    post,
    path = "/api/v1/bookings/{reference}/cancel",
    operation_id = "cancel_booking",
    tag = "marriage",
    params(("reference" = BookingReference, Path, description = "The booking, with or without spaces and dashes")),
    security(("manage_token" = [])),
    responses(
        (status = 200, description = "Cancelled", body = BookingShown),
        (status = 401, description = "`unauthorized`: no such booking, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not a reference number", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`too_late`, also once its time has come, or `booking_ended` once it is cancelled or its day is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`booking_erased`: its people were erased as announced", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn cancel(
    State(app): State<App>,
    Named(reference): Named<BookingReference>,
    Bearer(token): Bearer,
) -> Result<Json<BookingShown>, Rejection> {
    let holder = find::by_token(&app, reference, &token).await?.of_service(&BOOKABLE.service)?;
    cancelling::cancel(&app, &BOOKABLE, &holder, app.now()).await?;
    shown(&app, &holder).await
}
