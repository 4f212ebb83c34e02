//! What stands out of a day, for whoever answers for the office, and of the last days for whoever reads the record: it was ended
//! for a reason or opened again, and whom each clerk served first or marked as gone, by numbers.

use leptos::prelude::*;
use server::counter::day::standing_out::{Clerk, End, StandingOut};
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
    let clerks = found.clerks.iter().map(|clerk| did(locale, clerk));
    let ends = behind(locale.say("这一天提前结束，或者重新打开过", "Ended early, or opened again"), ends.collect());
    let clerks = behind(locale.say("按人：标记优先、标记离开", "Marked first or gone, by person"), clerks.collect());
    ends.into_iter().chain(clerks).collect()
}

/// The lines of the last days: the ends, and what each did.
pub(in crate::pages::staff) fn lately(locale: Locale, found: &StandingOut) -> [Vec<String>; 2] {
    let ends = found.ends.iter().map(|end| format!("{} · {}", words::moment(locale, end.at), ended(locale, end)));
    let clerks = found.clerks.iter().map(|clerk| format!("{} · {}", locale.full_date(clerk.date), did(locale, clerk)));
    [ends.collect(), clerks.collect()]
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

fn did(locale: Locale, Clerk { account: name, priority, called, left, .. }: &Clerk) -> String {
    let who = account(locale, name.as_ref());
    let priority = (*priority > 0).then(|| {
        say!(
            locale,
            "标记优先 {priority} 次，其中自己叫的 {called} 次",
            "served first {priority}, of whom they called {called} themselves"
        )
    });
    let left = (*left > 0)
        .then(|| say!(locale, "把还在等的人标记为离开 {left} 次", "marked as gone while they waited {left}"));
    let all: Vec<_> = priority.into_iter().chain(left).collect();
    format!("{who}{}{}", locale.say("：", ": "), all.join(locale.say("；", "; ")))
}
