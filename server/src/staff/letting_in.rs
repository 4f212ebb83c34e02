//! A way in on a new machine for somebody whom a stranger's tries keep out of it: whoever answers for them at their office lets
//! them in for some minutes. Their password and a code of their authenticator are needed as ever, and tries with a right code
//! are paid out of a purse that the stranger cannot empty.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::problem::Problem;
use shared::staff::{AccountName, Refusal, Right, StaffId};
use sqlx::AnyConnection;

use super::authority::Staff;
use super::scopes::Scopes;
use super::{account, record, roles};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::sql;
use crate::error::Error;

/// For how long somebody is let in.
pub const OPEN: TimeDelta = TimeDelta::minutes(10);

/// Lets somebody who works where `staff` confirms accounts in on a new machine, for [`OPEN`] and once. Gives until when.
///
/// # Errors
/// [`Problem::NotFound`] for no account that is open, and for whoever works elsewhere; [`Refusal::SignInAgain`];
/// [`Refusal::OwnAccount`].
pub async fn let_in(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
    let mut connection = app.database().read().await?;
    let person = account::person_of(&mut connection, name).await?;
    let held = roles::held(&mut connection, &person).await?;
    let scopes = Scopes::load(&mut connection).await?;
    drop(connection);
    let mut live = held.iter().filter(|held| held.is_live(now));
    if !live.any(|held| staff.may(Right::ConfirmAccounts, &scopes.whereabouts(&held.grant.scope)).is_ok()) {
        return Err(staff.sees_nothing().into());
    }
    staff.confirmed()?;
    if person == *staff.person() {
        return Err(Refusal::OwnAccount.into());
    }
    app.database().write_with((name.clone(), person, staff.person().clone(), now), open).await
}

async fn open(
    connection: &mut AnyConnection,
    (name, person, by, now): &(AccountName, StaffId, StaffId, DateTime<Utc>),
) -> Result<DateTime<Utc>, Error> {
    let until = *now + OPEN;
    let statement = "update staff_account set new_machine_until = $1, new_machine_at = $2, new_machine_by = $3 \
         where name = $4 and suspended_at is null and password_hash is not null";
    let values = [until.into(), (*now).into(), by.as_str().into(), name.as_str().into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Problem::NotFound.into());
    }
    let event = (Actor::Staff(by.clone()), "let_in_on_new_machine", json!({ "account": name, "until": until }));
    record::note(connection, person, event, *now).await?;
    Ok(until)
}

/// They are in: the next new machine takes somebody to let them in again. Who did it stays, for their own page.
pub(super) async fn close(connection: &mut AnyConnection, name: &AccountName) -> Result<(), Error> {
    let statement = "update staff_account set new_machine_until = null where name = $1";
    sql(statement, [name.as_str().into()]).execute(connection).await?;
    Ok(())
}
