//! One of those who came has their own details erased before the time is over (个人信息保护法 art 47). The others' stay theirs.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, BookingReference, Refusal};
use shared::counter::Refusal as Unerased;
use shared::identity::Phone;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::{ONE_ERASED, erase_beside};
use crate::app::App;
use crate::appointments::attendees::{person_indexes, phone_of, place_of, seal};
use crate::appointments::record::{self, Record};
use crate::appointments::{self, ending, replay, undisturbed};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::database::sql::sql;
use crate::error::Error;
use crate::outbox;
use crate::phone_codes::phone_index;

/// Erases what is kept of the one with this blind index in a booking that is over, as its row tells: one that goes on for those
/// who hold it is not.
///
/// # Errors
/// [`Unerased::StillNeeded`]; [`Refusal::Erased`] where it was erased before.
pub(crate) async fn erase_one_of(
    app: &App,
    (reference, person): (BookingReference, &str),
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    undisturbed(|| once(app, (reference, person), actor, now)).await
}

async fn once(
    app: &App,
    (reference, person): (BookingReference, &str),
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let record = over(app, reference, now).await?;
    let bookable = app.bookable_of(&record.service).ok_or(Problem::NotFound)?;
    let attendees = bookable.people_of(app.keys(), &record)?;
    let place = place_of(app.keys(), &*attendees, person).ok_or(Refusal::Erased)?;
    let left = attendees.without(place);
    let shared = |phone: &Phone| left.as_ref().is_some_and(|left| left.phones().contains(phone));
    let phone = phone_of(&*attendees, place).filter(|phone| !shared(phone));
    let of = left.as_ref().map(|left| replay::digest(reference.as_str(), &person_indexes(app.keys(), &**left)));
    let detail = of.map_or_else(|| json!({}), |of| json!({ "of": of }));
    let event = Event { stream: record.id.as_str(), actor: actor.clone(), act: ONE_ERASED, detail };
    let erasing = Erasing {
        link: audit::prepare(&record.head, &event, now),
        left: left.map(|left| seal(app.keys(), &record.id, &*left)),
        person: person.to_owned(),
        phone: phone.as_ref().map(|phone| phone_index(app, phone)),
        texts: match &phone {
            Some(phone) => outbox::ids_to(app, &record.subject(), phone).await?,
            None => Vec::new(),
        },
        record,
    };
    appointments::write(app, erasing, write).await
}

/// The booking, once its end is written down.
async fn over(app: &App, reference: BookingReference, now: DateTime<Utc>) -> Result<Record, Error> {
    let read = async || record::by_reference(&mut *app.database().read().await?, reference).await;
    let record = read().await?.ok_or(Problem::NotFound)?;
    if record.held_as != AppointmentState::Booked {
        return Ok(record);
    }
    if record.held_as.observed(now, record.starts_at) == AppointmentState::Past {
        ending::close_past(app, now).await?;
    }
    let record = read().await?.ok_or(Problem::NotFound)?;
    if record.held_as == AppointmentState::Booked { Err(Unerased::StillNeeded.into()) } else { Ok(record) }
}

struct Erasing {
    record: Record,
    link: ChainedEvent,
    /// Sealed; none where nobody is left.
    left: Option<Vec<u8>>,
    person: String,
    /// Blind index of a phone that is theirs alone.
    phone: Option<String>,
    /// The texts that went to it.
    texts: Vec<i64>,
}

async fn write(connection: &mut AnyConnection, erasing: &Erasing) -> Result<(), Error> {
    let (id, head) = (erasing.record.id.as_str(), erasing.link.head());
    let statement = "update appointment set people = $1, audit_length = $2, audit_head = $3 \
         where id = $4 and state in ('past', 'cancelled') and audit_length = $5";
    let length = erasing.record.head.length;
    let values = [erasing.left.clone().into(), head.length.into(), head.hash.into(), id.into(), length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Error::Overtaken);
    }
    audit::insert(connection, &erasing.link).await?;
    if erasing.left.is_none() {
        return Ok(erase_beside(connection, id).await?);
    }
    let statement = "delete from person where appointment_id = $1 and person_index = $2";
    sql(statement, [id.into(), erasing.person.as_str().into()]).execute(&mut *connection).await?;
    if let Some(phone) = &erasing.phone {
        let statement = "delete from confirmed_phone where appointment_id = $1 and phone_index = $2";
        sql(statement, [id.into(), phone.as_str().into()]).execute(&mut *connection).await?;
    }
    for text in &erasing.texts {
        sql("delete from outbox where id = $1", [(*text).into()]).execute(&mut *connection).await?;
    }
    Ok(())
}
