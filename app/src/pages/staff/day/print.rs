//! `/staff/day/print`: the day on paper, for when the network is down: everybody who booked, and lines to write on.

use axum::{Extension, extract::State, response::Response};
use leptos::prelude::*;
use server::{
    App, Rejection,
    counter::day::{Row, Times},
};
use shared::counter::StateName;

use super::{
    act::service_of,
    asked::{Asked, ticket},
    how,
    seen::Seen,
    stands::{clock, ended, state},
};
use crate::{
    components::back_link::BackLink,
    draw,
    site::{BookableServices, Signed},
    visit::Visit,
    words,
};

pub(super) const PAGE: &str = "/staff/day/print";
/// Lines for those who come without a booking.
const EMPTY_LINES: usize = 12;

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    let asked = Asked::of(&visit).afresh();
    let seen = Seen::load(&app, &visit, &asked, &staff, &services).await?;
    let locale = visit.locale;
    let title = format!("{} {}", seen.office.name.say(locale), locale.full_date(seen.date));
    let printed = words::moment(locale, seen.now);
    let mut rows: Vec<_> = seen.sheet.visits.iter().collect();
    rows.sort_by_key(|row| (row.time(), row.ticket));
    let lines = rows.into_iter().map(|row| line(&seen, row)).collect_view();
    let empty = (0..EMPTY_LINES).map(|_| {
        view! {
            <tr>
                {(0..HEADS).map(|_| view! { <td></td> }).collect_view()}
            </tr>
        }
    });
    let empty = empty.collect_view();
    let heads = [
        locale.say("约的时间", "Booked"),
        locale.say("预约号", "Reference"),
        locale.say("来办的人", "Who"),
        locale.say("结果", "Result"),
        locale.say("号码", "Ticket"),
        locale.say("到达", "Came"),
        locale.say("叫号", "Called"),
        locale.say("窗口", "Counter"),
        locale.say("办完或离开", "Done or left"),
    ];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).into_iter().collect_view();
    Ok(draw::sheet_of_staff(&visit, &title, || {
        view! {
            <div class="sheet-screen">
                <BackLink href=visit.url(&asked.path()) text=locale.say("返回", "Back") />
                <p>{locale.say("这一页是打印用的：请点浏览器菜单里的“打印”。", "This page is for printing: choose “Print” in the menu of the browser.")}</p>
            </div>
            <h1>{title.clone()}</h1>
            <p>
                {locale.say("印于 ", "Printed ")}
                {printed}
                {locale.say(
                    "，印着的是那时的情况。停电断网时写在这张纸上，恢复以后补录。用完请销毁。",
                    ", as things stood then. Write here while the network is down, enter it afterwards, then destroy this sheet.",
                )}
            </p>
            {how::on_paper(&seen)}
            <div class="day-paper-frame" role="region" aria-label=title.clone() tabindex="0">
                <table class="day-paper">
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>
                        {lines}
                        {empty}
                    </tbody>
                </table>
            </div>
        }
    }))
}

/// What came of it, or that nobody has to come; whoever is not done has the field to write on.
fn result(seen: &Seen<'_>, row: &Row) -> Option<String> {
    let state_name = row.state.kind();
    let is_known = state_name.is_over() || (row.excused && state_name == StateName::Booked);
    is_known.then(|| state(seen, row))
}

/// Columns of the table: those of a line of paper as it is entered afterwards, in its order.
const HEADS: usize = 9;

/// What is known stands there; what is not is written by hand.
fn line(seen: &Seen<'_>, row: &Row) -> AnyView {
    let locale = seen.locale();
    let people = row.people.iter().map(|person| {
        let tail = person.id_number_tail.as_ref().unwrap_or(&person.phone_tail);
        view! { <span class="nowrap">{format!("{} {tail} ", person.name)}</span> }
    });
    let at_desk = row.at_desk.then(|| locale.say("核对身份", "check identity"));
    let service = (seen.here.len() > 1).then(|| service_of(seen, row)).flatten();
    let service = service.map(|pages| format!("{} ", pages.words.name.say(locale)));
    let booked = if row.walk_in { locale.say("现场", "walk-in").to_owned() } else { clock(row.starts_at) };
    let result = result(seen, row);
    let Times { came, called, counter } = row.times;
    let counter = counter.and_then(|id| seen.counter(id)).map(|counter| counter.name.to_string());
    let priority = row.priority.then(|| locale.say("优先 ", "priority "));
    let ended = row.state.is_over().then(|| ended(locale, row));
    view! {
        <tr>
            <td>{booked}</td>
            <td class="nowrap">{row.reference.map(|reference| reference.to_string())}</td>
            <td>{priority} {service} {people.collect_view()} {at_desk}</td>
            <td class="to-write">{result}</td>
            <td>{row.ticket.map(ticket)}</td>
            <td>{came.map(clock)}</td>
            <td>{called.map(clock)}</td>
            <td>{counter}</td>
            <td>{ended}</td>
        </tr>
    }
    .into_any()
}
