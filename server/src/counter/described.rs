//! What an office says of its places, changed by whoever manages it.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::places::said::Said;
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::{AnyConnection, any::AnyRow};

use super::office;
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{sql, text, word},
};
use crate::error::Error;
use crate::places::{directions, record_by};
use crate::staff::authority::Staff;

/// A place of an office and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceSaid {
    pub id: PlaceId,
    pub said: Said,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Made,
    /// Somebody else changed it since: as it stands now.
    Overtaken(Said),
}

impl PlaceSaid {
    /// Names what was read exactly, so that a change of something else is no change of it.
    pub fn seen(&self) -> String {
        seen(&self.said)
    }
}

fn seen(said: &Said) -> String {
    let text = serde_json::to_vec(said).expect("what is said of a place always serialises");
    data_encoding::HEXLOWER.encode(&Sha256::digest(text)[..8])
}

/// The places of an office, its own first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn list(app: &App, staff: &Staff, id: &OfficeId) -> Result<Vec<PlaceSaid>, Error> {
    staff.may(Right::ManageOffice, &office::one(app, id).await?.whereabouts)?;
    Ok(of_office(&mut *app.database().read().await?, id).await?)
}

/// The same, for whoever has asked for another right.
pub(super) async fn of_office(connection: &mut AnyConnection, id: &OfficeId) -> Result<Vec<PlaceSaid>, DatabaseError> {
    let statement = "with recursive here (id, depth) as (select id, 0 from place where id = $1 \
         union all select p.id, h.depth + 1 from here h join place p on p.parent = h.id where h.depth < 8) \
         select p.id, p.name_zh, p.name_en, p.address_zh, p.address_en, p.phone, p.directions_zh, p.directions_en \
         from here h join place p on p.id = h.id where p.withdrawn_at is null order by h.depth, p.position, p.id";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Says something else of a place, where it still says what was `seen`.
///
/// # Errors
/// [`Problem::NotFound`] for a place of no office that this person manages.
pub async fn change(
    app: &App,
    staff: &Staff,
    id: &PlaceId,
    (said, seen): (&Said, &str),
    now: DateTime<Utc>,
) -> Result<Change, Error> {
    office::managed(app, staff, id).await?;
    let changing = Changing { id: id.clone(), said: said.clone(), seen: seen.to_owned(), by: staff.actor(), now };
    let outcome = app.database().write_with(changing, write).await;
    app.appointments().forget();
    app.generation(crate::appointments::NAME).bump();
    outcome
}

struct Changing {
    id: PlaceId,
    said: Said,
    seen: String,
    by: Actor,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, changing: &Changing) -> Result<Change, Error> {
    let Changing { id, said, by, now, .. } = changing;
    // Changing nothing, it keeps the row to itself while what it says is compared.
    let statement = "update place set phone = phone where id = $1 returning id, name_zh, name_en, address_zh, address_en, \
         phone, directions_zh, directions_en";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(&mut *connection).await?;
    let before = read(&row.ok_or(Problem::NotFound)?)?;
    if before.seen() != changing.seen {
        return Ok(Change::Overtaken(before.said));
    }
    if before.said == *said {
        return Ok(Change::Made);
    }
    let statement = "update place set name_zh = $1, name_en = $2, address_zh = $3, address_en = $4, phone = $5, \
         directions_zh = $6, directions_en = $7 where id = $8";
    let values = [
        said.name.zh.as_str().into(),
        said.name.en.as_str().into(),
        said.address.zh.as_str().into(),
        said.address.en.as_str().into(),
        said.phone.as_str().into(),
        said.directions.zh.as_str().into(),
        said.directions.en.as_str().into(),
        id.as_str().into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let detail = json!({ "from": before.said, "to": said });
    record_by(connection, id, (by.clone(), "place_described", detail), *now).await?;
    Ok(Change::Made)
}

fn read(row: &AnyRow) -> Result<PlaceSaid, DatabaseError> {
    Ok(PlaceSaid {
        id: word(row, "id", |id| PlaceId::parse(id).ok())?,
        said: Said {
            name: Localised::new(text(row, "name_zh")?, text(row, "name_en")?),
            address: Localised::new(text(row, "address_zh")?, text(row, "address_en")?),
            phone: text(row, "phone")?,
            directions: directions(row)?,
        },
    })
}
