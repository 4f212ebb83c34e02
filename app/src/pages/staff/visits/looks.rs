//! Who looked at it.

use leptos::prelude::*;
use server::counter::looks::{Look, safety::SafetyLook};
use shared::{locale::Locale, say};

use super::Opened;
use crate::{
    pages::staff::looks::{later, of_office, what},
    words,
};

pub fn draw(opened: &Opened<'_>) -> AnyView {
    let (locale, one) = (opened.locale(), &opened.one);
    let opened_for = one.purpose.among_staff(locale);
    let rows = one.looks.iter().map(|look| line(locale, look)).collect_view();
    let hidden = one.hidden.as_ref().filter(|hidden| !hidden.is_empty()).map(|hidden| {
        let rows = hidden.iter().map(|look| inside(locale, look)).collect_view();
        let all = opened.visit.url(&of_office(&one.office));
        view! {
            <details class="ask">
                <summary>{locale.say("内部记录…", "Kept inside…")}</summary>
                <ul class="looks" role="list">{rows}</ul>
                <p><a href=all>{locale.say("这个大厅所有这样的查看", "All such looks of this office")}</a></p>
            </details>
        }
    });
    let for_whom = if one.purpose.is_hidden() {
        Some(locale.say(
            "预约人看不到这次查看，只留在内部记录里。",
            "Whoever holds the booking reads nothing of it; it is kept inside.",
        ))
    } else {
        (!one.row.walk_in).then(|| {
            locale.say(
                "预约人在自己的预约里看得到办事大厅、岗位、时间和目的，看不到姓名和账号。",
                "Whoever holds the booking reads office, role, time and purpose there, and no name or account.",
            )
        })
    };
    view! {
        <section class="flow">
            <h2>{locale.say("谁看过", "Who looked")}</h2>
            <p class="soft">{say!(locale, "这次打开记为：{opened_for}。", "This time is written down as: {opened_for}.")} " " {for_whom}</p>
            <ul class="looks" role="list">{rows}</ul>
            {hidden}
        </section>
    }
    .into_any()
}

fn line(locale: Locale, look: &Look) -> impl IntoView + use<> {
    let shown = &look.shown;
    let account = look.account.as_ref().map_or_else(String::new, |account| format!("{account} · "));
    let time = words::short_moment(locale, shown.at);
    let rest = format!("{account}{} · {} · {time}", shown.office.say(locale), shown.role.words(locale));
    let what = format!("{}{}{}", shown.seen.words(locale), locale.say("，", ", "), shown.purpose.among_staff(locale));
    view! { <li><p>{what}</p><p class="soft">{rest}</p></li> }
}

/// One that is kept inside, as the list of the office has it.
fn inside(locale: Locale, look: &SafetyLook) -> impl IntoView + use<> {
    let account = look.account.as_ref().map_or_else(String::new, |account| format!("{account} · "));
    let rest = format!("{account}{} · {}", look.role.words(locale), words::short_moment(locale, look.at));
    let why = look.reason.clone().map(|reason| view! { <p>{reason}</p> });
    view! {
        <li>
            {later(locale, look)}
            <p>{what(locale, look)}</p>
            {why}
            <p class="soft">{rest}</p>
        </li>
    }
}
