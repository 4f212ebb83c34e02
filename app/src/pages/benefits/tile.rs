//! Benefits on the home page.

use leptos::prelude::*;

use crate::{
    components::button::{LinkButton, Weight},
    visit::Visit,
};

pub fn tile(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let what = locale.say(
        "低保、临时救助、高龄津贴、残疾人补贴、孩子的生活费……看看给谁、给多少、到哪里办。",
        "Living allowances, relief in an emergency, allowances for old age and disability, support for children: for \
         whom, how much, and where to ask.",
    );
    view! {
        <section class="feature feature-calm flow" aria-labelledby="benefits">
            <h2 id="benefits">{locale.say("惠民政策与补贴", "Benefits")}</h2>
            <p>{what}</p>
            <p class="actions">
                <LinkButton
                    href=visit.url("/benefits")
                    text=locale.say("看看有哪些补贴", "See what there is")
                    weight=Weight::Secondary
                />
            </p>
        </section>
    }
    .into_any()
}
