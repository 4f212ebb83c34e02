//! Queues: stored questions about which cases to look at next.

mod statements;

use std::fmt;

use chrono::{DateTime, Days, NaiveDate, Utc};
use shared::calendar::{Deadline, shanghai_date};
use shared::localised::Localised;
use shared::procedures::{Alert, CaseId, CaseReference, State, StateName};
use shared::staff::{Right, StaffId};
use sqlx::any::AnyRow;

use super::contents::{self, Contents};
use super::store::{self, Stored};
use super::{clock, may, rules};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{Value, flag, int, sql, sql_list},
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
    /// The family has written, and nobody has answered.
    FamilyWrote,
    /// A text to the family did not arrive, and nobody has told it otherwise.
    NotReached,
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

/// How many there are, as far as they are counted: what is more than a page or two is only ever looked through from its front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub cases: i64,
    pub has_more: bool,
}

impl Count {
    /// The most that is counted.
    const MOST: i64 = 99;
    /// How far a statement counts, which says whether there are more.
    pub(super) const LIMIT: i64 = Self::MOST + 1;

    /// Of what was counted until [`Self::LIMIT`].
    pub(super) fn until_limit(counted: i64) -> Self {
        Self { cases: counted.min(Self::MOST), has_more: counted > Self::MOST }
    }
}

impl fmt::Display for Count {
    /// `12`, or `99+`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.cases, if self.has_more { "+" } else { "" })
    }
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
    pub const ALL: [Self; 9] = [
        Self::Mine,
        Self::Unassigned,
        Self::NearDeadline,
        Self::WaitingOnFamily,
        Self::SecondSignature,
        Self::Rivals,
        Self::FamilyWrote,
        Self::NotReached,
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
            Self::FamilyWrote => "family_wrote",
            Self::NotReached => "not_reached",
            Self::All => "all",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.name() == name)
    }
}

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
            statements::MINE
        }
        Queue::Unassigned => statements::UNASSIGNED,
        Queue::NearDeadline => {
            values.push((today + NEAR).into());
            statements::NEAR_DEADLINE
        }
        Queue::WaitingOnFamily => statements::WAITING_ON_FAMILY,
        Queue::SecondSignature => {
            values.push(person());
            statements::SECOND_SIGNATURE
        }
        Queue::Rivals => statements::RIVALS,
        Queue::FamilyWrote => statements::FAMILY_WROTE,
        Queue::NotReached => statements::NOT_REACHED,
        Queue::All => statements::ALL,
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

/// How many cases each queue has but that of all, which are no work.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn counts(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<(Queue, Count)>, Error> {
    may(staff, Right::SeeCases)?;
    let values = [Count::LIMIT.into(), (shanghai_date(now) + NEAR).into(), staff.person().as_str().into()];
    let row = sql(statements::COUNTS, values).fetch_one(&mut *app.database().read().await?).await?;
    let counted = Queue::ALL.into_iter().filter(|queue| *queue != Queue::All);
    let count = |queue: Queue| Ok((queue, Count::until_limit(int(&row, queue.name())?)));
    Ok(counted.map(count).collect::<Result<_, DatabaseError>>()?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_than_was_counted_says_so() {
        let said = [0, 1, 99, 100].map(|counted| Count::until_limit(counted).to_string());
        assert_eq!(said, ["0", "1", "99", "99+"]);
    }
}
