//! What an administrator does with the account of somebody else: suspending, letting in again, ending sessions, and opening
//! it anew for whoever has lost the way in. Nobody learns a password by any of it.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::staff::{AccountName, Refusal, StaffId};
use sqlx::AnyConnection;

use super::authority::Staff;
use super::invitation::{self, NewInvitation};
use super::people::{self, Entry};
use super::scopes::Scopes;
use super::{account, record, session};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::sql;
use crate::error::Error;
use crate::keys::token::new_id;

/// Lets nobody sign in with an account any more, and ends its sessions.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::OwnAccount`], and [`shared::problem::Problem::NotFound`] for whoever works elsewhere.
pub async fn suspend(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<(), Error> {
    closing(app, staff, name, now).await?;
    account::suspend(app, name, staff.actor(), now).await
}

/// Ends every session of an account.
///
/// # Errors
/// As [`suspend`].
pub async fn end_sessions(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<(), Error> {
    closing(app, staff, name, now).await?;
    session::end_all(app, name, staff.actor(), now).await
}

/// Lets somebody in again as before, and takes back an invitation that nobody has taken up.
///
/// # Errors
/// As [`suspend`], and [`Refusal::RolesElsewhere`].
pub async fn lift(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<(), Error> {
    opening(app, staff, name, now).await?;
    app.database().write_with((name.clone(), staff.actor(), now), lift_one).await
}

/// Opens an account anew for whoever has lost password or authenticator: it is closed at once, and opened by the invitation
/// whose code this gives.
///
/// # Errors
/// As [`lift`], and [`Refusal::OperatorOpens`] for the account of an administrator, but for the first invitation of one whom
/// this person approved: whoever proposed them never holds its code.
pub async fn reset(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<String, Error> {
    let entry = opening(app, staff, name, now).await?;
    if entry.administers(now) && !is_first_of_approved(app, staff, name).await? {
        return Err(Refusal::OperatorOpens.into());
    }
    let code = new_id();
    let new = NewInvitation::of(app, (name, &code), staff.actor(), now);
    app.database().write_with((name.clone(), entry.person, staff.actor(), new, now), reset_one).await?;
    Ok(code)
}

/// Whether an account was never set up, and this person approved its owner as an administrator.
async fn is_first_of_approved(app: &App, staff: &Staff, name: &AccountName) -> Result<bool, Error> {
    let statement = "select 1 from staff_account a join staff_role r on r.staff_id = a.staff_id \
         where a.name = $1 and a.password_hash is null and r.role = 'account_administrator' and r.approved_by = $2 limit 1";
    let values = [name.as_str().into(), staff.person().as_str().into()];
    Ok(sql(statement, values).fetch_optional(&mut *app.database().read().await?).await?.is_some())
}

/// The account, where somebody may close it: another's, with a role where they manage accounts.
async fn closing(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<(Entry, Scopes), Error> {
    let (entry, scopes) = people::one(app, staff, name, now).await?;
    staff.confirmed()?;
    if entry.person == *staff.person() {
        return Err(Refusal::OwnAccount.into());
    }
    Ok((entry, scopes))
}

/// The account, where somebody may open it: all that can be done with it is done where they manage accounts.
async fn opening(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<Entry, Error> {
    let (entry, scopes) = closing(app, staff, name, now).await?;
    if entry.is_wholly(staff, &scopes, now) { Ok(entry) } else { Err(Refusal::RolesElsewhere.into()) }
}

async fn lift_one(
    connection: &mut AnyConnection,
    (name, by, now): &(AccountName, Actor, DateTime<Utc>),
) -> Result<(), Error> {
    // From now on they have ninety days to come back.
    let statement =
        "update staff_account set suspended_at = null, used_at = $1 where name = $2 and suspended_at is not null";
    let values = [(*now).into(), name.as_str().into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    account::close(connection, name).await?;
    let person = account::person_of(connection, name).await?;
    let detail = json!({ "account": name });
    Ok(record::note(connection, &person, (by.clone(), "account_lifted", detail), *now).await?)
}

async fn reset_one(
    connection: &mut AnyConnection,
    (name, person, by, new, now): &(AccountName, StaffId, Actor, NewInvitation, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update staff_account set suspended_at = $1 where name = $2 and suspended_at is null \
         and password_hash is not null";
    sql(statement, [(*now).into(), name.as_str().into()]).execute(&mut *connection).await?;
    account::close(connection, name).await?;
    let detail = json!({ "account": name });
    record::note(connection, person, (by.clone(), "account_reset", detail), *now).await?;
    invitation::insert(connection, new).await
}
