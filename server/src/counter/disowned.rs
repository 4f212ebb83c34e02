//! A booking that somebody else made with the numbers of a person who stands at the desk: found by the document that lies
//! there, and ended by a second press. Nothing of whoever else it names is shown.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::appointments::BookingReference;
use shared::calendar::shanghai_date;
use shared::counter::{Refusal, StateName, VisitId};
use shared::field::{FieldErrors, Reason};
use shared::identity::IdDocument;
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use shared::staff::{Refusal as Denied, Right, StaffId};
use sqlx::AnyConnection;

use super::{kept, releasing, store};
use crate::app::App;
use crate::appointments::booking::release::{Ending, Telling};
use crate::appointments::booking::{search, withheld::Guise};
use crate::appointments::{point, record};
use crate::audit::Actor;
use crate::clock::office;
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;
use crate::staff::authority::Staff;
use crate::staff::budget::Purse;

/// The longest that whoever booked waits for the text, where the clerk has it wait.
pub const LONGEST_WAIT: i64 = 72;
/// How long what was found can be released.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);
/// How long a number that somebody has read here proves no card on the desk to them.
const PROVES_NOTHING_FOR: TimeDelta = TimeDelta::days(1);
const SEAL: &str = "disowned";

/// A booking that stands, and no more of it than the person needs who did not make it.
#[derive(Clone, Debug)]
pub struct Found {
    pub service: [&'static str; 2],
    pub date: NaiveDate,
    /// How far somebody has come with it.
    pub visit: StateName,
    /// As what it would go on for those who hold it until they are told.
    pub guise: Guise,
    /// What the second press sends; good for ten minutes and for whoever found it.
    pub claim: String,
}

#[derive(Serialize, Deserialize)]
struct Claim {
    reference: BookingReference,
    /// The blind index of whose document lay on the desk.
    person: String,
    /// What the clerk read of it.
    guise: Guise,
    staff: StaffId,
    until: DateTime<Utc>,
}

/// The bookings that stand, at whatever office, and name the person with this document. That somebody looked is recorded,
/// whatever is found.
///
/// # Errors
/// [`Denied::NotAllowed`]; [`Refusal::TooManyLookups`], and nothing was looked for.
pub async fn find(
    app: &App,
    staff: &Staff,
    (document, born): (&IdDocument, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Vec<Found>, Error> {
    may(staff)?;
    let now = kept(now);
    // Paid for and written down before anything is looked for, so that whoever finds nothing has left a trace as well.
    app.database().write_with((Purse::documents(app.keys(), staff.person()), staff.actor(), now), asked).await?;
    let mut found = Vec::new();
    for bookable in app.bookable() {
        let named = (document.as_str(), born);
        let one = search::of_document_for(app, &staff.actor(), bookable, named, now).await?;
        if let Some(one) = one {
            let found_one = as_it_stands(app, one.reference, now).await?;
            let (reference, person, guise) = (one.reference, one.person, found_one.guise);
            let claim = Claim { reference, person, guise, staff: staff.person().clone(), until: now + GOOD_FOR };
            found.push(Found { claim: sealed(app, &claim), ..found_one });
        }
    }
    Ok(found)
}

/// What a claim is for, as it stands now: for a page that is drawn once more.
///
/// # Errors
/// [`Denied::NotAllowed`]; [`Refusal::LookAgain`].
pub async fn claimed(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<Found, Error> {
    may(staff)?;
    let read = open(app, staff, claim, now)?;
    let found = as_it_stands(app, read.reference, now).await?;
    let is_as_read = found.guise == read.guise;
    let claim = if is_as_read { claim.to_owned() } else { sealed(app, &Claim { guise: found.guise, ..read }) };
    Ok(Found { claim, ..found })
}

/// A booking with its visit, also where whoever came was sent on; nobody's to release yet.
async fn as_it_stands(app: &App, reference: BookingReference, now: DateTime<Utc>) -> Result<Found, Error> {
    let mut connection = app.database().read().await?;
    let record = record::by_reference(&mut connection, reference).await?.ok_or(Refusal::LookAgain)?;
    let id = VisitId::parse(record.id.as_str()).map_err(|_| Problem::Internal)?;
    let visits = store::along(&mut connection, &id).await?;
    drop(connection);
    let bookable = app.bookable().iter().find(|bookable| bookable.service == record.service);
    let point = point::one(app, &record.service, &record.place).await?;
    Ok(Found {
        service: bookable.ok_or(Refusal::LookAgain)?.name,
        date: shanghai_date(record.starts_at),
        visit: releasing::furthest(&visits).ok_or(Problem::NotFound)?,
        guise: Guise::of(&record, point.rule(now)?, now),
        claim: String::new(),
    })
}

/// Ends what was found: its people can book again at once, and its place comes back as after a cancellation; where it goes on
/// for those who hold it, only whoever stands here can. Who is in a hall with it has left by then.
///
/// # Errors
/// [`Denied::NotAllowed`]; [`Refusal::LookAgain`] for what somebody else found, or too long ago; [`Refusal::ReadInFull`]; a
/// field error at `tell` where it would go on as something else by now than the clerk has read;
/// [`shared::appointments::Refusal::BookingEnded`] where it stands no more, [`Refusal::ServedAlready`] where it was served.
pub async fn release(
    app: &App,
    staff: &Staff,
    claim: &str,
    (reason, telling): (PlainWords, Telling),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    may(staff)?;
    let now = kept(now);
    let claim = open(app, staff, claim, now)?;
    if has_read_number(&mut *app.database().read().await?, staff.person(), claim.reference, now).await? {
        return Err(Refusal::ReadInFull.into());
    }
    let guise = as_it_stands(app, claim.reference, now).await?.guise;
    if telling != Telling::Now && guise != claim.guise {
        return Err(FieldErrors::one("tell", changed()).into());
    }
    let ending = Ending { actor: staff.actor(), reason, telling, at_desk: Some(claim.person) };
    releasing::release(app, app.bookable(), claim.reference, &ending, now).await
}

/// Whether somebody has read the number of one whom the booking names in full within [`PROVES_NOTHING_FOR`], there or in
/// another booking of theirs: with it they would find the booking without any card.
async fn has_read_number(
    connection: &mut AnyConnection,
    staff: &StaffId,
    reference: BookingReference,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = "select 1 from look l join person r on r.appointment_id = l.visit_id \
         join person n on n.person_index = r.person_index join appointment a on a.id = n.appointment_id \
         where a.reference = $1 and l.staff_id = $2 and l.at > $3 and l.seen like '%.number'";
    let values = [reference.as_str().into(), staff.as_str().into(), (now - PROVES_NOTHING_FOR).into()];
    Ok(sql(statement, values).fetch_optional(connection).await?.is_some())
}

/// What is not to be found out is chosen knowing by what it can be.
fn changed() -> Reason {
    Reason::own(
        "shown_as_changed",
        "预约页面会显示的内容刚刚变了：请再看一遍下面的说明，再选。",
        "What its page will show has just changed: read below what it is by now, and choose again.",
    )
}

fn sealed(app: &App, claim: &Claim) -> String {
    BASE64URL_NOPAD.encode(&app.keys().seal(SEAL, claim))
}

fn open(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<Claim, Refusal> {
    let sealed = BASE64URL_NOPAD.decode(claim.as_bytes()).map_err(|_| Refusal::LookAgain)?;
    let claim: Claim = app.keys().open(SEAL, &sealed).map_err(|_| Refusal::LookAgain)?;
    let is_theirs = claim.staff == *staff.person() && now < claim.until;
    if is_theirs { Ok(claim) } else { Err(Refusal::LookAgain) }
}

/// The booking may be of any office: the person is here.
fn may(staff: &Staff) -> Result<(), Denied> {
    if staff.anywhere(Right::ReleaseBooking).is_empty() { Err(Denied::NotAllowed) } else { Ok(()) }
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
