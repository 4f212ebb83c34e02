//! One slot as the database holds it.

use chrono::NaiveDate;
use shared::appointments::{Service, Slot, SlotId};
use shared::places::PlaceId;
use sqlx::any::AnyRow;

use crate::database::{
    DatabaseError,
    sql::{date, flag, instant, int, word},
};

/// A slot with its place, as a hold needs it.
#[derive(Clone)]
pub struct SlotAtPlace {
    pub slot: Slot,
    pub place: PlaceId,
    pub service: Service,
    pub date: NaiveDate,
}

impl SlotAtPlace {
    /// Reads a slot from a row with its columns and `remaining`.
    pub(super) fn read(row: &AnyRow) -> Result<Self, DatabaseError> {
        // A negative or huge count would break the schema's own checks, so it reads as unreadable.
        let count = |column: &str| u32::try_from(int(row, column)?).map_err(|_| DatabaseError::unreadable(column));
        Ok(Self {
            slot: Slot {
                id: SlotId(int(row, "id")?),
                starts_at: instant(row, "starts_at")?,
                ends_at: instant(row, "ends_at")?,
                capacity: count("capacity")?,
                remaining: count("remaining")?,
                closed: flag(row, "closed")?,
            },
            place: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
            service: word(row, "service", |name| Service::parse(name).ok())?,
            date: date(row, "date")?,
        })
    }
}
