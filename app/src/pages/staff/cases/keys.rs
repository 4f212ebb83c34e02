//! Keys that help along lists and cases, with the switch that turns them off (WCAG 2.1.4); none of them does anything to a case.

use leptos::prelude::*;
use shared::locale::Locale;

use crate::draw::{Script, needs};

/// The keys of the lists.
pub(super) fn of_lists(locale: Locale) -> AnyView {
    draw(
        locale,
        &[
            ("j", locale.say("下一件", "next")),
            ("k", locale.say("上一件", "the one before")),
            ("x", locale.say("选中或者不选这一件", "tick this one, or not")),
            ("?", locale.say("到这些键的说明", "come here")),
        ],
    )
}

/// Those of one case.
pub(super) fn of_case(locale: Locale) -> AnyView {
    draw(
        locale,
        &[
            ("n", locale.say("到“现在能做什么”", "go to “What can be done now”")),
            ("m", locale.say("写备注", "write a note")),
            ("?", locale.say("到这些键的说明", "come here")),
        ],
    )
}

fn draw(locale: Locale, keys: &[(&'static str, &'static str)]) -> AnyView {
    needs(Script::Desk);
    let keys: Vec<_> = keys.iter().map(|(key, does)| view! { <span><kbd>{*key}</kbd> " " {*does}</span> }).collect();
    view! {
        <div class="keys off-paper" id="keys" tabindex="-1" hidden>
            <p>{locale.say("快捷键", "Keys")}</p>
            {keys}
            <button
                class="act"
                type="button"
                data-on=locale.say("打开快捷键", "Switch keys on")
                data-off=locale.say("关掉快捷键", "Switch keys off")
            ></button>
        </div>
    }
    .into_any()
}
