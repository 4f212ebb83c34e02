//! How the day as a whole stands: over, with visits of which nobody has written what came, switched off, or with hours of its
//! own; and for whoever answers for the office, who was called before their turn and what else stands out.

use leptos::prelude::*;
use server::counter::day::{Row, own_hours::OwnHours, shut::Shut};
use shared::{counter::StateName, locale::Locale, say};

use super::{
    asked::{Show, ticket},
    first, paper,
    seen::Seen,
    standing_out,
    stands::{clock, spans},
};
use crate::components::notice::{Notice, Tone};

/// Nothing on an ordinary day.
pub fn draw(seen: &Seen<'_>) -> Vec<AnyView> {
    let shut = seen.shut.iter().map(|shut| switched_off(seen, shut));
    let own = seen.own_hours.iter().filter_map(|own| own_hours(seen, own));
    let standing_out = standing_out::on_sheet(seen.locale(), &seen.standing_out);
    over(seen).into_iter().chain(shut).chain(own).chain(out_of_order(seen)).chain(standing_out).collect()
}

/// The same on paper, where nothing can be pressed: that the day is over, and what of it is closed or has other hours.
pub fn on_paper(seen: &Seen<'_>) -> Vec<AnyView> {
    let locale = seen.locale();
    let ended = seen.sheet.closed.map(clock);
    let ended = ended.map(|at| say!(locale, "这一天 {at} 已经结束办理。", "The day was ended at {at}."));
    let shut = seen.shut.iter().map(|shut| shut_words(seen, shut));
    let own = seen.own_hours.iter().filter(|own| says_something(own)).map(|own| own_words(seen, own));
    let all = ended.into_iter().chain(shut).chain(own);
    all.map(|words| view! { <p><b>{words}</b></p> }.into_any()).collect()
}

/// What the page no longer offers, and where the rest is put in order.
fn over(seen: &Seen<'_>) -> Option<AnyView> {
    if !seen.sheet.counts_as_closed {
        return None;
    }
    let locale = seen.locale();
    let title = locale.say(
        "这一天已经结束，不再签到、取号和叫号",
        "This day is closed: nobody is checked in, given a ticket or called",
    );
    let left = seen.sheet.visits.iter().filter(|row| !row.state.is_over() && !is_called_off(row)).count();
    let rest = (left > 0).then(|| {
        let states = unfinished(seen, locale);
        let text = say!(locale, "还有 {left} 个没有结果：{states}。", "{left} have no outcome yet: {states}.");
        let way = if seen.may.correct {
            let href = seen.visit.url(&seen.asked.afresh().at(paper::PAGE));
            view! {
                <a href=href>{locale.say("补录结果，写明理由", "Enter what came of them, with a reason")}</a>
            }
            .into_any()
        } else {
            locale.say("请大厅负责人补录。", "The office manager enters what came of them.").into_any()
        };
        view! { <p>{text} " " {way}</p> }
    });
    Some(view! { <Notice title=title>{rest}</Notice> }.into_any())
}

/// Whoever did not come because their time was closed has no outcome to enter.
fn is_called_off(row: &Row) -> bool {
    row.excused && row.state.kind() == StateName::Booked
}

/// How many are in each state that is no end.
pub fn unfinished(seen: &Seen<'_>, locale: Locale) -> String {
    let count = |state: StateName| {
        seen.sheet.visits.iter().filter(|row| row.state.kind() == state && !is_called_off(row)).count()
    };
    let too_early = seen.sheet.visits.iter().filter(|row| seen.ended_before(row) && !is_called_off(row)).count();
    let called_off = seen.sheet.visits.iter().filter(|row| is_called_off(row)).count();
    let states = StateName::ALL.iter().filter(|state| !state.is_over()).map(|state| match state {
        StateName::Booked => (locale.say("没有到", "did not come"), count(*state) - too_early),
        StateName::Arrived => (locale.say("等候", "waiting"), count(*state)),
        state => (state.words(locale), count(*state)),
    });
    let states = states.chain([
        (locale.say("没到时间就结束了", "whose time had not come"), too_early),
        (locale.say("另外停办、不用来的", "besides, whose times were closed"), called_off),
    ]);
    let states = states.filter(|(_, count)| *count > 0);
    let states = states.map(|(words, count)| say!(locale, "{words} {count} 个", "{count} {words}"));
    states.collect::<Vec<_>>().join(locale.say("，", ", "))
}

/// What is switched off, from when on, and why.
fn shut_words(seen: &Seen<'_>, shut: &Shut) -> String {
    let locale = seen.locale();
    let (what, reason) = (seen.name_of(&shut.place, &shut.service), shut.reason.say(locale));
    if let Some(since) = shut.since {
        let since = clock(since);
        say!(locale, "{what}，{since} 起停办：{reason}", "{what} is closed from {since}: {reason}")
    } else if shut.partly {
        say!(locale, "{what}，这一天有时段停办：{reason}", "{what} is closed for a part of this day: {reason}")
    } else {
        say!(locale, "{what}，这一天停办：{reason}", "{what} is closed on this day: {reason}")
    }
}

fn switched_off(seen: &Seen<'_>, shut: &Shut) -> AnyView {
    let (locale, title) = (seen.locale(), shut_words(seen, shut));
    let left = match shut.left {
        0 => locale
            .say("停办的时段里，没有还要改期的。", "Nobody is left to move out of the times that are closed.")
            .to_owned(),
        left => say!(
            locale,
            "停办的时段里，还有 {left} 个没有改期，也没有取消。",
            "{left} in the times that are closed have neither moved nor cancelled."
        ),
    };
    let list = (shut.left > 0).then(|| outside(seen));
    let is_in_hall = |row: &&Row| {
        row.outside && row.place == shut.place && row.service == shut.service && Show::Now.has(row.state.kind())
    };
    let in_hall = seen.sheet.visits.iter().filter(is_in_hall).count();
    // Nobody is served on a day that is over.
    let in_hall = (in_hall > 0 && !seen.is_past()).then(|| {
        let text = say!(
            locale,
            "约在停办时段、已经在大厅的有 {in_hall} 个：请照常接待。",
            "{in_hall} who are booked in them are in the hall: serve them as usual."
        );
        view! { <p>{text}</p> }
    });
    view! { <Notice tone=Tone::Warning title=title><p>{left} " " {list}</p> {in_hall}</Notice> }.into_any()
}

/// The hours of a day alone, why, and who is booked outside them; nothing before the day has times.
fn own_hours(seen: &Seen<'_>, own: &OwnHours) -> Option<AnyView> {
    if !says_something(own) {
        return None;
    }
    let (locale, title, left) = (seen.locale(), own_words(seen, own), own.left);
    let body = (left > 0).then(|| {
        let text = if seen.is_past() {
            say!(
                locale,
                "有 {left} 个约在这以外，没有来，也没有改期。",
                "{left} were booked outside them, and have neither come nor moved."
            )
        } else {
            say!(
                locale,
                "有 {left} 个约在这以外，预约还有效：请照常接待，办不了的先打电话说好，再改到别的时间。",
                "{left} are booked outside them, and their bookings stand: serve them as booked, or phone them and move the \
                 booking."
            )
        };
        view! { <p>{text} " " {outside(seen)}</p> }
    });
    let tone = if left > 0 { Tone::Warning } else { Tone::Info };
    Some(view! { <Notice tone=tone title=title>{body}</Notice> }.into_any())
}

/// Nothing before the day has times.
fn says_something(own: &OwnHours) -> bool {
    !own.day.spans.is_empty() || own.left > 0
}

/// The hours of a day alone, and why.
fn own_words(seen: &Seen<'_>, own: &OwnHours) -> String {
    let locale = seen.locale();
    let (spans, reason) = (spans(locale, &own.day.spans), own.day.reason.say(locale));
    let what = seen.name_of(&own.place, &own.service);
    say!(locale, "{what}，这一天只办 {spans}：{reason}", "{what} has hours of its own that day, {spans}: {reason}")
}

/// To those who are booked outside the hours.
fn outside(seen: &Seen<'_>) -> AnyView {
    let href = seen.way(|asked| {
        asked.show = Show::Outside;
        asked.page = None;
        asked.q = None;
    });
    view! { <a href=href>{seen.locale().say("看是哪些", "See which")}</a> }.into_any()
}

/// How often somebody was called before their turn, and for which reasons.
fn out_of_order(seen: &Seen<'_>) -> Option<AnyView> {
    let locale = seen.locale();
    let count = seen.out_of_order.len();
    let calls = seen.out_of_order.iter().map(|call| {
        let (time, number) = (clock(call.at), call.ticket.map(ticket).unwrap_or_default());
        let reason = first::words(&call.reason, locale);
        view! { <li>{format!("{time} · {number} · {reason}")}</li> }
    });
    let calls = calls.collect_view();
    let title = say!(locale, "这一天先叫了 {count} 次", "Called before their turn: {count}");
    (count > 0).then(|| {
        view! {
            <details class="ask">
                <summary>{title}</summary>
                <ul class="ask-body">{calls}</ul>
            </details>
        }
        .into_any()
    })
}
