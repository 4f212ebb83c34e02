//! What the rules ask, in plain words, and where they say so.

use leptos::prelude::*;
use shared::{eligibility::answer::RuleAnswer, locale::Locale};

use super::cited;

/// All that a condition stands for, behind one press; nothing where it names no text.
pub fn folded(locale: Locale, rules: &[RuleAnswer]) -> Option<AnyView> {
    let items: Vec<AnyView> = rules.iter().map(|rule| item(locale, rule)).collect();
    (!items.is_empty()).then(|| {
        view! {
            <details>
                <summary>{locale.say("依据", "What the rule says")}</summary>
                <ul>{items}</ul>
            </details>
        }
        .into_any()
    })
}

/// First what it asks, then the text.
pub fn item(locale: Locale, rule: &RuleAnswer) -> AnyView {
    view! { <li>{rule.asks.clone()} <p class="source">{cited::linked(locale, &rule.source)}</p></li> }.into_any()
}
