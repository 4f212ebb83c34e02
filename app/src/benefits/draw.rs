//! A screen of the check as a form that can be sent as it stands.

use leptos::prelude::*;
use shared::eligibility::plan::Ask;

use super::{
    answers::field_of,
    boxes,
    compare::{BEFORE, TOLD},
    go::Go,
    kept::kept,
    page::Page,
    people,
    questions::questions,
    result,
    scene::Scene,
    start,
};
use crate::components::{error_summary::error_summary, part::Part};

/// The id of the form, which the switches of language and reading mode send.
pub const FORM: &str = "questions";

/// The form with everything that was answered on other pages hidden in it.
pub fn screen(scene: Scene<'_>) -> AnyView {
    let messages = scene.screen.errors.messages(scene.locale);
    let summary = (!messages.is_empty()).then(|| error_summary(scene.locale, &messages));
    let body = match &scene.screen.page {
        Page::Start => start::start(scene),
        Page::People => people::people(scene, &messages),
        Page::Questions(asks) => questions(scene, asks, &messages),
        Page::Result => result::result(scene, &messages),
    };
    let on_enter = if scene.screen.page == Page::Result { Go::Result } else { Go::Next };
    view! {
        <form id=FORM class="check flow" method="post" action=scene.action.to_owned() autocomplete="off" novalidate>
            // Enter in a field means to go on, whatever button stands first; the result stays the result.
            <button class="hidden-visually" name="go" value=on_enter.key(scene.pack) tabindex="-1" aria-hidden="true"></button>
            {summary.map(Part::drawn)}
            {hidden(scene)}
            {kept(scene)}
            {body}
        </form>
    }
    .into_any()
}

/// What stands on this page is typed; everything else is carried along. What was left empty says nothing, and would
/// stand in the way of an answer that the result asks for.
fn hidden(scene: Scene<'_>) -> AnyView {
    let Scene { pack, screen, .. } = scene;
    let shown = |name: &str| match &screen.page {
        Page::Start => name == "event",
        Page::People => {
            name == "complete"
                || (name.starts_with("people.") && people::FIELDS.iter().any(|field| name.ends_with(field)))
        }
        Page::Questions(asks) => asks.iter().any(|ask| {
            let field = match ask {
                Ask::One(asked) => field_of(pack, *asked),
                Ask::Who { fact, .. } => boxes::name(&pack.facts[*fact]),
            };
            name.strip_prefix(field.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }),
        Page::Result => [BEFORE, TOLD].contains(&name),
    };
    let carried = screen.answers.0.iter().filter(|(name, value)| !value.is_empty() && !shown(name)).cloned();
    let trail = screen.trail.iter().map(|page| ("trail".to_owned(), page.key(pack)));
    let at = std::iter::once(("at".to_owned(), screen.page.key(pack)));
    let fields = carried.chain(trail).chain(at).map(|(name, value)| {
        view! { <input type="hidden" name=name value=value /> }
    });
    fields.collect_view().into_any()
}
