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

/// What one change would alter, for a benefit that does not fit.
pub fn helps(scene: Scene<'_>, household: &Household, outcome: &Outcome, place: usize) -> Option<AnyView> {
    let Scene { locale, pack, today, .. } = scene;
    let verdict = &outcome.verdicts[place];
    if verdict.status != Status::No || verdict.already {
        return None;
    }
    let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
    let lines = flips(&evaluation, verdict.benefit, verdict.who).into_iter().filter_map(|Flip { asked, answer }| {
        let (Question::Household(fact) | Question::Person(_, fact)) = asked else { return None };
        let value = match (answer, &pack.facts[fact].kind) {
            (Answer::OneOf(options), Kind::Choice(known)) => {
                known[options.trailing_zeros() as usize].label.say(locale).to_owned()
            }
            (Answer::Number(span), kind) => say_span(locale, span, kind.unit()?, today)?,
            _ => return None,
        };
        Some(format!("{}{}{value}", scene::asked(scene, asked), locale.say("：", ": ")))
    });
    let lines: Vec<_> = lines.map(|line| view! { <li>{line}</li> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="soft">
                <p>{locale.say("如果其中一项是这样，就不会卡在这里：", "It would no longer fail here if one of these were so:")}</p>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    })
}
