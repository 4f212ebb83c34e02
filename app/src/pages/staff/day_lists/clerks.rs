//! How one clerk called, marked and put away those who came, in a month and day by day.

use leptos::prelude::*;
use server::counter::day::by_clerk::Clerk;
use shared::locale::Locale;

use crate::pages::staff::{day::standing_out::did, looks::account};

/// What the figures count.
pub(super) fn about(locale: Locale) -> AnyView {
    let called = locale.say(
        "叫号：叫到窗口的人次，再叫一遍不另算，暂放以后叫回窗口的另算。没有办就放下：叫到以后没有开始办，或者不到一分钟，就暂放、移交、转到别处、标记未到、标记离开，\
         撤销了叫号，或者不到一分钟就按没有办完、不予登记结束了。一分钟以内的单独算：那么快，人多半还没走到窗口。办了一会儿又放下：开始办以后，过了那一分钟才放下的。",
        "Called: people called to a counter; calling again is none, calling back whoever was set aside is one more. Put away unserved: set aside, handed over, sent on, marked as \
         a no-show or as gone, or the call undone, before they were served or within a minute, or sent home within it. That minute is counted apart: so \
         soon hardly anybody has come to the counter. Put away while they were served: later than that, after serving had begun.",
    );
    let ask = locale.say(
        "人真没来、要回去补材料，也算在内，所以要和别人比。比别人多出很多的，请当面问本人。从纸上补录的不算叫号；当天补录成“还在等”的另外计数，\
         他们的先后按填写的到达时间，请和别的号、和那天有没有断网对照。\
         撤销了的标记不算，但是把在等的人标记为离开、转走，撤销了也算：别人可能已经因此排到了前面。",
        "Whoever really did not come, or goes to fetch a paper, is among them, so compare. Ask whoever has far more than others. \
         What was entered from paper is no call; whoever was entered on the day itself as still waiting is counted \
         apart: their place goes by the time that was typed, so compare with the other tickets, and with when the network was down. Marks that were undone do not count, but for those as gone or sent on: \
         somebody may have come to the front meanwhile.",
    );
    view! {
        {called}
        <br />
        {ask}
    }
    .into_any()
}

pub(super) fn line(locale: Locale, clerk: &Clerk) -> AnyView {
    let account = account(locale, clerk.account.as_ref());
    let days = clerk.days.iter().map(|(day, counts)| {
        let what = format!("{} · {}", locale.full_date(*day), did(locale, *counts));
        view! { <li>{what}</li> }
    });
    view! {
        <li>
            <p>
                <b>{account}</b>
                " · "
                {did(locale, clerk.in_all)}
            </p>
            <details class="ask">
                <summary>{locale.say("按天看", "Day by day")}</summary>
                <ul class="ask-body">{days.collect_view()}</ul>
            </details>
        </li>
    }
    .into_any()
}
