//! How a benefit stands, in a word.

use leptos::prelude::*;
use shared::{eligibility::verdict::Status, locale::Locale};

use crate::components::{notice::Tone, tag::Tag};

pub fn tag(locale: Locale, status: Status) -> AnyView {
    let tone = match status {
        Status::Likely => Tone::Success,
        Status::Ask | Status::No => Tone::Info,
        Status::Bureau => Tone::Warning,
    };
    view! { <Tag text=said(locale, status) tone=tone /> }.into_any()
}

pub fn said(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Likely => locale.say("可能符合", "Likely"),
        Status::Ask => locale.say("还要回答", "Answers needed"),
        Status::Bureau => locale.say("要问民政部门", "The bureau must check"),
        Status::No => locale.say("看来不符合", "Does not seem to fit"),
    }
}

/// The name of a status in a form and a class.
pub fn word(status: Status) -> &'static str {
    match status {
        Status::Likely => "likely",
        Status::Ask => "ask",
        Status::Bureau => "bureau",
        Status::No => "no",
    }
}

pub fn status(word: &str) -> Option<Status> {
    [Status::Likely, Status::Ask, Status::Bureau, Status::No].into_iter().find(|status| self::word(*status) == word)
}
