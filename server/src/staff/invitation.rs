//! Setting an account up, and again for whoever has lost the password or the authenticator.
//!
//! Somebody else starts it and hands over a code that works once, for a day; only its bearer learns password and secret.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::identity::PhoneCode;
use shared::staff::{AccountName, NewPassword, Refusal, StaffId};
use sqlx::AnyConnection;

use super::budget::Purse;
use super::scopes::Scopes;
use super::stopped::is_stopped;
use super::{account, confirming, device, ended, home, passkey, record, recovery, roles, session, totp::Secret};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{bytes, maybe_int, maybe_text, sql, word},
};
use crate::error::Error;
use crate::keys::{Keys, token::new_id};

/// How long an invitation can be taken up (OWASP ASVS 5.0, 6.4.1).
pub(super) const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// Invites whoever has an account to set it up; an older invitation is void. Gives the code to hand over.
///
/// # Errors
/// [`Refusal::AccountEnded`].
pub async fn invite(app: &App, account: &AccountName, by: Actor, now: DateTime<Utc>) -> Result<String, Error> {
    let code = new_id();
    app.database().write_with(NewInvitation::of(app, (account, &code), by, now), insert).await?;
    Ok(code)
}

/// The secret to show to the bearer of an invitation.
///
/// # Errors
/// [`Refusal::InvitationOver`], also for accounts that do not exist.
pub async fn look(app: &App, account: &AccountName, code: &str, now: DateTime<Utc>) -> Result<Secret, Error> {
    let statement =
        "select totp_secret from staff_invitation where account = $1 and code_hash = $2 and expires_at > $3";
    let hash = fingerprint(app.keys(), account, code);
    let values = [account.as_str().into(), hash.into(), now.into()];
    let row = sql(statement, values).fetch_optional(&mut *app.database().read().await?).await?;
    let row = row.ok_or(Refusal::InvitationOver)?;
    Ok(app.keys().open(&account::secret_context(account.as_str()), &bytes(&row, "totp_secret")?)?)
}

/// [`look`] for whoever sends it from somewhere: a try that is wrong is paid for by its network. An account has no purse here,
/// since a code of 130 bits is never guessed, and whoever is invited has no browser yet of whose tries they could be sure.
///
/// # Errors
/// [`Refusal::InvitationOver`], also for what is no account; [`Refusal::TooManyTries`].
pub async fn open(
    app: &App,
    (account, code): (&str, &str),
    address: IpAddr,
    now: DateTime<Utc>,
) -> Result<(AccountName, Secret), Error> {
    let purse = Purse::invitations_of_network(app.keys(), address);
    app.database().write_with((purse.clone(), now), pay).await?;
    let account = AccountName::parse(account).map_err(|_| Refusal::InvitationOver)?;
    let secret = look(app, &account, code, now).await?;
    app.database().write_with(purse, give_back).await?;
    Ok((account, secret))
}

async fn pay(connection: &mut AnyConnection, (purse, now): &(Purse, DateTime<Utc>)) -> Result<(), Error> {
    purse.pay(connection, *now).await.map(drop)
}

async fn give_back(connection: &mut AnyConnection, purse: &Purse) -> Result<(), Error> {
    purse.give_back(connection).await
}

/// What whoever has set an account up is told this once.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The new codes on paper.
    pub paper: Vec<String>,
    /// What they tell the second person, without whom an account that an administrator opened lets nobody in.
    pub number: Option<u32>,
}

/// Takes an invitation up with a password and a code of the authenticator, which is used up too. Everything older is void:
/// sessions, known browsers, passkeys, codes on paper. What the operator opened is open; what an administrator opened waits
/// for [`confirming::decide`].
///
/// # Errors
/// [`Refusal::InvitationOver`], also where whoever made it could not make it now or was stopped since;
/// [`Refusal::NotThisAuthenticator`].
pub async fn take_up(
    app: &App,
    (account, code): (&AccountName, &str),
    password: &NewPassword,
    totp_code: &str,
    now: DateTime<Utc>,
) -> Result<SetUp, Error> {
    let secret = look(app, account, code, now).await?;
    let typed = PhoneCode::parse(totp_code).ok();
    let step = typed.and_then(|typed| secret.step_of(typed.as_str(), now)).ok_or(Refusal::NotThisAuthenticator)?;
    let paper = recovery::new_codes();
    let password_hash = app.passwords().hash(password.reveal()).await?;
    // Others may have hashed before it.
    let now = app.now();
    let taken = TakenUp {
        code_hash: fingerprint(app.keys(), account, code),
        password_hash,
        step,
        paper: paper.iter().filter_map(|code| recovery::fingerprint(app.keys(), account, code)).collect(),
        account: account.clone(),
        now,
    };
    let waits = app.database().write_with(taken, set_up).await?;
    Ok(SetUp { paper, number: waits.then(|| confirming::number(app.keys(), account, now)) })
}

/// An invitation as the database will keep it.
pub(super) struct NewInvitation {
    account: AccountName,
    code_hash: String,
    secret: Vec<u8>,
    by: Actor,
    now: DateTime<Utc>,
}

impl NewInvitation {
    pub(super) fn of(app: &App, (account, code): (&AccountName, &str), by: Actor, now: DateTime<Utc>) -> Self {
        Self {
            code_hash: fingerprint(app.keys(), account, code),
            secret: app.keys().seal(&account::secret_context(account.as_str()), &Secret::new()),
            account: account.clone(),
            by,
            now,
        }
    }
}

pub(super) async fn insert(connection: &mut AnyConnection, new: &NewInvitation) -> Result<(), Error> {
    let person = account::person_of(connection, &new.account).await?;
    ended::is_not(connection, &new.account).await?;
    let statement = "insert into staff_invitation (account, code_hash, totp_secret, expires_at, made_by, made_after) \
         values ($1, $2, $3, $4, $5, (select s.audit_length from staff s where s.id = $5)) \
         on conflict (account) do update set code_hash = excluded.code_hash, totp_secret = excluded.totp_secret, \
         expires_at = excluded.expires_at, made_by = excluded.made_by, made_after = excluded.made_after";
    let made_by = match &new.by {
        Actor::Staff(maker) => Some(maker.to_string()),
        _ => None,
    };
    let values = [
        new.account.as_str().into(),
        new.code_hash.as_str().into(),
        new.secret.clone().into(),
        (new.now + LIFETIME).into(),
        made_by.into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let detail = json!({ "account": new.account });
    Ok(record::note(connection, &person, (new.by.clone(), "account_invited", detail), new.now).await?)
}

struct TakenUp {
    account: AccountName,
    code_hash: String,
    password_hash: String,
    step: i64,
    paper: Vec<String>,
    now: DateTime<Utc>,
}

/// Whether the account waits for a second person now.
async fn set_up(connection: &mut AnyConnection, taken: &TakenUp) -> Result<bool, Error> {
    let TakenUp { account, now, .. } = taken;
    let statement = "delete from staff_invitation where account = $1 and code_hash = $2 and expires_at > $3 \
         returning totp_secret, made_by, made_after";
    let values = [account.as_str().into(), taken.code_hash.as_str().into(), (*now).into()];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?;
    let row = row.ok_or(Refusal::InvitationOver)?;
    let (secret, maker) = (bytes(&row, "totp_secret")?, maybe_text(&row, "made_by")?);
    let made_after = maybe_int(&row, "made_after")?;
    let statement = "update staff_account set password_hash = $1, totp_secret = $2, totp_step = $3, suspended_at = null, \
         suspended_by = case when agreed_by is null then suspended_by end, suspended_until = null, agreed_by = null, failed_tries = 0, failed_at = null, used_at = $4, \
         opened_anew = case when password_hash is null then 0 else 1 end, opened_by = $5, opened_at = $4, opened_after = $7, \
         seen_by = null, seen_at = null where name = $6 returning staff_id";
    let values = [
        taken.password_hash.as_str().into(),
        secret.into(),
        taken.step.into(),
        (*now).into(),
        maker.clone().into(),
        account.as_str().into(),
        made_after.into(),
    ];
    let row = sql(statement, values).fetch_one(&mut *connection).await?;
    let person: StaffId = word(&row, "staff_id", |id| StaffId::parse(id).ok())?;
    // First, since it keeps roles that are given meanwhile waiting.
    let event = (Actor::Staff(person.clone()), "account_set_up", json!({ "account": account }));
    record::note(connection, &person, event, *now).await?;
    if let Some(maker) = &maker {
        let maker = StaffId::parse(maker).map_err(|_| DatabaseError::unreadable("made_by"))?;
        still_makes(connection, (&maker, made_after), &person, *now).await?;
    }
    recovery::replace(connection, account, &taken.paper).await?;
    session::delete_all(connection, account).await?;
    device::forget_all(connection, account).await?;
    passkey::delete_all(connection, account).await?;
    Ok(maker.is_some())
}

/// Roles that ended since may have made the account another's to open; what another office gave has not.
async fn still_makes(
    connection: &mut AnyConnection,
    (maker, made_after): (&StaffId, Option<i64>),
    person: &StaffId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if is_stopped(connection, (maker, made_after)).await? {
        return Err(Refusal::InvitationOver.into());
    }
    let scopes = Scopes::load(connection).await?;
    let theirs = roles::held(connection, maker).await?;
    let theirs: Vec<_> = theirs.iter().map(|held| &held.grant).collect();
    let opened = roles::held(connection, person).await?;
    if home::is_managed(&theirs, &opened, &scopes, now) { Ok(()) } else { Err(Refusal::InvitationOver.into()) }
}

fn fingerprint(keys: &Keys, account: &AccountName, code: &str) -> String {
    keys.fingerprint("staff-invitation", format!("{account}\n{code}").as_bytes())
}
