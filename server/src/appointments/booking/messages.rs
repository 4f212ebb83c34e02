//! What people are told of their booking by text message, in words that take the service's name.

use chrono::{DateTime, Utc};
use shared::appointments::{BookingReference, day::closing_reason};
use shared::calendar::{end_of_day, shanghai};
use shared::counter::UNDO_WITHIN;
use shared::identity::Phone;
use shared::locale::Locale;
use shared::localised::Localised;
use shared::say;

use super::deadlines::Deadlines;
use super::find;
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::record::Record;
use crate::appointments::service_point::ServicePoint;
use crate::outbox::{Delivery, Message, Posted};
use crate::places::Place;

/// What happened to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookingEvent {
    Made(Changes),
    Moved,
    Cancelled(AtWhoseHand),
    /// Ended by the office.
    Released,
}

/// Who cancels a booking: those who hold it, or the office for whoever calls or stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtWhoseHand {
    Holder,
    Office,
}

impl BookingEvent {
    /// The kind of one that was made, however it can be changed.
    pub(super) const MADE: &'static str = "booking_made";

    /// The kind of message, and the act in the audit stream.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Made(_) => Self::MADE,
            Self::Moved => "booking_moved",
            Self::Cancelled(_) => "booking_cancelled",
            Self::Released => "booking_released",
        }
    }
}

/// Whether those who hold a booking read of a message. That it was withdrawn they do not before it is due, since the office may
/// have it wait; what came of their visit not while the counter can still take it back.
pub fn may_be_read(posted: &Posted, now: DateTime<Utc>) -> bool {
    let waits = posted.delivery == Delivery::Waiting && now < posted.due_at;
    let is_held_back = posted.kind.starts_with("visit_") && now < posted.created_at + UNDO_WITHIN;
    !waits || (posted.kind != BookingEvent::Released.kind() && !is_held_back)
}

/// Whether the last that a booking's messages, the newest first, say of its day is that it is closed.
pub(super) fn ends_with_closing(messages: &[Posted]) -> bool {
    let says_otherwise = |posted: &Posted| match &*posted.kind {
        CLOSED => posted.delivery != Delivery::Overtaken,
        REOPENED => !matches!(posted.delivery, Delivery::Failed | Delivery::Overtaken),
        kind => kind == BookingEvent::Moved.kind(),
    };
    messages.iter().find(|posted| says_otherwise(posted)).is_some_and(|last| last.kind == CLOSED)
}

/// What a message about a booking names.
pub struct About<'a> {
    pub bookable: &'a Bookable,
    pub reference: BookingReference,
    pub place: &'a Place,
    pub starts_at: DateTime<Utc>,
    pub manage_link: String,
}

impl<'a> About<'a> {
    /// The booking as it stands.
    pub fn of(
        app: &App,
        bookable: &'a Bookable,
        reference: BookingReference,
        record: &Record,
        point: &'a ServicePoint,
    ) -> Self {
        let manage_link = find::manage_link(app, reference, record);
        Self { bookable, reference, place: &point.place, starts_at: record.starts_at, manage_link }
    }
}

/// The kind of message that tells of a closed day.
pub(in crate::appointments) const CLOSED: &str = "booking_day_closed";

/// The kind of message that tells that a closed day is open again.
pub(in crate::appointments) const REOPENED: &str = "booking_day_reopened";

/// The kind of message on the working day before.
pub(in crate::appointments) const REMINDER: &str = "booking_reminder";
/// The kind of message that tells of a copy.
pub(super) const COPIED: &str = "booking_copied";

/// What can be done online with a booking, besides looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changes {
    pub reschedule: bool,
    pub cancel: bool,
}

/// One sealed message for each phone.
pub fn compose(app: &App, phones: &[Phone], event: BookingEvent, about: &About<'_>, locale: Locale) -> Vec<Vec<u8>> {
    sealed(app, phones, &text(event, about, locale))
}

/// That the place has closed the day of a booking, or what is left of it from an instant on.
pub fn closed_day(about: &About<'_>, (from, reason): (Option<DateTime<Utc>>, &Localised), locale: Locale) -> String {
    let (when, place, name) = (when(about, locale), about.place.name.say(locale), name(about, locale));
    let (link, phone) = (&about.manage_link, &about.place.phone);
    let closed = from.map_or_else(
        || locale.say("这一天不办公", "is closed that day").to_owned(),
        |from| {
            let from = locale.time(shanghai(from).time());
            say!(locale, "这一天 {from} 起停办", "is closed that day from {from}")
        },
    );
    let until = locale.deadline(end_of_day(about.starts_at));
    let why =
        closing_reason(reason, locale).map_or_else(String::new, |reason| say!(locale, "：{reason}", ": {reason}"));
    say!(
        locale,
        "【惠民】{place}{closed}{why}。您 {when} 的{name}预约办不了了，请在 {until} 前改到别的时间或取消，也可以打电话 {phone}：{link}",
        "[Huimin] {place} {closed}{why}. Your {name} on {when} cannot take place. Please choose another time or cancel by \
         {until}, or call {phone}: {link}"
    )
}

/// What stands in a text that is shown before it is sent, in place of a link that is theirs alone.
pub fn own_link(locale: Locale) -> &'static str {
    locale.say("（各自的链接）", "(a link of their own)")
}

/// Tells the phones of a booking that its day, of which they were told that it is closed, is not.
pub fn reopened_day(about: &About<'_>, locale: Locale) -> String {
    let (when, place, name) = (when(about, locale), about.place.name.say(locale), name(about, locale));
    let (reference, link) = (about.reference, &about.manage_link);
    say!(
        locale,
        "【惠民】{place}这一天恢复办公了。您 {when} 的{name}预约还在，请照原来的时间来，预约号 {reference}。查看：{link}",
        "[Huimin] {place} is open that day after all. Your {name} on {when} stands: please come as booked. Reference \
         {reference}. View: {link}"
    )
}

/// Reminds the phones of a booking of what was booked, and bids nobody come. It goes out also for one that the office has ended while
/// those who hold it are not to know: left out there alone, it would tell them; and so it says, alike of each, nothing that is
/// untrue of that one, and where to ask before setting out.
pub fn reminder(app: &App, phones: &[Phone], about: &About<'_>, changes: Changes, locale: Locale) -> Vec<Vec<u8>> {
    let (when, place, name) = (when(about, locale), about.place.name.say(locale), name(about, locale));
    let (reference, link, phone) = (about.reference, &about.manage_link, &about.place.phone);
    let ways = changes.ways(locale);
    let text = say!(
        locale,
        "【惠民】提醒：您约的是 {when} 在{place}办理{name}，预约号 {reference}。有没有变动，出门前可以打 {phone} 问，以窗口的答复为准。{ways}{link}",
        "[Huimin] A reminder: you booked your {name} for {when} at {place}, reference {reference}. Before you set out you can ask on \
         {phone} whether anything has changed; what the counter answers is what counts. {ways}{link}"
    );
    sealed(app, phones, &text)
}

/// Tells the phones of a booking that somebody took a copy of what is kept of it.
pub fn of_copy(app: &App, phones: &[Phone], about: &About<'_>, locale: Locale) -> Vec<Vec<u8>> {
    let (name, reference) = (name(about, locale), about.reference);
    let text = say!(
        locale,
        "【惠民】有人下载了您{name}预约（预约号 {reference}）里保存的信息。不是您或对方操作的，请拨打 12345。",
        "[Huimin] Somebody downloaded a copy of what is kept of your {name} booking (reference {reference}). If it was \
         neither of you, call 12345."
    );
    sealed(app, phones, &text)
}

/// Tells the phones of a booking, of before and of now, that the desk put right what is kept of its people. It names no time,
/// and so stays true where the booking is moved before it is sent.
pub(super) fn of_correction(app: &App, phones: &[Phone], about: &About<'_>, locale: Locale) -> Vec<Vec<u8>> {
    let (place, name) = (about.place.name.say(locale), name(about, locale));
    let (reference, phone) = (about.reference, &about.place.phone);
    let text = say!(
        locale,
        "【惠民】{place}的窗口看着证件，更正了{name}预约（预约号 {reference}）里填写的信息，没有改时间。不是你们要求的，请拨打 {phone}。",
        "[Huimin] Details of your {name} (reference {reference}) were corrected at the counter of {place} from a document. \
         The time was not changed by it. If neither of you asked for it, call {phone}."
    );
    sealed(app, phones, &text)
}

/// Tells the phones of an earlier booking that somebody tried to book one of its people again.
pub fn warn_of_duplicate(app: &App, phones: &[Phone], bookable: &Bookable, locale: Locale) -> Vec<Vec<u8>> {
    let [zh, en] = bookable.name;
    let text = match locale {
        Locale::Zh => format!(
            "【惠民】有人刚才用您预约里的信息再次预约{zh}，没有成功，没有改动您的预约。如果不是您本人操作，请拨打 12345。"
        ),
        Locale::En => format!(
            "[Huimin] Someone just tried to make another booking ({en}) with details from yours. It did not succeed and changed nothing in your booking. If this was not you, call 12345."
        ),
    };
    sealed(app, phones, &text)
}

/// A text to each phone.
pub(in crate::appointments) fn sealed(app: &App, phones: &[Phone], text: &str) -> Vec<Vec<u8>> {
    phones.iter().map(|phone| Message::new(phone, text.to_owned()).seal(app.keys())).collect()
}

fn text(event: BookingEvent, about: &About<'_>, locale: Locale) -> String {
    let (when, name) = (when(about, locale), name(about, locale));
    let (reference, link) = (about.reference, &about.manage_link);
    let place = about.place.name.say(locale);
    match (event, locale) {
        (BookingEvent::Made(changes), _) => {
            let ([zh, en], ways) = (about.bookable.bring, changes.ways(locale));
            say!(
                locale,
                "【惠民】{name}预约成功：{when}，{place}。预约号 {reference}。{zh}{ways}{link}",
                "[Huimin] Your {name} is booked: {when}, {place}. Reference {reference}. {en} {ways}{link}"
            )
        }
        (BookingEvent::Moved, Locale::Zh) => {
            format!("【惠民】{name}预约已改到：{when}，{place}。预约号不变：{reference}。查看：{link}")
        }
        (BookingEvent::Moved, Locale::En) => {
            format!("[Huimin] Your {name} was moved to {when}, {place}. The reference stays {reference}. View: {link}")
        }
        (BookingEvent::Cancelled(AtWhoseHand::Office), _) => {
            let phone = &about.place.phone;
            say!(
                locale,
                "【惠民】有人打电话或者到场要求取消，{place}已取消 {when} 的{name}预约（预约号 {reference}）。不是你们要求的，请拨打 {phone}。",
                "[Huimin] Somebody phoned or came and asked for it, so {place} has cancelled your {name} on {when} (reference \
                 {reference}). If neither of you did, call {phone}."
            )
        }
        (BookingEvent::Cancelled(AtWhoseHand::Holder), Locale::Zh) => {
            format!("【惠民】您已取消 {when} 在{place}的{name}预约（预约号 {reference}）。")
        }
        (BookingEvent::Cancelled(AtWhoseHand::Holder), Locale::En) => {
            format!("[Huimin] Your {name} on {when} at {place} was cancelled (reference {reference}).")
        }
        (BookingEvent::Released, _) => {
            let phone = &about.place.phone;
            say!(
                locale,
                "【惠民】{when} 在{place}的{name}预约（预约号 {reference}）已由办理机关撤销。有疑问请拨打 {phone}。",
                "[Huimin] The {name} on {when} at {place} (reference {reference}) was withdrawn by the office. \
                 Questions: call {phone}."
            )
        }
    }
}

fn when(about: &About<'_>, locale: Locale) -> String {
    let local = shanghai(about.starts_at).naive_local();
    format!("{} {}", locale.full_date(local.date()), locale.time(local.time()))
}

fn name(about: &About<'_>, locale: Locale) -> &'static str {
    let [zh, en] = about.bookable.name;
    locale.say(zh, en)
}

impl Changes {
    pub const NONE: Self = Self { reschedule: false, cancel: false };

    /// What is still possible with a booking at a place; nothing where no rule is in force.
    pub fn of(record: &Record, point: &ServicePoint, now: DateTime<Utc>) -> Self {
        point.rule(now).map_or(Self::NONE, |rule| Self::until(&Deadlines::of(record, rule), now))
    }

    /// What is still possible at an instant.
    pub fn until(deadlines: &Deadlines, now: DateTime<Utc>) -> Self {
        Self { reschedule: now < deadlines.reschedule, cancel: now < deadlines.cancel }
    }

    /// What the link is for, read before it.
    fn ways(self, locale: Locale) -> &'static str {
        match (self.reschedule, self.cancel) {
            (true, true) => locale.say("查看、改期或取消：", "View, move or cancel: "),
            (true, false) => locale.say("查看或改期：", "View or move: "),
            (false, true) => locale.say("查看或取消：", "View or cancel: "),
            (false, false) => locale.say("查看：", "View: "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_a_visit_is_not_read_while_it_can_be_taken_back() {
        let created_at = DateTime::UNIX_EPOCH;
        let posted = |kind: &str| Posted {
            kind: kind.to_owned(),
            message: Message { to: String::new(), text: String::new() },
            delivery: Delivery::Waiting,
            created_at,
            due_at: created_at + UNDO_WITHIN,
            sent_at: None,
        };
        let at = |kind, after| may_be_read(&posted(kind), created_at + after);
        let second = chrono::TimeDelta::seconds(1);
        assert!(!at("visit_refused", UNDO_WITHIN - second) && at("visit_refused", UNDO_WITHIN));
        assert!(at("booking_made", second), "whatever is tried again was written all the same");
        assert!(!at("booking_released", second));
    }
}
