//! A booking that somebody else made with the numbers of a person who stands at the desk: found by the document that lies
//! there, and ended by a second press. Nothing of whoever else it names is shown.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use shared::appointments::AppointmentState;
use shared::calendar::shanghai_date;
use shared::counter::{Refusal, StateName, VisitId};
use shared::identity::IdDocument;
use shared::plain_words::PlainWords;
use shared::problem::Problem;

use super::by_card::{self, Claim, may};
use super::{kept, releasing, store};
use crate::app::App;
use crate::appointments::booking::release::{AtDesk, Ending, Telling};
use crate::appointments::booking::withheld::{self, Guise};
use crate::appointments::booking::{disown, search};
use crate::appointments::{point, record};
use crate::error::Error;
use crate::staff::authority::Staff;

/// The longest that whoever booked waits for the text, where the clerk has it wait.
pub const LONGEST_WAIT: i64 = 72;
const SEAL: &str = "disowned";

/// A booking as those who hold it read it, and no more of it than the person needs who did not make it. Whoever stands here may be
/// the one who is not to learn that the office has ended it.
#[derive(Clone, Debug)]
pub struct Found {
    pub service: [&'static str; 2],
    pub date: NaiveDate,
    /// How far somebody has come with it.
    pub visit: StateName,
    pub read_as: ReadAs,
    /// What the second press sends; good for ten minutes and for whoever found it.
    pub claim: String,
}

/// As what those who hold a booking read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// It stands; as what it would go on for them, were it ended now and they not told.
    Standing(Guise),
    /// Called off. It keeps nobody from booking, which its people may have disowned all the same.
    Cancelled,
    /// The office has ended it, which they know.
    Released,
}

/// The bookings, at whatever office, that stand and name the person with this document, and after them those that have ended with
/// their day before them. That somebody looked is recorded, whatever is found.
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
    let (mut found, mut ended) = (Vec::new(), Vec::new());
    for bookable in app.bookable() {
        let (actor, named) = (staff.actor(), (document.as_str(), born));
        let one = search::of_document_for(app, &actor, bookable, named, now).await?;
        found.extend(one.map(|one| (one.reference, one.person)));
        ended.extend(search::ended_of_document(app, &actor, bookable, named, now).await?);
    }
    let mut read = Vec::new();
    for of in found.into_iter().chain(ended) {
        read.push(as_it_stands(app, Claim::new(of, (), staff, now), now).await?);
    }
    Ok(read)
}

/// What a claim is for, as it stands now: for a page that is drawn once more.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::LookAgain`].
pub async fn claimed(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<Found, Error> {
    let read: Claim<ReadAs> = Claim::open(app, SEAL, (claim, staff), now)?;
    let of = read.of;
    let found = as_it_stands(app, read.with(()), now).await?;
    // What has not changed is pressed with the claim that stands on the page.
    Ok(if found.read_as == of { Found { claim: claim.to_owned(), ..found } } else { found })
}

/// A booking with its visit, also where whoever came was sent on.
async fn as_it_stands(app: &App, claim: Claim<()>, now: DateTime<Utc>) -> Result<Found, Error> {
    let mut connection = app.database().read().await?;
    let record = record::by_reference(&mut connection, claim.reference).await?.ok_or(Refusal::LookAgain)?;
    let record = withheld::as_held(&mut connection, record, now).await?;
    let id = VisitId::parse(record.id.as_str()).map_err(|_| Problem::Internal)?;
    let visits = store::along(&mut connection, &id).await?;
    drop(connection);
    let bookable = app.bookable_of(&record.service);
    let point = point::one(app, &record.service, &record.place).await?;
    let read_as = match record.state {
        AppointmentState::Cancelled => ReadAs::Cancelled,
        AppointmentState::Released => ReadAs::Released,
        _ => ReadAs::Standing(Guise::of(&record, point.rule(now)?, now)),
    };
    Ok(Found {
        service: bookable.ok_or(Refusal::LookAgain)?.name,
        date: shanghai_date(record.starts_at),
        visit: releasing::furthest(&visits).ok_or(Problem::NotFound)?,
        read_as,
        claim: claim.with(read_as).sealed(app, SEAL),
    })
}

/// What came of the second press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The booking is ended, for those who hold it as chosen.
    Ended,
    /// It had ended; that the person disowns it stands in its record.
    Noted,
}

/// Ends what was found: its people can book again at once, and its place comes back as after a cancellation; where it goes on
/// for those who hold it, only whoever stands here can. Who is in a hall with it has left by then. What another whom it names has
/// had ended unseen is ended for this person too, and shows no difference; of what reads as ended it is written down that they
/// disown it.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::LookAgain`] for what somebody else found, or too long ago; [`Refusal::ReadInFull`]; a
/// field error at `tell` where it would go on as something else by now than the clerk has read;
/// [`shared::appointments::Refusal::BookingEnded`] where it was found standing and stands no more, [`Refusal::ServedAlready`] where it was served.
pub async fn release(
    app: &App,
    staff: &Staff,
    claim: &str,
    (reason, telling): (PlainWords, Telling),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let now = kept(now);
    let claim: Claim<ReadAs> = Claim::open(app, SEAL, (claim, staff), now)?;
    by_card::only_from_card(app, staff, claim.reference, now).await?;
    let ending = |at_desk| Ending { actor: staff.actor(), reason, telling, at_desk };
    let (reference, person) = (claim.reference, claim.person);
    match claim.of {
        ReadAs::Standing(read_as) => {
            let ending = ending(Some(AtDesk { person, read_as }));
            releasing::release(app, app.bookable(), reference, &ending, now).await?;
            Ok(Done::Ended)
        }
        ReadAs::Cancelled | ReadAs::Released => {
            disown::disown(app, (reference, &person), &ending(None), now).await?;
            Ok(Done::Noted)
        }
    }
}
