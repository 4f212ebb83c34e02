//! Who was left waiting, or set aside, on a day before today: its sheet is looked at by nobody who is not told of them.

use chrono::{Days, NaiveDate};
use shared::staff::OfficeId;

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{date, int, sql},
};
use crate::error::Error;

/// A day of which some were neither served nor let go of, and which nobody has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfinished {
    pub date: NaiveDate,
    pub visits: i64,
}

/// Older days are nobody's task of the morning any more.
const LOOKED_BACK: Days = Days::new(14);

/// The days before one, the earliest first; without those who are at a counter, which its own sheet names. Whoever shows them
/// has asked for [`shared::staff::Right::SeeDay`].
///
/// # Errors
/// Those of the database.
pub async fn before(app: &App, office: &OfficeId, today: NaiveDate) -> Result<Vec<Unfinished>, Error> {
    let statement = "select v.date, count(*) as visits from visit v where v.office = $1 and v.date >= $2 and v.date < $3 \
         and v.state in ('arrived', 'parked') and not exists (select 1 from office_day d where d.office = v.office \
         and d.date = v.date and d.closed_at is not null) group by v.date order by v.date";
    let values = [office.as_str().into(), (today - LOOKED_BACK).into(), today.into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let read = rows.iter().map(|row| Ok(Unfinished { date: date(row, "date")?, visits: int(row, "visits")? }));
    Ok(read.collect::<Result<_, DatabaseError>>()?)
}
