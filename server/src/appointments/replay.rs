//! What the events of an appointment make of it, so that a row that somebody changed beside the portal is found.

use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;

use super::booking::{
    correct::CORRECTED,
    release::{LAST_FREED, STANDS},
};
use super::ending::{FREED, TOLD};
use super::erasing::{ERASED, ONE_ERASED};
use crate::audit::{Happened, Stream};
use crate::database::{
    DatabaseError,
    sql::{maybe_text, text},
};

/// Appointments with their state and who ended them, their time, whether their people are kept, whether these are counted
/// as booked and left to the desk, and of a booking also its reference and whom it counts.
pub(super) const APPOINTMENTS: Stream = Stream {
    heads: "select id as stream, audit_length, audit_head, reference, \
         (select string_agg(person_index, ',' order by person_index) from person where appointment_id = id) as people, \
         state || case when released = 1 then ' by the office' else '' end || ' at time ' || cast(slot_id as text) \
         || case when people is null then '' else ', people kept' end \
         || case when exists (select 1 from person where appointment_id = id and live = 1) then ', counted' else '' end \
         || case when at_desk = 1 then ', left to the desk' else '' end \
         as row from appointment",
    compare: Some(compare),
};

/// What the event of a booking keeps of its reference and its people: nothing that tells of them without both.
pub(super) fn digest(reference: &str, people: &[String]) -> String {
    let mut people = people.to_vec();
    people.sort_unstable();
    digest_of(reference, &people.join(","))
}

fn digest_of(reference: &str, people: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(format!("{reference}:{people}"))[..16])
}

fn compare(row: &AnyRow, events: &[Happened]) -> Result<[String; 2], DatabaseError> {
    let (is, was) = (text(row, "row")?, replay(events));
    let names = |event: &&Happened| ["booking_made", CORRECTED, ONE_ERASED].contains(&event.act.as_str());
    let booked = events.iter().rev().find(names);
    // Bookings from before such digests have none.
    if let Some(digest) = booked.and_then(|event| event.detail["of"].as_str())
        && was.contains(KEPT)
    {
        let (reference, people) = (maybe_text(row, "reference")?, maybe_text(row, "people")?);
        let is_of = digest_of(&reference.unwrap_or_default(), &people.unwrap_or_default());
        return Ok([format!("{is}, of {is_of}"), format!("{was}, of {digest}")]);
    }
    Ok([is, was])
}

const KEPT: &str = ", people kept";

fn replay(events: &[Happened]) -> String {
    let (mut state, mut slot, mut kept, mut at_desk) = ("nothing", None, false, false);
    let (mut by_office, mut freed) = (false, false);
    for Happened { act, detail, .. } in events {
        match act.as_str() {
            "hold_taken" => (state, slot) = ("held", detail["slot"].as_i64()),
            "hold_released" => state = "released",
            "hold_expired" => state = "expired",
            "hold_swapped" => (state, slot) = ("released", detail["to"].as_i64()),
            "booking_made" => (state, kept, at_desk) = ("booked", true, detail["at_desk"] == true),
            "booking_moved" => slot = detail["to"].as_i64(),
            "booking_cancelled" | TOLD => state = "cancelled",
            // Where it stands for those who hold it, it is ended by its mark alone.
            "booking_released" => {
                (state, by_office) = (if detail[STANDS] == true { state } else { "cancelled" }, true);
                freed |= detail[LAST_FREED] == true;
            }
            FREED => freed = true,
            "booking_past" => state = "past",
            ERASED => kept = false,
            ONE_ERASED => kept = detail["of"].is_string(),
            // A hold's minutes and browser, a copy sent, a place returned, a day closed: none of them in these words.
            _ => {}
        }
    }
    let slot = slot.map_or_else(|| "unknown".to_owned(), |slot| slot.to_string());
    let people = if kept { KEPT } else { "" };
    let office = if by_office { " by the office" } else { "" };
    let counted = if state == "booked" && !freed { ", counted" } else { "" };
    let desk = if at_desk { ", left to the desk" } else { "" };
    format!("{state}{office} at time {slot}{people}{counted}{desk}")
}
