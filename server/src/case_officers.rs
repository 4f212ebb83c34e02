//! Those who work on applications: by which account each is known, who can be given one, and how much each has before them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::notices::bureau;
use shared::staff::{AccountName, Right, Role, StaffId};
use sqlx::any::AnyRow;

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{int, sql, text, word},
};
use crate::error::Error;
use crate::procedures::may;
use crate::staff::authority::Staff;

/// What somebody has before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    pub person: StaffId,
    /// Cases that are theirs and not decided.
    pub open: i64,
    /// Of these, those that are due today or late.
    pub due: i64,
}

/// Everybody's account, by the person.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`] for whoever sees no cases.
pub async fn names(app: &App, staff: &Staff) -> Result<BTreeMap<StaffId, AccountName>, Error> {
    may(staff, Right::SeeCases)?;
    let statement = "select staff_id, min(name) as account from staff_account group by staff_id";
    let rows = sql(statement, []).fetch_all(&mut *app.database().read().await?).await?;
    let read = |row: &AnyRow| {
        let person = word(row, "staff_id", |id| StaffId::parse(id).ok())?;
        Ok((person, word(row, "account", |name| AccountName::parse(name).ok())?))
    };
    Ok(rows.iter().map(read).collect::<Result<_, DatabaseError>>()?)
}

/// Whom a case can be given: those who review or sign at an office or for the bureau now, and can sign in, by their accounts.
///
/// # Errors
/// As [`names`].
pub async fn able(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<StaffId>, Error> {
    may(staff, Right::SeeCases)?;
    let statement = "select r.staff_id as staff_id, r.role as role, min(a.name) as account from staff_role r \
         join staff_account a on a.staff_id = r.staff_id and a.suspended_at is null \
         where r.from_at <= $1 and (r.until_at is null or r.until_at > $1) \
         and (r.scope = 'office' or r.scope = 'organisation' and r.scope_id = $2) \
         group by r.staff_id, r.role order by min(a.name), r.role";
    let of_bureau = bureau().organisation.map(String::from);
    let rows = sql(statement, [now.into(), of_bureau.into()]).fetch_all(&mut *app.database().read().await?).await?;
    let mut able: Vec<StaffId> = Vec::new();
    for row in &rows {
        let works = Role::from_name(&text(row, "role")?).is_some_and(works_on_cases);
        let person = word(row, "staff_id", |id| StaffId::parse(id).ok())?;
        if works && !able.contains(&person) {
            able.push(person);
        }
    }
    Ok(able)
}

/// What everybody has before them who has anything, whoever may have left included, the most first.
///
/// # Errors
/// As [`names`].
pub async fn loads(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<Load>, Error> {
    may(staff, Right::SeeCases)?;
    // In the words of the index `case_of_staff`.
    let statement = "select assigned_to, count(*) as open_cases, \
         cast(sum(case when coalesce(due_on, '9999-12-31') <= $1 then 1 else 0 end) as bigint) as due_cases \
         from procedure_case where assigned_to is not null and state not in ('decided', 'closed', 'withdrawn') \
         group by assigned_to order by count(*) desc, assigned_to";
    let rows = sql(statement, [shanghai_date(now).into()]).fetch_all(&mut *app.database().read().await?).await?;
    let read = |row: &AnyRow| {
        let person = word(row, "assigned_to", |id| StaffId::parse(id).ok())?;
        Ok(Load { person, open: int(row, "open_cases")?, due: int(row, "due_cases")? })
    };
    Ok(rows.iter().map(read).collect::<Result<_, DatabaseError>>()?)
}

fn works_on_cases(role: Role) -> bool {
    role.allows(Right::ReviewCases) || role.allows(Right::DecideCases)
}
