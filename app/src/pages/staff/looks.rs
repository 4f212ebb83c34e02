//! `/staff/looks`: who looked at bookings to keep somebody safe, and why; who came upon a booking by a document, or ended one;
//! whose account was closed or lost a role, by whom; and who added a place.
//! Whoever holds a booking never learns of it, so whoever answers for the office and whoever reads the record do: also of each
//! other.

mod accounts;
mod by_person;
mod changed;
mod list;
mod places;
mod releases;

use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    counter::{
        looks::{
            accounts as closed, by_person as readers, changed as changes, places as of_places, releases as released,
            safety::{self, Back, Later, ON_A_PAGE, SafetyLook},
        },
        office::Office,
    },
    staff::authority::Staff,
};
use shared::{
    counter::VisitId,
    locale::Locale,
    say,
    staff::{AccountName, OfficeId, Right},
};

use self::list::List;
use super::{
    day::{asked::ticket, seen},
    day_lists, visits,
};
use crate::{
    components::{empty::Empty, notice::Tone, tag::Tag},
    draw,
    pairs::{Pairs, address, value},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/looks";
/// Values of `back` for the longer lists.
const QUARTER: &str = "90";
const YEAR: &str = "366";
const EVER: &str = "ever";
/// The name of the page of the list; the first is 1.
const PAGE_NUMBER: &str = "page";
/// The name of the list.
const LIST: &str = "list";

/// A list, how far back and which page of it; the first is 1.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    list: List,
    back: Back,
    page: usize,
}

/// The looks at one office's visits, without the language prefix.
pub fn of_office(office: &OfficeId) -> String {
    address(PAGE, [("office", office.as_str())])
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let (office, offices) = seen::asked_for(&app, &staff, Right::SeeClosedAccounts, &asked).await?;
    let back = match value(&asked, "back") {
        Some(QUARTER) => Back::Quarter,
        Some(YEAR) => Back::Year,
        Some(EVER) => Back::Ever,
        _ => Back::Month,
    };
    let page = value(&asked, PAGE_NUMBER).and_then(|page| page.parse().ok()).unwrap_or(1_usize).max(1);
    let named = |list: &List| list.name().is_some() && list.name() == value(&asked, LIST);
    // Whoever looks after accounts alone reads of nothing else.
    let sees_looks = staff.may(Right::SeeSafetyLooks, &office.whereabouts).is_ok();
    let all: &[List] = if sees_looks { &List::ALL } else { &[List::Accounts] };
    let list = all.iter().copied().find(named).unwrap_or(all[0]);
    let shown = Shown { list, back, page };
    // An auditor opens no visit.
    let opens = staff.may(Right::SeeDay, &office.whereabouts).is_ok();
    let (rows, total) = lines(&app, (&visit, &staff), &office, (list, (back, page - 1)), opens).await?;
    // Nobody is led further back where nothing is.
    let is_all = rows.is_empty()
        && back != Back::Ever
        && lines(&app, (&visit, &staff), &office, (list, (Back::Ever, 0)), opens).await?.1 == 0;
    let lists = sees_looks.then(|| tabs(&visit, &office.id, Some(shown)));
    Ok(draw(&visit, (&office, &offices), (shown, lists), (rows, is_all), total))
}

/// A page of a list, and how many there are on all of them.
async fn lines(
    app: &App,
    (visit, staff): (&Visit, &Staff),
    office: &Office,
    (list, there): (List, (Back, usize)),
    opens: bool,
) -> Result<(Vec<AnyView>, usize), Error> {
    let now = app.now();
    Ok(match list {
        List::Safety => {
            let listed = safety::list(app, staff, &office.id, there, now).await?;
            (listed.looks.iter().map(|look| line(visit, look, opens)).collect::<Vec<_>>(), listed.total)
        }
        List::Releases => {
            let listed = released::list(app, staff, &office.id, there, now).await?;
            let line = |(n, entry)| releases::line(visit, entry, opens, releases::time(&listed.entries, n));
            (listed.entries.iter().enumerate().map(line).collect(), listed.total)
        }
        List::Changed => {
            let listed = changes::list(app, staff, &office.id, there, now).await?;
            (listed.changes.iter().map(|entry| changed::line(visit, entry, opens)).collect(), listed.total)
        }
        List::ByPerson => {
            let listed = readers::list(app, staff, &office.id, there, now).await?;
            (listed.readers.iter().map(|reader| by_person::line(visit.locale, reader)).collect(), listed.total)
        }
        List::Accounts => {
            let listed = closed::list(app, staff, &office.id, there, now).await?;
            (listed.entries.iter().map(|entry| accounts::line(visit.locale, entry)).collect(), listed.total)
        }
        List::Places => {
            let listed = of_places::list(app, staff, &office.id, there, now).await?;
            (listed.entries.iter().map(|entry| places::line(visit.locale, entry)).collect(), listed.total)
        }
    })
}

fn draw(
    visit: &Visit,
    (office, offices): (&Office, &[Office]),
    (shown, lists): (Shown, Option<AnyView>),
    (rows, is_all): (Vec<AnyView>, bool),
    total: usize,
) -> Response {
    let locale = visit.locale;
    let title = shown.list.title(locale);
    // Nothing is further back than all of it.
    let is_all = is_all || shown.back == Back::Ever;
    let further = match (is_all, offices.len() > 1) {
        (true, false) => None,
        (true, true) => Some(locale.say("可以换一个大厅看。", "Look at another office.")),
        (_, false) => Some(locale.say("可以看更早的。", "Look further back.")),
        (_, true) => Some(locale.say("可以看更早的，或者换一个大厅。", "Look further back, or at another office.")),
    };
    let none = if is_all {
        locale.say("一条也没有", "None at all")
    } else {
        locale.say("这段时间没有", "None in this time")
    };
    let list = if rows.is_empty() {
        view! {
            <Empty title=none>{further.map(|further| view! { <p>{further}</p> })}</Empty>
        }
        .into_any()
    } else {
        view! { <ul class="looks" role="list">{rows}</ul> }.into_any()
    };
    let pages = pages(visit, office, shown, total);
    draw::no_store(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow">
                <h1>{title}</h1>
                <p>{office.name.say(locale).to_owned()}</p>
                {seen::choose(locale, offices, &office.id, |office| visit.url(&there(office, shown)))}
                {lists}
                {times(visit, office, shown)}
                <p class="soft column">{shown.list.about(locale)}</p>
                <p>{say!(locale, "共 {total} 条", "{total} in all")}</p>
                {list}
                {pages}
            </div>
        }
    }))
}

/// All lists, the same ones on the page of each; `shown` is one of these, or none of them where those of days are.
pub(super) fn tabs(visit: &Visit, office: &OfficeId, shown: Option<Shown>) -> AnyView {
    let links = List::ALL.map(|list| {
        let current = shown.is_some_and(|shown| list == shown.list).then_some("true");
        let back = shown.map_or(Back::Month, |shown| shown.back);
        let href = visit.url(&there(office, Shown { list, back, page: 1 }));
        view! { <li><a href=href aria-current=current>{list.tab(visit.locale)}</a></li> }
    });
    let day_lists = visit.url(&day_lists::of_office(office, day_lists::List::Readers));
    let days = shown.is_none().then_some("true");
    view! {
        <nav aria-label=visit.say("看哪一份", "Which list")>
            <ul class="states" role="list">
                {links.into_iter().collect_view()}
                <li><a href=day_lists aria-current=days>{visit.say("名单", "Lists of days")}</a></li>
            </ul>
        </nav>
    }
    .into_any()
}

fn times(visit: &Visit, office: &Office, shown: Shown) -> AnyView {
    let locale = visit.locale;
    let times = [
        (Back::Month, locale.say("30 天", "30 days")),
        (Back::Quarter, locale.say("90 天", "90 days")),
        (Back::Year, locale.say("一年", "a year")),
        (Back::Ever, locale.say("全部", "all")),
    ];
    let times = times.map(|(time, words)| {
        let current = (time == shown.back).then_some("true");
        let href = visit.url(&there(&office.id, Shown { back: time, ..shown }));
        view! { <li><a href=href aria-current=current>{words}</a></li> }
    });
    view! {
        <nav aria-label=locale.say("多久以内", "How far back")>
            <ul class="states" role="list">{times.into_iter().collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// The way to newer and older ones, where they do not stand on one page.
fn pages(visit: &Visit, office: &Office, shown: Shown, total: usize) -> Option<AnyView> {
    let (locale, page) = (visit.locale, shown.page);
    let last = total.div_ceil(ON_A_PAGE).max(1);
    if last == 1 && page == 1 {
        return None;
    }
    let at = |page: usize| {
        let there = there(&office.id, shown);
        let sign = if there.contains('?') { '&' } else { '?' };
        visit.url(&format!("{there}{sign}{PAGE_NUMBER}={page}"))
    };
    let newer = (page > 1).then(|| {
        view! { <a href=at(last.min(page - 1))>{locale.say("看更新的", "Newer ones")}</a> }
    });
    let older = (page < last).then(|| view! { <a href=at(page + 1)>{locale.say("看更早的", "Older ones")}</a> });
    let here = say!(locale, "第 {page} 页，共 {last} 页", "page {page} of {last}");
    Some(view! { <p class="actions">{newer} <span>{here}</span> {older}</p> }.into_any())
}

/// The first page of a list.
fn there(office: &OfficeId, Shown { list, back, .. }: Shown) -> String {
    let list = list.name().map(|name| (LIST, name));
    let back = match back {
        Back::Month => None,
        Back::Quarter => Some(("back", QUARTER)),
        Back::Year => Some(("back", YEAR)),
        Back::Ever => Some(("back", EVER)),
    };
    address(PAGE, [("office", office.as_str())].into_iter().chain(list).chain(back))
}

/// How a line calls a visit, which opens it for whoever may.
fn linked(visit: &Visit, opened: Option<&VisitId>, words: String) -> AnyView {
    match opened {
        Some(id) => view! { <a href=visit.url(&visits::path(id))>{words}</a> }.into_any(),
        None => words.into_any(),
    }
}

fn line(visit: &Visit, look: &SafetyLook, opens: bool) -> AnyView {
    let locale = visit.locale;
    let account = account(locale, look.account.as_ref());
    let who = format!("{account} · {} · {}", look.role.words(locale), words::moment(locale, look.at));
    let why = look.reason.as_ref().map_or_else(
        || locale.say("按“另行处理”办结，不问原因", "ended apart, where why is not asked").to_owned(),
        |reason| say!(locale, "原因：{reason}", "why: {reason}"),
    );
    let number = linked(visit, opens.then_some(&look.visit), number(locale, look));
    view! {
        <li>
            {later(locale, look)}
            <p>{what(locale, look)} " · " {number}</p>
            <p>{why}</p>
            <p class="soft">{who}</p>
        </li>
    }
    .into_any()
}

/// Whose account it was.
pub(super) fn account(locale: Locale, account: Option<&AccountName>) -> String {
    account.map_or_else(|| locale.say("已经没有的账号", "an account that is gone").to_owned(), ToString::to_string)
}

/// What was seen or done. What was taken back is told apart, so that it is never read as if it stood.
pub(super) fn what(locale: Locale, look: &SafetyLook) -> AnyView {
    let words = look.seen.words(locale);
    if look.later.is_some() { view! { <s>{words}</s> }.into_any() } else { words.into_any() }
}

/// That it was taken back or put right, and when.
pub(super) fn later(locale: Locale, look: &SafetyLook) -> Option<AnyView> {
    let words = match look.later? {
        Later::Undone(at) => {
            let at = words::short_moment(locale, at);
            say!(locale, "已撤销，不算数（{at}）", "undone, it does not count ({at})")
        }
        Later::Corrected(at) => {
            let at = words::short_moment(locale, at);
            say!(locale, "结果后来更正了（{at}）", "the outcome was corrected later ({at})")
        }
    };
    Some(view! { <p><Tag text=words tone=Tone::Info /></p> }.into_any())
}

/// The visit by its ticket and its time, and nothing of its people.
fn number(locale: Locale, look: &SafetyLook) -> String {
    let number = look.ticket.and_then(|number| u32::try_from(number).ok());
    let number = number.map(|number| format!("{}{}", ticket(number), locale.say(" 号", "")));
    let time = look.starts_at.map(|time| words::moment(locale, time));
    let all: Vec<_> = number.into_iter().chain(time).collect();
    if all.is_empty() { locale.say("一个号", "a visit").to_owned() } else { all.join(locale.say("，", ", ")) }
}
