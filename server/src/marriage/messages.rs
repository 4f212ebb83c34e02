//! What residents are told by text message.

use chrono::{DateTime, Utc};
use shared::appointments::BookingReference;
use shared::calendar::shanghai;
use shared::identity::Phone;
use shared::locale::Locale;

use crate::app::App;
use crate::appointments::registry::Registry;
use crate::outbox::Message;

/// What happened to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookingEvent {
    Made,
    Moved,
    Cancelled,
}

impl BookingEvent {
    /// The kind of message, and the act in the audit stream.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Made => "booking_made",
            Self::Moved => "booking_moved",
            Self::Cancelled => "booking_cancelled",
        }
    }
}

/// What a message about a booking names.
pub struct About<'a> {
    pub reference: BookingReference,
    pub registry: &'a Registry,
    pub starts_at: DateTime<Utc>,
    pub manage_link: &'a str,
    pub locale: Locale,
}

/// One sealed message for each phone.
pub fn compose(app: &App, phones: &[Phone], news: BookingEvent, about: &About<'_>) -> Vec<Vec<u8>> {
    let text = text(news, about);
    phones.iter().map(|phone| Message::new(phone, text.clone()).seal(app.keys())).collect()
}

/// Tells the phones of the earlier booking that somebody tried to book again with the same person.
pub fn warn_of_duplicate(app: &App, phones: &[Phone], locale: Locale) -> Vec<Vec<u8>> {
    let text = locale.say(
        "【惠民】有人刚才用您已有预约中一人的证件再次预约结婚登记，没有成功，您的预约没有变化。如果不是您本人操作，请拨打 12345。",
        "[Huimin] Someone just tried to book marriage registration again for a person in your booking. It did not succeed and your booking is unchanged. If this was not you, call 12345.",
    );
    phones.iter().map(|phone| Message::new(phone, text.to_owned()).seal(app.keys())).collect()
}

/// The distinct phones of a couple, in order.
pub fn distinct(phones: [Phone; 2]) -> Vec<Phone> {
    let [first, second] = phones;
    if first == second { vec![first] } else { vec![first, second] }
}

fn text(news: BookingEvent, about: &About<'_>) -> String {
    let local = shanghai(about.starts_at).naive_local();
    let locale = about.locale;
    let when = format!("{} {}", locale.full_date(local.date()), locale.time(local.time()));
    let (reference, link) = (about.reference, about.manage_link);
    let place = locale.say(&about.registry.name.zh, &about.registry.name.en);
    match (news, locale) {
        (BookingEvent::Made, Locale::Zh) => format!(
            "【惠民】结婚登记预约成功：{when}，{place}。预约号 {reference}。请两人带好证件一起到场。查看、改期或取消：{link}"
        ),
        (BookingEvent::Made, Locale::En) => format!(
            "[Huimin] Your marriage registration is booked: {when}, {place}. Reference {reference}. Please both come in person with your documents. View, move or cancel: {link}"
        ),
        (BookingEvent::Moved, Locale::Zh) => {
            format!("【惠民】结婚登记预约已改到：{when}，{place}。预约号不变：{reference}。查看：{link}")
        }
        (BookingEvent::Moved, Locale::En) => {
            format!(
                "[Huimin] Your marriage registration was moved to {when}, {place}. The reference stays {reference}. View: {link}"
            )
        }
        (BookingEvent::Cancelled, Locale::Zh) => {
            format!("【惠民】您已取消 {when} 在{place}的结婚登记预约（预约号 {reference}）。需要时可以重新预约。")
        }
        (BookingEvent::Cancelled, Locale::En) => {
            format!(
                "[Huimin] Your marriage registration on {when} at {place} was cancelled (reference {reference}). You can book again at any time."
            )
        }
    }
}
