//! The hold becomes the booking, in one transaction.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, BookingReference, HoldId, Service};
use shared::calendar::shanghai_date;
use shared::field::{FieldErrors, Reason};
use shared::identity::PhoneCode;
use shared::marriage::{BookingRequest, Party};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::idempotency::{self, RequestKey};
use super::messages::{self, About, BookingEvent};
use super::{duplicate, find, parties};
use crate::app::App;
use crate::appointments::record::{self, Record};
use crate::appointments::registry::Registry;
use crate::appointments::{codes, hold};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::database::sql::{sql, sql_list};
use crate::database::{DatabaseError, Rule};
use crate::error::Error;
use crate::observe::metrics;
use crate::outbox;

/// A booking that stands.
#[derive(Clone, Debug)]
pub struct Booked {
    pub id: HoldId,
    pub reference: BookingReference,
    pub manage_token: String,
    pub record: Record,
    pub registry: Registry,
}

/// Turns a hold into the booking of both parties.
///
/// The same request again (a double click, a repeated key) gives the same booking.
///
/// # Errors
/// [`Problem::HoldExpired`]; [`Problem::Fields`] for a party under age on the day, a missing or wrong code;
/// [`Problem::NoForeignAuthority`]; [`Problem::AlreadyBooked`], told only after the codes were right, so that
/// nobody can find out with a stranger's number whether the stranger is marrying.
pub async fn book(
    app: &App,
    request: &BookingRequest,
    key: Option<RequestKey>,
    now: DateTime<Utc>,
) -> Result<Booked, Error> {
    match (convert_hold(app, request, key.as_ref(), now).await, &key) {
        // What is refused now may have been granted a moment ago.
        (Err(Error::Problem(refused)), Some(key)) => made_before(app, key).await?.ok_or(refused.into()),
        (booked, _) => booked,
    }
}

async fn convert_hold(
    app: &App,
    request: &BookingRequest,
    key: Option<&RequestKey>,
    now: DateTime<Utc>,
) -> Result<Booked, Error> {
    let record = hold::owned(app, &request.hold_id, request.hold_token.reveal()).await?;
    if record.reference.is_some() {
        return repeated(app, record, &request.parties, key).await;
    }
    let booked = record.state.book(now, record.starts_at)?;
    let registry = app.registry(&record.registry).await?;
    request.born_by(shanghai_date(now))?;
    parties::admissible(&request.parties, record.starts_at, &registry)?;
    if registry.phone_codes && app.settings().phone_codes {
        confirm_phones(app, &record, &request.parties, now).await?;
    }

    let booking = Arc::new(Booking::prepare(app, request, (record, booked), &registry, key, now));
    let writing = Arc::clone(&booking);
    let written = app.database().write(move |connection| Box::pin(write(connection, Arc::clone(&writing)))).await;
    match written {
        Ok(()) => {
            app.outbox_wakes();
            metrics::booked();
            standing(app, booking.record.clone()).await
        }
        Err(Error::Database(DatabaseError::Refused(Rule::PersonBooksOnce))) => {
            duplicate::warn(app, &booking.people, now).await?;
            Err(Problem::AlreadyBooked.into())
        }
        // The same key or the same hold was used a moment ago by a twin of this request.
        Err(Error::Database(DatabaseError::Refused(Rule::IdempotencyKey)) | Error::Problem(Problem::HoldExpired)) => {
            let record = hold::owned(app, &request.hold_id, request.hold_token.reveal()).await?;
            repeated(app, record, &request.parties, key).await
        }
        Err(error) => Err(error),
    }
}

/// The booking that was made with this key, for a request that comes again.
///
/// # Errors
/// [`Problem::IdempotencyMismatch`] when the key came with another body then.
pub async fn made_before(app: &App, key: &RequestKey) -> Result<Option<Booked>, Error> {
    let mut connection = app.database().read().await?;
    let Some(id) = idempotency::find(&mut connection, key).await? else { return Ok(None) };
    let record = record::by_id(&mut connection, &id).await?.ok_or(Problem::NotFound)?;
    drop(connection);
    standing(app, record).await.map(Some)
}

/// A booking as it stands, for the answer.
async fn standing(app: &App, record: Record) -> Result<Booked, Error> {
    let registry = app.registry(&record.registry).await?;
    let reference = record.reference.ok_or(Problem::HoldExpired)?;
    let (id, manage_token) = (record.id.clone(), find::manage_token(app, &record));
    Ok(Booked { id, reference, manage_token, record, registry })
}

/// The answer to a request that was made before: the same booking for the same people, otherwise nothing.
async fn repeated(app: &App, record: Record, asked: &[Party; 2], key: Option<&RequestKey>) -> Result<Booked, Error> {
    if let Some(key) = key
        && let Some(booked) = made_before(app, key).await?
    {
        return Ok(booked);
    }
    let sealed = record.parties.as_deref().ok_or(Problem::HoldExpired)?;
    if !parties::are_same(&parties::open(app.keys(), &record.id, sealed)?, asked) {
        return Err(Problem::HoldExpired.into());
    }
    standing(app, record).await
}

/// Confirms each phone once; phones confirmed earlier for this hold need no second code.
async fn confirm_phones(app: &App, record: &Record, parties: &[Party; 2], now: DateTime<Utc>) -> Result<(), Error> {
    let mut confirmed = codes::confirmed(&mut *app.database().read().await?, &record.id).await?;
    let mut errors = FieldErrors::new();
    for (place, party) in parties.iter().enumerate() {
        let index = codes::phone_index(app, &party.contact.phone);
        if confirmed.contains(&index) {
            continue;
        }
        let shared_phone = parties[..place].iter().any(|earlier| earlier.contact.phone == party.contact.phone);
        let code = party.contact.code.as_ref().or_else(|| {
            // One code serves both when they share a phone, whichever of them typed it.
            parties
                .iter()
                .filter(|other| other.contact.phone == party.contact.phone)
                .find_map(|other| other.contact.code.as_ref())
        });
        let field = format!("parties.{place}");
        match code {
            None if shared_phone => {}
            None => errors.push(format!("{field}.phone_code"), Reason::Missing(PhoneCode::ASKED)),
            Some(code) => match codes::confirm_for(app, &record.id, &party.contact.phone, code.as_str(), now).await {
                Ok(()) => confirmed.push(index),
                Err(Error::Problem(Problem::Fields(wrong))) => errors.extend(wrong.at(&field)),
                Err(error) => return Err(error),
            },
        }
    }
    Ok(errors.into_result()?)
}

/// Everything the transaction writes, computed before it begins.
struct Booking {
    /// The appointment as it will stand.
    record: Record,
    service: Service,
    people: [String; 2],
    messages: Vec<Vec<u8>>,
    link: ChainedEvent,
    /// The browser that held the time; its draft is used up.
    session: Option<String>,
    key: Option<RequestKey>,
    now: DateTime<Utc>,
}

impl Booking {
    fn prepare(
        app: &App,
        request: &BookingRequest,
        (mut record, booked): (Record, AppointmentState),
        registry: &Registry,
        key: Option<&RequestKey>,
        now: DateTime<Utc>,
    ) -> Self {
        let reference = BookingReference::from_random(rand::random());
        record.locale = request.locale;
        let link = find::manage_link(app, reference, &record);
        let about =
            About { reference, registry, starts_at: record.starts_at, manage_link: &link, locale: request.locale };
        let phones = messages::distinct(request.parties.each_ref().map(|party| party.contact.phone.clone()));
        let event = Event {
            stream: record.id.as_str(),
            actor: Actor::Resident,
            act: BookingEvent::Made.kind(),
            detail: json!({}),
        };
        let link = audit::prepare(&record.head, &event, now);
        let session = record.session.take();
        (record.state, record.reference, record.head) = (booked, Some(reference), link.head());
        record.parties = Some(parties::seal(app.keys(), &record.id, &request.parties));
        Self {
            record,
            service: Service::MarriageRegistration,
            people: request.parties.each_ref().map(|party| parties::person_index(app.keys(), party)),
            messages: messages::compose(app, &phones, BookingEvent::Made, &about),
            link,
            session,
            key: key.cloned(),
            now,
        }
    }
}

async fn write(connection: &mut AnyConnection, booking: Arc<Booking>) -> Result<(), Error> {
    convert(connection, &booking).await?;
    let statement = "insert into person (appointment_id, service, person_index, live) \
         values ($1, $2, $3, 1), ($4, $5, $6, 1)";
    let id = &booking.record.id;
    let person = |index: &String| [id.as_str().into(), booking.service.name().into(), index.as_str().into()];
    sql_list(statement, booking.people.iter().flat_map(person).collect()).execute(&mut *connection).await?;
    audit::insert(connection, &booking.link).await?;
    outbox::insert(connection, Some(id), BookingEvent::Made.kind(), &booking.messages, booking.now).await?;
    if let Some(session) = &booking.session {
        sql("delete from draft where session = $1", [session.as_str().into()]).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The hold's own row turns into the booking: its place is never given up in between.
async fn convert(connection: &mut AnyConnection, booking: &Booking) -> Result<(), Error> {
    let record = &booking.record;
    let statement = "update appointment set state = 'booked', occupies_until = null, holder = null, holder_place = null, \
         session = null, reference = $1, parties = $2, locale = $3, booked_at = $4, audit_length = $5, audit_head = $6, \
         request_key = $7, request_body = $8 \
         where id = $9 and state = 'held' and occupies = 1 and occupies_until > $4 and audit_length = $10";
    let values = [
        record.reference.map(|reference| reference.as_str().to_owned()).into(),
        record.parties.clone().into(),
        record.locale.tag().into(),
        booking.now.into(),
        record.head.length.into(),
        record.head.hash.as_str().into(),
        booking.key.as_ref().map(|key| key.key.clone()).into(),
        booking.key.as_ref().map(|key| key.body.clone()).into(),
        record.id.as_str().into(),
        (record.head.length - 1).into(),
    ];
    let converted = sql(statement, values).execute(connection).await?.rows_affected();
    if converted == 1 { Ok(()) } else { Err(Problem::HoldExpired.into()) }
}
