//! Shapes that several parts of the result share.

use leptos::prelude::*;
use shared::locale::Locale;

use super::{go::Go, scene::Scene};

/// A part with its title.
pub fn section(class: &'static str, title: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class=class>
            <h2>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// A part behind one press, for whoever wants to know.
pub fn folded(title: String, body: AnyView) -> AnyView {
    view! {
        <details class="folded">
            <summary>
                <h2>{title}</h2>
            </summary>
            {body}
        </details>
    }
    .into_any()
}

/// An entry of a list: its name, how much, and more in smaller lines.
pub fn entry(name: String, amount: Option<AnyView>, lines: Vec<String>) -> AnyView {
    let lines: Vec<AnyView> =
        lines.into_iter().map(|line| view! { <span class="fit-line">{line}</span> }.into_any()).collect();
    view! {
        <li>
            <strong>{name}</strong>
            " "
            {amount}
            {lines}
        </li>
    }
    .into_any()
}

/// Said of a link that leaves the answers where they are.
pub fn new_tab(locale: Locale) -> AnyView {
    view! { <span class="hidden-visually">{locale.say("（在新窗口打开）", " (opens in a new window)")}</span> }
        .into_any()
}

/// Something that can also be done, in a line of its own.
pub fn also(scene: Scene<'_>, go: &Go, text: &'static str) -> AnyView {
    view! {
        <p class="off-paper">
            <button class="button button-quiet" name="go" value=go.key(scene.pack)>
                {text}
            </button>
        </p>
    }
    .into_any()
}
