//! A booking that somebody else made with the numbers of a person who stands at the desk: found by the document that lies
//! there, and ended by a second press. Nothing of whoever else it names is shown.

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::BookingReference;
use shared::calendar::shanghai_date;
use shared::counter::{Refusal, StateName, VisitId};
use shared::field::{FieldErrors, Reason};
use shared::identity::IdDocument;
use shared::plain_words::PlainWords;
use shared::problem::Problem;

use super::by_card::{self, Claim, may};
use super::{kept, releasing, store};
use crate::app::App;
use crate::appointments::booking::release::{Ending, Telling};
use crate::appointments::booking::{search, withheld::Guise};
use crate::appointments::{point, record};
use crate::error::Error;
use crate::staff::authority::Staff;

/// The longest that whoever booked waits for the text, where the clerk has it wait.
pub const LONGEST_WAIT: i64 = 72;
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

/// The bookings that stand, at whatever office, and name the person with this document. That somebody looked is recorded,
/// whatever is found.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::TooManyLookups`], and nothing was looked for.
pub async fn find(
    app: &App,
    staff: &Staff,
    (document, born): (&IdDocument, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Vec<Found>, Error> {
    may(staff)?;
    let now = kept(now);
    by_card::ask(app, staff, now).await?;
    let mut found = Vec::new();
    for bookable in app.bookable() {
        let named = (document.as_str(), born);
        let one = search::of_document_for(app, &staff.actor(), bookable, named, now).await?;
        if let Some(one) = one {
            let found_one = as_it_stands(app, one.reference, now).await?;
            let claim = Claim::new((one.reference, one.person), found_one.guise, staff, now);
            found.push(Found { claim: claim.sealed(app, SEAL), ..found_one });
        }
    }
    Ok(found)
}

/// What a claim is for, as it stands now: for a page that is drawn once more.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::LookAgain`].
pub async fn claimed(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<Found, Error> {
    may(staff)?;
    let read: Claim<Guise> = Claim::open(app, SEAL, (claim, staff), now)?;
    let found = as_it_stands(app, read.reference, now).await?;
    let is_as_read = found.guise == read.of;
    let claim = if is_as_read { claim.to_owned() } else { read.with(found.guise).sealed(app, SEAL) };
    Ok(Found { claim, ..found })
}

/// A booking with its visit, also where whoever came was sent on; nobody's to release yet.
async fn as_it_stands(app: &App, reference: BookingReference, now: DateTime<Utc>) -> Result<Found, Error> {
    let mut connection = app.database().read().await?;
    let record = record::by_reference(&mut connection, reference).await?.ok_or(Refusal::LookAgain)?;
    let id = VisitId::parse(record.id.as_str()).map_err(|_| Problem::Internal)?;
    let visits = store::along(&mut connection, &id).await?;
    drop(connection);
    let bookable = app.bookable_of(&record.service);
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
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::LookAgain`] for what somebody else found, or too long ago; [`Refusal::ReadInFull`]; a
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
    let claim: Claim<Guise> = Claim::open(app, SEAL, (claim, staff), now)?;
    by_card::only_from_card(app, staff, claim.reference, now).await?;
    let guise = as_it_stands(app, claim.reference, now).await?.guise;
    if telling != Telling::Now && guise != claim.of {
        return Err(FieldErrors::one("tell", changed()).into());
    }
    let ending = Ending { actor: staff.actor(), reason, telling, at_desk: Some(claim.person) };
    releasing::release(app, app.bookable(), claim.reference, &ending, now).await
}

/// What is not to be found out is chosen knowing by what it can be.
fn changed() -> Reason {
    Reason::own(
        "shown_as_changed",
        "预约页面会显示的内容刚刚变了：请再看一遍下面的说明，再选。",
        "What its page will show has just changed: read below what it is by now, and choose again.",
    )
}
