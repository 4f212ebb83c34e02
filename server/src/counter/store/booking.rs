//! The booking of a visit, and whether anybody has to come at its time.

use shared::appointments::{BookingReference, HoldId};
use sqlx::any::AnyRow;

use crate::database::{
    DatabaseError,
    sql::{flag, maybe_bytes, maybe_text, text},
};

/// The booking of a visit.
#[derive(Clone)]
pub(in crate::counter) struct Booking {
    pub(in crate::counter) id: HoldId,
    pub(in crate::counter) reference: Option<BookingReference>,
    /// Whether nobody has cancelled it, nor the office ended it, whoever knows; its day may be over.
    pub(in crate::counter) stands: bool,
    /// Whether the office has ended it while it goes on, as one that stands or whose visit is over, for those who hold it.
    pub(in crate::counter) is_unseen: bool,
    pub(in crate::counter) at_desk: bool,
    pub(in crate::counter) time: BookedTime,
    /// Sealed; opened by the service that wrote it.
    pub(in crate::counter) people: Option<Vec<u8>>,
}

/// Whether anybody has to come at the time of a booking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::counter) enum BookedTime {
    Open,
    /// It is no more among the hours of its day. Whoever has it comes, unless they are told otherwise.
    NoMore,
    /// It is open again, and its phones were told that it is closed and nothing else since.
    ToldClosed,
    Closed,
}

impl BookedTime {
    /// Whether nobody has to come.
    pub(super) fn is_excused(self) -> bool {
        matches!(self, Self::ToldClosed | Self::Closed)
    }

    /// Whether it is none of the times of its day.
    pub(super) fn is_outside(self) -> bool {
        matches!(self, Self::NoMore | Self::Closed)
    }
}

/// None of whoever took a ticket.
pub(super) fn read(row: &AnyRow) -> Result<Option<Booking>, DatabaseError> {
    let Some(id) = maybe_text(row, "booking_id")? else { return Ok(None) };
    let (state, is_released) = (text(row, "booking")?, flag(row, "released")?);
    Ok(Some(Booking {
        id: HoldId::parse(&id).map_err(|_| DatabaseError::unreadable("booking_id"))?,
        reference: maybe_text(row, "reference")?.and_then(|text| BookingReference::parse(&text).ok()),
        stands: matches!(state.as_str(), "booked" | "past") && !is_released,
        is_unseen: state == "booked" && is_released,
        at_desk: flag(row, "at_desk")?,
        time: match [flag(row, "closed")?, flag(row, "excused")?, flag(row, "no_more")?] {
            [true, ..] => BookedTime::Closed,
            [_, true, _] => BookedTime::ToldClosed,
            [.., true] => BookedTime::NoMore,
            _ => BookedTime::Open,
        },
        people: maybe_bytes(row, "people")?,
    }))
}
