//! What the page says of the last press: how somebody was checked in, or why nothing was done.

use leptos::prelude::*;
use server::counter::counters::There;
use shared::{
    counter::{Refusal, StateName},
    locale::Locale,
    problem::Problem,
    say,
};

use super::{
    act::called,
    asked::Said,
    mine::{at_counters, of_another_day},
    seen::Seen,
    stands::{self, clock},
};
use crate::{
    components::notice::{Notice, Tone},
    pages::{staff::refused, ticket::printed},
};

/// Why nothing was done, and how the visit stands now; what is said at the very form is not said here.
pub fn problem(seen: &Seen<'_>, problem: Option<&Problem>) -> Option<AnyView> {
    let locale = seen.locale();
    let problem = problem.filter(|_| seen.wrong_at_form().is_none())?;
    match problem.refusal() {
        Some(Refusal::NotHere) => return Some(refused::says(not_here(locale, &seen.reference))),
        Some(refusal @ (Refusal::NoPlaceLeft | Refusal::NoTimeLeft)) => {
            let is_late = refusal == Refusal::NoTimeLeft;
            return Some(refused::says(nothing_left(locale, is_late, seen.all_is_shut())));
        }
        _ if *problem == Problem::IdempotencyMismatch => {
            let (title, sentences) = pressed_before(locale);
            return Some(refused::says((title, sentences.into_iter().chain(now(seen)).collect())));
        }
        _ => {}
    }
    let said = refused::refused(locale, problem, now(seen));
    let there = match problem.refusal() {
        Some(Refusal::CounterBusy { visit: id, date, ticket }) if date != seen.date => {
            let there = There { id, date, ticket };
            Some(view! { <p><a href=at_counters(seen, date)>{of_another_day(locale, &there)}</a></p> })
        }
        _ => None,
    };
    Some(view! { {said} {there} }.into_any())
}

/// Back, and another button of the page that was pressed already.
fn pressed_before(locale: Locale) -> (String, Vec<String>) {
    let said = locale.say(
        "这一页已经按过这个号的另一个按钮，这次没有办。请更新页面；按错的，先撤销。",
        "Another button of this page was pressed before, so this one did nothing. Update the page; undo what was a slip.",
    );
    (locale.say("没有办成", "Not done").to_owned(), vec![said.to_owned()])
}

/// Residents read the same elsewhere; a clerk is sent to no clerk.
fn not_here(locale: Locale, typed: &str) -> (String, Vec<String>) {
    let sentence = locale.say(
        "这个大厅没有这个预约号。请核对号码，或者问是不是约了别的地方；没有预约号的，可以用手机或者证件号查找。",
        "This office has no booking with that reference. Check it, or ask whether they booked elsewhere; without a reference, \
         look by phone or document.",
    );
    let title = if typed.is_empty() {
        locale.say("没有找到这个号", "Not found here").to_owned()
    } else {
        say!(locale, "没有找到“{typed}”", "“{typed}” was not found here")
    };
    (title, vec![sentence.to_owned()])
}

/// Whoever works here asks no staff of the hall.
fn nothing_left(locale: Locale, is_late: bool, is_shut: bool) -> (String, Vec<String>) {
    let why = if is_shut {
        locale.say("今天停办了。", "It is closed for today.")
    } else if is_late {
        locale.say("今天已经没有办理时段。", "Today has no times left.")
    } else {
        locale.say("今天的名额已经全部给出。", "All places of today are given out.")
    };
    let what_next = if is_shut {
        locale.say(
            "停办的不能加号。请点“代为预约”，约别的日子。",
            "Nothing can be added to what is closed: press “Book for somebody” and choose another day.",
        )
    } else {
        locale.say(
            "要加的，请大厅负责人加号；也可以点“代为预约”，约别的日子。",
            "The office manager can add places; or press “Book for somebody” and choose another day.",
        )
    };
    (locale.say("没有现场号了", "No tickets left").to_owned(), vec![why.to_owned(), what_next.to_owned()])
}

/// How the visit in question stands.
pub fn now(seen: &Seen<'_>) -> Option<String> {
    let locale = seen.locale();
    let row = seen.asked.did.as_ref().and_then(|id| seen.row(id))?;
    let (number, state) = (called(row, locale), stands::state(seen, row));
    let slip = row.undoable.filter(|_| row.state.is_over());
    let slip =
        slip.map_or("", |_| locale.say("刚才按错的，一分钟以内可以撤销。", " A slip can be undone within a minute."));
    Some(say!(locale, "{number}现在：{state}。{slip}", "{number} now: {state}.{slip}"))
}

/// Another counter was faster with whom the button named, and this one called whoever came next.
pub fn instead(seen: &Seen<'_>) -> Option<AnyView> {
    let locale = seen.locale();
    let [meant, did] = [&seen.asked.meant, &seen.asked.did].map(|id| id.as_ref().and_then(|id| seen.row(id)));
    let (meant, did) = (meant?, did?);
    let (first, state, second) = (called(meant, locale), stands::state(seen, meant), called(did, locale));
    let title = say!(
        locale,
        "{first}已经由别的窗口处理（现在：{state}），您叫的是 {second}",
        "{first} was dealt with by another counter (now: {state}), and you called {second}"
    );
    Some(view! { <Notice tone=Tone::Info title=title live=true>""</Notice> }.into_any())
}

/// One of the four answers of a check-in, or the ticket of whoever came without a booking.
pub fn check_in(seen: &Seen<'_>) -> Option<AnyView> {
    let locale = seen.locale();
    let said = seen.asked.said.filter(|said| *said != Said::Counter)?;
    let Some(row) = seen.asked.did.as_ref().and_then(|id| seen.row(id)) else {
        let title = locale.say("这个号不在这一天的名单上", "That visit is not on this day's sheet");
        return Some(view! { <Notice tone=Tone::Warning title=title live=true>""</Notice> }.into_any());
    };
    let (number, time) = (called(row, locale), clock(row.starts_at));
    let (tone, title) = match said {
        Said::InTime => {
            (Tone::Success, say!(locale, "{number} 已签到，约的 {time}", "{number} is checked in for {time}"))
        }
        Said::Early => (
            Tone::Info,
            say!(locale, "{number} 已签到，来早了：约的 {time}", "{number} is checked in, early: booked for {time}"),
        ),
        Said::Late => (
            Tone::Warning,
            say!(
                locale,
                "{number} 已签到，来晚了：约的 {time}，从现在起按到的先后排",
                "{number} is checked in, late: booked for {time}, and now in the order of arrival"
            ),
        ),
        Said::AlreadyIn => (
            Tone::Info,
            say!(
                locale,
                "{number} 已经签到过了，现在{}",
                "{number} was checked in before and is now {}",
                stands::state(seen, row)
            ),
        ),
        Said::Back(from) => {
            let from = match from {
                StateName::NoShow => locale.say("“未到”", "“no-show”"),
                StateName::Redirected => locale.say("“转到别处”", "“sent on”"),
                _ => locale.say("“已离开”", "“they left”"),
            };
            let now = stands::state(seen, row);
            (
                Tone::Success,
                say!(
                    locale,
                    "{number} 又来了，现在{now}，{from}已取消",
                    "{number} is back and now {now}; {from} is taken back"
                ),
            )
        }
        Said::Counter => return None,
        Said::Ticket => (Tone::Success, say!(locale, "现场号 {number}，请他们听叫号", "Walk-in ticket {number}")),
    };
    let title = if row.priority && !row.state.is_over() {
        say!(locale, "{title}，优先", "{title}, with priority")
    } else {
        title
    };
    // Whoever pressed in a list goes back to it.
    let listed = seen.asked.row && seen.show().has(row.state.kind());
    let back = listed.then(|| {
        view! { <p><a href=format!("#v-{}", row.id)>{locale.say("回到名单里的这一行", "Back to the row in the list")}</a></p> }
    });
    let paper =
        row.ticket.map(|number| printed(locale, &seen.office.name, number, row.state.arrived_at().unwrap_or(seen.now)));
    Some(view! { <Notice tone=tone title=title live=true>{back} {paper}</Notice> }.into_any())
}
