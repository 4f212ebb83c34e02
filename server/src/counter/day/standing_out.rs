//! What stands out of the days of an office: a day that was ended for a reason or opened again, and how often each clerk marked
//! somebody to be served first, or somebody who waited as gone. The record has all of it; here it is counted by person.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value as Json;
use shared::calendar::{at, shanghai_date};
use shared::counter::ActName;
use shared::staff::{AccountName, OfficeId, Right};
use sqlx::any::AnyRow;

use super::closing;
use super::read::BACK;
use crate::app::App;
use crate::counter::office;
use crate::database::{
    DatabaseError,
    sql::{flag, instant, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// What stands out of some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandingOut {
    /// The last one first.
    pub ends: Vec<End>,
    /// The last day first.
    pub clerks: Vec<Clerk>,
}

/// A day that was closed for a reason, or opened again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    pub date: NaiveDate,
    pub at: DateTime<Utc>,
    /// None once the account is gone.
    pub account: Option<AccountName>,
    pub reopened: bool,
    pub reason: Option<String>,
}

/// What one person did on a day; slips that were undone are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clerk {
    pub date: NaiveDate,
    /// None once the account is gone.
    pub account: Option<AccountName>,
    /// Marks of priority.
    pub priority: u32,
    /// Of those, how many the same person called afterwards.
    pub called: u32,
    /// Of people who waited and had not been called.
    pub left: u32,
}

/// What stands out of the last days, for whoever answers for the office and whoever reads the record.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub async fn lately(app: &App, staff: &Staff, id: &OfficeId, now: DateTime<Utc>) -> Result<StandingOut, Error> {
    staff.may(Right::SeeSafetyLooks, &office::one(app, id).await?.whereabouts)?;
    of_days(app, id, (shanghai_date(now - BACK), shanghai_date(now))).await
}

/// What stands out of the days from one to another. Whoever shows it has asked for [`Right::ManageOffice`].
///
/// # Errors
/// Those of the database.
pub async fn of_days(app: &App, id: &OfficeId, days: (NaiveDate, NaiveDate)) -> Result<StandingOut, Error> {
    Ok(StandingOut { ends: ends(app, id, days).await?, clerks: clerks(app, id, days).await? })
}

async fn ends(app: &App, id: &OfficeId, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<End>, Error> {
    let statement = "select a.at, a.act, a.detail, (select min(s.name) from staff_account s \
         where 'staff:' || s.staff_id = a.actor) as account from audit a \
         where a.stream = 'place:' || $1 and a.act in ($2, $3) and a.at >= $4 order by a.sequence desc";
    let [closed, reopened] = closing::ACTS;
    // A day is closed on itself or later.
    let values = [id.as_str().into(), closed.into(), reopened.into(), at(from, 0).into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let mut ends = Vec::new();
    for row in &rows {
        let detail: Json = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
        let date: Option<NaiveDate> = detail["date"].as_str().and_then(|date| date.parse().ok());
        let date = date.ok_or(DatabaseError::unreadable("detail"))?;
        let reason = detail["reason"].as_str().map(str::to_owned);
        let reopened = text(row, "act")? == reopened;
        if (from..=to).contains(&date) && (reopened || reason.is_some()) {
            ends.push(End { date, at: instant(row, "at")?, account: account(row)?, reopened, reason });
        }
    }
    Ok(ends)
}

async fn clerks(app: &App, id: &OfficeId, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<Clerk>, Error> {
    // A ticket that is given with priority says so where its visit begins.
    let statement = "select v.date, a.actor, a.act, cast(case when exists (select 1 from audit c where c.stream = a.stream \
         and c.sequence > a.sequence and c.act = 'call' and c.actor = a.actor) then 1 else 0 end as bigint) as called, \
         (select min(s.name) from staff_account s where 'staff:' || s.staff_id = a.actor) as account \
         from visit v join audit a on a.stream = 'visit:' || v.id where v.office = $1 and v.date >= $2 and v.date <= $3 \
         and (a.act = 'give-priority' or (a.sequence = 1 and v.sent_from is null and a.detail like '%\"priority\":true%') or (a.act = 'left' \
         and not exists (select 1 from audit b where b.stream = a.stream and b.sequence = a.sequence - 1 \
         and b.act = 'call'))) and not exists (select 1 from audit u where u.stream = a.stream \
         and u.sequence = a.sequence + 1 and u.act = 'undo')";
    let values = [id.as_str().into(), from.into(), to.into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let mut clerks = BTreeMap::new();
    for row in &rows {
        let (date, actor) = (word(row, "date", |date| date.parse().ok())?, text(row, "actor")?);
        let none = Clerk { date, account: account(row)?, priority: 0, called: 0, left: 0 };
        let clerk = clerks.entry((date, actor)).or_insert(none);
        if text(row, "act")? == ActName::Left.name() {
            clerk.left += 1;
        } else {
            clerk.priority += 1;
            clerk.called += u32::from(flag(row, "called")?);
        }
    }
    Ok(clerks.into_values().rev().collect())
}

fn account(row: &AnyRow) -> Result<Option<AccountName>, DatabaseError> {
    Ok(maybe_text(row, "account")?.and_then(|name| AccountName::parse(&name).ok()))
}
