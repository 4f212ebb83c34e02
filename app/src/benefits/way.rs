//! How to ask for a benefit, and what only the bureau knows of it.

use leptos::prelude::*;
use shared::{
    eligibility::pack::{Benefit, Pack},
    locale::Locale,
};

use super::offices::place;

pub fn way(locale: Locale, pack: &Pack, benefit: &Benefit) -> AnyView {
    let channels = benefit.apply.channels.iter().map(|channel| view! { <li>{channel.say(locale).to_owned()}</li> });
    let takes = benefit.apply.takes.as_ref().map(|takes| {
        view! { <li>{locale.say("多久：", "How long: ")} {takes.say(locale).to_owned()}</li> }
    });
    view! {
        <div class="off-paper">
            <h4>{locale.say("怎么办", "How to apply")}</h4>
            <ul>
                <li>{place(locale, pack, benefit)}</li>
                {channels.collect_view()}
                {takes}
            </ul>
        </div>
    }
    .into_any()
}

pub fn unknown(locale: Locale, benefit: &Benefit) -> Option<AnyView> {
    let unknown: Vec<_> = benefit.unknown.iter().map(|text| view! { <li>{text.say(locale).to_owned()}</li> }).collect();
    (!unknown.is_empty()).then(|| {
        view! {
            <details>
                <summary>{locale.say("这里不知道、要问民政部门的", "Not known here: please ask the bureau")}</summary>
                <ul>{unknown}</ul>
            </details>
        }
        .into_any()
    })
}
