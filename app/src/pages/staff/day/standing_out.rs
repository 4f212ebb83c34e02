//! What stands out of a day, for whoever answers for the office: it was ended for a reason or opened again, and how each clerk
//! called and marked those who came, by numbers. The lists of months say it in the same words.

use leptos::prelude::*;
use server::counter::day::{
    by_clerk::Counts,
    standing_out::{End, StandingOut},
};
use shared::{locale::Locale, say};

use crate::{
    pages::staff::{day::stands::clock, looks::account},
    words,
};

/// On the sheet, behind one press; nothing on an ordinary day.
pub(super) fn on_sheet(locale: Locale, found: &StandingOut) -> Vec<AnyView> {
    let behind = |title: &'static str, lines: Vec<String>| {
        let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <details class="ask">
                    <summary>{title}</summary>
                    <ul class="ask-body">{lines}</ul>
                </details>
            }
            .into_any()
        })
    };
    let ends = found.ends.iter().map(|end| format!("{} · {}", clock(end.at), ended(locale, end)));
    let clerks = found.clerks.iter().map(|clerk| {
        let who = account(locale, clerk.account.as_ref());
        format!("{who}{}{}", locale.say("：", ": "), did(locale, clerk.in_all))
    });
    let ends = behind(locale.say("这一天提前结束，或者重新打开过", "Ended early, or opened again"), ends.collect());
    let clerks = behind(locale.say("按人计数：叫号、优先、离开", "By person: calls and marks"), clerks.collect());
    ends.into_iter().chain(clerks).collect()
}

/// A line of the list of ends.
pub(in crate::pages::staff) fn end(locale: Locale, end: &End) -> AnyView {
    let (day, when) = (locale.full_date(end.date), words::moment(locale, end.at));
    let who = account(locale, end.account.as_ref());
    let what = match (end.reopened, &end.reason) {
        (true, _) => say!(locale, "{day}：重新打开", "{day}: opened again"),
        (false, reason) => {
            let reason = reason.as_deref().unwrap_or_default();
            say!(locale, "{day}：提前结束，{reason}", "{day}: ended early, {reason}")
        }
    };
    view! {
        <li>
            <p>{what}</p>
            <p class="soft">{format!("{who} · {when}")}</p>
        </li>
    }
    .into_any()
}

fn ended(locale: Locale, end: &End) -> String {
    let who = account(locale, end.account.as_ref());
    match (end.reopened, &end.reason) {
        (true, _) => say!(locale, "{who} 重新打开", "{who} opened the day again"),
        (false, reason) => {
            let reason = reason.as_deref().unwrap_or_default();
            say!(locale, "{who} 结束这一天：{reason}", "{who} ended the day: {reason}")
        }
    }
}

/// What somebody did, by numbers; what they did not is not named.
pub(in crate::pages::staff) fn did(locale: Locale, counts: Counts) -> String {
    let Counts { calls, put_away, at_once, broken_off, priority, called_themselves, left, from_paper } = counts;
    let calls = (calls > 0).then(|| say!(locale, "叫号 {calls} 次", "called {calls}"));
    let away = (put_away > 0).then(|| match at_once {
        0 => say!(locale, "没有办就放下 {put_away} 次", "put away unserved {put_away}"),
        _ => say!(
            locale,
            "没有办就放下 {put_away} 次（一分钟以内 {at_once} 次）",
            "put away unserved {put_away} ({at_once} within a minute)"
        ),
    });
    let broken_off = (broken_off > 0)
        .then(|| say!(locale, "办了一会儿又放下 {broken_off} 次", "put away while they were served {broken_off}"));
    let priority = (priority > 0).then(|| {
        say!(
            locale,
            "标记优先 {priority} 次，其中自己叫的 {called_themselves} 次",
            "served first {priority}, of whom they called {called_themselves} themselves"
        )
    });
    let left = (left > 0).then(|| {
        say!(locale, "把还在等的人标记为离开、转走 {left} 次", "marked as gone or sent on while they waited {left}")
    });
    let from_paper = (from_paper > 0).then(|| {
        say!(locale, "从纸上补录还在等的号 {from_paper} 个", "entered from paper as still waiting {from_paper}")
    });
    let all: Vec<_> = [calls, away, broken_off, priority, left, from_paper].into_iter().flatten().collect();
    all.join(locale.say("；", "; "))
}
