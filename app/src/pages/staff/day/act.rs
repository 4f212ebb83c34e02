//! A button of the day sheet: what it does, to what, as it was seen. All of them belong to one form, so that a sheet with
//! five hundred rows is no heavier than its words.

use chrono::NaiveDate;
use leptos::prelude::*;
use server::{counter::day::Row, keys::token};
use shared::{
    appointments::Service,
    counter::{ActName, CounterId, VisitId},
    locale::Locale,
};

use super::{asked::ticket, said, seen::Seen};
use crate::{
    appointments::service::BookingPages, components::error_summary::message_at, pages::staff::refused, pairs::Pairs,
};

/// Id of the form that most buttons send.
pub const FORM: &str = "acts";

/// The word of [`Pressed::Apart`].
const APART: &str = "apart";

/// What was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pressed {
    Visit {
        act: ActName,
        version: u32,
        visit: VisitId,
    },
    /// Ends the visit without anybody else learning why.
    Apart {
        version: u32,
        visit: VisitId,
    },
    Counter {
        act: CounterAct,
        counter: CounterId,
    },
    /// Opens a visit without whoever holds the booking learning of it.
    Aside,
    CheckIn,
    WalkIn {
        service: Service,
    },
    /// As it was seen.
    CloseDay {
        date: NaiveDate,
        version: i64,
    },
    /// As it was seen.
    ReopenDay {
        date: NaiveDate,
        version: i64,
    },
    Search,
}

/// What is done with a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CounterAct {
    Next,
    Open,
    Pause,
    Resume,
    Close,
}

impl CounterAct {
    const ALL: [Self; 5] = [Self::Next, Self::Open, Self::Pause, Self::Resume, Self::Close];

    fn name(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Open => "open",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Close => "close",
        }
    }
}

impl Pressed {
    /// As the value of a button named `do`.
    pub fn value(&self) -> String {
        match self {
            Self::Visit { act, version, visit } => format!("{}:{version}:{visit}", act.name()),
            Self::Apart { version, visit } => format!("{APART}:{version}:{visit}"),
            Self::Aside => "aside".to_owned(),
            Self::Counter { act, counter } => format!("{}:{counter}", act.name()),
            Self::CheckIn => "check-in".to_owned(),
            Self::WalkIn { service } => format!("walk-in:{}", service.name()),
            Self::CloseDay { date, version } => format!("close-day:{date}:{version}"),
            Self::ReopenDay { date, version } => format!("reopen-day:{date}:{version}"),
            Self::Search => "search".to_owned(),
        }
    }

    pub fn read(value: &str) -> Option<Self> {
        let parts: Vec<_> = value.split(':').collect();
        match parts[..] {
            ["check-in"] => Some(Self::CheckIn),
            ["walk-in", service] => Some(Self::WalkIn { service: Service::parse(service).ok()? }),
            ["close-day", date, version] => {
                Some(Self::CloseDay { date: date.parse().ok()?, version: version.parse().ok()? })
            }
            ["reopen-day", date, version] => {
                Some(Self::ReopenDay { date: date.parse().ok()?, version: version.parse().ok()? })
            }
            ["search"] => Some(Self::Search),
            ["aside"] => Some(Self::Aside),
            [APART, version, visit] => {
                Some(Self::Apart { version: version.parse().ok()?, visit: VisitId::parse(visit).ok()? })
            }
            [act, counter] => {
                let act = CounterAct::ALL.into_iter().find(|known| known.name() == act)?;
                Some(Self::Counter { act, counter: CounterId(counter.parse().ok()?) })
            }
            [act, version, visit] => Some(Self::Visit {
                act: ActName::from_name(act)?,
                version: version.parse().ok()?,
                visit: VisitId::parse(visit).ok()?,
            }),
            _ => None,
        }
    }

    /// Whether it concerns the day that it is now: a page that was left open does nothing to the next one. A visit is of its own
    /// day, whenever something is done with it.
    pub fn is_of_today(&self) -> bool {
        match self {
            Self::Counter { .. }
            | Self::Aside
            | Self::CheckIn
            | Self::WalkIn { .. }
            | Self::CloseDay { .. }
            | Self::ReopenDay { .. } => true,
            Self::Visit { .. } | Self::Apart { .. } | Self::Search => false,
        }
    }

    /// Tells this press from every other, of this page and of others. It stands in the record of the visit, where no end
    /// says more than any other.
    pub fn press(&self, page: &str) -> String {
        if let Self::Apart { version, visit } = self {
            let (act, version, visit) = (ActName::Finish, *version, visit.clone());
            return Self::Visit { act, version, visit }.press(page);
        }
        format!("{page}-{}", self.value().replace(':', "-"))
    }
}

/// The one form of the page; its buttons stand wherever they belong.
pub fn form(seen: &Seen<'_>) -> AnyView {
    view! {
        <form id=FORM method="post" action=seen.itself()>
            {press(seen)}
        </form>
    }
    .into_any()
}

/// Tells the presses of one page from those of every other.
pub fn new_press() -> String {
    token::new_id().chars().take(12).collect()
}

/// What a form of its own carries beside its fields.
pub fn press(seen: &Seen<'_>) -> AnyView {
    view! { <input type="hidden" name="press" value=seen.press.clone() /> }.into_any()
}

/// A small button for an act that needs to be told nothing.
pub fn button(row: &Row, act: ActName, text: impl Into<String>, locale: Locale) -> AnyView {
    let pressed = Pressed::Visit { act, version: row.version, visit: row.id.clone() };
    view! {
        <button class="act" form=FORM name="do" value=pressed.value()>
            {text.into()}
            <span class="hidden-visually">{format!(" {}", called(row, locale))}</span>
        </button>
    }
    .into_any()
}

/// A small button for a counter.
pub fn of_counter(act: CounterAct, counter: CounterId, text: impl Into<String>, whose: &str) -> AnyView {
    let pressed = Pressed::Counter { act, counter };
    view! {
        <button class="act" form=FORM name="do" value=pressed.value()>
            {text.into()}
            <span class="hidden-visually">{format!(" {whose}")}</span>
        </button>
    }
    .into_any()
}

/// A form of its own around what an act has to be told: the `field`. It opens where that was missing.
pub fn asking(
    seen: &Seen<'_>,
    row: &Row,
    (act, field): (ActName, &'static str),
    summary: &str,
    body: AnyView,
) -> AnyView {
    let pressed = Pressed::Visit { act, version: row.version, visit: row.id.clone() };
    let wrong = message_at(&seen.wrong, field).filter(|_| seen.asked.did.as_ref() == Some(&row.id));
    let open = wrong.is_some();
    let wrong = wrong.map(|wrong| match seen.wrong_at_form() {
        Some(_) => {
            let (title, sentences) = refused::not_saved(seen.locale(), &seen.wrong);
            refused::says((title, sentences.into_iter().chain(said::now(seen)).collect()))
        }
        None => view! { <p class="error">{wrong}</p> }.into_any(),
    });
    view! {
        <details class="ask" open=open>
            <summary>
                {summary.to_owned()}
                <span class="hidden-visually">{format!(" {}", called(row, seen.locale()))}</span>
            </summary>
            <form class="ask-body" method="post" action=seen.itself()>
                {press(seen)}
                <input type="hidden" name="do" value=pressed.value() />
                {wrong}
                {body}
            </form>
        </details>
    }
    .into_any()
}

/// What a row is called where there is no room for more.
pub fn called(row: &Row, locale: Locale) -> String {
    match row.ticket {
        Some(number) => format!("{}{}", ticket(number), locale.say(" 号", "")),
        None => row.people.first().map(|person| person.name.clone()).unwrap_or_default(),
    }
}

/// Whom a message goes to, each by the end of their phone number; nothing where nobody left one.
pub fn told(row: &Row, locale: Locale) -> Option<String> {
    let mut tails: Vec<_> = row.people.iter().map(|person| person.phone_tail.clone()).collect();
    tails.retain(|tail| !tail.is_empty());
    // A couple may share one phone.
    tails.dedup();
    (!tails.is_empty()).then(|| tails.join(locale.say("、", ", ")))
}

/// What the service says of the visit.
pub fn service_of(seen: &Seen<'_>, row: &Row) -> Option<&'static BookingPages> {
    seen.service(&row.service)
}

/// All that was ticked under a name.
pub fn ticked<'a>(typed: &'a Pairs, name: &'a str) -> impl Iterator<Item = &'a str> {
    typed.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_what_is_done_to_what_as_it_was_seen() {
        let visit = VisitId::parse("abc-1").unwrap();
        for pressed in [
            Pressed::Visit { act: ActName::NoShow, version: 3, visit },
            Pressed::Counter { act: CounterAct::Next, counter: CounterId(7) },
            Pressed::CheckIn,
            Pressed::WalkIn { service: Service::named("museum_visit") },
            Pressed::CloseDay { date: "2026-05-13".parse().unwrap(), version: 41 },
            Pressed::ReopenDay { date: "2026-05-13".parse().unwrap(), version: 42 },
            Pressed::Search,
        ] {
            assert_eq!(Pressed::read(&pressed.value()), Some(pressed));
        }
        for value in ["", "next", "next:x", "lost:1:abc", "park:-1:abc", "park:1:a/b", "park:1:abc:2", "close-day:41"] {
            assert_eq!(Pressed::read(value), None, "{value}");
        }
    }

    #[test]
    fn no_two_buttons_of_a_page_are_one_press_and_a_press_is_short_enough_to_be_kept() {
        let visit = |act, id: &str| Pressed::Visit { act, version: 12, visit: VisitId::parse(id).unwrap() };
        let id = server::keys::token::new_id();
        let presses = [
            visit(ActName::Park, &id).press("abcdefghijkl"),
            visit(ActName::HandOver, &id).press("abcdefghijkl"),
            visit(ActName::Park, "other").press("abcdefghijkl"),
            visit(ActName::Park, &id).press("lkjihgfedcba"),
        ];
        for (place, press) in presses.iter().enumerate() {
            assert!(press.len() <= 64, "{press}");
            assert!(!presses[..place].contains(press));
        }
    }
}
