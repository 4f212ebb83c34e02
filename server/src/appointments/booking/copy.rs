//! A copy of everything that is kept of a booking, for those whom it is about (个人信息保护法 art 45). What the hall keeps of
//! it, the hall adds.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use shared::appointments::{AppointmentState, Refusal};
use shared::calendar::{shanghai, shanghai_date};
use sqlx::{AnyConnection, any::AnyRow};

use super::deadlines::Deadlines;
use super::messages::{self, About};
use super::{Holder, view, withheld};
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

/// What is in a copy.
pub(crate) struct Copied {
    pub(crate) kept: Json,
    /// Whether those who hold the booking are not to learn now that the office has ended it.
    pub(crate) is_withheld: bool,
}

/// Everything kept of the holder's booking, in full. That it was taken is recorded, and its phones are told, once a day at most.
pub(crate) async fn copy(app: &App, bookable: &Bookable, holder: &Holder, now: DateTime<Utc>) -> Result<Copied, Error> {
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
    let state = withheld::state(&mut *app.database().read().await?, &record, now).await?;
    let deadlines = point.rule(now).ok().map(|rule| Deadlines::of(&record, rule));
    let until = deadlines.map(|until| until.cancel).filter(|_| !record.arrived);
    let kept = json!({
        "reference": reference,
        "service": bookable.name,
        "place": point.place.name,
        "starts_at": shanghai(record.starts_at),
        "ends_at": shanghai(record.ends_at),
        "state": state.name(),
        "people": attendees.keep(),
        "messages": texts.collect::<Vec<_>>(),
        "done": done(&mut *app.database().read().await?, (&record, state), until).await?,
        "kept_until": crate::appointments::erasing::kept_until(app, shanghai_date(record.starts_at)),
    });
    Ok(Copied { kept, is_withheld: record.state == AppointmentState::Released && state != record.state })
}

/// What was done with the booking, and when: all but that the office looked for it by somebody's document, since whoever made
/// the booking may be the one from whom that person is kept safe. That the office ended it, while that is withheld, stands
/// there as a cancellation where they could have cancelled it then, and else not at all.
async fn done(
    connection: &mut AnyConnection,
    (record, state): (&Record, AppointmentState),
    can_cancel_until: Option<DateTime<Utc>>,
) -> Result<Vec<Json>, DatabaseError> {
    let statement = "select act, at from audit where stream = $1 and act <> 'booking_looked_up' order by sequence";
    let rows = sql(statement, [record.id.as_str().into()]).fetch_all(connection).await?;
    let done = |row: &AnyRow| -> Result<Option<Json>, DatabaseError> {
        let (kept, at) = (text(row, "act")?, instant(row, "at")?);
        let act = withheld::act(kept.clone(), state);
        let is_given_away = act != kept && can_cancel_until.is_none_or(|until| at >= until);
        Ok((!is_given_away).then(|| json!({ "act": act, "at": shanghai(at) })))
    };
    rows.iter().filter_map(|row| done(row).transpose()).collect()
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
