//! What the address of the day sheet asks for. Nothing in it is personal: whoever is looked for by a number of their own
//! is looked for in a form that is posted.

use axum::extract::Query;
use chrono::NaiveDate;
use server::counter::day::Row;
use shared::{
    appointments::BookingReference,
    counter::{StateName, VisitId, VisitState},
    locale::Locale,
    staff::OfficeId,
    whole::figures,
};

use crate::{
    pairs::{Pairs, address, value},
    visit::Visit,
};

/// `?office=nanshan&date=2026-05-20&state=waiting&q=012`, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub office: Option<OfficeId>,
    pub date: Option<NaiveDate>,
    pub show: Show,
    /// Which page of a long list; none for the first.
    pub page: Option<usize>,
    /// A ticket or a reference number.
    pub q: Option<Number>,
    /// The visit that was just dealt with, whose undoing is offered.
    pub did: Option<VisitId>,
    /// What came of a check-in.
    pub said: Option<Said>,
    /// Whether it was done in a row of a list, which is where to go on.
    pub row: bool,
    /// Whom the button named, where the press called another.
    pub meant: Option<VisitId>,
}

/// Which visits are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Whatever may need a hand now, and the next ones who have not come.
    #[default]
    Now,
    Booked,
    Waiting,
    AtCounter,
    Parked,
    /// Booked at a time that is closed or no more, and not here yet.
    Outside,
    Done,
    All,
}

/// A number that names a visit and nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    Ticket(u32),
    Reference(BookingReference),
}

/// How somebody was checked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Early,
    InTime,
    Late,
    AlreadyIn,
    /// They had gone, had not come or were sent on, and are back.
    Back(StateName),
    /// A walk-in was given a ticket.
    Ticket,
    /// Nobody was: something was done with one's own counter, where the work goes on.
    Counter,
}

pub const PAGE: &str = "/staff/day";

impl Asked {
    pub fn of(visit: &Visit) -> Self {
        let query = visit.query.as_deref().unwrap_or_default();
        let uri = format!("/?{query}").parse().ok();
        let pairs = uri.and_then(|uri| Query::<Pairs>::try_from_uri(&uri).ok());
        pairs.map(|Query(pairs)| Self::read(&pairs)).unwrap_or_default()
    }

    /// Reads the pairs of a query; what means nothing is not there.
    fn read(pairs: &Pairs) -> Self {
        let text = |name| value(pairs, name).unwrap_or_default();
        Self {
            office: OfficeId::parse(text("office")).ok(),
            date: text("date").parse().ok(),
            show: Show::from_name(text("state")),
            page: text("page").parse().ok().filter(|page| *page > 1),
            q: Number::read(text("q")),
            did: VisitId::parse(text("did")).ok(),
            said: Said::ALL.into_iter().find(|said| said.name() == text("said")),
            row: text("row") == "1",
            meant: VisitId::parse(text("meant")).ok(),
        }
    }

    /// The address that asks for this, without the language prefix.
    pub fn path(&self) -> String {
        self.at(PAGE)
    }

    /// Another page of the same day.
    pub fn at(&self, page: &str) -> String {
        let date = self.date.map(|date| date.to_string());
        let turn = self.page.map(|page| page.to_string());
        let q = self.q.as_ref().map(Number::text);
        let pairs = [
            ("office", self.office.as_ref().map(OfficeId::as_str)),
            ("date", date.as_deref()),
            ("state", (self.show != Show::Now).then(|| self.show.name())),
            ("page", turn.as_deref()),
            ("q", q.as_deref()),
            ("did", self.did.as_ref().map(VisitId::as_str)),
            ("said", self.said.map(Said::name)),
            ("row", self.row.then_some("1")),
            ("meant", self.meant.as_ref().map(VisitId::as_str)),
        ];
        address(page, pairs.into_iter().filter_map(|(name, value)| Some((name, value?))))
    }

    /// The same list without anything that was just done.
    pub fn afresh(&self) -> Self {
        Self { did: None, said: None, row: false, meant: None, ..self.clone() }
    }
}

impl Show {
    pub const ALL: [Self; 8] =
        [Self::Now, Self::Booked, Self::Outside, Self::Waiting, Self::AtCounter, Self::Parked, Self::Done, Self::All];

    fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.name() == name).unwrap_or_default()
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Booked => "booked",
            Self::Waiting => "waiting",
            Self::AtCounter => "at-counter",
            Self::Parked => "parked",
            Self::Outside => "outside",
            Self::Done => "done",
            Self::All => "all",
        }
    }

    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Now => locale.say("现在", "Now"),
            Self::Booked => locale.say("还没到", "Not here yet"),
            Self::Waiting => locale.say("等候", "Waiting"),
            Self::AtCounter => locale.say("在窗口", "At a counter"),
            Self::Parked => locale.say("暂放", "Set aside"),
            Self::Outside => locale.say("约在办理时间以外", "Booked outside the hours"),
            Self::Done => locale.say("结束", "Ended"),
            Self::All => locale.say("全部", "All"),
        }
    }

    /// Whether a state is among those that a list can have.
    pub fn has(self, state: StateName) -> bool {
        match self {
            Self::Now => !state.is_over() && state != StateName::Booked,
            Self::Booked | Self::Outside => state == StateName::Booked,
            Self::Waiting => state == StateName::Arrived,
            Self::AtCounter => matches!(state, StateName::Called | StateName::Serving),
            Self::Parked => state == StateName::Parked,
            Self::Done => state.is_over(),
            Self::All => true,
        }
    }
}

impl Number {
    /// Reads a ticket or a reference; whatever else was typed may be somebody's own number.
    pub fn read(typed: &str) -> Option<Self> {
        if is_an_end(typed) {
            return None;
        }
        let typed = typed.trim();
        if typed.chars().count() <= 4
            && let Some(ticket) = figures(typed)
        {
            return Some(Self::Ticket(ticket));
        }
        BookingReference::parse(typed).ok().map(Self::Reference)
    }

    pub fn text(&self) -> String {
        match self {
            Self::Ticket(ticket) => ticket.to_string(),
            Self::Reference(reference) => reference.to_string(),
        }
    }

    pub fn names(&self, row: &Row) -> bool {
        match self {
            Self::Ticket(ticket) => row.ticket == Some(*ticket),
            Self::Reference(reference) => row.reference == Some(*reference),
        }
    }
}

/// Four figures that begin with a zero: no ticket is printed so, but the end of a longer number is.
fn is_an_end(typed: &str) -> bool {
    let typed = typed.trim();
    typed.chars().count() == 4 && typed.starts_with(['0', '０'])
}

impl Said {
    const ALL: [Self; 9] = [
        Self::Early,
        Self::InTime,
        Self::Late,
        Self::AlreadyIn,
        Self::Back(StateName::NoShow),
        Self::Back(StateName::Left),
        Self::Back(StateName::Redirected),
        Self::Ticket,
        Self::Counter,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::InTime => "in-time",
            Self::Late => "late",
            Self::AlreadyIn => "already-in",
            Self::Back(StateName::NoShow) => "back-no-show",
            Self::Back(StateName::Redirected) => "back-sent-on",
            Self::Back(_) => "back",
            Self::Ticket => "ticket",
            Self::Counter => "counter",
        }
    }
}

/// A ticket as it is printed, shown and called.
pub fn ticket(number: u32) -> String {
    format!("{number:03}")
}

/// The counter where a visit is, or that it waits for.
pub fn counter_of(state: &VisitState) -> Option<shared::counter::CounterId> {
    match state {
        VisitState::Arrived { waits_for, .. } => *waits_for,
        state => state.counter(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::tests::visit;

    fn asked(query: &str) -> Asked {
        Asked::of(&visit(Locale::Zh, &format!("{PAGE}?{query}"), ""))
    }

    #[test]
    fn an_address_comes_back_as_it_was_read() {
        let query = "?office=nanshan&date=2026-05-20&state=waiting&page=3&q=12&did=abc&said=late";
        assert_eq!(asked(&query[1..]).path(), format!("{PAGE}{query}"));
        assert_eq!(
            asked(&query[1..]).afresh().path(),
            format!("{PAGE}?office=nanshan&date=2026-05-20&state=waiting&page=3&q=12")
        );
        assert_eq!(asked("").path(), PAGE);
    }

    #[test]
    fn what_means_nothing_is_not_asked_and_a_number_of_somebody_never_stands_in_an_address() {
        let nothing = "office=a/b&date=tomorrow&state=lost&page=-1&q=440305199001011234&did=../x&said=so";
        assert_eq!(asked(nothing), Asked::default());
        for typed in ["13800138000", "440305199001011234", "12345", "张三", "0701", "０７０１"] {
            assert_eq!(Number::read(typed), None, "{typed}");
        }
        for typed in [" 012 ", "０１２", "０12"] {
            assert_eq!(Number::read(typed), Some(Number::Ticket(12)), "{typed}");
        }
    }

    #[test]
    fn every_state_is_listed_somewhere_beside_among_all() {
        for state in StateName::ALL {
            let lists = Show::ALL.into_iter().filter(|show| show.has(*state)).count();
            assert!((2..=3).contains(&lists), "{state:?}");
        }
    }
}
