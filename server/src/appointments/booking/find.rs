//! Proving that one may look after a booking: by its link, or by its reference and one of its phones.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use shared::appointments::{BookingReference, HoldId, Service};
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::problem::Problem;

use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::record::{self, Record};
use crate::audit::Actor;
use crate::clock::office;
use crate::error::Error;
use crate::even_time;
use crate::keys::token::Purpose;
use crate::phone_codes::{self, Asker};
use crate::staff::authority::Staff;

/// The authority over one booking, from proof or from the office where it is; only this module makes one.
#[derive(Clone, Debug)]
pub struct Holder {
    id: HoldId,
    service: Service,
    actor: Actor,
    /// Which phone of the booking they proved, by its place among them; none where they came by the link, which everybody
    /// whom the booking is for has.
    phone: Option<usize>,
}

impl Holder {
    fn of(record: &Record, phone: Option<usize>) -> Self {
        Self { id: record.id.clone(), service: record.service.clone(), actor: Actor::Holder, phone }
    }

    /// The same authority for somebody of the staff, who was asked whether they may where the booking is.
    pub(crate) fn for_staff(staff: &Staff, id: HoldId, service: Service) -> Self {
        Self { id, service, actor: staff.actor(), phone: None }
    }

    /// Who the record says it was.
    pub(super) fn actor(&self) -> Actor {
        self.actor.clone()
    }

    /// Whether somebody of the staff acts for those who hold it: deadlines of what is changed online are not theirs.
    pub(super) fn is_staff(&self) -> bool {
        matches!(self.actor, Actor::Staff(_))
    }

    /// Which of [`crate::appointments::attendees::Attendees::phones`] they proved to have.
    pub(super) fn phone(&self) -> Option<usize> {
        self.phone
    }

    /// Whether they proved to have a phone of the booking, by which they see what the link does not show.
    pub fn has_proved_phone(&self) -> bool {
        self.phone.is_some()
    }

    /// What the booking is for.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The same authority where only bookings of one service are looked after.
    ///
    /// # Errors
    /// [`Problem::Unauthorized`] for a booking of another, as for an unknown one.
    pub fn of_service(self, service: &Service) -> Result<Self, Problem> {
        if self.service == *service { Ok(self) } else { Err(Problem::Unauthorized) }
    }

    pub fn id(&self) -> &HoldId {
        &self.id
    }
}

/// The token in a booking's manage link.
pub fn manage_token(app: &App, record: &Record) -> String {
    app.keys().token(Purpose::Manage, record.id.as_str())
}

/// The token of whoever proved a phone of the booking, for their browser alone: it stands in no message.
fn phone_token(app: &App, record: &Record, place: usize) -> String {
    app.keys().token(Purpose::Phone, &one_phone(app, record, place))
}

/// Of the people as they are kept now: once one of them is corrected or erased, the phone at a place may be another's.
fn one_phone(app: &App, record: &Record, place: usize) -> String {
    let people = app.keys().fingerprint("people", record.people.as_deref().unwrap_or_default());
    format!("{} {place} {people}", record.id.as_str())
}

/// More phones than any booking has.
const MOST_PHONES: usize = 4;

/// The address that opens a booking: reference and token in one path segment.
pub fn manage_link(app: &App, reference: BookingReference, record: &Record) -> String {
    let token = manage_token(app, record);
    format!("{}{}/m/{}-{token}", app.settings().origin(), record.locale.prefix(), reference.as_str())
}

/// Opens a booking by its reference and manage token, or by the token that [`by_code`] gave.
///
/// # Errors
/// [`Problem::Unauthorized`] for an unknown reference and for a wrong token alike.
pub async fn by_token(app: &App, reference: BookingReference, token: &str) -> Result<Holder, Error> {
    let record = record::by_reference(&mut *app.database().read().await?, reference).await?;
    let record = record.ok_or(Problem::Unauthorized)?;
    if app.keys().is_token(Purpose::Manage, record.id.as_str(), token) {
        return Ok(Holder::of(&record, None));
    }
    let is_theirs = |place: &usize| app.keys().is_token(Purpose::Phone, &one_phone(app, &record, *place), token);
    let place = (0..MOST_PHONES).find(is_theirs).ok_or(Problem::Unauthorized)?;
    Ok(Holder::of(&record, Some(place)))
}

/// What somebody looking for a booking has told us, for as long as the code is on its way. `Debug` hides it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Claim {
    pub reference: BookingReference,
    phone: String,
    until: DateTime<Utc>,
}

impl Claim {
    pub fn new(reference: BookingReference, phone: &Phone, now: DateTime<Utc>) -> Self {
        Self { reference, phone: phone.as_str().to_owned(), until: now + phone_codes::LIFETIME }
    }

    pub fn phone(&self) -> Result<Phone, Error> {
        Ok(Phone::parse(&self.phone).map_err(|_| Problem::Unauthorized)?)
    }

    /// Sealed for a cookie, so that neither the address bar nor the browser's files show the phone.
    pub fn seal(&self, app: &App) -> String {
        BASE64URL_NOPAD.encode(&app.keys().seal(CLAIM, self))
    }

    /// Reads a cookie; one that is too old or none of ours is no claim.
    pub fn open(app: &App, cookie: &str, now: DateTime<Utc>) -> Option<Self> {
        let sealed = BASE64URL_NOPAD.decode(cookie.as_bytes()).ok()?;
        let claim: Self = app.keys().open(CLAIM, &sealed).ok()?;
        (now < claim.until).then_some(claim)
    }
}

impl std::fmt::Debug for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Claim({}, hidden)", self.reference)
    }
}

const CLAIM: &str = "claim";

/// Sends a code to the phone if it belongs to the booking; the caller learns nothing either way, not even by how long it
/// takes.
pub async fn send_code(
    app: &App,
    bookable: &Bookable,
    asker: (&Asker, IpAddr),
    named: (BookingReference, &Phone),
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    even_time::answer(send_to_match(app, bookable, asker, named, locale, now), |_| true).await
}

async fn send_to_match(
    app: &App,
    bookable: &Bookable,
    asker: (&Asker, IpAddr),
    (reference, phone): (BookingReference, &Phone),
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    office::touch(app).await?;
    if matching(app, bookable, reference, phone).await?.is_none() {
        return Ok(());
    }
    // Saying "too soon", "too often" or that nothing could be written would tell that the phone belongs to the booking.
    if let Err(error) = phone_codes::send(app, asker, phone, bookable.finding(), locale, now).await {
        tracing::error!(%error, "a code to look after a booking could not be sent");
    }
    Ok(())
}

/// Opens a booking by reference, phone and the code that was sent to it, and gives the token that opens it again for whoever
/// has that phone. Every refusal takes as long.
pub async fn by_code(
    app: &App,
    bookable: &Bookable,
    asker: &Asker,
    (reference, phone): (BookingReference, &Phone),
    code: &PhoneCode,
    now: DateTime<Utc>,
) -> Result<(Holder, String), Error> {
    let opening = async {
        office::touch(app).await?;
        // Whoever does not know the booking cannot use up its phone's tries.
        let (record, place) = matching(app, bookable, reference, phone).await?.ok_or(Problem::Unauthorized)?;
        phone_codes::confirm(app, asker, phone, bookable.finding(), code.as_str(), now).await?;
        let token = phone_token(app, &record, place);
        Ok((Holder::of(&record, Some(place)), token))
    };
    even_time::answer(opening, Result::is_err).await
}

/// The booking, where the phone is one of its own, with the phone's place among them.
async fn matching(
    app: &App,
    bookable: &Bookable,
    reference: BookingReference,
    phone: &Phone,
) -> Result<Option<(Record, usize)>, Error> {
    let record = record::by_reference(&mut *app.database().read().await?, reference).await?;
    let Some(record) = record.filter(|record| record.service == bookable.service) else { return Ok(None) };
    let Some(sealed) = record.people.as_deref() else { return Ok(None) };
    let phones = bookable.open(app.keys(), &record.id, sealed)?.phones();
    Ok(phones.iter().position(|known| known == phone).map(|place| (record, place)))
}
