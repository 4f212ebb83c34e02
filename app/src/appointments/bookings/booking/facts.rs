//! What several pages of a booking say alike.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::{locale::Locale, say};

use super::Opened;
use crate::appointments::places::call;

/// Whom to phone when nothing can be done online any more.
pub(super) fn phone_instead(locale: Locale, opened: &Opened) -> (String, AnyView) {
    let place = opened.pages.words.place.say(locale);
    let sentence = say!(locale, "来不了的，请打{place}电话 ", " If you cannot come, please phone the {place}: ");
    (sentence, call(locale, &opened.booking.point.place))
}

/// What can be done with a booking until its deadline.
#[derive(Clone, Copy)]
pub(super) enum BookingChange {
    Move,
    Cancel,
}

/// `可在 … 前取消。`, or that this was possible until then.
pub(super) fn until(locale: Locale, change: BookingChange, deadline: DateTime<Utc>, open: bool) -> String {
    let deadline = locale.deadline(deadline);
    match (change, open) {
        (BookingChange::Move, true) => say!(locale, "可在 {deadline} 前改期。", "You can move it until {deadline}."),
        (BookingChange::Cancel, true) => {
            say!(locale, "可在 {deadline} 前取消。", "You can cancel it until {deadline}.")
        }
        (BookingChange::Move, false) => {
            say!(locale, "网上改期已在 {deadline} 截止。", "You could move it online until {deadline}.")
        }
        (BookingChange::Cancel, false) => {
            say!(locale, "网上取消已在 {deadline} 截止。", "You could cancel it online until {deadline}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_that_passed_is_told_as_past() {
        let midnight: DateTime<Utc> = "2026-05-20T00:00:00+08:00".parse().unwrap();
        let sentence = until(Locale::Zh, BookingChange::Cancel, midnight, true);
        assert_eq!(sentence, "可在 2026年5月19日 星期二 24:00 前取消。");
        assert!(until(Locale::En, BookingChange::Move, midnight, false).starts_with("You could move it online until"));
    }
}
