//! Cancelling: the people are free at once, the place comes back after a random wait.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::Refusal;
use sqlx::AnyConnection;

use super::by_clerk::{self, Change};
use super::messages::{self, About, AtWhoseHand, BookingEvent};
use super::{Holder, deadlines::Deadlines, view};
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::{self, hold, point, record, undisturbed};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::counter::press::{self, Pressed};
use crate::database::sql::sql;
use crate::error::Error;
use crate::outbox;

/// Cancels the holder's booking; for whoever calls or stands there, until it begins.
///
/// # Errors
/// [`Refusal::TooLate`] after the cut-off, [`Refusal::Arrived`] once the hall has begun with it,
/// [`Refusal::BookingEnded`] when there is nothing to cancel, [`Refusal::Erased`] when nobody is left to tell;
/// [`shared::counter::Refusal::TooManyCancellations`] for a clerk.
pub async fn cancel(app: &App, bookable: &Bookable, holder: &Holder, now: DateTime<Utc>) -> Result<(), Error> {
    undisturbed(|| cancel_once(app, bookable, (holder, None), now)).await
}

/// The same by the press of a clerk, which is known again from the same instant on.
///
/// # Errors
/// As [`cancel`].
pub(crate) async fn by_press(
    app: &App,
    bookable: &Bookable,
    (holder, pressed): (&Holder, &Pressed),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    undisturbed(|| cancel_once(app, bookable, (holder, Some(pressed)), now)).await
}

async fn cancel_once(
    app: &App,
    bookable: &Bookable,
    (holder, pressed): (&Holder, Option<&Pressed>),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let record = view::load(app, bookable, holder, now).await?;
    let people = record.people.as_deref().ok_or(Refusal::Erased)?;
    record.untouched(now)?;
    let point = point::one(app, &record.service, &record.place).await?;
    let rule = point.rule(now)?;
    let until = Deadlines::of(&record, rule);
    let last = if holder.is_staff() { until.begins } else { until.cancel };
    record.state.observed(now, record.starts_at).cancel(now, until.begins, last)?;

    let reference = record.reference.ok_or(Refusal::BookingEnded)?;
    let phones = bookable.open(app.keys(), &record.id, people)?.phones();
    let about = About::of(app, bookable, reference, &record, &point);
    let cancelled = BookingEvent::Cancelled(if holder.is_staff() { AtWhoseHand::Office } else { AtWhoseHand::Holder });
    let act = cancelled.kind();
    let event = Event { stream: record.id.as_str(), actor: holder.actor(), act, detail: json!({}) };
    let cancelling = Cancelling {
        link: audit::prepare(&record.head, &event, now),
        messages: messages::compose(app, &phones, cancelled, &about, record.locale),
        actor: holder.actor(),
        cancelled,
        returns_at: now + rule.returns.draw(rand::random()),
        record,
        pressed: pressed.cloned(),
        now,
    };
    appointments::write(app, cancelling, write).await?;
    app.outbox_wakes();
    hold::release_of_booking(app, holder.id(), &bookable.service, now).await;
    Ok(())
}

struct Cancelling {
    record: record::Record,
    actor: Actor,
    link: ChainedEvent,
    cancelled: BookingEvent,
    messages: Vec<Vec<u8>>,
    returns_at: DateTime<Utc>,
    pressed: Option<Pressed>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, cancelling: &Cancelling) -> Result<(), Error> {
    by_clerk::alone(connection, (&cancelling.actor, Change::Cancels), cancelling.now).await?;
    let (record, head) = (&cancelling.record, cancelling.link.head());
    let statement = "update appointment set state = 'cancelled', occupies_until = $1, changes = changes + 1, \
         audit_length = $2, audit_head = $3 where id = $4 and state = 'booked' and arrived = 0 \
         and audit_length = $5";
    let id = record.id.as_str();
    let values =
        [cancelling.returns_at.into(), head.length.into(), head.hash.into(), id.into(), record.head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Error::Overtaken);
    }
    if let Some(pressed) = &cancelling.pressed {
        press::answer(connection, pressed, &()).await?;
    }
    sql("update person set live = 0 where appointment_id = $1", [id.into()]).execute(&mut *connection).await?;
    audit::insert(connection, &cancelling.link).await?;
    let (subject, kind) = (record.subject(), cancelling.cancelled.kind());
    Ok(outbox::insert(connection, &subject, kind, &cancelling.messages, cancelling.now).await?)
}
