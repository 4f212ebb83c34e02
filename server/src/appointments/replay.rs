//! What the events of an appointment make of it, so that a row that somebody changed beside the portal is found.

use crate::audit::{Happened, Stream};

/// Appointments with their state and who ended them, their time, whether their people are kept, whether these are counted
/// as booked and left to the desk.
pub(super) const APPOINTMENTS: Stream = Stream {
    heads: "select id as stream, audit_length, audit_head, \
         state || case when released = 1 then ' by the office' else '' end || ' at time ' || cast(slot_id as text) \
         || case when people is null then '' else ', people kept' end \
         || case when exists (select 1 from person where appointment_id = id and live = 1) then ', counted' else '' end \
         || case when at_desk = 1 then ', left to the desk' else '' end \
         as row from appointment",
    replay: Some(replay),
};

fn replay(events: &[Happened]) -> String {
    let (mut state, mut slot, mut kept, mut at_desk) = ("nothing", None, false, false);
    for Happened { act, detail, .. } in events {
        match act.as_str() {
            "hold_taken" => (state, slot) = ("held", detail["slot"].as_i64()),
            "hold_released" => state = "released",
            "hold_expired" => state = "expired",
            "hold_swapped" => (state, slot) = ("released", detail["to"].as_i64()),
            "booking_made" => (state, kept, at_desk) = ("booked", true, detail["at_desk"] == true),
            "booking_moved" => slot = detail["to"].as_i64(),
            "booking_cancelled" => state = "cancelled",
            "booking_released" => state = "cancelled by the office",
            "booking_past" => state = "past",
            "people_erased" => kept = false,
            // A hold's minutes and browser, a copy sent, a place returned, a day closed: none of them in these words.
            _ => {}
        }
    }
    let slot = slot.map_or_else(|| "unknown".to_owned(), |slot| slot.to_string());
    let people = if kept { ", people kept" } else { "" };
    let counted = if state == "booked" { ", counted" } else { "" };
    let desk = if at_desk { ", left to the desk" } else { "" };
    format!("{state} at time {slot}{people}{counted}{desk}")
}
