//! How a benefit stands, in a word.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answers::Household,
        verdict::{Status, Verdict},
    },
    locale::Locale,
};

use super::lacking::seen;
use crate::components::{notice::Tone, tag::Tag};

pub fn tag(locale: Locale, household: &Household, verdict: &Verdict) -> AnyView {
    if verdict.already {
        return view! { <Tag text=locale.say("已经有了", "Already received") tone=Tone::Success /> }.into_any();
    }
    let status = seen(household, verdict);
    let tone = match status {
        Status::Likely => Tone::Success,
        Status::Ask | Status::No => Tone::Info,
        Status::Bureau => Tone::Warning,
    };
    view! { <Tag text=label(locale, status) tone=tone /> }.into_any()
}

pub fn label(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Likely => locale.say("可能符合", "Likely"),
        Status::Ask => locale.say("还缺回答", "Answers needed"),
        Status::Bureau => locale.say("要问民政部门", "The bureau must check"),
        Status::No => locale.say("不符合", "Does not fit"),
    }
}
