//! What is offered at the places of an office, at which hours and when not, for whoever manages it.

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::Service;
use shared::calendar::shanghai_date;
use shared::counter::Refusal;
use shared::locale::Locale;
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::changes::Told;
use super::day::shut::since;
use super::day::turn::{Of, Turn, turn};
use super::office;
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::closure::{self, ClosureError, Effect, Made, Seen, SlotChange};
use crate::appointments::point::{self, ServicePoint};
use crate::audit::Actor;
use crate::database::{
    Backend, DatabaseError,
    sql::{date, int, maybe_instant, maybe_int, sql, text},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// A service at one of an office's places.
#[derive(Clone, Debug)]
pub struct Offered {
    pub point: ServicePoint,
    /// By weekday, then by time.
    pub hours: Vec<Hours>,
    /// Days to come on which it is closed, those that follow each other together.
    pub closed: Vec<ClosedDays>,
}

/// Opening hours of one weekday; Monday is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub weekday: i64,
    /// Minutes of the Shanghai day.
    pub from: i64,
    pub to: i64,
}

/// Days from one to another on which a service is closed at a place, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDays {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// When the times begin that are closed, where it is the rest of one day.
    pub since: Option<DateTime<Utc>>,
    pub reason: Localised,
}

/// Everything that is offered at an office.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn at(app: &App, staff: &Staff, id: &OfficeId, now: DateTime<Utc>) -> Result<Vec<Offered>, Error> {
    staff.may(Right::ManageOffice, &office::one(app, id).await?.whereabouts)?;
    let mut points = Vec::new();
    for bookable in app.bookable() {
        points.extend(point::all(app, &bookable.service).await?.iter().cloned());
    }
    let (mut offered, mut connection) = (Vec::new(), app.database().read().await?);
    for point in points {
        if office::of_place(&mut connection, &point.place.id).await? == *id {
            let hours = hours(&mut connection, &point, shanghai_date(now)).await?;
            let closed = closed(&mut connection, &point, shanghai_date(now)).await?;
            offered.push(Offered { point, hours, closed });
        }
    }
    Ok(offered)
}

/// What switching a service off for some days would do, and changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] where this person does not manage the place; what [`closure::preview`] refuses.
pub async fn preview(app: &App, staff: &Staff, change: &SlotChange, now: DateTime<Utc>) -> Result<Effect, Error> {
    manages(app, staff, (&change.place, &change.service)).await?;
    closure::preview(app, change, now).await
}

/// What everybody booked there would be told of it; nothing where nobody is.
///
/// # Errors
/// As [`preview`].
pub async fn would_tell(
    app: &App,
    staff: &Staff,
    (change, effect): (&SlotChange, &Effect),
    locale: Locale,
) -> Result<Option<String>, Error> {
    let bookable = manages(app, staff, (&change.place, &change.service)).await?;
    closure::would_tell(app, bookable, (change, effect), locale).await
}

/// Switches a service off for some days, where its effect is what was seen: nobody who is booked is overlooked, and all of
/// them are told and may move. All of them read the reason in a text under the bureau's name, so it asks who is there.
///
/// # Errors
/// As [`preview`], [`shared::staff::Refusal::SignInAgain`], and [`ClosureError::Unseen`].
pub async fn switch_off(
    app: &App,
    staff: &Staff,
    change: SlotChange,
    seen: Seen,
    now: DateTime<Utc>,
) -> Result<Made, ClosureError> {
    let bookable = manages(app, staff, (&change.place, &change.service)).await?;
    staff.confirmed().map_err(Error::from)?;
    apply(app, bookable, (change, staff.actor(), Some(staff)), seen, now).await
}

/// Makes a change for whoever runs the portal, and has the screens of the hall drawn anew where it is of today.
///
/// # Errors
/// [`ClosureError::Unseen`], and those of the database.
pub async fn make(
    app: &App,
    bookable: &Bookable,
    (change, by): (SlotChange, Actor),
    seen: Seen,
    now: DateTime<Utc>,
) -> Result<Made, ClosureError> {
    apply(app, bookable, (change, by, None), seen, now).await
}

async fn apply(
    app: &App,
    bookable: &Bookable,
    (change, by, staff): (SlotChange, Actor, Option<&Staff>),
    seen: Seen,
    now: DateTime<Utc>,
) -> Result<Made, ClosureError> {
    let (place, from) = (change.place.clone(), change.from);
    let made = closure::apply(app, bookable, (change, by, staff), seen, now).await?;
    if from <= shanghai_date(now) {
        tell_hall(app, &place, now).await?;
    }
    Ok(made)
}

/// Who is in the hall today for a service at a place and not served to the end: a text does not reach them there.
///
/// # Errors
/// As [`preview`].
pub async fn in_hall(
    app: &App,
    staff: &Staff,
    (place, service): (&PlaceId, &Service),
    now: DateTime<Utc>,
) -> Result<Vec<u32>, Error> {
    manages(app, staff, (place, service)).await?;
    let statement = "select ticket from visit where place_id = $1 and service = $2 and date = $3 \
         and state in ('arrived', 'called', 'serving', 'parked') order by ticket";
    let values = [place.as_str().into(), service.name().into(), shanghai_date(now).into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let tickets = rows.iter().map(|row| maybe_int(row, "ticket")).collect::<Result<Vec<_>, _>>()?;
    Ok(tickets.into_iter().flatten().filter_map(|ticket| u32::try_from(ticket).ok()).collect())
}

/// Has the sheet of today and the screens of its hall drawn anew. A day that is closed has nothing to show of it.
///
/// # Errors
/// Those of the database.
pub(super) async fn tell_hall(app: &App, place: &PlaceId, now: DateTime<Utc>) -> Result<(), Error> {
    let office = office::of_place(&mut *app.database().read().await?, place).await?;
    let turning = Turning { office, date: shanghai_date(now), backend: app.database().backend() };
    match app.database().write_with(turning, write_turn).await {
        Ok(told) => app.hall().changes().tell(told),
        Err(error) if matches!(error.refusal(), Some(Refusal::DayClosed { .. })) => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

struct Turning {
    office: OfficeId,
    date: NaiveDate,
    backend: Backend,
}

async fn write_turn(connection: &mut AnyConnection, turning: &Turning) -> Result<Told, Error> {
    let Turning { office, date, backend } = turning;
    let turning = Turn { ticket: false, of: Of::Day, backend: *backend };
    Ok(turn(connection, office, *date, turning).await?.told)
}

/// Asks for the right to change what is offered at a place.
///
/// # Errors
/// [`Problem::NotFound`], also for a service that this portal does not offer.
pub(super) async fn manages(
    app: &App,
    staff: &Staff,
    (place, service): (&PlaceId, &Service),
) -> Result<&'static Bookable, Error> {
    office::managed(app, staff, place).await?;
    Ok(app.bookable_of(service).ok_or(Problem::NotFound)?)
}

/// Of the pattern that holds on a day.
async fn hours(
    connection: &mut AnyConnection,
    point: &ServicePoint,
    today: NaiveDate,
) -> Result<Vec<Hours>, DatabaseError> {
    let statement = "select weekday, starts_minute, ends_minute from opening o where place_id = $1 and service = $2 \
         and valid_from = (select max(valid_from) from opening where place_id = $1 and service = $2 and valid_from <= $3) \
         order by weekday, starts_minute";
    let rows = sql(statement, of(point, today)).fetch_all(connection).await?;
    let read = |row| {
        Ok(Hours { weekday: int(row, "weekday")?, from: int(row, "starts_minute")?, to: int(row, "ends_minute")? })
    };
    rows.iter().map(read).collect()
}

/// Days to come on which a service is closed at a place.
pub(super) async fn closed(
    connection: &mut AnyConnection,
    point: &ServicePoint,
    today: NaiveDate,
) -> Result<Vec<ClosedDays>, DatabaseError> {
    const CLOSED: &str = concat!(
        "select d.date, d.reason_zh, d.reason_en, ",
        since!(),
        " from special_day d where d.place_id = $1 and d.service = $2 and d.date >= $3 and d.open_as_weekday is null \
         order by d.date"
    );
    let rows = sql(CLOSED, of(point, today)).fetch_all(connection).await?;
    let mut closed: Vec<ClosedDays> = Vec::new();
    for row in &rows {
        let (day, reason) = (date(row, "date")?, Localised::new(text(row, "reason_zh")?, text(row, "reason_en")?));
        let since = maybe_instant(row, "since")?;
        let goes_on = |last: &&mut ClosedDays| {
            last.to.succ_opt() == Some(day) && last.reason == reason && last.since.is_none() && since.is_none()
        };
        match closed.last_mut().filter(goes_on) {
            Some(last) => last.to = day,
            None => closed.push(ClosedDays { from: day, to: day, since, reason }),
        }
    }
    Ok(closed)
}

fn of(point: &ServicePoint, today: NaiveDate) -> [crate::database::sql::Value; 3] {
    let service: &Service = &point.service;
    [point.place.id.as_str().into(), service.name().into(), today.into()]
}
