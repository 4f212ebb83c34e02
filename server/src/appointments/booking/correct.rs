//! A slip in what is kept of one of those who come is put right, as their document on the desk shows it (个人信息保护法 art 46). The
//! time is kept. Only staff do it: whoever could change the people of a booking online could sell it.
//! What waits for a phone that was wrong goes to the right one, and to each phone once.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, BookingReference, HoldId, Refusal};
use shared::counter::Refusal as Uncorrected;
use shared::field::FieldErrors;
use shared::identity::Phone;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::messages::{self, About};
use super::release::{self, WHO};
use super::search::{self, Why};
use super::slips::{self, Changes, WHAT};
use super::withheld::Guise;
use super::{duplicate, is_duplicate};
use crate::app::App;
use crate::appointments::attendees::{self, Attendees, Correction};
use crate::appointments::bookable::Bookable;
use crate::appointments::record::Record;
use crate::appointments::{self, ending, point, replay, undisturbed};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::counter::press::{self, Pressed};
use crate::database::sql::sql;
use crate::error::Error;
use crate::outbox::{self, Waiting};
use crate::phone_codes::phone_index;

/// The act by which what is kept of one of its people was put right.
pub(crate) const CORRECTED: &str = "people_corrected";

/// A correction that is to be made, read before it is: who they are, and who they will be.
pub(crate) struct Reading {
    bookable: &'static Bookable,
    record: Record,
    pub(crate) before: Box<dyn Attendees>,
    pub(crate) after: Box<dyn Attendees>,
    pub(crate) place: usize,
    pub(crate) changes: Changes,
}

impl Reading {
    pub(crate) fn id(&self) -> &HoldId {
        &self.record.id
    }
}

/// Reads a correction of the one with this blind index, in a booking that stands.
///
/// # Errors
/// [`Refusal::BookingEnded`], and [`Uncorrected::EndedUntold`] where it stands for those who hold it and are not to know; field
/// errors, also where nothing would be changed, or the person would; what the service refuses of whom it makes them.
pub(crate) async fn read(
    app: &App,
    (reference, person): (BookingReference, &str),
    correction: &Correction,
    now: DateTime<Utc>,
) -> Result<Reading, Error> {
    let (record, withheld) = release::read(app, reference, true, now).await?;
    if record.state.observed(now, record.starts_at) != AppointmentState::Booked {
        return Err(Refusal::BookingEnded.into());
    }
    match withheld.map(|withheld| withheld.guise) {
        None => {}
        // Its texts and its place are those of one that stands, and nobody comes with it.
        Some(Guise::Standing) => return Err(Uncorrected::EndedUntold.into()),
        // As of any visit that is over.
        Some(Guise::VisitOver | Guise::Cancelled) => return Err(Refusal::BookingEnded.into()),
    }
    let bookable = app.bookable_of(&record.service).ok_or(Problem::NotFound)?;
    let before = bookable.people_of(app.keys(), &record)?;
    let place = attendees::place_of(app.keys(), &*before, person).ok_or(Uncorrected::LookAgain)?;
    let after = before.corrected(place, correction).ok_or(Problem::NotFound)?;
    let after = after.map_err(|errors| Error::from(of_one(&errors)))?;
    after.admissible(app.database(), &record, now).await.map_err(|error| match error {
        Error::Problem(Problem::Fields(errors)) => of_one(&errors).into(),
        other => other,
    })?;
    let changes = Changes::of(&*before, &*after, place)?;
    slips::leave(&mut *app.database().read().await?, (&record.id, place), changes).await?;
    Ok(Reading { bookable, record, before, after, place, changes })
}

/// What is wrong, without whose field it is: only one of them is corrected, and what two have alike stands with the second.
fn of_one(errors: &FieldErrors) -> FieldErrors {
    let mut all = FieldErrors::new();
    for error in errors {
        let field = error.field.rsplit('.').next().unwrap_or_default();
        all.push(field, error.reason.clone());
    }
    all
}

/// Makes what was read: the phones of before and of now are told that something was put right, and not what. Where somebody has
/// written the booking since, it is read anew.
///
/// # Errors
/// As [`read`]; [`Uncorrected::NumberBooked`].
pub(crate) async fn correct(
    app: &App,
    (reference, person): (BookingReference, &str),
    (correction, reading): (&Correction, Reading),
    (actor, pressed): (&Actor, &Pressed),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let of = (reference, person);
    let once = || async move { make(app, of, read(app, of, correction, now).await?, (actor, pressed), now).await };
    let mut written = make(app, of, reading, (actor, pressed), now).await;
    if matches!(written, Err(Error::Overtaken)) {
        written = undisturbed(once).await;
    }
    if is_duplicate(&written) {
        let Reading { bookable, after, .. } = read(app, of, correction, now).await?;
        let people = attendees::person_indexes(app.keys(), &*after);
        if ending::close_past_of(app, &bookable.service, &people, None, now).await? > 0 {
            written = undisturbed(once).await;
        } else {
            let met = duplicate::booked(app, bookable, &people).await?;
            for met in met.into_iter().filter(|met| met.reference != Some(reference)) {
                search::note(app, actor, met, Why::Booking, now).await?;
            }
        }
    }
    if is_duplicate(&written) { Err(Uncorrected::NumberBooked.into()) } else { written }
}

async fn make(
    app: &App,
    (reference, person): (BookingReference, &str),
    reading: Reading,
    (actor, pressed): (&Actor, &Pressed),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let Reading { bookable, record, before, after, place, changes } = reading;
    let keys = app.keys();
    let people = attendees::person_indexes(keys, &*after);
    let of = replay::digest(reference.as_str(), &people);
    // That the document lay there stands in for an identity check, which is not asked again.
    let detail = json!({ "of": of, WHAT: changes.names(), WHO: place, "checked": "by_document" });
    let event = Event { stream: record.id.as_str(), actor: actor.clone(), act: CORRECTED, detail };
    let point = point::one(app, &record.service, &record.place).await?;
    let about = About::of(app, bookable, reference, &record, &point);
    let (old, new) = (attendees::phone_of(&*before, place), attendees::phone_of(&*after, place));
    let (were, are) = (before.phones(), after.phones());
    let phones: Vec<_> = were.iter().chain(are.iter().filter(|phone| !were.contains(phone))).cloned().collect();
    let correcting = Correcting {
        link: audit::prepare(&record.head, &event, now),
        sealed: attendees::seal(keys, &record.id, &*after),
        person: person.to_owned(),
        corrected: people.get(place).cloned().unwrap_or_default(),
        phone: old.zip(new).filter(|(old, new)| old != new).map(|(old, new)| {
            let waiting = if are.contains(&old) { Waiting::Beside } else { Waiting::Instead };
            (old, new, waiting)
        }),
        messages: messages::of_correction(app, &phones, &about, record.locale),
        record,
        pressed: pressed.clone(),
        app: app.clone(),
        now,
    };
    appointments::write(app, correcting, write).await?;
    app.outbox_wakes();
    Ok(())
}

struct Correcting {
    record: Record,
    link: ChainedEvent,
    sealed: Vec<u8>,
    /// Blind indexes of before and of now.
    person: String,
    corrected: String,
    /// The phone of before and the one in its place, and where what waits for it goes.
    phone: Option<(Phone, Phone, Waiting)>,
    messages: Vec<Vec<u8>>,
    pressed: Pressed,
    app: App,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, correcting: &Correcting) -> Result<(), Error> {
    let (record, head) = (&correcting.record, correcting.link.head());
    let id = record.id.as_str();
    let statement = "update appointment set people = $1, audit_length = $2, audit_head = $3 \
         where id = $4 and state = 'booked' and released = 0 and audit_length = $5";
    let sealed = correcting.sealed.clone();
    let values = [sealed.into(), head.length.into(), head.hash.into(), id.into(), record.head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Error::Overtaken);
    }
    press::answer(connection, &correcting.pressed, &()).await?;
    let statement = "update person set person_index = $1 where appointment_id = $2 and person_index = $3";
    let values = [correcting.corrected.as_str().into(), id.into(), correcting.person.as_str().into()];
    sql(statement, values).execute(&mut *connection).await?;
    let subject = record.subject();
    if let Some((old, new, waiting)) = &correcting.phone {
        let app = &correcting.app;
        // Whoever has the phone that was wrong hears of corrections, in case it was not.
        let phones = (old, new, *waiting);
        outbox::readdress(connection, app.keys(), (&subject, CORRECTED), phones, correcting.now).await?;
        // Found by the new one as by the old, where that was confirmed.
        let (old, new) = (phone_index(app, old), phone_index(app, new));
        let statement = "insert into confirmed_phone (appointment_id, phone_index) select $2, $1 where exists (select 1 \
             from confirmed_phone o where o.appointment_id = $2 and o.phone_index = $3) on conflict do nothing";
        sql(statement, [new.into(), id.into(), old.as_str().into()]).execute(&mut *connection).await?;
        if *waiting != Waiting::Beside {
            let statement = "delete from confirmed_phone where appointment_id = $1 and phone_index = $2";
            sql(statement, [id.into(), old.into()]).execute(&mut *connection).await?;
        }
    }
    audit::insert(connection, &correcting.link).await?;
    Ok(outbox::insert(connection, &subject, CORRECTED, &correcting.messages, correcting.now).await?)
}
