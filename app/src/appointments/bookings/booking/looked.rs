//! Who of the office looked at the booking: which office, as what, when and for what; no clerk is named.

use leptos::prelude::*;
use server::counter::looks::Shown;
use shared::locale::Locale;

use crate::words;

pub fn draw(locale: Locale, looks: &[Shown]) -> AnyView {
    let body = if looks.is_empty() {
        view! { <p class="soft">{locale.say("没有可以显示的查看记录。", "There is no record to show of anybody looking at it.")}</p> }.into_any()
    } else {
        let rows = looks.iter().map(|look| {
            let what = format!("{}{}{}", look.seen.words(locale), locale.say("，", ", "), look.purpose.words(locale));
            let (office, role, time) =
                (look.office.say(locale), look.role.words(locale), words::moment(locale, look.at));
            let who = format!("{office} · {role} · {time}");
            view! { <li class="told"><p>{what}</p><p class="soft">{who}</p></li> }
        });
        view! { <ul class="tellings" role="list">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="flow off-paper" id="looks">
            <h2>{locale.say("谁看过这条预约", "Who looked at this booking")}</h2>
            {body}
        </section>
    }
    .into_any()
}
