//! What stands out of the days of an office: a day that was ended for a reason or opened again, and how each clerk called,
//! marked and put away those who came. The record has all of it, as far back as it goes.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value as Json;
use shared::calendar::{Month, at};
use shared::staff::{AccountName, OfficeId, Right};
use sqlx::any::AnyRow;

use super::by_clerk::{self, Clerk};
use super::closing;
use crate::app::App;
use crate::counter::office;
use crate::database::{
    DatabaseError,
    sql::{instant, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// What stands out of some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandingOut {
    /// The last one first.
    pub ends: Vec<End>,
    /// Those with more than calls of people who were then served.
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

/// What stands out of a day, for whoever answers for the office. Whoever shows it has asked for [`Right::ManageOffice`].
///
/// # Errors
/// Those of the database.
pub async fn on(app: &App, id: &OfficeId, day: NaiveDate) -> Result<StandingOut, Error> {
    let mut clerks = by_clerk::of_days(app, id, (day, day)).await?;
    clerks.retain(|clerk| clerk.in_all.stand_out());
    Ok(StandingOut { ends: ends(app, id, (day, day)).await?, clerks })
}

/// The days of a month that were closed for a reason or opened again, for whoever answers for the office and whoever reads the
/// record.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub async fn ends_in(app: &App, staff: &Staff, id: &OfficeId, month: Month) -> Result<Vec<End>, Error> {
    staff.may(Right::SeeSafetyLooks, &office::one(app, id).await?.whereabouts)?;
    ends(app, id, (month.first_day(), month.last_day())).await
}

/// How each clerk called, marked and put away those who came in a month, for the same.
///
/// # Errors
/// As [`ends_in`].
pub async fn clerks_in(app: &App, staff: &Staff, id: &OfficeId, month: Month) -> Result<Vec<Clerk>, Error> {
    staff.may(Right::SeeSafetyLooks, &office::one(app, id).await?.whereabouts)?;
    by_clerk::of_days(app, id, (month.first_day(), month.last_day())).await
}

/// The month of the oldest thing that lists of an office can tell of; none where there is nothing yet.
///
/// # Errors
/// As [`ends_in`].
pub async fn since(app: &App, staff: &Staff, id: &OfficeId) -> Result<Option<Month>, Error> {
    let statement = "select min(oldest) as oldest from (select min(date) as oldest from visit where office = $1 \
         union all select min(date) from office_day where office = $1 \
         union all select min(read_on) from day_read where office = $1) f";
    staff.may(Right::SeeSafetyLooks, &office::one(app, id).await?.whereabouts)?;
    let row = sql(statement, [id.as_str().into()]).fetch_one(&mut *app.database().read().await?).await?;
    let oldest = maybe_text(&row, "oldest")?.map(|oldest| oldest.parse().map(Month::of));
    Ok(oldest.transpose().map_err(|_| DatabaseError::unreadable("oldest"))?)
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

fn account(row: &AnyRow) -> Result<Option<AccountName>, DatabaseError> {
    Ok(maybe_text(row, "account")?.and_then(|name| AccountName::parse(&name).ok()))
}
