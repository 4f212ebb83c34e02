//! Answers that look mistaken.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::ContradictionAnswer,
        answers::{Answer, Household, Question},
        pack::Kind,
        span::Exact,
        words::money,
    },
    say,
};

use super::scene::{Scene, called};
use crate::components::notice::{Notice, Tone};

/// Answers that cannot all be right.
pub fn contradictions(scene: Scene<'_>, all: &[ContradictionAnswer]) -> Vec<AnyView> {
    let notice = |found: &ContradictionAnswer| {
        let whose = found.person.map(|person| format!("{}{}", called(scene, person), scene.locale.say("：", ": ")));
        let title = format!("{}{}", whose.unwrap_or_default(), found.sentence);
        let answers = found.answers.iter().map(|answer| view! { <li>{answer.clone()}</li> }).collect_view();
        view! {
            <Notice title=title tone=Tone::Warning>
                <ul>{answers}</ul>
            </Notice>
        }
        .into_any()
    };
    all.iter().map(notice).collect()
}

/// Sums that look as if they were given in 万元, or in thousands.
pub fn doubts(scene: Scene<'_>, household: &Household) -> Vec<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let facts = pack.facts.iter().enumerate().filter(|(_, fact)| matches!(fact.kind, Kind::Money { .. }));
    let doubtful = facts.filter_map(|(place, fact)| {
        let Answer::Number(span) = household.answer(Question::Household(place)) else { return None };
        let sum = span.value()?;
        let (tiny, huge) = (sum > Exact::from(0) && sum < Exact::from(1_000), sum >= Exact::from(100_000_000));
        (tiny || huge).then(|| {
            let (label, sum) = (fact.label.say(locale), money(locale, sum));
            say!(
                locale,
                "{label}填的是 {sum}，对吗？单位是元，不是万元。",
                "{label}: you gave {sum}. Is that right? The unit is yuan, not 10,000 yuan (万元)."
            )
        })
    });
    doubtful.map(|title| view! { <Notice title=title tone=Tone::Warning /> }.into_any()).collect()
}
