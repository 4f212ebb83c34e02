//! `/display/{office}`: who is called where, for a hall to see. Tickets and the signs of counters, nothing of anybody.
//!
//! The board is drawn here and, whenever it changes, in `events`; the script puts the one in the place of the other.

pub mod events;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::Response,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    counter::{
        board::{self, Board, Called, Wait},
        day::shut::Shut,
        screens::{self, Screen},
    },
};
use shared::{
    appointments::day::closing_reason, calendar::shanghai, counter::screen::ScreenKind, locale::Locale,
    localised::Localised, problem::Problem, say, staff::OfficeId,
};

use super::screen::not_opened;
use crate::{
    components::icon::{Drawing, Icon},
    draw::{self, Script, needs},
    pages::staff::day::ticket,
    visit::Visit,
    words::CHINESE_ONLY,
};

/// The query that asks for a page that loads itself anew: for screens without scripts.
const REFRESH: &str = "refresh";
/// Seconds between two loads of such a page.
const PAUSE: &str = "5";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Path(office): Path<String>,
) -> Result<Response, Rejection> {
    let now = app.now();
    let office = OfficeId::parse(&office).map_err(|_| Problem::NotFound)?;
    let Some(_) = known(&app, &headers, &office, now).await? else { return Ok(not_opened(&visit)) };
    let board = board::today(&app, &office, now).await?;
    let title = visit.say("叫号", "Calls");
    let itself = visit.query.as_deref() == Some(REFRESH);
    let mut page = draw::hall(&visit, StatusCode::OK, title, || {
        if !itself {
            needs(Script::Hall);
        }
        whole(&visit, &board, now, itself)
    });
    if itself {
        page.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static(PAUSE));
    }
    Ok(page)
}

/// Where a display of an office begins, in the way in which it is kept up to date.
pub(crate) fn start(visit: &Visit, office: &OfficeId) -> String {
    let start = visit.url(&format!("/display/{office}"));
    if visit.query.as_deref() == Some(REFRESH) { format!("{start}?{REFRESH}") } else { start }
}

/// Loads it anew in some seconds: nobody who presses anything stands before it.
pub(crate) fn again(mut page: Response, start: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("{PAUSE}; url={start}")) {
        page.headers_mut().insert(HeaderName::from_static("refresh"), value);
    }
    page
}

/// The display that this browser is, if it is one of this office.
async fn known(app: &App, headers: &HeaderMap, office: &OfficeId, now: DateTime<Utc>) -> Result<Option<Screen>, Error> {
    let screen = screens::of_cookie(app, headers, now).await?;
    Ok(screen.filter(|screen| screen.office == *office && screen.kind == ScreenKind::Display))
}

fn whole(visit: &Visit, board: &Board, now: DateTime<Utc>, itself: bool) -> AnyView {
    let locale = visit.locale;
    let foot = if itself {
        let time = clock(now);
        let said = |locale: Locale| {
            say!(locale, "每 {PAUSE} 秒自动刷新，这是 {time} 的情况", "Refreshed every {PAUSE} seconds, as of {time}")
        };
        view! {
            <footer class="hall-foot">
                <p class="hall-live">{said(Locale::Zh)} <span lang="en">{said(Locale::En)}</span></p>
            </footer>
        }
        .into_any()
    } else {
        let events = visit.url(&format!("/display/{}/events", board.office.id));
        view! {
            <footer class="hall-foot">
                <p
                    class="hall-live"
                    id="live"
                    role="status"
                    data-events=events
                >
                    <span class="live-dot" hidden></span>
                    // Whoever waits reads in either language that they may not see their call.
                    <span
                        data-words
                        data-live="联机"
                        data-lost="未联机，{} 以后的叫号没有显示"
                        data-past="未联机，这是以前的叫号，不是今天的"
                    >
                        "正在联机"
                    </span>
                    <span
                        data-words
                        lang="en"
                        data-live="live"
                        data-lost="Not live: calls since {} are not shown"
                        data-past="Not live: these calls are of a day that is over"
                    >
                        "connecting"
                    </span>
                </p>
                // These two are for whoever looks after the screen: the script hides them while nobody does.
                <button
                    class="hall-sound"
                    id="sound"
                    type="button"
                    hidden
                    aria-pressed="false"
                    data-on=locale.say("声音：开", "Sound: on")
                    data-off=locale.say("声音：关", "Sound: off")
                ></button>
                <p class="hall-plain">
                    <a href=visit.url(&format!("/display/{}?{REFRESH}", board.office.id))>
                        {locale.say("没有动静？改用自动刷新", "Nothing moves? Refresh by itself")}
                    </a>
                </p>
            </footer>
        }
        .into_any()
    };
    view! {
        <main class="hall" id="main">
            <header class="hall-head">
                <h1>
                    {board.office.name.zh.clone()} " "
                    <span lang="en">{board.office.name.en.clone()}</span>
                </h1>
                <p class="hall-clock" id="clock">{clock(now)}</p>
            </header>
            <div id="board" data-words=locale.say("请 {} 号到 {}", "{}, please go to {}")>
                {draw_board(board)}
            </div>
            {foot}
        </main>
    }
    .into_any()
}

pub(super) fn clock(now: DateTime<Utc>) -> String {
    shanghai(now).format("%-H:%M").to_string()
}

/// In both languages at once: a hall is not asked which it reads.
pub(super) fn draw_board(board: &Board) -> AnyView {
    let calls = match (board.calls.len(), board.closed) {
        (0, true) => nobody("今天已经结束", "Closed for today"),
        (0, false) => nobody("请等候叫号", "Please wait to be called"),
        (count, _) => {
            let calls = board.calls.iter().take(CALLS).map(call).collect_view();
            let class = match count {
                1 => "hall-calls hall-one",
                2 => "hall-calls hall-two",
                _ => "hall-calls",
            };
            view! {
                <p class="hall-heads">
                    <span>"请" <span lang="en">"Now calling"</span></span>
                    <span>"到" <span lang="en">"Counter"</span></span>
                </p>
                <ol class=class role="list">{calls}</ol>
            }
            .into_any()
        }
    };
    let before = board.before.iter().map(|called| {
        view! {
            <li>
                <b>{ticket(called.ticket)}</b>
                <span>{sign(called)}</span>
            </li>
        }
    });
    let before = before.collect_view();
    let past = (!board.before.is_empty()).then(|| {
        view! {
            <h2>
                "刚才叫过"
                <span lang="en">"Called before"</span>
            </h2>
            <ul role="list">{before}</ul>
        }
    });
    // Once the day is over nobody is called again.
    let miss = (!board.closed).then(|| {
        view! {
            <p class="hall-miss">
                "叫到您时不在？请到前台。"
                <span lang="en">"Missed your call? Please ask at the desk."</span>
            </p>
        }
    });
    let shut = board.shut.iter().map(shut).collect_view();
    let waiting = (!board.closed).then(|| {
        let waiting = board.waiting;
        view! {
            <p>
                <b>{format!("等候 {waiting} 位")}</b>
                <span lang="en">{format!("{waiting} waiting")}</span>
            </p>
        }
    });
    view! {
        {shut}
        <div class="hall-body">
            <section aria-label="正在叫号">
                {calls}
            </section>
            <section class="hall-past">
                {past}
                {miss}
            </section>
        </div>
        <div class="hall-figures">
            {wait(board.wait)}
            {waiting}
        </div>
    }
    .into_any()
}

/// What is not done today any more, and why, in the words of whoever closed it.
pub(super) fn shut_words(locale: Locale, shut: &Shut) -> String {
    let ([zh, en], reason) = (shut.name, closing_reason(&shut.reason, locale));
    let name = locale.say(zh, en);
    let why = reason.map_or_else(String::new, |reason| say!(locale, "：{reason}", ": {reason}"));
    match shut.since.map(clock) {
        Some(since) => say!(locale, "{name} {since} 起停办{why}", "No {name} today from {since}{why}"),
        None => say!(locale, "{name}今天停办{why}", "No {name} today{why}"),
    }
}

fn shut(shut: &Shut) -> impl IntoView + use<> {
    let said = shut_words(Locale::Zh, shut);
    // Nobody in the hall reads a Chinese reason once more in the English line.
    let in_english = !shut.reason.en.ends_with(CHINESE_ONLY);
    let nameless = Shut { reason: Localised::new("", ""), ..shut.clone() };
    let said_en = shut_words(Locale::En, if in_english { shut } else { &nameless });
    view! {
        <p class="hall-shut">
            {said}
            <span lang="en">{said_en}</span>
        </p>
    }
}

/// Nobody is called now.
fn nobody(zh: &'static str, en: &'static str) -> AnyView {
    view! {
        <p class="hall-none">
            {zh}
            <span lang="en">{en}</span>
        </p>
    }
    .into_any()
}

/// As many calls as can be read from three metres.
const CALLS: usize = 5;

fn call(called: &Called) -> impl IntoView + use<> {
    let number = ticket(called.ticket);
    // The script announces what it has not announced yet: the ticket, the counter and how often.
    let said = format!("{number}|{}|{}", sign(called), called.calls);
    view! {
        <li class="hall-call" data-call=said>
            <span class="hall-ticket">{number}</span>
            <span class="hall-counter"><Drawing icon=Icon::Forward /><b>{called.counter.to_string()}</b>"号窗口"</span>
        </li>
    }
}

fn sign(called: &Called) -> String {
    format!("{} 号窗口", called.counter)
}

/// How many have to be called before their average is worth a place on the wall.
const ENOUGH: usize = 5;

/// The average with what it is the average of: a number without its definition is nothing to go by.
fn wait(wait: Option<Wait>) -> AnyView {
    // Of a few it says more of them than of the hall.
    let Some(Wait { minutes, of }) = wait.filter(|wait| wait.of >= ENOUGH) else { return ().into_any() };
    let zh = say!(Locale::Zh, "今天已叫的 {of} 位（提前叫的不算），从签到（早到的从约定时间）到第一次叫号", "{of}");
    let en = say!(
        Locale::En,
        "{of}",
        "Average of the {of} called today, from check-in or their booked time, the later, to the first call; not of those \
         called before their time"
    );
    view! {
        <p class="hall-wait">
            <b>{format!("平均等候 {minutes} 分钟")}</b>
            <span>{zh}</span>
            <span lang="en">{en}</span>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::fragment;

    #[test]
    fn an_average_is_shown_from_five_on_and_says_of_what() {
        let drawn = |of| fragment(move || wait(Some(Wait { minutes: 12, of })));
        assert!(!drawn(4).contains("平均等候"), "{}", drawn(4));
        let shown = drawn(5);
        for words in ["平均等候 12 分钟", "今天已叫的 5 位", "从签到", "Average of the 5 called today, from check-in"]
        {
            assert!(shown.contains(words), "{words}: {shown}");
        }
    }
}
