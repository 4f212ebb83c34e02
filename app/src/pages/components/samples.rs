//! The samples, in the order in which a journey meets them.

mod acts;
mod dates;
mod forms;
mod messages;

use leptos::prelude::*;

use crate::visit::Visit;

pub(super) fn body(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <div class="column flow samples">
            <h1>{visit.say("部件", "Parts")}</h1>
            <p class="lead">
                {visit.say(
                    "每个部件的每种样子。人名和号码都是编造的。",
                    "Every part in every state. Names and numbers are made up.",
                )}
            </p>
            {acts::show(visit)} {forms::show(visit)} {dates::show(visit)} {messages::show(visit)}
        </div>
    }
}

/// One part with its name.
fn sample(name: &str, view: AnyView) -> AnyView {
    let name = name.to_owned();
    view! {
        <section class="flow">
            <h2>{name}</h2>
            {view}
        </section>
    }
    .into_any()
}
