//! Six-digit codes that prove a phone is at hand.

pub mod purpose;

pub use purpose::Purpose;

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use shared::field::{FieldErrors, Reason};
use shared::identity::{Phone, PhoneCodeReason};
use shared::locale::Locale;
use shared::problem::Problem;
use sqlx::AnyConnection;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::database::sql::{flag, instant, int, sql, text};
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

/// What came of asking for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    Sent,
    /// One was sent less than a minute ago, and nothing was counted.
    JustNow(Recent),
    /// This address, or all of them together, asked for too many to this phone.
    TooOften(Problem),
}

/// A code that was sent less than a minute ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Whether it can still be typed: its tries are not used up.
    pub is_good: bool,
    /// Seconds after which another can be sent.
    pub again_in: u64,
}

/// Sends a code to a phone; a newer code for the same purpose replaces an older one. A code that was used stands in
/// nobody's way.
pub async fn send(
    app: &App,
    asker: IpAddr,
    phone: &Phone,
    purpose: Purpose<'_>,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<Sending, Error> {
    let index = phone_index(app, phone);
    // Before anything is counted, since what is not sent takes nothing from the phone's owner.
    if let Some(recent) = recent(app, &index, purpose.name, now).await? {
        return Ok(Sending::JustNow(recent));
    }
    if let Err(problem) = app.limits().text(asker, &index) {
        return Ok(Sending::TooOften(problem));
    }
    let code = new_code();
    let hash = app.keys().code_hash(&index, &code);
    let sealed = Message::new(phone, code_text(&code, purpose.words, locale)).seal(app.keys());
    let new = NewCode { index, purpose: purpose.name.to_owned(), hash, sealed, now };
    let is_stored = app.database().write_with(new, store).await?;
    app.outbox_wakes();
    // A twin of this request sent one meanwhile.
    let twin = Recent { is_good: true, again_in: RESEND.num_seconds().unsigned_abs() };
    Ok(if is_stored { Sending::Sent } else { Sending::JustNow(twin) })
}

/// How far a code that was sent can still be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Works {
        until: DateTime<Utc>,
    },
    /// It has proved its phone.
    Used,
    /// It was typed wrongly too often.
    TriedOut,
    Expired,
}

/// How the code last sent to a phone for this stands now.
pub async fn standing(app: &App, phone: &Phone, purpose: &str, now: DateTime<Utc>) -> Result<Standing, Error> {
    let statement = "select expires_at, used, attempts from phone_code where phone_index = $1 and purpose = $2";
    let values = [phone_index(app, phone).into(), purpose.into()];
    let row = sql(statement, values).fetch_optional(&mut *app.database().read().await?).await?;
    // What is there no more ran out long ago.
    let Some(row) = row else { return Ok(Standing::Expired) };
    let until = instant(&row, "expires_at")?;
    Ok(match (flag(&row, "used")?, int(&row, "attempts")? >= ATTEMPTS) {
        (true, _) => Standing::Used,
        _ if until <= now => Standing::Expired,
        (_, true) => Standing::TriedOut,
        _ => Standing::Works { until },
    })
}

struct NewCode {
    index: String,
    purpose: String,
    hash: String,
    sealed: Vec<u8>,
    now: DateTime<Utc>,
}

/// Whether it replaced what was there, which it does not within a minute of another.
async fn store(connection: &mut AnyConnection, new: &NewCode) -> Result<bool, Error> {
    let statement = "insert into phone_code (phone_index, code_hash, sent_at, expires_at, purpose) \
         values ($1, $2, $3, $4, $6) on conflict (phone_index, purpose) \
         do update set code_hash = $2, sent_at = $3, expires_at = $4, used = 0, attempts = 0 \
         where phone_code.sent_at <= $5 or phone_code.used = 1";
    let (expires, resend) = (new.now + LIFETIME, new.now - RESEND);
    let values = [
        new.index.as_str().into(),
        new.hash.as_str().into(),
        new.now.into(),
        expires.into(),
        resend.into(),
        new.purpose.as_str().into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    outbox::insert_urgent(connection, "phone_code", &new.sealed, expires, new.now).await?;
    Ok(true)
}

/// The code that a phone was sent for this so recently that another has to wait.
async fn recent(app: &App, index: &str, purpose: &str, now: DateTime<Utc>) -> Result<Option<Recent>, Error> {
    let statement = "select sent_at, attempts from phone_code \
         where phone_index = $1 and purpose = $3 and sent_at > $2 and used = 0";
    let mut connection = app.database().read().await?;
    let values = [index.into(), (now - RESEND).into(), purpose.into()];
    let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else { return Ok(None) };
    let wait = instant(&row, "sent_at")? + RESEND - now;
    let again_in = wait.num_milliseconds().unsigned_abs().div_ceil(1000);
    Ok(Some(Recent { is_good: int(&row, "attempts")? < ATTEMPTS, again_in }))
}

/// A code that somebody typed, as the database compares it.
pub struct TypedCode {
    /// Blind index of the phone it was sent to.
    pub phone: String,
    purpose: String,
    hash: String,
}

impl TypedCode {
    pub fn new(app: &App, phone: &Phone, purpose: &str, code: &str) -> Self {
        let phone = phone_index(app, phone);
        let hash = app.keys().code_hash(&phone, code);
        Self { phone, purpose: purpose.to_owned(), hash }
    }
}

/// Uses up a code.
///
/// # Errors
/// A field error at `phone_code`; each wrong try is counted and stays counted.
pub async fn confirm(app: &App, phone: &Phone, purpose: &str, code: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let typed = TypedCode::new(app, phone, purpose, code);
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
        Right::Unused => Ok(()),
        Right::Used => Err(PhoneCodeReason::UsedUp.into()),
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

/// A code that was typed as it was sent, while it runs, by what it was before.
enum Right {
    Unused,
    Used,
}

/// Counts a try, and uses the code up where it is right.
async fn compare(
    connection: &mut AnyConnection,
    TypedCode { phone: index, purpose, hash }: &TypedCode,
    now: DateTime<Utc>,
) -> Result<Result<Right, Reason>, Error> {
    let statement = "update phone_code set attempts = attempts + 1 \
         where phone_index = $1 and purpose = $3 and attempts < $2 \
         returning code_hash, expires_at, used, attempts";
    let values = [index.as_str().into(), ATTEMPTS.into(), purpose.as_str().into()];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?;
    let Some(row) = row else {
        let statement = "select 1 from phone_code where phone_index = $1 and purpose = $2";
        let sent = sql(statement, [index.as_str().into(), purpose.as_str().into()]);
        let sent = sent.fetch_optional(connection).await?.is_some();
        return Ok(Err(if sent { PhoneCodeReason::UsedUp } else { PhoneCodeReason::NotSent }.into()));
    };
    let is_right = bool::from(text(&row, "code_hash")?.as_bytes().ct_eq(hash.as_bytes()));
    if instant(&row, "expires_at")? <= now {
        return Ok(Err(PhoneCodeReason::Expired.into()));
    }
    match (flag(&row, "used")?, is_right) {
        (false, true) => {
            let statement = "update phone_code set used = 1 where phone_index = $1 and purpose = $2";
            sql(statement, [index.as_str().into(), purpose.as_str().into()]).execute(connection).await?;
            Ok(Ok(Right::Unused))
        }
        (true, true) => Ok(Ok(Right::Used)),
        (true, false) => Ok(Err(PhoneCodeReason::UsedUp.into())),
        (false, false) => {
            let left = u32::try_from(ATTEMPTS - int(&row, "attempts")?).unwrap_or(0);
            Ok(Err(PhoneCodeReason::wrong(left).into()))
        }
    }
}

/// Removes codes that ran out a day ago; until then their count of tries stands.
pub async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    let day_ago = *now - TimeDelta::days(1);
    sql("delete from phone_code where expires_at <= $1", [day_ago.into()]).execute(connection).await?;
    Ok(())
}

fn code_text(code: &str, [zh, en]: [&str; 2], locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("【惠民】验证码 {code}，10 分钟内有效，用于{zh}预约。工作人员不会向您索要验证码。"),
        Locale::En => {
            format!(
                "[Huimin] Your code is {code}, valid for 10 minutes, for a {en} appointment. Staff never ask for it."
            )
        }
    }
}
