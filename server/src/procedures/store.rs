//! A case as the database holds it.

use chrono::{DateTime, NaiveDate, Utc};
use shared::calendar::Deadline;
use shared::locale::Locale;
use shared::procedures::{Act, Actor, Case, CaseId, CaseReference, Past, Pause, Refusal, State};
use shared::staff::StaffId;
use sqlx::{AnyConnection, any::AnyRow};

use super::clock::Times;
use crate::audit::{self, ChainedEvent, Head};
use crate::database::{
    DatabaseError,
    sql::{Value, bytes, flag, instant, int, maybe_instant, maybe_text, sql, sql_list, text, word},
};

/// What acts have made of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub case: Case,
    /// Whose proposal stands.
    pub proposed_by: Option<StaffId>,
    pub approved_by: Option<StaffId>,
    /// When the papers last came.
    pub received_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub asked_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub changed_at: DateTime<Utc>,
}

impl Standing {
    /// As it is handed in.
    pub fn submitted(filed_by: Option<StaffId>, at: DateTime<Utc>) -> Self {
        Self {
            case: Case::submitted(filed_by),
            proposed_by: None,
            approved_by: None,
            received_at: at,
            accepted_at: None,
            asked_at: None,
            decided_at: None,
            changed_at: at,
        }
    }

    /// Does something to the case as it was `seen`.
    ///
    /// # Errors
    /// Those of [`Case::take`].
    pub fn after(&self, seen: u32, (by, act): (&Actor, &Act), now: DateTime<Utc>) -> Result<Self, Refusal> {
        let mut next = Self { case: self.case.take(seen, (by, act), now)?, changed_at: now, ..self.clone() };
        match act {
            Act::Accept => next.accepted_at = Some(now),
            // It counts as accepted on the day on which the papers came (行政许可法 第三十二条).
            Act::AcceptBySilence => next.accepted_at = Some(self.received_at),
            Act::Ask { .. } => next.asked_at = Some(now),
            Act::Supply => next.received_at = now,
            Act::Approve { .. } => next.decided_at = Some(now),
            // Its time begins anew.
            Act::Reopen => (next.accepted_at, next.decided_at) = (Some(now), None),
            Act::Pass if self.decided_at.is_some() => (next.accepted_at, next.decided_at) = (Some(now), None),
            Act::Review
            | Act::Correct
            | Act::Propose { .. }
            | Act::SendBack
            | Act::Lapse
            | Act::Withdraw
            | Act::Pass
            | Act::Close => {}
        }
        match (next.case.state(), by) {
            (State::Proposed(proposal), _) => (next.proposed_by, next.approved_by) = (Some(proposal.by.clone()), None),
            (State::Decided { .. }, Actor::Office(by)) => next.approved_by = Some(by.clone()),
            (State::Decided { .. } | State::Closed { .. }, _) => {}
            _ => (next.proposed_by, next.approved_by) = (None, None),
        }
        Ok(next)
    }

    pub fn state(&self) -> &State {
        self.case.state()
    }
}

/// A case with all that its row says.
#[derive(Clone)]
pub(super) struct Stored {
    pub id: CaseId,
    pub reference: CaseReference,
    pub region: String,
    pub procedure: String,
    pub rules_hash: String,
    pub standing: Standing,
    pub phone_index: Option<String>,
    pub applicant_index: Option<String>,
    /// How often it was passed on to a relative.
    pub passed: u32,
    pub erased_at: Option<DateTime<Utc>>,
    pub locale: Locale,
    pub assigned_to: Option<StaffId>,
    pub submitted_at: DateTime<Utc>,
    /// The last day of the time that runs.
    pub due: Option<Deadline>,
    pub sealed: Vec<u8>,
    pub receipt: String,
    pub head: Head,
}

impl Stored {
    pub fn state(&self) -> &State {
        self.standing.state()
    }

    pub fn version(&self) -> u32 {
        self.standing.case.version()
    }
}

/// The stream of a case.
pub(super) fn stream(id: &CaseId) -> String {
    format!("case:{id}")
}

/// What [`read`] reads of a case `c`.
macro_rules! columns {
    () => {
        "c.id, c.reference, c.region, c.procedure, c.rules_hash, c.version, c.state_json, c.phone_index, c.applicant_index, \
         c.passed_times, c.silent, c.erased_at, c.locale, c.filed_by, c.proposed_by, c.approved_by, c.assigned_to, c.submitted_at, \
         c.received_at, c.accepted_at, c.asked_at, c.decided_at, c.due_on, c.provisional, c.changed_at, c.sealed, c.receipt, c.audit_length, c.audit_head"
    };
}
pub(super) use columns;

/// A statement that [`read`] can read.
macro_rules! cases {
    ($rest:literal) => {
        concat!("select ", columns!(), " from procedure_case c ", $rest)
    };
}

pub(super) async fn one(connection: &mut AnyConnection, id: &CaseId) -> Result<Option<Stored>, DatabaseError> {
    let row = sql(cases!("where c.id = $1"), [id.as_str().into()]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn by_reference(
    connection: &mut AnyConnection,
    reference: CaseReference,
) -> Result<Option<Stored>, DatabaseError> {
    let row = sql(cases!("where c.reference = $1"), [reference.as_str().into()]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Keeps the row of a case to itself until the end of the transaction.
pub(super) async fn keep(connection: &mut AnyConnection, id: &CaseId) -> Result<Option<Stored>, DatabaseError> {
    let statement = "update procedure_case set version = version where id = $1";
    sql(statement, [id.as_str().into()]).execute(&mut *connection).await?;
    one(connection, id).await
}

/// A case that is handed in.
pub(super) struct NewCase {
    pub stored: Stored,
    pub times: Times,
    pub key: Option<(String, String)>,
}

/// Writes a new case, whose event is written beside it.
pub(super) async fn insert(connection: &mut AnyConnection, new: &NewCase) -> Result<(), DatabaseError> {
    let statement = "insert into procedure_case (id, reference, region, procedure, rules_hash, phone_index, applicant_index, \
         locale, filed_by, submitted_at, receipt, request_key, request_body, state, version, state_json, proposed_by, \
         approved_by, assigned_to, received_at, accepted_at, asked_at, decided_at, due_on, provisional, alert_on, lapses_at, \
         changed_at, sealed, audit_length, audit_head) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)";
    let NewCase { stored, times, key } = new;
    let mut values: Vec<Value> = vec![
        stored.id.as_str().into(),
        stored.reference.as_str().into(),
        stored.region.as_str().into(),
        stored.procedure.as_str().into(),
        stored.rules_hash.as_str().into(),
        stored.phone_index.clone().into(),
        stored.applicant_index.clone().into(),
        stored.locale.tag().into(),
        named(stored.standing.case.filed_by()),
        stored.submitted_at.into(),
        stored.receipt.as_str().into(),
        key.as_ref().map(|(key, _)| key.clone()).into(),
        key.as_ref().map(|(_, body)| body.clone()).into(),
    ];
    values.extend(changing(stored, times));
    sql_list(statement, values).execute(connection).await?;
    Ok(())
}

/// Writes a case as acts have made it.
pub(super) async fn save(connection: &mut AnyConnection, stored: &Stored, times: &Times) -> Result<(), DatabaseError> {
    let statement = "update procedure_case set state = $2, version = $3, state_json = $4, proposed_by = $5, approved_by = $6, \
         assigned_to = $7, received_at = $8, accepted_at = $9, asked_at = $10, decided_at = $11, due_on = $12, \
         provisional = $13, alert_on = $14, lapses_at = $15, changed_at = $16, sealed = $17, audit_length = $18, \
         audit_head = $19, phone_index = $20, applicant_index = $21, passed_times = $22, silent = $23 where id = $1";
    let mut values: Vec<Value> = vec![stored.id.as_str().into()];
    values.extend(changing(stored, times));
    values.extend([
        stored.phone_index.clone().into(),
        stored.applicant_index.clone().into(),
        Value::from(stored.passed),
        stored.standing.case.was_silent().into(),
    ]);
    sql_list(statement, values).execute(connection).await?;
    Ok(())
}

/// What acts change, in the order of both statements above.
fn changing(stored: &Stored, times: &Times) -> [Value; 18] {
    let standing = &stored.standing;
    [
        state_name(standing.state()).into(),
        stored.version().into(),
        json(standing.state()).into(),
        named(standing.proposed_by.as_ref()),
        named(standing.approved_by.as_ref()),
        named(stored.assigned_to.as_ref()),
        standing.received_at.into(),
        standing.accepted_at.into(),
        standing.asked_at.into(),
        standing.decided_at.into(),
        times.due.map(|due| due.date).into(),
        times.due.is_some_and(|due| due.provisional).into(),
        times.alert_on.into(),
        times.lapses_at.into(),
        standing.changed_at.into(),
        stored.sealed.clone().into(),
        stored.head.length.into(),
        stored.head.hash.as_str().into(),
    ]
}

/// Appends an event to the stream of a case that is kept, and writes where it ends; for what is no act.
pub(super) async fn append(
    connection: &mut AnyConnection,
    stored: &Stored,
    link: &ChainedEvent,
) -> Result<(), DatabaseError> {
    audit::insert(connection, link).await?;
    let head = link.head();
    let statement = "update procedure_case set audit_length = $1, audit_head = $2 where id = $3";
    let values = [head.length.into(), head.hash.as_str().into(), stored.id.as_str().into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// The times in which the office waited for the family, in order.
pub(super) async fn pauses(connection: &mut AnyConnection, id: &CaseId) -> Result<Vec<Pause>, DatabaseError> {
    let statement = "select asked_on, came_on from case_pause where case_id = $1 order by asked_on";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(connection).await?;
    let day = |text: String, column: &str| text.parse::<NaiveDate>().map_err(|_| DatabaseError::unreadable(column));
    let pause = |row: &AnyRow| {
        let came = maybe_text(row, "came_on")?.map(|came| day(came, "came_on")).transpose()?;
        Ok(Pause { asked: day(text(row, "asked_on")?, "asked_on")?, came })
    };
    rows.iter().map(pause).collect()
}

/// The family was asked on a day.
pub(super) async fn pause(connection: &mut AnyConnection, id: &CaseId, on: NaiveDate) -> Result<(), DatabaseError> {
    let statement = "insert into case_pause (case_id, asked_on, came_on) values ($1, $2, null)";
    sql(statement, [id.as_str().into(), on.into()]).execute(connection).await?;
    Ok(())
}

/// Nobody waits for the family any more. What came counts from the day of the asking at the earliest, also where the clock of the
/// server that takes it is behind.
pub(super) async fn go_on(connection: &mut AnyConnection, id: &CaseId, on: NaiveDate) -> Result<(), DatabaseError> {
    let statement = "update case_pause set came_on = case when asked_on > $1 then asked_on else $1 end \
         where case_id = $2 and came_on is null";
    sql(statement, [on.into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// As a column keeps it, and as the record is compared with it.
pub(super) fn json(state: &State) -> String {
    serde_json::to_string(state).expect("states always serialise")
}

/// The word of a state in the database.
pub(super) fn state_name(state: &State) -> &'static str {
    match state {
        State::Submitted => "submitted",
        State::Accepted => "accepted",
        State::Reviewing => "reviewing",
        State::Supplementing { .. } => "supplementing",
        State::Proposed(_) => "proposed",
        State::Decided { .. } => "decided",
        State::Closed { .. } => "closed",
        State::Withdrawn => "withdrawn",
    }
}

fn named(person: Option<&StaffId>) -> Value {
    person.map(|person| person.as_str().to_owned()).into()
}

pub(super) fn read(row: &AnyRow) -> Result<Stored, DatabaseError> {
    let state: State = word(row, "state_json", |json| serde_json::from_str(json).ok())?;
    let version = u32::try_from(int(row, "version")?).map_err(|_| DatabaseError::unreadable("version"))?;
    let asked_at = maybe_instant(row, "asked_at")?;
    let past = Past { asked: asked_at.is_some(), silent: flag(row, "silent")? };
    let filed_by = person(row, "filed_by")?;
    let due = maybe_text(row, "due_on")?.map(|day| day.parse::<NaiveDate>()).transpose();
    let due = due.map_err(|_| DatabaseError::unreadable("due_on"))?;
    let provisional = flag(row, "provisional")?;
    Ok(Stored {
        id: word(row, "id", |id| CaseId::parse(id).ok())?,
        reference: word(row, "reference", |kept| CaseReference::restore(kept).ok())?,
        region: text(row, "region")?,
        procedure: text(row, "procedure")?,
        rules_hash: text(row, "rules_hash")?,
        standing: Standing {
            case: Case::restore(state, version, (filed_by, past)),
            proposed_by: person(row, "proposed_by")?,
            approved_by: person(row, "approved_by")?,
            received_at: instant(row, "received_at")?,
            accepted_at: maybe_instant(row, "accepted_at")?,
            asked_at,
            decided_at: maybe_instant(row, "decided_at")?,
            changed_at: instant(row, "changed_at")?,
        },
        phone_index: maybe_text(row, "phone_index")?,
        applicant_index: maybe_text(row, "applicant_index")?,
        passed: u32::try_from(int(row, "passed_times")?).map_err(|_| DatabaseError::unreadable("passed_times"))?,
        erased_at: maybe_instant(row, "erased_at")?,
        locale: word(row, "locale", Locale::from_tag)?,
        assigned_to: person(row, "assigned_to")?,
        submitted_at: instant(row, "submitted_at")?,
        due: due.map(|date| Deadline { date, provisional }),
        sealed: bytes(row, "sealed")?,
        receipt: text(row, "receipt")?,
        head: Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? },
    })
}

/// Somebody of the staff in a column.
pub(super) fn person(row: &AnyRow, column: &str) -> Result<Option<StaffId>, DatabaseError> {
    let id = maybe_text(row, column)?.map(|id| StaffId::parse(&id)).transpose();
    id.map_err(|_| DatabaseError::unreadable(column))
}
