//! What an administrator does with the account of somebody else: suspending, letting in again, ending sessions, and opening
//! it anew for whoever has lost the way in. Nobody learns a password by any of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::staff::{AccountName, Refusal, StaffId};
use sqlx::AnyConnection;

use super::authority::Staff;
use super::budget::Purse;
use super::invitation::{self, NewInvitation};
use super::people::{self, Entry, State};
use super::stopped::stopped;
use super::{account, last, record, session};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::{instant, maybe_int, sql, word};
use crate::error::Error;
use crate::keys::token::new_id;

/// How long an administrator's suspension holds to which nobody agrees.
pub const ALONE: TimeDelta = TimeDelta::hours(72);
/// How long the same administrator does not suspend the same one again where nobody agreed.
pub const APART: TimeDelta = TimeDelta::days(30);

/// Lets nobody sign in with an account any more, and ends its sessions. An administrator's, an auditor's or that of an office's
/// last manager is closed as quickly, but for [`ALONE`] only where no second person agrees ([`super::confirming`]): or one of
/// them could switch off all others, whoever looks at them, and whoever answers for an office. Where nobody can agree any more,
/// since whoever suspended them was stopped since, it is done anew.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::OwnAccount`], [`Refusal::WorksElsewhere`] where the account is not at home here,
/// [`Refusal::NotAgreed`], [`Refusal::SuspendedMany`], and [`shared::problem::Problem::NotFound`] for whoever never worked
/// here.
pub async fn suspend(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<(), Error> {
    let entry = managed(app, staff, name, now).await?;
    let closing = Closing::of(app, staff, &entry, now);
    staff.write(app, closing, suspend_paid).await
}

/// Ends every session of an account, three times an hour; of an administrator's, an auditor's or that of an office's last manager
/// once, since whoever is signed out again and again is as good as suspended.
///
/// # Errors
/// As [`suspend`], and [`Refusal::EndedLately`].
pub async fn end_sessions(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<(), Error> {
    let entry = managed(app, staff, name, now).await?;
    let is_last = last::manages_alone(&last::of(app, &entry.person, now).await?);
    let purse = Purse::endings(app.keys(), (staff.person(), &entry.person), is_last || entry.is_closed_by_two(now));
    let ending = (name.clone(), session::Which::All, staff.actor(), now);
    staff.write(app, (purse, ending), end_paid).await
}

/// Lets somebody in again as before, and takes back an invitation that nobody has taken up.
///
/// # Errors
/// As [`suspend`].
pub async fn lift(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<(), Error> {
    managed(app, staff, name, now).await?;
    staff.write(app, (name.clone(), staff.person().clone(), now), lift_one).await
}

/// Opens an account anew for whoever has lost password or authenticator: it is closed at once, and opened by the invitation
/// whose code this gives.
///
/// # Errors
/// As [`lift`]; [`Refusal::OperatorOpens`] for the account of an administrator, but for the first invitation of one whom this
/// person approved: whoever proposed them never holds its code; [`Refusal::SuspendFirst`] for an auditor's or
/// last manager's that is open; [`Refusal::SuspendedMany`].
pub async fn reset(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<String, Error> {
    let entry = managed(app, staff, name, now).await?;
    if entry.administers(now) && !is_first_of_approved(app, staff, name).await? {
        return Err(Refusal::OperatorOpens.into());
    }
    let code = new_id();
    let new = NewInvitation::of(app, (name, &code), staff.actor(), now);
    let closing = Closing::of(app, staff, &entry, now);
    staff.write(app, (closing, new), reset_one).await?;
    Ok(code)
}

/// The closing of an account that is open.
struct Closing {
    name: AccountName,
    person: StaffId,
    by: StaffId,
    /// Whether its owner looks after accounts or at whoever does.
    oversees: bool,
    purse: Purse,
    now: DateTime<Utc>,
}

impl Closing {
    fn of(app: &App, staff: &Staff, entry: &Entry, now: DateTime<Utc>) -> Self {
        let (by, oversees) = (staff.person().clone(), entry.is_closed_by_two(now));
        let (name, person, purse) = (entry.account.clone(), entry.person.clone(), Purse::suspensions(app.keys(), &by));
        Self { name, person, by, oversees, purse, now }
    }

    /// Whether one person alone does not close it for good: of two managers who are closed at the same instant, one is the last.
    async fn takes_two(&self, connection: &mut AnyConnection) -> Result<bool, Error> {
        last::keep_all(connection, &self.person).await?;
        Ok(self.oversees || last::manages_alone(&last::alone(connection, &self.person, self.now).await?))
    }

    /// Pays where somebody could sign in with the account.
    async fn pay(&self, connection: &mut AnyConnection) -> Result<(), Error> {
        let statement =
            "select 1 from staff_account where name = $1 and suspended_at is null and password_hash is not null";
        let open = sql(statement, [self.name.as_str().into()]).fetch_optional(&mut *connection).await?;
        if open.is_none() {
            return Ok(());
        }
        let too_many = |retry_after| Refusal::SuspendedMany { retry_after };
        self.purse.pay_or(connection, self.now, too_many).await.map(drop)
    }
}

/// Whether an account was never set up, and this person approved its owner as an administrator.
async fn is_first_of_approved(app: &App, staff: &Staff, name: &AccountName) -> Result<bool, Error> {
    let statement = "select 1 from staff_account a join staff_role r on r.staff_id = a.staff_id \
         where a.name = $1 and a.password_hash is null and r.role = 'account_administrator' and r.approved_by = $2 limit 1";
    let values = [name.as_str().into(), staff.person().as_str().into()];
    Ok(sql(statement, values).fetch_optional(&mut *app.database().read().await?).await?.is_some())
}

/// The account, where somebody may close and open it: another's, which is at home where they manage accounts and not closed for
/// good.
async fn managed(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<Entry, Error> {
    let (entry, scopes) = people::one(app, staff, name, now).await?;
    staff.confirmed()?;
    if entry.person == *staff.person() {
        return Err(Refusal::OwnAccount.into());
    }
    match entry.state {
        _ if !entry.is_managed_by(staff, &scopes, now) => Err(Refusal::WorksElsewhere.into()),
        State::Ended => Err(Refusal::AccountEnded.into()),
        _ => Ok(entry),
    }
}

async fn end_paid(connection: &mut AnyConnection, (purse, ending): &(Purse, session::Ending)) -> Result<(), Error> {
    purse.pay_or(connection, ending.3, |retry_after| Refusal::EndedLately { retry_after }).await?;
    session::end_some(connection, ending).await
}

async fn suspend_paid(connection: &mut AnyConnection, closing: &Closing) -> Result<(), Error> {
    let void = end_void(connection, closing).await?;
    closing.pay(connection).await?;
    if closing.takes_two(connection).await? {
        let own = void.filter(|void| void.by == closing.by);
        return suspend_alone(connection, closing, own).await;
    }
    let Closing { name, by, now, .. } = closing;
    account::suspend_one(connection, &(name.clone(), Actor::Staff(by.clone()), *now)).await
}

/// A suspension to which nobody can agree, since whoever did it was stopped since.
struct Void {
    by: StaffId,
    until: DateTime<Utc>,
}

/// Ends such a one for whoever suspends them anew in the same transaction, so that they stay out all the time.
async fn end_void(connection: &mut AnyConnection, closing: &Closing) -> Result<Option<Void>, Error> {
    const VOID: &str = concat!(
        "select suspended_by, suspended_until from staff_account where name = $1 and suspended_until > $2 and ",
        stopped!("suspended_by", "suspended_after")
    );
    let name = closing.name.as_str();
    let row = sql(VOID, [name.into(), closing.now.into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    let by = word(&row, "suspended_by", |id| StaffId::parse(id).ok())?;
    let over =
        "update staff_account set suspended_at = null, suspended_by = null, suspended_until = null where name = $1";
    sql(over, [name.into()]).execute(connection).await?;
    Ok(Some(Void { by, until: instant(&row, "suspended_until")? }))
}

/// Suspends somebody until a second person agrees. Whoever does so anew, since they were stopped themselves, keeps nobody out for
/// longer by it.
async fn suspend_alone(
    connection: &mut AnyConnection,
    Closing { name, by, now, .. }: &Closing,
    own: Option<Void>,
) -> Result<(), Error> {
    let is_anew = own.is_some();
    let until = own.map_or(*now + ALONE, |void| void.until);
    let statement = "update staff_account set suspended_at = $1, suspended_by = $2, suspended_until = $3, agreed_by = null, \
         suspended_after = (select f.audit_length from staff f where f.id = $2) where name = $4 and suspended_at is null and ($6 = 1 or not exists (select 1 from staff_stopped s \
         where s.account = $4 and s.by_id = $2 and s.stopped_at > $5)) returning staff_id";
    let values =
        [(*now).into(), by.as_str().into(), until.into(), name.as_str().into(), (*now - APART).into(), is_anew.into()];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?;
    let Some(row) = row else {
        let statement = "select suspended_at from staff_account where name = $1";
        let row = sql(statement, [name.as_str().into()]).fetch_one(connection).await?;
        // Closed already, or open again since nobody agreed a short while ago.
        return if maybe_int(&row, "suspended_at")?.is_some() { Ok(()) } else { Err(Refusal::NotAgreed.into()) };
    };
    let person = word(&row, "staff_id", |id| StaffId::parse(id).ok())?;
    // Kept whoever suspends them next, or two could take turns.
    let statement = "insert into staff_stopped (account, by_id, stopped_at) values ($1, $2, $3) \
         on conflict (account, by_id) do update set stopped_at = $3";
    sql(statement, [name.as_str().into(), by.as_str().into(), (*now).into()]).execute(&mut *connection).await?;
    account::shut(connection, name, &person).await?;
    let event = (Actor::Staff(by.clone()), "account_suspended", json!({ "account": name, "until": until }));
    Ok(record::note(connection, &person, event, *now).await?)
}

async fn lift_one(
    connection: &mut AnyConnection,
    (name, by, now): &(AccountName, StaffId, DateTime<Utc>),
) -> Result<(), Error> {
    // From now on they have ninety days to come back. Whoever lifts what nobody agreed to, it is not begun again by the same one,
    // or it would never end.
    let statement = "update staff_account set suspended_by = null, suspended_at = null, suspended_until = null, \
         agreed_by = null, used_at = $1 where name = $2 and suspended_at is not null";
    let values = [(*now).into(), name.as_str().into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    account::close(connection, name).await?;
    let person = account::person_of(connection, name).await?;
    let detail = json!({ "account": name });
    let event = (Actor::Staff(by.clone()), "account_lifted", detail);
    Ok(record::note(connection, &person, event, *now).await?)
}

async fn reset_one(connection: &mut AnyConnection, (closing, new): &(Closing, NewInvitation)) -> Result<(), Error> {
    let Closing { name, person, by, now, .. } = closing;
    closing.pay(connection).await?;
    if closing.takes_two(connection).await? {
        // Opening it anew would close it by one alone.
        let open = "select 1 from staff_account where name = $1 and password_hash is not null \
             and (suspended_at is null or suspended_until is not null)";
        if sql(open, [name.as_str().into()]).fetch_optional(&mut *connection).await?.is_some() {
            return Err(Refusal::SuspendFirst.into());
        }
    }
    let statement = "update staff_account set suspended_at = coalesce(suspended_at, $1), suspended_until = null \
         where name = $2 and password_hash is not null";
    sql(statement, [(*now).into(), name.as_str().into()]).execute(&mut *connection).await?;
    account::close(connection, name).await?;
    let detail = json!({ "account": name });
    record::note(connection, person, (Actor::Staff(by.clone()), "account_reset", detail), *now).await?;
    invitation::insert(connection, new).await
}
