//! Cases as programs of the office read them: people masked, instants in civil time.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use shared::calendar::{Deadline, shanghai};
use shared::eligibility::verdict::Status;
use shared::localised::Localised;
use shared::procedures::{ActName, Alert, CaseId, CaseReference, Outcome, State, StateName};
use shared::staff::StaffId;

use super::super::cases::decided;
use super::super::files::shown::FileShown;
use crate::procedures::cases::{Alike, Answer, Done, Likeness, OfficeCase, Page, Rival, Row, Side};
use crate::procedures::looks::Look;

/// One page of a queue.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CasePage {
    items: Vec<CaseListed>,
    /// The first one is 0.
    page: u32,
    /// Whether there is another one after it.
    more: bool,
}

/// A case in a list.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct CaseListed {
    id: CaseId,
    reference: CaseReference,
    procedure: String,
    /// Region whose rules it is decided by.
    region: String,
    name: Localised,
    /// Masked.
    applicant: String,
    state: StateName,
    version: u32,
    submitted_at: DateTime<FixedOffset>,
    /// The day by which it is decided, where a text sets a time that runs now.
    latest_on: Option<Deadline>,
    alert: Option<CaseAlert>,
    assigned_to: Option<StaffId>,
    /// Whether another case names the same where one is granted.
    rivals: bool,
}

/// A case in full, its answers masked; what does not belong to its state is null.
#[derive(Serialize, utoipa::ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::api::procedures) struct OfficeCaseShown {
    id: CaseId,
    reference: CaseReference,
    procedure: String,
    /// Region whose rules it is decided by.
    region: String,
    name: Localised,
    state: StateName,
    /// What is proposed, or what was decided.
    outcome: Option<Outcome>,
    version: u32,
    submitted_at: DateTime<FixedOffset>,
    accepted_at: Option<DateTime<FixedOffset>>,
    decided_at: Option<DateTime<FixedOffset>>,
    /// Who filled it in for the family, where somebody did.
    filed_by: Option<StaffId>,
    proposed_by: Option<StaffId>,
    approved_by: Option<StaffId>,
    assigned_to: Option<StaffId>,
    /// In the order of the form, without what was left out.
    answers: Vec<CaseAnswer>,
    /// Ids of papers that are needed by what was answered.
    papers: Vec<String>,
    /// What was handed in as files, each paper's in their order.
    files: Vec<FileShown>,
    /// Ids of fields and papers that were asked for and have not come yet.
    asked: Vec<String>,
    /// Whether the one time of asking is used.
    was_asked: bool,
    /// Whether it counted as accepted since nobody looked at it in time, so that nothing is asked for.
    was_silent: bool,
    /// What the rules make of the answers; it decides nothing.
    status: Option<Status>,
    /// The day by which it is decided, where a text sets a time that runs now.
    latest_on: Option<Deadline>,
    alert: Option<CaseAlert>,
    /// Other cases that name the same where one is granted; who came first has no right by that.
    rivals: Vec<CaseRival>,
    /// Other cases that are alike in something, the latest first; it is no ground for anything.
    alike: Vec<CaseAlike>,
    /// How many there are beside these: what was granted comes first, then who came first.
    more_rivals: i64,
    /// What whoever asks may do now.
    may: Vec<ActName>,
    /// The oldest first; that it was handed in is not among it.
    history: Vec<CaseDone>,
    looks: Vec<CaseLook>,
    /// What the second signature has to name.
    proposal_hash: Option<String>,
    /// Whether what stands proposed takes a further signature, which it does not have yet.
    needs_cosign: bool,
    /// Whether whoever asks may give it.
    may_cosign: bool,
    /// SHA-256 of what was handed in, in hexadecimal.
    receipt: String,
}

/// How much of the time is gone.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum CaseAlert {
    Half,
    /// Four fifths.
    Near,
    /// The last day is there.
    Due,
    /// The last day is over.
    Over,
}

#[derive(Serialize, utoipa::ToSchema)]
struct CaseAnswer {
    field: String,
    label: Localised,
    /// In words, masked where it names somebody or their money.
    shown: Localised,
    masked: bool,
    /// As it stood before it was changed, masked alike.
    before: Option<Localised>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct CaseRival {
    id: CaseId,
    reference: CaseReference,
    state: StateName,
    granted: bool,
    submitted_at: DateTime<FixedOffset>,
}

/// Another case that is alike.
#[derive(Serialize, utoipa::ToSchema)]
struct CaseAlike {
    id: CaseId,
    reference: CaseReference,
    state: StateName,
    submitted_at: DateTime<FixedOffset>,
    /// In what, without saying it.
    shares: Vec<CaseShares>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum CaseShares {
    /// The account that is paid to, for another applicant.
    Account,
    /// Whom it is about, with another certificate.
    About,
    /// The phone, of another applicant.
    Phone,
}

/// Something that was done to a case.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseDone {
    at: DateTime<FixedOffset>,
    act: ActName,
    side: CaseSide,
    /// Who of the office, for the office alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<StaffId>,
    /// The ground or reason that was given with it.
    said: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::api::procedures) enum CaseSide {
    Office,
    Family,
    /// The portal by itself, since a time has passed.
    Clock,
}

/// Somebody of the office looked.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseLook {
    at: DateTime<FixedOffset>,
    /// Who, for the office alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<StaffId>,
    /// From which office, for the family alone; left out where it was for the bureau as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<Localised>,
    /// The field that was read in full; null where the case was opened.
    field: Option<String>,
    /// In their words; null where nobody was read in full.
    why: Option<String>,
    /// The paper whose files were opened.
    paper: Option<String>,
}

impl From<Page<Row>> for CasePage {
    fn from(page: Page<Row>) -> Self {
        Self { items: page.rows.into_iter().map(CaseListed::from).collect(), page: page.page, more: page.has_more }
    }
}

impl From<Row> for CaseListed {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            reference: row.reference,
            procedure: row.procedure,
            region: row.region,
            name: row.name,
            applicant: row.applicant,
            state: row.state,
            version: row.version,
            submitted_at: shanghai(row.submitted_at),
            latest_on: row.due,
            alert: row.alert.map(CaseAlert::from),
            assigned_to: row.assigned_to,
            rivals: row.has_rivals,
        }
    }
}

impl From<OfficeCase> for OfficeCaseShown {
    fn from(case: OfficeCase) -> Self {
        let procedure = &case.offered.procedure;
        Self {
            id: case.id,
            reference: case.reference,
            procedure: procedure.id.clone(),
            region: case.offered.region.clone(),
            name: procedure.name(),
            state: case.state.name(),
            outcome: proposed(&case.state).or_else(|| decided(&case.state)),
            version: case.version,
            submitted_at: shanghai(case.submitted_at),
            accepted_at: case.accepted_at.map(shanghai),
            decided_at: case.decided_at.map(shanghai),
            filed_by: case.filed_by,
            proposed_by: case.proposed_by,
            approved_by: case.approved_by,
            assigned_to: case.assigned_to,
            answers: case.answers.into_iter().map(CaseAnswer::from).collect(),
            papers: case.papers,
            files: case.files.into_iter().map(FileShown::from).collect(),
            asked: case.asked_items,
            was_asked: case.was_asked,
            was_silent: case.was_silent,
            status: case.verdict.map(|verdict| verdict.status),
            latest_on: case.latest_on,
            alert: case.alert.map(CaseAlert::from),
            rivals: case.rivals.into_iter().map(CaseRival::from).collect(),
            alike: case.alike.into_iter().map(CaseAlike::from).collect(),
            more_rivals: case.more_rivals,
            may: case.may,
            history: case.history.into_iter().map(CaseDone::from).collect(),
            looks: case.looks.into_iter().map(CaseLook::from).collect(),
            proposal_hash: case.proposal_hash,
            needs_cosign: case.needs_cosign,
            may_cosign: case.may_cosign,
            receipt: case.receipt,
        }
    }
}

fn proposed(state: &State) -> Option<Outcome> {
    match state {
        State::Proposed(proposal) => Some(proposal.outcome),
        _ => None,
    }
}

impl From<Alert> for CaseAlert {
    fn from(alert: Alert) -> Self {
        match alert {
            Alert::Half => Self::Half,
            Alert::Near => Self::Near,
            Alert::Due => Self::Due,
            Alert::Over => Self::Over,
        }
    }
}

impl From<Answer> for CaseAnswer {
    fn from(answer: Answer) -> Self {
        Self {
            field: answer.field,
            label: answer.label,
            shown: answer.shown,
            masked: answer.is_masked,
            before: answer.before,
        }
    }
}

impl From<Rival> for CaseRival {
    fn from(rival: Rival) -> Self {
        Self {
            id: rival.id,
            reference: rival.reference,
            state: rival.state,
            granted: rival.granted,
            submitted_at: shanghai(rival.submitted_at),
        }
    }
}

impl From<Alike> for CaseAlike {
    fn from(alike: Alike) -> Self {
        let shares = alike.likeness.into_iter().map(|likeness| match likeness {
            Likeness::Account => CaseShares::Account,
            Likeness::About => CaseShares::About,
            Likeness::Phone => CaseShares::Phone,
        });
        Self {
            id: alike.id,
            reference: alike.reference,
            state: alike.state,
            submitted_at: shanghai(alike.submitted_at),
            shares: shares.collect(),
        }
    }
}

impl From<Done> for CaseDone {
    fn from(done: Done) -> Self {
        Self { at: shanghai(done.at), act: done.act, side: done.side.into(), by: done.by, said: done.said }
    }
}

impl From<Side> for CaseSide {
    fn from(side: Side) -> Self {
        match side {
            Side::Office => Self::Office,
            Side::Family => Self::Family,
            Side::Clock => Self::Clock,
        }
    }
}

impl From<Look> for CaseLook {
    fn from(look: Look) -> Self {
        Self {
            at: shanghai(look.at),
            by: look.by,
            office: look.office,
            field: look.field,
            why: look.why,
            paper: look.paper,
        }
    }
}
