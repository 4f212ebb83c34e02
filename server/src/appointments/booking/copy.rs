//! A copy of everything that is kept of a booking, for those whom it is about (个人信息保护法 art 45).

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use shared::appointments::Refusal;
use shared::calendar::{shanghai, shanghai_date};
use sqlx::AnyConnection;

use super::messages::{self, About};
use super::{Holder, view};
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::point;
use crate::appointments::record::Record;
use crate::audit::{self, ChainedEvent, Event};
use crate::database::{
    DatabaseError,
    sql::{instant, sql, text},
};
use crate::error::Error;
use crate::outbox;

/// Everything kept of the holder's booking, in full, as JSON. That it was taken is recorded, and its phones are told, once a day
/// at most.
pub async fn copy(app: &App, bookable: &Bookable, holder: &Holder, now: DateTime<Utc>) -> Result<String, Error> {
    let record = view::load(app, bookable, holder).await?;
    let reference = record.reference.ok_or(Refusal::BookingEnded)?;
    let attendees = bookable.open(app.keys(), &record.id, record.people.as_deref().ok_or(Refusal::Erased)?)?;
    let point = point::one(app, &record.service, &record.place).await?;
    let about = About::of(app, bookable, reference, &record, &point);
    let event = Event { stream: record.id.as_str(), actor: holder.actor(), act: messages::COPIED, detail: json!({}) };
    let copying = Copying {
        link: audit::prepare(&record.head, &event, now),
        messages: messages::of_copy(app, &attendees.phones(), &about, record.locale),
        record: record.clone(),
        now,
    };
    app.database().write_with(copying, write).await?;
    app.outbox_wakes();

    let texts = outbox::of_subject(app, &record.subject()).await?;
    let texts = texts.iter().filter(|posted| messages::may_be_read(posted, now)).map(|posted| {
        json!({ "to": posted.message.to, "text": posted.message.text, "written_at": shanghai(posted.created_at) })
    });
    let copy = json!({
        "reference": reference,
        "service": bookable.name,
        "place": point.place.name,
        "starts_at": shanghai(record.starts_at),
        "ends_at": shanghai(record.ends_at),
        "state": record.state.observed(now, record.starts_at).name(),
        "people": attendees.keep(),
        "messages": texts.collect::<Vec<_>>(),
        "done": done(&mut *app.database().read().await?, &record).await?,
        "kept_until": crate::appointments::erasing::kept_until(app, shanghai_date(record.starts_at)),
    });
    Ok(serde_json::to_string_pretty(&copy).expect("JSON is written as it was made"))
}

/// What was done with the booking, and when: all but that the office looked for it by somebody's document, since whoever made
/// the booking may be the one from whom that person is kept safe.
async fn done(connection: &mut AnyConnection, record: &Record) -> Result<Vec<Json>, DatabaseError> {
    let statement = "select act, at from audit where stream = $1 and act <> 'booking_looked_up' order by sequence";
    let rows = sql(statement, [record.id.as_str().into()]).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(json!({ "act": text(row, "act")?, "at": shanghai(instant(row, "at")?) }))).collect()
}

struct Copying {
    record: Record,
    link: ChainedEvent,
    messages: Vec<Vec<u8>>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, copying: &Copying) -> Result<(), Error> {
    let (record, head) = (&copying.record, copying.link.head());
    let statement = "update appointment set audit_length = $1, audit_head = $2 where id = $3 and audit_length = $4";
    let values = [head.length.into(), head.hash.into(), record.id.as_str().into(), record.head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        // It was moved or cancelled at this moment: what would be copied is not what stands.
        return Err(shared::problem::Problem::Busy.into());
    }
    audit::insert(connection, &copying.link).await?;
    let today = shanghai_date(copying.now).to_string();
    let subject = record.subject();
    Ok(outbox::insert_once(connection, &subject, messages::COPIED, &today, &copying.messages, copying.now).await?)
}
