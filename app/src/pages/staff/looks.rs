//! `/staff/looks`: who looked at bookings to keep somebody safe, and why; who came upon a booking by a document, or ended one;
//! whose account was closed or lost a role, by whom; and who added a place.
//! Whoever holds a booking never learns of it, so whoever answers for the office and whoever reads the record do: also of each
//! other.

mod accounts;
mod by_person;
mod changed;
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
    App, Rejection,
    counter::{
        looks::{
            accounts as closed, by_person as readers, changed as changes, places as of_places, releases as released,
            safety::{self, Back, Later, ON_A_PAGE, SafetyLook},
        },
        office::Office,
    },
};
use shared::{
    counter::VisitId,
    locale::Locale,
    say,
    staff::{AccountName, OfficeId, Right},
};

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

/// What is listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Safety,
    Releases,
    Changed,
    ByPerson,
    Accounts,
    Places,
}

/// A list, how far back and which page of it; the first is 1.
#[derive(Clone, Copy)]
struct Shown {
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
    let (there, now) = ((back, page - 1), app.now());
    let (rows, total) = match list {
        List::Safety => {
            let listed = safety::list(&app, &staff, &office.id, there, now).await?;
            (listed.looks.iter().map(|look| line(&visit, look, opens)).collect::<Vec<_>>(), listed.total)
        }
        List::Releases => {
            let listed = released::list(&app, &staff, &office.id, there, now).await?;
            (listed.entries.iter().map(|entry| releases::line(&visit, entry, opens)).collect(), listed.total)
        }
        List::Changed => {
            let listed = changes::list(&app, &staff, &office.id, there, now).await?;
            (listed.changes.iter().map(|entry| changed::line(&visit, entry, opens)).collect(), listed.total)
        }
        List::ByPerson => {
            let listed = readers::list(&app, &staff, &office.id, there, now).await?;
            (listed.readers.iter().map(|reader| by_person::line(visit.locale, reader)).collect(), listed.total)
        }
        List::Accounts => {
            let listed = closed::list(&app, &staff, &office.id, there, now).await?;
            (listed.entries.iter().map(|entry| accounts::line(visit.locale, entry)).collect(), listed.total)
        }
        List::Places => {
            let listed = of_places::list(&app, &staff, &office.id, there, now).await?;
            (listed.entries.iter().map(|entry| places::line(visit.locale, entry)).collect(), listed.total)
        }
    };
    let lists = sees_looks.then(|| lists(&visit, &office, shown));
    Ok(draw(&visit, (&office, &offices), (shown, lists), rows, total))
}

fn draw(
    visit: &Visit,
    (office, offices): (&Office, &[Office]),
    (shown, lists): (Shown, Option<AnyView>),
    rows: Vec<AnyView>,
    total: usize,
) -> Response {
    let locale = visit.locale;
    let title = shown.list.title(locale);
    let further = if offices.len() > 1 {
        locale.say("可以看更早的，或者换一个大厅。", "Look further back, or at another office.")
    } else {
        locale.say("可以看更早的。", "Look further back.")
    };
    let list = if rows.is_empty() {
        view! {
            <Empty title=locale.say("这段时间没有", "None in this time")>
                <p>{further}</p>
            </Empty>
        }
        .into_any()
    } else {
        view! { <ul class="looks" role="list">{rows}</ul> }.into_any()
    };
    let pages = pages(visit, office, shown, total);
    let about = match shown.list {
        List::Releases => locale.say(
            "这个大厅的预约，和这里的同事在别处查到、撤销的。通知以前，预约的人不知道；查到的，一直不知道。不清楚的，请当面问。",
            "Of bookings of this office, and of what its staff looked up or released elsewhere. Whoever holds them learns of a \
             release when they are told, and of a look-up never; ask whoever did it where it is not clear.",
        ),
        List::Changed => locale.say(
            "这个大厅的预约，和这里的同事替别处改的。取消、改期应该都有人打电话或者到场要求；是谁要求的，没有人核对，预约的手机马上收到短信。一个人比别人多出很多的，请当面问。",
            "Of bookings of this office, and of what its staff changed elsewhere. Somebody should have called or come to ask for it, \
             which nobody checks; the phones of the booking were told at once. Ask whoever has far more than others.",
        ),
        List::ByPerson => locale.say(
            "一个人一天一行，不写看的是谁。比别人多出很多的、看了许多不在当天的，请当面问本人。",
            "A line for each person and day, and nothing of whom they looked at. Ask whoever looked at far more than others, or at \
             many of other days.",
        ),
        List::Accounts => locale.say(
            "在这个大厅任职的人，谁停用了账号、收回了岗位。停用错了的，请账号管理员在“人员与岗位”里恢复登录。",
            "Of whoever works at this office: who suspended an account or took a role back. An account administrator lets in again \
             whoever was suspended by mistake, under “People and roles”.",
        ),
        List::Places => locale.say(
            "这个大厅的地点：加地点一个人就能办，网页和短信里马上能用；改正在用的，要两个人。地址、电话不认得的，请打过去核对，当面问办的人。",
            "The places of this office: one person adds one, which stands in pages and texts from then on; a change of one in use takes \
             two. Ring a phone that you do not know, and ask whoever did it in person.",
        ),
        List::Safety => locale.say(
            "这些查看，预约的人不知道。每一条都有账号和原因；不清楚的，请当面问查看的人。",
            "Whoever holds these bookings never learns of them. Each has its account and its reason; ask whoever looked where \
             it is not clear.",
        ),
    };
    draw::no_store(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow">
                <h1>{title}</h1>
                <p>{office.name.say(locale).to_owned()}</p>
                {seen::choose(locale, offices, &office.id, |office| visit.url(&there(office, shown)))}
                {lists}
                {times(visit, office, shown)}
                <p class="soft column">{about}</p>
                <p>{say!(locale, "共 {total} 条", "{total} in all")}</p>
                {list}
                {pages}
            </div>
        }
    }))
}

impl List {
    const ALL: [Self; 6] = [Self::Safety, Self::Releases, Self::Changed, Self::ByPerson, Self::Accounts, Self::Places];

    /// In the address; the first has none.
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Safety => None,
            Self::Releases => Some("releases"),
            Self::Changed => Some("changed"),
            Self::ByPerson => Some("people"),
            Self::Accounts => Some("accounts"),
            Self::Places => Some("places"),
        }
    }

    fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Safety => locale.say("为保护当事人的查看", "Looks to keep somebody safe"),
            Self::Releases => locale.say("按证件查到的、撤销的预约", "Bookings looked up by document, and released"),
            Self::Changed => locale.say("替人取消、改期的预约", "Bookings cancelled or moved for people"),
            Self::ByPerson => locale.say("每个人看了多少", "How much each person looked at"),
            Self::Accounts => locale.say("停用的账号、收回的岗位", "Accounts suspended, and roles taken back"),
            Self::Places => locale.say("加的、改的地点", "Places added or changed"),
        }
    }
}

fn lists(visit: &Visit, office: &Office, shown: Shown) -> AnyView {
    let links = List::ALL.map(|list| {
        let current = (list == shown.list).then_some("true");
        let href = visit.url(&there(&office.id, Shown { list, ..shown }));
        view! { <li><a href=href aria-current=current>{list.title(visit.locale)}</a></li> }
    });
    let day_lists = visit.url(&day_lists::of_office(&office.id, day_lists::List::Readers));
    view! {
        <nav aria-label=visit.say("看哪一份", "Which list")>
            <ul class="states" role="list">
                {links.into_iter().collect_view()}
                <li><a href=day_lists>{visit.say("名单和按人计数", "Lists of days, counts by person")}</a></li>
            </ul>
        </nav>
    }
    .into_any()
}

fn times(visit: &Visit, office: &Office, shown: Shown) -> AnyView {
    let locale = visit.locale;
    let times = [
        (Back::Month, locale.say("最近 30 天", "Last 30 days")),
        (Back::Quarter, locale.say("最近 90 天", "Last 90 days")),
        (Back::Year, locale.say("最近一年", "Last year")),
        (Back::Ever, locale.say("全部", "All on record")),
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
