//! A way in on a new machine for somebody whom a stranger's tries keep out of it: whoever answers for them at their office hands
//! them a word that is good for some minutes. Their password and a code of their authenticator are needed as ever; beside the
//! word, tries of both are paid out of purses that the stranger cannot empty, and wrong ones are counted as ever.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::problem::Problem;
use shared::staff::{AccountName, Refusal, Right, StaffId};
use sqlx::AnyConnection;

use super::account::Account;
use super::authority::Staff;
use super::budget::Purse;
use super::scopes::Scopes;
use super::{account, record, roles};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::sql;
use crate::error::Error;
use crate::keys::{Keys, token::new_id};

/// For how long somebody is let in.
pub const OPEN: TimeDelta = TimeDelta::minutes(10);
/// Letters and digits of the word: 40 bits, of which nobody finds one within [`OPEN`] by trying.
const LETTERS: usize = 8;

/// Lets somebody who works where `staff` confirms accounts in on a new machine, for [`OPEN`] and once. Gives the word to hand
/// over, in the place of an older one.
///
/// # Errors
/// [`Problem::NotFound`] for no account that is open, and for whoever works elsewhere; [`Refusal::SignInAgain`];
/// [`Refusal::OwnAccount`]; [`Refusal::LetInOften`].
pub async fn let_in(app: &App, staff: &Staff, name: &AccountName, now: DateTime<Utc>) -> Result<String, Error> {
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
    let word: String = new_id().chars().take(LETTERS).collect();
    let letting = Letting {
        word: fingerprint(app.keys(), name, &word),
        name: name.clone(),
        purse: Purse::lettings_in(app.keys(), &person),
        person,
        by: staff.person().clone(),
        now,
    };
    staff.write(app, letting, open).await?;
    Ok(word)
}

/// Whether somebody lets them in on a new machine now, and this is the word that they were handed.
pub(super) fn is_the_word(keys: &Keys, account: &Account, typed: &str, now: DateTime<Utc>) -> bool {
    // Fingerprints under a key: how long comparing them takes tells nothing of the word.
    account
        .let_in
        .as_ref()
        .is_some_and(|(until, word)| now < *until && *word == fingerprint(keys, &account.name, typed))
}

fn fingerprint(keys: &Keys, account: &AccountName, typed: &str) -> String {
    let word = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(2 * LETTERS).collect::<String>();
    keys.fingerprint("staff-let-in", format!("{account}\n{}", word.to_ascii_lowercase()).as_bytes())
}

struct Letting {
    name: AccountName,
    person: StaffId,
    by: StaffId,
    word: String,
    purse: Purse,
    now: DateTime<Utc>,
}

async fn open(connection: &mut AnyConnection, letting: &Letting) -> Result<(), Error> {
    let Letting { name, person, by, word, purse, now } = letting;
    purse.pay_or(connection, *now, |retry_after| Refusal::LetInOften { retry_after }).await?;
    let until = *now + OPEN;
    let statement = "update staff_account set new_machine_until = $1, new_machine_at = $2, new_machine_by = $3, \
         new_machine_word = $4 where name = $5 and suspended_at is null and password_hash is not null";
    let values = [until.into(), (*now).into(), by.as_str().into(), word.as_str().into(), name.as_str().into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Problem::NotFound.into());
    }
    let event = (Actor::Staff(by.clone()), "let_in_on_new_machine", json!({ "account": name, "until": until }));
    Ok(record::note(connection, person, event, *now).await?)
}

/// They are in: the next new machine takes somebody to let them in again. Who did it stays, for their own page.
pub(super) async fn close(connection: &mut AnyConnection, name: &AccountName) -> Result<(), Error> {
    let statement = "update staff_account set new_machine_until = null, new_machine_word = null where name = $1";
    sql(statement, [name.as_str().into()]).execute(connection).await?;
    Ok(())
}
