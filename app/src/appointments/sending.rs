//! Codes to the phones of a booking that is about to be made.

use server::{
    App,
    appointments::confirmed,
    client::Client,
    error::Error,
    phone_codes::{self, Sending},
};
use shared::identity::Phone;

use super::{booking_form::BookingForm, step::Step};
use crate::visit::Visit;

/// What came of asking for codes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    Now,
    /// A phone had one less than a minute ago, which is still good.
    JustNow,
    /// A phone, or somebody's network, has asked for too many.
    TooMany,
}

/// The phones that still need a code.
pub(super) async fn unconfirmed(app: &App, form: &BookingForm) -> Result<Vec<Phone>, Error> {
    let Some(held) = &form.held else { return Ok(Vec::new()) };
    let phones = form.contacts().into_iter().map(|contact| contact.phone);
    confirmed::unconfirmed(app, &held.hold.id, phones.collect()).await
}

/// Sends a code to each of these phones.
pub(super) async fn send(
    app: &App,
    visit: &Visit,
    client: &Client,
    form: &BookingForm,
    phones: &[Phone],
) -> Result<Sent, Error> {
    let mut sent = Sent::Now;
    let purpose = form.pages.bookable.purpose();
    for phone in phones {
        match phone_codes::send(app, client.address, phone, purpose, visit.locale, form.now).await? {
            Sending::Sent => {}
            Sending::JustNow(_) => sent = Sent::JustNow,
            Sending::TooOften(_) => return Ok(Sent::TooMany),
        }
    }
    Ok(sent)
}

/// The page where codes are typed, once they were asked for elsewhere.
pub(super) fn page_after(form: &BookingForm, sent: Sent) -> String {
    let page = form.pages.at(Step::Codes);
    match sent {
        Sent::Now | Sent::JustNow => page,
        Sent::TooMany => format!("{page}?{TOO_MANY}"),
    }
}

/// Queries of that page's address, for what asking for codes came to.
pub(super) const SENT: &str = "sent";
pub(super) const WAIT: &str = "wait";
pub(super) const TOO_MANY: &str = "toomany";
