//! Adding a passkey to one's own account.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use shared::staff::Refusal;
use sqlx::AnyConnection;
use webauthn_rs::prelude::{RegisterPublicKeyCredential, Uuid};

use super::challenge::{self, Asked, Waiting};
use super::{MOST, key_context, may_change, stored, verifier};
use crate::app::App;
use crate::database::sql::sql;
use crate::error::Error;
use crate::keys::token::new_id;
use crate::staff::authority::Staff;
use crate::staff::record;

/// Letters of what an owner calls a key.
const LONGEST_NAME: usize = 40;

/// What the browser shall ask a new key.
///
/// # Errors
/// [`Refusal::NoPasskey`], [`Refusal::SignInAgain`], [`Refusal::PasskeyNeeded`], [`Refusal::PasskeysFull`].
pub async fn begin(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Asked, Error> {
    let verifier = verifier(app.settings())?;
    may_change(app, staff).await?;
    let known = stored(app, staff.account()).await?;
    if known.len() >= MOST {
        return Err(Refusal::PasskeysFull.into());
    }
    let account = staff.account().as_str();
    let known = known.iter().map(|stored| stored.key.cred_id().clone()).collect();
    let asked = verifier.start_passkey_registration(handle(account), account, account, Some(known));
    let (options, state) = asked.map_err(|_| Refusal::NoPasskey)?;
    let id = challenge::keep(app, staff.account(), &Waiting::ToAdd(state), now).await?;
    Ok(Asked { id, options: json!(options) })
}

/// Takes a new key's answer as JSON; the session counts as opened by it.
///
/// # Errors
/// As [`begin`]; [`Refusal::PasskeyRefused`].
pub async fn finish(
    app: &App,
    staff: &Staff,
    (id, name): (&str, &str),
    answer: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let verifier = verifier(app.settings())?;
    may_change(app, staff).await?;
    let Waiting::ToAdd(state) = challenge::take(app, id, now).await? else {
        return Err(Refusal::PasskeyRefused.into());
    };
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| Refusal::PasskeyRefused)?;
    let key = verifier.finish_passkey_registration(&answer, &state).map_err(|_| Refusal::PasskeyRefused)?;
    let id = new_id();
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let new = New {
        credential: data_encoding::BASE64URL_NOPAD.encode(key.cred_id().as_ref()),
        sealed: app.keys().seal(&key_context(&id), &key),
        id,
        name,
        staff: staff.clone(),
        now,
    };
    staff.write(app, new, insert).await
}

struct New {
    id: String,
    credential: String,
    sealed: Vec<u8>,
    name: String,
    staff: Staff,
    now: DateTime<Utc>,
}

async fn insert(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    let New { staff, now, .. } = new;
    let statement = "insert into staff_passkey (id, account, credential, sealed, name, created_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    let values = [
        new.id.as_str().into(),
        staff.account().as_str().into(),
        new.credential.as_str().into(),
        new.sealed.clone().into(),
        new.name.as_str().into(),
        (*now).into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::PasskeyRefused.into());
    }
    let statement = "update staff_session set by_key = 1 where id = $1";
    sql(statement, [staff.signed.id.as_str().into()]).execute(&mut *connection).await?;
    let event = (staff.actor(), "passkey_added", json!({ "account": staff.account(), "key": new.id }));
    Ok(record::note(connection, staff.person(), event, *now).await?)
}

/// What a key knows an account by: tells nothing of it, and is the same each time.
fn handle(account: &str) -> Uuid {
    let digest = Sha256::digest(format!("huimin-passkey\n{account}"));
    let mut handle = [0; 16];
    handle.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(handle)
}
