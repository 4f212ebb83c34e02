//! One benefit of the result, with its reasons unfolded.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ReasonAnswer, ResultAnswer},
        answers::Household,
        pack::Benefit,
        truth::Truth,
        verdict::{Outcome, Status},
    },
    locale::Locale,
};

use super::{
    cited,
    coming::coming,
    overview::anchor,
    scene::{self, Scene},
    settle::{ask, helps},
};

pub fn card(
    scene: Scene<'_>,
    household: &Household,
    outcome: &Outcome,
    place: usize,
    result: &ResultAnswer,
) -> AnyView {
    let Scene { locale, pack, .. } = scene;
    let verdict = &outcome.verdicts[place];
    let benefit = &pack.benefits[verdict.benefit];
    let amount = result.telling_amount().map(|amount| {
        view! {
            <p class="result-amount">
                <strong>{amount.sentence.clone()}</strong>
                " "
                <span class="soft">{amount.formula.clone()}</span>
            </p>
        }
    });
    let reasons = if verdict.already {
        there(locale, result)
    } else {
        result.reasons.iter().map(|reason| judged(locale, reason)).collect()
    };
    let href = format!("{}/benefits/{}", locale.prefix(), benefit.id);
    view! {
        <article class="result flow" id=anchor(scene, verdict)>
            <h3>
                <a href=href>{scene::benefit(scene, verdict)}</a>
            </h3>
            <p class="soft">{benefit.summary.say(locale).to_owned()}</p>
            {amount}
            {coming(scene, household, outcome, place, result)}
            <ul class="reasons" role="list">{reasons}</ul>
            {ask(scene, &verdict.open)}
            {helps(scene, household, outcome, place)}
            {(verdict.status != Status::No).then(|| place_to_go(locale, benefit))}
            <div class="result-more">
                {(verdict.status != Status::No).then(|| way_to_go(locale, benefit, verdict.status == Status::Likely))}
                {cited::sources(locale, result)}
                {unknown(locale, benefit)}
            </div>
        </article>
    }
    .into_any()
}

fn place_to_go(locale: Locale, benefit: &Benefit) -> AnyView {
    view! {
        <p>
            <strong>{locale.say("去哪里办：", "Where: ")}</strong>
            {benefit.apply.place.say(locale).to_owned()}
        </p>
    }
    .into_any()
}

fn way_to_go(locale: Locale, benefit: &Benefit, open: bool) -> AnyView {
    let channels = benefit.apply.channels.iter().map(|channel| view! { <li>{channel.say(locale).to_owned()}</li> });
    let takes = benefit.apply.takes.as_ref().map(|takes| {
        view! { <li>{locale.say("多久：", "How long: ")} {takes.say(locale).to_owned()}</li> }
    });
    view! {
        <details class="on-paper" open=open>
            <summary>{locale.say("怎么办，要多久", "How, and how long it takes")}</summary>
            <ul>{channels.collect_view()} {takes}</ul>
        </details>
    }
    .into_any()
}

fn unknown(locale: Locale, benefit: &Benefit) -> Option<AnyView> {
    let unknown: Vec<_> = benefit.unknown.iter().map(|text| view! { <li>{text.say(locale).to_owned()}</li> }).collect();
    (!unknown.is_empty()).then(|| {
        view! {
            <details>
                <summary>{locale.say("这里不知道、要问民政部门的", "Not known here: please ask the bureau")}</summary>
                <ul>{unknown}</ul>
            </details>
        }
        .into_any()
    })
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
        (false, Truth::Open) => ("reason reason-open", locale.say("未定", "Open")),
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
