//! The result at a glance: what may fit and how much it is, each a link to its reasons below.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::ResultAnswer,
        verdict::{Outcome, Status, Verdict},
    },
    say,
};

use super::scene::{Scene, benefit};

/// `shown` are the places of verdicts that were asked for, with their answers.
pub fn overview(scene: Scene<'_>, outcome: &Outcome, shown: &[(usize, &ResultAnswer)]) -> Option<AnyView> {
    let locale = scene.locale;
    let count = |status: Status| shown.iter().filter(|(_, result)| result.is_new(status)).count();
    let likely = shown.iter().filter(|(_, result)| result.is_new(Status::Likely)).map(|(place, result)| {
        let verdict = &outcome.verdicts[*place];
        let amount = result.telling_amount();
        // The router leaves alone a link that is marked as leading elsewhere; this one stays on the page.
        view! {
            <li>
                <a href=format!("#{}", anchor(scene, verdict)) rel="external">
                    {benefit(scene, verdict)}
                </a>
                {amount.map(|amount| view! { <span class="overview-amount">{amount.sentence.clone()}</span> })}
            </li>
        }
    });
    let likely: Vec<_> = likely.collect();
    let others = [
        (Status::Ask, "ask", locale.say("再回答几个问题才知道", "need a few more answers")),
        (Status::Bureau, "bureau", locale.say("要问民政部门", "are for the bureau to check")),
    ];
    let others = others.into_iter().filter(|(status, ..)| count(*status) > 0).map(|(status, id, what)| {
        let count = count(status);
        let text = say!(locale, "{count} 项{what}", "{count} {what}");
        view! {
            <li>
                <a href=format!("#{id}") rel="external">
                    {text}
                </a>
            </li>
        }
    });
    let others: Vec<_> = others.collect();
    if likely.len() + others.len() < 2 {
        return None;
    }
    let title = match likely.len() {
        0 => locale.say("现在还没有看来符合的", "Nothing seems to fit yet").to_owned(),
        count => say!(locale, "可能符合的有 {count} 项", "{count} may fit"),
    };
    Some(
        view! {
            <nav class="overview flow" aria-labelledby="overview">
                <h2 id="overview">{title}</h2>
                <ul role="list">{likely} {others}</ul>
            </nav>
        }
        .into_any(),
    )
}

/// Where a benefit stands on the result: `result-dibao`, `result-tekun-0`.
pub fn anchor(scene: Scene<'_>, verdict: &Verdict) -> String {
    let whose = verdict.who.map(|person| format!("-{person}")).unwrap_or_default();
    format!("result-{}{whose}", scene.pack.benefits[verdict.benefit].id)
}
