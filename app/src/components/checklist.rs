//! Things to bring, each with a box to tick on paper.

use leptos::prelude::*;

/// One thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    pub name: String,
    /// What to look out for.
    pub note: Option<String>,
}

#[component]
pub fn Checklist(things: Vec<Thing>) -> impl IntoView {
    let things = things.into_iter().map(|Thing { name, note }| {
        view! {
            <li>
                <p>{name}</p>
                {note.map(|note| view! { <p class="note">{note}</p> })}
            </li>
        }
    });
    view! { <ul class="checklist" role="list">{things.collect_view()}</ul> }
}
