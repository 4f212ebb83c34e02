//! Proving who one is: a password and a code, each paid for before it is looked at.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::identity::PhoneCode;
use shared::problem::Problem;
use shared::staff::{AccountName, Refusal, StaffId};
use sqlx::AnyConnection;

use super::account::{self, Account};
use super::budget::Purse;
use super::password::Verdict;
use super::token::Token;
use super::totp::Secret;
use super::{device, letting_in, record, recovery};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::sql;
use crate::error::Error;
use crate::keys::Keys;

/// What somebody typed, and where.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub account: &'a str,
    pub password: &'a str,
    /// Six digits, or a code on paper.
    pub code: &'a str,
    /// What lets them in on a new machine; nothing where nobody handed them any.
    pub word: &'a str,
    /// Of the browser, where it is known for some account.
    pub device: Option<&'a Token>,
    pub address: IpAddr,
}

/// A password that was right.
#[derive(Serialize, Deserialize)]
pub(super) struct Half {
    pub(super) account: AccountName,
    pub(super) person: StaffId,
    rehashed: Option<String>,
    /// Fingerprint of the browser, where it is known for this account.
    pub(super) device: Option<String>,
    password_hash: String,
    address: IpAddr,
    /// Whether they had the word by which somebody lets them in on a new machine.
    #[serde(default)]
    pub(super) is_let_in: bool,
}

/// A password that was right, with what shall go with it still to be looked at.
pub(super) struct Proof {
    pub(super) half: Half,
    factor: Factor,
    /// Out of which the password was paid.
    payer: Vec<Purse>,
    /// Out of which the code is paid.
    purse: Purse,
}

/// What goes with a password.
pub(super) enum Factor {
    /// Of the authenticator, at this step.
    Step(i64),
    /// On paper, by its fingerprint.
    Paper(String),
    /// A passkey that has signed what it was asked to.
    Key,
    /// One that has not, or none of the account's.
    NotThisKey,
    Nothing,
}

impl Factor {
    /// As the record names it.
    fn name(&self) -> &'static str {
        match self {
            Self::Step(_) | Self::Nothing => "code",
            Self::Paper(_) => "paper",
            Self::Key | Self::NotThisKey => "key",
        }
    }
}

impl Proof {
    pub(super) fn of(keys: &Keys, half: Half, factor: Factor) -> Self {
        let payer = payers(keys, (half.device.as_deref(), half.is_let_in), half.account.as_str(), half.address);
        let purse = half.purse(keys);
        Self { half, factor, payer, purse }
    }

    /// By what somebody came in, as the record names it.
    pub(super) fn by(&self) -> &'static str {
        self.factor.name()
    }

    pub(super) fn is_by_key(&self) -> bool {
        matches!(self.factor, Factor::Key)
    }

    /// Whether it was paid for and counted when the key was asked ([`ask_key`]).
    fn is_paid(&self) -> bool {
        matches!(self.factor, Factor::Key | Factor::NotThisKey)
    }
}

impl Half {
    /// Out of which what goes with the password is paid.
    fn purse(&self, keys: &Keys) -> Purse {
        match &self.device {
            Some(device) => Purse::codes_of_device(keys, device),
            None if self.is_let_in => Purse::codes_of_let_in(keys, self.account.as_str()),
            None => Purse::codes_of_account(keys, self.account.as_str()),
        }
    }
}

/// Compares a password, once it is paid for. Whoever asks for this has to answer in even time ([`crate::even_time`]), since
/// only a wrong try for an account that exists is written down.
///
/// # Errors
/// [`Refusal::TooManyTries`]; [`Problem::Busy`], and nothing was paid; [`Refusal::NotRecognised`] whatever is wrong.
pub(super) async fn password(app: &App, attempt: Attempt<'_>, now: DateTime<Utc>) -> Result<Proof, Error> {
    let (half, secret) = half(app, attempt, now).await?;
    let keys = app.keys();
    let step = PhoneCode::parse(attempt.code).ok().zip(secret.as_ref());
    let step = step.and_then(|(code, secret)| secret.step_of(code.as_str(), now));
    let paper = || recovery::fingerprint(keys, &half.account, attempt.code);
    let factor = step.map(Factor::Step).or_else(|| paper().map(Factor::Paper)).unwrap_or(Factor::Nothing);
    Ok(Proof::of(keys, half, factor))
}

/// The password alone, as [`password`] takes it, with the secret of the authenticator.
pub(super) async fn half(app: &App, attempt: Attempt<'_>, now: DateTime<Utc>) -> Result<(Half, Option<Secret>), Error> {
    let keys = app.keys();
    // Every spelling of a name is one account, and what is no name has a purse too.
    let name = AccountName::parse(attempt.account).ok();
    let subject = name.as_ref().map_or(attempt.account, AccountName::as_str);
    let device = known_device(app, attempt, name.as_ref(), now).await?;
    let account = match &name {
        Some(name) => account::load(app, name).await?,
        None => None,
    };
    let has_word = |account: &Account| letting_in::is_the_word(keys, account, attempt.word, now);
    let is_let_in = device.is_none() && account.as_ref().is_some_and(has_word);
    let payer = payers(keys, (device.as_deref(), is_let_in), subject, attempt.address);
    app.database().write_with((payer.clone(), now), pay).await?;
    let stored = account.as_ref().filter(|account| !account.is_suspended).and_then(|a| a.password_hash.clone());
    let verdict = match app.passwords().verify(attempt.password, stored.as_deref()).await {
        Err(Error::Problem(Problem::Busy)) => {
            app.database().write_with(payer, give_back).await?;
            return Err(Problem::Busy.into());
        }
        verdict => verdict?,
    };
    let Some(account) = account else { return Err(Refusal::NotRecognised.into()) };
    let (Verdict::Right { rehashed }, Some(password_hash)) = (verdict, stored) else {
        let failure = Failure {
            account: account.name,
            person: account.person,
            act: FAILED,
            what: "password",
            at_known: device.is_some(),
        };
        app.database().write_with((failure, now), fail).await?;
        return Err(Refusal::NotRecognised.into());
    };
    let half = Half {
        account: account.name,
        person: account.person,
        rehashed,
        device,
        password_hash,
        address: attempt.address,
        is_let_in,
    };
    Ok((half, account.secret))
}

/// Looks at the code, once it is paid for, and uses it up. A wrong one is an answer and no error, so that it stays counted.
///
/// # Errors
/// [`Refusal::TooManyTries`].
pub(super) async fn code(connection: &mut AnyConnection, proof: &Proof, now: DateTime<Utc>) -> Result<bool, Error> {
    if proof.is_paid() {
        let counted = "update staff_account set failed_tries = failed_tries - 1 where name = $1 and failed_tries > 0";
        sql(counted, [proof.half.account.as_str().into()]).execute(&mut *connection).await?;
    } else {
        proof.purse.pay(connection, now).await?;
    }
    let is_right = match &proof.factor {
        Factor::Step(step) => use_up_step(connection, &proof.half.account, *step).await?,
        Factor::Paper(fingerprint) => recovery::use_up(connection, &proof.half.account, fingerprint, now).await?,
        Factor::Key => true,
        Factor::NotThisKey | Factor::Nothing => false,
    };
    // The password may have been changed, or the account suspended, since it was compared.
    if is_right && is_unchanged(connection, &proof.half).await? {
        // Whoever comes in has guessed nothing, however often and from however many browsers.
        proof.purse.give_back(connection).await?;
        give_back(connection, &proof.payer).await?;
        return Ok(true);
    }
    fail(connection, &(Failure::of(&proof.half, FAILED, proof.by()), now)).await?;
    Ok(false)
}

/// Asks for a key in the place of a code. Whoever has none gave a wrong one, so that nobody learns whether the password was
/// right; of whoever has one it is paid for like a code and counts as a failed try until the key has answered.
///
/// # Errors
/// [`Refusal::NotRecognised`] for whoever has none; [`Refusal::TooManyTries`].
pub(super) async fn ask_key(app: &App, half: &Half, has_one: bool, now: DateTime<Utc>) -> Result<(), Error> {
    if !has_one {
        app.database().write_with((Failure::of(half, FAILED, "key"), now), fail).await?;
        return Err(Refusal::NotRecognised.into());
    }
    let asking = (half.purse(app.keys()), Failure::of(half, "key_asked", "key"), now);
    app.database().write_with(asking, pay_and_count).await
}

async fn pay_and_count(
    connection: &mut AnyConnection,
    (purse, failure, now): &(Purse, Failure, DateTime<Utc>),
) -> Result<(), Error> {
    purse.pay(connection, *now).await?;
    fail(connection, &(failure.clone(), *now)).await
}

/// Raises the mark, in one statement: of two requests with one code, one passes.
async fn use_up_step(connection: &mut AnyConnection, account: &AccountName, step: i64) -> Result<bool, Error> {
    let statement = "update staff_account set totp_step = $1 where name = $2 and totp_step < $1";
    let values = [step.into(), account.as_str().into()];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() == 1)
}

async fn is_unchanged(connection: &mut AnyConnection, half: &Half) -> Result<bool, Error> {
    let statement = "update staff_account set password_hash = coalesce($1, password_hash) \
         where name = $2 and password_hash = $3 and suspended_at is null";
    let values = [half.rehashed.clone().into(), half.account.as_str().into(), half.password_hash.as_str().into()];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() == 1)
}

/// Out of which a try of a password is paid: that of the browser, where the account is known in it, or those of the account
/// and the network, which all other browsers share; of whoever is let in on a new machine out of one of their own.
fn payers(keys: &Keys, (device, is_let_in): (Option<&str>, bool), subject: &str, address: IpAddr) -> Vec<Purse> {
    match device {
        Some(fingerprint) => vec![Purse::passwords_of_device(keys, fingerprint, subject)],
        None if is_let_in => vec![Purse::passwords_of_let_in(keys, subject)],
        None => vec![Purse::passwords_of_account(keys, subject), Purse::passwords_of_network(keys, address)],
    }
}

async fn known_device(
    app: &App,
    attempt: Attempt<'_>,
    account: Option<&AccountName>,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    let Some((device, account)) = attempt.device.zip(account) else { return Ok(None) };
    let fingerprint = device.fingerprint(app.keys());
    let is_known = device::is_known(&mut *app.database().read().await?, &fingerprint, account, now).await?;
    Ok(is_known.then_some(fingerprint))
}

async fn pay(connection: &mut AnyConnection, (purses, now): &(Vec<Purse>, DateTime<Utc>)) -> Result<(), Error> {
    for purse in purses {
        purse.pay(connection, *now).await?;
    }
    Ok(())
}

async fn give_back(connection: &mut AnyConnection, purses: &Vec<Purse>) -> Result<(), Error> {
    for purse in purses {
        purse.give_back(connection).await?;
    }
    Ok(())
}

/// What the record says of a wrong try.
const FAILED: &str = "sign_in_failed";

#[derive(Clone)]
struct Failure {
    account: AccountName,
    person: StaffId,
    act: &'static str,
    what: &'static str,
    at_known: bool,
}

impl Failure {
    fn of(half: &Half, act: &'static str, what: &'static str) -> Self {
        let (account, person) = (half.account.clone(), half.person.clone());
        Self { account, person, act, what, at_known: half.device.is_some() }
    }
}

/// Counts a wrong try, which the next sign-in tells of.
async fn fail(connection: &mut AnyConnection, (failure, now): &(Failure, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update staff_account set failed_tries = failed_tries + 1, failed_at = $1 where name = $2";
    sql(statement, [(*now).into(), failure.account.as_str().into()]).execute(&mut *connection).await?;
    let Failure { account, act, what, at_known, .. } = failure;
    let detail = json!({ "account": account, "wrong": what, "known_browser": at_known });
    Ok(record::note(connection, &failure.person, (Actor::Resident, act, detail), *now).await?)
}
