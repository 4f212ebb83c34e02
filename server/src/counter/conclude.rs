//! How every change of a visit ends: the day, the ticket, the record.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use shared::counter::Step;
use sqlx::AnyConnection;

use super::by::Hand;
use super::changes::Told;
use super::day::turn::{Turn, turn};
use super::store::{self, Stored};
use crate::audit::{self, Event};
use crate::error::Error;

/// What the record says of a change.
pub(super) struct Entry {
    pub(super) act: &'static str,
    detail: Map<String, Json>,
}

/// What an event says beside its step. No step has a field of such a name.
const BESIDE: [&str; 11] = [
    "begun",
    "queue_at",
    "at_counter",
    "press",
    "out_of_order",
    "reason",
    "told",
    "told_digest",
    "ticket",
    "arrived_at",
    "from_paper",
];

impl Entry {
    pub(super) fn new(act: &'static str) -> Self {
        Self { act, detail: Map::new() }
    }

    /// The fields of a step, to which others are added.
    pub(super) fn of_step(step: &Step) -> Self {
        let detail = match serde_json::to_value(step) {
            Ok(Json::Object(detail)) => detail,
            _ => Map::new(),
        };
        Self { act: step.kind().name(), detail }
    }

    /// Says one thing more.
    pub(super) fn with(mut self, name: &'static str, value: &impl Serialize) -> Self {
        debug_assert!(BESIDE.contains(&name), "{name} is not known to stand beside a step");
        let value = serde_json::to_value(value).expect("what is recorded always serialises");
        self.detail.insert(name.to_owned(), value);
        self
    }

    /// Says one thing more, where there is one.
    pub(super) fn maybe(self, name: &'static str, value: Option<&impl Serialize>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// The step that an event of a visit is; none where it began with a ticket.
pub(super) fn step_of(detail: &Json) -> Option<Step> {
    let mut detail = detail.as_object()?.clone();
    detail.retain(|name, _| !BESIDE.contains(&name.as_str()));
    serde_json::from_value(Json::Object(detail)).ok()
}

/// Counts the change of the day, gives the ticket that was asked for, and appends to the stream of the visit.
pub(super) async fn conclude(
    connection: &mut AnyConnection,
    stored: &mut Stored,
    (hand, entry): (&Hand, Entry),
    turning: Turn,
    now: DateTime<Utc>,
) -> Result<Told, Error> {
    let turned = turn(connection, &stored.office, stored.date, turning).await?;
    if turning.ticket {
        stored.ticket = Some(turned.tickets);
    }
    record(connection, stored, (hand, entry), now).await?;
    Ok(turned.told)
}

/// Appends to the stream of a visit, with the ticket it now has.
pub(super) async fn record(
    connection: &mut AnyConnection,
    stored: &mut Stored,
    (hand, entry): (&Hand, Entry),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let Entry { act, detail } = entry.with("ticket", &stored.ticket);
    let stream = format!("visit:{}", stored.id);
    let event = Event { stream: &stream, actor: hand.actor.clone(), act, detail };
    stored.head = audit::append(connection, &stored.head, &event, now).await?;
    Ok(store::save_head(connection, stored).await?)
}
