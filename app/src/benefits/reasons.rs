//! Why a benefit stands as it does, condition by condition.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ReasonAnswer, ResultAnswer},
        truth::Truth,
    },
    locale::Locale,
};

pub fn reasons(locale: Locale, result: &ResultAnswer) -> AnyView {
    let reasons: Vec<AnyView> = if result.already {
        there(locale, result)
    } else {
        result.reasons.iter().map(|reason| judged(locale, reason)).collect()
    };
    let formula = result.telling_amount().map(|amount| {
        view! { <p class="soft">{locale.say("怎么算：", "Worked out as: ")} {amount.formula.clone()}</p> }
    });
    view! {
        {formula}
        <ul class="reasons" role="list">{reasons}</ul>
    }
    .into_any()
}

/// What they have already is not judged by its other conditions.
fn there(locale: Locale, result: &ResultAnswer) -> Vec<AnyView> {
    let why = result.reasons.iter().filter(|reason| reason.truth == Truth::No);
    let word = locale.say("已经有了", "Already received");
    why.map(|reason| line("reason reason-yes", word, &reason.sentence)).collect()
}

fn judged(locale: Locale, reason: &ReasonAnswer) -> AnyView {
    let (class, word) = match (reason.bureau, reason.truth) {
        (true, _) => ("reason reason-bureau", locale.say("民政部门核实", "The bureau checks")),
        (false, Truth::Yes) => ("reason reason-yes", locale.say("符合", "Met")),
        (false, Truth::No) => ("reason reason-no", locale.say("不符合", "Not met")),
        (false, Truth::Open) => ("reason reason-open", locale.say("还不清楚", "Not clear yet")),
    };
    line(class, word, &reason.sentence)
}

fn line(class: &'static str, word: &'static str, sentence: &str) -> AnyView {
    view! {
        <li class=class>
            <strong class="reason-word">{word}</strong>
            " "
            {sentence.to_owned()}
        </li>
    }
    .into_any()
}
