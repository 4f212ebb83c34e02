//! Whoever has not worked here for years: the number that they were taken on with is erased, their name and accounts stay (个人信息保护法
//! art 19, 47).

use chrono::{DateTime, Months, Utc};
use serde_json::json;
use shared::staff::{AccountName, Refusal, StaffId};
use sqlx::AnyConnection;

use super::{account, record};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::{bytes, sql, word};
use crate::error::Error;

/// Somebody all of whose accounts have been closed for so long.
struct Gone {
    person: StaffId,
    /// As they were sealed, and without the number.
    was: Vec<u8>,
    left: Vec<u8>,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
}

/// Erases the numbers of those whose last account was closed as many years ago as the record of a booking is found by its number.
pub(super) async fn erase(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    // A clock that is far ahead would erase everybody's.
    let before = now.checked_sub_months(Months::new(12 * app.settings().record_years));
    let Some(before) = before.filter(|_| app.may_end(now)) else { return Ok(()) };
    let statement = "select s.id, s.person from staff s join staff_account a on a.staff_id = s.id group by s.id, s.person \
         having max(case when a.suspended_at <= $1 and a.suspended_until is null and a.ended_at is null then 0 else 1 end) = 0";
    let rows = sql(statement, [before.into()]).fetch_all(&mut *app.database().read().await?).await?;
    for row in &rows {
        let person = word(row, "id", |id| StaffId::parse(id).ok())?;
        let was = bytes(row, "person")?;
        let left = account::without_number(app, &person, &was)?;
        app.database().write_with(Gone { person, was, left, before, now }, end).await?;
    }
    Ok(())
}

/// One of them, unless an account of theirs was opened meanwhile.
async fn end(connection: &mut AnyConnection, gone: &Gone) -> Result<(), Error> {
    let person = gone.person.as_str();
    let statement = "update staff_account set ended_at = $1 where staff_id = $2 and not exists (select 1 from staff_account o \
         where o.staff_id = $2 and (o.suspended_at is null or o.suspended_at > $3 or o.suspended_until is not null)) returning name";
    let values = [gone.now.into(), person.into(), gone.before.into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    if rows.is_empty() {
        return Ok(());
    }
    for row in &rows {
        account::close(connection, &word(row, "name", |name| AccountName::parse(name).ok())?).await?;
    }
    // Sealed anew with another key meanwhile, nothing is written, and the next round does it.
    let statement = "update staff set person = $1, person_index = $2 where id = $3 and person = $4 returning id";
    let index = format!("erased:{person}");
    let values = [gone.left.clone().into(), index.into(), person.into(), gone.was.clone().into()];
    sql(statement, values).fetch_one(&mut *connection).await?;
    Ok(record::note(connection, &gone.person, (Actor::System, "number_erased", json!({})), gone.now).await?)
}

/// Lets nothing open an account whose owner's number was erased.
///
/// # Errors
/// [`Refusal::AccountEnded`].
pub(super) async fn is_not(connection: &mut AnyConnection, account: &AccountName) -> Result<(), Error> {
    let statement = "select 1 from staff_account where name = $1 and ended_at is not null";
    let ended = sql(statement, [account.as_str().into()]).fetch_optional(connection).await?;
    if ended.is_some() { Err(Refusal::AccountEnded.into()) } else { Ok(()) }
}
