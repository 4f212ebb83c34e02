//! The head of the day sheet: where and when, checking in, looking for somebody, what is listed.

use leptos::prelude::*;
use shared::{locale::Locale, say, staff::OfficeId};

use super::{
    act::{self, FORM, Pressed},
    asked::{Asked, Number, Said, Show},
    seen::{Seen, choose},
};
use crate::pages::staff::{
    messages,
    office::{services, today},
};

pub fn draw(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    view! {
        <div class="desk-head">
            <div class="desk-title">
                <h1>{seen.office.name.say(locale).to_owned()}</h1>
                {date(seen)}
            </div>
            {live(seen)}
        </div>
        {offices(seen)}
        {untold(seen)}
        {unfinished(seen)}
        {today::on_sheet(locale, &seen.sheet)}
    }
    .into_any()
}

/// Whatever does not belong to one's own counter, which stands before it.
pub fn tools(seen: &Seen<'_>, typed: &str) -> AnyView {
    view! {
        <div class="desk-tools">
            {comes_in(seen).then(|| (check_in(seen), walk_in(seen)))}
            {search(seen, typed)}
            {seen.may.book.then(|| book(seen))}
        </div>
    }
    .into_any()
}

/// Whether somebody may be checked in and called here and now.
fn comes_in(seen: &Seen<'_>) -> bool {
    seen.may.work && seen.is_today() && !seen.sheet.counts_as_closed
}

/// A task of the office, where there is one.
fn untold(seen: &Seen<'_>) -> Option<AnyView> {
    let locale = seen.locale();
    let count = (seen.untold > 0).then_some(seen.untold)?;
    let href = seen.visit.url(&messages::address(&seen.office.id));
    let text = say!(
        locale,
        "{count} 条短信没有送到，请用别的办法告诉他们",
        "{count} messages did not arrive: tell people otherwise"
    );
    Some(view! { <p class="untold"><a href=href>{text}</a></p> }.into_any())
}

/// The days before today of which somebody was left, each with the way to its sheet.
fn unfinished(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    let days = seen.unfinished.iter().map(|left| {
        let (day, visits) = (locale.near_day(left.date, shared::calendar::shanghai_date(seen.now)), left.visits);
        let href = seen
            .way(|asked| *asked = Asked { office: asked.office.clone(), date: Some(left.date), ..Asked::default() });
        let text = if seen.may.manage {
            say!(
                locale,
                "{day}：还有 {visits} 个没有办完，去办结，或者结束那一天",
                "{day}: {visits} were left unfinished. Finish them, or end that day"
            )
        } else {
            say!(locale, "{day}：还有 {visits} 个没有办完", "{day}: {visits} were left unfinished")
        };
        view! { <p class="untold"><a href=href>{text}</a></p> }
    });
    days.collect_view().into_any()
}

fn date(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    let today = shared::calendar::shanghai_date(seen.now);
    // Each day begins with the list that it begins with.
    let on_day = |day: Option<chrono::NaiveDate>| {
        seen.way(|asked| *asked = Asked { date: day, show: Show::default(), page: None, ..asked.clone() })
    };
    let turn = |day: Option<chrono::NaiveDate>, text: &'static str| {
        day.map(|day| {
            view! { <a class="turn" href=on_day(Some(day).filter(|day| *day != today))>{text}</a> }
        })
    };
    let back = (!seen.is_today()).then(|| {
        view! { <a class="turn" href=on_day(None)>{locale.say("回到今天", "Today")}</a> }
    });
    view! {
        <p class="desk-date">
            {turn(seen.date.pred_opt(), locale.say("前一天", "Previous day"))}
            <b>{locale.near_day(seen.date, today)}</b>
            {turn(seen.date.succ_opt(), locale.say("后一天", "Next day"))}
            {back}
        </p>
    }
    .into_any()
}

/// Whoever may see several offices chooses one.
fn offices(seen: &Seen<'_>) -> Option<AnyView> {
    let there = |office: &OfficeId| seen.way(|asked| asked.office = Some(office.clone()));
    choose(seen.locale(), &seen.offices, &seen.office.id, there)
}

/// What the box is called beside whoever comes in.
pub const PRIORITY: &str = "priority";

/// Ticked before they are brought in: served before the others. Why is nobody's to write down.
fn priority(locale: Locale, form: Option<&'static str>) -> AnyView {
    view! {
        <label class="pick">
            <input type="checkbox" name=PRIORITY value="yes" form=form autocomplete="off" />
            <span>
                {locale.say("优先", "Priority")}
                <span class="hidden-visually">{locale.say("（不记原因）", " (no reason is kept)")}</span>
            </span>
        </label>
    }
    .into_any()
}

/// A scanner types into the field and presses enter.
fn check_in(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    // Whoever sits at a counter has their one button there.
    let weight = if seen.mine().is_some() { "act" } else { "act act-strong" };
    // The next one is scanned at once.
    let goes_on = !seen.asked.row && seen.asked.said.is_some_and(|said| !matches!(said, Said::Ticket | Said::Counter));
    view! {
        <form class="scan" method="post" action=seen.itself()>
            {act::press(seen)}
            <div class="scan-head">
                <label for="reference">{locale.say("扫码，或者输入预约号", "Scan or type a reference")}</label>
                {priority(locale, None)}
            </div>
            <div class="joined">
                <input
                    class="input"
                    type="text"
                    id="reference"
                    name="reference"
                    value=seen.reference.clone()
                    autocomplete="off"
                    spellcheck="false"
                    autofocus=goes_on
                />
                <button class=weight id="check-in" name="do" value=Pressed::CheckIn.value()>
                    {locale.say("签到", "Check in")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// A ticket for whoever has no booking, for one of the services that can be had here.
fn walk_in(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    // Nothing is offered that would be refused; what is new on the sheet tells of places that are added.
    let with_tickets = seen.here.iter().filter(|pages| seen.with_tickets.contains(&pages.bookable.service));
    let buttons = with_tickets.map(|pages| {
        let pressed = Pressed::WalkIn { service: pages.bookable.service.clone() };
        let text =
            if seen.here.len() == 1 { locale.say("现场取号", "Walk-in") } else { pages.words.name.say(locale) };
        view! { <button class="act" form=FORM name="do" value=pressed.value()>{text}</button> }
    });
    let buttons: Vec<_> = buttons.collect();
    let is_shut = seen.all_is_shut();
    let none = buttons.is_empty().then(|| {
        let text = match (is_shut, seen.may.manage) {
            (false, _) => locale.say("今天没有现场号了", "No tickets left today"),
            (true, true) => {
                locale.say("今天停办了，不能取号，也不能加号", "Closed for today: no tickets, and none can be added")
            }
            (true, false) => locale.say(
                "今天停办了，不能取号。要恢复办理，请大厅负责人来",
                "Closed for today: no tickets. The office manager can open it again",
            ),
        };
        view! { <p class="soft">{text}</p> }
    });
    // Whoever decides it is one step away from whoever is refused; what is closed is opened again first.
    let more = seen.may.manage.then(|| {
        if is_shut {
            let href = seen.visit.url(&services::of_office(&seen.office.id));
            return view! { <a class="act" href=href>{locale.say("恢复办理…", "Open it again…")}</a> };
        }
        let href = seen.visit.url(&today::address(&seen.office.id));
        view! { <a class="act" href=href>{locale.say("加号…", "Add places…")}</a> }
    });
    view! {
        <div class="scan" role="group" aria-labelledby="walk-in">
            <div class="scan-head">
                <p class="scan-label" id="walk-in">{locale.say("没有预约", "No booking")}</p>
                {none.is_none().then(|| priority(locale, Some(FORM)))}
            </div>
            {none}
            <div class="acts">{buttons} {more}</div>
        </div>
    }
    .into_any()
}

/// For whoever calls, or stands there and wants another day.
fn book(seen: &Seen<'_>) -> AnyView {
    let href = seen.visit.url(&Asked::default().at("/staff/book"));
    view! { <p class="scan"><a class="act" href=href>{seen.locale().say("代为预约", "Book for somebody")}</a></p> }
        .into_any()
}

/// Posted, since a phone or an identity number may stand in no address.
fn search(seen: &Seen<'_>, typed: &str) -> AnyView {
    let locale = seen.locale();
    let shown =
        if typed.is_empty() { seen.asked.q.as_ref().map(Number::text).unwrap_or_default() } else { typed.to_owned() };
    let clear = (!shown.is_empty()).then(|| {
        view! { <a class="act" href=seen.way(|asked| asked.q = None)>{locale.say("清除", "Clear")}</a> }
    });
    view! {
        <form class="scan" method="post" action=seen.itself() role="search">
            <div class="scan-head">
                <label for="q">{locale.say("找人：号、预约号、手机或者证件号", "Find: ticket, reference, phone or ID")}</label>
            </div>
            <div class="joined">
                <input
                    class="input"
                    type="text"
                    id="q"
                    name="q"
                    value=shown
                    autocomplete="off"
                    spellcheck="false"
                    aria-keyshortcuts="/"
                />
                <button class="act" name="do" value=Pressed::Search.value()>
                    {locale.say("查找", "Find")}
                </button>
                {clear}
            </div>
        </form>
    }
    .into_any()
}

/// Whether the sheet tells of what is new; without scripts it says how old it is.
fn live(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    let time = super::stands::clock(seen.now);
    let in_hall = seen.sheet.visits.iter().filter(|row| Show::Now.has(row.state.kind()));
    let in_hall: Vec<_> = in_hall.map(|row| row.id.as_str()).collect();
    let events = Asked { office: Some(seen.office.id.clone()), date: Some(seen.date), ..Asked::default() };
    let events = seen.visit.url(&events.at("/staff/day/events"));
    let today = seen.is_today().then(|| seen.date.to_string());
    view! {
        <p
            class="live"
            id="live"
            data-events=events
            data-asked=seen.now.timestamp_millis().to_string()
            data-version=seen.sheet.version.to_string()
            data-in-hall=in_hall.join(" ")
            data-live=locale.say("联机", "live")
            data-lost=locale.say("未联机，{} 以后的变化没有显示", "not live since {}")
            data-over=locale.say("登录已经失效，请更新页面重新登录", "signed out: update to sign in")
            data-today=today
            data-past=locale.say("这一天已经过了，不再更新", "this day is over and no longer updated")
            data-anew=locale.say("这一页的这一天已经过了，点这里打开今天的", "This page is of a day that is over: open today's")
            data-elsewhere=locale.say("不再自动更新", "no longer updated by itself")
            data-stopped=locale.say("这一页不再自动更新，点这里更新", "This page is no longer updated by itself: update it here")
            data-arrived=locale.say("有 {} 位新到，点此更新", "{} new arrivals: update")
            data-changed=locale.say("有 {} 处变化，点此更新", "{} changes: update")
        >
            <span class="live-dot" hidden></span>
            <span data-words role="status">{say!(locale, "{time} 的情况", "as of {time}")}</span>
            " "
            <a href=anew(seen)>{locale.say("更新", "Update")}</a>
        </p>
    }
    .into_any()
}

/// The same list as it stands then. That of today is that of whichever day it is by then.
fn anew(seen: &Seen<'_>) -> String {
    seen.way(|asked| asked.date = asked.date.filter(|_| !seen.is_today()))
}

/// What is listed, and beside it the place where something new is told; none of the lists is, where somebody was looked for.
pub fn states(seen: &Seen<'_>, looked: bool) -> AnyView {
    // Counted from the very rows that are listed.
    let counted = Show::ALL.map(|show| (show, seen.listed(show).count()));
    // On another day nobody waits, unless they were left so.
    let is_offered = |show: Show, count: usize| match show {
        _ if show == seen.show() => true,
        Show::Outside => count > 0,
        _ if seen.is_today() => true,
        Show::Now => false,
        Show::Waiting | Show::AtCounter | Show::Parked => count > 0,
        Show::Booked | Show::Done | Show::All => true,
    };
    let offered = counted.into_iter().filter(|(show, count)| is_offered(*show, *count));
    let states = offered.map(|(show, count)| {
        let current = (seen.show() == show && !looked).then_some("true");
        let href = seen.way(|asked| {
            asked.show = show;
            asked.page = None;
            asked.q = None;
        });
        view! {
            <li>
                <a href=href aria-current=current>
                    {seen.list_words(show)} " " <span class="count">{count}</span>
                </a>
            </li>
        }
    });
    view! {
        <div class="desk-line">
            <ul class="states" role="list">{states.collect_view()}</ul>
            <p class="news" id="news" role="status" data-here=anew(seen)></p>
        </div>
    }
    .into_any()
}

/// What the keys do; a script that can be switched off reads them (WCAG 2.1.4).
pub fn keys(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    let hall = [("n", locale.say("到“叫下一个”", "go to “Call the next”")), ("s", locale.say("签到", "check in"))];
    let keys = [
        ("/", locale.say("查找", "find")),
        ("u", locale.say("撤销，马上生效", "undo, at once")),
        ("r", locale.say("更新", "update")),
        ("?", locale.say("到这些键的说明", "come here")),
    ];
    let keys = hall.into_iter().filter(|_| comes_in(seen)).chain(keys);
    let keys = keys.map(|(key, does)| view! { <span><kbd>{key}</kbd> " " {does}</span> });
    view! {
        <div class="keys off-paper" id="keys" tabindex="-1" hidden>
            <p>{locale.say("快捷键", "Keys")}</p>
            {keys.collect_view()}
            <button
                class="act"
                type="button"
                data-on=locale.say("打开快捷键", "Switch keys on")
                data-off=locale.say("关掉快捷键", "Switch keys off")
            ></button>
        </div>
    }
    .into_any()
}
