//! Marriage registries (婚姻登记机关): places with what only marriage registration knows of them.

use chrono::NaiveDate;
use serde::Serialize;
use shared::appointments::BookingRule;
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::PlaceId;

use crate::app::App;
use crate::appointments::point::{self, ServicePoint};
use crate::database::{
    Database,
    sql::{flag, sql, text},
};
use crate::error::Error;

/// A place that registers marriages.
#[derive(Clone, Debug)]
pub struct Registry {
    pub point: ServicePoint,
    /// Whether it is known that it may register couples with a party from outside the mainland (婚姻登记条例 art 2).
    pub foreign_related: bool,
}

/// All registries that couples are shown, in the order of their region's list.
pub async fn all(app: &App) -> Result<Vec<Registry>, Error> {
    let points = point::shown(app, &SERVICE, app.now()).await?;
    let statement = "select place_id, foreign_related from marriage_registry";
    let rows = sql(statement, []).fetch_all(&mut *app.database().read().await?).await?;
    let mut foreign_related = Vec::new();
    for row in &rows {
        if flag(row, "foreign_related")? {
            foreign_related.push(text(row, "place_id")?);
        }
    }
    let registry = |point: &ServicePoint| Registry {
        foreign_related: foreign_related.iter().any(|id| id == point.place.id.as_str()),
        point: point.clone(),
    };
    Ok(points.iter().map(registry).collect())
}

/// Whether a registry may register couples with a party from outside the mainland (婚姻登记条例 art 2).
pub async fn has_foreign_authority(database: &Database, id: &PlaceId) -> Result<bool, Error> {
    let statement = "select 1 from marriage_registry where place_id = $1 and foreign_related = 1";
    let found = sql(statement, [id.as_str().into()]).fetch_optional(&mut *database.read().await?).await?;
    Ok(found.is_some())
}

/// A registry as `GET /api/v1/registries` gives it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Registry)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that programs ask for")]
pub struct RegistryShown {
    id: PlaceId,
    /// Division code of its region, GB/T 2260.
    region: String,
    name: Localised,
    address: Localised,
    phone: String,
    /// Whether it is known that it may register couples with a party from outside the mainland (婚姻登记条例 art 2).
    foreign_related: bool,
    /// Whether it asks for codes to the parties' phones.
    phone_codes: bool,
    /// The place itself is invented.
    demo: bool,
    /// Its hours and times are invented, as `GET /api/v1/places` has it.
    demo_hours: bool,
    /// Where its address and phone were read, and when.
    source: String,
    checked: NaiveDate,
    /// Every rule it has or had for marriage registration, dated.
    rules: Vec<BookingRule>,
}

impl From<Registry> for RegistryShown {
    fn from(Registry { point, foreign_related }: Registry) -> Self {
        let ServicePoint { place, phone_codes, demo: has_demo_times, rules, .. } = point;
        Self {
            id: place.id,
            region: place.division,
            name: place.name,
            address: place.address,
            phone: place.phone,
            foreign_related,
            phone_codes,
            demo: place.demo,
            demo_hours: place.demo || has_demo_times,
            source: place.source,
            checked: place.checked,
            rules: rules.to_vec(),
        }
    }
}
