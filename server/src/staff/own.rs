//! What somebody changes of their own account, once password and code were given just now.

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value as Json, json};
use shared::identity::PhoneCode;
use shared::staff::{AccountName, NewPassword, Refusal, StaffId};
use sqlx::AnyConnection;

use super::authority::Staff;
use super::scopes::Scopes;
use super::totp::Secret;
use super::{account, record, recovery, roles, session};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::{int, maybe_instant, maybe_text, sql};
use crate::error::Error;

/// How the way in stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayIn {
    /// Wrong tries since the last sign-in, by whomever, and the last of them.
    pub failed_tries: i64,
    pub failed_at: Option<DateTime<Utc>>,
    /// Codes on paper that were not used yet.
    pub paper_left: i64,
    /// Who let them in on a new machine last, by their account, and when.
    pub let_in: Option<(String, DateTime<Utc>)>,
}

/// How somebody's own way in stands.
pub async fn way_in(app: &App, name: &AccountName) -> Result<WayIn, Error> {
    let statement = "select a.failed_tries, a.failed_at, a.new_machine_at, \
         (select min(b.name) from staff_account b where b.staff_id = a.new_machine_by) as new_machine_by, (select count(*) from staff_recovery_code c \
         where c.account = a.name and c.used_at is null) as paper_left from staff_account a where a.name = $1";
    let row = sql(statement, [name.as_str().into()]).fetch_one(&mut *app.database().read().await?).await?;
    Ok(WayIn {
        failed_tries: int(&row, "failed_tries")?,
        failed_at: maybe_instant(&row, "failed_at")?,
        paper_left: int(&row, "paper_left")?,
        let_in: maybe_text(&row, "new_machine_by")?.zip(maybe_instant(&row, "new_machine_at")?),
    })
}

/// What no password of somebody may be made of: their name, their account, their offices.
pub async fn names(app: &App, name: &AccountName) -> Result<Vec<String>, Error> {
    let person = account::person(app, name).await?;
    let mut connection = app.database().read().await?;
    let scopes = Scopes::load(&mut connection).await?;
    let id = account::person_of(&mut connection, name).await?;
    let held = roles::held(&mut connection, &id).await?;
    let places = held.iter().flat_map(|held| {
        let (called, (_, id)) = (scopes.name(&held.grant.scope), held.grant.scope.columns());
        [called.zh, called.en, id.to_owned()]
    });
    Ok([person.name.as_str().to_owned(), name.to_string()].into_iter().chain(places).collect())
}

/// Changes the password; every other session ends.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`shared::problem::Problem::Busy`].
pub async fn change_password(app: &App, staff: &Staff, password: &NewPassword) -> Result<(), Error> {
    staff.confirmed()?;
    let hash = app.passwords().hash(password.reveal()).await?;
    // Others may have hashed before it.
    let now = app.now();
    staff.write(app, (Changing::of(staff, now), hash), write_password).await
}

/// A secret for another authenticator: to be shown, and sealed to be sent back with its code.
pub fn new_authenticator(app: &App, staff: &Staff) -> (Secret, String) {
    let secret = Secret::new();
    let sealed = app.keys().seal(&pending(staff), &secret);
    (secret, BASE64URL_NOPAD.encode(&sealed))
}

/// The secret that [`new_authenticator`] gave to this session.
///
/// # Errors
/// [`Refusal::SignInAgain`] for anything else.
pub fn shown_authenticator(app: &App, staff: &Staff, sealed: &str) -> Result<Secret, Refusal> {
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(|_| Refusal::SignInAgain)?;
    app.keys().open(&pending(staff), &bytes).map_err(|_| Refusal::SignInAgain)
}

/// Takes another authenticator, whose code is used up; every other session ends.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::NotThisAuthenticator`].
pub async fn change_authenticator(
    app: &App,
    staff: &Staff,
    secret: &Secret,
    code: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    staff.confirmed()?;
    let typed = PhoneCode::parse(code).ok();
    let step = typed.and_then(|typed| secret.step_of(typed.as_str(), now)).ok_or(Refusal::NotThisAuthenticator)?;
    let sealed = app.keys().seal(&account::secret_context(staff.account().as_str()), secret);
    staff.write(app, (Changing::of(staff, now), sealed, step), write_authenticator).await
}

/// Gives new codes on paper, which are shown this once; the old ones are void.
///
/// # Errors
/// [`Refusal::SignInAgain`].
pub async fn new_paper(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<String>, Error> {
    staff.confirmed()?;
    let paper = recovery::new_codes();
    let prints = paper.iter().filter_map(|code| recovery::fingerprint(app.keys(), staff.account(), code)).collect();
    staff.write(app, (Changing::of(staff, now), prints), write_paper).await?;
    Ok(paper)
}

/// The name under which a secret is sealed while it is being set up by one session.
fn pending(staff: &Staff) -> String {
    format!("staff-authenticator:{}:{}", staff.account(), staff.signed.id)
}

struct Changing {
    account: AccountName,
    person: StaffId,
    session: String,
    now: DateTime<Utc>,
}

impl Changing {
    fn of(staff: &Staff, now: DateTime<Utc>) -> Self {
        let (account, person) = (staff.account().clone(), staff.person().clone());
        Self { account, person, session: staff.signed.id.clone(), now }
    }

    /// What was changed, in the stream of the person.
    async fn note(&self, connection: &mut AnyConnection, act: &'static str, detail: Json) -> Result<(), Error> {
        let event = (Actor::Staff(self.person.clone()), act, detail);
        Ok(record::note(connection, &self.person, event, self.now).await?)
    }
}

async fn write_password(connection: &mut AnyConnection, (own, hash): &(Changing, String)) -> Result<(), Error> {
    let statement = "update staff_account set password_hash = $1 where name = $2 and suspended_at is null";
    let values = [hash.as_str().into(), own.account.as_str().into()];
    let written = sql(statement, values).execute(&mut *connection).await?.rows_affected();
    end_others(connection, own, written, "password_changed").await
}

async fn write_authenticator(
    connection: &mut AnyConnection,
    (own, secret, step): &(Changing, Vec<u8>, i64),
) -> Result<(), Error> {
    let statement =
        "update staff_account set totp_secret = $1, totp_step = $2 where name = $3 and suspended_at is null";
    let values = [secret.clone().into(), (*step).into(), own.account.as_str().into()];
    let written = sql(statement, values).execute(&mut *connection).await?.rows_affected();
    end_others(connection, own, written, "authenticator_changed").await
}

async fn write_paper(connection: &mut AnyConnection, (own, prints): &(Changing, Vec<String>)) -> Result<(), Error> {
    recovery::replace(connection, &own.account, prints).await?;
    own.note(connection, "recovery_codes_made", json!({ "account": own.account })).await
}

async fn end_others(
    connection: &mut AnyConnection,
    own: &Changing,
    written: u64,
    act: &'static str,
) -> Result<(), Error> {
    if written == 0 {
        return Err(Refusal::SignInNeeded.into());
    }
    let ended = session::delete_others(connection, &own.account, &own.session).await?;
    own.note(connection, act, json!({ "account": own.account, "sessions_ended": ended })).await
}
