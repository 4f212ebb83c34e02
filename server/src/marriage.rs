//! Marriage registration on the appointment engine: couples, registries, and what they may register.

pub mod couple;
pub mod domain;
mod invented;
mod listed;
mod one_left;
pub mod registry;

pub use couple::Couple;

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::counter::Paper;
use shared::identity::Phone;
use shared::locale::Locale;
use shared::marriage::documents::{self, DocumentCode};
use shared::marriage::{BookingRequest, Identity, Party, Refusal, RefusalGround, SERVICE, booking::born_by};
use shared::problem::Problem;

use crate::app::App;
use crate::appointments::bookable::Missing;
use crate::appointments::booking::{self, Booked, Claimed, NotBooked, Request, idempotency::RequestKey};
use crate::appointments::{Bookable, confirmed::TypedPhone};
use crate::client::Client;
use crate::error::Error;

/// What marriage registration tells the appointment engine of itself.
pub static BOOKABLE: Bookable = Bookable {
    service: SERVICE,
    name: ["结婚登记", "marriage registration"],
    bring: ["请两人带好证件一起到场。", "Please both come in person with your documents."],
    restore: Couple::restore,
    known_as: Identity::index_texts,
    grounds: || RefusalGround::ALL.iter().copied().map(RefusalGround::ground).collect(),
    papers: || DocumentCode::MISSED.iter().copied().map(DocumentCode::paper).collect(),
    paper: missing,
    invented: Couple::invented,
};

fn missing(paper: &Paper) -> Option<Missing> {
    if DocumentCode::of(paper).is_some_and(DocumentCode::is_private) {
        return Some(Missing::Unnamed);
    }
    documents::title_of(paper).map(Missing::Named)
}

/// Turns a hold into the booking of both parties.
///
/// # Errors
/// As [`booking::book`]; [`Problem::Fields`] for a birth date after today and for a party under age on the day;
/// [`Refusal::NoForeignAuthority`].
pub async fn book(
    app: &App,
    asker: &Client,
    request: &BookingRequest,
    key: Option<&RequestKey>,
    now: DateTime<Utc>,
) -> Result<Booked, NotBooked> {
    let hold = Claimed::Token(request.hold_id.clone(), request.hold_token.clone());
    book_claimed(app, asker, hold, (request.parties.clone(), request.locale), key, now).await
}

/// [`book`] for a hold however it is claimed; messages go out in the couple's language.
pub async fn book_claimed(
    app: &App,
    asker: &Client,
    hold: Claimed,
    (parties, locale): ([Party; 2], Locale),
    key: Option<&RequestKey>,
    now: DateTime<Utc>,
) -> Result<Booked, NotBooked> {
    born_by(&parties, shanghai_date(now)).map_err(Error::from)?;
    let phones = typed_phones(&parties);
    let request = Request { asker: asker.clone(), hold, locale, phones, attendees: Box::new(Couple(parties)) };
    booking::book(app, &BOOKABLE, &request, key, now).await
}

/// The couple's distinct phones; one code serves both when they share a phone, whichever of them typed it.
fn typed_phones(parties: &[Party; 2]) -> Vec<TypedPhone> {
    let code_of = |phone: &Phone| {
        let mut with_phone = parties.iter().filter(|party| party.contact.phone == *phone);
        with_phone.find_map(|party| party.contact.code.clone())
    };
    let mut phones: Vec<TypedPhone> = Vec::new();
    for (index, party) in parties.iter().enumerate() {
        let phone = party.contact.phone.clone();
        if phones.iter().all(|known| known.phone != phone) {
            phones.push(TypedPhone { code: code_of(&phone), phone, field: format!("parties.{index}.phone") });
        }
    }
    phones
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(Problem::from(refusal))
    }
}
