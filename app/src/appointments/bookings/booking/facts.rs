//! What several pages of a booking say alike.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::{locale::Locale, say};

use super::Opened;
use crate::{appointments::places::call, words};

/// Whom to phone when nothing can be done online any more.
pub(super) fn phone_instead(locale: Locale, opened: &Opened) -> (String, AnyView) {
    let place = opened.pages.words.place.say(locale);
    let sentence = say!(locale, "来不了的，请打{place}电话 ", " If you cannot come, please phone the {place}: ");
    (sentence, call(&opened.booking.point.place))
}

/// What can be done with a booking until its deadline.
#[derive(Clone, Copy)]
pub(super) enum Change {
    Move,
    Cancel,
}

/// `可在 … 前取消。`, or that this was possible until then.
pub(super) fn until(locale: Locale, change: Change, deadline: DateTime<Utc>, open: bool) -> String {
    let deadline = words::deadline(locale, deadline);
    match (locale, change, open) {
        (Locale::Zh, Change::Move, true) => format!("可在 {deadline} 前改期。"),
        (Locale::Zh, Change::Cancel, true) => format!("可在 {deadline} 前取消。"),
        (Locale::Zh, Change::Move, false) => format!("网上改期已在 {deadline} 截止。"),
        (Locale::Zh, Change::Cancel, false) => format!("网上取消已在 {deadline} 截止。"),
        (Locale::En, Change::Move, true) => format!("You can move it until {deadline}."),
        (Locale::En, Change::Cancel, true) => format!("You can cancel it until {deadline}."),
        (Locale::En, Change::Move, false) => format!("It could be moved online until {deadline}."),
        (Locale::En, Change::Cancel, false) => format!("It could be cancelled online until {deadline}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_that_passed_is_told_as_past() {
        let midnight: DateTime<Utc> = "2026-05-20T00:00:00+08:00".parse().unwrap();
        let sentence = until(Locale::Zh, Change::Cancel, midnight, true);
        assert_eq!(sentence, "可在 2026年5月19日 星期二 24:00 前取消。");
        assert!(until(Locale::En, Change::Move, midnight, false).starts_with("It could be moved online until"));
    }
}
