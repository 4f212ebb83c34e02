//! Somebody without a booking takes a ticket, and with it a place of the day that is still free: the same places, and the
//! same rule, as bookings.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use shared::appointments::{Refusal as NotBooked, Service, SlotId};
use shared::calendar::shanghai_date;
use shared::counter::{Coming, Press, Refusal, VisitId, VisitState};
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::staff::OfficeId;
use sqlx::{AnyConnection, any::AnyRow};

use super::by::{By, Hand};
use super::changes::Told;
use super::conclude::{Entry, conclude};
use super::day::turn::{Of, Turn};
use super::office::{self, here};
use super::press::{self, Pressed};
use super::store::{self, Stored};
use super::taking::{self, Begun};
use super::{kept, rules};
use crate::app::App;
use crate::appointments::{self, counted, undisturbed};
use crate::audit::Head;
use crate::database::{
    Backend, DatabaseError,
    sql::{Value, date, instant, int, sql, word},
};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::staff::authority::Staff;
use crate::staff::budget::Purse;

/// A ticket, as it stands on the screen; paper is a copy of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub visit: VisitId,
    pub office: OfficeId,
    pub date: NaiveDate,
    /// One of its kind at this office on this day.
    pub number: u32,
    pub taken_at: DateTime<Utc>,
    /// How many wait before them.
    pub before: u32,
}

/// What has become of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Became {
    pub state: VisitState,
    /// Whether it went back to the kiosk at once.
    pub given_back: bool,
}

/// Gives out the next ticket of today. The same press again gives the same ticket.
///
/// # Errors
/// [`Refusal::NoPlaceLeft`]; [`Refusal::NoTimeLeft`]; [`Refusal::DayClosed`]; [`Refusal::TooManyTickets`] at a kiosk,
/// [`Refusal::TooManyTicketsTaken`] at the desk;
/// [`Problem::NotFound`] where the office does not offer the service; [`shared::staff::Refusal::NotAllowed`].
pub async fn take(
    app: &App,
    by: &By,
    id: &OfficeId,
    service: &Service,
    press: &Press,
    now: DateTime<Utc>,
) -> Result<Ticket, Error> {
    give_out(app, by, id, (service, press, false), now).await
}

/// The same for whoever is served before the others who wait. Only staff can give that, and nobody is asked why.
///
/// # Errors
/// As [`take`].
pub async fn with_priority(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    service: &Service,
    press: &Press,
    now: DateTime<Utc>,
) -> Result<Ticket, Error> {
    give_out(app, &By::Staff(staff.clone()), id, (service, press, true), now).await
}

/// How a ticket stands now: the same press is answered as it was at first, whatever happened since.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such ticket.
pub async fn became(app: &App, visit: &VisitId) -> Result<Became, Error> {
    let stored = store::load(&mut *app.database().read().await?, visit).await?.ok_or(Problem::NotFound)?;
    Ok(Became { state: stored.visit.state().clone(), given_back: stored.visit.is_given_back() })
}

async fn give_out(
    app: &App,
    by: &By,
    id: &OfficeId,
    (service, press, priority): (&Service, &Press, bool),
    now: DateTime<Utc>,
) -> Result<Ticket, Error> {
    by.may_bring_in(&office::one(app, id).await?.whereabouts)?;
    offers(app, id, service).await?;
    let now = kept(now);
    let hand = by.hand();
    let what = if priority { "ticket-with-priority" } else { "ticket" };
    let pressed = Pressed::new(app.keys(), &hand, press, &(what, id, service), now);
    let (kiosk, purse) = match by {
        By::Kiosk(kiosk) => (Some(kiosk.id.clone()), Purse::tickets(app.keys(), &kiosk.id)),
        By::Staff(staff) => (None, Purse::tickets_of_clerk(app.keys(), staff.person())),
    };
    let taking = || {
        let (kiosk, purse) = (kiosk.clone(), purse.clone());
        let visit = VisitId::parse(&new_id()).map_err(|_| Problem::Internal);
        let (office, service, hand, pressed) = (id.clone(), service.clone(), hand.clone(), pressed.clone());
        async move {
            let backend = app.database().backend();
            let taking = Taking { visit: visit?, office, service, hand, kiosk, purse, priority, pressed, backend, now };
            appointments::write(app, taking, write).await
        }
    };
    let (ticket, told) = press::once(app, &pressed, async || undisturbed(taking).await).await?;
    if let Some(told) = told {
        app.hall().changes().tell(told);
    }
    Ok(ticket)
}

struct Taking {
    visit: VisitId,
    office: OfficeId,
    service: Service,
    hand: Hand,
    /// Which kiosk gives it out.
    kiosk: Option<String>,
    /// What that costs the kiosk, or whoever takes it.
    purse: Purse,
    priority: bool,
    pressed: Pressed,
    backend: Backend,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, taking: &Taking) -> Result<(Ticket, Option<Told>), Error> {
    let Taking { office, service, hand, pressed, backend, now, .. } = taking;
    if let Some(ticket) = press::answered(connection, pressed).await? {
        return Ok((ticket, None));
    }
    pay(connection, taking).await?;
    let slot = take_place(connection, (office, service, None), *now).await?;
    let rule = rules::in_force(connection, office, slot.date).await?;
    let mut stored = Stored {
        id: taking.visit.clone(),
        office: office.clone(),
        date: slot.date,
        service: service.clone(),
        place: slot.place,
        slot: slot.id,
        booking: None,
        ticket: None,
        queue_at: Some(rule.queue_at(Coming::Ticket, *now)),
        sent_from: None,
        visit: taking::begun(slot.starts_at, *now, *now).with_priority(taking.priority),
        head: Head::empty(),
        written: None,
    };
    if !store::save(connection, &stored).await? {
        return Err(Error::Overtaken);
    }
    if let Some(kiosk) = &taking.kiosk {
        let statement = "insert into kiosk_ticket (visit_id, screen_id, taken_at) values ($1, $2, $3)";
        let values = [stored.id.as_str().into(), kiosk.as_str().into(), (*now).into()];
        sql(statement, values).execute(&mut *connection).await?;
    }
    let before = waiting_before(connection, &stored).await?;
    let entry = Entry::new(taking::TAKEN).with("begun", &Begun::of(&stored)).with("queue_at", &stored.queue_at);
    let entry = entry.with("arrived_at", now);
    let turning = Turn { ticket: true, of: Of::Day, backend: *backend };
    let told = conclude(connection, &mut stored, (hand, entry), turning, *now).await?;
    let number = stored.ticket.ok_or(DatabaseError::unreadable("ticket"))?;
    let ticket = Ticket { visit: stored.id, office: office.clone(), date: stored.date, number, taken_at: *now, before };
    press::answer(connection, pressed, &ticket).await?;
    Ok((ticket, Some(told)))
}

/// Whoever stands before a kiosk, has what its browser carries, or takes tickets at the desk takes no hall's places one after the
/// other.
async fn pay(connection: &mut AnyConnection, taking: &Taking) -> Result<(), Error> {
    let too_many = |retry_after| match &taking.kiosk {
        Some(_) => Refusal::TooManyTickets { retry_after },
        None => Refusal::TooManyTicketsTaken { retry_after },
    };
    taking.purse.pay_or(connection, taking.now, too_many).await.map(drop)
}

/// A slot in which a place was taken.
pub(super) struct Taken {
    pub(super) id: SlotId,
    pub(super) date: NaiveDate,
    pub(super) place: PlaceId,
    pub(super) starts_at: DateTime<Utc>,
}

/// Takes a place in the first slot of today that is not over and has one, at one place of an office or anywhere in it; of
/// those that were added for today only once the others are given out.
///
/// # Errors
/// [`Refusal::NoPlaceLeft`]; [`Refusal::NoTimeLeft`].
pub(super) async fn take_place(
    connection: &mut AnyConnection,
    (office, service, at): (&OfficeId, &Service, Option<&PlaceId>),
    now: DateTime<Utc>,
) -> Result<Taken, Error> {
    let statement = concat!(
        here!("$1"),
        " select s.id, s.date, s.place_id, s.starts_at from slot s where s.place_id in (select id from here) \
         and s.service = $2 and s.date = $3 and s.ends_at > $4 and ($5 = '' or s.place_id = $5) and s.closed = 0 \
         and s.cut_to is null and s.capacity - s.taken + (select count(*) from appointment a where a.slot_id = s.id \
         and a.occupies = 1 and a.occupies_until <= $4) > 0 order by s.added, s.starts_at, s.id"
    );
    let values = [
        office.as_str().into(),
        service.name().into(),
        shanghai_date(now).into(),
        now.into(),
        at.map_or("", PlaceId::as_str).into(),
    ];
    for row in &sql(statement, values.clone()).fetch_all(&mut *connection).await? {
        let taken = read(row)?;
        // Somebody may have taken the last one since.
        match counted::take(connection, taken.id, now).await {
            Ok(()) => return Ok(taken),
            Err(error) if matches!(error.refusal(), Some(NotBooked::SlotFull | NotBooked::SlotClosed)) => {}
            Err(error) => return Err(error),
        }
    }
    let has_times = has_times(connection, values).await?;
    Err(if has_times { Refusal::NoPlaceLeft } else { Refusal::NoTimeLeft }.into())
}

/// Takes a place of a day in a time that is over, for somebody who was there and has gone: one that is free, or else the last is
/// larger by it. None where no time is over yet.
pub(super) async fn take_place_of_before(
    connection: &mut AnyConnection,
    (office, service, date): (&OfficeId, &Service, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Option<Taken>, Error> {
    let statement = concat!(
        here!("$1"),
        " select s.id, s.date, s.place_id, s.starts_at from slot s where s.place_id in (select id from here) \
         and s.service = $2 and s.date = $3 and s.ends_at <= $4 and s.closed = 0 and s.capacity > 0 \
         order by case when s.taken < s.capacity then 0 else 1 end, s.starts_at desc, s.id limit 1"
    );
    let values = [office.as_str().into(), service.name().into(), date.into(), now.into()];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?;
    let Some(taken) = row.as_ref().map(read).transpose()? else { return Ok(None) };
    counted::take_again(connection, taken.id).await?;
    Ok(Some(taken))
}

/// Whether today has times that are not over, whoever took their places.
async fn has_times(connection: &mut AnyConnection, values: [Value; 5]) -> Result<bool, DatabaseError> {
    let statement = concat!(
        here!("$1"),
        " select 1 as one from slot s where s.place_id in (select id from here) and s.service = $2 and s.date = $3 \
         and s.ends_at > $4 and ($5 = '' or s.place_id = $5) and s.closed = 0 and s.capacity > 0 limit 1"
    );
    Ok(sql(statement, values).fetch_optional(connection).await?.is_some())
}

fn read(row: &AnyRow) -> Result<Taken, DatabaseError> {
    Ok(Taken {
        id: SlotId(int(row, "id")?),
        date: date(row, "date")?,
        place: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
        starts_at: instant(row, "starts_at")?,
    })
}

async fn waiting_before(connection: &mut AnyConnection, stored: &Stored) -> Result<u32, DatabaseError> {
    let statement = "select count(*) as before from visit where office = $1 and date = $2 and state = 'arrived' \
         and (priority > $5 or priority = $5 and queue_at <= $3) and id <> $4";
    let values = [
        stored.office.as_str().into(),
        stored.date.into(),
        stored.queue_at.into(),
        stored.id.as_str().into(),
        stored.visit.priority().into(),
    ];
    let row = sql(statement, values).fetch_one(connection).await?;
    Ok(u32::try_from(int(&row, "before")?).unwrap_or(u32::MAX))
}

/// Refuses a service that no place of the office offers.
pub(super) async fn offers(app: &App, office: &OfficeId, service: &Service) -> Result<(), Error> {
    if app.bookable().iter().all(|bookable| bookable.service != *service) {
        return Err(Problem::NotFound.into());
    }
    // Asked for before there is a connection: whoever holds one may not wait for another.
    let points = appointments::point::all(app, service).await?;
    let mut connection = app.database().read().await?;
    for point in points.iter() {
        if office::of_place(&mut connection, &point.place.id).await? == *office {
            return Ok(());
        }
    }
    Err(Problem::NotFound.into())
}
