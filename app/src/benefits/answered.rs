//! What was answered so far, each answer with a button to change it.

use leptos::prelude::*;
use shared::eligibility::{
    answers::{Answer as Told, Household, Question},
    evaluate::Who,
    pack::{Kind, Scope, Unit},
    span::Span,
    words::say_span,
};

use super::{
    go::Go,
    scene::{Scene, asked},
};

/// Everything that was answered, with a button to change it.
pub fn answers(scene: Scene<'_>, household: &Household) -> AnyView {
    let Scene { locale, pack, .. } = scene;
    let row = |place: usize, who: Who| {
        let shown = shown(scene, household, place, who)?;
        let label = asked(scene, Question::of(place, who));
        Some(
            view! {
                <div class="summary-row">
                    <dt>{label.clone()}</dt>
                    <dd>{shown}</dd>
                    <dd class="summary-change off-paper">
                        <button class="button button-quiet" name="go" value=Go::to_question(Question::of(place, who)).key(pack)>
                            {locale.say("修改", "Change")}
                            <span class="hidden-visually">{format!(" {label}")}</span>
                        </button>
                    </dd>
                </div>
            }
            .into_any(),
        )
    };
    let of_household = (0..pack.facts.len()).filter_map(|place| row(place, None));
    let of_people = (0..household.people.len())
        .flat_map(|person| (0..pack.facts.len()).filter_map(move |place| row(place, Some(person))));
    let rows: Vec<AnyView> = of_household.chain(of_people).collect();
    view! {
        <details class="answered on-paper">
            <summary>{locale.say("改回答", "Change answers")}</summary>
            <h2>{locale.say("您的回答", "Your answers")}</h2>
            <p class="off-paper">
                {locale.say("改一项，别的都留着。", "Change one; the others stay.")}
            </p>
            <dl class="summary">{rows}</dl>
            <p class="off-paper">
                <button class="button button-secondary" name="go" value=Go::People.key(pack)>
                    {locale.say("改家里有谁", "Change who is in the household")}
                </button>
            </p>
        </details>
    }
    .into_any()
}

fn shown(scene: Scene<'_>, household: &Household, place: usize, who: Who) -> Option<String> {
    let Scene { locale, pack, today, .. } = scene;
    let fact = &pack.facts[place];
    // A fact of a person is not one of the household, and the other way round.
    if who.is_some() != (fact.scope == Scope::Person) {
        return None;
    }
    match (household.answer(Question::of(place, who)), &fact.kind) {
        (Told::Unsure, _) => Some(locale.say("不确定", "Not sure").to_owned()),
        (Told::OneOf(options), Kind::Choice(known)) => {
            let chosen = known.iter().enumerate().filter(|(place, _)| options & (1 << place) != 0);
            Some(chosen.map(|(_, option)| option.label.say(locale)).collect::<Vec<_>>().join(" / "))
        }
        (Told::Number(span), kind) => {
            let unit = kind.unit()?;
            say_span(locale, whole_yuan(span, unit), unit, today)
        }
        _ => None,
    }
}

/// A band begins one fen above the one before; people think in whole yuan.
fn whole_yuan(span: Span, unit: Unit) -> Span {
    match (unit, span.low, span.value()) {
        (Unit::Money, Some(low), None) => Span { low: Some((low / 100).floor() * 100), ..span },
        _ => span,
    }
}
