//! Signing in with a password and a passkey.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::staff::Refusal;
use sqlx::AnyConnection;
use webauthn_rs::prelude::PublicKeyCredential;

use super::challenge::{self, Asked, Waiting};
use super::{key_context, stored, verifier};
use crate::app::App;
use crate::database::sql::sql;
use crate::error::Error;
use crate::staff::prove::{self, Attempt, Factor, Half, Proof};
use crate::staff::sign_in::{SignedIn, come_in};
use crate::staff::token::Token;

/// Takes a password and gives what the browser shall ask a key. The password is paid for and taken as
/// [`crate::staff::sign_in::sign_in`] takes it; then the key is paid for like a code, before it is asked. Who has no key learns
/// nothing of the password.
///
/// # Errors
/// [`Refusal::NotRecognised`], also for whoever has the password and no key; [`Refusal::TooManyTries`];
/// [`shared::problem::Problem::Busy`]; [`Refusal::NoPasskey`] where they are not offered.
pub async fn begin(app: &App, attempt: Attempt<'_>, now: DateTime<Utc>) -> Result<Asked, Error> {
    let verifier = verifier(app.settings())?;
    let (half, _) = prove::half(app, attempt, now).await?;
    let keys: Vec<_> = stored(app, &half.account).await?.into_iter().map(|stored| stored.key).collect();
    prove::ask_key(app, &half, !keys.is_empty(), now).await?;
    let (options, state) = verifier.start_passkey_authentication(&keys).map_err(|_| Refusal::NoPasskey)?;
    let account = half.account.clone();
    let id = challenge::keep(app, &account, &Waiting::ToSignIn(state, half), now).await?;
    Ok(Asked { id, options: json!(options) })
}

/// Takes a key's answer as JSON and lets its owner in. A wrong one costs as much as a wrong code.
///
/// # Errors
/// [`Refusal::PasskeyRefused`] when nothing was asked or it is over; else as [`crate::staff::sign_in::sign_in`].
pub async fn finish(
    app: &App,
    (id, answer): (&str, &str),
    device: Option<&Token>,
    (browser, now): (&str, DateTime<Utc>),
) -> Result<SignedIn, Error> {
    let verifier = verifier(app.settings())?;
    let Waiting::ToSignIn(state, half) = challenge::take(app, id, now).await? else {
        return Err(Refusal::PasskeyRefused.into());
    };
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| Refusal::PasskeyRefused)?;
    let factor = match verifier.finish_passkey_authentication(&answer, &state) {
        Ok(signed) if note_use(app, &half, &signed, now).await? => Factor::Key,
        Ok(_) => Factor::NotThisKey,
        Err(error) => {
            // Such as a counter that fell, which a copy of a key makes it do.
            tracing::warn!(%error, "a passkey was not accepted");
            Factor::NotThisKey
        }
    };
    come_in(app, Proof::of(app.keys(), half, factor), device, (browser, now)).await
}

/// Writes down how far the key has counted; whether it is still the account's.
async fn note_use(
    app: &App,
    half: &Half,
    signed: &webauthn_rs::prelude::AuthenticationResult,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    for mut stored in stored(app, &half.account).await? {
        if stored.key.update_credential(signed).is_some() {
            let sealed = app.keys().seal(&key_context(&stored.id), &stored.key);
            return app.database().write_with((stored.id, sealed, now), update).await;
        }
    }
    Ok(false)
}

async fn update(
    connection: &mut AnyConnection,
    (id, sealed, now): &(String, Vec<u8>, DateTime<Utc>),
) -> Result<bool, Error> {
    let statement = "update staff_passkey set sealed = $1, used_at = $2 where id = $3";
    let values = [sealed.clone().into(), (*now).into(), id.as_str().into()];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() == 1)
}
