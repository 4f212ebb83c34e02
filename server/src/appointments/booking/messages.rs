//! What people are told of their booking by text message, in words that take the service's name.

use chrono::{DateTime, Utc};
use shared::appointments::BookingReference;
use shared::calendar::shanghai;
use shared::identity::Phone;
use shared::locale::Locale;

use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::outbox::Message;
use crate::places::Place;

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
    pub bookable: &'a Bookable,
    pub reference: BookingReference,
    pub place: &'a Place,
    pub starts_at: DateTime<Utc>,
    pub manage_link: &'a str,
}

/// One sealed message for each phone.
pub fn compose(app: &App, phones: &[Phone], event: BookingEvent, about: &About<'_>, locale: Locale) -> Vec<Vec<u8>> {
    sealed(app, phones, &text(event, about, locale))
}

/// Tells the phones of an earlier booking that somebody tried to book one of its people again.
pub fn warn_of_duplicate(app: &App, phones: &[Phone], bookable: &Bookable, locale: Locale) -> Vec<Vec<u8>> {
    let [zh, en] = bookable.name;
    let text = match locale {
        Locale::Zh => format!(
            "【惠民】有人刚才用您预约里的信息再次预约{zh}，没有成功，您的预约没有变化。如果不是您本人操作，请拨打 12345。"
        ),
        Locale::En => format!(
            "[Huimin] Someone just tried to make another booking ({en}) with details from yours. It did not succeed and your booking is unchanged. If this was not you, call 12345."
        ),
    };
    sealed(app, phones, &text)
}

fn sealed(app: &App, phones: &[Phone], text: &str) -> Vec<Vec<u8>> {
    phones.iter().map(|phone| Message::new(phone, text.to_owned()).seal(app.keys())).collect()
}

fn text(event: BookingEvent, about: &About<'_>, locale: Locale) -> String {
    let local = shanghai(about.starts_at).naive_local();
    let when = format!("{} {}", locale.full_date(local.date()), locale.time(local.time()));
    let (reference, link) = (about.reference, about.manage_link);
    let place = about.place.name.say(locale);
    let [name, bring] = [about.bookable.name, about.bookable.bring].map(|[zh, en]| locale.say(zh, en));
    match (event, locale) {
        (BookingEvent::Made, Locale::Zh) => {
            format!("【惠民】{name}预约成功：{when}，{place}。预约号 {reference}。{bring}查看、改期或取消：{link}")
        }
        (BookingEvent::Made, Locale::En) => format!(
            "[Huimin] Your {name} is booked: {when}, {place}. Reference {reference}. {bring} View, move or cancel: {link}"
        ),
        (BookingEvent::Moved, Locale::Zh) => {
            format!("【惠民】{name}预约已改到：{when}，{place}。预约号不变：{reference}。查看：{link}")
        }
        (BookingEvent::Moved, Locale::En) => {
            format!("[Huimin] Your {name} was moved to {when}, {place}. The reference stays {reference}. View: {link}")
        }
        (BookingEvent::Cancelled, Locale::Zh) => {
            format!("【惠民】您已取消 {when} 在{place}的{name}预约（预约号 {reference}）。需要时可以重新预约。")
        }
        (BookingEvent::Cancelled, Locale::En) => format!(
            "[Huimin] Your {name} on {when} at {place} was cancelled (reference {reference}). You can book again at any time."
        ),
    }
}
