//! Signing in, and proving it again for what asks for that.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::staff::{AccountName, Refusal, StaffId};
use sqlx::AnyConnection;

use super::prove::{self, Proof};
use super::session::{self, Signed};
use super::token::{Kind, Token};
use super::{confirming, device, letting_in, record};
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::{int, maybe_instant, sql};
use crate::error::Error;
use crate::keys::token::new_id;

pub use prove::Attempt;

/// How long a browser is known after a sign-in. Days.
pub const DEVICE_DAYS: i64 = 90;

/// Somebody who has come in.
#[derive(Debug)]
pub struct SignedIn {
    pub session: Token,
    /// To be set anew each time, since it is good for so many days from now.
    pub device: Token,
    pub account: AccountName,
    pub person: StaffId,
    /// Wrong tries since the sign-in before, by whomever, and the last of them.
    pub failed_tries: i64,
    pub failed_at: Option<DateTime<Utc>>,
}

/// Signs somebody in with password and code. `browser` is what theirs calls itself.
///
/// # Errors
/// [`Refusal::NotRecognised`], never which; [`Refusal::TooManyTries`]; [`Refusal::Unconfirmed`] where all is right and a
/// second person has not yet seen whose account it is, [`Refusal::OpenedInVain`] where none will; [`shared::problem::Problem::Busy`].
pub async fn sign_in(app: &App, attempt: Attempt<'_>, browser: &str, now: DateTime<Utc>) -> Result<SignedIn, Error> {
    let proof = prove::password(app, attempt, now).await?;
    come_in(app, proof, attempt.device, (browser, now)).await
}

/// Lets somebody in whose password was right, where what goes with it is.
pub(super) async fn come_in(
    app: &App,
    proof: Proof,
    device: Option<&Token>,
    (browser, now): (&str, DateTime<Utc>),
) -> Result<SignedIn, Error> {
    let known = match device {
        // Known for this account already.
        Some(device) if proof.half.device.is_some() => Some(device.clone()),
        Some(device) => {
            let fingerprint = device.fingerprint(app.keys());
            let mut connection = app.database().read().await?;
            device::is_anybodys(&mut connection, &fingerprint, now).await?.then(|| device.clone())
        }
        None => None,
    };
    let (session, device) =
        (Token::new(Kind::Session, app.keys()), known.unwrap_or_else(|| Token::new(Kind::Device, app.keys())));
    let new = NewSession {
        id: new_id(),
        session: session.fingerprint(app.keys()),
        device: device.fingerprint(app.keys()),
        browser: browser.chars().filter(|c| !c.is_control()).take(200).collect(),
        now,
    };
    let (account, person) = (proof.half.account.clone(), proof.half.person.clone());
    match app.database().write_with((proof, new), admit).await? {
        Admitted::In(failed_tries, failed_at) => {
            Ok(SignedIn { session, device, account, person, failed_tries, failed_at })
        }
        Admitted::Unconfirmed(since) => {
            let number = confirming::number(app.keys(), &account, since);
            Err(Refusal::Unconfirmed { number }.into())
        }
        Admitted::OpenedInVain => Err(Refusal::OpenedInVain.into()),
        Admitted::Wrong => Err(Refusal::NotRecognised.into()),
    }
}

/// Takes password and code anew from somebody who is signed in; the session goes on under a new token.
///
/// # Errors
/// As [`sign_in`].
pub async fn confirm(app: &App, signed: &Signed, attempt: Attempt<'_>, now: DateTime<Utc>) -> Result<Token, Error> {
    let proof = prove::password(app, Attempt { account: signed.account.as_str(), ..attempt }, now).await?;
    let token = Token::new(Kind::Session, app.keys());
    let hash = token.fingerprint(app.keys());
    let is_right = app.database().write_with((proof, signed.id.clone(), hash, now), confirm_one).await?;
    if is_right { Ok(token) } else { Err(Refusal::NotRecognised.into()) }
}

struct NewSession {
    id: String,
    session: String,
    device: String,
    browser: String,
    now: DateTime<Utc>,
}

/// What came of a sign-in: an answer and no error, so that what was used up and counted stays so.
enum Admitted {
    /// With the failed tries before.
    In(i64, Option<DateTime<Utc>>),
    /// Everything is right, and the account waits for a second person since then.
    Unconfirmed(DateTime<Utc>),
    /// The same, and whoever opened it was stopped since.
    OpenedInVain,
    Wrong,
}

async fn admit(connection: &mut AnyConnection, (proof, new): &(Proof, NewSession)) -> Result<Admitted, Error> {
    if !prove::code(connection, proof, new.now).await? {
        return Ok(Admitted::Wrong);
    }
    if let Some((since, in_vain)) = confirming::waits_since(connection, &proof.half.account).await? {
        let detail = json!({ "account": proof.half.account, "by": proof.by() });
        let event = (Actor::Staff(proof.half.person.clone()), "sign_in_waits", detail);
        record::note(connection, &proof.half.person, event, new.now).await?;
        return Ok(if in_vain { Admitted::OpenedInVain } else { Admitted::Unconfirmed(since) });
    }
    let statement = "select failed_tries, failed_at from staff_account where name = $1";
    let row = sql(statement, [proof.half.account.as_str().into()]).fetch_one(&mut *connection).await?;
    let failed = (int(&row, "failed_tries")?, maybe_instant(&row, "failed_at")?);
    let statement =
        "update staff_account set failed_tries = 0, failed_at = null, used_at = $1, signed_in_at = $1 where name = $2";
    sql(statement, [new.now.into(), proof.half.account.as_str().into()]).execute(&mut *connection).await?;
    device::know(connection, &new.device, &proof.half.account, new.now).await?;
    if proof.half.is_let_in {
        letting_in::close(connection, &proof.half.account).await?;
    }
    let row = session::Row {
        id: &new.id,
        token: &new.session,
        account: &proof.half.account,
        browser: &new.browser,
        by_key: proof.is_by_key(),
    };
    session::insert(connection, row, new.now).await?;
    let detail = json!({
        "account": proof.half.account,
        "session": new.id,
        "known_browser": proof.half.device.is_some(),
        "let_in": proof.half.is_let_in,
        "by": proof.by(),
    });
    let event = (Actor::Staff(proof.half.person.clone()), "signed_in", detail);
    record::note(connection, &proof.half.person, event, new.now).await?;
    let (failed_tries, failed_at) = failed;
    Ok(Admitted::In(failed_tries, failed_at))
}

async fn confirm_one(
    connection: &mut AnyConnection,
    (proof, session, token, now): &(Proof, String, String, DateTime<Utc>),
) -> Result<bool, Error> {
    if !prove::code(connection, proof, *now).await? {
        return Ok(false);
    }
    if let Some(device) = &proof.half.device {
        device::know(connection, device, &proof.half.account, *now).await?;
    }
    if !session::renew(connection, session, token, *now).await? {
        return Err(Refusal::SignInNeeded.into());
    }
    let event = (Actor::Staff(proof.half.person.clone()), "confirmed", json!({ "session": session }));
    record::note(connection, &proof.half.person, event, *now).await?;
    Ok(true)
}
