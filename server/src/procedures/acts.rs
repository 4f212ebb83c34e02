//! What is done to a case, by the office, the family and the clock.

mod writing;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::field::{FieldErrors, Reason};
use shared::identity::Phone;
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use shared::procedures::{Act, ActName, Actor, CaseId, Outcome, Procedure, Refusal, Typed};
use shared::staff::{Right, StaffId};
use sqlx::AnyConnection;

use super::cases::{self, FamilyCase, OfficeCase};
use super::contents::Contents;
use super::family::Family;
use super::replay::ASSIGNED;
use super::store::{self, Stored};
use super::{kept, may, may_in, messages, rules};
use crate::app::App;
use crate::audit::{self, Actor as Recorded, Event};
use crate::database::sql::sql;
use crate::error::Error;
use crate::staff::authority::Staff;
use crate::staff::roles;
pub(super) use writing::{Doing, Writing, write};

/// Does something to a case as it was `seen`. What is proposed gets its hash here, whatever the act says. Who enters at the
/// counter that what was asked for has come does it with [`Act::Supply`].
///
/// # Errors
/// [`shared::procedures::Refusal`]; [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`]; a field error at `said` where a refusal, a
/// sending back or a reopening has no words; [`Problem::Malformed`] for [`Act::Correct`] and [`Act::Pass`], which are [`correct`] and
/// [`pass`], and for a field or paper that the procedure does not know.
pub async fn act(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    seen: u32,
    act: Act,
    said: Option<&str>,
    now: DateTime<Utc>,
) -> Result<OfficeCase, Error> {
    may(staff, right(act.name()))?;
    let said = match said.map(str::trim).filter(|said| !said.is_empty()) {
        Some(said) => Some(words(said)?),
        None if needs_words(&act) => return Err(FieldErrors::one("said", Reason::Missing(PlainWords::ASKED)).into()),
        None => None,
    };
    let doing = match act {
        Act::Correct | Act::Pass => return Err(Problem::Malformed.into()),
        Act::Supply => Doing::Supply(Typed::new()),
        act => Doing::Act(act),
    };
    by_staff(app, staff, (id, seen), (doing, said), now).await
}

/// Puts answers right, with a reason; what was proposed is void.
///
/// # Errors
/// As [`act`], and at the ids of fields.
pub async fn correct(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    seen: u32,
    typed: &Typed,
    said: &str,
    now: DateTime<Utc>,
) -> Result<OfficeCase, Error> {
    may(staff, right(ActName::Correct))?;
    by_staff(app, staff, (id, seen), (Doing::Correct(typed.clone()), Some(words(said)?)), now).await
}

/// Passes a case on to a relative, since the applicant has died: of `typed` the answers of the applicant's own page count, all of
/// them. Nothing else changes; what was proposed or decided is signed anew, the keys of before are dead, and both phones are told.
///
/// # Errors
/// As [`act`], and at the ids of fields.
pub async fn pass(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    seen: u32,
    typed: &Typed,
    said: &str,
    now: DateTime<Utc>,
) -> Result<OfficeCase, Error> {
    may(staff, right(ActName::Pass))?;
    by_staff(app, staff, (id, seen), (Doing::Pass(typed.clone()), Some(words(said)?)), now).await
}

/// Hands in what was asked for: of `typed` the fields that were asked for count.
///
/// # Errors
/// [`shared::procedures::Refusal`]; [`Problem::Unauthorized`] once the case passed on to a relative; at the ids of fields.
pub async fn supply(
    app: &App,
    family: &Family,
    seen: u32,
    typed: &Typed,
    now: DateTime<Utc>,
) -> Result<FamilyCase, Error> {
    by_family(app, family, seen, Doing::Supply(typed.clone()), now).await
}

/// Takes the application back.
///
/// # Errors
/// [`shared::procedures::Refusal`]; [`Problem::Unauthorized`] once the case passed on to a relative.
pub async fn withdraw(app: &App, family: &Family, seen: u32, now: DateTime<Utc>) -> Result<FamilyCase, Error> {
    by_family(app, family, seen, Doing::Act(Act::Withdraw), now).await
}

/// Whose a case was before it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Had {
    Whoever,
    /// Somebody or nobody, as whoever gives it saw.
    Seen(Option<StaffId>),
}

/// Gives a case to somebody who works on cases, or to nobody, whoever has it.
///
/// # Errors
/// As [`give`], but for the last.
pub async fn assign(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    to: Option<&StaffId>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    give(app, staff, (id, Had::Whoever), to, now).await
}

/// The same where it is still whose it was.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`], also for the id of nobody who works on cases; [`Refusal::Erased`];
/// [`Refusal::GivenMeanwhile`].
pub async fn give(
    app: &App,
    staff: &Staff,
    (id, had): (&CaseId, Had),
    to: Option<&StaffId>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    // Who signs takes what they sign, and who reviews gives out the work.
    may(staff, Right::ReviewCases).or_else(|_| may(staff, Right::DecideCases))?;
    let now = kept(now);
    works(app, to, now).await?;
    let assigning = Assigning { id: id.clone(), had, to: to.cloned(), by: staff.actor(), now };
    staff.write(app, assigning, write_assigned).await
}

/// Whether somebody, where it is anybody, works on cases.
///
/// # Errors
/// [`Problem::NotFound`].
pub(super) async fn works(app: &App, person: Option<&StaffId>, now: DateTime<Utc>) -> Result<(), Error> {
    let Some(person) = person else { return Ok(()) };
    let grants = roles::of(app, person).await?;
    let works = |right| may_in(grants.iter().filter(|grant| grant.holds(now)), right);
    if works(Right::ReviewCases) || works(Right::DecideCases) { Ok(()) } else { Err(Problem::NotFound.into()) }
}

/// What an act asks of whoever does it.
pub(super) fn right(act: ActName) -> Right {
    match act {
        ActName::Approve | ActName::SendBack => Right::DecideCases,
        ActName::Accept
        | ActName::AcceptBySilence
        | ActName::Review
        | ActName::Ask
        | ActName::Supply
        | ActName::Correct
        | ActName::Propose
        | ActName::Lapse
        | ActName::Withdraw
        | ActName::Pass
        | ActName::Close
        | ActName::Reopen => Right::ReviewCases,
    }
}

/// What is not done without a word: whoever it is about reads it, or a colleague has to understand it.
fn needs_words(act: &Act) -> bool {
    matches!(act, Act::Propose { outcome: Outcome::Refused, .. } | Act::SendBack | Act::Reopen)
}

/// Characters of a ground or reason.
const LONGEST: usize = 500;

fn words(said: &str) -> Result<String, Error> {
    let words = PlainWords::of(PlainWords::ASKED, LONGEST, said).map_err(|reason| FieldErrors::one("said", reason))?;
    Ok(words.as_str().to_owned())
}

async fn by_staff(
    app: &App,
    staff: &Staff,
    (id, seen): (&CaseId, u32),
    (doing, said): (Doing, Option<String>),
    now: DateTime<Utc>,
) -> Result<OfficeCase, Error> {
    let now = kept(now);
    let stored = one(app, id).await?;
    // What a family brings to the counter is the family's, whoever enters it.
    let by = match doing {
        Doing::Supply(_) => Actor::Family,
        _ => Actor::Office(staff.person().clone()),
    };
    let offered = rules::of(app, &stored).await?;
    let writing = Writing {
        silent: silent(app, (&offered.procedure, &stored), &doing)?,
        app: app.clone(),
        offered,
        id: id.clone(),
        seen,
        by,
        recorded: staff.actor(),
        holder: None,
        doing,
        said,
        now,
    };
    staff.write(app, writing, write).await?;
    app.outbox_wakes();
    // What comes back is the case, so it counts as a look, whatever the family reads of the act.
    cases::one(app, staff, id, now).await.map_err(Error::after_a_write)
}

async fn by_family(
    app: &App,
    family: &Family,
    seen: u32,
    doing: Doing,
    now: DateTime<Utc>,
) -> Result<FamilyCase, Error> {
    let now = kept(now);
    let stored = one(app, family.id()).await?;
    let offered = rules::of(app, &stored).await?;
    let writing = Writing {
        silent: silent(app, (&offered.procedure, &stored), &doing)?,
        app: app.clone(),
        offered,
        id: stored.id,
        seen,
        by: Actor::Family,
        recorded: Recorded::Holder,
        holder: Some(family.clone()),
        doing,
        said: None,
        now,
    };
    app.database().write_with(writing, write).await?;
    cases::of_family(app, family, now).await.map_err(Error::after_a_write)
}

/// The phones that are told nothing of this: those abroad to which the day's budget has no text left. Counted before it is written,
/// since what is written may be tried again.
fn silent(app: &App, (procedure, stored): (&Procedure, &Stored), doing: &Doing) -> Result<Vec<Phone>, Error> {
    let changed = match doing {
        Doing::Correct(typed) | Doing::Supply(typed) | Doing::Pass(typed) => Some(typed),
        Doing::Act(Act::Ask { .. } | Act::Approve { .. } | Act::Reopen) => None,
        Doing::Act(_) => return Ok(Vec::new()),
    };
    let mut contents = Contents::open(app.keys(), stored.id.as_str(), &stored.sealed)?;
    let before = messages::phone(app, procedure, &contents.typed);
    if let Some(typed) = changed {
        contents.lay_over(typed);
    }
    let after = messages::phone(app, procedure, &contents.typed).filter(|phone| before.as_ref() != Some(phone));
    let phones = before.iter().chain(&after);
    Ok(phones.filter(|phone| !app.limits().text_of_case(phone)).cloned().collect())
}

async fn one(app: &App, id: &CaseId) -> Result<Stored, Error> {
    Ok(store::one(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?)
}

/// Whose a case becomes.
pub(super) struct Assigning {
    pub id: CaseId,
    pub had: Had,
    pub to: Option<StaffId>,
    pub by: Recorded,
    pub now: DateTime<Utc>,
}

impl Had {
    pub(super) fn is_so(&self, stored: &Stored) -> bool {
        match self {
            Self::Whoever => true,
            Self::Seen(person) => stored.assigned_to == *person,
        }
    }
}

pub(super) async fn write_assigned(connection: &mut AnyConnection, assigning: &Assigning) -> Result<(), Error> {
    let Assigning { id, had, to, by, now } = assigning;
    let stored = store::keep(connection, id).await?.ok_or(Problem::NotFound)?;
    if stored.erased_at.is_some() {
        return Err(Refusal::Erased.into());
    }
    if stored.assigned_to == *to {
        return Ok(());
    }
    if !had.is_so(&stored) {
        return Err(Refusal::GivenMeanwhile.into());
    }
    let statement = "update procedure_case set assigned_to = $1 where id = $2";
    let person = to.as_ref().map(|person| person.as_str().to_owned());
    sql(statement, [person.into(), id.as_str().into()]).execute(&mut *connection).await?;
    let stream = store::stream(id);
    let event = Event { stream: &stream, actor: by.clone(), act: ASSIGNED, detail: json!({ "to": to }) };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?)
}
