//! Something to know before going on; its kind is said in words and shape, not by colour alone.

use leptos::prelude::*;

use super::icon::{Drawing, Icon};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Info,
    Success,
    Warning,
    Danger,
}

/// A titled remark; the children say more.
#[component]
pub fn Notice(
    #[prop(into)] title: String,
    #[prop(optional)] tone: Tone,
    /// Whether it appeared because of what the person just did, so that it is read out.
    #[prop(optional)]
    live: bool,
    /// Whether the page opens with the focus on it, since it says what became of the press that led here.
    #[prop(optional)]
    focus: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Info => ("notice notice-info", Icon::Info),
        Tone::Success => ("notice notice-success", Icon::Check),
        Tone::Warning => ("notice notice-warning", Icon::Warning),
        Tone::Danger => ("notice notice-danger", Icon::Stop),
    };
    view! {
        <div class=class role=live.then_some("status") tabindex=focus.then_some("-1") autofocus=focus>
            <Drawing icon=icon />
            <div class="notice-body">
                <p class="notice-title">{title}</p>
                {children.map(|children| children())}
            </div>
        </div>
    }
}
