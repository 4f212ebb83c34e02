//! What is found by the document that lies on the desk, at whatever office: what each look costs, and for how long and for whom
//! what was found is good.

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;
use shared::appointments::BookingReference;
use shared::counter::Refusal;
use shared::staff::{Refusal as Denied, Right, StaffId};
use sqlx::AnyConnection;

use crate::app::App;
use crate::audit::Actor;
use crate::clock::office;
use crate::database::sql::sql;
use crate::error::Error;
use crate::staff::authority::Staff;
use crate::staff::budget::Purse;

/// How long something can be done with what was found.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);
/// How long a number or name that somebody has read here proves no card on the desk to them.
const PROVES_NOTHING_FOR: TimeDelta = TimeDelta::days(1);

/// What the next press sends of what was found, sealed; good for ten minutes and for whoever found it.
#[derive(Serialize, Deserialize)]
pub(super) struct Claim<T> {
    pub(super) reference: BookingReference,
    /// The blind index, in that booking, of whose document lies on the desk.
    pub(super) person: String,
    /// What else was found, or is to be done.
    pub(super) of: T,
    staff: StaffId,
    until: DateTime<Utc>,
}

impl<T> Claim<T> {
    pub(super) fn new(
        (reference, person): (BookingReference, String),
        of: T,
        staff: &Staff,
        now: DateTime<Utc>,
    ) -> Self {
        Self { reference, person, of, staff: staff.person().clone(), until: now + GOOD_FOR }
    }

    /// The same for something else, for no longer.
    pub(super) fn with<U>(self, of: U) -> Claim<U> {
        let Self { reference, person, staff, until, .. } = self;
        Claim { reference, person, of, staff, until }
    }
}

impl<T: Serialize + DeserializeOwned> Claim<T> {
    pub(super) fn sealed(&self, app: &App, name: &str) -> String {
        BASE64URL_NOPAD.encode(&app.keys().seal(name, self))
    }

    /// # Errors
    /// [`Denied::NotAllowed`]; [`Refusal::LookAgain`] for what somebody else found, or too long ago.
    pub(super) fn open(
        app: &App,
        name: &str,
        (claim, staff): (&str, &Staff),
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        may(staff)?;
        let sealed = BASE64URL_NOPAD.decode(claim.as_bytes()).map_err(|_| Refusal::LookAgain)?;
        let claim: Self = app.keys().open(name, &sealed).map_err(|_| Refusal::LookAgain)?;
        let is_theirs = claim.staff == *staff.person() && now < claim.until;
        if is_theirs { Ok(claim) } else { Err(Refusal::LookAgain.into()) }
    }
}

/// The booking may be of any office: the person is here.
pub(super) fn may(staff: &Staff) -> Result<(), Denied> {
    if staff.anywhere(Right::ReleaseBooking).is_empty() { Err(Denied::NotAllowed) } else { Ok(()) }
}

/// Pays for looking for somebody and writes down that it is done, before anything is looked for: whoever finds nothing has left a
/// trace as well.
///
/// # Errors
/// [`Refusal::TooManyLookups`], and nothing is to be looked for.
pub(super) async fn ask(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((Purse::documents(app.keys(), staff.person()), staff.actor(), now), asked).await
}

async fn asked(
    connection: &mut AnyConnection,
    (purse, actor, now): &(Purse, Actor, DateTime<Utc>),
) -> Result<(), Error> {
    pay(connection, purse, *now).await?;
    Ok(office::note_of(connection, actor.clone(), ("document_looked_up", json!({})), *now).await?)
}

/// Pays for one answer that tells, of whatever office, whether somebody is about to come.
///
/// # Errors
/// [`Refusal::TooManyLookups`].
pub(super) async fn pay(connection: &mut AnyConnection, purse: &Purse, now: DateTime<Utc>) -> Result<(), Error> {
    purse.pay_or(connection, now, |retry_after| Refusal::TooManyLookups { retry_after }).await.map(drop)
}

/// Refuses whoever has read a number of one whom the booking names in full within [`PROVES_NOTHING_FOR`], there or in another
/// booking of theirs: with it they would find the booking without any card.
///
/// # Errors
/// [`Refusal::ReadInFull`].
pub(super) async fn only_from_card(
    app: &App,
    staff: &Staff,
    reference: BookingReference,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let numbers = "select 1 from look l join person r on r.appointment_id = l.visit_id \
         join person n on n.person_index = r.person_index join appointment a on a.id = n.appointment_id \
         where a.reference = $1 and l.staff_id = $2 and l.at > $3 and l.seen like '%.number'";
    has_not_read(app, numbers, (staff, reference), now).await
}

/// The same of a name, in a booking that was found by its reference and a name in it.
///
/// # Errors
/// [`Refusal::ReadInFull`].
pub(super) async fn name_not_read(
    app: &App,
    staff: &Staff,
    reference: BookingReference,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let names = "select 1 from look l join appointment a on a.id = l.visit_id \
         where a.reference = $1 and l.staff_id = $2 and l.at > $3 and l.seen like '%.name'";
    has_not_read(app, names, (staff, reference), now).await
}

async fn has_not_read(
    app: &App,
    looks: &'static str,
    (staff, reference): (&Staff, BookingReference),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let values = [reference.as_str().into(), staff.person().as_str().into(), (now - PROVES_NOTHING_FOR).into()];
    let read = sql(looks, values).fetch_optional(&mut *app.database().read().await?).await?;
    if read.is_some() { Err(Refusal::ReadInFull.into()) } else { Ok(()) }
}
