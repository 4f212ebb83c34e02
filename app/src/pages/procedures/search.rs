//! What somebody who looks for an application has told us, for as long as the code is on its way.

use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use server::{
    App, Error,
    client::Client,
    drafts::{self as kept, Key},
    phone_codes,
    session::Session,
};
use shared::{
    field::FieldMessage,
    identity::{Phone, PhoneReason},
    locale::Locale,
    procedures::CaseReference,
};

use crate::visit::{Visit, keep_session};

/// Sealed beside the browser's session, so that neither the address bar nor the browser's files show the phone.
#[derive(Serialize, Deserialize)]
pub(super) struct Search {
    pub what: What,
    phone: String,
    until: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
pub(super) enum What {
    Case(CaseReference),
    /// Half filled in, of this procedure, with the end of the applicant's identity number.
    Draft {
        procedure: String,
        last_six: String,
    },
}

impl Search {
    pub fn new(what: What, phone: &Phone, now: DateTime<Utc>) -> Self {
        Self { what, phone: phone.as_str().to_owned(), until: now + phone_codes::LIFETIME }
    }

    /// What this browser looks for, while its code can be used.
    pub async fn open(app: &App, visit: &Visit, now: DateTime<Utc>) -> Result<Option<(Self, Phone)>, Error> {
        let Some(session) = &visit.session else { return Ok(None) };
        let search: Option<Self> = kept::load(app, key(session), now).await?;
        let with_phone = |search: Self| Phone::parse(&search.phone).ok().map(|phone| (search, phone));
        Ok(search.and_then(with_phone))
    }

    /// Keeps it for its browser, in place of an earlier one.
    pub async fn keep(&self, app: &App, session: &Session) -> Result<(), Error> {
        kept::save(app, key(session), self, self.until).await
    }

    /// It is used up.
    pub async fn end(&self, app: &App, visit: &Visit, now: DateTime<Utc>) -> Result<(), Error> {
        match &visit.session {
            Some(session) => kept::save(app, key(session), self, now).await,
            None => Ok(()),
        }
    }
}

fn key(session: &Session) -> Key<'_> {
    Key { session, form: "application_search", subject: "" }
}

/// A phone that codes are sent to. Whoever is from a country that is sent none is told so, whatever there is to be found.
pub(super) fn served(app: &App, locale: Locale, typed: &str) -> Result<Phone, FieldMessage> {
    let phone = Phone::parse(typed).and_then(|phone| {
        let unserved = PhoneReason::NotServed { code: phone.country_code() };
        if app.settings().code_countries.serve(&phone) { Ok(phone) } else { Err(unserved.into()) }
    });
    phone.map_err(|reason| FieldMessage {
        field: "phone".to_owned(),
        code: reason.code().to_owned(),
        message: reason.sentence(locale),
    })
}

/// A code belongs to the browser that asks for it, so it is asked for with a session, which is new where there was none.
pub(super) fn asking(visit: &Visit, client: &Client) -> (Client, Session) {
    let (session, _) = visit.session_or_new();
    (Client { address: client.address, session: Some(session.clone()) }, session)
}

/// Gives the session that was asked with to a browser that had none.
pub(super) fn with_session(app: &App, visit: &Visit, response: Response, session: &Session) -> Response {
    if visit.session.is_some() { response } else { keep_session(response, session, app.settings().production()) }
}

/// What is said of a code that opens nothing: one answer for all reasons, or it would tell what belongs together.
pub(super) fn wrong_code(locale: Locale) -> FieldMessage {
    let message = locale.say(
        "这个验证码没有对上。请核对短信里的六位数字；试了几次都不对，或者过了 10 分钟，请返回重新获取。",
        "Nothing was found with this code. Please check the six digits in your text message. After several wrong tries, or 10 \
         minutes, go back and ask for a new code.",
    );
    FieldMessage { field: "phone_code".to_owned(), code: "phone_code_wrong".to_owned(), message: message.to_owned() }
}
