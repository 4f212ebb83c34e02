//! Looks to keep somebody safe, for whoever answers for an office and for whoever reads the record: all of them, also their own.
//! Whoever holds a booking never learns of any.

use chrono::{DateTime, TimeDelta, Utc};
use shared::counter::{Seen, VisitId};
use shared::staff::{AccountName, OfficeId, Right, Role};
use sqlx::any::AnyRow;

use crate::app::App;
use crate::counter::office;
use crate::database::{
    DatabaseError,
    sql::{instant, maybe_instant, maybe_int, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// One time that somebody looked, or ended a visit apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafetyLook {
    pub at: DateTime<Utc>,
    /// None once the account is gone.
    pub account: Option<AccountName>,
    pub role: Role,
    pub seen: Seen,
    /// In the words of whoever looked; none where a visit was ended apart.
    pub reason: Option<String>,
    pub visit: VisitId,
    /// Of the visit: its ticket, and the time it is for. Nothing of its people.
    pub ticket: Option<i64>,
    pub starts_at: Option<DateTime<Utc>>,
}

/// How far back they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    Month,
    Quarter,
}

impl Back {
    fn time(self) -> TimeDelta {
        match self {
            Self::Month => TimeDelta::days(30),
            Self::Quarter => TimeDelta::days(90),
        }
    }
}

/// The most that are listed; an office that has more of them has other questions.
pub const MOST: usize = 500;

/// The looks at visits of an office, the newest first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub async fn list(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    back: Back,
    now: DateTime<Utc>,
) -> Result<Vec<SafetyLook>, Error> {
    const STATEMENT: &str = "select e.at, e.detail, l.visit_id, l.role, l.seen, v.ticket, \
         coalesce(v.starts_at, s.starts_at) as starts_at, \
         (select min(a.name) from staff_account a where a.staff_id = l.staff_id) as account \
         from look l join audit e on e.stream = 'look:' || l.id left join visit v on v.id = l.visit_id \
         left join appointment b on b.id = l.visit_id left join slot s on s.id = b.slot_id \
         where l.office = $1 and l.purpose = 'safety' and l.at > $2 order by e.at desc, l.id, e.sequence desc limit $3";
    staff.may(Right::SeeSafetyLooks, &office::one(app, id).await?.whereabouts)?;
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let values = [id.as_str().into(), (now - back.time()).into(), most.into()];
    let rows = sql(STATEMENT, values).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

fn read(row: &AnyRow) -> Result<SafetyLook, DatabaseError> {
    let detail: serde_json::Value = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
    Ok(SafetyLook {
        at: instant(row, "at")?,
        account: maybe_text(row, "account")?.and_then(|name| AccountName::parse(&name).ok()),
        role: word(row, "role", Role::from_name)?,
        seen: Seen::from_name(&text(row, "seen")?).ok_or(DatabaseError::unreadable("seen"))?,
        reason: detail["reason"].as_str().map(str::to_owned),
        visit: word(row, "visit_id", |id| VisitId::parse(id).ok())?,
        ticket: maybe_int(row, "ticket")?,
        starts_at: maybe_instant(row, "starts_at")?,
    })
}
