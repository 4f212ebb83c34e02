//! The people of bookings as lists show them: opened once, masked, and remembered masked.

use std::sync::Arc;

use moka::future::Cache;
use shared::appointments::Service;
use shared::identity::MaskedPerson;

use super::store::Booking;
use crate::app::App;
use crate::appointments::Attendees;

/// Bookings whose masked people a process remembers: some busy days of some offices.
const REMEMBERED: u64 = 10_000;

/// Masked people by what was sealed of them, which is another once somebody's details were corrected or erased.
pub struct People(Cache<Vec<u8>, Arc<[MaskedPerson]>>);

impl Default for People {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

impl People {
    /// The people of a booking; nobody once they were erased. One that cannot be read keeps nobody else from the list.
    pub(super) async fn of(&self, app: &App, service: &Service, booking: &Booking) -> Arc<[MaskedPerson]> {
        let Some(sealed) = &booking.people else { return Arc::default() };
        if let Some(people) = self.0.get(sealed).await {
            return people;
        }
        let Some(attendees) = open(app, service, booking) else { return Arc::default() };
        let people: Arc<[MaskedPerson]> = attendees.listed().into();
        self.0.insert(sealed.clone(), Arc::clone(&people)).await;
        people
    }
}

/// Those who come with a booking, as their service reads them.
pub(super) fn open(app: &App, service: &Service, booking: &Booking) -> Option<Box<dyn Attendees>> {
    let sealed = booking.people.as_deref()?;
    let bookable = app.bookable_of(service)?;
    match bookable.open(app.keys(), &booking.id, sealed) {
        Ok(attendees) => Some(attendees),
        Err(error) => {
            tracing::error!(%error, "the people of a booking cannot be read");
            None
        }
    }
}
