//! Bookings that somebody came upon by a person's document, and those that an office ended: for whoever answers for the office
//! where they are, or where whoever did it works, and for whoever reads the record. Whoever holds a booking reads of none.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared::appointments::BookingReference;
use shared::counter::VisitId;
use shared::staff::{OfficeId, Right};
use sqlx::any::AnyRow;

use super::of_office::of_office;
use super::page;
use super::safety::Back;
use crate::app::App;
use crate::appointments::booking::copy::COPIED_AT_DESK;
use crate::appointments::booking::correct::CORRECTED;
use crate::appointments::booking::disown::DISOWNED;
use crate::appointments::booking::search;
use crate::appointments::erasing::ONE_ERASED;
use crate::counter::history::{self, By};
use crate::database::{
    DatabaseError,
    sql::{flag, instant, maybe_instant, maybe_text, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// One time that somebody came upon a booking, or ended it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub at: DateTime<Utc>,
    pub who: By,
    pub what: What,
    pub reference: Option<BookingReference>,
    /// The time of the booking. Nothing of its people.
    pub starts_at: DateTime<Utc>,
    /// Where it is one of this office.
    pub visit: Option<VisitId>,
    /// When the same person had last read a number of it in full.
    pub number_read_at: Option<DateTime<Utc>>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Looked up by a document.
    LookedUp,
    /// Somebody whom it names was to be booked again.
    Met,
    /// A copy for one whom it names.
    Copied,
    /// What is kept of one was put right.
    Corrected,
    /// What is kept of one was erased.
    Erased,
    Released {
        told: Told,
        reason: Option<String>,
    },
    /// Said by another whom it names, once it had ended, not to be theirs; when its phones are told since, where they were to be.
    Disowned {
        told: Option<Told>,
        reason: Option<String>,
    },
}

/// When the phones of a booking are told that it was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    AtOnce,
    At(DateTime<Utc>),
    Never,
}

/// One page of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub entries: Vec<Entry>,
    /// How many there are on all pages.
    pub total: usize,
}

macro_rules! acts {
    () => {
        "e.act in ('booking_looked_up', 'booking_released', 'booking_disowned', 'copied_at_desk', 'people_corrected', \
         'person_erased')"
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
         (select min(a.name) from staff_account a where 'staff:' || a.staff_id = e.actor) as account, \
         (select max(l.at) from look l where l.visit_id = e.stream and 'staff:' || l.staff_id = e.actor \
         and l.seen like '%.number' and l.at <= e.at) as number_read_at",
        acts!(),
        " order by e.at desc, e.stream, e.sequence desc limit $3 offset $4"
    );
    let (rows, total) = page::read(app, (staff, Right::SeeSafetyLooks, id), (COUNT, LIST), there, now).await?;
    Ok(Listed { entries: rows.iter().map(read).collect::<Result<_, _>>()?, total })
}

fn read(row: &AnyRow) -> Result<Entry, DatabaseError> {
    let detail: Json = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
    let visit = word(row, "id", |id| VisitId::parse(id).ok())?;
    Ok(Entry {
        at: instant(row, "at")?,
        who: history::who(row)?,
        what: what(&text(row, "act")?, &detail),
        reference: maybe_text(row, "reference")?.and_then(|text| BookingReference::parse(&text).ok()),
        starts_at: instant(row, "starts_at")?,
        visit: flag(row, "is_here")?.then_some(visit),
        number_read_at: maybe_instant(row, "number_read_at")?,
    })
}

fn what(act: &str, detail: &Json) -> What {
    match act {
        search::LOOKED_UP if detail["by"] == search::BOOKING => return What::Met,
        search::LOOKED_UP => return What::LookedUp,
        COPIED_AT_DESK => return What::Copied,
        CORRECTED => return What::Corrected,
        ONE_ERASED => return What::Erased,
        _ => {}
    }
    let told = detail.get("told_at");
    let told = told.map(|told_at| serde_json::from_value(told_at.clone()).map_or(Told::Never, Told::At));
    let reason = detail["reason"].as_str().map(str::to_owned);
    if act == DISOWNED {
        return What::Disowned { told, reason };
    }
    What::Released { told: told.unwrap_or(Told::AtOnce), reason }
}
