//! Whoever manages an office says that what stands of a place is still right: nothing is changed, and residents see the day.

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::directory::{Confirmation, Section};
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::{described, office};
use crate::app::App;
use crate::directory::confirm::{self, Confirming};
use crate::error::Error;
use crate::staff::authority::Staff;

/// What stands beside the press: the phone; name, address and the way there.
const SECTIONS: [Section; 2] = [Section::Contact, Section::Location];

/// Says so in the name of the office, where the place still says what was `seen`; answers whether it does.
///
/// # Errors
/// [`shared::problem::Problem::NotFound`] for a place of no office that this person manages, or that is listed nowhere; what
/// [`confirm::confirm`] refuses.
pub async fn say(app: &App, staff: &Staff, id: &PlaceId, seen: &str, now: DateTime<Utc>) -> Result<bool, Error> {
    let office = office::managed(app, staff, id).await?;
    let by = office::one(app, &office).await?.name.zh;
    let confirmation = Confirmation { on: shanghai_date(now), by };
    let confirming = Confirming::read(id, &SECTIONS, confirmation, staff.actor(), now)?;
    let outcome = staff.write(app, (seen.to_owned(), confirming), write).await;
    confirm::forget(app);
    outcome
}

async fn write(connection: &mut AnyConnection, (seen, confirming): &(String, Confirming)) -> Result<bool, Error> {
    // Changing nothing, it keeps what the place says from being changed meanwhile.
    if described::keep(connection, confirming.place()).await?.seen() != *seen {
        return Ok(false);
    }
    confirm::write(connection, confirming).await.map(|_| true)
}
