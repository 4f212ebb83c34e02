//! Somebody says that sections of a place are right as they stand; that is kept with the day, also where nothing was changed.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::directory::{Confirmation, Refusal, Section};
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

struct Confirming {
    place: PlaceId,
    sections: Vec<Section>,
    confirmation: Confirmation,
    by: Actor,
    now: DateTime<Utc>,
}

/// Confirms sections of a place, all that say something where none are named; answers which.
///
/// # Errors
/// A field error for a day to come, or for whoever says so; [`Problem::NotFound`] where no such place is listed; [`Refusal::ListUnfinished`].
pub async fn confirm(
    app: &App,
    place: &PlaceId,
    sections: &[Section],
    confirmation: Confirmation,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Vec<Section>, Error> {
    let mut errors = FieldErrors::new();
    if confirmation.on > shanghai_date(now) {
        errors.push("on", to_come(confirmation.on));
    }
    let who = errors.keep("by", said::who(&confirmation.by)).unwrap_or_default();
    errors.into_result()?;
    let confirmation = Confirmation { by: who, ..confirmation };
    let confirming = Confirming { place: place.clone(), sections: sections.to_vec(), confirmation, by, now };
    let confirmed = app.database().write_with(confirming, write).await?;
    app.generation(NAME).bump();
    Ok(confirmed)
}

fn to_come(day: NaiveDate) -> Reason {
    Reason::own("day_to_come", format!("{day} 还没有到。"), format!("{day} is still to come."))
}

async fn write(connection: &mut AnyConnection, confirming: &Confirming) -> Result<Vec<Section>, Error> {
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
