//! What is kept of somebody who stands at the desk: found by the document that lies there, handed over as a copy, put right, or
//! erased before its time (个人信息保护法 art 45–47). Of whoever else a booking names, nothing is done and little shown.

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{AppointmentState, BookingReference, Refusal as NotBooked};
use shared::calendar::shanghai_date;
use shared::counter::{Press, Refusal, StateName, VisitId};
use shared::identity::{IdDocument, MaskedPerson, PersonName};
use shared::problem::Problem;
use shared::staff::Right;

use super::by::Hand;
use super::by_card::{self, Claim, may};
use super::copied::{self, Handed};
use super::press::{self, Pressed};
use super::{for_people, kept, office, releasing, store};
use crate::app::App;
use crate::appointments::attendees::Correction;
use crate::appointments::booking::correct::{self, Reading};
use crate::appointments::booking::{search, withheld};
use crate::appointments::{erasing, record};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::staff::authority::Staff;

const SEAL: &str = "own-data";
const CORRECTING: &str = "own-data-correction";

/// By what somebody is looked for.
pub struct Named {
    pub document: IdDocument,
    /// Needed for a passport, whose number is one person's only with it.
    pub born: Option<NaiveDate>,
    /// Where the number in the booking is not the one of the document: its reference, and the name on the document.
    pub mistyped: Option<(BookingReference, PersonName)>,
}

/// What is kept of the person in one booking, as those who hold it read it: whoever stands here may be the one who is not to learn
/// that the office has ended it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub service: [&'static str; 2],
    pub date: NaiveDate,
    pub stands: bool,
    /// Where somebody may open it who works here.
    pub visit: Option<VisitId>,
    /// It was found by a name, since its number is not that of the document: it is put right before all else.
    pub is_mistyped: bool,
    /// What the next press sends.
    pub claim: String,
}

/// What is found with a claim.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
enum How {
    ByNumber,
    /// With the number of the document.
    ByName(String),
}

/// All that is kept of the person, at whatever office. That somebody looked is recorded, whatever is found.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::TooManyLookups`], and nothing was looked for.
pub async fn find(app: &App, staff: &Staff, named: &Named, now: DateTime<Utc>) -> Result<Vec<Kept>, Error> {
    may(staff)?;
    let now = kept(now);
    by_card::ask(app, staff, now).await?;
    let mut found = Vec::new();
    if let Some((reference, name)) = &named.mistyped {
        by_card::name_not_read(app, staff, *reference, now).await?;
        let person = search::of_name(app, &staff.actor(), *reference, name, now).await?;
        let how = How::ByName(named.document.as_str().to_owned());
        found.extend(person.map(|person| (*reference, person, how)));
    } else {
        for bookable in app.bookable() {
            let of = (named.document.as_str(), named.born);
            let all = search::all_of_document(app, &staff.actor(), bookable, of, now).await?;
            found.extend(all.into_iter().map(|(reference, person)| (reference, person, How::ByNumber)));
        }
    }
    let mut read = Vec::new();
    for (reference, person, how) in found {
        read.push(as_held(app, staff, Claim::new((reference, person), how, staff, now), now).await?);
    }
    Ok(read)
}

async fn as_held(app: &App, staff: &Staff, claim: Claim<How>, now: DateTime<Utc>) -> Result<Kept, Error> {
    let mut connection = app.database().read().await?;
    let record = record::by_reference(&mut connection, claim.reference).await?.ok_or(Refusal::LookAgain)?;
    let office = office::of_place(&mut connection, &record.place).await?;
    let opens = staff.may(Right::SeeDay, &office::at(&office, &record.place)).is_ok();
    let record = withheld::as_held(&mut connection, record, now).await?;
    drop(connection);
    let bookable = app.bookable_of(&record.service);
    Ok(Kept {
        service: bookable.ok_or(Refusal::LookAgain)?.name,
        date: shanghai_date(record.starts_at),
        stands: record.state.observed(now, record.starts_at) == AppointmentState::Booked,
        visit: VisitId::parse(record.id.as_str()).ok().filter(|_| opens),
        is_mistyped: matches!(claim.of, How::ByName(_)),
        claim: claim.sealed(app, SEAL),
    })
}

/// What a claim is for, for a page that is drawn once more.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::LookAgain`].
pub async fn again(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<Kept, Error> {
    let found = as_held(app, staff, Claim::open(app, SEAL, (claim, staff), now)?, now).await?;
    Ok(Kept { claim: claim.to_owned(), ..found })
}

/// A copy for whoever stands there, of what was found. That it was taken is recorded.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::LookAgain`]; [`Refusal::ReadInFull`];
/// [`shared::appointments::Refusal::Erased`].
pub async fn copy(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<Handed, Error> {
    let (claim, now) = (claimed(app, staff, claim, now).await?, kept(now));
    copied::at_desk(app, (claim.reference, &claim.person), &staff.actor(), now).await
}

/// Erases what is kept of whoever stands there in a booking that is over, and nothing of anybody else.
///
/// # Errors
/// As [`copy`]; [`Refusal::StillNeeded`].
pub async fn erase(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let (claim, now) = (claimed(app, staff, claim, now).await?, kept(now));
    erasing::erase_one_of(app, (claim.reference, &claim.person), &staff.actor(), now).await
}

/// What was found by the number of the document: of a booking found by a name nothing is given or taken.
async fn claimed(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<Claim<How>, Error> {
    let claim: Claim<How> = Claim::open(app, SEAL, (claim, staff), now)?;
    if matches!(claim.of, How::ByName(_)) {
        return Err(Refusal::LookAgain.into());
    }
    by_card::only_from_card(app, staff, claim.reference, now).await?;
    Ok(claim)
}

/// A correction before it is made.
pub struct Reviewed {
    /// As a list shows them.
    pub before: MaskedPerson,
    pub after: PutRight,
    /// What the second press sends.
    pub claim: String,
}

/// What will stand where it was wrong, in full: it is held against the document before it is made. Nothing of what stays.
pub struct PutRight {
    pub name: Option<String>,
    /// Grouped for the eye.
    pub id_number: Option<String>,
    /// In groups, as it is read out.
    pub phone: Option<String>,
}

/// A correction that was read, and the one press that makes it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Correcting {
    correction: Correction,
    press: Press,
}

/// Reads what was typed for a correction. The document has to bear either the number or the name of the booking: whoever agrees in
/// neither is somebody else. So the number is put right only where the booking was found by the name, and never both of one person.
///
/// # Errors
/// As [`copy`]; [`NotBooked::BookingEnded`] also where it was served; [`Refusal::EndedUntold`]; field errors.
pub async fn review(
    app: &App,
    staff: &Staff,
    (claim, name, phone): (&str, &str, &str),
    now: DateTime<Utc>,
) -> Result<Reviewed, Error> {
    let claim: Claim<How> = Claim::open(app, SEAL, (claim, staff), now)?;
    by_card::only_from_card(app, staff, claim.reference, now).await?;
    let correction = match &claim.of {
        How::ByNumber => Correction { name: name.to_owned(), phone: phone.to_owned(), ..Correction::default() },
        How::ByName(number) => Correction { id_number: number.clone(), ..Correction::default() },
    };
    let read = correct::read(app, (claim.reference, &claim.person), &correction, now).await?;
    still_comes(app, &read).await?;
    let before = read.before.listed().into_iter().nth(read.place).ok_or(Problem::NotFound)?;
    let after = read.after.in_full().into_iter().nth(read.place).ok_or(Problem::NotFound)?;
    let after = PutRight {
        name: read.changes.name.then_some(after.name),
        id_number: after.id_number.filter(|_| read.changes.number),
        phone: read.changes.phone.then_some(after.phone),
    };
    let press = Press::parse(&new_id()).map_err(|_| Problem::Internal)?;
    let claim = claim.with(Correcting { correction, press }).sealed(app, CORRECTING);
    Ok(Reviewed { before, after, claim })
}

/// Makes a correction that was read. The time is kept, and the phones of before and of now are told. The same press again, also at
/// the same instant, changes nothing more and is answered the same.
///
/// # Errors
/// As [`review`]; [`Refusal::NumberBooked`]; [`Refusal::TextsAbroad`].
pub async fn correct(app: &App, staff: &Staff, claim: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let now = kept(now);
    let claim: Claim<Correcting> = Claim::open(app, CORRECTING, (claim, staff), now)?;
    let Correcting { correction, press } = &claim.of;
    let of = (claim.reference, &*claim.person);
    let pressed = Pressed::new(app.keys(), &Hand::of(staff), press, &("correct", claim.reference.as_str()), now);
    let correcting = async || {
        let read = correct::read(app, of, correction, now).await?;
        still_comes(app, &read).await?;
        for_people::texts_can_go(app, &*read.after)?;
        correct::correct(app, of, (correction, read), (&staff.actor(), &pressed), now).await.map(|()| ((), None))
    };
    press::once(app, &pressed, correcting).await.map(|((), _)| ())
}

/// Whoever was served, did not come or has gone has nothing left to be put right for.
async fn still_comes(app: &App, read: &Reading) -> Result<(), Error> {
    let id = VisitId::parse(read.id().as_str()).map_err(|_| Problem::NotFound)?;
    let visits = store::along(&mut *app.database().read().await?, &id).await?;
    match releasing::furthest(&visits) {
        Some(StateName::Finished | StateName::NoShow | StateName::Left | StateName::Redirected) => {
            Err(NotBooked::BookingEnded.into())
        }
        _ => Ok(()),
    }
}
