//! Listings into the database.

use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::directory::{Confirmation, Dial, Listing, Section, Times};
use shared::places::{Coordinates, PlaceId};
use sqlx::AnyConnection;

use crate::database::{
    Backend, DatabaseError,
    sql::{Value, int, sql, sql_list, text},
};

/// Writes a place as it is from now on, and answers how often it was changed. What is otherwise for a while stays.
pub async fn put(connection: &mut AnyConnection, listing: &Listing, now: DateTime<Utc>) -> Result<i64, DatabaseError> {
    place(connection, listing).await?;
    let revision = row(connection, listing).await?;
    put_sections(connection, listing, now).await?;
    // What is listed for the first time has no others.
    if revision > 1 {
        drop_sections(connection, listing).await?;
    }
    Ok(revision)
}

/// Writes a place as it was before its last change, which then never was.
pub async fn put_back(
    connection: &mut AnyConnection,
    before: &Listing,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    put(connection, before, now).await?;
    // Once for this writing, once for what is taken back.
    let statement = "update listing set revision = revision - 2 where place_id = $1";
    sql(statement, [before.id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Says that somebody changed or confirmed what is said of a place, so that nothing that is undone takes it away; once a
/// transaction, after everything else. Nothing happens where it is not listed.
pub async fn touch(connection: &mut AnyConnection, place: &PlaceId) -> Result<(), DatabaseError> {
    let statement = "update listing set revision = revision + 1 where place_id = $1";
    if sql(statement, [place.as_str().into()]).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    let row = sql("select kind from place where id = $1", [place.as_str().into()]).fetch_one(&mut *connection).await?;
    bump(connection, &text(&row, "kind")?).await
}

/// Says that something of a kind was changed; once a transaction, after everything else.
pub async fn bump(connection: &mut AnyConnection, kind: &str) -> Result<(), DatabaseError> {
    let statement = "insert into listing_kind (kind, version) values ($1, 1) \
         on conflict (kind) do update set version = listing_kind.version + 1";
    sql(statement, [kind.into()]).execute(connection).await?;
    Ok(())
}

/// Keeps a place to this transaction, in the order in which an office does, and answers how often what is listed of it was changed;
/// none where it is not listed.
pub async fn keep(connection: &mut AnyConnection, place: &PlaceId) -> Result<Option<i64>, DatabaseError> {
    let statement = "update place set phone = phone where id = $1";
    sql(statement, [place.as_str().into()]).execute(&mut *connection).await?;
    let statement = "update listing set revision = revision where place_id = $1 returning revision";
    let row = sql(statement, [place.as_str().into()]).fetch_optional(connection).await?;
    row.map(|row| int(&row, "revision")).transpose()
}

/// What this transaction asks is planned for the tables as they are by now: PostgreSQL would keep the plans that it made while they
/// held a few places, and read all of them for each of thousands.
pub async fn plan_for_many(connection: &mut AnyConnection, backend: Backend) -> Result<(), DatabaseError> {
    if backend == Backend::Postgres {
        sql("set local plan_cache_mode = force_custom_plan", []).execute(connection).await?;
    }
    Ok(())
}

/// Keeps a kind to this transaction, and answers how often something of it was changed. Whoever keeps places too, keeps them first.
pub async fn hold(connection: &mut AnyConnection, kind: &str) -> Result<i64, DatabaseError> {
    let statement = "insert into listing_kind (kind, version) values ($1, 0) \
         on conflict (kind) do update set version = listing_kind.version returning version";
    int(&sql(statement, [kind.into()]).fetch_one(connection).await?, "version")
}

async fn place(connection: &mut AnyConnection, listing: &Listing) -> Result<(), DatabaseError> {
    // A place where people work with this portal stays one.
    let statement = "insert into place (id, kind, parent, position, name_zh, name_en, address_zh, address_en, division, phone, \
         latitude, longitude, datum, demo, source, checked, directions_zh, directions_en, staffed) \
         values ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0) \
         on conflict (id) do update set parent = excluded.parent, name_zh = excluded.name_zh, name_en = excluded.name_en, \
         address_zh = excluded.address_zh, address_en = excluded.address_en, division = excluded.division, \
         phone = excluded.phone, latitude = excluded.latitude, longitude = excluded.longitude, datum = excluded.datum, \
         demo = excluded.demo, source = excluded.source, checked = excluded.checked, \
         directions_zh = excluded.directions_zh, directions_en = excluded.directions_en";
    let point: Option<Coordinates> = listing.spot.map(Coordinates::from);
    let directions = listing.directions.as_ref();
    let values = [
        listing.id.as_str().into(),
        listing.kind.as_str().into(),
        listing.parent.as_ref().map(ToString::to_string).into(),
        listing.name.zh.as_str().into(),
        listing.name.en.as_str().into(),
        listing.address.zh.as_str().into(),
        listing.address.en.as_str().into(),
        listing.division.as_str().into(),
        listing.phone.as_ref().map_or_else(String::new, Dial::dashed).into(),
        point.map(|point| i64::from(point.latitude)).into(),
        point.map(|point| i64::from(point.longitude)).into(),
        point.map(|point| point.datum.name().to_owned()).into(),
        listing.demo.into(),
        listing.source.as_str().into(),
        listing.checked.into(),
        directions.map_or("", |directions| &directions.zh).into(),
        directions.map_or("", |directions| &directions.en).into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn row(connection: &mut AnyConnection, listing: &Listing) -> Result<i64, DatabaseError> {
    let statement = "insert into listing (place_id, tier, street, street_name, community, community_name, closed_on, closed_zh, \
         closed_en, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) \
         on conflict (place_id) do update set tier = excluded.tier, street = excluded.street, \
         street_name = excluded.street_name, community = excluded.community, community_name = excluded.community_name, \
         closed_on = excluded.closed_on, closed_zh = excluded.closed_zh, closed_en = excluded.closed_en, \
         revision = listing.revision + 1 returning revision";
    let (street, community, closed) = (listing.street.as_ref(), listing.community.as_ref(), listing.closed.as_ref());
    let values = [
        listing.id.as_str().into(),
        listing.tier.clone().into(),
        street.map(|area| area.code.clone()).into(),
        street.map(|area| area.name.clone()).into(),
        community.map(|area| area.code.clone()).into(),
        community.map(|area| area.name.clone()).into(),
        closed.map(|closed| closed.on).into(),
        closed.map(|closed| closed.reason.zh.clone()).into(),
        closed.map(|closed| closed.reason.en.clone()).into(),
    ];
    int(&sql(statement, values).fetch_one(connection).await?, "revision")
}

/// All that says something, in one statement, since a list has thousands of places.
async fn put_sections(
    connection: &mut AnyConnection,
    listing: &Listing,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "insert into listing_section (place_id, section, body, confirmed_on, confirmed_by, changed_at) \
         select cast($1 as text), s.column1, s.column2, s.column3, s.column4, cast($2 as bigint) from (values \
         ($3, $4, $5, $6), ($7, $8, $9, $10), ($11, $12, $13, $14), ($15, $16, $17, $18), ($19, $20, $21, $22), \
         ($23, $24, $25, $26), ($27, $28, $29, $30)) as s where s.column2 is not null \
         on conflict (place_id, section) do update set body = excluded.body, \
         confirmed_on = excluded.confirmed_on, confirmed_by = excluded.confirmed_by, changed_at = \
         case when listing_section.body = excluded.body then listing_section.changed_at else excluded.changed_at end";
    let section = |section: &Section| -> [Value; 4] {
        let (body, confirmed) = said(listing, *section).unzip();
        [
            section.name().into(),
            body.into(),
            confirmed.map(|confirmed| confirmed.on).into(),
            confirmed.map(|confirmed| confirmed.by.clone()).into(),
        ]
    };
    let values: [Value; 2] = [listing.id.as_str().into(), now.into()];
    let values = values.into_iter().chain(Section::ALL.iter().flat_map(section)).collect();
    sql_list(statement, values).execute(connection).await?;
    Ok(())
}

/// Those that say nothing any more.
async fn drop_sections(connection: &mut AnyConnection, listing: &Listing) -> Result<(), DatabaseError> {
    let statement = "delete from listing_section where place_id = $1 and section not in ($2, $3, $4, $5, $6, $7, $8)";
    let kept = |section: &Section| said(listing, *section).map_or("", |_| section.name()).into();
    let values = std::iter::once(listing.id.as_str().into()).chain(Section::ALL.iter().map(kept)).collect();
    sql_list(statement, values).execute(connection).await?;
    Ok(())
}

/// What a section says, and who says so.
fn said(listing: &Listing, section: Section) -> Option<(String, &Confirmation)> {
    body(listing, section).zip(listing.confirmed.get(&section))
}

/// What a section says in JSON; none where nothing is said.
fn body(listing: &Listing, section: Section) -> Option<String> {
    match section {
        Section::Contact => listing.phone.as_ref().map(|_| String::new()),
        Section::Location => Some(String::new()),
        Section::Hours => {
            let times = listing.times.clone().with(Vec::new()).unwrap_or_default();
            (times != Times::default()).then(|| json(&times))
        }
        Section::Services => (!listing.services.is_empty()).then(|| json(&listing.services)),
        Section::Access => listing.access.is_known().then(|| json(&listing.access)),
        Section::Capacity => listing.capacity.as_ref().map(json),
        Section::Grade => listing.grade.as_ref().map(json),
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("sections always serialise")
}
