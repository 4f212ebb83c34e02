//! Passkeys (Web Authentication Level 3): a key that somebody carries with them opens the second half of a sign-in, in the
//! place of a code. It signs only for this portal's own address, so that no other page can ask it to.

mod adding;
mod challenge;
mod signing;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::problem::Problem;
use shared::staff::{AccountName, Refusal};
use sqlx::AnyConnection;
use webauthn_rs::prelude::{Passkey, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::authority::Staff;
use super::record;
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::{bytes, instant, maybe_instant, sql, text};
use crate::error::Error;
use crate::settings::{Passkeys, Settings};

pub use adding::{begin as begin_adding, finish as finish_adding};
pub use challenge::Asked;
pub(super) use challenge::{context as challenge_context, forget};
pub use signing::{begin as begin_signing_in, finish as finish_signing_in};

/// Of one account.
const MOST: usize = 10;

/// A passkey as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub id: String,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

/// Whether staff can have passkeys here.
pub fn are_offered(settings: &Settings) -> bool {
    settings.passkeys != Passkeys::Off
}

/// The passkeys of an account, the oldest first.
pub async fn list(app: &App, account: &AccountName) -> Result<Vec<Key>, Error> {
    let statement =
        "select id, name, created_at, used_at from staff_passkey where account = $1 order by created_at, id";
    let rows = sql(statement, [account.as_str().into()]).fetch_all(&mut *app.database().read().await?).await?;
    let read = |row| {
        Ok(Key {
            id: text(row, "id")?,
            name: text(row, "name")?,
            created_at: instant(row, "created_at")?,
            used_at: maybe_instant(row, "used_at")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Takes a passkey away from one's own account.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::PasskeyNeeded`], [`Problem::NotFound`].
pub async fn remove(app: &App, staff: &Staff, id: &str, now: DateTime<Utc>) -> Result<(), Error> {
    may_change(app, staff).await?;
    staff.write(app, (staff.clone(), id.to_owned(), now), delete).await
}

/// Takes every passkey away from an account that is set up anew.
pub(super) async fn delete_all(connection: &mut AnyConnection, account: &AccountName) -> Result<(), Error> {
    for statement in ["delete from staff_passkey where account = $1", "delete from staff_challenge where account = $1"]
    {
        sql(statement, [account.as_str().into()]).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The name under which a passkey is sealed.
pub(super) fn key_context(id: &str) -> String {
    format!("staff-passkey:{id}")
}

/// The first key is added after password and code; from then on it takes one to change them, or whoever has learnt a
/// password and seen a code would stay for ever.
async fn may_change(app: &App, staff: &Staff) -> Result<(), Error> {
    if !staff.is_fresh() {
        return Err(Refusal::SignInAgain.into());
    }
    if !staff.signed.by_key && !list(app, staff.account()).await?.is_empty() {
        return Err(Refusal::PasskeyNeeded.into());
    }
    Ok(())
}

/// What asks keys to sign, for the portal's own address.
fn verifier(settings: &Settings) -> Result<Webauthn, Error> {
    if !are_offered(settings) {
        return Err(Refusal::NoPasskey.into());
    }
    let origin = Url::parse(&settings.origin()).map_err(|_| Refusal::NoPasskey)?;
    // Keys know names and no numbers: a portal that is tried out on its own machine is called localhost by it.
    let (origin, at_home) = match origin.domain() {
        Some(name) => (origin.clone(), name == "localhost"),
        None => (Url::parse("http://localhost").map_err(|_| Refusal::NoPasskey)?, true),
    };
    let name = origin.domain().unwrap_or_default().to_owned();
    let builder = WebauthnBuilder::new(&name, &origin).map_err(|_| Refusal::NoPasskey)?;
    let verifier = builder.rp_name("惠民 Huimin").allow_any_port(at_home).build();
    verifier.map_err(|_| Refusal::NoPasskey.into())
}

/// A passkey with the id of its row.
struct Stored {
    id: String,
    key: Passkey,
}

async fn stored(app: &App, account: &AccountName) -> Result<Vec<Stored>, Error> {
    let statement = "select id, sealed from staff_passkey where account = $1 order by created_at, id";
    let rows = sql(statement, [account.as_str().into()]).fetch_all(&mut *app.database().read().await?).await?;
    let open = |row| {
        let id = text(row, "id")?;
        Ok(Stored { key: app.keys().open(&key_context(&id), &bytes(row, "sealed")?)?, id })
    };
    rows.iter().map(open).collect()
}

async fn delete(
    connection: &mut AnyConnection,
    (staff, id, now): &(Staff, String, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "delete from staff_passkey where id = $1 and account = $2";
    let values = [id.as_str().into(), staff.account().as_str().into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Problem::NotFound.into());
    }
    let event: (Actor, _, _) = (staff.actor(), "passkey_removed", json!({ "account": staff.account(), "key": id }));
    Ok(record::note(connection, staff.person(), event, *now).await?)
}
