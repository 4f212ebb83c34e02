//! One benefit of the result, with its reasons unfolded.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ReasonAnswer, ResultAnswer},
        answers::Household,
        truth::Truth,
        verdict::{Outcome, Status},
    },
    locale::Locale,
};

use super::{
    cited,
    coming::coming,
    draw::{self, Scene},
    settle::{ask, helps},
    status::tag,
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
    // "At least nothing" tells nothing.
    let amount = result.amount.as_ref().filter(|amount| amount.to.is_some() || amount.from > Some(0));
    let amount = amount.map(|amount| {
        view! {
            <p class="result-amount">
                <strong>{amount.sentence.clone()}</strong>
                " "
                <span class="soft">{amount.formula.clone()}</span>
            </p>
        }
    });
    let reasons = result.reasons.iter().map(|reason| told(locale, reason)).collect_view();
    let apply = (verdict.status != Status::No).then(|| {
        let channels = benefit.apply.channels.iter().map(|channel| view! { <li>{channel.say(locale).to_owned()}</li> });
        let takes = benefit.apply.takes.as_ref().map(|takes| {
            view! { <li>{locale.say("多久：", "How long: ")} {takes.say(locale).to_owned()}</li> }
        });
        view! {
            <p class="result-where">{locale.say("去哪里办：", "Where: ")} {benefit.apply.place.say(locale).to_owned()}</p>
            <ul>{channels.collect_view()} {takes}</ul>
        }
    });
    let unknown = benefit.unknown.iter().map(|text| view! { <li>{text.say(locale).to_owned()}</li> }).collect_view();
    let unknown = (!benefit.unknown.is_empty()).then(|| {
        view! {
            <details class="sources">
                <summary>{locale.say("这里不知道、要问民政部门的", "Not known here: please ask the bureau")}</summary>
                <ul>{unknown}</ul>
            </details>
        }
    });
    let href = format!("{}/benefits/{}", locale.prefix(), benefit.id);
    view! {
        <article class="result flow">
            <h3>
                <a href=href>{draw::benefit(scene, verdict)}</a>
                " "
                {tag(locale, verdict)}
            </h3>
            <p>{benefit.summary.say(locale).to_owned()}</p>
            {amount}
            {coming(scene, household, outcome, place, result)}
            <ul class="reasons" role="list">{reasons}</ul>
            {cited::sources(locale, result)}
            {ask(scene, &verdict.open)}
            {helps(scene, household, outcome, place)}
            {apply}
            {unknown}
        </article>
    }
    .into_any()
}

fn told(locale: Locale, reason: &ReasonAnswer) -> AnyView {
    let (class, word) = match (reason.bureau, reason.truth) {
        (true, _) => ("reason reason-bureau", locale.say("民政部门核实", "The bureau checks")),
        (false, Truth::Yes) => ("reason reason-yes", locale.say("符合", "Fits")),
        (false, Truth::No) => ("reason reason-no", locale.say("不符合", "Does not fit")),
        (false, Truth::Open) => ("reason reason-open", locale.say("还不知道", "Not known yet")),
    };
    view! {
        <li class=class>
            <strong class="reason-word">{word}</strong>
            " "
            {reason.sentence.clone()}
        </li>
    }
    .into_any()
}
