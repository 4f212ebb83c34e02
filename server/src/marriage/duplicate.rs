//! When somebody books a person who is already booked, the earlier booking's phones hear of it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use shared::appointments::{HoldId, Service};
use sqlx::AnyConnection;

use super::{messages, parties};
use crate::app::App;
use crate::appointments::record;
use crate::database::sql::{sql, word};
use crate::error::Error;
use crate::outbox;

const KIND: &str = "duplicate_tried";
/// One warning a day for a booking, so that nobody can flood its phones.
const QUIET: TimeDelta = TimeDelta::hours(24);

/// Warns the phones of the live bookings that already name one of these people.
pub async fn warn(app: &App, people: &[String; 2], now: DateTime<Utc>) -> Result<(), Error> {
    let mut connection = app.database().read().await?;
    let statement = "select distinct appointment_id from person where service = $1 and live = 1 \
         and person_index in ($2, $3)";
    let service = Service::MarriageRegistration.name();
    let values = [service.into(), people[0].as_str().into(), people[1].as_str().into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    for row in rows {
        let id = word(&row, "appointment_id", |id| HoldId::parse(id).ok())?;
        let Some(record) = record::by_id(&mut connection, &id).await? else { continue };
        let Some(sealed) = &record.parties else { continue };
        let [first, second] = parties::open(app.keys(), &id, sealed)?;
        let phones = messages::distinct([first.contact.phone, second.contact.phone]);
        let sealed = messages::warn_of_duplicate(app, &phones, record.locale);
        let warning = Arc::new((id, sealed));
        app.database()
            .write(move |connection| Box::pin(insert_once_a_day(connection, Arc::clone(&warning), now)))
            .await?;
    }
    app.outbox_wakes();
    Ok(())
}

async fn insert_once_a_day(
    connection: &mut AnyConnection,
    warning: Arc<(HoldId, Vec<Vec<u8>>)>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (id, sealed) = &*warning;
    let statement = "select 1 from outbox where appointment_id = $1 and kind = $2 and created_at > $3";
    let recent = sql(statement, [id.as_str().into(), KIND.into(), (now - QUIET).into()]);
    if recent.fetch_optional(&mut *connection).await?.is_none() {
        outbox::insert(connection, Some(id), KIND, sealed, now).await?;
    }
    Ok(())
}
