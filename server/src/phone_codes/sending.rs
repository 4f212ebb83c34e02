//! Sending codes, and how those that were sent stand.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use shared::identity::{Phone, PhoneReason};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::say;
use sqlx::AnyConnection;

use super::{ATTEMPTS, Asker, Family, LIFETIME, Purpose, RESEND, phone_index};
use crate::app::App;
use crate::database::DatabaseError;
use crate::database::sql::{flag, instant, int, sql};
use crate::error::Error;
use crate::keys::token::new_code;
use crate::limits::TextRefused;
use crate::outbox::{self, Message};

/// What came of asking for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    Sent,
    /// This asker was sent one less than a minute ago, and nothing was counted.
    JustNow(Recent),
    /// This address, or all of them together, asked for too many to this phone.
    TooOften(Problem),
    /// Phones like this are sent none, or none any more today; what to do instead is said at the phone.
    NotTo(PhoneReason),
}

/// A code that was sent less than a minute ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Whether it can still be typed: its tries are not used up.
    pub is_good: bool,
    /// Seconds after which another can be sent.
    pub again_in: u64,
}

/// Sends a code to a phone; a newer code for the same purpose replaces the older one of this asker, and of nobody else. A
/// code that was used stands in nobody's way.
pub async fn send(
    app: &App,
    (asker, address): (&Asker, IpAddr),
    phone: &Phone,
    purpose: Purpose<'_>,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<Sending, Error> {
    if !app.settings().code_countries.serve(phone) {
        return Ok(Sending::NotTo(PhoneReason::NotServed { code: phone.country_code() }));
    }
    let index = phone_index(app, phone);
    // Before anything is counted, since what is not sent takes nothing from the phone's owner.
    if let Some(recent) = recent(app, asker, &index, purpose, now).await? {
        return Ok(Sending::JustNow(recent));
    }
    if app.database().is_only_reading() {
        return Err(DatabaseError::OnlyReads.into());
    }
    match app.limits().text(address, (phone, &index), purpose.family) {
        Ok(()) => {}
        Err(TextRefused::TooOften(problem)) => return Ok(Sending::TooOften(problem)),
        Err(TextRefused::Abroad) => {
            return Ok(Sending::NotTo(PhoneReason::TooManyAbroad { code: phone.country_code() }));
        }
    }
    let code = new_code();
    let hash = app.keys().code_hash(&index, &code);
    let sealed = Message::new(phone, code_text(&code, purpose, (locale, &app.settings().origin()))).seal(app.keys());
    let new = NewCode { index, purpose: purpose.key(), asker: asker.clone(), hash, sealed, now };
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

/// How the code that this asker last had sent to a phone for this stands now.
pub async fn standing(
    app: &App,
    asker: &Asker,
    phone: &Phone,
    purpose: Purpose<'_>,
    now: DateTime<Utc>,
) -> Result<Standing, Error> {
    let statement = "select expires_at, used, attempts from asked_code \
         where phone_index = $1 and purpose = $2 and asker = $3";
    let values = [phone_index(app, phone).into(), purpose.key().into(), asker.as_str().into()];
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
    asker: Asker,
    hash: String,
    sealed: Vec<u8>,
    now: DateTime<Utc>,
}

/// Whether it replaced what was there, which it does not within a minute of another.
async fn store(connection: &mut AnyConnection, new: &NewCode) -> Result<bool, Error> {
    let statement = "insert into asked_code (phone_index, purpose, asker, code_hash, sent_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (phone_index, purpose, asker) \
         do update set code_hash = $4, sent_at = $5, expires_at = $6, used = 0, attempts = 0, attempts_of_others = 0 \
         where asked_code.sent_at <= $7 or asked_code.used = 1";
    let (expires, resend) = (new.now + LIFETIME, new.now - RESEND);
    let values = [
        new.index.as_str().into(),
        new.purpose.as_str().into(),
        new.asker.as_str().into(),
        new.hash.as_str().into(),
        new.now.into(),
        expires.into(),
        resend.into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    outbox::insert_urgent(connection, "phone_code", &new.sealed, expires, new.now).await?;
    Ok(true)
}

/// The code that this asker was sent for this so recently that another has to wait.
async fn recent(
    app: &App,
    asker: &Asker,
    index: &str,
    purpose: Purpose<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Recent>, Error> {
    let statement = "select sent_at, attempts from asked_code \
         where phone_index = $1 and purpose = $2 and asker = $3 and sent_at > $4 and used = 0";
    let mut connection = app.database().read().await?;
    let values = [index.into(), purpose.key().into(), asker.as_str().into(), (now - RESEND).into()];
    let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else { return Ok(None) };
    let wait = instant(&row, "sent_at")? + RESEND - now;
    let again_in = wait.num_milliseconds().unsigned_abs().div_ceil(1000);
    Ok(Some(Recent { is_good: int(&row, "attempts")? < ATTEMPTS, again_in }))
}

fn code_text(
    code: &str,
    Purpose { words: [zh, en], family, .. }: Purpose<'_>,
    (locale, origin): (Locale, &str),
) -> String {
    let (zh, en) = match family {
        // Whoever gets it may not be who booked.
        Family::Booking => {
            (format!("{zh}预约，有人填了您的手机号"), format!("for a {en} appointment that names your phone"))
        }
        Family::Finding => (format!("打开{zh}的预约"), format!("to open a {en} appointment")),
        Family::Case => (format!("打开“{zh}”的申请"), format!("to open your application ({en})")),
    };
    // It is the first that the other of two hears of it.
    let notice = match family {
        Family::Booking => {
            let at = format!("{origin}{}/privacy", locale.prefix());
            say!(locale, "怎样使用您的信息：{at}", " How your details are used: {at}")
        }
        Family::Finding | Family::Case => String::new(),
    };
    match locale {
        Locale::Zh => format!(
            "【惠民】验证码 {code}，10 分钟内有效，用于{zh}。不是您同意的，不要告诉任何人；工作人员不会向您索要。{notice}"
        ),
        Locale::En => {
            format!(
                "[Huimin] Your code is {code}, valid for 10 minutes, {en}. If you did not agree to that, give it to nobody. Staff \
                 never ask for it.{notice}"
            )
        }
    }
}
