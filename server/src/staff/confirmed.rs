//! What the second person says, as it is written: a write that the database refuses to the first and to the owner.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::staff::{AccountName, Refusal, StaffId};
use sqlx::AnyConnection;

use super::stopped::is_stopped;
use super::{account, passkey, record, recovery};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError, Rule,
    sql::{sql, word},
};
use crate::error::Error;

/// The second half, of what the first did then and of nothing that was done since.
pub(super) struct Deciding {
    pub(super) account: AccountName,
    pub(super) person: StaffId,
    pub(super) first: StaffId,
    pub(super) at: DateTime<Utc>,
    /// How long their record was then.
    pub(super) after: Option<i64>,
    pub(super) by: StaffId,
    pub(super) now: DateTime<Utc>,
}

impl Deciding {
    async fn note(&self, connection: &mut AnyConnection, act: &'static str) -> Result<(), Error> {
        let detail = json!({ "account": self.account, "first": self.first });
        let event = (Actor::Staff(self.by.clone()), act, detail);
        Ok(record::note(connection, &self.person, event, self.now).await?)
    }
}

/// From now on the account lets its owner in.
pub(super) async fn see(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    let statement = "update staff_account set seen_by = $1, seen_at = $2, used_at = $2 \
         where name = $3 and opened_by = $4 and opened_at = $5 and seen_by is null and suspended_at is null";
    finish(connection, deciding, statement).await?;
    deciding.note(connection, "account_confirmed").await
}

/// Nobody comes in with what was set up, and a new invitation is made, or none.
pub(super) async fn shut_out(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    // Who says so is kept as the second: so neither the first nor the owner can.
    let statement = "update staff_account set seen_by = $1, seen_at = $2, suspended_at = $2, password_hash = null, \
         totp_secret = null where name = $3 and opened_by = $4 and opened_at = $5 and seen_by is null";
    write(connection, deciding, statement).await?;
    account::close(connection, &deciding.account).await?;
    recovery::replace(connection, &deciding.account, &[]).await?;
    passkey::delete_all(connection, &deciding.account).await?;
    deciding.note(connection, "account_not_confirmed").await
}

/// From now on the suspension lasts.
pub(super) async fn agree(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    let statement = "update staff_account set agreed_by = $1, suspended_until = null \
         where name = $3 and suspended_by = $4 and suspended_at = $5 and suspended_until > $2";
    finish(connection, deciding, statement).await?;
    // It was right, and would be again.
    let agreed = "delete from staff_stopped where account = $1 and by_id = $2";
    sql(agreed, [deciding.account.as_str().into(), deciding.first.as_str().into()]).execute(&mut *connection).await?;
    deciding.note(connection, "suspension_agreed").await
}

/// The suspension is over; who suspended them does not do so again for [`super::managing::APART`].
pub(super) async fn disagree(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    let statement = "update staff_account set agreed_by = $1, suspended_until = null \
         where name = $3 and suspended_by = $4 and suspended_at = $5 and suspended_until > $2";
    write(connection, deciding, statement).await?;
    let over = "update staff_account set suspended_at = null, agreed_by = null, used_at = $1 where name = $2";
    sql(over, [deciding.now.into(), deciding.account.as_str().into()]).execute(&mut *connection).await?;
    deciding.note(connection, "suspension_not_agreed").await
}

/// [`write()`] of what is done then by two: nobody finishes what somebody began who was stopped since.
async fn finish(connection: &mut AnyConnection, deciding: &Deciding, statement: &'static str) -> Result<(), Error> {
    write(connection, deciding, statement).await?;
    let is_void = is_stopped(connection, (&deciding.first, deciding.after)).await?;
    if is_void { Err(Refusal::FirstStopped.into()) } else { Ok(()) }
}

async fn write(connection: &mut AnyConnection, deciding: &Deciding, statement: &'static str) -> Result<(), Error> {
    let Deciding { account: name, first, at, by, now, .. } = deciding;
    let values = [by.as_str().into(), (*now).into(), name.as_str().into(), first.as_str().into(), (*at).into()];
    match sql(statement, values).execute(connection).await.map_err(DatabaseError::from) {
        Err(DatabaseError::Refused(Rule::SeenByAnother | Rule::AgreedByAnother)) => Err(Refusal::TakesAnother.into()),
        Err(DatabaseError::Refused(Rule::SecondIsOlder)) => Err(Refusal::NotTheSecond.into()),
        Ok(written) if written.rows_affected() == 0 => Err(Refusal::NothingToConfirm.into()),
        written => Ok(written.map(drop)?),
    }
}

/// Ends the suspensions of administrators to which nobody has agreed in time.
pub(super) async fn lapse(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    // A clock that is far ahead would let everybody in again.
    if !app.may_end(now) {
        return Ok(());
    }
    let statement = "select 1 from staff_account where suspended_until <= $1 limit 1";
    if sql(statement, [now.into()]).fetch_optional(&mut *app.database().read().await?).await?.is_some() {
        app.database().write_with(now, lapse_all).await?;
    }
    Ok(())
}

async fn lapse_all(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    let statement = "update staff_account set suspended_at = null, suspended_until = null, used_at = $1 \
         where suspended_until <= $1 returning name, staff_id";
    let rows = sql(statement, [(*now).into()]).fetch_all(&mut *connection).await?;
    for row in &rows {
        let person = word(row, "staff_id", |id| StaffId::parse(id).ok())?;
        let name = word(row, "name", |name| AccountName::parse(name).ok())?;
        let event = (Actor::System, "suspension_lapsed", json!({ "account": name }));
        record::note(connection, &person, event, *now).await?;
    }
    Ok(())
}
