//! Looks to keep somebody safe, for whoever answers for an office and for whoever reads the record: all of them, also their own.
//! Whoever holds a booking never learns of any.

use chrono::{DateTime, TimeDelta, Utc};
use shared::counter::{Seen, VisitId};
use shared::staff::{AccountName, OfficeId, Right, Role};
use sqlx::{AnyConnection, any::AnyRow};

use super::page;
use crate::app::App;
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
    /// Where a visit was ended apart: that it was taken back, or put right.
    pub later: Option<Later>,
}

/// What became of an end, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    Undone(DateTime<Utc>),
    Corrected(DateTime<Utc>),
}

/// One page of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub looks: Vec<SafetyLook>,
    /// How many there are on all pages.
    pub total: usize,
}

/// How far back they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    Month,
    Quarter,
    /// As long as somebody may object who was not told how (行政复议法 art 20).
    Year,
    /// As far as the record goes.
    Ever,
}

impl Back {
    pub(super) fn since(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Month => now - TimeDelta::days(30),
            Self::Quarter => now - TimeDelta::days(90),
            Self::Year => now - TimeDelta::days(366),
            Self::Ever => DateTime::UNIX_EPOCH,
        }
    }
}

/// On a page. None is ever out of reach: whoever writes many covers nothing up.
pub const ON_A_PAGE: usize = 100;

/// A look and its event under a condition. An end was taken back where the next thing that happened to the visit was to undo it.
macro_rules! looks {
    ($condition:literal) => {
        concat!(
            "select e.at, e.detail, l.visit_id, l.role, l.seen, v.ticket, coalesce(v.starts_at, s.starts_at) as starts_at, \
             (select min(a.name) from staff_account a where a.staff_id = l.staff_id) as account, \
             (select min(u.at) from audit f join audit u on u.stream = f.stream and u.sequence = f.sequence + 1 \
             and u.act = 'undo' where l.seen = 'set_apart' and f.stream = 'visit:' || l.visit_id and f.sequence = \
             (select max(g.sequence) from audit g where g.stream = f.stream and g.act = 'finish' and g.at = e.at)) as undone_at, \
             (select min(c.at) from audit c where l.seen = 'set_apart' and c.stream = 'visit:' || l.visit_id \
             and c.act = 'correct' and c.at > e.at and not exists (select 1 from audit u where u.stream = c.stream \
             and u.sequence = c.sequence + 1 and u.act = 'undo')) as corrected_at \
             from look l join audit e on e.stream = 'look:' || l.id left join visit v on v.id = l.visit_id \
             left join appointment b on b.id = l.visit_id left join slot s on s.id = b.slot_id \
             where l.purpose = 'safety' and ",
            $condition,
            " order by e.at desc, l.id, e.sequence desc limit $3 offset $4"
        )
    };
}

/// The looks at visits of an office, the newest first; the first page is 0.
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
    const COUNT: &str = "select count(*) as total from look l join audit e on e.stream = 'look:' || l.id \
         where l.purpose = 'safety' and l.office = $1 and l.at > $2";
    const LIST: &str = looks!("l.office = $1 and l.at > $2");
    let (rows, total) = page::read(app, (staff, Right::SeeSafetyLooks, id), (COUNT, LIST), there, now).await?;
    Ok(Listed { looks: rows.iter().map(read).collect::<Result<_, _>>()?, total })
}

/// The newest of those at one visit, for whoever may read them.
pub(in crate::counter) async fn of_visit(
    connection: &mut AnyConnection,
    visit: &VisitId,
) -> Result<Vec<SafetyLook>, DatabaseError> {
    let since = DateTime::UNIX_EPOCH;
    let values = [visit.as_str().into(), since.into(), number(ON_A_PAGE).into(), 0_i64.into()];
    let rows = sql(looks!("l.visit_id = $1 and l.at > $2"), values).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
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
        later: match (maybe_instant(row, "undone_at")?, maybe_instant(row, "corrected_at")?) {
            (Some(at), _) => Some(Later::Undone(at)),
            (None, corrected) => corrected.map(Later::Corrected),
        },
    })
}
