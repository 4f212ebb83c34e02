//! What is otherwise for a while: announced with its end, over by the clock, or taken back before.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::calendar::at;
use shared::directory::Times;
use shared::hours::{Change, ChangeKind};
use shared::places::PlaceId;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::{NAME, store};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{sql, text},
};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::places::record_by;

struct New {
    id: String,
    place: PlaceId,
    change: Change,
    by: Actor,
    now: DateTime<Utc>,
}

/// Announces a change of a place, and answers what it is called.
///
/// # Errors
/// A field error where the change cannot be meant; [`Problem::NotFound`] where no such place is listed.
pub async fn announce(
    app: &App,
    place: &PlaceId,
    change: Change,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    Times::read(Vec::new(), vec![change.clone()])?;
    let id = new_id();
    let new = New { id: id.clone(), place: place.clone(), change, by, now };
    app.database().write_with(new, insert).await?;
    app.generation(NAME).bump();
    Ok(id)
}

/// Takes a change back before its end: from now on everything is as usual.
///
/// # Errors
/// [`Problem::NotFound`] where there is none of this name that still holds.
pub async fn take_back(app: &App, id: &str, by: Actor, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((id.to_owned(), by, now), end).await?;
    app.generation(NAME).bump();
    Ok(())
}

async fn insert(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    let New { id, place, change, by, now } = new;
    let listing = store::one(connection, place).await?.ok_or(Problem::NotFound)?;
    let (kind, body) = match &change.kind {
        ChangeKind::Closed => ("closed", String::new()),
        ChangeKind::Hours(spans) => ("hours", serde_json::to_string(spans).expect("spans always serialise")),
        ChangeKind::Message => ("message", String::new()),
        ChangeKind::WithoutService(service) => {
            ("without_service", serde_json::to_string(service).expect("texts always serialise"))
        }
    };
    let instant =
        |civil: chrono::NaiveDateTime| at(civil.date(), 0) + (civil - civil.date().and_time(chrono::NaiveTime::MIN));
    let statement = "insert into listing_change (id, place_id, kind, body, starts_at, ends_at, reason_zh, reason_en, made_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        id.as_str().into(),
        place.as_str().into(),
        kind.into(),
        body.into(),
        instant(change.from).into(),
        instant(change.to).into(),
        change.reason.zh.as_str().into(),
        change.reason.en.as_str().into(),
        (*now).into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let detail = json!({ "change": id, "kind": kind, "from": change.from, "to": change.to, "reason": change.reason });
    record_by(connection, place, (by.clone(), "change_announced", detail), *now).await?;
    Ok(store::bump(connection, &listing.kind).await?)
}

async fn end(connection: &mut AnyConnection, (id, by, now): &(String, Actor, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update listing_change set ended_at = $1 where id = $2 and ended_at is null and ends_at > $1 \
         returning place_id";
    let row = sql(statement, [(*now).into(), id.as_str().into()]).fetch_optional(&mut *connection).await?;
    let place = text(&row.ok_or(Problem::NotFound)?, "place_id")?;
    let place = PlaceId::parse(&place).map_err(|_| DatabaseError::unreadable("place_id"))?;
    let listing = store::one(connection, &place).await?.ok_or(Problem::NotFound)?;
    record_by(connection, &place, (by.clone(), "change_taken_back", json!({ "change": id })), *now).await?;
    Ok(store::bump(connection, &listing.kind).await?)
}
