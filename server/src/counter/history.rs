//! What happened with a visit and its booking, as staff read it: who, when, what.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use shared::counter::{CounterId, Step, VisitId};
use shared::staff::AccountName;
use sqlx::{AnyConnection, any::AnyRow};

use super::conclude::step_of;
use super::taking::TAKEN;
use super::taking::paper::FromPaper;
use crate::appointments::booking::copy::COPIED_AT_DESK;
use crate::appointments::booking::correct::CORRECTED;
use crate::appointments::booking::disown::DISOWNED;
use crate::appointments::booking::withheld::{self, Guise};
use crate::appointments::erasing::ONE_ERASED;
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_text, sql, text, word},
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    pub at: DateTime<Utc>,
    pub who: By,
    pub what: What,
    /// When it happened, by the paper from which it was entered.
    pub on_paper: Option<DateTime<Utc>>,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    Staff(Option<AccountName>),
    /// At a kiosk or at the public site.
    Resident,
    /// Whoever holds the booking.
    Holder,
    Operator,
    System,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Booked,
    Moved,
    Cancelled,
    Released {
        /// As what it stands for those who hold it, while they are not to learn of it.
        guise: Option<Guise>,
    },
    /// Began with a ticket.
    Ticket {
        /// To be served before the others who wait.
        priority: bool,
    },
    /// Another whom it names said after it had ended that they had not made it.
    Disowned,
    /// Handed over as a copy to one of those who come.
    Copied,
    /// A slip was put right in what is kept of one of them.
    PeopleCorrected,
    /// One of them had their own erased.
    OneErased,
    Step {
        step: Step,
        counter: Option<CounterId>,
        out_of_order: bool,
        /// Why what is not usual was done.
        reason: Option<String>,
    },
}

/// All of it, the oldest first.
pub(super) async fn of_visit(
    connection: &mut AnyConnection,
    id: &VisitId,
    now: DateTime<Utc>,
) -> Result<Vec<Happening>, DatabaseError> {
    const STATEMENT: &str = "select a.at, a.actor, a.act, a.detail, \
         (select min(s.name) from staff_account s where 'staff:' || s.staff_id = a.actor) as account from audit a \
         where a.stream = $1 or (a.stream = $2 and a.act in \
         ('booking_made', 'booking_moved', 'booking_cancelled', 'booking_released', 'booking_disowned', 'copied_at_desk', 'people_corrected', \
         'person_erased')) order by a.at, a.stream, a.sequence";
    let values = [format!("visit:{id}").into(), id.as_str().into()];
    let rows = sql(STATEMENT, values).fetch_all(&mut *connection).await?;
    let booking = HoldId::parse(id.as_str()).ok();
    let withheld = match &booking {
        Some(booking) => withheld::of_booking(connection, booking, now).await?,
        None => None,
    };
    let read = rows.iter().map(|row| read(row, withheld.is_some())).collect::<Result<Vec<_>, _>>()?;
    Ok(read.into_iter().flatten().collect())
}

/// How many corrections of a visit were told to its people, without those that were undone.
pub(super) async fn corrections_told(connection: &mut AnyConnection, id: &VisitId) -> Result<i64, DatabaseError> {
    const STATEMENT: &str = "select count(*) as told from audit c where c.stream = $1 and c.act = 'correct' \
         and c.detail like '%\"told\":%' and not exists (select 1 from audit u where u.stream = c.stream \
         and u.sequence = c.sequence + 1 and u.act = 'undo')";
    int(&sql(STATEMENT, [format!("visit:{id}").into()]).fetch_one(connection).await?, "told")
}

/// Nothing for an event that a later version wrote.
fn read(row: &AnyRow, is_withheld: bool) -> Result<Option<Happening>, DatabaseError> {
    let detail: serde_json::Value = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
    let what = match text(row, "act")?.as_str() {
        "booking_made" => What::Booked,
        "booking_moved" => What::Moved,
        "booking_cancelled" => What::Cancelled,
        "booking_released" => What::Released { guise: is_withheld.then(|| withheld::shown_as(&detail)) },
        DISOWNED => What::Disowned,
        COPIED_AT_DESK => What::Copied,
        CORRECTED => What::PeopleCorrected,
        ONE_ERASED => What::OneErased,
        TAKEN => What::Ticket { priority: detail["begun"]["priority"] == true },
        _ => match step_of(&detail) {
            Some(step) => What::Step {
                step,
                counter: detail["at_counter"].as_i64().map(CounterId),
                out_of_order: detail["out_of_order"] == true,
                reason: detail["reason"].as_str().map(str::to_owned),
            },
            None => return Ok(None),
        },
    };
    let paper = serde_json::from_value::<FromPaper>(detail["from_paper"].clone()).ok();
    let on_paper = paper.map(|paper| paper.happened_at);
    Ok(Some(Happening { at: instant(row, "at")?, who: who(row)?, what, on_paper }))
}

/// Who did what a row tells, by its columns `actor` and `account`.
pub(super) fn who(row: &AnyRow) -> Result<By, DatabaseError> {
    let account = maybe_text(row, "account")?.and_then(|name| AccountName::parse(&name).ok());
    Ok(match text(row, "actor")?.as_str() {
        "resident" => By::Resident,
        "holder" => By::Holder,
        "operator" => By::Operator,
        "system" => By::System,
        _ => By::Staff(account),
    })
}
