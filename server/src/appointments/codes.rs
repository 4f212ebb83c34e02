//! Six-digit codes that prove a phone is at hand.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use shared::appointments::HoldId;
use shared::field::{FieldErrors, Reason};
use shared::identity::{Phone, PhoneCodeReason};
use shared::locale::Locale;
use shared::problem::Problem;
use sqlx::AnyConnection;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{flag, instant, int, sql, text},
};
use crate::error::Error;
use crate::keys::token::new_code;
use crate::outbox::{self, Message};

/// How long a code can be used.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How soon a phone may be sent another.
pub const RESEND: TimeDelta = TimeDelta::seconds(60);
/// Tries for one code.
const ATTEMPTS: i64 = 5;

/// The blind index under which a phone is found.
pub fn phone_index(app: &App, phone: &Phone) -> String {
    app.keys().blind_index("phone", phone.as_str())
}

/// Sends a code to a phone; a newer code replaces an older one. A code that was used stands in nobody's way.
///
/// # Errors
/// [`Problem::RateLimited`] within a minute of the last code.
pub async fn send(app: &App, phone: &Phone, locale: Locale, now: DateTime<Utc>) -> Result<(), Error> {
    let (index, code) = (phone_index(app, phone), new_code());
    let hash = app.keys().code_hash(&index, &code);
    let message = Message::new(phone, code_text(&code, locale));
    let sealed = message.seal(app.keys());
    let sending = Arc::new((index, hash, sealed));
    app.database().write(move |connection| Box::pin(store(connection, Arc::clone(&sending), now))).await?;
    app.outbox_wakes();
    Ok(())
}

async fn store(
    connection: &mut AnyConnection,
    sending: Arc<(String, String, Vec<u8>)>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (index, hash, sealed) = &*sending;
    let statement = "insert into phone_code (phone_index, code_hash, sent_at, expires_at) values ($1, $2, $3, $4) \
         on conflict (phone_index) do update set code_hash = $2, sent_at = $3, expires_at = $4, used = 0, attempts = 0 \
         where phone_code.sent_at <= $5 or phone_code.used = 1";
    let (expires, resend) = (now + LIFETIME, now - RESEND);
    let values = [index.as_str().into(), hash.as_str().into(), now.into(), expires.into(), resend.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Problem::RateLimited { retry_after: RESEND.num_seconds().unsigned_abs() }.into());
    }
    outbox::insert(connection, None, "phone_code", std::slice::from_ref(sealed), now).await?;
    Ok(())
}

/// Whether a phone was sent a code so recently that another has to wait.
pub async fn is_on_its_way(app: &App, phone: &Phone, now: DateTime<Utc>) -> Result<bool, Error> {
    let index = phone_index(app, phone);
    let statement = "select 1 from phone_code where phone_index = $1 and sent_at > $2 and used = 0";
    let mut connection = app.database().read().await?;
    let sent = sql(statement, [index.into(), (now - RESEND).into()]).fetch_optional(&mut *connection).await?;
    Ok(sent.is_some())
}

/// A code that somebody typed, as the database compares it.
pub(super) struct TypedCode {
    /// Blind index of the phone it was sent to.
    pub(super) phone: String,
    hash: String,
}

impl TypedCode {
    pub(super) fn new(app: &App, phone: &Phone, code: &str) -> Self {
        let phone = phone_index(app, phone);
        let hash = app.keys().code_hash(&phone, code);
        Self { phone, hash }
    }
}

/// Uses up a code and gives the phone's blind index.
///
/// # Errors
/// A field error at `phone_code`; each wrong try is counted and stays counted.
pub async fn confirm(app: &App, phone: &Phone, code: &str, now: DateTime<Utc>) -> Result<String, Error> {
    let tried = Arc::new(TypedCode::new(app, phone, code));
    let index = tried.phone.clone();
    let answer: Result<(), Reason> =
        app.database().write(move |connection| Box::pin(try_code(connection, Arc::clone(&tried), now))).await?;
    match answer {
        Ok(()) => Ok(index),
        Err(reason) => Err(FieldErrors::one("phone_code", reason).into()),
    }
}

/// [`confirm`] for a hold, which remembers the phone: a form that is sent twice uses its code once.
///
/// # Errors
/// As [`confirm`].
pub async fn confirm_for(app: &App, hold: &HoldId, phone: &Phone, code: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let tried = Arc::new((hold.clone(), TypedCode::new(app, phone, code)));
    let answer =
        app.database().write(move |connection| Box::pin(try_code_for(connection, Arc::clone(&tried), now))).await?;
    answer.map_err(|reason| FieldErrors::one("phone_code", reason).into())
}

async fn try_code_for(
    connection: &mut AnyConnection,
    tried: Arc<(HoldId, TypedCode)>,
    now: DateTime<Utc>,
) -> Result<Result<(), Reason>, Error> {
    let (hold, tried) = &*tried;
    if confirmed(connection, hold).await?.contains(&tried.phone) {
        return Ok(Ok(()));
    }
    let answer = try_code_once(connection, tried, now).await?;
    if answer.is_ok() {
        remember(connection, hold, &tried.phone).await?;
    } else if confirmed(connection, hold).await?.contains(&tried.phone) {
        // A twin of this request used the code while this one waited for its row.
        return Ok(Ok(()));
    }
    Ok(answer)
}

async fn try_code(
    connection: &mut AnyConnection,
    tried: Arc<TypedCode>,
    now: DateTime<Utc>,
) -> Result<Result<(), Reason>, Error> {
    try_code_once(connection, &tried, now).await
}

/// A wrong code is an answer and not an error, so that the count of tries is kept.
pub(super) async fn try_code_once(
    connection: &mut AnyConnection,
    TypedCode { phone: index, hash }: &TypedCode,
    now: DateTime<Utc>,
) -> Result<Result<(), Reason>, Error> {
    let statement = "update phone_code set attempts = attempts + 1 where phone_index = $1 and attempts < $2 \
         returning code_hash, expires_at, used, attempts";
    let row = sql(statement, [index.as_str().into(), ATTEMPTS.into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else {
        let sent = sql("select 1 from phone_code where phone_index = $1", [index.as_str().into()]);
        let sent = sent.fetch_optional(connection).await?.is_some();
        return Ok(Err(if sent { PhoneCodeReason::UsedUp } else { PhoneCodeReason::NotSent }.into()));
    };
    if flag(&row, "used")? {
        return Ok(Err(PhoneCodeReason::UsedUp.into()));
    }
    if instant(&row, "expires_at")? <= now {
        return Ok(Err(PhoneCodeReason::Expired.into()));
    }
    if !bool::from(text(&row, "code_hash")?.as_bytes().ct_eq(hash.as_bytes())) {
        let left = u32::try_from(ATTEMPTS - int(&row, "attempts")?).unwrap_or(0);
        return Ok(Err(PhoneCodeReason::wrong(left).into()));
    }
    sql("update phone_code set used = 1 where phone_index = $1", [index.as_str().into()]).execute(connection).await?;
    Ok(Ok(()))
}

/// Notes that a phone was confirmed for a hold, so that a later mistake in the form does not need a new code.
pub async fn remember(connection: &mut AnyConnection, hold: &HoldId, index: &str) -> Result<(), DatabaseError> {
    let statement = "insert into confirmed_phone (appointment_id, phone_index) values ($1, $2) on conflict do nothing";
    sql(statement, [hold.as_str().into(), index.into()]).execute(connection).await?;
    Ok(())
}

/// Those of `phones` that have not been confirmed for a hold, in order.
pub async fn unconfirmed(app: &App, hold: &HoldId, phones: Vec<Phone>) -> Result<Vec<Phone>, Error> {
    let confirmed = confirmed(&mut *app.database().read().await?, hold).await?;
    Ok(phones.into_iter().filter(|phone| !confirmed.contains(&phone_index(app, phone))).collect())
}

/// The phones confirmed for a hold, as blind indexes.
pub async fn confirmed(connection: &mut AnyConnection, hold: &HoldId) -> Result<Vec<String>, DatabaseError> {
    let statement = "select phone_index from confirmed_phone where appointment_id = $1";
    let rows = sql(statement, [hold.as_str().into()]).fetch_all(connection).await?;
    rows.iter().map(|row| text(row, "phone_index")).collect()
}

fn code_text(code: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => {
            format!("【惠民】验证码 {code}，10 分钟内有效，用于办理婚姻登记预约。工作人员不会向您索要验证码。")
        }
        Locale::En => {
            format!(
                "[Huimin] Your code is {code}, valid for 10 minutes, for a marriage registration appointment. Staff never ask for it."
            )
        }
    }
}
