//! Whether a place is open, in words. What is closed and what nobody knows share no word.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use shared::{
    hours::{Now, State, Untimed},
    locale::Locale,
    say,
};

use super::month_day::{moment, until};
use crate::words::{Text, near_day};

/// What the state is called, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub word: String,
    pub then: String,
    /// The state's class in the style sheet.
    pub class: &'static str,
}

/// `营业中` and `到 17:30`; `open` is the word for what is open.
pub fn say(locale: Locale, open: Text, now: &Now, at: NaiveDateTime) -> Said {
    let to = |end: NaiveDateTime| say!(locale, "到 {}", "until {}", until(locale, end, at));
    let (word, then, class) = match now.state {
        State::Open => {
            let always = locale.say("一直开着", "around the clock").to_owned();
            (open.say(locale), now.until.map_or(always, to), "state-open")
        }
        State::ByAppointment => {
            let ask = locale.say("要先预约", "ask for an appointment first").to_owned();
            let then = now.until.map_or(ask.clone(), |end| say!(locale, "{}，{ask}", "{}; {ask}", to(end)));
            (locale.say("可以预约", "By appointment"), then, "state-asked")
        }
        State::Closed => {
            let later = locale.say("什么时候再开还没有消息", "nobody has said when it opens again").to_owned();
            let next = now.next.map(|next| say!(locale, "{} 开", "opens {}", moment(locale, next, at)));
            let then = match (now.untimed.map(|day| untimed(locale, day, at)), next) {
                (Some(before), Some(next)) => say!(locale, "{before}，{next}", "{before}, {next}"),
                (before, next) => before.or(next).unwrap_or(later),
            };
            (locale.say("现在关着", "Closed now"), then, "state-closed")
        }
        State::Unknown => {
            let call = locale.say("去之前先打电话问", "call before you go").to_owned();
            (locale.say("不清楚开不开", "Hours not known"), call, "state-unknown")
        }
    };
    Said { word: word.to_owned(), then, class }
}

/// `明天 5月14日 星期四开不开不清楚，先打电话问`.
fn untimed(locale: Locale, Untimed { date, state }: Untimed, at: NaiveDateTime) -> String {
    let day = if date == at.date() {
        locale.say("今天晚些时候", "later today").to_owned()
    } else {
        near_day(locale, date, at.date())
    };
    match state {
        State::ByAppointment => say!(locale, "{day}可以预约", "by appointment {day}"),
        _ => say!(locale, "{day}开不开不清楚，先打电话问", "not known whether it opens {day}; call first"),
    }
}

impl Said {
    /// `营业中，到 17:30`.
    pub fn text(&self, locale: Locale) -> String {
        say!(locale, "{}，{}", "{}, {}", self.word, self.then)
    }

    pub fn draw(&self, locale: Locale) -> AnyView {
        let class = format!("state {}", self.class);
        view! { <span class=class>{self.text(locale)}</span> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Text = Text("营业中", "Open");

    fn now(state: State, until: Option<&str>, next: Option<&str>) -> Now {
        let at = |text: &str| text.parse().unwrap();
        Now { state, until: until.map(at), next: next.map(at), untimed: None, provisional: false, notes: Vec::new() }
    }

    #[test]
    fn each_state_says_until_when_or_what_to_do() {
        let at = "2026-05-13T10:00:00".parse().unwrap();
        let zh = |now: Now| say(Locale::Zh, OPEN, &now, at).text(Locale::Zh);
        assert_eq!(zh(now(State::Open, Some("2026-05-13T17:30:00"), None)), "营业中，到 17:30");
        assert_eq!(zh(now(State::Open, None, None)), "营业中，一直开着");
        assert_eq!(zh(now(State::Closed, None, Some("2026-05-13T14:00:00"))), "现在关着，14:00 开");
        let monday = now(State::Closed, None, Some("2026-05-18T09:00:00"));
        assert_eq!(zh(monday.clone()), "现在关着，5月18日 星期一 09:00 开");
        assert_eq!(say(Locale::En, OPEN, &monday, at).text(Locale::En), "Closed now, opens Monday 18 May, 09:00");
        assert_eq!(zh(now(State::ByAppointment, None, None)), "可以预约，要先预约");
        assert_eq!(zh(now(State::Unknown, None, None)), "不清楚开不开，去之前先打电话问");
    }

    #[test]
    fn a_day_that_nobody_knows_is_named_and_not_passed_over() {
        let at = "2026-05-11T13:00:00".parse().unwrap();
        let said = |locale, next: Option<&str>, date: &str, state| {
            let untimed = Some(Untimed { date: date.parse().unwrap(), state });
            say(locale, OPEN, &Now { untimed, ..now(State::Closed, None, next) }, at).text(locale)
        };
        let zh = |next, date, state| said(Locale::Zh, next, date, state);
        let unknown = zh(None, "2026-05-12", State::Unknown);
        assert_eq!(unknown, "现在关着，明天 5月12日 星期二开不开不清楚，先打电话问");
        assert_eq!(zh(None, "2026-05-11", State::Unknown), "现在关着，今天晚些时候开不开不清楚，先打电话问");
        let asked = zh(Some("2026-05-18T09:00:00"), "2026-05-13", State::ByAppointment);
        assert_eq!(asked, "现在关着，5月13日 星期三可以预约，5月18日 星期一 09:00 开");
        let en = said(Locale::En, None, "2026-05-14", State::Unknown);
        assert_eq!(en, "Closed now, not known whether it opens Thursday 14 May; call first");
    }

    #[test]
    fn closed_and_unknown_share_neither_word_nor_colour() {
        let at = "2026-05-13T10:00:00".parse().unwrap();
        for locale in Locale::ALL {
            let [closed, unknown] =
                [State::Closed, State::Unknown].map(|state| say(locale, OPEN, &now(state, None, None), at));
            assert_ne!(closed.class, unknown.class);
            assert!(!unknown.text(locale).contains(&closed.word) && closed.then != unknown.then);
        }
    }
}
