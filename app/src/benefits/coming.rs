//! Figures that are announced already.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ComingAnswer, ResultAnswer},
        answers::Household,
        evaluate::Evaluation,
        verdict::Outcome,
    },
    say,
};

use super::{scene::Scene, status::label};

/// What is announced: a figure that changes, and whether the result changes with it.
pub fn coming(
    scene: Scene<'_>,
    household: &Household,
    outcome: &Outcome,
    place: usize,
    result: &ResultAnswer,
) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let verdict = &outcome.verdicts[place];
    let mut lines: Vec<(NaiveDate, String)> = Vec::new();
    for figure in result.figures() {
        let Some(ComingAnswer { from, value }) = &figure.coming else { continue };
        let line =
            say!(locale, "从 {}起，{}改为 {value}。", "From {}: {} becomes {value}.", locale.date(*from), figure.name);
        if !lines.iter().any(|(_, known)| *known == line) {
            lines.push((*from, line));
        }
    }
    let first = lines.iter().map(|(from, _)| *from).min()?;
    let evaluation = Evaluation::new(pack, household, first, outcome.known_on);
    let then = evaluation.verdict(verdict.benefit, verdict.who).status;
    let turns = (then != verdict.status).then(|| {
        say!(locale, "照现在的回答，到那时是“{}”。", "With these answers it will then be: {}.", label(locale, then))
    });
    let lines = lines.into_iter().map(|(_, line)| line).chain(turns).collect::<Vec<_>>();
    Some(view! { <p class="result-coming">{lines.join(locale.say("", " "))}</p> }.into_any())
}
