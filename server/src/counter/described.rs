//! What an office says of its places. It stands in every text and page under the bureau's name, so what is changed by whoever
//! manages the office waits for a second person ([`super::place_change`]); a place that nothing needs yet is changed at once.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use shared::directory::Refusal as Listed;
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::places::said::Said;
use shared::problem::Problem;
use shared::staff::{OfficeId, Right, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::{further, office, place_change};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{sql, text, word},
};
use crate::directory::store;
use crate::error::Error;
use crate::keys::token::new_id;
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
    /// It waits for a second person.
    Proposed,
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

/// Says something else of a place, or proposes it, where it still says what was `seen`.
///
/// # Errors
/// [`Problem::NotFound`] for a place of no office that this person manages; [`shared::staff::Refusal::SignInAgain`];
/// [`shared::staff::Refusal::PlaceChangeWaits`]; [`Listed::ListUnfinished`].
pub async fn change(
    app: &App,
    staff: &Staff,
    id: &PlaceId,
    (said, seen): (&Said, &str),
    now: DateTime<Utc>,
) -> Result<Change, Error> {
    let office = office::managed(app, staff, id).await?;
    staff.confirmed()?;
    let (said, seen, by) = (said.clone(), seen.to_owned(), staff.person().clone());
    let changing = Changing { id: id.clone(), office, said, seen, by, change_id: new_id(), now };
    let outcome = staff.write(app, changing, write).await;
    forget(app);
    outcome
}

/// What was remembered of places is read anew.
pub(super) fn forget(app: &App) {
    app.appointments().forget();
    app.generation(crate::appointments::NAME).bump();
}

struct Changing {
    id: PlaceId,
    office: OfficeId,
    said: Said,
    seen: String,
    by: StaffId,
    /// Of what is proposed, where it is.
    change_id: String,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, changing: &Changing) -> Result<Change, Error> {
    let Changing { id, office, said, by, now, .. } = changing;
    let before = keep(connection, id).await?;
    is_whole(connection, id).await?;
    if before.seen() != changing.seen {
        return Ok(Change::Overtaken(before.said));
    }
    if before.said == *said {
        return Ok(Change::Made);
    }
    if !further::unused(connection, office, *now).await?.contains(id.as_str()) {
        let change = (changing.change_id.as_str(), &before, said);
        return place_change::propose(connection, change, by, *now).await.map(|()| Change::Proposed);
    }
    say(connection, id, said).await?;
    let detail = json!({ "from": before.said, "to": said });
    record_by(connection, id, (Actor::Staff(by.clone()), "place_described", detail), *now).await?;
    Ok(Change::Made)
}

/// What is said of a place, which nobody else changes until the end of the transaction.
///
/// # Errors
/// [`Problem::NotFound`].
pub(super) async fn keep(connection: &mut AnyConnection, id: &PlaceId) -> Result<PlaceSaid, Error> {
    // Changing nothing, it keeps the row to itself while what it says is compared.
    let statement = "update place set phone = phone where id = $1 returning id, name_zh, name_en, address_zh, address_en, \
         phone, directions_zh, directions_en";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(connection).await?;
    Ok(read(&row.ok_or(Problem::NotFound)?)?)
}

/// Refuses what is said of a place that a list has half written: said now, everybody would see that list before it is whole.
///
/// # Errors
/// [`Listed::ListUnfinished`].
pub(super) async fn is_whole(connection: &mut AnyConnection, id: &PlaceId) -> Result<(), Error> {
    let Some(listing) = store::one(connection, id).await? else { return Ok(()) };
    // Whoever takes a list back at this moment waits, or is seen here.
    store::hold(connection, &listing.kind).await?;
    match store::half_written(connection, id).await? {
        None => Ok(()),
        Some(_) => Err(Problem::from(Listed::ListUnfinished).into()),
    }
}

pub(super) async fn say(connection: &mut AnyConnection, id: &PlaceId, said: &Said) -> Result<(), DatabaseError> {
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
    // No list that is taken back takes this with it.
    store::touch(connection, id).await
}

pub(super) fn read(row: &AnyRow) -> Result<PlaceSaid, DatabaseError> {
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
