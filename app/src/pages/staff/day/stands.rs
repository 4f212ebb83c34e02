//! How a visit stands, in words: where they are, since when, and what came of it.

use chrono::{DateTime, Utc};
use server::counter::day::Row;
use shared::{
    calendar::{shanghai, shanghai_date},
    counter::{CounterId, Elsewhere, StateName, VisitState},
    locale::Locale,
    say,
};

use super::{
    act::service_of,
    asked::counter_of,
    elsewhere::sent_to_in_short,
    seen::{Seen, beside_words},
};
use crate::appointments::service::BookingPages;

/// Where they are, and what came of it.
pub fn state(seen: &Seen<'_>, row: &Row) -> String {
    if row.excused && row.state.kind() == StateName::Booked {
        // Nobody comes any more to a day that is over.
        let day = shanghai_date(row.starts_at);
        let is_past = day < shanghai_date(seen.now) || (day == seen.date && seen.is_past());
        let (come, came) = (("停办，不用来", "closed, need not come"), ("停办，没有来", "closed, did not come"));
        let (zh, en) = if is_past { came } else { come };
        return seen.locale().say(zh, en).to_owned();
    }
    if row.given_back {
        return given_back(seen.locale()).to_owned();
    }
    if row.state.kind() == StateName::Booked {
        // Whoever was found may be of another day than the one that is shown.
        let (day, today) = (shanghai_date(row.starts_at), shanghai_date(seen.now));
        if day > today {
            return seen.locale().say("已预约", "booked").to_owned();
        }
        if day == seen.date && seen.ended_before(row) {
            return seen.locale().say("没到时间就结束了", "the day ended before their time").to_owned();
        }
        if day < today || (day == seen.date && seen.is_past()) {
            return seen.locale().say("没有到", "did not come").to_owned();
        }
    }
    // Rows and what was just done have one line: the way there stands with the visit.
    let there = |there: &Elsewhere| sent_to_in_short(seen.locale(), &seen.elsewhere, there);
    state_words(seen.locale(), &row.state, service_of(seen, row), (|counter| seen.sign(counter), there))
}

/// A ticket that nobody needed.
pub fn given_back(locale: Locale) -> &'static str {
    locale.say("已还回，没有人", "given back, nobody’s")
}

/// A state in words that stand in a list, with the signs of counters, the names of places and what the service calls its ends.
pub fn state_words(
    locale: Locale,
    state: &VisitState,
    pages: Option<&BookingPages>,
    (sign, there): (impl Fn(CounterId) -> String, impl Fn(&Elsewhere) -> Option<String>),
) -> String {
    match (state, counter_of(state).map(sign)) {
        (VisitState::Arrived { .. }, Some(sign)) => {
            let sign = beside_words(&sign);
            say!(locale, "等{sign}", "waits for{sign}")
        }
        (VisitState::Booked, _) => locale.say("还没到", "not here yet").to_owned(),
        (VisitState::Arrived { .. }, None) => locale.say("等候", "waiting").to_owned(),
        (VisitState::Called { calls, .. }, Some(sign)) => {
            say!(locale, "{sign}叫了 {calls} 次", "called {calls} × to {sign}")
        }
        (VisitState::Serving { .. }, Some(sign)) => {
            let sign = beside_words(&sign);
            say!(locale, "在{sign}办理", "at{sign}")
        }
        (VisitState::Finished(outcome), _) => match pages {
            Some(pages) => pages.listed_outcome(locale, outcome),
            None => state.kind().words(locale).to_owned(),
        },
        (VisitState::Redirected(to), _) => there(to).unwrap_or_else(|| state.kind().words(locale).to_owned()),
        (state, _) => state.kind().words(locale).to_owned(),
    }
}

pub fn is_today(seen: &Seen<'_>, row: &Row) -> bool {
    shanghai_date(row.starts_at) == shanghai_date(seen.now)
}

/// Since when, as long as it matters, or when it was.
pub fn since(seen: &Seen<'_>, row: &Row) -> String {
    let locale = seen.locale();
    let state = row.state.kind();
    if state == StateName::Booked {
        return String::new();
    }
    if state.is_over() {
        return ended(locale, row);
    }
    // How long it is matters on the day itself, as long as it goes on.
    if !is_today(seen, row) || seen.sheet.counts_as_closed {
        return clock(row.stands_since());
    }
    let ago = |from: DateTime<Utc>| minutes(locale, (seen.now - from).num_minutes());
    match state {
        // Whoever came early waits for their time first, which is said beside it.
        StateName::Arrived if !row.walk_in && seen.now < row.starts_at => String::new(),
        StateName::Arrived => {
            // Nobody waits before their time.
            let arrived = row.state.arrived_at().unwrap_or(row.since);
            let ago = ago(if row.walk_in { arrived } else { arrived.max(row.starts_at) });
            say!(locale, "等了 {ago}", "waited {ago}")
        }
        StateName::Called => say!(locale, "{} 前叫的", "{} ago", ago(row.since)),
        StateName::Serving => say!(locale, "办了 {}", "for {}", ago(row.since)),
        StateName::Parked => say!(locale, "放了 {}", "for {}", ago(row.since)),
        _ => ago(row.since),
    }
}

/// When a visit ended, and when that was put right.
pub fn ended(locale: Locale, row: &Row) -> String {
    let corrected = row.corrected_at.map(|at| say!(locale, "{} 更正", "corrected {}", clock(at)));
    let ended = row.ended_at.or(Some(row.since).filter(|_| corrected.is_none())).map(clock);
    ended.into_iter().chain(corrected).collect::<Vec<_>>().join(" · ")
}

/// `33 分钟`, `2 小时 33 分`.
pub fn minutes(locale: Locale, minutes: i64) -> String {
    let minutes = minutes.max(0);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => say!(locale, "{minutes} 分钟", "{minutes} min"),
        (hours, 0) => say!(locale, "{hours} 小时", "{hours} h"),
        (hours, minutes) => say!(locale, "{hours} 小时 {minutes} 分", "{hours} h {minutes} min"),
    }
}

/// `9:00–10:30、14:00–16:00`.
pub fn spans(locale: Locale, spans: &[[DateTime<Utc>; 2]]) -> String {
    let spans = spans.iter().map(|[from, to]| format!("{}–{}", clock(*from), clock(*to)));
    spans.collect::<Vec<_>>().join(locale.say("、", ", "))
}

/// `9:05` on Shanghai's clock; staff read no "am".
pub fn clock(instant: DateTime<Utc>) -> String {
    shanghai(instant).format("%-H:%M").to_string()
}
