//! What would settle a benefit that is open, or change one that does not fit.

use leptos::prelude::*;
use shared::eligibility::{
    answers::{Answer, Household, Question},
    evaluate::Evaluation,
    flip::{Flip, flips},
    pack::Kind,
    verdict::{Outcome, Status},
    words::say_span,
};

use super::{
    go::Go,
    scene::{self, Scene},
};

/// The questions that would settle it, each a button to its page.
pub fn ask(scene: Scene<'_>, open: &[Question]) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let asked = open.iter().map(|asked| {
        let key = Go::to_question(*asked).key(pack);
        let label = scene::asked(scene, *asked);
        view! {
            <li>
                <button class="button button-quiet" name="go" value=key>
                    {label}
                </button>
            </li>
        }
    });
    let asked: Vec<_> = asked.collect();
    (!asked.is_empty()).then(|| {
        view! {
            <div>
                <p>{locale.say("这些回答还能改变结果：", "These answers can still change it:")}</p>
                <ul class="asks" role="list">{asked}</ul>
            </div>
        }
        .into_any()
    })
}

/// Which sum one falls short or goes over by, for a benefit that does not fit. Who somebody is, how they live and what
/// they own is not put to them as something to change.
pub fn helps(scene: Scene<'_>, household: &Household, outcome: &Outcome, place: usize) -> Option<AnyView> {
    let Scene { locale, pack, today, .. } = scene;
    let verdict = &outcome.verdicts[place];
    if verdict.status != Status::No || verdict.already {
        return None;
    }
    let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
    let lines = flips(&evaluation, verdict.benefit, verdict.who).into_iter().filter_map(|Flip { asked, answer }| {
        let (fact, _) = asked.fact()?;
        let (Answer::Number(span), kind @ Kind::Money { .. }) = (answer, &pack.facts[fact].kind) else { return None };
        let value = say_span(locale, span, kind.unit()?, today)?;
        Some(format!("{}{}{value}", scene::asked(scene, asked), locale.say("：", ": ")))
    });
    let lines: Vec<_> = lines.map(|line| view! { <li>{line}</li> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="soft">
                <p>{locale.say("卡在这里的数，要到多少才行：", "Where the sum would have to be:")}</p>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    })
}
