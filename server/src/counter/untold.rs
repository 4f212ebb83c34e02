//! Messages about visits that did not arrive: a task for the office, which tells people otherwise and says so.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::appointments::BookingReference;
use shared::counter::VisitId;
use shared::identity::Phone;
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::{AnyConnection, any::AnyRow};

use super::office::{self, here};
use crate::app::App;
use crate::audit::{self, Actor, Event, Head, Stream};
use crate::database::sql::{bytes, instant, int, sql, text, word};
use crate::error::Error;
use crate::outbox::{Message, SEAL};
use crate::staff::authority::Staff;

/// Older ones are nobody's task any more.
const LOOKED_BACK: TimeDelta = TimeDelta::days(14);

/// A message that did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    pub message: i64,
    /// Of the booking that it is about.
    pub visit: VisitId,
    pub reference: BookingReference,
    pub starts_at: DateTime<Utc>,
    /// Which text it was, by its name in the record.
    pub kind: String,
    /// Masked; empty where the message cannot be read.
    pub to: String,
    pub written_at: DateTime<Utc>,
}

/// What nobody of the office has settled yet, the oldest first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn list(app: &App, staff: &Staff, office: &OfficeId, now: DateTime<Utc>) -> Result<Vec<Untold>, Error> {
    staff.may(Right::WorkAtCounter, &office::whole(office))?;
    unsettled(app, office, now).await?.iter().map(|row| read(app, row)).collect()
}

/// How many [`list`] has, for whoever has the day before them.
pub async fn count(app: &App, office: &OfficeId, now: DateTime<Utc>) -> Result<usize, Error> {
    Ok(unsettled(app, office, now).await?.len())
}

/// Writes down that people were told otherwise. Done again it changes nothing.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`] for what is no such message of this office.
pub async fn settle(
    app: &App,
    staff: &Staff,
    (office, message): (&OfficeId, i64),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    staff.may(Right::WorkAtCounter, &office::whole(office))?;
    staff.write(app, (staff.clone(), office.clone(), message, now), insert).await
}

/// Who settled what.
pub(super) const STREAM: Stream = Stream {
    heads: "select 'message:' || cast(message as text) as stream, audit_length, audit_head from message_settled",
    compare: None,
};

/// One statement for the list and its count, so that neither says what the other does not.
async fn unsettled(app: &App, office: &OfficeId, now: DateTime<Utc>) -> Result<Vec<AnyRow>, Error> {
    const UNSETTLED: &str = concat!(
        "select o.id, o.kind, o.sealed, o.created_at, a.id as visit, a.reference, s.starts_at \
         from outbox o join appointment a on a.id = substr(o.subject, 13) join slot s on s.id = a.slot_id \
         join place p on p.id = s.place_id \
         where o.state = 'failed' and o.useful_until is null and o.created_at > $1 and o.subject like 'appointment:%' and a.reference is not null \
         and not exists (select 1 from message_settled m where m.message = o.id) \
         and p.id in (",
        here!("$2"),
        " select id from here) order by o.id limit 200"
    );
    let values = [(now - LOOKED_BACK).into(), office.as_str().into()];
    Ok(sql(UNSETTLED, values).fetch_all(&mut *app.database().read().await?).await?)
}

async fn insert(
    connection: &mut AnyConnection,
    (staff, office, message, now): &(Staff, OfficeId, i64, DateTime<Utc>),
) -> Result<(), Error> {
    const INSERT: &str = concat!(
        "insert into message_settled (message, office, settled_by, settled_at, audit_length, audit_head) \
         select o.id, $2, $3, $4, $5, $6 from outbox o join appointment a on a.id = substr(o.subject, 13) \
         join slot s on s.id = a.slot_id join place p on p.id = s.place_id \
         where o.id = $1 and o.state = 'failed' and o.useful_until is null and o.subject like 'appointment:%' \
         and p.id in (",
        here!("$2"),
        " select id from here) on conflict do nothing"
    );
    let stream = format!("message:{message}");
    let detail = json!({ "office": office });
    let event = Event { stream: &stream, actor: Actor::Staff(staff.person().clone()), act: "told_otherwise", detail };
    let link = audit::prepare(&Head::empty(), &event, *now);
    let head = link.head();
    let values = [
        (*message).into(),
        office.as_str().into(),
        staff.person().as_str().into(),
        (*now).into(),
        head.length.into(),
        head.hash.as_str().into(),
    ];
    if sql(INSERT, values).execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(audit::insert(connection, &link).await?);
    }
    let settled = "select 1 from message_settled where message = $1 and office = $2";
    let values = [(*message).into(), office.as_str().into()];
    sql(settled, values).fetch_optional(connection).await?.map(drop).ok_or_else(|| Problem::NotFound.into())
}

fn read(app: &App, row: &AnyRow) -> Result<Untold, Error> {
    // One that cannot be opened is a task like the others, found by its booking; it keeps nobody from the rest.
    let to = match app.keys().open::<Message>(SEAL, &bytes(row, "sealed")?) {
        Ok(message) => Phone::parse(&message.to).map(|phone| phone.masked()).unwrap_or_default(),
        Err(error) => {
            tracing::error!(%error, "a message that did not arrive cannot be read");
            String::new()
        }
    };
    Ok(Untold {
        message: int(row, "id")?,
        visit: word(row, "visit", |id| VisitId::parse(id).ok())?,
        reference: word(row, "reference", |text| BookingReference::parse(text).ok())?,
        starts_at: instant(row, "starts_at")?,
        kind: text(row, "kind")?,
        to,
        written_at: instant(row, "created_at")?,
    })
}
