//! The hold becomes the booking, in one transaction.

mod by_clerk;
mod by_office;
pub mod cancel;
pub(crate) mod copy;
pub(crate) mod correct;
pub mod deadlines;
pub(crate) mod disown;
mod duplicate;
pub mod erase;
pub mod find;
pub mod idempotency;
pub(in crate::appointments) mod messages;
pub(crate) mod overtaken;
pub mod release;
pub mod reschedule;
pub mod search;
pub mod slips;
pub mod view;
pub mod whose_copy;
pub mod withheld;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, BookingReference, HoldId, HoldToken, Refusal, field::AppointmentReason};
use shared::field::FieldErrors;
use shared::locale::Locale;
use shared::problem::Problem;
use sqlx::AnyConnection;

use self::idempotency::RequestKey;
use self::messages::{About, BookingEvent, Changes};
use super::attendees::{self, Attendees};
use super::bookable::Bookable;
use super::confirmed::{self, TypedPhone};
use super::point::{self, ServicePoint};
use super::record::{self, Record};
use super::{TRIES, ending, hold, identities, named, replay, slots};
use crate::app::App;
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::client::Client;
use crate::database::sql::{int, sql, sql_list};
use crate::database::{DatabaseError, Rule};
use crate::error::Error;
use crate::observe::metrics;
use crate::phone_codes::phone_index;
use crate::{drafts, outbox};
pub(crate) use by_office::{ByOffice, book_by_office};
pub use find::Holder;

/// What a booking is made of.
pub struct Request {
    /// Who asks: so many different people may be named from one address and by one browser.
    pub asker: Client,
    pub hold: Claimed,
    pub locale: Locale,
    pub attendees: Box<dyn Attendees>,
    /// Their distinct phones, with the codes typed for them.
    pub phones: Vec<TypedPhone>,
}

/// The hold that is to become the booking, with what proves that it is the asker's.
pub enum Claimed {
    /// By its token.
    Token(HoldId, HoldToken),
    /// By the browser's session, under which it was read a moment ago.
    Session(Box<Record>),
}

/// A booking that stands.
#[derive(Clone, Debug)]
pub struct Booked {
    pub id: HoldId,
    pub reference: BookingReference,
    pub manage_token: String,
    pub record: Record,
    pub point: ServicePoint,
}

/// Why nothing was booked.
#[derive(Debug, thiserror::Error)]
pub enum NotBooked {
    /// Codes that are missing or wrong, each at its field.
    #[error("codes are missing or wrong: {0}")]
    Codes(FieldErrors),
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<NotBooked> for Error {
    fn from(refused: NotBooked) -> Self {
        match refused {
            NotBooked::Codes(errors) => errors.into(),
            NotBooked::Other(error) => error,
        }
    }
}

/// Turns a hold into a booking.
///
/// The same request again (a double click, a repeated key) gives the same booking.
///
/// # Errors
/// [`Refusal::HoldExpired`]; [`Problem::NotFound`] for a hold of another service; what the service itself refuses;
/// a field error at the first phone where nobody has the one that was confirmed for the hold; codes that are missing or
/// wrong; [`Refusal::TooManyPeople`] and [`Refusal::IdentityNotConfirmed`];
/// [`Refusal::AlreadyBooked`], told only after the codes were right and the people counted, so that nobody can find out
/// with strangers' numbers which of them have booked.
pub async fn book(
    app: &App,
    bookable: &Bookable,
    request: &Request,
    key: Option<&RequestKey>,
    now: DateTime<Utc>,
) -> Result<Booked, NotBooked> {
    match (convert_hold(app, bookable, request, key, now).await, key) {
        // What is refused now may have been granted a moment ago.
        (Err(NotBooked::Other(Error::Problem(refused))), Some(key)) => {
            Ok(made_before(app, key).await?.ok_or(Error::Problem(refused))?)
        }
        (booked, _) => booked,
    }
}

async fn convert_hold(
    app: &App,
    bookable: &Bookable,
    request: &Request,
    key: Option<&RequestKey>,
    now: DateTime<Utc>,
) -> Result<Booked, NotBooked> {
    let mut record = owned(app, bookable, request).await?;
    if record.reference.is_some() {
        return Ok(repeated(app, bookable, record, (&*request.attendees, key), now).await?);
    }
    let booked = record.state.book(now, record.starts_at).map_err(Error::from)?;
    if record.closed {
        return Err(Error::from(Refusal::SlotClosed).into());
    }
    let point = point::one(app, &record.service, &record.place).await?;
    request.attendees.admissible(app.database(), &record, now).await?;
    of_those_who_hold(app, &record, &request.phones)?;
    let mut confirmed = Vec::new();
    if point.phone_codes && app.settings().phone_codes {
        confirmed::confirm_all(app, bookable, &record, &request.phones, now).await?.map_err(NotBooked::Codes)?;
        confirmed.extend(request.attendees.phones().iter().map(|phone| phone_index(app, phone)));
    }
    let people = attendees::person_indexes(app.keys(), &*request.attendees);
    named::count(app, &request.asker, confirmed, &people, now).await?;
    record.at_desk = if are_booked(app, bookable, &people, now).await? {
        true
    } else {
        identities::left_to_the_desk(app, &*request.attendees).await.map_err(Error::from)?
    };

    if duplicate::withheld_from(app, bookable, &people, now).await?.is_some() {
        duplicate::warn(app, bookable, people, now).await?;
        return Err(Error::from(Refusal::AlreadyBooked).into());
    }

    let at_desk = record.at_desk;
    let prepare = |record, booked, people| {
        let by = (Actor::Resident, key);
        Arc::new(Booking::prepare(app, bookable, request, (record, booked, people), &point, by, now))
    };
    let mut booking = prepare(record, booked, people);
    let mut written = super::write(app, Arc::clone(&booking), write).await;
    for _ in 1..TRIES {
        if matches!(written, Err(Error::Overtaken)) {
            let record = reread(app, bookable, request).await?;
            if record.reference.is_some() {
                break;
            }
            let booked = record.state.book(now, record.starts_at).map_err(Error::from)?;
            booking = prepare(Record { at_desk, ..record }, booked, booking.people.clone());
        } else if !is_duplicate(&written)
            || ending::close_past_of(app, &bookable.service, &booking.people, None, now).await? == 0
        {
            break;
        }
        written = super::write(app, Arc::clone(&booking), write).await;
    }
    let people = &booking.people;
    match written {
        Ok(left) => {
            app.outbox_wakes();
            metrics::booked();
            if let (Some(session), true) = (&booking.session, left.holds) {
                hold::release_all(app, session, &bookable.service, now).await;
            }
            Ok(standing(app, booking.record.clone()).await.map_err(Error::after_a_write)?)
        }
        Err(Error::Database(DatabaseError::Refused(Rule::PersonBooksOnce))) => {
            duplicate::warn(app, bookable, people.clone(), now).await?;
            Err(Error::from(Refusal::AlreadyBooked).into())
        }
        // The same key or the same hold was used a moment ago by a twin of this request.
        Err(error) if is_repeated(&error) => {
            let record = reread(app, bookable, request).await?;
            Ok(repeated(app, bookable, record, (&*request.attendees, key), now).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the identity check need not be asked, since one of these people has a live booking and the write will be refused;
/// should that booking end meanwhile, the desk checks. A booking whose day is over keeps nobody from being asked about.
async fn are_booked(app: &App, bookable: &Bookable, people: &[String], now: DateTime<Utc>) -> Result<bool, Error> {
    Ok(app.settings().identity_check.is_some()
        && !duplicate::refusing(app, bookable, people, now).await?.is_empty()
        && ending::close_past_of(app, &bookable.service, people, None, now).await? == 0)
}

/// Refuses people of whom nobody has the phone that was confirmed for the hold.
fn of_those_who_hold(app: &App, hold: &Record, phones: &[TypedPhone]) -> Result<(), Error> {
    if confirmed::has_phone_of_hold(app, hold, phones.iter().map(|typed| &typed.phone)) {
        return Ok(());
    }
    let field = phones.first().map_or("phone", |typed| &typed.field);
    Err(FieldErrors::one(field, AppointmentReason::PhoneNotOfHold).into())
}

/// The hold, if it is one of this service.
async fn owned(app: &App, bookable: &Bookable, request: &Request) -> Result<Record, Error> {
    let record = match &request.hold {
        Claimed::Token(id, token) => hold::owned(app, id, token.reveal()).await?,
        Claimed::Session(record) => Record::clone(record),
    };
    if record.service == bookable.service { Ok(record) } else { Err(Problem::NotFound.into()) }
}

/// The hold as it is now, once somebody else has changed it.
async fn reread(app: &App, bookable: &Bookable, request: &Request) -> Result<Record, Error> {
    let Claimed::Session(record) = &request.hold else { return owned(app, bookable, request).await };
    let record = record::by_id(&mut *app.database().read().await?, &record.id).await?;
    Ok(record.ok_or(Problem::NotFound)?)
}

fn is_duplicate<T>(written: &Result<T, Error>) -> bool {
    matches!(written, Err(Error::Database(DatabaseError::Refused(Rule::PersonBooksOnce))))
}

fn is_repeated(error: &Error) -> bool {
    let same_key = matches!(error, Error::Database(DatabaseError::Refused(Rule::IdempotencyKey)));
    same_key || matches!(error, Error::Overtaken) || error.refusal() == Some(Refusal::HoldExpired)
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
    let point = point::one(app, &record.service, &record.place).await?;
    let reference = record.reference.ok_or(Refusal::HoldExpired)?;
    let (id, manage_token) = (record.id.clone(), find::manage_token(app, &record));
    Ok(Booked { id, reference, manage_token, record, point })
}

/// The answer to a request that was made before: the same booking for the same people, otherwise nothing.
async fn repeated(
    app: &App,
    bookable: &Bookable,
    record: Record,
    (asked, key): (&dyn Attendees, Option<&RequestKey>),
    now: DateTime<Utc>,
) -> Result<Booked, Error> {
    if let Some(key) = key
        && let Some(booked) = made_before(app, key).await?
    {
        return Ok(booked);
    }
    let sealed = record.people.as_deref().ok_or(Refusal::HoldExpired)?;
    if bookable.open(app.keys(), &record.id, sealed)?.keep() != asked.keep() {
        return Err(Refusal::HoldExpired.into());
    }
    let record = withheld::as_held(&mut *app.database().read().await?, record, now).await?;
    // Nobody who means to book is told that a booking stands which was given up.
    if record.state != AppointmentState::Booked {
        return Err(Refusal::BookingEnded.into());
    }
    standing(app, record).await
}

/// Everything the transaction writes, computed before it begins.
struct Booking {
    /// The appointment as it will stand.
    record: Record,
    /// Blind indexes of those who come.
    people: Vec<String>,
    /// Of the messages and of the event.
    kind: &'static str,
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
        bookable: &Bookable,
        request: &Request,
        (mut record, booked, people): (Record, AppointmentState, Vec<String>),
        point: &ServicePoint,
        (actor, key): (Actor, Option<&RequestKey>),
        now: DateTime<Utc>,
    ) -> Self {
        let reference = BookingReference::from_random(rand::random());
        record.locale = request.locale;
        let about = About::of(app, bookable, reference, &record, point);
        let changes = Changes::of(&record, point, now);
        let messages =
            messages::compose(app, &request.attendees.phones(), BookingEvent::Made(changes), &about, request.locale);
        let act = BookingEvent::Made(changes).kind();
        let mut detail = json!({ "of": replay::digest(reference.as_str(), &people) });
        if record.at_desk {
            detail["at_desk"] = true.into();
        }
        let event = Event { stream: record.id.as_str(), actor, act, detail };
        let link = audit::prepare(&record.head, &event, now);
        let session = record.session.take();
        (record.state, record.reference, record.head) = (booked, Some(reference), link.head());
        record.people = Some(attendees::seal(app.keys(), &record.id, &*request.attendees));
        Self { record, people, kind: act, messages, link, session, key: key.cloned(), now }
    }
}

/// What the browser that held the time still has of the service: nearly always nothing, and then nobody looks for it.
struct Left {
    draft: bool,
    holds: bool,
}

async fn write(connection: &mut AnyConnection, booking: &Arc<Booking>) -> Result<Left, Error> {
    let left = convert(connection, booking).await?;
    insert_people(connection, booking).await?;
    audit::insert(connection, &booking.link).await?;
    let subject = booking.record.subject();
    outbox::insert(connection, &subject, booking.kind, &booking.messages, booking.now).await?;
    if let (Some(session), true) = (&booking.session, left.draft) {
        drafts::remove(connection, session, booking.record.service.name(), "").await?;
    }
    Ok(left)
}

async fn insert_people(connection: &mut AnyConnection, booking: &Booking) -> Result<(), Error> {
    const ONE: &str = "insert into person (appointment_id, service, person_index, live) values ($1, $2, $3, 1)";
    const TWO: &str = "insert into person (appointment_id, service, person_index, live) \
         values ($1, $2, $3, 1), ($4, $5, $6, 1)";
    let record = &booking.record;
    let row = |index: &String| [record.id.as_str().into(), record.service.name().into(), index.as_str().into()];
    for pair in booking.people.chunks(2) {
        let statement = if pair.len() == 2 { TWO } else { ONE };
        sql_list(statement, pair.iter().flat_map(row).collect()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The hold's own row turns into the booking: its place is never given up in between.
async fn convert(connection: &mut AnyConnection, booking: &Booking) -> Result<Left, Error> {
    let record = &booking.record;
    let statement = "update appointment set state = 'booked', occupies_until = null, holder = null, holder_rank = null, \
         session = null, network = null, reference = $1, people = $2, locale = $3, booked_at = $4, audit_length = $5, audit_head = $6, \
         request_key = $7, request_body = $8, at_desk = $12 where id = $9 and service = $10 and state = 'held' and occupies = 1 \
         and occupies_until > $4 and audit_length = $11 \
         and exists (select 1 from slot where id = appointment.slot_id and closed = 0) \
         returning (select count(*) from draft where session = $13 and form = $10 and subject = '') as drafts, \
         (select count(*) from appointment a where a.session = $13 and a.service = $10 and a.state = 'held' and a.id <> $9) \
         as holds";
    let values = [
        record.reference.map(|reference| reference.as_str().to_owned()).into(),
        record.people.clone().into(),
        record.locale.tag().into(),
        booking.now.into(),
        record.head.length.into(),
        record.head.hash.as_str().into(),
        booking.key.as_ref().map(|key| key.key.clone()).into(),
        booking.key.as_ref().map(|key| key.body.clone()).into(),
        record.id.as_str().into(),
        record.service.name().into(),
        (record.head.length - 1).into(),
        record.at_desk.into(),
        booking.session.as_deref().unwrap_or_default().into(),
    ];
    if let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? {
        return Ok(Left { draft: int(&row, "drafts")? > 0, holds: int(&row, "holds")? > 0 });
    }
    let closed = slots::is_closed(connection, record.slot).await?;
    Err(if closed { Refusal::SlotClosed.into() } else { Error::Overtaken })
}
