//! What the streams of visits and counters make of their rows, so that a row that somebody changed beside the portal is
//! found.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared::counter::{StateName, Visit};

use super::conclude::step_of;
use super::store::{json, occupies, waits_for};
use super::taking::paper::FromPaper;
use super::taking::{Begun, TAKEN, begun};
use crate::audit::{Happened, Stream};
use crate::database::sql::text;

/// Visits with all that their row says, whether their booking is marked, and where they are called.
pub(super) const VISITS: Stream = Stream {
    heads: "select 'visit:' || v.id as stream, v.audit_length, v.audit_head, \
         v.office || ' on ' || v.date || ', ' || v.service || ' at ' || v.place_id || ' from ' || cast(v.starts_at as text) \
         || coalesce(' in slot ' || cast(v.slot_id as text), '') || case when v.occupies = 1 then ' counted' else '' end \
         || coalesce(' sent from ' || v.sent_from, '') || coalesce(', ticket ' || cast(v.ticket as text), '') \
         || case when v.priority = 1 then ', priority' else '' end \
         || ', ' || v.state || ' ' || v.detail || ' after ' || v.done || ', version ' || cast(v.version as text) \
         || ' since ' || cast(v.changed_at as text) || coalesce(', here since ' || cast(v.arrived_at as text), '') \
         || coalesce(' waiting from ' || cast(v.queue_at as text), '') \
         || coalesce(' for ' || cast(v.waits_for as text), '') || coalesce(' at ' || cast(v.counter_id as text), '') \
         || coalesce(', called to ' || cast(o.counter_id as text), '') \
         || case when a.arrived = 1 then ', booking begun' else '' end as row \
         from visit v left join open_call o on o.visit_id = v.id left join appointment a on a.id = v.appointment_id",
    compare: Some(|row, events| Ok([text(row, "row")?, visit(events)])),
};

/// Counters with their sign, their state and their clerk.
pub(super) const COUNTERS: Stream = Stream {
    heads: "select 'counter:' || cast(c.id as text) as stream, c.audit_length, c.audit_head, \
         c.name || ' of ' || c.office || ', ' || c.state || coalesce(' with ' || c.staff_id, '') \
         || case when c.removed_at is null then '' else ', removed' end as row \
         from counter c",
    compare: Some(|row, events| Ok([text(row, "row")?, counter(events)])),
};

/// What the steps so far have made.
struct Made {
    begun: Begun,
    visit: Visit,
    ticket: Option<i64>,
    queue_at: Option<DateTime<Utc>>,
    /// As it was before the line of paper that is being read.
    before_line: Option<Visit>,
}

fn visit(events: &[Happened]) -> String {
    let mut made: Option<Made> = None;
    for event in events {
        made = match apply(made, event) {
            Some(next) => Some(next),
            None => return "nothing that a visit can be".to_owned(),
        };
    }
    made.map_or_else(String::new, |made| words(&made))
}

fn apply(made: Option<Made>, Happened { at, act, detail }: &Happened) -> Option<Made> {
    let instant = |name: &str| serde_json::from_value::<Option<DateTime<Utc>>>(detail[name].clone()).ok().flatten();
    let beginning = serde_json::from_value::<Begun>(detail["begun"].clone()).ok();
    let ticket = detail["ticket"].as_i64();
    // What was entered from paper happened before it was recorded.
    let paper = serde_json::from_value::<FromPaper>(detail["from_paper"].clone()).ok();
    let at = &paper.as_ref().map_or(*at, |paper| paper.happened_at);
    if act == TAKEN {
        let new = beginning?;
        let visit = begun(new.starts_at, instant("arrived_at")?, *at).with_priority(new.priority);
        return Some(Made { begun: new, visit, ticket, queue_at: instant("queue_at"), before_line: None });
    }
    let step = step_of(detail)?;
    let before_line = made.as_ref().and_then(|made| made.before_line.clone());
    let (new, visit, before) = match (made, beginning) {
        (None, Some(new)) => {
            let visit = Visit::booked(new.starts_at, new.since);
            (new, visit, None)
        }
        (Some(made), Some(new)) => {
            let visit = made.visit.moved_to(new.starts_at);
            (new, visit, made.queue_at)
        }
        (Some(made), None) => (made.begun, made.visit, made.queue_at),
        (None, None) => return None,
    };
    let before_line = if paper.as_ref().is_some_and(|paper| paper.begins) { Some(visit.clone()) } else { before_line };
    let visit = visit.take(visit.version(), &step, *at).ok()?;
    let visit = match (&paper, &before_line) {
        (Some(paper), Some(before)) if paper.ends => visit.entered(before, paper.entered_at),
        _ => visit,
    };
    let queue_at = match visit.state().kind() {
        StateName::Booked => None,
        _ => instant("queue_at").or(before),
    };
    Some(Made { begun: new, visit, ticket, queue_at, before_line })
}

fn words(made: &Made) -> String {
    let Made { begun, visit, ticket, queue_at, .. } = made;
    let kept = visit.keep();
    let state = &kept.state;
    let is_booking = begun.slot.is_none();
    let also = |words: &str, value: Option<String>| value.map_or_else(String::new, |value| format!("{words}{value}"));
    let millis = |instant: Option<DateTime<Utc>>| instant.map(|instant| instant.timestamp_millis().to_string());
    let called = state.counter().map(|counter| counter.to_string());
    [
        format!("{} on {}, {} at {}", begun.office, begun.date, begun.service, begun.place),
        format!(" from {}", begun.starts_at.timestamp_millis()),
        also(" in slot ", begun.slot.map(|slot| slot.to_string())),
        if !is_booking && occupies(state.kind()) { " counted".to_owned() } else { String::new() },
        also(" sent from ", begun.sent_from.as_ref().map(ToString::to_string)),
        also(", ticket ", ticket.map(|ticket| ticket.to_string())),
        if kept.priority { ", priority".to_owned() } else { String::new() },
        format!(", {} {} after {}, version {}", state.name(), json(state), json(&kept.done), kept.version),
        format!(" since {}", kept.changed_at.timestamp_millis()),
        also(", here since ", millis(state.arrived_at())),
        also(" waiting from ", millis(*queue_at)),
        also(" for ", waits_for(state).map(|counter| counter.to_string())),
        also(" at ", called.clone()),
        also(", called to ", called),
        if is_booking && state.kind() != StateName::Booked { ", booking begun".to_owned() } else { String::new() },
    ]
    .concat()
}

fn counter(events: &[Happened]) -> String {
    let (mut name, mut office, mut state, mut clerk, mut removed) = Default::default();
    let said = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    for Happened { act, detail, .. } in events {
        match act.as_str() {
            "counter_created" => {
                (name, office, state) = (said(&detail["name"]), said(&detail["office"]), "closed".to_owned());
            }
            "counter_renamed" => name = said(&detail["name"]),
            "counter_removed" => removed = true,
            _ => (state, clerk) = (said(&detail["state"]), said(&detail["clerk"])),
        }
    }
    let with = if clerk.is_empty() { String::new() } else { format!(" with {clerk}") };
    let removed: &str = if removed { ", removed" } else { "" };
    format!("{name} of {office}, {state}{with}{removed}")
}
