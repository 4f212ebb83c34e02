//! `/api/v1/bookings/{reference}`

use axum::{Json, extract::State};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use shared::appointments::BookingReference;
use shared::calendar::shanghai;
use shared::localised::Localised;
use shared::marriage::PartyKind;
use shared::problem::Problem;

use crate::api::input::{Bearer, Named};
use crate::api::problem::ProblemBody;
use crate::api::registries::PlaceShown;
use crate::app::App;
use crate::appointments::booking::view::{self, BookingView};
use crate::appointments::booking::{Holder, find};
use crate::error::Error;
use crate::marriage::BOOKABLE;
use crate::marriage::couple::{MaskedCouple, MaskedParty};
use crate::outbox::{Delivery, Posted};
use crate::rejection::Rejection;

/// A booking as its holder sees it; people are masked.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api) struct BookingShown {
    reference: BookingReference,
    state: BookingState,
    starts_at: DateTime<FixedOffset>,
    ends_at: DateTime<FixedOffset>,
    registry: PlaceShown,
    /// Why the registry closed that day after it was booked; the booking can then be moved until the end of that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<Localised>,
    parties: [PartyShown; 2],
    /// Whose the phones are could not be known: both bring their original documents, and the desk checks both identities.
    check_at_desk: bool,
    /// The instant from which it can no longer be cancelled online.
    cancel_until: DateTime<FixedOffset>,
    /// The instant from which it can no longer be moved online.
    reschedule_until: DateTime<FixedOffset>,
    manage_url: String,
    /// The newest first, without their texts.
    messages: Vec<MessageShown>,
}

/// Where a booking stands.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum BookingState {
    Booked,
    Cancelled,
    /// Ended by the registry, and not by those who booked it.
    Released,
    /// Its day is over.
    Past,
}

/// A person, recognisable to the couple and to nobody else.
#[derive(Serialize, utoipa::ToSchema)]
struct PartyShown {
    kind: PartyKind,
    name: String,
    id_number: String,
    phone: String,
}

/// How far a message to the couple has come.
#[derive(Serialize, utoipa::ToSchema)]
struct MessageShown {
    /// Such as `booking_made`.
    kind: String,
    delivery: Delivery,
    created_at: DateTime<FixedOffset>,
    sent_at: Option<DateTime<FixedOffset>>,
}

/// Shows a booking.
#[utoipa::path(
    get,
    path = "/api/v1/bookings/{reference}",
    operation_id = "show_booking",
    tag = "marriage",
    params(("reference" = BookingReference, Path, description = "The booking, with or without spaces and dashes")),
    security(("manage_token" = [])),
    responses(
        (status = 200, description = "The booking", body = BookingShown),
        (status = 401, description = "`unauthorized`: no such booking, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not a reference number", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`booking_erased`: its people were erased as announced", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Named(reference): Named<BookingReference>,
    Bearer(token): Bearer,
) -> Result<Json<BookingShown>, Rejection> {
    let holder = find::by_token(&app, reference, &token).await?.of_service(&BOOKABLE.service)?;
    shown(view::view(&app, &BOOKABLE, &holder, app.now()).await?)
}

/// The booking as it stands after a change that was written.
pub(super) async fn changed(app: &App, holder: &Holder) -> Result<Json<BookingShown>, Rejection> {
    shown(view::view(app, &BOOKABLE, holder, app.now()).await.map_err(Error::after_a_write)?)
}

fn shown(view: BookingView) -> Result<Json<BookingShown>, Rejection> {
    Ok(Json(BookingShown::of(view).ok_or(Problem::NotFound)?))
}

impl BookingShown {
    /// Nothing for a booking of another service.
    fn of(view: BookingView) -> Option<Self> {
        let parties = view.people.read::<MaskedCouple>()?.clone().map(PartyShown::from);
        Some(Self {
            reference: view.reference,
            state: BookingState::of(view.state),
            starts_at: shanghai(view.starts_at),
            ends_at: shanghai(view.ends_at),
            registry: view.point.place.into(),
            closed: view.closed,
            parties,
            check_at_desk: view.at_desk,
            cancel_until: shanghai(view.cancel_until),
            reschedule_until: shanghai(view.reschedule_until),
            manage_url: view.manage_link,
            messages: view.messages.into_iter().map(MessageShown::from).collect(),
        })
    }
}

impl BookingState {
    pub(super) fn of(state: shared::appointments::AppointmentState) -> Self {
        use shared::appointments::AppointmentState as State;
        match state {
            State::Held { .. } | State::Booked => Self::Booked,
            State::Cancelled => Self::Cancelled,
            State::Released | State::Expired => Self::Released,
            State::Past => Self::Past,
        }
    }
}

impl From<MaskedParty> for PartyShown {
    fn from(party: MaskedParty) -> Self {
        Self { kind: party.kind, name: party.name, id_number: party.id_number, phone: party.phone }
    }
}

impl From<Posted> for MessageShown {
    fn from(posted: Posted) -> Self {
        Self {
            kind: posted.kind,
            delivery: posted.delivery,
            created_at: shanghai(posted.created_at),
            sent_at: posted.sent_at.map(shanghai),
        }
    }
}
