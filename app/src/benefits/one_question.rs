//! The one question whose answer decides, asked on the result itself.

use leptos::prelude::*;
use shared::{
    eligibility::{answer::ResultAnswer, answers::Question},
    field::FieldMessage,
};

use super::{
    answers::field_of,
    go::Go,
    groups::{Groups, Row},
    offices::{hotline, place},
    parts::entry,
    question::question,
    scene::Scene,
    screen::ONE,
    short,
    sums::amount,
};

/// The benefits that wait for it, what they give and where, then the question.
pub fn one_question(
    scene: Scene<'_>,
    results: &[ResultAnswer],
    groups: &Groups,
    asked: Question,
    messages: &[FieldMessage],
) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let (fact, _) = asked.fact()?;
    let benefits = groups.near.iter().map(|row| benefit(scene, results, row)).collect_view();
    // Where something is found already, the offices and their line stand below.
    let found = groups.found().next().is_some();
    let title = found.then(|| view! { <h2>{locale.say("再答一题，可能还有", "One more answer may add")}</h2> });
    let why = pack.topics[pack.facts[fact].topic]
        .sensitive
        .as_ref()
        .map(|why| view! { <p class="private">{why.say(locale).to_owned()}</p> });
    Some(
        view! {
            <section class="one-question flow">
                {title}
                <ul class="near entries" role="list">{benefits}</ul>
                {(!found).then(|| hotline(locale))}
                <div class="flow off-paper">
                    {why}
                    <input type="hidden" name=ONE value=field_of(pack, asked) />
                    {question(scene, asked, 0, messages)}
                    <div class="actions">
                        <button class="button button-primary" name="go" value=Go::Result.key(pack)>
                            {locale.say("看结果", "See the result")}
                        </button>
                    </div>
                </div>
            </section>
        }
        .into_any(),
    )
}

fn benefit(scene: Scene<'_>, results: &[ResultAnswer], row: &Row) -> AnyView {
    let Scene { locale, pack, .. } = scene;
    let benefit = &pack.benefits[row.benefit];
    let amounts: Vec<_> = row.verdicts.iter().map(|place| (*place, results[*place].telling_amount())).collect();
    let gives = amount(scene, benefit, &amounts).unwrap_or_else(|| {
        view! { <span class="soft">{short::sentence(locale, benefit.summary.say(locale)).to_owned()}</span> }.into_any()
    });
    entry(benefit.name.say(locale).to_owned(), Some(gives), vec![place(locale, pack, benefit)])
}
