//! Whether a place is open, in words. What is closed and what nobody knows share no word.

use chrono::NaiveDateTime;

use super::month_day::{moment, until};
use crate::hours::{Now, State};
use crate::locale::Locale;

/// What the state is called, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateSaid {
    pub word: String,
    pub then: String,
    /// The state's class in the style sheet.
    pub class: &'static str,
}

/// `营业中` and `到 17:30`; `open` is the word for what is open.
pub fn state(locale: Locale, open: &str, now: &Now, at: NaiveDateTime) -> StateSaid {
    let to = |end: NaiveDateTime| say!(locale, "到 {}", "until {}", until(locale, end, at));
    let (word, then, class) = match now.state {
        State::Open => {
            let always = locale.say("一直开着", "around the clock").to_owned();
            (open, now.until.map_or(always, to), "state-open")
        }
        State::ByAppointment => {
            let ask = locale.say("要先预约", "ask for an appointment first").to_owned();
            let then = now.until.map_or(ask.clone(), |end| say!(locale, "{}，{ask}", "{}; {ask}", to(end)));
            (locale.say("可以预约", "By appointment"), then, "state-asked")
        }
        State::Closed => {
            let later = locale.say("什么时候再开还没有消息", "nobody has said when it opens again").to_owned();
            let next = |next| say!(locale, "{} 开", "opens {}", moment(locale, next, at));
            (locale.say("现在关着", "Closed now"), now.next.map_or(later, next), "state-closed")
        }
        State::Unknown => {
            let call = locale.say("去之前先打电话问", "call before you go").to_owned();
            (locale.say("不清楚开不开", "Hours not known"), call, "state-unknown")
        }
    };
    StateSaid { word: word.to_owned(), then, class }
}

impl StateSaid {
    /// `营业中，到 17:30`.
    pub fn text(&self, locale: Locale) -> String {
        say!(locale, "{}，{}", "{}, {}", self.word, self.then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(locale: Locale) -> &'static str {
        locale.say("营业中", "Open")
    }

    fn now(state: State, until: Option<&str>, next: Option<&str>) -> Now {
        let at = |text: &str| text.parse().unwrap();
        Now { state, until: until.map(at), next: next.map(at), provisional: false, notes: Vec::new() }
    }

    #[test]
    fn each_state_says_until_when_or_what_to_do() {
        let at = "2026-05-13T10:00:00".parse().unwrap();
        let zh = |now: Now| state(Locale::Zh, open(Locale::Zh), &now, at).text(Locale::Zh);
        assert_eq!(zh(now(State::Open, Some("2026-05-13T17:30:00"), None)), "营业中，到 17:30");
        assert_eq!(zh(now(State::Open, None, None)), "营业中，一直开着");
        assert_eq!(zh(now(State::Closed, None, Some("2026-05-13T14:00:00"))), "现在关着，14:00 开");
        let monday = now(State::Closed, None, Some("2026-05-18T09:00:00"));
        assert_eq!(zh(monday.clone()), "现在关着，5月18日 星期一 09:00 开");
        assert_eq!(
            state(Locale::En, open(Locale::En), &monday, at).text(Locale::En),
            "Closed now, opens Monday 18 May, 09:00"
        );
        assert_eq!(zh(now(State::ByAppointment, None, None)), "可以预约，要先预约");
        assert_eq!(zh(now(State::Unknown, None, None)), "不清楚开不开，去之前先打电话问");
    }

    #[test]
    fn closed_and_unknown_share_neither_word_nor_colour() {
        let at = "2026-05-13T10:00:00".parse().unwrap();
        for locale in Locale::ALL {
            let [closed, unknown] =
                [State::Closed, State::Unknown].map(|of| state(locale, open(locale), &now(of, None, None), at));
            assert_ne!(closed.class, unknown.class);
            assert!(!unknown.text(locale).contains(&closed.word) && closed.then != unknown.then);
        }
    }
}
