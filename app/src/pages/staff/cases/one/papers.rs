//! The papers that are needed by what was answered. They are brought to the office: nothing is sent through the portal yet.

use leptos::prelude::*;

use super::Opened;
use crate::components::{notice::Tone, tag::Tag};

pub(super) fn draw(opened: &Opened<'_>) -> AnyView {
    let (locale, case, procedure) = (opened.locale(), &opened.case, opened.procedure());
    let needed = procedure.papers.iter().filter(|paper| case.papers.contains(&paper.id));
    let papers: Vec<_> = needed
        .map(|paper| {
            let is_asked = case.asked_items.contains(&paper.id);
            let asked = is_asked.then(|| {
                let text = locale.say("要求过，还没有收到", "asked for and not here yet");
                view! { " " <Tag text=text tone=Tone::Warning /> }
            });
            let hint = paper.hint.as_ref().map(|hint| hint.say(locale).to_owned());
            view! {
                <li>
                    <p>{paper.name.say(locale).to_owned()} {asked}</p>
                    {hint.map(|hint| view! { <p class="soft">{hint}</p> })}
                </li>
            }
        })
        .collect();
    if papers.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="flow">
            <h2>{locale.say("材料", "Papers")}</h2>
            <p class="soft">
                {locale.say(
                    "材料由申请人带到窗口，当面核对原件。",
                    "The applicant brings these to the counter, where the originals are looked at.",
                )}
            </p>
            <ul class="looks" role="list">{papers}</ul>
        </section>
    }
    .into_any()
}
