//! That the office has ended a booking, while those who hold it are not to learn of it: whoever made it may be with the person
//! whom the office keeps safe. One that nobody could have called off any more keeps its row as it was, and with it its place, its
//! people, its texts and what can be done with it, until its day is over or they are told; for whoever works at the office, and
//! for the hall, it is ended by its mark alone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use shared::appointments::{AppointmentState, BookingRule, HoldId};
use sqlx::{AnyConnection, any::AnyRow};

use super::copy::COPIED_AT_DESK;
use super::deadlines::Deadlines;
use super::disown::DISOWNED;
use super::messages::{AtWhoseHand, BookingEvent};
use super::search::LOOKED_UP;
use crate::appointments::ending::FREED;
use crate::appointments::record::Record;
use crate::database::{
    DatabaseError,
    sql::{instant, sql, text, word},
};

/// As what a booking goes on for those who hold it, once the office has ended it out of their sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guise {
    /// Called off, which each of them could have done then.
    Cancelled,
    /// As it was, until its day is over: nobody could have called it off any more.
    Standing,
    /// As a visit that is over: they had come, or had been called in vain.
    VisitOver,
}

impl Guise {
    /// Of a booking that is ended now.
    pub(crate) fn of(record: &Record, rule: &BookingRule, now: DateTime<Utc>) -> Self {
        if record.arrived {
            Self::VisitOver
        } else if now < Deadlines::of(record, rule).cancel {
            Self::Cancelled
        } else {
            Self::Standing
        }
    }

    /// Whether its row goes on as that of a booking that stands.
    pub(super) fn stands(self) -> bool {
        self != Self::Cancelled
    }
}

/// That those who hold a booking are not to know that the office has ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Withheld {
    /// As what it stands now for them.
    pub(crate) guise: Guise,
    /// Until when they do not know; none where they never do.
    pub(crate) until: Option<DateTime<Utc>>,
}

impl Withheld {
    /// Until when they do not know once somebody else whom it names has asked too: whoever needs it longer is kept safe as long.
    pub(super) fn or_longer(self, told_at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        self.until.zip(told_at).map(|(one, other)| one.max(other))
    }
}

/// A booking as those who hold it read it now.
pub(crate) async fn as_held(
    connection: &mut AnyConnection,
    record: Record,
    now: DateTime<Utc>,
) -> Result<Record, DatabaseError> {
    let is_withheld =
        record.state == AppointmentState::Released && of_booking(connection, &record.id, now).await?.is_some();
    Ok(if is_withheld { Record { state: record.held_as, ..record } } else { record })
}

/// How a booking is withheld now from those who hold it; none where the office has not ended it, or they may know.
pub(crate) async fn of_booking(
    connection: &mut AnyConnection,
    id: &HoldId,
    now: DateTime<Utc>,
) -> Result<Option<Withheld>, DatabaseError> {
    let statement = "select e.act, e.detail, a.state from audit e join appointment a on a.id = e.stream \
         where e.stream = $1 and e.act in ($2, $3) order by e.sequence";
    let values = [id.as_str().into(), BookingEvent::Released.kind().into(), DISOWNED.into()];
    let mut withheld = None;
    for row in sql(statement, values).fetch_all(connection).await? {
        let detail = detail(&row)?;
        let told_at = detail.get("told_at").map(|told_at| serde_json::from_value(told_at.clone()).ok());
        // One that stood for them they may have called off since, as when its day was closed.
        let is_cancelled = text(&row, "state")? == AppointmentState::Cancelled.name();
        let guise = |shown_as| if is_cancelled { Guise::Cancelled } else { shown_as };
        withheld = match (text(&row, "act")? == BookingEvent::Released.kind(), told_at, withheld) {
            (true, told_at, _) => told_at.map(|until| Withheld { guise: guise(shown_as(&detail)), until }),
            (false, Some(until), Some(before)) => Some(Withheld { until, ..before }),
            (false, _, before) => before,
        };
    }
    Ok(withheld.filter(|withheld| withheld.until.is_none_or(|until| now < until)))
}

/// As what it was to go on, as the detail of the event says.
pub(crate) fn shown_as(detail: &Json) -> Guise {
    // Events from before there were others.
    serde_json::from_value(detail["shown_as"].clone()).unwrap_or(Guise::Cancelled)
}

fn detail(row: &AnyRow) -> Result<Json, DatabaseError> {
    word(row, "detail", |detail| serde_json::from_str(detail).ok())
}

/// Done to a booking by the office alone, and read by nobody who holds it.
const UNSEEN: [&str; 4] = [LOOKED_UP, FREED, COPIED_AT_DESK, DISOWNED];

/// The acts of a booking's stream, and when, as those who hold it read them. Whoever made it may be the one from whom a person is
/// kept safe for whom the office looked for it; and of several releases they read one, as if there were no other.
pub(super) async fn acts(
    connection: &mut AnyConnection,
    id: &HoldId,
    now: DateTime<Utc>,
) -> Result<Vec<(String, DateTime<Utc>)>, DatabaseError> {
    let is_withheld = of_booking(connection, id, now).await?.is_some();
    let statement = "select act, at, detail from audit where stream = $1 order by sequence";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(connection).await?;
    let mut acts = Vec::new();
    let mut released = None;
    for row in &rows {
        let (act, at) = (text(row, "act")?, instant(row, "at")?);
        if act == BookingEvent::Released.kind() {
            let act = match (is_withheld, shown_as(&detail(row)?)) {
                (false, _) => Some(act),
                (true, Guise::Cancelled) => Some(BookingEvent::Cancelled(AtWhoseHand::Holder).kind().to_owned()),
                (true, Guise::Standing | Guise::VisitOver) => None,
            };
            released = act.map(|act| (acts.len(), (act, at)));
        } else if !UNSEEN.contains(&&*act) {
            acts.push((act, at));
        }
    }
    if let Some((place, act)) = released {
        acts.insert(place, act);
    }
    Ok(acts)
}
