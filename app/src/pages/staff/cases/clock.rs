//! The clock over a case in words: the last day, and how near it is.

use chrono::NaiveDate;
use shared::{calendar::Deadline, locale::Locale, procedures::Alert, say};

use crate::components::notice::Tone;

/// `最迟 2026年5月20日 星期三`, and whether that can still change.
pub(super) fn latest(locale: Locale, due: Deadline) -> String {
    let day = locale.full_date(due.date);
    if due.provisional {
        say!(
            locale,
            "最迟 {day}（那一年的放假通知还没有出，日子可能会变）",
            "{day} at the latest (that year’s holidays are not announced, so it may change)"
        )
    } else {
        say!(locale, "最迟 {day}", "{day} at the latest")
    }
}

/// What a person has to know of it now.
pub(super) fn alert(locale: Locale, alert: Alert) -> (&'static str, Tone) {
    match alert {
        Alert::Half => (locale.say("时间过半", "half of the time is gone"), Tone::Info),
        Alert::Near => (locale.say("快到期", "due soon"), Tone::Warning),
        Alert::Due => (locale.say("今天到期", "due today"), Tone::Warning),
        Alert::Over => (locale.say("已经超期", "late"), Tone::Danger),
    }
}

/// How many days are left, where that is told at a glance.
pub(super) fn left(locale: Locale, due: Deadline, today: NaiveDate) -> String {
    match due.date.signed_duration_since(today).num_days() {
        0 => locale.say("就是今天", "today").to_owned(),
        1 => locale.say("还有 1 天", "1 day left").to_owned(),
        days if days > 0 => say!(locale, "还有 {days} 天", "{days} days left"),
        -1 => locale.say("晚了 1 天", "1 day late").to_owned(),
        days => say!(locale, "晚了 {} 天", "{} days late", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(date: &str, provisional: bool) -> Deadline {
        Deadline { date: date.parse().unwrap(), provisional }
    }

    #[test]
    fn the_last_day_is_told_with_its_weekday_and_whether_it_can_change() {
        assert_eq!(latest(Locale::Zh, due("2026-05-20", false)), "最迟 2026年5月20日 星期三");
        assert!(latest(Locale::Zh, due("2028-05-20", true)).contains("日子可能会变"));
    }

    #[test]
    fn days_that_are_left_are_calendar_days_and_late_is_said() {
        let left = |today: &str| left(Locale::Zh, due("2026-05-20", false), today.parse().unwrap());
        let all = ["2026-05-10", "2026-05-19", "2026-05-20", "2026-05-21", "2026-05-30"].map(left);
        assert_eq!(all, ["还有 10 天", "还有 1 天", "就是今天", "晚了 1 天", "晚了 10 天"]);
    }
}
