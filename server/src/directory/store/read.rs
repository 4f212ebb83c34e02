//! Listings out of the database, section by section.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use serde::de::DeserializeOwned;
use shared::calendar::shanghai;
use shared::directory::{Access, Area, Closed, Confirmation, Dial, Listing, Section, Spot, Times};
use shared::hours::{Change, ChangeKind, MOST_CHANGES};
use shared::localised::Localised;
use shared::places::PlaceId;
use sqlx::{AnyConnection, any::AnyRow};
use tokio::task::yield_now;

use super::unfinished::before;
use crate::database::{
    DatabaseError,
    sql::{date, instant, int, maybe_instant, maybe_text, sql, text, word},
};
use crate::directory::kinds;
use crate::places::{self, Place};

/// How long what is over is still read: what was announced for a day counts to the end of it, and of its night.
const JUST_OVER: TimeDelta = TimeDelta::days(2);

/// Every listed place of a kind, with what is otherwise about `now` and later, so that whoever reads it a little earlier or
/// later says the same of a day; one that gives out appointments only once it has hours. Whoever asks beside imports asks as of
/// one instant.
pub async fn load(
    connection: &mut AnyConnection,
    kind: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Listing>, DatabaseError> {
    let statement = "select p.id as place_id, p.kind, p.parent, p.name_zh, p.name_en, p.address_zh, p.address_en, p.division, \
         p.phone, p.directions_zh, p.directions_en, p.latitude, p.longitude, p.datum, p.demo as place_demo, p.source, p.checked, \
         l.tier, l.street, l.street_name, l.community, l.community_name, l.closed_on, l.closed_zh, l.closed_en \
         from place p join listing l on l.place_id = p.id where p.kind = $1 and p.withdrawn_at is null \
         and (not exists (select 1 from service_point s where s.place_id = p.id) \
             or exists (select 1 from opening o where o.place_id = p.id)) order by p.position, p.id";
    let mut listings = Vec::new();
    let rows = sql(statement, [kind.into()]).fetch(&mut *connection);
    each(rows, |row| {
        listings.push(place(row)?);
        Ok(())
    })
    .await?;
    let at: BTreeMap<String, usize> = listings.iter().enumerate().map(|(n, one)| (one.id.to_string(), n)).collect();

    let statement = "select s.place_id, s.section, s.body, s.confirmed_on, s.confirmed_by from listing_section s \
         join place p on p.id = s.place_id where p.kind = $1";
    let mut timetables = HashMap::new();
    let rows = sql(statement, [kind.into()]).fetch(&mut *connection);
    each(rows, |row| match at.get(&text(row, "place_id")?).and_then(|n| listings.get_mut(*n)) {
        Some(listing) => section(listing, row, &mut timetables),
        None => Ok(()),
    })
    .await?;

    let mut unknown = BTreeSet::new();
    for (id, before) in before(connection, kind).await? {
        match (at.get(&id), before) {
            (Some(n), Some(before)) => listings[*n] = before,
            (Some(_), None) => _ = unknown.insert(id),
            (None, _) => {}
        }
    }

    let statement = "select c.place_id, c.kind as change_kind, c.body, c.starts_at, c.ends_at, c.ended_at, c.reason_zh, \
         c.reason_en from listing_change c join place p on p.id = c.place_id where p.kind = $1 and c.ends_at > $2 \
         and (c.ended_at is null or c.ended_at > $2) order by c.made_at, c.id";
    let mut changes: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    for row in &sql(statement, [kind.into(), (now - JUST_OVER).into()]).fetch_all(connection).await? {
        changes.entry(text(row, "place_id")?).or_default().extend(change(row)?);
    }
    let civil = shanghai(now).naive_local();
    for (id, mut changes) in changes {
        // However many were announced and taken back of late, what holds is read, with room for what a plan adds.
        if changes.len() >= MOST_CHANGES {
            changes.retain(|one| one.to > civil);
        }
        if let Some(listing) = at.get(&id).and_then(|n| listings.get_mut(*n)) {
            let times = std::mem::take(&mut listing.times);
            listing.times = times.with(changes).map_err(|_| DatabaseError::unreadable("listing_change.body"))?;
        }
    }
    listings.retain(|one| !unknown.contains(one.id.as_str()));
    if let Some(kind) = kinds::kind(kind) {
        for here in listings.iter_mut().flat_map(|one| &mut one.services) {
            here.price_fen = kind.service(&here.service).and_then(|service| service.price_fen(here.price_fen));
        }
    }
    Ok(listings)
}

/// One listed place as it is kept, without what is otherwise for a while.
pub async fn one(connection: &mut AnyConnection, id: &PlaceId) -> Result<Option<Listing>, DatabaseError> {
    let statement = "select p.id as place_id, p.kind, p.parent, p.name_zh, p.name_en, p.address_zh, p.address_en, p.division, \
         p.phone, p.directions_zh, p.directions_en, p.latitude, p.longitude, p.datum, p.demo as place_demo, p.source, p.checked, \
         l.tier, l.street, l.street_name, l.community, l.community_name, l.closed_on, l.closed_zh, l.closed_en \
         from place p join listing l on l.place_id = p.id where p.id = $1";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(mut listing) = row.as_ref().map(place).transpose()? else { return Ok(None) };
    let statement = "select section, body, confirmed_on, confirmed_by from listing_section where place_id = $1";
    for row in &sql(statement, [id.as_str().into()]).fetch_all(connection).await? {
        section(&mut listing, row, &mut HashMap::new())?;
    }
    Ok(Some(listing))
}

/// The ids of places that [`load`] knows nothing of: an id is of one place for ever, also of one that nobody is shown.
pub async fn taken(connection: &mut AnyConnection, kind: &str) -> Result<BTreeSet<String>, DatabaseError> {
    let statement = "select p.id from place p where p.kind <> $1 or p.withdrawn_at is not null \
         or not exists (select 1 from listing l where l.place_id = p.id) \
         or (exists (select 1 from service_point s where s.place_id = p.id) \
             and not exists (select 1 from opening o where o.place_id = p.id))";
    let rows = sql(statement, [kind.into()]).fetch_all(connection).await?;
    rows.iter().map(|row| text(row, "id")).collect()
}

/// How often something of a kind was changed.
pub async fn version(connection: &mut AnyConnection, kind: &str) -> Result<i64, DatabaseError> {
    let row = sql("select version from listing_kind where kind = $1", [kind.into()]).fetch_optional(connection).await?;
    row.map_or(Ok(0), |row| int(&row, "version"))
}

/// How often each listed place of a kind was changed.
pub async fn revisions(connection: &mut AnyConnection, kind: &str) -> Result<BTreeMap<String, i64>, DatabaseError> {
    let statement = "select l.place_id, l.revision from listing l join place p on p.id = l.place_id where p.kind = $1";
    let rows = sql(statement, [kind.into()]).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((text(row, "place_id")?, int(row, "revision")?))).collect()
}

/// Rows after which others have their turn: thousands that are there at once would have a core for themselves.
const AT_ONCE: usize = 200;

/// Takes row after row, and keeps none of them.
async fn each(
    mut rows: BoxStream<'_, Result<AnyRow, sqlx::Error>>,
    mut take: impl FnMut(&AnyRow) -> Result<(), DatabaseError> + Send,
) -> Result<(), DatabaseError> {
    let mut count = 0_usize;
    while let Some(row) = rows.try_next().await? {
        take(&row)?;
        count += 1;
        if count.is_multiple_of(AT_ONCE) {
            yield_now().await;
        }
    }
    Ok(())
}

fn place(row: &AnyRow) -> Result<Listing, DatabaseError> {
    let place = places::read(row)?;
    let area = |code: &str, name: &str| {
        let both = maybe_text(row, code)?.zip(maybe_text(row, name)?);
        Ok::<_, DatabaseError>(both.map(|(code, name)| Area { code, name }))
    };
    let closed = match maybe_text(row, "closed_on")? {
        None => None,
        Some(_) => Some(Closed {
            on: date(row, "closed_on")?,
            reason: Localised::new(text(row, "closed_zh")?, text(row, "closed_en")?),
        }),
    };
    Ok(Listing {
        tier: maybe_text(row, "tier")?,
        street: area("street", "street_name")?,
        community: area("community", "community_name")?,
        closed,
        ..of_place(place)
    })
}

/// What is known of a place apart from any list: its name, phone and whereabouts, which nobody has confirmed.
pub fn of_place(place: Place) -> Listing {
    Listing {
        id: place.id,
        kind: place.kind,
        tier: None,
        parent: place.parent,
        name: place.name,
        address: place.address,
        division: place.division,
        street: None,
        community: None,
        spot: place.coordinates.map(Spot::of),
        phone: Dial::parse(&place.phone).ok(),
        directions: place.directions,
        demo: place.demo,
        times: Times::default(),
        services: Vec::new(),
        access: Access::default(),
        capacity: None,
        grade: None,
        confirmed: BTreeMap::new(),
        closed: None,
        source: place.source,
        checked: place.checked,
    }
}

/// Many places have the same hours, which are kept once.
fn section(listing: &mut Listing, row: &AnyRow, timetables: &mut HashMap<String, Times>) -> Result<(), DatabaseError> {
    let section: Section = word(row, "section", |name| name.parse().ok())?;
    let body = text(row, "body")?;
    match section {
        Section::Contact | Section::Location => {}
        Section::Hours => {
            listing.times = if let Some(times) = timetables.get(&body) {
                times.clone()
            } else {
                let times: Times = json(&body)?;
                timetables.insert(body, times.clone());
                times
            };
        }
        Section::Services => listing.services = json(&body)?,
        Section::Access => listing.access = json(&body)?,
        Section::Capacity => listing.capacity = Some(json(&body)?),
        Section::Grade => listing.grade = Some(json(&body)?),
    }
    let confirmation = Confirmation { on: date(row, "confirmed_on")?, by: text(row, "confirmed_by")? };
    listing.confirmed.insert(section, confirmation);
    Ok(())
}

fn json<T: DeserializeOwned>(body: &str) -> Result<T, DatabaseError> {
    serde_json::from_str(body).map_err(|_| DatabaseError::unreadable("body"))
}

/// None for what was taken back before it began.
fn change(row: &AnyRow) -> Result<Option<Change>, DatabaseError> {
    let body = text(row, "body")?;
    let kind = match text(row, "change_kind")?.as_str() {
        "closed" => ChangeKind::Closed,
        "hours" => ChangeKind::Hours(json(&body)?),
        "message" => ChangeKind::Message,
        "without_service" => ChangeKind::WithoutService(json(&body)?),
        _ => return Err(DatabaseError::unreadable("kind")),
    };
    let civil = |instant: DateTime<Utc>| -> NaiveDateTime { shanghai(instant).naive_local() };
    let (from, to) = (civil(instant(row, "starts_at")?), civil(instant(row, "ends_at")?));
    let reason = Localised::new(text(row, "reason_zh")?, text(row, "reason_en")?);
    Ok(Change { from, to, kind, reason }.kept(maybe_instant(row, "ended_at")?.map(civil)))
}
