//! Somebody says that sections of a place are right as they stand; that is kept with the day, also where nothing was changed.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::directory::{Confirmation, Listing, Refusal, Section};
use shared::field::{FieldErrors, Reason};
use shared::places::{PlaceId, said};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::{NAME, store};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::sql;
use crate::error::Error;
use crate::places::record_by;

/// What somebody says is right, once it can be said.
pub(crate) struct Confirming {
    place: PlaceId,
    sections: Vec<Section>,
    confirmation: Confirmation,
    by: Actor,
    now: DateTime<Utc>,
}

/// Confirms sections of a place, all that say something where none are named; answers which.
///
/// # Errors
/// A field error for a day to come, for whoever says so, or for a place that is closed for good; [`Problem::NotFound`] where no such
/// place is listed; [`Refusal::ListUnfinished`].
pub async fn confirm(
    app: &App,
    place: &PlaceId,
    sections: &[Section],
    confirmation: Confirmation,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Vec<Section>, Error> {
    let confirming = Confirming::read(place, sections, confirmation, by, now)?;
    let confirmed = app.database().write_with(confirming, write).await?;
    forget(app);
    Ok(confirmed)
}

/// What was remembered of places is read anew.
pub(crate) fn forget(app: &App) {
    app.generation(NAME).bump();
}

impl Confirming {
    /// # Errors
    /// One at `on` for a day to come, one at `by` for whoever says so.
    pub(crate) fn read(
        place: &PlaceId,
        sections: &[Section],
        confirmation: Confirmation,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        if confirmation.on > shanghai_date(now) {
            errors.push("on", to_come(confirmation.on));
        }
        let who = errors.keep("by", said::who(&confirmation.by)).unwrap_or_default();
        errors.into_result()?;
        let confirmation = Confirmation { by: who, ..confirmation };
        Ok(Self { place: place.clone(), sections: sections.to_vec(), confirmation, by, now })
    }

    pub(crate) fn place(&self) -> &PlaceId {
        &self.place
    }
}

/// Nobody sees what is said of a place that is closed for good, and what is said of it would keep it closed where the list that
/// closed it is taken back.
pub(super) fn is_there(listing: &Listing, now: DateTime<Utc>) -> Result<(), FieldErrors> {
    let closed = listing.closed.as_ref().filter(|_| !listing.is_open_for_good(shanghai_date(now)));
    let Some(day) = closed.map(|closed| closed.on) else { return Ok(()) };
    let reason = Reason::own(
        "place_closed",
        format!(
            "这个地点从 {day} 起已经永久关闭，居民看不到它的信息。关错了的，先用 huimin places undo 撤回那份名单，或者重新登记它还开着的名单。"
        ),
        format!(
            "It is closed for good since {day}, and nobody sees what is said of it. If that is wrong, take the list back with huimin \
             places undo first, or take in one on which it is open."
        ),
    );
    Err(FieldErrors::one("place", reason))
}

fn to_come(day: NaiveDate) -> Reason {
    Reason::own("day_to_come", format!("{day} 还没有到。"), format!("{day} is still to come."))
}

/// Within a transaction, as [`confirm`].
pub(crate) async fn write(connection: &mut AnyConnection, confirming: &Confirming) -> Result<Vec<Section>, Error> {
    let Confirming { place, sections, confirmation, by, now } = confirming;
    let listing = store::one(connection, place).await?.ok_or(Problem::NotFound)?;
    // The place's own facts may have been read somewhere and confirmed by nobody.
    let own = [Section::Location].into_iter().chain(listing.phone.as_ref().map(|_| Section::Contact));
    let said: BTreeSet<Section> = listing.confirmed.keys().copied().chain(own).collect();
    let asked = |one: &Section| sections.is_empty() || sections.contains(one);
    let confirmed: Vec<Section> = said.into_iter().filter(asked).collect();
    let names: Vec<_> = confirmed.iter().map(|section| section.name()).collect();
    let detail = json!({ "sections": names, "on": confirmation.on, "by": confirmation.by });
    record_by(connection, place, (by.clone(), "sections_confirmed", detail), *now).await?;
    // Whoever confirms sees what was before a list that is half written.
    store::hold(connection, &listing.kind).await?;
    if store::unfinished(connection, &listing.kind).await?.is_some() {
        return Err(Problem::from(Refusal::ListUnfinished).into());
    }
    is_there(&store::one(connection, place).await?.ok_or(Problem::NotFound)?, *now)?;
    for section in &confirmed {
        // Whoever confirmed it later knew more.
        let statement = "insert into listing_section (place_id, section, body, confirmed_on, confirmed_by, changed_at) \
             values ($1, $2, '', $3, $4, $5) on conflict (place_id, section) do update set \
             confirmed_on = excluded.confirmed_on, confirmed_by = excluded.confirmed_by \
             where listing_section.confirmed_on <= excluded.confirmed_on";
        let values = [
            place.as_str().into(),
            section.name().into(),
            confirmation.on.into(),
            confirmation.by.as_str().into(),
            (*now).into(),
        ];
        sql(statement, values).execute(&mut *connection).await?;
    }
    store::touch(connection, place).await?;
    Ok(confirmed)
}
