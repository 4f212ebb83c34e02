//! Who read the list of another day than their own: names, and the ends of numbers, of people who do not stand in the hall. It
//! is written down before it is shown, once a day for each person and list; whoever answers for the office and whoever reads
//! the record see how many each has read.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use shared::calendar::{Month, shanghai_date};
use shared::staff::{AccountName, OfficeId, Right, Role, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::DaySheet;
use crate::app::App;
use crate::audit::Actor;
use crate::clock;
use crate::counter::kept;
use crate::counter::office::{self, Office};
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// The lists of other days that one person read on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub read_on: NaiveDate,
    /// None once the account is gone.
    pub account: Option<AccountName>,
    pub role: Role,
    /// How many days' lists, the first and the last of them.
    pub days: i64,
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// When they began to read the last of them.
    pub at: DateTime<Utc>,
}

struct Reading {
    office: OfficeId,
    staff: StaffId,
    role: Role,
    date: NaiveDate,
    now: DateTime<Utc>,
}

/// Writes down that somebody reads a sheet on which anybody stands, where it is not today's.
pub(super) async fn note(
    app: &App,
    staff: &Staff,
    (office, sheet): (&Office, &DaySheet),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (date, today) = (sheet.date, shanghai_date(now));
    if date == today || sheet.visits.is_empty() {
        return Ok(());
    }
    let known = "select 1 as one from day_read where office = $1 and staff_id = $2 and date = $3 and read_on = $4";
    let values =
        [office.id.as_str().into(), staff.person().as_str().into(), date.to_string().into(), today.to_string().into()];
    if sql(known, values).fetch_optional(&mut *app.database().read().await?).await?.is_some() {
        return Ok(());
    }
    let role = staff.role_for(Right::SeeDay, &office.whereabouts)?;
    let reading = Reading { office: office.id.clone(), staff: staff.person().clone(), role, date, now: kept(now) };
    app.database().write_with(reading, write).await
}

async fn write(connection: &mut AnyConnection, reading: &Reading) -> Result<(), Error> {
    let Reading { office, staff, role, date, now } = reading;
    let statement = "insert into day_read (office, staff_id, date, read_on, role, at) values ($1, $2, $3, $4, $5, $6) \
         on conflict do nothing";
    let values = [
        office.as_str().into(),
        staff.as_str().into(),
        date.to_string().into(),
        shanghai_date(*now).to_string().into(),
        role.name().into(),
        (*now).into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    let event = ("day_read", json!({ "office": office, "date": date }));
    Ok(clock::office::note_of(connection, Actor::Staff(staff.clone()), event, *now).await?)
}

/// Who read lists of other days at an office in a month, the newest first: a line for each person and day, so that whoever reads many
/// covers nothing up.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub async fn list(app: &App, staff: &Staff, id: &OfficeId, month: Month) -> Result<Vec<Reader>, Error> {
    const STATEMENT: &str = "select r.read_on, r.role, count(*) as days, min(r.date) as first_date, \
         max(r.date) as last_date, max(r.at) as at, \
         (select min(a.name) from staff_account a where a.staff_id = r.staff_id) as account from day_read r \
         where r.office = $1 and r.read_on >= $2 and r.read_on <= $3 group by r.read_on, r.staff_id, r.role \
         order by r.read_on desc, days desc, r.staff_id, r.role";
    staff.may(Right::SeeSafetyLooks, &office::one(app, id).await?.whereabouts)?;
    let values = [id.as_str().into(), month.first_day().to_string().into(), month.last_day().to_string().into()];
    let rows = sql(STATEMENT, values).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

fn read(row: &AnyRow) -> Result<Reader, DatabaseError> {
    let date = |name| word(row, name, |date| date.parse().ok());
    Ok(Reader {
        read_on: date("read_on")?,
        account: maybe_text(row, "account")?.and_then(|name| AccountName::parse(&name).ok()),
        role: Role::from_name(&text(row, "role")?).ok_or(DatabaseError::unreadable("role"))?,
        days: int(row, "days")?,
        first: date("first_date")?,
        last: date("last_date")?,
        at: instant(row, "at")?,
    })
}
