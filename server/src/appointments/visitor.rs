//! One person who books alone: name, phone, and the answers to the questions that a service declares.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use shared::appointments::question::QuestionAnswer;
use shared::identity::{MaskedPerson, PersonName, Phone, PhoneCode};
use shared::locale::Locale;

use super::attendees::{Attendees, InFull, Masked};
use super::bookable::Bookable;
use super::booking::{self, Booked, Claimed, NotBooked, Request, idempotency::RequestKey};
use super::confirmed::TypedPhone;
use super::record::Record;
use crate::app::App;
use crate::client::Client;
use crate::database::Database;
use crate::error::Error;

/// Who comes.
#[derive(Clone, PartialEq, Eq)]
pub struct Visitor {
    pub name: PersonName,
    pub phone: Phone,
    /// In the order of the questions.
    pub answers: Vec<QuestionAnswer>,
}

/// A visitor as they recognise themselves.
pub struct MaskedVisitor {
    pub name: String,
    pub phone: String,
    pub answers: Vec<QuestionAnswer>,
}

/// What is sealed of a visitor.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    phone: String,
    answers: Vec<QuestionAnswer>,
}

/// Books a held time for one visitor, whose phone is confirmed by the code typed in `phone_code`.
///
/// # Errors
/// As [`booking::book`].
pub async fn book(
    app: &App,
    asker: &Client,
    bookable: &Bookable,
    hold: Claimed,
    (visitor, code): (Visitor, Option<PhoneCode>),
    key: &RequestKey,
    locale: Locale,
) -> Result<Booked, NotBooked> {
    let phones = vec![TypedPhone { phone: visitor.phone.clone(), code, field: "phone".to_owned() }];
    let request = Request { asker: asker.clone(), hold, locale, attendees: Box::new(visitor), phones };
    booking::book(app, bookable, &request, Some(key), app.now()).await
}

impl Visitor {
    /// Reads what was kept.
    pub fn restore(kept: Json) -> Option<Box<dyn Attendees>> {
        let Kept { name, phone, answers } = serde_json::from_value(kept).ok()?;
        Some(Box::new(Self { name: PersonName::parse(&name).ok()?, phone: Phone::parse(&phone).ok()?, answers }))
    }
}

impl Visitor {
    /// Nobody shows a document, so the confirmed phone stands for the person.
    fn identity(phone: &Phone) -> String {
        format!("phone:{}", phone.as_str())
    }

    /// What somebody with this phone is known as.
    pub fn known_as(phone: &str) -> Vec<String> {
        Phone::parse(phone).iter().map(Self::identity).collect()
    }
}

impl Attendees for Visitor {
    fn keep(&self) -> Json {
        let (name, phone) = (self.name.as_str().to_owned(), self.phone.as_str().to_owned());
        serde_json::to_value(Kept { name, phone, answers: self.answers.clone() }).expect("texts always serialise")
    }

    /// Whoever comes alone has nobody to hide anything from.
    fn copied(&self, _: Option<usize>) -> Json {
        self.keep()
    }

    fn masked(&self) -> Masked {
        let (name, phone) = (self.name.masked(), self.phone.masked());
        Masked::new(MaskedVisitor { name, phone, answers: self.answers.clone() })
    }

    fn listed(&self) -> Vec<MaskedPerson> {
        vec![MaskedPerson::of(&self.name, None, &self.phone)]
    }

    fn in_full(&self) -> Vec<InFull> {
        let (name, phone) = (self.name.as_str().to_owned(), self.phone.spoken());
        vec![InFull { name, id_number: None, phone }]
    }

    fn identities(&self) -> Vec<String> {
        vec![Self::identity(&self.phone)]
    }

    fn phones(&self) -> Vec<Phone> {
        vec![self.phone.clone()]
    }

    fn admissible<'a>(&'a self, _: &'a Database, _: &'a Record, _: DateTime<Utc>) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }
}
