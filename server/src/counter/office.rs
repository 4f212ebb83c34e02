//! Offices: places that belong to no other, with all that lies below them.

use std::collections::HashSet;

use shared::localised::Localised;
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::staff::{OfficeId, Right, Whereabouts};
use sqlx::{AnyConnection, any::AnyRow};

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{sql, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// One office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    pub id: OfficeId,
    pub name: Localised,
    /// Where what belongs to the office as a whole is: its own place too.
    pub whereabouts: Whereabouts,
}

/// Every office, in the order of its region's list.
pub async fn list(app: &App) -> Result<Vec<Office>, Error> {
    let statement = "select id, name_zh, name_en from place where parent is null and staffed = 1 order by position, id";
    let rows = sql(statement, []).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// Every place where somebody works: offices, and whatever offers a service.
pub async fn places(app: &App) -> Result<Vec<PlaceId>, Error> {
    let statement =
        "select id from place where staffed = 1 or id in (select place_id from service_point) order by position, id";
    let rows = sql(statement, []).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(|row| word(row, "id", |id| PlaceId::parse(id).ok())).collect::<Result<_, _>>()?)
}

/// One office.
///
/// # Errors
/// [`Problem::NotFound`], also for a place below one.
pub async fn one(app: &App, id: &OfficeId) -> Result<Office, Error> {
    let statement = "select id, name_zh, name_en from place where id = $1 and parent is null and staffed = 1";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(&mut *app.database().read().await?).await?;
    Ok(read(&row.ok_or(Problem::NotFound)?)?)
}

/// The office that a place belongs to.
///
/// # Errors
/// [`Problem::NotFound`] for no place.
pub async fn of_place(connection: &mut AnyConnection, place: &PlaceId) -> Result<OfficeId, Error> {
    let statement = "with recursive above (id, parent) as (select id, parent from place where id = $1 \
         union select p.id, p.parent from above a join place p on p.id = a.parent) \
         select id from above where parent is null";
    let row = sql(statement, [place.as_str().into()]).fetch_optional(connection).await?;
    Ok(word(&row.ok_or(Problem::NotFound)?, "id", |id| OfficeId::parse(id).ok())?)
}

/// What a statement begins with that asks for `here`: the places of an office, which is one of its values.
macro_rules! here {
    ($office:literal) => {
        concat!(
            "with recursive here (id) as (select id from place where id = ",
            $office,
            " union select p.id from here h join place p on p.parent = h.id)"
        )
    };
}

pub(super) use here;

/// The places of an office: its own, and those below it.
pub async fn places_of(app: &App, id: &OfficeId) -> Result<HashSet<PlaceId>, Error> {
    let statement = concat!(here!("$1"), " select id from here");
    let rows = sql(statement, [id.as_str().into()]).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(|row| word(row, "id", |id| PlaceId::parse(id).ok())).collect::<Result<_, _>>()?)
}

/// The office of a place, for whoever manages it there; nobody else learns that there is such a place.
///
/// # Errors
/// [`Problem::NotFound`].
pub(super) async fn managed(app: &App, staff: &Staff, place: &PlaceId) -> Result<OfficeId, Error> {
    let office = of_place(&mut *app.database().read().await?, place).await?;
    staff.may(Right::ManageOffice, &at(&office, place)).map_err(|_| staff.sees_nothing())?;
    Ok(office)
}

/// The place of an office itself.
pub(super) fn place(office: &OfficeId) -> Result<PlaceId, DatabaseError> {
    PlaceId::parse(office.as_str()).map_err(|_| DatabaseError::unreadable("office"))
}

/// Where a thing of one of an office's places is.
pub(super) fn at(office: &OfficeId, place: &PlaceId) -> Whereabouts {
    Whereabouts { office: Some(office.clone()), place: Some(place.clone()), organisation: None }
}

/// Where a thing of the office as a whole is.
pub(super) fn whole(office: &OfficeId) -> Whereabouts {
    Whereabouts { office: Some(office.clone()), place: PlaceId::parse(office.as_str()).ok(), organisation: None }
}

fn read(row: &AnyRow) -> Result<Office, DatabaseError> {
    let id = word(row, "id", |id| OfficeId::parse(id).ok())?;
    let name = Localised::new(text(row, "name_zh")?, text(row, "name_en")?);
    Ok(Office { whereabouts: whole(&id), id, name })
}
