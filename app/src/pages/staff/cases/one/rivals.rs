//! Other applications that name the same certificate. Who claims first is no right: a person looks at all of them.

use leptos::prelude::*;
use server::procedures::queue::Queue;
use shared::{calendar::shanghai_date, say};

use super::Opened;
use crate::{
    components::{notice::Tone, tag::Tag},
    pages::staff::cases::asked::{Asked, List},
};

pub(super) fn draw(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    if opened.case.rivals.is_empty() {
        return None;
    }
    let rows = opened.case.rivals.iter().map(|rival| {
        let href = opened.visit.url(&super::path(&rival.id));
        let day = locale.date(shanghai_date(rival.submitted_at));
        let state = rival.state.words().say(locale).to_owned();
        let granted = rival.granted.then(|| {
            let text = locale.say("已经准予", "granted");
            view! { " " <Tag text=text tone=Tone::Danger /> }
        });
        view! {
            <li>
                <p><a href=href>{rival.reference.to_string()}</a> " " <Tag text=state /> {granted}</p>
                <p class="soft">{say!(locale, "{day}提交", "handed in on {day}")}</p>
            </li>
        }
    });
    let rows = rows.collect_view();
    let is_granted = opened.case.rivals.iter().any(|rival| rival.granted);
    let words = if is_granted {
        locale.say(
            "其中有一件已经准予，同一份只给一次：这一件不能再准予。",
            "One of them was granted, and it is given once: this one cannot be granted as well.",
        )
    } else {
        locale.say(
            "同一份只给一次。先提交的不因此优先：请一起看，需要的请家属协商。",
            "It is given once. Who claimed first has no better right for that: look at all of them, and let the family agree \
             where they have to.",
        )
    };
    let more = (opened.case.more_rivals > 0).then(|| {
        let list = List::Of(Queue::Rivals);
        let (count, tab) = (opened.case.more_rivals, list.tab(locale));
        let words = say!(locale, "还有 {count} 件没有列在这里。", "{count} more are not listed here.");
        let way = say!(locale, "看“{tab}”", "See “{tab}”");
        view! { <p>{words} " " <a href=opened.visit.url(&Asked::of(list).path())>{way}</a></p> }
    });
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("用同一份证明的其他申请", "Others that name the same certificate")}</h2>
                <p>{words}</p>
                <ul class="looks" role="list">{rows}</ul>
                {more}
            </section>
        }
        .into_any(),
    )
}
