//! `…/calendar.ics`: the booking for the phone's own calendar, without a name or a secret in it.

use std::collections::BTreeSet;

use axum::response::Response;
use shared::{
    appointments::{CalendarEvent, EntryKind, calendar_file},
    say,
};

use super::Opened;
use crate::{draw, visit::Visit};

/// The kind of message that tells of a closed day.
const CLOSED: &str = "booking_day_closed";

pub async fn show(visit: Visit, opened: Opened) -> Response {
    let (locale, booking, words) = (visit.locale, &opened.booking, &opened.pages.words);
    let come = words.come_note.say(locale);
    let address = opened.public_address(&visit);
    let place = format!("{}, {}", booking.point.place.name.say(locale), booking.point.place.address.say(locale));
    let description = say!(locale, "预约号 {}。{come}", "Reference {}. {come}", booking.reference);
    // Closing its day is a change too, and opening it again, which a calendar takes over only under a greater number; moving it
    // is the next.
    let is_closed = i64::from(booking.closed.is_some());
    let closings: BTreeSet<_> =
        booking.messages.iter().filter(|posted| posted.kind == CLOSED).map(|posted| posted.created_at).collect();
    let closings = i64::try_from(closings.len()).unwrap_or_default().saturating_mul(2);
    let by_closing = if closings == 0 { is_closed } else { closings - is_closed };
    let sequence = booking.changes.saturating_mul(2).saturating_add(by_closing);
    let sequence = u32::try_from(sequence).unwrap_or(u32::MAX);
    let file = calendar_file(&CalendarEvent {
        kind: EntryKind::Appointment,
        uid: &format!("{}@huimin", booking.reference.as_str()),
        sequence,
        made_at: opened.now,
        starts_at: booking.starts_at,
        ends_at: booking.ends_at,
        cancelled: opened.is_called_off() || booking.closed.is_some(),
        title: words.name.say(locale),
        place: &place,
        description: &description,
        url: Some(&address),
    });
    draw::calendar_entry(&format!("{}.ics", booking.reference.as_str()), file)
}
