//! How much each of the staff looked at, day by day, for whoever answers for an office and for whoever reads the record: nothing
//! of whom, so that it can be read through for what stands out.

use chrono::{DateTime, NaiveDate, Utc};
use shared::staff::{AccountName, OfficeId, Right, Role};
use sqlx::any::AnyRow;

use super::page;
use super::safety::Back;
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{int, maybe_text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// What one person looked at on one day, in one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub on: NaiveDate,
    /// None once the account is gone.
    pub account: Option<AccountName>,
    pub role: Role,
    /// Bookings and visits opened, each once.
    pub opened: i64,
    /// Names, numbers and phones read in full.
    pub in_full: i64,
    /// Of those opened, the ones that were for no day on which they stood in the hall.
    pub other_days: i64,
}

/// One page of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub readers: Vec<Reader>,
    /// How many there are on all pages.
    pub total: usize,
}

/// Looks at an office since an instant, with the Shanghai day of each: 28,800,000 ms lie between Shanghai and UTC.
macro_rules! looks {
    ($select:literal, $rest:literal) => {
        concat!(
            "with looked as (select l.staff_id, l.role, l.visit_id, l.seen, (l.at + 28800000) / 86400000 as day, \
             (coalesce(v.starts_at, s.starts_at) + 28800000) / 86400000 as day_of_visit from look l \
             left join visit v on v.id = l.visit_id left join appointment b on b.id = l.visit_id \
             left join slot s on s.id = b.slot_id where l.office = $1 and l.at > $2), \
             reader as (select day, staff_id, role, count(distinct visit_id) as opened, \
             sum(case when seen like '%.%' then 1 else 0 end) as in_full, \
             count(distinct case when day_of_visit <> day then visit_id end) as other_days \
             from looked group by day, staff_id, role) ",
            $select,
            " from reader r",
            $rest
        )
    };
}

/// Those at one office, the newest day first and on each whoever looked at most; the first page is 0.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub async fn list(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    there: (Back, usize),
    now: DateTime<Utc>,
) -> Result<Listed, Error> {
    const COUNT: &str = looks!("select count(*) as total", "");
    const LIST: &str = looks!(
        "select r.day, r.role, r.opened, cast(r.in_full as bigint) as in_full, r.other_days, \
         (select min(a.name) from staff_account a where a.staff_id = r.staff_id) as account",
        " order by r.day desc, r.opened desc, r.staff_id, r.role limit $3 offset $4"
    );
    let (rows, total) = page::read(app, (staff, Right::SeeSafetyLooks, id), (COUNT, LIST), there, now).await?;
    Ok(Listed { readers: rows.iter().map(read).collect::<Result<_, _>>()?, total })
}

fn read(row: &AnyRow) -> Result<Reader, DatabaseError> {
    let day = i32::try_from(int(row, "day")?).ok().and_then(NaiveDate::from_epoch_days);
    Ok(Reader {
        on: day.ok_or_else(|| DatabaseError::unreadable("day"))?,
        account: maybe_text(row, "account")?.and_then(|name| AccountName::parse(&name).ok()),
        role: word(row, "role", Role::from_name)?,
        opened: int(row, "opened")?,
        in_full: int(row, "in_full")?,
        other_days: int(row, "other_days")?,
    })
}
