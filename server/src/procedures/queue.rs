//! Queues: stored questions about which cases to look at next.

use chrono::{DateTime, Days, NaiveDate, Utc};
use shared::calendar::{Deadline, shanghai_date};
use shared::localised::Localised;
use shared::procedures::{Alert, CaseId, CaseReference, State, StateName};
use shared::staff::{Right, StaffId};
use sqlx::any::AnyRow;

use super::contents::{self, Contents};
use super::store::{self, Stored, columns};
use super::{clock, may, rules};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{Value, flag, sql_list},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// Which cases are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    Mine,
    Unassigned,
    NearDeadline,
    WaitingOnFamily,
    SecondSignature,
    Rivals,
    All,
}

/// Rows on one page.
pub const ROWS: usize = 50;

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// The first one is 0.
    pub page: u32,
    pub has_more: bool,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: CaseId,
    pub reference: CaseReference,
    pub region: String,
    pub procedure: String,
    pub name: Localised,
    /// Masked.
    pub applicant: String,
    pub state: StateName,
    pub version: u32,
    pub submitted_at: DateTime<Utc>,
    pub due: Option<Deadline>,
    pub alert: Option<Alert>,
    pub assigned_to: Option<StaffId>,
    /// Whether another case names the same where one is granted.
    pub has_rivals: bool,
}

impl Queue {
    pub const ALL: [Self; 7] = [
        Self::Mine,
        Self::Unassigned,
        Self::NearDeadline,
        Self::WaitingOnFamily,
        Self::SecondSignature,
        Self::Rivals,
        Self::All,
    ];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::NearDeadline => "near_deadline",
            Self::WaitingOnFamily => "waiting_on_family",
            Self::SecondSignature => "second_signature",
            Self::Rivals => "rivals",
            Self::All => "all",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.name() == name)
    }
}

/// Whether another case names the same where one is granted; of the case `c`.
macro_rules! has_rival {
    () => {
        "exists (select 1 from procedure_once o join procedure_once r on r.value_index = o.value_index and r.field = o.field \
         and r.procedure = o.procedure and r.case_id <> o.case_id join procedure_case d on d.id = r.case_id \
         where o.case_id = c.id and (r.granted = 1 or d.state not in ('decided', 'closed', 'withdrawn')))"
    };
}

/// A statement that [`read`] can read, with the page as its first two values.
macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "select ",
            columns!(),
            ", case when ",
            has_rival!(),
            " then 1 else 0 end as has_rival from procedure_case c where ",
            $rest,
            " limit $1 offset $2"
        )
    };
}

const MINE: &str = rows!(
    "c.assigned_to = $3 and c.state in ('submitted', 'accepted', 'reviewing', 'supplementing', 'proposed') \
     order by c.due_on is null, c.due_on, c.submitted_at, c.id"
);
const UNASSIGNED: &str = rows!(
    "c.assigned_to is null and c.state in ('submitted', 'accepted', 'reviewing', 'supplementing', 'proposed') \
     order by c.submitted_at, c.id"
);
const NEAR_DEADLINE: &str = rows!("c.due_on is not null and c.due_on <= $3 order by c.due_on, c.submitted_at, c.id");
const WAITING_ON_FAMILY: &str = rows!("c.state = 'supplementing' order by c.asked_at, c.id");
const SECOND_SIGNATURE: &str = rows!(
    "c.state = 'proposed' and c.proposed_by <> $3 and (c.filed_by is null or c.filed_by <> $3) \
     order by c.lapses_at, c.id"
);
const RIVALS: &str = concat!(
    "select ",
    columns!(),
    ", 1 as has_rival from procedure_case c \
     where c.state in ('submitted', 'accepted', 'reviewing', 'supplementing', 'proposed') and ",
    has_rival!(),
    " order by c.submitted_at, c.id limit $1 offset $2"
);
const ALL: &str = rows!("1 = 1 order by c.submitted_at desc, c.id");

/// Days before the last one in which a case is near it: a week.
const NEAR: Days = Days::new(7);

/// One page of a queue, what is due first before what is due later.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn queue(app: &App, staff: &Staff, filter: Queue, page: u32, now: DateTime<Utc>) -> Result<Page<Row>, Error> {
    may(staff, Right::SeeCases)?;
    let today = shanghai_date(now);
    // One more than are shown, which says whether there are more.
    let (rows, size) = (i64::try_from(ROWS).unwrap_or(i64::MAX - 1), i64::from(page));
    let mut values: Vec<Value> = vec![(rows + 1).into(), (size * rows).into()];
    let person = || Value::from(staff.person().as_str());
    let statement = match filter {
        Queue::Mine => {
            values.push(person());
            MINE
        }
        Queue::Unassigned => UNASSIGNED,
        Queue::NearDeadline => {
            values.push((today + NEAR).into());
            NEAR_DEADLINE
        }
        Queue::WaitingOnFamily => WAITING_ON_FAMILY,
        Queue::SecondSignature => {
            values.push(person());
            SECOND_SIGNATURE
        }
        Queue::Rivals => RIVALS,
        Queue::All => ALL,
    };
    let found = sql_list(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let found: Vec<_> = found.iter().map(read).collect::<Result<_, _>>()?;
    let has_more = found.len() > ROWS;
    let mut rows = Vec::with_capacity(found.len());
    for (stored, has_rivals) in found.into_iter().take(ROWS) {
        rows.push(row(app, stored, has_rivals, today).await?);
    }
    Ok(Page { rows, page, has_more })
}

fn read(row: &AnyRow) -> Result<(Stored, bool), DatabaseError> {
    Ok((store::read(row)?, flag(row, "has_rival")?))
}

/// One case as lists show it.
pub(super) async fn row(app: &App, stored: Stored, has_rivals: bool, today: NaiveDate) -> Result<Row, Error> {
    let offered = rules::of(app, &stored).await?;
    let contents = Contents::open(app.keys(), stored.id.as_str(), &stored.sealed)?;
    let limit = offered.procedure.clock.filter(|_| *stored.state() != State::Submitted).map(|rule| rule.limit);
    let alert = limit.zip(stored.due).and_then(|(limit, due)| clock::alert(limit, due, (today, app.calendar())));
    Ok(Row {
        reference: stored.reference,
        name: offered.procedure.name(),
        applicant: contents::masked_name(&offered.procedure, &contents.typed),
        state: stored.state().name(),
        version: stored.version(),
        submitted_at: stored.submitted_at,
        due: stored.due,
        alert,
        has_rivals,
        id: stored.id,
        region: stored.region,
        procedure: stored.procedure,
        assigned_to: stored.assigned_to,
    })
}
