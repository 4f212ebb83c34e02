//! A case as the family and as the office see it.

mod answers;
mod offices;
mod reveal;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use shared::calendar::{Deadline, shanghai_date};
use shared::eligibility::verdict::Verdict;
use shared::problem::Problem;
use shared::procedures::{Act, ActName, Actor, Alert, CaseId, CaseReference, Outcome, State, StateName};
use shared::staff::{Right, StaffId};

use super::contents::Contents;
use super::family::{self, Family};
use super::files::{self, Handed, Owner};
use super::looks::{self, Look, NewLook, Seen};
use super::messages::{self, News};
use super::replay::{self, Acted};
use super::store::{self, Stored};
use super::{acts, alike, apart, clock, cosign, kept, may, once, rules, usual};
use crate::app::App;
use crate::error::Error;
use crate::policy::Offered;
use crate::staff::authority::Staff;
pub use answers::Answer;
use answers::{answers, papers};
pub use reveal::reveal;

pub use super::alike::{Alike, Likeness};
pub use super::messages::Texts;
pub use super::queue::{Page, Queue, Row, queue};
pub use super::usual::Usual;

/// Who did something, as the family reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Office,
    Family,
    Clock,
}

/// One line of what happened; that it was handed in is not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub at: DateTime<Utc>,
    pub act: ActName,
    pub side: Side,
    /// Who of the office did it; none for the family's eyes.
    pub by: Option<StaffId>,
    /// The ground or reason that was given with it.
    pub said: Option<String>,
}

/// A case as the family sees it. `Debug` shows its reference alone.
#[derive(Clone)]
pub struct FamilyCase {
    pub id: CaseId,
    pub reference: CaseReference,
    pub offered: Arc<Offered>,
    pub state: State,
    pub version: u32,
    /// Ids of fields and papers that the family was asked for and has not handed in yet.
    pub asked_items: Vec<String>,
    /// Ids of papers that are needed by what was answered.
    pub papers: Vec<String>,
    /// What was handed in of papers, each one's in their order.
    pub files: Vec<Handed>,
    /// Where a text sets a time that runs now.
    pub latest_on: Option<Deadline>,
    /// How long such cases took, where enough of them were decided.
    pub usual: Option<Usual>,
    pub looks: Vec<Look>,
    /// The oldest first.
    pub history: Vec<Done>,
    /// The ground of a decision, in the office's words.
    pub ground: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    /// The day whose rules count, where it was answered.
    pub counts_on: Option<NaiveDate>,
    /// Ids of the consents that were given and stand; each can be taken back.
    pub consents: Vec<String>,
    /// Whether what it names was granted in another case while this one is open; told to whoever proved the phone alone, or a number
    /// that somebody guessed would tell of another family.
    pub granted_elsewhere: bool,
    pub receipt: String,
    pub submitted_at: DateTime<Utc>,
    /// What it said of people is no more.
    pub is_erased: bool,
    pub texts: Texts,
}

/// Another open or granted case with the same value where one is granted once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    pub id: CaseId,
    pub reference: CaseReference,
    pub state: StateName,
    pub granted: bool,
    pub submitted_at: DateTime<Utc>,
}

/// A case as the office sees it, with its answers masked. `Debug` shows its reference alone.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct OfficeCase {
    pub id: CaseId,
    pub reference: CaseReference,
    pub offered: Arc<Offered>,
    pub state: State,
    pub version: u32,
    pub submitted_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub filed_by: Option<StaffId>,
    pub proposed_by: Option<StaffId>,
    pub approved_by: Option<StaffId>,
    pub assigned_to: Option<StaffId>,
    /// In the order of the form, without what was left out.
    pub answers: Vec<Answer>,
    /// Ids of papers that are needed by what was answered.
    pub papers: Vec<String>,
    /// What was handed in of papers, each one's in their order.
    pub files: Vec<Handed>,
    /// Ids of fields and papers that were asked for and have not come yet.
    pub asked_items: Vec<String>,
    /// Whether texts go to the applicant's phone.
    pub is_reached: bool,
    /// Whether the one time of asking is used.
    pub was_asked: bool,
    /// Whether it counted as accepted since nobody looked at it in time, so that nothing is asked for.
    pub was_silent: bool,
    /// What the rules make of the answers; none where they are not in force on the day that counts.
    pub verdict: Option<Verdict>,
    /// The day whose rules count, where it was answered.
    pub counts_on: Option<NaiveDate>,
    /// By when it was to be claimed, where a text says so.
    pub claim_ends: Option<Deadline>,
    pub latest_on: Option<Deadline>,
    pub alert: Option<Alert>,
    pub rivals: Vec<Rival>,
    /// Others that name the same account, phone or person.
    pub alike: Vec<Alike>,
    /// How many there are beside these.
    pub more_rivals: i64,
    /// What this person may do now.
    pub may: Vec<ActName>,
    /// Whether its sum asks for a further signature before the second one, and whether this person may give it.
    pub needs_cosign: bool,
    pub may_cosign: bool,
    /// The oldest first.
    pub history: Vec<Done>,
    pub looks: Vec<Look>,
    /// What the second signature has to name; none where nothing is proposed.
    pub proposal_hash: Option<String>,
    pub receipt: String,
    /// Since when what it said of people is no more.
    pub erased_at: Option<DateTime<Utc>>,
}

/// A family's own case.
///
/// # Errors
/// [`Problem::Unauthorized`] for an unknown reference and for a wrong token alike.
pub async fn for_family(
    app: &App,
    reference: CaseReference,
    token: &str,
    now: DateTime<Utc>,
) -> Result<FamilyCase, Error> {
    of_family(app, &family::by_token(app, reference, token).await?, now).await
}

/// The case of whoever proved that it is theirs.
pub(super) async fn of_family(app: &App, family: &Family, now: DateTime<Utc>) -> Result<FamilyCase, Error> {
    let mut connection = app.database().instant().await?;
    let stored = family.opens(store::one(&mut connection, family.id()).await?)?;
    let acts = replay::acts(&mut connection, &stored.id).await?;
    let looks = looks::of(&mut connection, app.keys(), &stored.id).await?;
    let usual = usual::of(&mut connection, (&stored.region, &stored.procedure), now).await?;
    let was_told = messages::was_told(&mut connection, &stored.id, News::Submitted).await?;
    // Looked for whoever asks, so that no answer takes longer than another.
    let granted = once::rivals(&mut connection, &stored.id).await?.iter().any(|rival| rival.granted);
    drop(connection);
    let offered = rules::of(app, &stored).await?;
    let contents = Contents::open(app.keys(), stored.id.as_str(), &stored.sealed)?;
    let phone = messages::phone(app, &offered.procedure, &contents.typed);
    let ground = proposal_of(&stored, &acts).and_then(|version| contents.said_at(version)).map(str::to_owned);
    let looks = offices::of_looks(app, looks).await?;
    let (procedure, today) = (&offered.procedure, shanghai_date(now));
    Ok(FamilyCase {
        papers: papers(procedure, &procedure.check(&contents.typed, today).household, today),
        counts_on: procedure.counts_on(&contents.typed),
        consents: procedure.consents(&contents.typed).map(|(field, _)| field.id.clone()).collect(),
        files: files::list(app, &Owner::Case(stored.id.clone())).await?,
        reference: stored.reference,
        offered,
        state: stored.state().clone(),
        version: stored.version(),
        asked_items: asked_items(&stored, &acts),
        latest_on: latest_on(&stored),
        usual,
        looks,
        history: history(&acts, &contents, Eyes::Family),
        ground,
        decided_at: stored.standing.decided_at,
        granted_elsewhere: granted && family.has_phone() && stored.state().is_open(),
        receipt: stored.receipt,
        submitted_at: stored.submitted_at,
        is_erased: stored.erased_at.is_some(),
        texts: Texts::of(phone.is_some(), was_told),
        id: stored.id,
    })
}

/// A case for somebody of the office; that they looked is written down and shown to the family.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`].
pub async fn one(app: &App, staff: &Staff, id: &CaseId, now: DateTime<Utc>) -> Result<OfficeCase, Error> {
    may(staff, Right::SeeCases)?;
    let look = NewLook {
        app: app.clone(),
        case: id.clone(),
        by: staff.person().clone(),
        seen: Seen::Case,
        is_fresh: staff.is_fresh(),
        at: kept(now),
    };
    staff.write(app, look, looks::write).await?;
    seen_by(app, staff, id, now).await
}

async fn seen_by(app: &App, staff: &Staff, id: &CaseId, now: DateTime<Utc>) -> Result<OfficeCase, Error> {
    let mut connection = app.database().instant().await?;
    let stored = store::one(&mut connection, id).await?.ok_or(Problem::NotFound)?;
    let acts = replay::acts(&mut connection, id).await?;
    let looks = looks::of(&mut connection, app.keys(), id).await?;
    let rivals = once::rivals(&mut connection, id).await?;
    let alike = alike::of(&mut connection, id).await?;
    let more_rivals = once::more(&mut connection, id, &rivals).await?;
    let pauses = store::pauses(&mut connection, id).await?;
    let mut can = possible(staff, &stored, kept(now));
    for act in [ActName::Propose, ActName::Approve] {
        let refused = apart::refusal(&mut connection, &stored, (staff.person(), act), kept(now)).await?;
        can.retain(|one| *one != act || refused.is_none());
    }
    drop(connection);
    let offered = rules::of(app, &stored).await?;
    let contents = Contents::open(app.keys(), id.as_str(), &stored.sealed)?;
    let (procedure, today) = (&offered.procedure, shanghai_date(now));
    let mut connection = app.database().read().await?;
    let needs_cosign = cosign::is_missing(&mut connection, (&stored, &contents), procedure).await?;
    let may_cosign = needs_cosign && cosign::is_for(&mut connection, staff, &stored, kept(now)).await?;
    drop(connection);
    can.retain(|act| *act != ActName::Approve || !needs_cosign);
    let clock = clock::office(procedure, &stored.standing, &pauses);
    let checked = procedure.check(&contents.typed, today);
    Ok(OfficeCase {
        reference: stored.reference,
        state: stored.state().clone(),
        version: stored.version(),
        submitted_at: stored.submitted_at,
        accepted_at: stored.standing.accepted_at,
        decided_at: stored.standing.decided_at,
        filed_by: stored.standing.case.filed_by().cloned(),
        proposed_by: stored.standing.proposed_by.clone(),
        approved_by: stored.standing.approved_by.clone(),
        assigned_to: stored.assigned_to.clone(),
        answers: answers(procedure, &contents),
        papers: papers(procedure, &checked.household, today),
        files: files::list(app, &Owner::Case(stored.id.clone())).await?,
        asked_items: asked_items(&stored, &acts),
        is_reached: messages::phone(app, procedure, &contents.typed).is_some(),
        was_asked: stored.standing.case.was_asked(),
        was_silent: stored.standing.case.was_silent(),
        verdict: checked.verdict().cloned(),
        counts_on: procedure.counts_on(&contents.typed),
        claim_ends: procedure.claim_ends(&contents.typed, app.calendar()),
        latest_on: latest_on(&stored),
        alert: clock.and_then(|clock| clock.alert(today, app.calendar())),
        rivals,
        alike,
        more_rivals,
        may: can,
        needs_cosign,
        may_cosign,
        history: history(&acts, &contents, Eyes::Office),
        looks,
        proposal_hash: proposal_hash(stored.state()),
        receipt: stored.receipt,
        erased_at: stored.erased_at,
        id: stored.id,
        offered,
    })
}

type Acts = [(DateTime<Utc>, Acted)];

/// Whose eyes something is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Eyes {
    Family,
    Office,
}

fn history(acts: &Acts, contents: &Contents, eyes: Eyes) -> Vec<Done> {
    let is_office = eyes == Eyes::Office;
    let done = acts.iter().zip(1..).map(|((at, acted), version)| Done {
        at: *at,
        act: acted.act.name(),
        side: match acted.by {
            Actor::Family => Side::Family,
            Actor::Office(_) => Side::Office,
            Actor::Clock => Side::Clock,
        },
        by: match &acted.by {
            Actor::Office(by) if is_office => Some(by.clone()),
            _ => None,
        },
        // What colleagues propose to each other is theirs until it is decided.
        said: contents.said_at(version).filter(|_| is_office || is_told(&acted.act)).map(str::to_owned),
    });
    done.filter(|done| is_office || is_shown(done.act)).collect()
}

/// Whether the family reads the words of an act.
fn is_told(act: &Act) -> bool {
    matches!(act, Act::Ask { .. } | Act::Reopen)
}

/// Whether the family reads of an act: what goes back and forth within the office before it is decided, they do not. That an answer
/// of theirs was changed, such as the account that is paid to, they do.
fn is_shown(act: ActName) -> bool {
    !matches!(act, ActName::Propose | ActName::SendBack | ActName::Lapse)
}

/// The version that the proposal made of which the decision came.
fn proposal_of(stored: &Stored, acts: &Acts) -> Option<u32> {
    if !matches!(stored.state(), State::Decided { .. } | State::Closed { .. }) {
        return None;
    }
    let last = acts.iter().rposition(|(_, acted)| acted.act.name() == ActName::Propose)?;
    u32::try_from(last + 1).ok()
}

fn asked_items(stored: &Stored, acts: &Acts) -> Vec<String> {
    if !matches!(stored.state(), State::Supplementing { .. }) {
        return Vec::new();
    }
    let asked = acts.iter().rev().find_map(|(_, acted)| match &acted.act {
        Act::Ask { items } => Some(items.clone()),
        _ => None,
    });
    asked.unwrap_or_default()
}

/// The time that a text promises to the family; until a case counts as accepted it is none of theirs.
fn latest_on(stored: &Stored) -> Option<Deadline> {
    stored.due.filter(|_| *stored.state() != State::Submitted)
}

fn proposal_hash(state: &State) -> Option<String> {
    match state {
        State::Proposed(proposal) => Some(proposal.hash.clone()),
        _ => None,
    }
}

/// What somebody may do to a case as it stands.
fn possible(staff: &Staff, stored: &Stored, now: DateTime<Utc>) -> Vec<ActName> {
    let office = Actor::Office(staff.person().clone());
    let hash = proposal_hash(stored.state()).unwrap_or_default();
    let acts = [
        (&office, Act::Accept),
        (&office, Act::Review),
        (&office, Act::Ask { items: vec![String::new()] }),
        // Papers that are brought to the counter.
        (&Actor::Family, Act::Supply),
        (&office, Act::Correct),
        (&office, Act::Propose { outcome: Outcome::Granted, hash: String::new() }),
        (&office, Act::Approve { hash }),
        (&office, Act::SendBack),
        (&office, Act::Pass),
        (&office, Act::Close),
        (&office, Act::Reopen),
    ];
    let case = &stored.standing.case;
    let is_possible = |by: &Actor, act: &Act| {
        stored.erased_at.is_none()
            && may(staff, acts::right(act.name())).is_ok()
            && case.take(case.version(), (by, act), now).is_ok()
    };
    acts.iter().filter(|(by, act)| is_possible(by, act)).map(|(_, act)| act.name()).collect()
}

impl OfficeCase {
    pub fn is_erased(&self) -> bool {
        self.erased_at.is_some()
    }
}

impl fmt::Debug for FamilyCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FamilyCase({}, hidden)", self.reference)
    }
}

impl fmt::Debug for OfficeCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OfficeCase({}, hidden)", self.reference)
    }
}
