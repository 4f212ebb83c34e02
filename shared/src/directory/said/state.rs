//! Whether a place is open, in words. What is closed and what nobody knows share no word.

use chrono::NaiveDateTime;

use super::day::{moment, near_day, until};
use super::{Bit, Phrase, Said};
use crate::hours::{Now, State, Untimed};
use crate::locale::Locale;

/// What the state is called and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateSaid<'a> {
    pub said: Said<'a>,
    /// The state's class in the style sheet.
    pub class: &'static str,
}

/// `营业中，到 17:30`; `open` is the word for what is open.
pub fn state<'a>(locale: Locale, open: Bit<'a>, now: &Now, at: NaiveDateTime) -> StateSaid<'a> {
    let (word, then, class) = match (now.state, now.until, now.next) {
        (State::Open, None, _) => (None, Phrase::Always, "state-open"),
        (State::Open, Some(_), _) => (None, Phrase::Until, "state-open"),
        (State::ByAppointment, None, _) => (Some(Phrase::ByAppointment), Phrase::AskFirst, "state-asked"),
        (State::ByAppointment, Some(_), _) => (Some(Phrase::ByAppointment), Phrase::UntilAskFirst, "state-asked"),
        (State::Closed, _, None) => (Some(Phrase::Closed), Phrase::NoNews, "state-closed"),
        (State::Closed, _, Some(_)) if now.next_is_asked => (Some(Phrase::Closed), Phrase::OpensAsked, "state-closed"),
        (State::Closed, _, Some(_)) => (Some(Phrase::Closed), Phrase::Opens, "state-closed"),
        (State::Unknown, _, _) => (Some(Phrase::Unknown), Phrase::CallFirst, "state-unknown"),
    };
    let mut said = Said::from(Phrase::Both);
    match (word, open) {
        (Some(word), _) => said.push(Bit::Phrase(word)),
        (None, Bit::Text(_)) => {
            said.push(Bit::Phrase(Phrase::Plain));
            said.push(open);
        }
        (None, _) => said.push(open),
    }
    let is_timed = matches!(then, Phrase::Opens | Phrase::OpensAsked);
    let before = now.untimed.filter(|_| now.state == State::Closed);
    if let Some(Untimed { date, state }) = before {
        if is_timed {
            said.push(Bit::Phrase(Phrase::Both));
        }
        said.push(Bit::Phrase(if state == State::ByAppointment { Phrase::MayBeAsked } else { Phrase::MayOpen }));
        if date == at.date() {
            said.push(Bit::Phrase(Phrase::Later));
        } else {
            near_day(&mut said, locale, date, at.date());
        }
    }
    if before.is_none() || is_timed {
        said.push(Bit::Phrase(then));
    }
    match (then, now.until, now.next) {
        (Phrase::Until | Phrase::UntilAskFirst, Some(end), _) => until(&mut said, locale, end, at),
        (Phrase::Opens | Phrase::OpensAsked, _, Some(next)) => moment(&mut said, locale, next, at),
        _ => {}
    }
    StateSaid { said, class }
}

impl StateSaid<'_> {
    /// The same, as an old record has it: in no colour that says that somebody is there.
    pub(super) fn by_old_record(self) -> Self {
        let mut said = Said::from(Phrase::OldRecord);
        said.add(self.said);
        Self { said, class: "state-old" }
    }

    /// In words.
    pub fn text(&self, locale: Locale) -> String {
        self.said.text(locale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(locale: Locale) -> Bit<'static> {
        Bit::Text(locale.say("营业中", "Open"))
    }

    fn now(state: State, until: Option<&str>, next: Option<&str>) -> Now {
        let at = |text: &str| text.parse().unwrap();
        let (until, next) = (until.map(at), next.map(at));
        Now { state, until, next, next_is_asked: false, untimed: None, provisional: false }
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
        let asked = Now { next_is_asked: true, ..now(State::Closed, None, Some("2026-05-13T14:00:00")) };
        assert_eq!(zh(asked.clone()), "现在关着，14:00 起可以来，要先预约");
        let en = state(Locale::En, open(Locale::En), &asked, at).text(Locale::En);
        assert_eq!(en, "Closed now, by appointment only, from 14:00");
        assert_eq!(zh(now(State::Unknown, None, None)), "不清楚开不开，去之前先打电话问");
    }

    #[test]
    fn a_day_that_nobody_knows_is_named_and_not_passed_over() {
        let at = "2026-05-11T13:00:00".parse().unwrap();
        let said = |locale, next: Option<&str>, date: &str, of| {
            let untimed = Some(Untimed { date: date.parse().unwrap(), state: of });
            state(locale, open(locale), &Now { untimed, ..now(State::Closed, None, next) }, at).text(locale)
        };
        let zh = |next, date, of| said(Locale::Zh, next, date, of);
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
                [State::Closed, State::Unknown].map(|of| state(locale, open(locale), &now(of, None, None), at));
            assert_ne!(closed.class, unknown.class);
            let parts =
                |said: &StateSaid<'_>| said.text(locale).split(['，', ',']).map(str::to_owned).collect::<Vec<_>>();
            let [closed, unknown] = [&closed, &unknown].map(parts);
            assert!(closed.len() == 2 && closed.iter().all(|part| !unknown.contains(part)), "{closed:?} {unknown:?}");
        }
    }
}
