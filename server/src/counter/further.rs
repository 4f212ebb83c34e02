//! Further places of an office: a hall or a window elsewhere. Nobody who looks for a place is shown one before it has times;
//! what it offers is added by whoever manages the office, and roles hold there like at any other place.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::field::FieldErrors;
use shared::places::{Coordinates, PlaceId, further::name_taken, said::Said};
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::{described, office};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{flag, int, sql, text},
};
use crate::error::Error;
use crate::places::{Place, insert, record_by};
use crate::staff::authority::Staff;

/// Ids that are tried for one place.
const TRIES: usize = 100;
/// Letters of an id that are the office's and the place's name.
const LONGEST: usize = 56;

/// Adds a place below an office.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; a field error at `name_zh` where the office has a place of this name.
pub async fn add(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    (said, coordinates): (Said, Option<Coordinates>),
    now: DateTime<Utc>,
) -> Result<PlaceId, Error> {
    staff.may(Right::AddPlaces, &office::one(app, id).await?.whereabouts)?;
    let adding = Adding { office: id.clone(), said, coordinates, by: staff.actor(), now };
    app.database().write_with(adding, write).await
}

/// What is said of the places of an office, its own first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn list(app: &App, staff: &Staff, id: &OfficeId) -> Result<Vec<Said>, Error> {
    staff.may(Right::AddPlaces, &office::one(app, id).await?.whereabouts)?;
    let all = described::of_office(&mut *app.database().read().await?, id).await?;
    Ok(all.into_iter().map(|place| place.said).collect())
}

struct Adding {
    office: OfficeId,
    said: Said,
    coordinates: Option<Coordinates>,
    by: Actor,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, adding: &Adding) -> Result<PlaceId, Error> {
    let Adding { office, said, coordinates, by, now } = adding;
    // Changing nothing, it keeps the row to itself: of two places of one name the second finds the first.
    let statement =
        "update place set audit_length = audit_length where id = $1 returning kind, division, position, demo";
    let row = sql(statement, [office.as_str().into()]).fetch_optional(&mut *connection).await?;
    let above = row.ok_or(Problem::NotFound)?;
    let statement = "select 1 as one from place where (parent = $1 or id = $1) and name_zh = $2";
    let values = [office.as_str().into(), said.name.zh.as_str().into()];
    if sql(statement, values).fetch_optional(&mut *connection).await?.is_some() {
        return Err(FieldErrors::one("name_zh", name_taken()).into());
    }
    let (kind, division, position) = (text(&above, "kind")?, text(&above, "division")?, int(&above, "position")?);
    let mut place = Place {
        id: office::place(office)?,
        kind,
        parent: Some(office::place(office)?),
        name: said.name.clone(),
        address: said.address.clone(),
        division,
        phone: said.phone.clone(),
        directions: Some(said.directions.clone()).filter(|directions| !directions.zh.is_empty()),
        coordinates: *coordinates,
        demo: flag(&above, "demo")?,
        source: "本大厅填写".to_owned(),
        checked: shanghai_date(*now),
    };
    for id in ids(office, said) {
        place.id = PlaceId::parse(&id).map_err(|_| DatabaseError::unreadable("id"))?;
        if insert(connection, &place, position).await? {
            let detail = json!({ "office": office, "said": said, "coordinates": coordinates });
            record_by(connection, &place.id, (by.clone(), "place_added", detail), *now).await?;
            return Ok(place.id);
        }
    }
    Err(Problem::Busy.into())
}

/// Names that a place can go by in addresses, from what it is called in English.
fn ids(office: &OfficeId, said: &Said) -> impl Iterator<Item = String> + use<> {
    let name = said.name.en.to_lowercase();
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = [office.as_str()].into_iter().chain(words).collect::<Vec<_>>().join("-");
    let name: String = name.chars().take(LONGEST).collect();
    let name = name.trim_end_matches('-').to_owned();
    (1..=TRIES).map(move |n| if n == 1 { name.clone() } else { format!("{name}-{n}") })
}
