//! Accounts that nobody has used for ninety days let nobody in any more (GB/T 22239-2019, 8.1.4.2).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::staff::{AccountName, StaffId};
use sqlx::AnyConnection;

use super::{account, demo, record};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::{sql, word};
use crate::error::Error;

/// How long nobody may stay away.
pub const UNUSED: TimeDelta = TimeDelta::days(90);

/// Suspends whoever has stayed away for so long. A demonstration's invented staff wait for as long as it takes.
pub(super) async fn suspend(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    // A clock that is far ahead would suspend everybody.
    if !app.may_end(now) {
        return Ok(());
    }
    let statement = "select name from staff_account where suspended_at is null and (used_at is null or used_at <= $1) \
         order by name";
    let rows = sql(statement, [(now - UNUSED).into()]).fetch_all(&mut *app.database().read().await?).await?;
    for row in &rows {
        let name = word(row, "name", |name| AccountName::parse(name).ok())?;
        if !(app.settings().demo && demo::is_invented(&name)) {
            app.database().write_with((name, now), suspend_one).await?;
        }
    }
    Ok(())
}

/// One of them, unless somebody has come in with it meanwhile.
async fn suspend_one(connection: &mut AnyConnection, (name, now): &(AccountName, DateTime<Utc>)) -> Result<(), Error> {
    let counts = "update staff_account set used_at = $1 where name = $2 and used_at is null";
    sql(counts, [(*now).into(), name.as_str().into()]).execute(&mut *connection).await?;
    let statement = "update staff_account set suspended_at = $1 where name = $2 and suspended_at is null and used_at <= $3 \
         returning staff_id";
    let values = [(*now).into(), name.as_str().into(), (*now - UNUSED).into()];
    let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else { return Ok(()) };
    let person = word(&row, "staff_id", |id| StaffId::parse(id).ok())?;
    account::close(connection, name).await?;
    let detail = json!({ "account": name, "unused_days": UNUSED.num_days() });
    Ok(record::note(connection, &person, (Actor::System, "account_suspended", detail), *now).await?)
}
