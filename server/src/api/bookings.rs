//! `/api/v1/bookings`

pub(super) mod cancel;
pub(super) mod reschedule;
pub(super) mod show;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use shared::appointments::BookingReference;
use shared::calendar::shanghai;
use shared::locale::Locale;
use shared::marriage::{BookingInput, BookingRequest};

use self::show::BookingState;
use super::idempotency;
use super::input::Body;
use super::problem::ProblemBody;
use super::registries::PlaceShown;
use crate::app::App;
use crate::appointments::booking::find;
use crate::client::Client;
use crate::error::Error;
use crate::marriage;
use crate::rejection::Rejection;

/// A booking that was made.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct BookingMade {
    reference: BookingReference,
    /// The secret that shows, moves and cancels the booking.
    manage_token: String,
    /// The page that opens with that secret.
    manage_url: String,
    starts_at: DateTime<FixedOffset>,
    ends_at: DateTime<FixedOffset>,
    registry: PlaceShown,
    /// Where it stands: a repeated request may find it cancelled.
    state: BookingState,
    /// Whose the phones are could not be known: both bring their original documents, and the desk checks both identities.
    check_at_desk: bool,
}

/// Turns a hold into the booking of both parties.
///
/// Send an `Idempotency-Key` of your own making, such as a random UUID: the same request with the same key gives
/// the same booking, as it stands now. A key is remembered for as long as its booking, and is the caller's own: it stands for
/// the session where the caller sends its cookie, and else for this hold alone.
#[utoipa::path(
    post,
    path = "/api/v1/bookings",
    operation_id = "book",
    tag = "marriage",
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 200 visible ASCII characters", max_length = 200)),
    request_body = BookingInput,
    responses(
        (status = 201, description = "Booked", body = BookingMade),
        (status = 400, description = "`malformed`: not JSON, or an unusable key", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such hold, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`already_booked`, `booking_ended` for one that was made from this hold and is cancelled, `identity_not_confirmed`, `no_foreign_authority`, `slot_closed` or `slot_past`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`hold_expired`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at the fields, or `idempotency_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, or `too_many_people`: this phone, browser or address has named too many different people lately", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn book(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    Body(input): Body<BookingInput>,
) -> Result<impl IntoResponse, Rejection> {
    let locale = Locale::from_tag(&input.locale);
    let booked = booked(&app, (&client, &headers), input).await;
    let made = booked.map_err(|rejection| locale.map_or(rejection.clone(), |locale| rejection.spoken(locale)))?;
    let location = format!("/api/v1/bookings/{}", made.reference.as_str());
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(made)))
}

async fn booked(
    app: &App,
    (client, headers): (&Client, &HeaderMap),
    input: BookingInput,
) -> Result<BookingMade, Rejection> {
    let key = idempotency::sent(app, headers, &requester(app, client, &input), &input)?;
    let request = BookingRequest::parse(input)?;
    let booked = marriage::book(app, client, &request, key.as_ref(), app.now()).await.map_err(Error::from)?;
    Ok(BookingMade {
        reference: booked.reference,
        manage_url: find::manage_link(app, booked.reference, &booked.record),
        manage_token: booked.manage_token,
        starts_at: shanghai(booked.record.starts_at),
        ends_at: shanghai(booked.record.ends_at),
        registry: booked.point.place.into(),
        state: BookingState::of(booked.record.state),
        check_at_desk: booked.record.at_desk,
    })
}

/// Whose a key is: the browser's, and for whoever sends no session this hold's alone.
fn requester(app: &App, client: &Client, input: &BookingInput) -> String {
    match &client.session {
        Some(session) => format!("session:{}", session.fingerprint(app.keys())),
        None => format!("hold:{}", input.hold_id),
    }
}
