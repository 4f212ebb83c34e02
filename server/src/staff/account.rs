//! People who work at the portal, and the accounts they sign in with.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::field::Reason;
use shared::identity::{IdDocument, IdType, NotThisDocument, PersonName};
use shared::problem::Problem;
use shared::staff::{AccountName, Refusal, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::{device, record, session, totp::Secret};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{bytes, maybe_bytes, maybe_instant, maybe_int, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::keys::token::new_id;

/// A person, as they are taken on.
#[derive(Clone)]
pub struct Person {
    pub name: PersonName,
    pub document: IdDocument,
}

/// A person, as they are shown to themselves and to whoever manages accounts.
#[derive(Clone)]
pub struct Known {
    pub name: PersonName,
    /// None once it was erased ([`super::ended`]).
    pub document: Option<IdDocument>,
}

/// An account as it is compared with what somebody typed.
pub(super) struct Account {
    pub(super) name: AccountName,
    pub(super) person: StaffId,
    pub(super) password_hash: Option<String>,
    pub(super) secret: Option<Secret>,
    pub(super) is_suspended: bool,
    /// Until when they are let in on a machine that is not known, and the fingerprint of the word that does it
    /// ([`super::letting_in`]).
    pub(super) let_in: Option<(DateTime<Utc>, String)>,
}

/// Takes somebody on.
///
/// # Errors
/// [`Refusal::PersonKnown`] for who has been: nobody is two people.
pub async fn take_on(app: &App, person: &Person, by: Actor, now: DateTime<Utc>) -> Result<StaffId, Error> {
    let new = NewPerson::of(app, person, by, now)?;
    let id = new.id.clone();
    app.database().write_with(new, insert_person).await?;
    Ok(id)
}

/// Gives somebody an account, with which nobody can sign in before its invitation was taken up.
///
/// # Errors
/// [`Refusal::AccountTaken`].
pub async fn create(
    app: &App,
    person: &StaffId,
    name: &AccountName,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    app.database().write_with((person.clone(), name.clone(), by, now), insert_account).await
}

/// Lets nobody sign in with an account any more, and ends its sessions; undone by an invitation that is taken up.
pub async fn suspend(app: &App, name: &AccountName, by: Actor, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((name.clone(), by, now), suspend_one).await
}

pub(super) async fn load(app: &App, name: &AccountName) -> Result<Option<Account>, Error> {
    let statement = "select name, staff_id, password_hash, totp_secret, suspended_at, new_machine_until, \
         new_machine_word \
         from staff_account where name = $1";
    let row = sql(statement, [name.as_str().into()]).fetch_optional(&mut *app.database().read().await?).await?;
    row.map(|row| read(app, &row)).transpose()
}

/// The name under which a person is sealed.
pub(super) fn person_context(id: &str) -> String {
    format!("staff:{id}")
}

/// The name under which the secret of an account's authenticator is sealed, while it is being set up too.
pub(super) fn secret_context(account: &str) -> String {
    format!("staff-account:{account}")
}

fn read(app: &App, row: &AnyRow) -> Result<Account, Error> {
    let name = word(row, "name", |name| AccountName::parse(name).ok())?;
    let context = secret_context(name.as_str());
    let secret = maybe_bytes(row, "totp_secret")?.map(|sealed| app.keys().open(&context, &sealed)).transpose()?;
    Ok(Account {
        person: word(row, "staff_id", |id| StaffId::parse(id).ok())?,
        password_hash: maybe_text(row, "password_hash")?,
        secret,
        is_suspended: maybe_int(row, "suspended_at")?.is_some(),
        let_in: maybe_instant(row, "new_machine_until")?.zip(maybe_text(row, "new_machine_word")?),
        name,
    })
}

/// Somebody who is to be taken on, as the database will keep them.
pub(super) struct NewPerson {
    pub(super) id: StaffId,
    sealed: Vec<u8>,
    pub(super) index: String,
    by: Actor,
    now: DateTime<Utc>,
}

impl NewPerson {
    pub(super) fn of(app: &App, person: &Person, by: Actor, now: DateTime<Utc>) -> Result<Self, Error> {
        let id = new_id();
        let text = (person.name.as_str(), person.document.as_str());
        Ok(Self {
            sealed: app.keys().seal(&person_context(&id), &text),
            index: app.keys().blind_index("person", person.document.as_str()),
            id: StaffId::parse(&id).map_err(|_| DatabaseError::unreadable("id"))?,
            by,
            now,
        })
    }
}

pub(super) async fn insert_person(connection: &mut AnyConnection, new: &NewPerson) -> Result<(), Error> {
    let statement = "insert into staff (id, person, person_index, created_at, audit_length, audit_head) \
         values ($1, $2, $3, $4, 0, '') on conflict do nothing";
    let values = [new.id.as_str().into(), new.sealed.clone().into(), new.index.as_str().into(), new.now.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::PersonKnown.into());
    }
    Ok(record::note(connection, &new.id, (new.by.clone(), "taken_on", json!({})), new.now).await?)
}

pub(super) async fn insert_account(
    connection: &mut AnyConnection,
    (person, name, by, now): &(StaffId, AccountName, Actor, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "insert into staff_account (name, staff_id, created_at, used_at) values ($1, $2, $3, $3) \
         on conflict do nothing";
    let values = [name.as_str().into(), person.as_str().into(), (*now).into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::AccountTaken.into());
    }
    let detail = json!({ "account": name });
    Ok(record::note(connection, person, (by.clone(), "account_created", detail), *now).await?)
}

pub(super) async fn suspend_one(
    connection: &mut AnyConnection,
    (name, by, now): &(AccountName, Actor, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update staff_account set suspended_at = $1 where name = $2 and suspended_at is null \
         returning staff_id";
    let row = sql(statement, [(*now).into(), name.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(()) };
    let person = word(&row, "staff_id", |id| StaffId::parse(id).ok())?;
    shut(connection, name, &person).await?;
    let detail = json!({ "account": name });
    Ok(record::note(connection, &person, (by.clone(), "account_suspended", detail), *now).await?)
}

/// Keeps whoever acts from being closed before it is written, and lets nobody act who was: of two who close each other at the
/// same instant, one does.
///
/// # Errors
/// [`Refusal::SignInNeeded`].
pub(super) async fn stays_open(connection: &mut AnyConnection, person: &StaffId) -> Result<(), Error> {
    let statement = "update staff_account set used_at = used_at where staff_id = $1 and suspended_at is null";
    let open = sql(statement, [person.as_str().into()]).execute(connection).await?.rows_affected();
    if open == 0 { Err(Refusal::SignInNeeded.into()) } else { Ok(()) }
}

/// Keeps the row of a person to oneself, changing nothing: what they do at the same instant is counted one after the other.
pub(crate) async fn keep(connection: &mut AnyConnection, person: &StaffId) -> Result<(), DatabaseError> {
    let statement = "update staff set audit_length = audit_length where id = $1";
    sql(statement, [person.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Ends what is open of an account that is suspended, and what its owner has opened for others.
pub(super) async fn shut(connection: &mut AnyConnection, name: &AccountName, person: &StaffId) -> Result<(), Error> {
    close(connection, name).await?;
    let made = "delete from staff_invitation where made_by = $1";
    sql(made, [person.as_str().into()]).execute(&mut *connection).await?;
    Ok(())
}

/// Ends what is open of an account: sessions, known browsers, an invitation.
pub(super) async fn close(connection: &mut AnyConnection, name: &AccountName) -> Result<(), Error> {
    session::delete_all(connection, name).await?;
    device::forget_all(connection, name).await?;
    sql("delete from staff_invitation where account = $1", [name.as_str().into()]).execute(&mut *connection).await?;
    Ok(())
}

/// A person as they were taken on.
pub(super) fn open(app: &App, id: &StaffId, sealed: &[u8]) -> Result<Known, Error> {
    let (name, number): (String, String) = app.keys().open(&person_context(id.as_str()), sealed)?;
    let of_kind = |kind| IdDocument::parse(kind, &number).ok();
    let document = IdType::ALL.iter().copied().find_map(of_kind);
    if document.is_none() && !number.is_empty() {
        return Err(DatabaseError::unreadable("person").into());
    }
    let name = PersonName::parse(&name).map_err(|_| DatabaseError::unreadable("person"))?;
    Ok(Known { name, document })
}

/// A sealed person, sealed again with the name alone.
pub(super) fn without_number(app: &App, id: &StaffId, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let known = open(app, id, sealed)?;
    Ok(app.keys().seal(&person_context(id.as_str()), &(known.name.as_str(), "")))
}

/// The number of an identity card, which tells by itself which kind of card it is of.
///
/// # Errors
/// What is wrong with it.
pub fn document(number: &str) -> Result<IdDocument, Reason> {
    let read = match IdDocument::parse(IdType::ResidentId, number) {
        Err(NotThisDocument::Other(kind)) => IdDocument::parse(kind, number),
        read => read,
    };
    read.map_err(|unread| match unread {
        NotThisDocument::Unreadable(reason) => reason,
        NotThisDocument::Other(_) => Reason::NotOffered(IdDocument::ASKED),
    })
}

/// Whom an account belongs to, by name and number.
///
/// # Errors
/// [`Problem::NotFound`] for no account.
pub async fn person(app: &App, name: &AccountName) -> Result<Known, Error> {
    let statement = "select s.id, s.person from staff_account a join staff s on s.id = a.staff_id where a.name = $1";
    let row = sql(statement, [name.as_str().into()]).fetch_optional(&mut *app.database().read().await?).await?;
    let row = row.ok_or(Problem::NotFound)?;
    open(app, &word(&row, "id", |id| StaffId::parse(id).ok())?, &bytes(&row, "person")?)
}

/// Whether there is an account of this name.
pub(super) async fn is_one(app: &App, name: &AccountName) -> Result<bool, Error> {
    let statement = "select 1 as one from staff_account where name = $1";
    let row = sql(statement, [name.as_str().into()]).fetch_optional(&mut *app.database().read().await?).await?;
    Ok(row.is_some())
}

/// The accounts of whoever has this number.
pub(super) async fn of_document(connection: &mut AnyConnection, index: &str) -> Result<Vec<(StaffId, String)>, Error> {
    let statement = "select a.staff_id, a.name from staff_account a join staff s on s.id = a.staff_id \
         where s.person_index = $1 order by a.name";
    let rows = sql(statement, [index.into()]).fetch_all(connection).await?;
    let read = |row| Ok((word(row, "staff_id", |id| StaffId::parse(id).ok())?, text(row, "name")?));
    rows.iter().map(read).collect()
}

/// Whom an account belongs to.
pub(super) async fn person_of(connection: &mut AnyConnection, name: &AccountName) -> Result<StaffId, Error> {
    let statement = "select staff_id from staff_account where name = $1";
    let row = sql(statement, [name.as_str().into()]).fetch_optional(connection).await?;
    let row = row.ok_or(Problem::NotFound)?;
    StaffId::parse(&text(&row, "staff_id")?).map_err(|_| DatabaseError::unreadable("staff_id").into())
}
