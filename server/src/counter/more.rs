//! More places today than were published, given out by whoever manages the office. They are a slot of their own from now to
//! the end of the day, or of what is open of it: nobody can book what has begun, and tickets meet its capacity like any other.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use shared::appointments::{Refusal as NotBooked, Service, SlotId};
use shared::calendar::{end_of_day, shanghai_date};
use shared::counter::{Press, Reason};
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::staff::{OfficeId, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::by::Hand;
use super::changes::Told;
use super::day::turn::{Of, Turn, turn};
use super::kept;
use super::office::{self, here};
use super::press::{self, Pressed};
use crate::app::App;
use crate::appointments::{self, point, undisturbed};
use crate::database::{
    Backend, DatabaseError,
    sql::{instant, int, maybe_instant, sql, text, word},
};
use crate::error::Error;
use crate::places;
use crate::staff::authority::Staff;

/// Places that were added on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct More {
    pub slot: SlotId,
    pub place: PlaceId,
    pub service: Service,
    pub places: u32,
    /// Of those, how many somebody has a ticket for.
    pub taken: u32,
    pub reason: Reason,
    pub added_at: DateTime<Utc>,
    pub added_by: StaffId,
}

/// What today still has of a service at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Times that are not over.
    pub times: u32,
    /// Places that a ticket could take.
    pub places: u32,
}

/// Adds places of today, for a reason. The same press again adds none.
///
/// # Errors
/// [`Problem::NotFound`] where this person does not manage the place, or the service is not offered there;
/// [`NotBooked::SlotClosed`] once nothing is open any more on a day of which it is switched off, or a part of it; [`shared::counter::Refusal::DayClosed`].
pub async fn add(
    app: &App,
    staff: &Staff,
    (place, service): (&PlaceId, &Service),
    (places, reason): (u32, &Reason),
    press: &Press,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let office = office::managed(app, staff, place).await?;
    point::one(app, service, place).await?;
    let (hand, now) = (Hand::of(staff), kept(now));
    let asked = ("more", place, service, places, reason);
    let pressed = Pressed::new(app.keys(), &hand, press, &asked, now);
    let adding = || {
        let adding = Adding {
            office: office.clone(),
            place: place.clone(),
            service: service.clone(),
            places,
            reason: reason.clone(),
            hand: hand.clone(),
            by: staff.person().clone(),
            pressed: pressed.clone(),
            backend: app.database().backend(),
            now,
        };
        appointments::write_by(app, staff, adding, write)
    };
    let (_, told): (SlotId, _) = press::once(app, &pressed, async || undisturbed(adding).await).await?;
    tell(app, told);
    Ok(())
}

/// Takes back those of the places added today that nobody has taken; what comes back is not given out any more.
///
/// # Errors
/// [`Problem::NotFound`] where this person does not manage the place, or for what was not added today;
/// [`shared::counter::Refusal::DayClosed`].
pub async fn take_back(app: &App, staff: &Staff, slot: SlotId, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "select place_id from slot where id = $1 and added = 1 and date = $2";
    let row = sql(statement, [slot.0.into(), shanghai_date(now).into()]);
    let row = row.fetch_optional(&mut *app.database().read().await?).await?.ok_or(Problem::NotFound)?;
    let place = word(&row, "place_id", |id| PlaceId::parse(id).ok())?;
    let office = office::managed(app, staff, &place).await?;
    let taking =
        TakingBack { office, place, slot, hand: Hand::of(staff), backend: app.database().backend(), now: kept(now) };
    let told = appointments::write_by(app, staff, taking, write_back).await?;
    tell(app, told);
    Ok(())
}

/// What was added at an office on a day.
pub(super) async fn of_day(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
) -> Result<Vec<More>, DatabaseError> {
    let statement = "select m.slot_id, s.place_id, s.service, s.capacity, s.taken, m.reason, m.added_at, m.added_by \
         from added_places m join slot s on s.id = m.slot_id where m.office = $1 and m.date = $2 and s.capacity > 0 \
         order by m.added_at, m.slot_id";
    let rows = sql(statement, [office.as_str().into(), date.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// What is left today of a service at a place.
pub async fn left(app: &App, place: &PlaceId, service: &Service, now: DateTime<Utc>) -> Result<Left, Error> {
    let statement = "select count(*) as times, cast(coalesce(sum(case when s.cut_to is null then s.capacity - s.taken \
         + (select count(*) from appointment a where a.slot_id = s.id and a.occupies = 1 and a.occupies_until <= $1) \
         else 0 end), 0) as bigint) as places from slot s where s.place_id = $2 and s.service = $3 and s.date = $4 \
         and s.ends_at > $1 and s.closed = 0 and s.capacity > 0";
    let values = [now.into(), place.as_str().into(), service.name().into(), shanghai_date(now).into()];
    let row = sql(statement, values).fetch_one(&mut *app.database().read().await?).await?;
    Ok(Left { times: count(&row, "times")?, places: count(&row, "places")? })
}

/// The services of which today has a ticket left at an office.
pub async fn with_tickets(app: &App, office: &OfficeId, now: DateTime<Utc>) -> Result<Vec<Service>, Error> {
    let statement = concat!(
        here!("$1"),
        " select distinct s.service from slot s where s.place_id in (select id from here) and s.date = $2 \
         and s.ends_at > $3 and s.closed = 0 and s.cut_to is null and s.capacity - s.taken + (select count(*) \
         from appointment a where a.slot_id = s.id and a.occupies = 1 and a.occupies_until <= $3) > 0"
    );
    let values = [office.as_str().into(), shanghai_date(now).into(), now.into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(|row| word(row, "service", |name| Service::parse(name).ok())).collect::<Result<_, _>>()?)
}

fn tell(app: &App, told: Option<Told>) {
    app.appointments().forget();
    if let Some(told) = told {
        app.hall().changes().tell(told);
    }
}

struct Adding {
    office: OfficeId,
    place: PlaceId,
    service: Service,
    places: u32,
    reason: Reason,
    hand: Hand,
    by: StaffId,
    pressed: Pressed,
    backend: Backend,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, adding: &Adding) -> Result<(SlotId, Option<Told>), Error> {
    let Adding { office, place, service, pressed, backend, now, .. } = adding;
    if let Some(slot) = press::answered(connection, pressed).await? {
        return Ok((slot, None));
    }
    let date = shanghai_date(*now);
    let until = open_until(connection, (place, service), *now).await?;
    let slot = new_slot(connection, adding, (date, until)).await?;
    let statement = "insert into added_places (slot_id, office, date, reason, added_by, added_at) \
         values ($1, $2, $3, $4, $5, $6)";
    let values = [
        slot.0.into(),
        office.as_str().into(),
        date.into(),
        adding.reason.as_str().into(),
        adding.by.as_str().into(),
        (*now).into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let detail =
        json!({ "service": service, "date": date, "slot": slot, "places": adding.places, "reason": adding.reason });
    places::record_by(connection, place, (adding.hand.actor.clone(), "places_added", detail), *now).await?;
    let turning = Turn { ticket: false, of: Of::Day, backend: *backend };
    let told = turn(connection, office, date, turning).await?.told;
    press::answer(connection, pressed, &slot).await?;
    Ok((slot, Some(told)))
}

/// Until when places can be added today: to the end of the day, or of what is open of a day of which a part is closed.
///
/// # Errors
/// [`NotBooked::SlotClosed`] where nothing is open any more.
async fn open_until(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Error> {
    let statement = "select (select max(s.ends_at) from slot s where s.place_id = d.place_id and s.service = d.service \
         and s.date = d.date and s.closed = 0 and s.added = 0 and s.capacity > 0) as open_until from special_day d \
         where d.place_id = $1 and d.service = $2 and d.date = $3 and d.open_as_weekday is null";
    let values = [place.as_str().into(), service.name().into(), shanghai_date(now).into()];
    let Some(row) = sql(statement, values).fetch_optional(connection).await? else { return Ok(end_of_day(now)) };
    let open_until = maybe_instant(&row, "open_until")?.filter(|until| *until > now);
    Ok(open_until.ok_or(NotBooked::SlotClosed)?)
}

/// A slot that has just begun, so that it is nobody's to book. Two slots never begin together: a rule of the database, which
/// may ask for a few milliseconds.
async fn new_slot(
    connection: &mut AnyConnection,
    adding: &Adding,
    (date, until): (NaiveDate, DateTime<Utc>),
) -> Result<SlotId, DatabaseError> {
    let statement = "insert into slot (place_id, service, date, starts_at, ends_at, capacity, added) \
         values ($1, $2, $3, $4, $5, $6, 1) on conflict (place_id, service, starts_at) do nothing returning id";
    let mut starts_at = adding.now;
    loop {
        let values = [
            adding.place.as_str().into(),
            adding.service.name().into(),
            date.into(),
            starts_at.into(),
            until.into(),
            adding.places.into(),
        ];
        if let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? {
            return Ok(SlotId(int(&row, "id")?));
        }
        starts_at -= TimeDelta::milliseconds(1);
    }
}

struct TakingBack {
    office: OfficeId,
    place: PlaceId,
    slot: SlotId,
    hand: Hand,
    backend: Backend,
    now: DateTime<Utc>,
}

async fn write_back(connection: &mut AnyConnection, taking: &TakingBack) -> Result<Option<Told>, Error> {
    let TakingBack { office, place, slot, hand, backend, now } = taking;
    let statement = "update slot set capacity = taken, cut_to = case when taken > 0 then 0 else null end \
         where id = $1 and added = 1 and capacity > taken returning taken";
    let Some(row) = sql(statement, [slot.0.into()]).fetch_optional(&mut *connection).await? else { return Ok(None) };
    let detail = json!({ "slot": slot, "kept": int(&row, "taken")? });
    places::record_by(connection, place, (hand.actor.clone(), "places_taken_back", detail), *now).await?;
    let turning = Turn { ticket: false, of: Of::Day, backend: *backend };
    Ok(Some(turn(connection, office, shanghai_date(*now), turning).await?.told))
}

fn read(row: &AnyRow) -> Result<More, DatabaseError> {
    Ok(More {
        slot: SlotId(int(row, "slot_id")?),
        place: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
        service: word(row, "service", |name| Service::parse(name).ok())?,
        places: count(row, "capacity")?,
        taken: count(row, "taken")?,
        reason: Reason::kept(text(row, "reason")?),
        added_at: instant(row, "added_at")?,
        added_by: word(row, "added_by", |id| StaffId::parse(id).ok())?,
    })
}

fn count(row: &AnyRow, column: &str) -> Result<u32, DatabaseError> {
    u32::try_from(int(row, column)?).map_err(|_| DatabaseError::unreadable(column))
}
