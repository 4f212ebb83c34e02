//! Comparing what somebody typed with the codes that were sent.
//!
//! Its asker is told exactly what is wrong with a code. Whoever did not ask for one is told one thing only, whether or not
//! the phone was ever sent a code, and after a time that tells no more.

use chrono::{DateTime, Utc};
use shared::field::{FieldErrors, Reason};
use shared::identity::{Phone, PhoneCodeReason};
use sqlx::AnyConnection;
use subtle::{Choice, ConstantTimeEq};

use super::{ATTEMPTS, Asker, Purpose, phone_index};
use crate::app::App;
use crate::database::sql::{flag, instant, int, sql, text};
use crate::error::Error;

/// A code that somebody typed, as the database compares it.
pub struct TypedCode {
    /// Blind index of the phone it was sent to.
    pub phone: String,
    purpose: String,
    asker: Asker,
    hash: String,
}

impl TypedCode {
    pub fn new(app: &App, asker: &Asker, phone: &Phone, purpose: Purpose<'_>, code: &str) -> Self {
        let phone = phone_index(app, phone);
        let hash = app.keys().code_hash(&phone, code);
        Self { phone, purpose: purpose.key(), asker: asker.clone(), hash }
    }
}

/// Uses up a code. Whoever asks for this has to answer in even time ([`crate::even_time`]).
///
/// # Errors
/// A field error at `phone_code`; each wrong try is counted and stays counted.
pub async fn confirm(
    app: &App,
    asker: &Asker,
    phone: &Phone,
    purpose: Purpose<'_>,
    code: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let typed = TypedCode::new(app, asker, phone, purpose, code);
    let answer: Result<(), Reason> = app.database().write_with((typed, now), try_one).await?;
    answer.map_err(|reason| FieldErrors::one("phone_code", reason).into())
}

async fn try_one(
    connection: &mut AnyConnection,
    (typed, now): &(TypedCode, DateTime<Utc>),
) -> Result<Result<(), Reason>, Error> {
    try_code(connection, typed, *now).await
}

/// Uses a code up. A wrong code is an answer and not an error, so that the count of tries is kept.
pub async fn try_code(
    connection: &mut AnyConnection,
    typed: &TypedCode,
    now: DateTime<Utc>,
) -> Result<Result<(), Reason>, Error> {
    Ok(compare(connection, typed, now).await?.and_then(|right| match right {
        Right { was_used: false, .. } => Ok(()),
        Right { was_used: true, is_own: true } => Err(PhoneCodeReason::UsedUp.into()),
        Right { was_used: true, is_own: false } => Err(PhoneCodeReason::NotRight.into()),
    }))
}

/// [`try_code`] for what a code was used for before: the phone that it proved then is still at hand.
pub async fn try_code_again(
    connection: &mut AnyConnection,
    typed: &TypedCode,
    now: DateTime<Utc>,
) -> Result<Result<(), Reason>, Error> {
    Ok(compare(connection, typed, now).await?.map(|_| ()))
}

/// A code that was typed as it was sent, while it runs.
struct Right {
    was_used: bool,
    /// Whether whoever typed it had asked for it.
    is_own: bool,
}

/// Counts a try, and uses the code up where it is right.
async fn compare(
    connection: &mut AnyConnection,
    typed: &TypedCode,
    now: DateTime<Utc>,
) -> Result<Result<Right, Reason>, Error> {
    match compare_own(connection, typed, now).await? {
        Some(answer) => Ok(answer),
        None => Ok(compare_with_others(connection, typed, now).await?.ok_or_else(|| PhoneCodeReason::NotRight.into())),
    }
}

/// The answer to somebody who asked for a code to this phone; nothing for everybody else.
async fn compare_own(
    connection: &mut AnyConnection,
    typed: &TypedCode,
    now: DateTime<Utc>,
) -> Result<Option<Result<Right, Reason>>, Error> {
    let TypedCode { phone, purpose, asker, hash } = typed;
    let key = || [phone.as_str().into(), purpose.as_str().into(), asker.as_str().into()];
    let statement = "update asked_code set attempts = attempts + 1 \
         where phone_index = $1 and purpose = $2 and asker = $3 and attempts < $4 \
         returning code_hash, expires_at, used, attempts";
    let [phone, purpose, asker] = key();
    let row = sql(statement, [phone, purpose, asker, ATTEMPTS.into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else {
        let statement = "select 1 from asked_code where phone_index = $1 and purpose = $2 and asker = $3";
        let asked = sql(statement, key()).fetch_optional(connection).await?.is_some();
        return Ok(asked.then(|| Err(PhoneCodeReason::UsedUp.into())));
    };
    let is_right = bool::from(text(&row, "code_hash")?.as_bytes().ct_eq(hash.as_bytes()));
    if instant(&row, "expires_at")? <= now {
        return Ok(Some(Err(PhoneCodeReason::Expired.into())));
    }
    Ok(Some(match (flag(&row, "used")?, is_right) {
        (was_used, true) => {
            use_up(connection, typed, typed.asker.as_str()).await?;
            Ok(Right { was_used, is_own: true })
        }
        (true, false) => Err(PhoneCodeReason::UsedUp.into()),
        (false, false) => {
            let left = u32::try_from(ATTEMPTS - int(&row, "attempts")?).unwrap_or(0);
            Err(PhoneCodeReason::wrong(left).into())
        }
    }))
}

/// Whether somebody who did not ask typed one of the codes that run, as those do who lost their cookies or have none. All
/// that run are compared, and each counts the try.
async fn compare_with_others(
    connection: &mut AnyConnection,
    typed: &TypedCode,
    now: DateTime<Utc>,
) -> Result<Option<Right>, Error> {
    let statement = "update asked_code set attempts_of_others = attempts_of_others + 1 \
         where phone_index = $1 and purpose = $2 and expires_at > $3 and attempts_of_others < $4 \
         returning asker, code_hash, used";
    let values = [typed.phone.as_str().into(), typed.purpose.as_str().into(), now.into(), ATTEMPTS.into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let mut right: Option<(String, bool)> = None;
    for row in &rows {
        let is_right: Choice = text(row, "code_hash")?.as_bytes().ct_eq(typed.hash.as_bytes());
        let was_used = flag(row, "used")?;
        if bool::from(is_right) && right.as_ref().is_none_or(|(_, before)| *before && !was_used) {
            right = Some((text(row, "asker")?, was_used));
        }
    }
    let Some((asker, was_used)) = right else { return Ok(None) };
    use_up(connection, typed, &asker).await?;
    Ok(Some(Right { was_used, is_own: false }))
}

async fn use_up(connection: &mut AnyConnection, typed: &TypedCode, asker: &str) -> Result<(), Error> {
    let statement = "update asked_code set used = 1 where phone_index = $1 and purpose = $2 and asker = $3";
    let values = [typed.phone.as_str().into(), typed.purpose.as_str().into(), asker.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
