//! Bookings that somebody of the staff made, cancelled or moved for whoever called or stood there: for whoever answers for the office
//! where they are, or where whoever did it works, and for whoever reads the record.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared::appointments::BookingReference;
use shared::counter::VisitId;
use shared::staff::{OfficeId, Right};
use sqlx::{AnyConnection, any::AnyRow};

use super::of_office::of_office;
use super::page;
use super::safety::Back;
use crate::app::App;
use crate::counter::history::{self, By};
use crate::database::{
    DatabaseError,
    sql::{flag, instant, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// One time that somebody made or changed a booking of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    pub at: DateTime<Utc>,
    pub who: By,
    pub change: Change,
    pub reference: Option<BookingReference>,
    /// The time of the booking now, or when it was cancelled. Nothing of its people.
    pub starts_at: DateTime<Utc>,
    /// Where it is one of this office.
    pub visit: Option<VisitId>,
}

/// What became of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Made,
    Cancelled,
    Moved { from: DateTime<Utc>, to: DateTime<Utc> },
}

/// One page of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub changes: Vec<Changed>,
    /// How many there are on all pages.
    pub total: usize,
}

/// As the index has it.
macro_rules! acts {
    () => {
        "e.act in ('booking_made', 'booking_cancelled', 'booking_moved') and substr(e.actor, 1, 6) = 'staff:'"
    };
}

/// Those of an office, the newest first; the first page is 0.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub async fn list(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    there: (Back, usize),
    now: DateTime<Utc>,
) -> Result<Listed, Error> {
    const COUNT: &str = of_office!("count(*) as total", acts!(), "");
    const LIST: &str = of_office!(
        "e.at, e.actor, e.act, e.detail, b.id, b.reference, s.starts_at, \
         case when s.place_id in (select id from here) then 1 else 0 end as is_here, \
         (select min(a.name) from staff_account a where 'staff:' || a.staff_id = e.actor) as account",
        acts!(),
        " order by e.at desc, e.stream, e.sequence desc limit $3 offset $4"
    );
    let (rows, total) = page::read(app, (staff, Right::SeeSafetyLooks, id), (COUNT, LIST), there, now).await?;
    let mut connection = app.database().read().await?;
    let mut changes = Vec::with_capacity(rows.len());
    for row in &rows {
        changes.push(read(&mut connection, row).await?);
    }
    Ok(Listed { changes, total })
}

async fn read(connection: &mut AnyConnection, row: &AnyRow) -> Result<Changed, DatabaseError> {
    let visit = word(row, "id", |id| VisitId::parse(id).ok())?;
    let change = match &*text(row, "act")? {
        "booking_made" => Change::Made,
        "booking_moved" => moved(connection, row).await?,
        _ => Change::Cancelled,
    };
    Ok(Changed {
        at: instant(row, "at")?,
        who: history::who(row)?,
        change,
        reference: maybe_text(row, "reference")?.and_then(|text| BookingReference::parse(&text).ok()),
        starts_at: instant(row, "starts_at")?,
        visit: flag(row, "is_here")?.then_some(visit),
    })
}

/// The record names the two times by their rows.
async fn moved(connection: &mut AnyConnection, row: &AnyRow) -> Result<Change, DatabaseError> {
    let detail: Json = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
    let slot = |name: &str| detail[name].as_i64().ok_or(DatabaseError::unreadable("detail"));
    let statement =
        "select f.starts_at as from_at, t.starts_at as to_at from slot f join slot t on t.id = $2 where f.id = $1";
    let times = sql(statement, [slot("from")?.into(), slot("to")?.into()]).fetch_one(connection).await?;
    Ok(Change::Moved { from: instant(&times, "from_at")?, to: instant(&times, "to_at")? })
}
