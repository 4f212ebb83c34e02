//! What somebody of the staff does for people who call or stand there: books them in, moves their booking or cancels it. The same times,
//! and the same rules of the database, as for whoever books online; but no code is asked for, and a booking is changed until it begins.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use shared::appointments::{HoldId, Refusal as NotBooked, SlotId};
use shared::counter::{LookPurpose, Press, Refusal, Seen, VisitId};
use shared::locale::Locale;
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::by::Hand;
use super::day::{self, Row};
use super::looks::{self, NewLook};
use super::press::{self, Pressed};
use super::store::{self, Stored};
use super::{kept, office, people, search};
use crate::app::App;
use crate::appointments::attendees::Attendees;
use crate::appointments::booking::idempotency::RequestKey;
use crate::appointments::booking::withheld::{self, Guise};
use crate::appointments::booking::{ByOffice, Holder, book_by_office, cancel, made_before, reschedule};
use crate::appointments::{Bookable, hold, slots};
use crate::database::sql::sql;
use crate::error::Error;
use crate::staff::authority::Staff;
use crate::staff::budget::Purse;

/// So long what somebody has made or moved is shown to them as what they did; nothing else that they did with it is.
const JUST_DONE: TimeDelta = TimeDelta::minutes(5);

/// Those who are to be booked in.
pub struct For {
    pub people: Box<dyn Attendees>,
    /// The language of their messages.
    pub locale: Locale,
    /// Their documents lay on the desk; otherwise the desk checks them on the day.
    pub seen: bool,
}

/// A booking as the database has it now.
#[derive(Clone, Debug)]
pub struct One {
    pub row: Row,
    pub office: OfficeId,
    pub date: NaiveDate,
    pub slot: SlotId,
}

/// The office of a place, where somebody may book people in.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`] for no place.
pub async fn may_at(app: &App, staff: &Staff, place: &PlaceId) -> Result<OfficeId, Error> {
    let office = office::of_place(&mut *app.database().read().await?, place).await?;
    staff.may(Right::BookForPeople, &office::at(&office, place))?;
    Ok(office)
}

/// Books people in at a time. The same press again gives the same booking.
///
/// # Errors
/// As [`may_at`]; the time's own reason where it cannot be had; what the service refuses;
/// [`NotBooked::AlreadyBooked`], which tells that somebody is about to come: so each try is paid for and written down as a
/// search is, and each that told it as a document that was looked up; [`Refusal::TooManySearches`],
/// [`Refusal::TooManyLookups`]; [`Refusal::TextsAbroad`].
pub async fn book(
    app: &App,
    staff: &Staff,
    bookable: &Bookable,
    (slot, press): (SlotId, &Press),
    people: For,
    now: DateTime<Utc>,
) -> Result<VisitId, Error> {
    let now = kept(now);
    let wanted = slots::one(app, slot, &bookable.service).await?;
    let office = may_at(app, staff, &wanted.place).await?;
    let body = people.people.keep().to_string();
    let requester = format!("staff:{}", staff.person());
    let key = RequestKey::new(app.keys(), &requester, press.as_str(), format!("{slot} {body}").as_bytes())?;
    if let Some(booked) = made_before(app, &key).await? {
        return visit(&booked.id);
    }
    let documents = search::pay_to_book(app, staff, &office, now).await?;
    let booked = book_once(app, staff, bookable, (slot, &key), people, now).await;
    let tells = |error: &Error| error.refusal() == Some(NotBooked::AlreadyBooked);
    if !booked.as_ref().is_err_and(tells) {
        app.database().write_with(documents, give_back).await.map_err(Error::after_a_write)?;
    }
    booked
}

async fn give_back(connection: &mut AnyConnection, documents: &Purse) -> Result<(), Error> {
    documents.give_back(connection).await
}

async fn book_once(
    app: &App,
    staff: &Staff,
    bookable: &Bookable,
    (slot, key): (SlotId, &RequestKey),
    people: For,
    now: DateTime<Utc>,
) -> Result<VisitId, Error> {
    texts_can_go(app, &*people.people)?;
    let hold = hold::take_by_office(app, &bookable.service, slot, people.locale, now).await?;
    let by = ByOffice { actor: staff.actor(), key: Some(key), at_desk: !people.seen };
    match book_by_office(app, bookable, &hold, (people.people, people.locale), by, now).await {
        Ok(booked) => visit(&booked.id),
        Err(refused) => {
            // Best given back at once: nobody would come back to it.
            let _ended = hold::release(app, &hold.id, hold.token.reveal(), now).await;
            // A twin of this press may have booked a moment ago.
            match made_before(app, key).await? {
                Some(booked) => visit(&booked.id),
                None => Err(refused),
            }
        }
    }
}

/// Counts the texts that an office is about to have sent abroad.
///
/// # Errors
/// [`Refusal::TextsAbroad`] where the day's budget for one of the phones is gone.
pub(super) fn texts_can_go(app: &App, people: &dyn Attendees) -> Result<(), Refusal> {
    let gone = people.phones().into_iter().find(|phone| !app.limits().text_of_office(phone));
    gone.map_or(Ok(()), |phone| Err(Refusal::TextsAbroad { code: phone.country_code() }))
}

/// Moves a booking to another time; `from` is where it was seen. Moved there already it stays, and the same press again moves
/// nothing.
///
/// # Errors
/// As [`one`]; [`Refusal::Changed`] where it is not there any more; [`Refusal::TextsAbroad`]; [`Refusal::TooManyMoves`]; what
/// [`reschedule::reschedule`] refuses.
pub async fn move_to(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    (from, to, press): (SlotId, SlotId, &Press),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let now = kept(now);
    let pressed = Pressed::new(app.keys(), &Hand::of(staff), press, &(id, from, to), now);
    let moving = async || {
        let refused = move_once(app, staff, id, (from, to), now).await.err();
        if let Some(refused) = refused {
            // Its twin may have moved it a moment ago, and somebody else to another time.
            let stored = allowed(app, staff, id).await?;
            if stored.slot != to && stored.slot != from && matches!(refused, Error::Problem(Problem::Refused(_))) {
                return Err(Refusal::Changed { state: stored.visit.state().kind() }.into());
            }
            if stored.slot != to {
                return Err(refused);
            }
        }
        press::note(app, &pressed).await.map(|()| ((), None))
    };
    press::once(app, &pressed, moving).await.map(|((), _)| ())
}

/// Cancels a booking for whoever calls or stands there, until it begins; its phones are told that the office did it. The same
/// press again changes nothing more.
///
/// # Errors
/// As [`one`]; [`Refusal::TextsAbroad`]; [`Refusal::TooManyCancellations`]; what [`cancel::cancel`] refuses.
pub async fn cancel(app: &App, staff: &Staff, id: &VisitId, press: &Press, now: DateTime<Utc>) -> Result<(), Error> {
    let now = kept(now);
    let pressed = Pressed::new(app.keys(), &Hand::of(staff), press, &("cancel", id), now);
    let cancelling = async || cancel_once(app, staff, (id, &pressed), now).await.map(|()| ((), None));
    press::once(app, &pressed, cancelling).await.map(|((), _)| ())
}

async fn cancel_once(
    app: &App,
    staff: &Staff,
    (id, pressed): (&VisitId, &Pressed),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let stored = allowed(app, staff, id).await?;
    changeable(app, &stored, now).await?;
    let (bookable, holder) = held(app, staff, &stored)?;
    cancel::by_press(app, bookable, (&holder, pressed), now).await
}

/// What a booking is of, and the authority over it, for somebody who may change it; its phones are about to be told.
fn held(app: &App, staff: &Staff, stored: &Stored) -> Result<(&'static Bookable, Holder), Error> {
    let bookable = app.bookable_of(&stored.service);
    let (bookable, booking) = bookable.zip(stored.booking.as_ref()).ok_or(Problem::NotFound)?;
    if let Some(attendees) = people::open(app, &stored.service, booking) {
        texts_can_go(app, &*attendees)?;
    }
    Ok((bookable, Holder::for_staff(staff, booking.id.clone(), stored.service.clone())))
}

async fn move_once(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    (from, to): (SlotId, SlotId),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let stored = allowed(app, staff, id).await?;
    opened(app, staff, &stored, now).await?;
    changeable(app, &stored, now).await?;
    if stored.slot == to {
        return Ok(());
    }
    if stored.slot != from {
        return Err(Refusal::Changed { state: stored.visit.state().kind() }.into());
    }
    let wanted = slots::one(app, to, &stored.service).await?;
    may_at(app, staff, &wanted.place).await?;
    let (bookable, holder) = held(app, staff, &stored)?;
    let held = reschedule::hold(app, bookable, &holder, to, now).await?;
    reschedule::reschedule(app, bookable, &holder, (&held.id, held.token.reveal()), now).await
}

/// A booking that somebody may move, or has just made. That they read it is written down as opening its visit is, but for one that
/// they have just made or moved themselves.
///
/// # Errors
/// [`Problem::NotFound`], also for a visit without a booking; [`shared::staff::Refusal::NotAllowed`].
pub async fn one(app: &App, staff: &Staff, id: &VisitId, now: DateTime<Utc>) -> Result<One, Error> {
    let (stored, now) = (allowed(app, staff, id).await?, kept(now));
    let their_own = "select 1 from audit where stream = $1 and actor = $2 and at > $3 \
         and act in ('booking_made', 'booking_moved') limit 1";
    let values = [id.as_str().into(), staff.actor().words().into(), (now - JUST_DONE).into()];
    let is_their_own = sql(their_own, values).fetch_optional(&mut *app.database().read().await?).await?.is_some();
    if !is_their_own {
        opened(app, staff, &stored, now).await?;
    }
    Ok(shown(app, stored, now).await)
}

/// Writes down that somebody reads a booking, before anything of it is shown or said.
async fn opened(app: &App, staff: &Staff, stored: &Stored, now: DateTime<Utc>) -> Result<(), Error> {
    let look = NewLook {
        visit: stored.id.clone(),
        staff: staff.person().clone(),
        office: stored.office.clone(),
        role: staff.role_for(Right::BookForPeople, &office::at(&stored.office, &stored.place))?,
        purpose: LookPurpose::Checking,
        seen: Seen::Opened,
        why: None,
        at: now,
    };
    app.database().write_with(look, write_look).await
}

async fn shown(app: &App, stored: Stored, now: DateTime<Utc>) -> One {
    let row = day::of_stored(app, &stored, now).await;
    One { row, office: stored.office, date: stored.date, slot: stored.slot }
}

async fn write_look(connection: &mut AnyConnection, look: &NewLook) -> Result<(), Error> {
    looks::write(connection, look).await
}

/// A booking that is to be moved.
///
/// # Errors
/// As [`one`], and on record each time, also where it is refused: before anybody has chosen another time,
/// [`NotBooked::BookingEnded`], or [`NotBooked::Arrived`] where that is what those who hold it read, and [`Refusal::EndedUntold`]
/// where it stands for them.
pub async fn to_move(app: &App, staff: &Staff, id: &VisitId, now: DateTime<Utc>) -> Result<One, Error> {
    let (stored, now) = (allowed(app, staff, id).await?, kept(now));
    opened(app, staff, &stored, now).await?;
    changeable(app, &stored, now).await?;
    Ok(shown(app, stored, now).await)
}

async fn changeable(app: &App, stored: &Stored, now: DateTime<Utc>) -> Result<(), Error> {
    let booking = stored.booking.as_ref().filter(|_| !stored.stands());
    let Some(booking) = booking else { return Ok(()) };
    let withheld = withheld::of_booking(&mut *app.database().read().await?, &booking.id, now).await?;
    Err(match withheld.map(|withheld| withheld.guise) {
        Some(Guise::Standing) => Refusal::EndedUntold.into(),
        // As of any visit that is over, and of any booking that was called off.
        Some(Guise::VisitOver) => NotBooked::Arrived.into(),
        Some(Guise::Cancelled) | None => NotBooked::BookingEnded.into(),
    })
}

async fn allowed(app: &App, staff: &Staff, id: &VisitId) -> Result<Stored, Error> {
    let stored = store::load(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?;
    staff.may(Right::BookForPeople, &office::at(&stored.office, &stored.place))?;
    if stored.booking.is_some() { Ok(stored) } else { Err(Problem::NotFound.into()) }
}

/// A booking and its visit go by one id.
fn visit(id: &HoldId) -> Result<VisitId, Error> {
    Ok(VisitId::parse(id.as_str()).map_err(|_| Problem::NotFound)?)
}
