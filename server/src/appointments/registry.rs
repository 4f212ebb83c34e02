//! Registries and the rules they book by.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::appointments::{BookingRule, PlaceId, Refusal, Service};
use shared::calendar::shanghai_date;
use shared::localised::Localised;
use shared::problem::Problem;
use sqlx::AnyConnection;

use crate::app::App;
use crate::audit::{self, Actor, Event, Head};
use crate::database::{
    Database, DatabaseError,
    sql::{flag, int, sql, text, word},
};
use crate::error::Error;

/// A place that registers marriages (婚姻登记机关).
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Registry {
    pub id: PlaceId,
    /// Division code of its region, GB/T 2260.
    pub region: String,
    pub name: Localised,
    pub address: Localised,
    pub phone: String,
    /// Whether it may register couples with a party from outside the mainland (婚姻登记条例 art 2).
    pub foreign_related: bool,
    /// Whether it asks for codes to the parties' phones.
    pub phone_codes: bool,
    /// Invented for demonstrations.
    pub demo: bool,
    /// Where its address and hours were read, and when.
    pub source: String,
    pub checked: NaiveDate,
    /// Every rule it has or had for marriage registration, dated.
    pub rules: Vec<BookingRule>,
}

impl Registry {
    /// The rule in force at an instant.
    ///
    /// # Errors
    /// [`Refusal::SlotClosed`] when the registry gives out no appointments then.
    pub fn rule(&self, now: DateTime<Utc>) -> Result<&BookingRule, Problem> {
        BookingRule::in_force(&self.rules, shanghai_date(now)).ok_or_else(|| Refusal::SlotClosed.into())
    }
}

/// All registries in the order of their region's list.
pub async fn load_all(database: &Database) -> Result<Arc<[Registry]>, Error> {
    let mut connection = database.read().await?;
    let rows = sql("select * from registry order by position, id", []).fetch_all(&mut *connection).await?;
    let mut registries = Vec::with_capacity(rows.len());
    for row in rows {
        let id = word(&row, "id", |id| PlaceId::parse(id).ok())?;
        let rules = rules(&mut connection, &id, Service::MarriageRegistration).await?;
        registries.push(Registry {
            region: text(&row, "region")?,
            name: Localised::new(text(&row, "name_zh")?, text(&row, "name_en")?),
            address: Localised::new(text(&row, "address_zh")?, text(&row, "address_en")?),
            phone: text(&row, "phone")?,
            foreign_related: flag(&row, "foreign_related")?,
            phone_codes: flag(&row, "phone_codes")?,
            demo: flag(&row, "demo")?,
            source: text(&row, "source")?,
            checked: crate::database::sql::date(&row, "checked")?,
            id,
            rules,
        });
    }
    Ok(registries.into())
}

/// Turns the codes to the parties' phones on or off for a registry.
pub async fn set_phone_codes(app: &App, id: &PlaceId, on: bool, now: DateTime<Utc>) -> Result<(), Error> {
    let id = app.registry(id).await?.id;
    app.database().write(move |connection| Box::pin(write_phone_codes(connection, id.clone(), on, now))).await?;
    app.forget_remembered();
    Ok(())
}

async fn write_phone_codes(
    connection: &mut AnyConnection,
    id: PlaceId,
    on: bool,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "update registry set phone_codes = $1 where id = $2";
    sql(statement, [on.into(), id.as_str().into()]).execute(&mut *connection).await?;
    Ok(record(connection, &id, "phone_codes_set", json!({ "on": on }), now).await?)
}

/// Appends an event to a registry's own stream.
pub async fn record(
    connection: &mut AnyConnection,
    id: &PlaceId,
    act: &'static str,
    detail: serde_json::Value,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let head = sql("select audit_length, audit_head from registry where id = $1", [id.as_str().into()]);
    let row = head.fetch_one(&mut *connection).await?;
    let head = Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? };
    let stream = format!("registry:{id}");
    let event = Event { stream: &stream, actor: Actor::System, act, detail };
    let head = audit::append(connection, &head, &event, now).await?;
    let statement = "update registry set audit_length = $1, audit_head = $2 where id = $3";
    sql(statement, [head.length.into(), head.hash.into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

async fn rules(
    connection: &mut AnyConnection,
    registry: &PlaceId,
    service: Service,
) -> Result<Vec<BookingRule>, DatabaseError> {
    let statement = "select rule from booking_rule where registry_id = $1 and service = $2 order by valid_from";
    let rows = sql(statement, [registry.as_str().into(), service.name().into()]).fetch_all(connection).await?;
    rows.iter().map(|row| word(row, "rule", |rule| serde_json::from_str(rule).ok())).collect()
}
