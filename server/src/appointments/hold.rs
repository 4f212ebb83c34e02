//! Taking, extending and giving back a hold.

mod change;
mod insert;

use std::{net::IpAddr, sync::Arc};

use chrono::{DateTime, Utc};
use shared::appointments::{
    AppointmentState, BookingRule, HoldId, HoldToken, Refusal, Service, Slot, SlotId, SlotState, slot_state,
};
use shared::field::FieldErrors;
use shared::identity::Phone;
use shared::locale::Locale;
use shared::problem::Problem;

use super::{bookable::Bookable, point, point::ServicePoint, record, record::Record, slots, slots::SlotAtPlace};
use crate::app::App;
use crate::database::{DatabaseError, Rule};
use crate::error::Error;
use crate::even_time;
use crate::keys::token::{Purpose, new_id};
use crate::observe::metrics;
use crate::phone_codes::{Asker, TypedCode};
use crate::session::Session;
pub use change::{extend, release};
use insert::{NewHold, insert};

/// Live holds that one browser, or one confirmed phone, may have.
const MOST_HOLDS: i64 = 2;
/// Live holds of all services that one network may have without a confirmed phone. A registry gives out some 80 places a
/// day, so one network keeps the others from a quarter of one day at most; behind a carrier's address as many couples
/// choose at the same moment and are asked for nothing, and whoever comes after them confirms a phone.
const MOST_OF_NETWORK: i64 = 20;

/// A hold that was taken or extended; its token is shown to its holder alone.
#[derive(Clone, Debug)]
pub struct Hold {
    pub id: HoldId,
    pub token: HoldToken,
    pub expires_at: DateTime<Utc>,
    pub extensions_left: u8,
}

/// Who asks for a hold.
pub struct Asking<'a> {
    /// The browser that may come back to it: a new session for whoever came without one, so that no hold is nobody's.
    pub session: Session,
    /// Where the request came from.
    pub address: IpAddr,
    /// A phone and the code that was sent to it; needed on hot dates, and once a network holds many times.
    pub phone: Option<(&'a Phone, &'a str)>,
    pub locale: Locale,
}

/// Takes one place of a slot. A browser that holds a place of this slot already keeps that one, so that a form sent
/// twice takes one place; a code is used up only together with a place. A hold is a phone's where one was confirmed for it,
/// and else a browser's.
///
/// # Errors
/// The slot's own reason when it cannot be held, [`Refusal::PhoneNeeded`] without a phone on a hot date and where the
/// network holds many times, a field error at `phone_code`, in even time, when the code is wrong,
/// [`Refusal::TooManyHolds`].
pub async fn take(
    app: &App,
    bookable: &Bookable,
    id: SlotId,
    asking: Asking<'_>,
    now: DateTime<Utc>,
) -> Result<Hold, Error> {
    let is_with_code = asking.phone.is_some();
    let is_of_code = |taken: &Result<Hold, Error>| matches!(taken, Err(Error::Problem(Problem::Fields(_))));
    even_time::answer(take_now(app, bookable, id, asking, now), |taken| is_with_code && is_of_code(taken)).await
}

async fn take_now(
    app: &App,
    bookable: &Bookable,
    id: SlotId,
    asking: Asking<'_>,
    now: DateTime<Utc>,
) -> Result<Hold, Error> {
    let (codes, keys) = (app.settings().phone_codes, app.keys());
    let asker = Asker::of(keys, &asking.session);
    let typed = asking.phone.filter(|_| codes);
    let code = typed.map(|(phone, code)| TypedCode::new(app, &asker, phone, bookable.purpose(), code));
    let (slot, point) = open_slot(app, &bookable.service, id, now).await?;
    // Where a place asks for no codes, perhaps since none can be sent, nobody is led to one.
    let codes = codes && point.phone_codes;
    if code.is_none() {
        app.limits().hold(asking.address).map_err(|often| if codes { Refusal::PhoneNeeded.into() } else { often })?;
    }
    if code.is_none() && codes && app.calendar().hot(slot.date).is_some() {
        return Err(Refusal::PhoneNeeded.into());
    }
    let session = asking.session.fingerprint(keys);
    let (holder, network) = match &code {
        Some(code) => (record::of_phone(&code.phone), None),
        None => (format!("session:{session}"), app.limits().network(asking.address, keys).filter(|_| codes)),
    };
    let last = slot.slot.starts_at.to_utc();
    let new = NewHold {
        session,
        holder,
        network,
        code,
        slot: slot.slot.id,
        service: slot.service,
        locale: asking.locale,
        now,
    };
    store(app, point.rule(now)?, new, last).await
}

/// Takes a place for a booking that is to move. Its phones were confirmed when it was made, so no code is asked
/// for again; the hold belongs to the booking, whichever browser moves it, and ends with the time for moving it.
///
/// # Errors
/// The slot's own reason when it cannot be held, [`Refusal::TooManyHolds`].
pub async fn take_for_booking(
    app: &App,
    id: SlotId,
    (booking, move_until): (&Record, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Hold, Error> {
    let (slot, point) = open_slot(app, &booking.service, id, now).await?;
    let holder = of_booking_key(&booking.id);
    let last = slot.slot.starts_at.to_utc().min(move_until);
    let new = NewHold {
        slot: slot.slot.id,
        service: slot.service,
        session: holder.clone(),
        holder,
        network: None,
        code: None,
        locale: booking.locale,
        now,
    };
    store(app, point.rule(now)?, new, last).await
}

/// Takes a place for somebody whom the office itself books in: no phone is confirmed, and no network counted.
///
/// # Errors
/// The slot's own reason when it cannot be held.
pub(crate) async fn take_by_office(
    app: &App,
    service: &Service,
    id: SlotId,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<Hold, Error> {
    let (slot, point) = open_slot(app, service, id, now).await?;
    let session = Session::new().fingerprint(app.keys());
    let last = slot.slot.starts_at.to_utc();
    let new = NewHold {
        slot: slot.slot.id,
        service: slot.service,
        holder: format!("session:{session}"),
        session,
        network: None,
        code: None,
        locale,
        now,
    };
    store(app, point.rule(now)?, new, last).await
}

/// A slot that can be held now, with its place; whether a place is left in it is found out by taking one.
///
/// # Errors
/// The slot's own reason when it cannot be held, [`Problem::NotFound`].
pub async fn open_slot(
    app: &App,
    service: &Service,
    id: SlotId,
    now: DateTime<Utc>,
) -> Result<(SlotAtPlace, ServicePoint), Error> {
    let slot = slots::one(app, id, service).await?;
    let point = point::one(app, service, &slot.place).await?;
    open_at(point.rule(now)?, &slot.slot, now)?;
    Ok((slot, point))
}

/// `last` is the instant from which the time can no longer be booked.
async fn store(app: &App, rule: &BookingRule, new: NewHold, last: DateTime<Utc>) -> Result<Hold, Error> {
    let id = HoldId::parse(&new_id()).expect("new ids are plain");
    let (session, service, slot, now) = (new.session.clone(), new.service.clone(), new.slot, new.now);
    let new = Arc::new((id, AppointmentState::held(now, rule, last), new));
    let mut met = 0;
    let refused = loop {
        match super::write(app, Arc::clone(&new), insert).await {
            Ok(Ok((id, state))) => {
                metrics::held();
                return Ok(describe(app, id, state));
            }
            Ok(Err(reason)) => break FieldErrors::one("phone_code", reason).into(),
            // Another request of the same holder took the same of its two ranks at the same moment.
            Err(Error::Database(DatabaseError::Refused(Rule::HoldsPerHolder))) if met < MOST_HOLDS => met += 1,
            Err(Error::Database(DatabaseError::Refused(Rule::HoldsPerHolder))) => {
                break Refusal::TooManyHolds.into();
            }
            Err(error) => break error,
        }
    };
    // A twin of this request may have used the code or taken the last place while this one waited for it.
    let twin = live(app, &session, &service, now).await?.into_iter().find(|(record, _)| record.slot == slot);
    twin.map(|(_, hold)| hold).ok_or(refused)
}

/// The hold that `token` opens.
///
/// # Errors
/// [`Problem::NotFound`] for an unknown hold and for a wrong token alike.
pub async fn owned(app: &App, id: &HoldId, token: &str) -> Result<Record, Error> {
    if !app.keys().is_token(Purpose::Hold, id.as_str(), token) {
        return Err(Problem::NotFound.into());
    }
    let record = record::by_id(&mut *app.database().read().await?, id).await?;
    Ok(record.ok_or(Problem::NotFound)?)
}

/// Whether a hold runs, whoever has it.
pub async fn runs(app: &App, id: &HoldId, now: DateTime<Utc>) -> Result<bool, Error> {
    let record = record::by_id(&mut *app.database().read().await?, id).await?;
    let until = record.and_then(|record| match record.state {
        AppointmentState::Held { expires_at, .. } => Some(expires_at),
        _ => None,
    });
    Ok(until.is_some_and(|until| now < until))
}

/// All live holds of a browser for a service, the newest first.
pub async fn all_of_session(
    app: &App,
    session: &Session,
    service: &Service,
    now: DateTime<Utc>,
) -> Result<Vec<(Record, Hold)>, Error> {
    live(app, &session.fingerprint(app.keys()), service, now).await
}

/// The live holds that a booking could move to, the newest first.
pub async fn of_booking(
    app: &App,
    booking: &HoldId,
    service: &Service,
    now: DateTime<Utc>,
) -> Result<Vec<(Record, Hold)>, Error> {
    live(app, &of_booking_key(booking), service, now).await
}

async fn live(app: &App, session: &str, service: &Service, now: DateTime<Utc>) -> Result<Vec<(Record, Hold)>, Error> {
    let holds = record::live_holds(&mut *app.database().read().await?, session, service, now).await?;
    let with_token = |record: Record| {
        let hold = describe(app, record.id.clone(), record.state);
        (record, hold)
    };
    Ok(holds.into_iter().map(with_token).collect())
}

/// Gives back all that a browser holds of a service: it has what it came for.
pub(super) async fn release_all(app: &App, session: &str, service: &Service, now: DateTime<Utc>) {
    give_back_later(app, live(app, session, service, now).await, now).await;
}

/// Gives back what a booking held to move to.
pub(super) async fn release_of_booking(app: &App, booking: &HoldId, service: &Service, now: DateTime<Utc>) {
    give_back_later(app, of_booking(app, booking, service, now).await, now).await;
}

/// What this comes after has been done; where it fails, the time comes back by the clock.
async fn give_back_later(app: &App, holds: Result<Vec<(Record, Hold)>, Error>, now: DateTime<Utc>) {
    let given = match holds {
        Ok(holds) => give_back(app, holds, now).await,
        Err(error) => Err(error),
    };
    if let Err(error) = given {
        tracing::warn!(%error, "a hold that is of no more use could not be given back");
    }
}

pub(super) async fn give_back(app: &App, holds: Vec<(Record, Hold)>, now: DateTime<Utc>) -> Result<(), Error> {
    for (_, hold) in holds {
        match release(app, &hold.id, hold.token.reveal(), now).await {
            // Ended meanwhile, in another window: it is given back all the same.
            Ok(()) | Err(Error::Problem(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What stands in the place of a session; a session's fingerprint never holds a colon.
fn of_booking_key(booking: &HoldId) -> String {
    format!("booking:{booking}")
}

fn describe(app: &App, id: HoldId, state: AppointmentState) -> Hold {
    let expires_at = match state {
        AppointmentState::Held { expires_at, .. } => expires_at,
        _ => DateTime::UNIX_EPOCH,
    };
    let token = app.keys().token(Purpose::Hold, id.as_str());
    let token = HoldToken::parse(&token).expect("tokens are plain");
    Hold { id, token, expires_at, extensions_left: state.extensions_left() }
}

/// Whether the rule lets this slot be held now; whether a place is left is the database's to say.
fn open_at(rule: &BookingRule, slot: &Slot, now: DateTime<Utc>) -> Result<(), Refusal> {
    match slot_state(rule, now, slot.starts_at, 1, slot.closed) {
        SlotState::Free => Ok(()),
        SlotState::Full => Err(Refusal::SlotFull),
        SlotState::NotYetReleased => {
            let date = shared::calendar::shanghai_date(slot.starts_at);
            Err(Refusal::SlotNotOpen { opens_at: rule.released_at(date) })
        }
        SlotState::TooSoon => Err(Refusal::SlotTooSoon),
        SlotState::Past => Err(Refusal::SlotPast),
        SlotState::Closed => Err(Refusal::SlotClosed),
    }
}
