//! Accounts that were closed and roles that were taken back, for whoever answers for the office where their owners work, for whoever
//! looks after its accounts and for whoever reads the record: at once, whoever did it.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value as Json;
use shared::staff::{AccountName, OfficeId, Right, Role};
use sqlx::any::AnyRow;

use super::page;
use super::safety::Back;
use crate::app::App;
use crate::counter::history::{self, By};
use crate::counter::office::here;
use crate::database::{
    DatabaseError,
    sql::{instant, maybe_text, sql, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// What was done to somebody's account, or to a role of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: DateTime<Utc>,
    pub by: By,
    /// None once the account is gone.
    pub account: Option<AccountName>,
    pub act: Act,
    /// Until when a suspension holds to which nobody agrees.
    pub until: Option<DateTime<Utc>>,
    /// The role that was taken back.
    pub role: Option<Role>,
}

/// By the name that the record has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    AccountSuspended,
    /// A second person said that whoever set it up is not its owner, which closed it.
    AccountNotConfirmed,
    SuspensionAgreed,
    SuspensionNotAgreed,
    SuspensionLapsed,
    AccountLifted,
    AccountReset,
    RoleEndProposed,
    RoleTakenBack,
}

/// One page of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub entries: Vec<Entry>,
    /// How many there are on all pages.
    pub total: usize,
}

/// Of whoever had a role at the office or at one of its places at the time.
macro_rules! of_office {
    ($columns:literal, $rest:literal) => {
        concat!(
            here!("$1"),
            " select ",
            $columns,
            " from audit e join staff s on e.stream = 'staff:' || s.id \
             where e.act in ('account_suspended', 'account_not_confirmed', 'suspension_agreed', 'suspension_not_agreed', \
             'suspension_lapsed', 'account_lifted', 'account_reset', 'role_end_proposed', 'role_taken_back') and e.at > $2 \
             and exists (select 1 from staff_role r where r.staff_id = s.id and r.scope in ('office', 'place') \
             and r.scope_id in (select id from here) and r.granted_at <= e.at \
             and (r.until_at is null or r.until_at >= e.at))",
            $rest
        )
    };
}

/// Those of an office, the newest first; the first page is 0.
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
    const COUNT: &str = of_office!("count(*) as total", "");
    const LIST: &str = of_office!(
        "e.at, e.actor, e.act, e.detail, \
         (select min(a.name) from staff_account a where 'staff:' || a.staff_id = e.actor) as account, \
         (select min(a.name) from staff_account a where a.staff_id = s.id) as of_account",
        " order by e.at desc, e.stream, e.sequence desc limit $3 offset $4"
    );
    let (rows, total) = page::read(app, (staff, Right::SeeClosedAccounts, id), (COUNT, LIST), there, now).await?;
    let mut connection = app.database().read().await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        let detail: Json = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
        let role = match detail["grant"].as_str() {
            Some(grant) => {
                let role = sql("select role from staff_role where id = $1", [grant.into()]);
                let role = role.fetch_optional(&mut *connection).await?;
                role.map(|row| word(&row, "role", Role::from_name)).transpose()?
            }
            None => None,
        };
        entries.push(read(row, &detail, role)?);
    }
    Ok(Listed { entries, total })
}

fn read(row: &AnyRow, detail: &Json, role: Option<Role>) -> Result<Entry, DatabaseError> {
    let act = word(row, "act", |act| serde_json::from_value(act.into()).ok())?;
    let until = detail.get("until").and_then(|until| serde_json::from_value(until.clone()).ok());
    let account = maybe_text(row, "of_account")?.and_then(|name| AccountName::parse(&name).ok());
    Ok(Entry { at: instant(row, "at")?, by: history::who(row)?, account, act, until, role })
}
