//! How a benefit stands, in a word.

use leptos::prelude::*;
use shared::{
    eligibility::verdict::{Status, Verdict},
    locale::Locale,
};

use crate::components::{notice::Tone, tag::Tag};

pub fn tag(locale: Locale, verdict: &Verdict) -> AnyView {
    if verdict.already {
        return view! { <Tag text=locale.say("已经有了", "Already received") tone=Tone::Success /> }.into_any();
    }
    let tone = match verdict.status {
        Status::Likely => Tone::Success,
        Status::Ask | Status::No => Tone::Info,
        Status::Bureau => Tone::Warning,
    };
    view! { <Tag text=label(locale, verdict.status) tone=tone /> }.into_any()
}

pub fn label(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Likely => locale.say("可能符合", "Likely"),
        Status::Ask => locale.say("还要回答", "Answers needed"),
        Status::Bureau => locale.say("要问民政部门", "The bureau must check"),
        Status::No => locale.say("不符合", "Does not fit"),
    }
}
