//! The lists of the hall: those who wait, who were set aside, who have not come, and whose visit is over.

use std::collections::HashMap;

use leptos::prelude::*;
use server::counter::{
    day::Row,
    waiting::{Line, Waits},
};
use shared::{
    calendar::shanghai_date,
    counter::{StateName, Why, paper::mark_from_paper},
    say,
};

use super::{
    act,
    asked::{Number, Show, ticket},
    found::Found,
    row_acts::acts,
    seen::Seen,
    stands::{clock, is_today, minutes, since, state},
};
use crate::pages::staff::visits;

/// The id of what somebody looked for.
const FOUND: &str = "found";
/// Rows shown of a list that is not the one that was asked for.
const A_FEW: usize = 6;
/// Rows shown at a time of any list: a day of thousands is read by its times, and no page of it weighs megabytes.
const AT_A_TIME: usize = 100;

/// What is looked for, or the lists that were asked for.
pub fn lists(seen: &Seen<'_>, line: &Line, found: Option<&Found>) -> AnyView {
    if let Some(found) = found {
        let empty = found.nobody(seen);
        let rows: Vec<_> = found.rows.iter().take(AT_A_TIME).collect();
        let head = (seen.locale().say("找到的", "Found"), FOUND, found.rows.len());
        return list(seen, line, head, rows, None, empty);
    }
    let lists: Vec<_> = match seen.show() {
        Show::Now => vec![Show::Waiting, Show::Parked, Show::Booked, Show::Done],
        Show::All => vec![Show::Waiting, Show::AtCounter, Show::Parked, Show::Booked, Show::Done],
        one => vec![one],
    };
    let lists = lists.into_iter().map(|show| {
        let whole = seen.show() != Show::Now || show == Show::Waiting || show == Show::Parked;
        one(seen, line, show, whole)
    });
    lists.collect_view().into_any()
}

fn one(seen: &Seen<'_>, line: &Line, show: Show, whole: bool) -> AnyView {
    let locale = seen.locale();
    let mut rows: Vec<_> = seen.listed(show).collect();
    match show {
        Show::Done => rows.sort_by_key(|row| std::cmp::Reverse(row.ended())),
        // As they are called; whoever waits for another counter comes after those whom this one would call.
        Show::Waiting => {
            let places: HashMap<_, _> = line.0.iter().enumerate().map(|(place, one)| (&one.visit, place)).collect();
            rows.sort_by_key(|row| places.get(&row.id).copied().unwrap_or(usize::MAX));
        }
        _ => {}
    }
    // That nobody waits is worth a word today only.
    let is_said = match show {
        Show::Parked => false,
        Show::Booked => true,
        _ => seen.is_today(),
    };
    if rows.is_empty() && seen.show() != show && !is_said {
        return ().into_any();
    }
    let all = rows.len();
    let rest = if seen.show() == show && all > AT_A_TIME {
        let page = seen.asked.page.unwrap_or(1).clamp(1, all.div_ceil(AT_A_TIME));
        let turns = turns(seen, show, &rows, page);
        rows = rows.into_iter().skip((page - 1) * AT_A_TIME).take(AT_A_TIME).collect();
        Some(turns)
    } else {
        rows.truncate(if whole { AT_A_TIME } else { A_FEW });
        let hidden = all - rows.len();
        (hidden > 0).then(|| {
            let text = say!(locale, "还有 {hidden} 个，全部显示", "{hidden} more: show all");
            let way = seen.way(|asked| {
                asked.show = show;
                asked.page = None;
            });
            view! { <p class="rest"><a href=way>{text}</a></p> }.into_any()
        })
    };
    let empty = match show {
        Show::Waiting if seen.is_today() => locale.say("现在没有人等候。", "Nobody is waiting."),
        Show::Waiting => locale.say("没有人留在等候里。", "Nobody was left waiting."),
        Show::Booked if seen.is_to_come() => locale.say("这一天没有人约。", "Nobody is booked for this day."),
        Show::Booked if !seen.is_today() => {
            locale.say("每个约了的人都有结果。", "Everybody who was booked has an outcome.")
        }
        Show::Booked => {
            locale.say("没有还没到、也没有标记的。", "Nobody is left who has neither come nor been marked.")
        }
        Show::AtCounter => locale.say("窗口前没有人。", "Nobody is at a counter."),
        Show::Parked => locale.say("没有暂放的。", "Nobody was set aside."),
        Show::Outside => {
            locale.say("没有约在办理时间以外、还没来的。", "Nobody is left who is booked outside the hours.")
        }
        Show::Now | Show::Done | Show::All => locale.say("还没有结束的。", "No visit is over yet."),
    };
    list(seen, line, (seen.list_words(show), show.name(), all), rows, rest, empty.to_owned())
}

/// The pages of a long list, each by the time of its first row.
fn turns(seen: &Seen<'_>, show: Show, rows: &[&Row], page: usize) -> AnyView {
    let locale = seen.locale();
    let turns = rows.chunks(AT_A_TIME).enumerate().filter_map(|(place, rows)| {
        let first = rows.first()?;
        let from = clock(if show == Show::Done { first.ended() } else { first.time() });
        let current = (place + 1 == page).then_some("true");
        let way = seen.way(|asked| asked.page = (place > 0).then_some(place + 1));
        let hidden = say!(locale, "第 {} 页，", "page {}, ", place + 1);
        Some(view! {
            <li>
                <a href=way aria-current=current>
                    <span class="hidden-visually">{hidden}</span>
                    {match show {
                        // In the order of calling times go to and fro.
                        Show::Waiting => (place + 1).to_string(),
                        _ => say!(locale, "{from} 起", "from {from}"),
                    }}
                </a>
            </li>
        })
    });
    view! {
        <nav aria-label=locale.say("按时间翻页", "Pages by time")>
            <ul class="states" role="list">{turns.collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// `count` of them, of which some are listed: a table with explicit roles, which stays one for those who listen when it looks like cards.
fn list(
    seen: &Seen<'_>,
    line: &Line,
    (title, id, count): (&'static str, &'static str, usize),
    rows: Vec<&Row>,
    rest: Option<AnyView>,
    empty: String,
) -> AnyView {
    let (locale, looked) = (seen.locale(), id == FOUND);
    let body = if rows.is_empty() {
        view! { <p class="queue-empty">{empty}</p> }.into_any()
    } else {
        let heads = [
            locale.say("号", "Ticket"),
            locale.say("时间", "Time"),
            locale.say("来办的人", "Who"),
            locale.say("状态", "State"),
            locale.say("操作", "Actions"),
        ];
        let heads = heads.map(|head| view! { <th role="columnheader" scope="col">{head}</th> });
        let rows = rows.into_iter().map(|row| one_row(seen, line, row)).collect_view();
        view! {
            <table role="table" aria-labelledby=id>
                <thead role="rowgroup">
                    <tr role="row">{heads.into_iter().collect_view()}</tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="queue" aria-labelledby=id>
            // Whoever looked for somebody reads on from here.
            <h2 id=id tabindex=looked.then_some("-1") autofocus=looked>{title} " " <span class="count">{count}</span></h2>
            {body}
            {rest}
        </section>
    }
    .into_any()
}

fn one_row(seen: &Seen<'_>, line: &Line, row: &Row) -> AnyView {
    let locale = seen.locale();
    let number = match row.ticket {
        Some(number) => view! { <b>{ticket(number)}</b> }.into_any(),
        None => view! {
            {locale.say("查看", "Open")}
            <span class="hidden-visually">{format!(" {}", act::called(row, locale))}</span>
        }
        .into_any(),
    };
    let opens = seen.visit.url(&visits::path(&row.id));
    let people = row.people.iter().map(|person| {
        let tail = person.id_number_tail.as_ref().map(|tail| format!("{} {tail}", locale.say(" 尾号", " ending")));
        view! { <span>{person.name.clone()}{tail.map(|tail| view! { <span class="soft">{tail}</span> })}</span> }
    });
    let people = people.collect_view();
    let at_desk = row.at_desk.then(|| {
        view! { " " <span class="tag tag-warning">{locale.say("核对身份", "check identity")}</span> }
    });
    let place = place(seen, line, row);
    // Said once: where it decides, the place says it.
    let priority =
        (row.priority && !row.state.is_over() && !matches!(place, Some(Waits { why: Why::Priority { .. }, .. })))
            .then(|| view! { " " <span class="tag tag-info">{locale.say("优先", "priority")}</span> });
    let place = place.map(|waits| mark_from_paper(waits.why.place(seen.now, locale), waits.from_paper, locale));
    let (state, since) = (place.unwrap_or_else(|| state(seen, row)), since(seen, row));
    let who = if row.people.is_empty() { "queue-people-cell queue-nobody" } else { "queue-people-cell" };
    let id = format!("v-{}", row.id);
    view! {
        <tr role="row" id=id data-visit=row.id.to_string() data-state=row.state.kind().name() data-version=row.version.to_string()>
            <th role="rowheader" scope="row" class="queue-ticket"><a href=opens>{number}</a></th>
            <td role="cell">{time(seen, row)}</td>
            <td role="cell" class=who>
                <span class="queue-people">{people}</span>
                {at_desk}
                {priority}
            </td>
            <td role="cell" class="queue-state-cell">
                <span><span>{state}</span> " " <span class="soft queue-since">{since}</span></span>
            </td>
            <td role="cell" class="queue-acts">{acts(seen, row)}</td>
        </tr>
    }
    .into_any()
}

/// The time they have or took their ticket at, and how they stand to it; a day that is not shown leads to its sheet.
fn time(seen: &Seen<'_>, row: &Row) -> AnyView {
    let locale = seen.locale();
    let (day, today) = (shanghai_date(row.starts_at), shanghai_date(seen.now));
    let time = clock(row.time());
    let time = if day == seen.date {
        view! { <span class="queue-time">{time}</span> }.into_any()
    } else {
        let there = seen.way(|asked| {
            asked.date = (day != today).then_some(day);
            asked.q = row.reference.map(Number::Reference);
            asked.page = None;
        });
        view! { <a href=there>{locale.near_day(day, today)} " " {time}</a> }.into_any()
    };
    let late = (row.state.kind() == StateName::Booked && is_today(seen, row) && !row.excused)
        .then(|| (seen.now - row.starts_at).num_minutes())
        .filter(|minutes| *minutes > 0)
        .map(|late| minutes(locale, late))
        .map(|late| say!(locale, "晚了 {late}", "{late} late"));
    let walked_in = row.walk_in.then(|| locale.say("现场", "walk-in"));
    view! {
        <span>
            {time}
            {walked_in.map(|text| view! { " " <span class="tag tag-info">{text}</span> })}
            {late.map(|text| view! { " " <span class="tag tag-warning">{text}</span> })}
        </span>
    }
    .into_any()
}

/// What the place of whoever waits goes by.
fn place<'a>(seen: &Seen<'_>, line: &'a Line, row: &Row) -> Option<&'a Waits> {
    if row.state.kind() != StateName::Arrived || !seen.is_today() || seen.sheet.counts_as_closed {
        return None;
    }
    line.0.iter().find(|one| one.visit == row.id)
}
