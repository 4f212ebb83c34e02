//! Cancelling: the people are free at once, the place comes back after a random wait.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{HoldId, Refusal, returning_delay};
use shared::calendar::shanghai_date;
use sqlx::AnyConnection;

use super::messages::{self, About, BookingEvent};
use super::{Holder, find, parties, view};
use crate::app::App;
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::database::sql::sql;
use crate::error::Error;
use crate::outbox;

/// Cancels the holder's booking.
///
/// # Errors
/// [`Refusal::TooLate`] after the registry's cut-off, [`Refusal::BookingEnded`] when there is nothing to cancel.
pub async fn cancel(app: &App, holder: &Holder, now: DateTime<Utc>) -> Result<(), Error> {
    let record = view::load(app, holder).await?;
    let registry = app.registry(&record.registry).await?;
    let until = registry.rule(now)?.cancel_until(shanghai_date(record.starts_at));
    record.state.cancel(now, record.starts_at, until)?;

    let reference = record.reference.ok_or(Refusal::BookingEnded)?;
    let [first, second] =
        parties::open(app.keys(), &record.id, record.parties.as_deref().ok_or(Refusal::BookingEnded)?)?;
    let phones = messages::distinct([first.contact.phone, second.contact.phone]);
    let manage_link = find::manage_link(app, reference, &record);
    let (starts_at, locale) = (record.starts_at, record.locale);
    let about = About { reference, registry: &registry, starts_at, manage_link: &manage_link, locale };
    let event = Event {
        stream: record.id.as_str(),
        actor: Actor::Holder,
        act: BookingEvent::Cancelled.kind(),
        detail: json!({}),
    };
    let cancelling = Arc::new(Cancelling {
        link: audit::prepare(&record.head, &event, now),
        previous_length: record.head.length,
        messages: messages::compose(app, &phones, BookingEvent::Cancelled, &about),
        returns_at: now + returning_delay(rand::random()),
        id: record.id,
        now,
    });
    app.database().write(move |connection| Box::pin(write(connection, Arc::clone(&cancelling)))).await?;
    app.outbox_wakes();
    Ok(())
}

struct Cancelling {
    id: HoldId,
    link: ChainedEvent,
    previous_length: i64,
    messages: Vec<Vec<u8>>,
    returns_at: DateTime<Utc>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, cancelling: Arc<Cancelling>) -> Result<(), Error> {
    let head = cancelling.link.head();
    let statement = "update appointment set state = 'cancelled', occupies_until = $1, changes = changes + 1, \
         audit_length = $2, audit_head = $3 where id = $4 and state = 'booked' and audit_length = $5";
    let id = cancelling.id.as_str();
    let values = [
        cancelling.returns_at.into(),
        head.length.into(),
        head.hash.into(),
        id.into(),
        cancelling.previous_length.into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::BookingEnded.into());
    }
    sql("update person set live = 0 where appointment_id = $1", [id.into()]).execute(&mut *connection).await?;
    audit::insert(connection, &cancelling.link).await?;
    let kind = BookingEvent::Cancelled.kind();
    Ok(outbox::insert(connection, Some(&cancelling.id), kind, &cancelling.messages, cancelling.now).await?)
}
