//! What the engine remembers for a moment, so that a rush does not ask the database for it each time.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use moka::future::Cache as Moka;
use shared::appointments::{DayView, Service, SlotId, SlotView};
use shared::places::PlaceId;

use super::open_hours::OpenHours;
use super::service_point::ServicePoint;
use super::slot::SlotAtPlace;
use crate::database::Database;
use crate::error::Error;
use crate::stamped::Stamped;

/// A place's days from one to another, the times of those days, and its first free times.
type Days = Stamped<(PlaceId, Service, [NaiveDate; 2]), Arc<[DayView]>>;
type Times = Stamped<(PlaceId, Service, [NaiveDate; 2]), Arc<[SlotView]>>;
type FirstFree = Stamped<(PlaceId, Service), Arc<[SlotView]>>;
/// When it serves people.
type Open = Stamped<(PlaceId, Service), Arc<OpenHours>>;

/// One process's memory of places, slots and what is free.
pub struct Cache {
    points: Moka<Service, Arc<[ServicePoint]>>,
    slots: Moka<SlotId, SlotAtPlace>,
    days: Days,
    times: Times,
    first_free: FirstFree,
    open: Open,
}

/// How old what others may have changed is allowed to be.
const FRESH: Duration = Duration::from_secs(1);
/// Slots remembered at a time; a rush asks for far fewer.
const MOST_SLOTS: u64 = 4096;
/// Months, days, first free times and hours remembered at a time, of each.
const MOST_VIEWS: u64 = 64;

impl Default for Cache {
    fn default() -> Self {
        Self {
            points: Moka::builder().max_capacity(MOST_VIEWS).time_to_live(FRESH).build(),
            slots: Moka::builder().max_capacity(MOST_SLOTS).time_to_live(FRESH).build(),
            days: Stamped::new(MOST_VIEWS),
            times: Stamped::new(MOST_VIEWS),
            first_free: Stamped::new(MOST_VIEWS),
            open: Stamped::new(MOST_VIEWS),
        }
    }
}

impl Cache {
    /// Reads places and slots afresh next time; for whoever changes them.
    pub fn forget(&self) {
        self.points.invalidate_all();
        self.slots.invalidate_all();
    }

    pub(super) async fn points(&self, database: &Database, service: &Service) -> Result<Arc<[ServicePoint]>, Error> {
        let load = ServicePoint::load(database, service);
        self.points.try_get_with_by_ref(service, load).await.map_err(Error::joined)
    }

    pub(super) async fn slot<F>(&self, id: SlotId, load: F) -> Result<SlotAtPlace, Error>
    where
        F: Future<Output = Result<SlotAtPlace, Error>>,
    {
        self.slots.try_get_with(id, load).await.map_err(Error::joined)
    }

    pub(super) fn days(&self) -> &Days {
        &self.days
    }

    pub(super) fn times(&self) -> &Times {
        &self.times
    }

    pub(super) fn first_free(&self) -> &FirstFree {
        &self.first_free
    }

    pub(super) fn open(&self) -> &Open {
        &self.open
    }
}
