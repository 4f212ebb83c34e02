//! What comes out: the ladder of social assistance, then each benefit with its reasons.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ResultAnswer, answer},
        verdict::Status,
    },
    say,
};

use super::{
    answered::answers,
    card,
    compare::{changes, statuses},
    doubts::{contradictions, doubts},
    go::Go,
    ladder::ladder,
    overview::overview,
    region::stands_in,
    scene::Scene,
    screen::wanted,
    take::{carry, documents},
};

pub fn result(scene: Scene<'_>) -> AnyView {
    let Scene { locale, pack, screen, today, .. } = scene;
    let (household, outcome) = (&screen.household, &screen.outcome);
    let wanted = wanted(pack, &screen.answers);
    let answer = answer(pack, household, outcome, locale);
    let shown: Vec<(usize, &ResultAnswer)> = answer
        .results
        .iter()
        .enumerate()
        .filter(|(place, _)| wanted.contains(&outcome.verdicts[*place].benefit))
        .collect();
    let group = |is_meant: &dyn Fn(&ResultAnswer) -> bool| {
        let cards = shown.iter().filter(|(_, result)| is_meant(result));
        cards.map(|(place, result)| card::card(scene, household, outcome, *place, result)).collect::<Vec<_>>()
    };
    let new = |status: Status| group(&|result| result.is_new(status));
    let lead = say!(
        locale,
        "按{}的规定，{}算。这是估计，由民政部门审核后决定。",
        "By the rules of {} as of {}. An estimate; the bureau decides.",
        pack.name.say(locale),
        locale.date(today)
    );
    let others = (wanted.len() < pack.benefits.len()).then(|| {
        view! {
            <button class="button button-quiet" name="go" value=Go::All.key(pack)>
                {locale.say("其他的也看一遍", "Look at everything else too")}
            </button>
        }
    });
    view! {
        <h1>{locale.say("结果", "Result")}</h1>
        <p class="lead">{lead}</p>
        {stands_in(locale, pack, screen.answers.get("region")).map(|line| view! { <p>{line}</p> })}
        {changes(scene, outcome)}
        <input type="hidden" name="before" value=statuses(pack, outcome) />
        {contradictions(scene, &answer.contradictions)}
        {doubts(scene, household)}
        {overview(scene, outcome, &shown)}
        {ladder(scene, outcome)}
        {section("likely", locale.say("可能符合", "Likely"), new(Status::Likely))}
        {section("ask", locale.say("再回答几个问题才知道", "A few more answers needed"), new(Status::Ask))}
        {section("bureau", locale.say("要问民政部门", "The bureau must check"), new(Status::Bureau))}
        {section("already", locale.say("已经有的", "Already received"), group(&|result| result.already))}
        {folded(scene, new(Status::No))}
        {documents(scene, outcome, &wanted)}
        {carry(scene, outcome, &wanted)}
        {answers(scene, household)}
        <div class="actions off-paper">
            {others}
            <button class="button button-quiet" name="go" value=Go::Again.key(pack)>
                {locale.say("给另一家查（清空）", "Check for another household (clears all)")}
            </button>
        </div>
        <p class="soft off-paper">
            {locale
                .say(
                    "要留一份：用浏览器的“打印”，也可以存成 PDF。",
                    "To keep a copy, print this page with your browser, or save it as PDF.",
                )}
        </p>
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, cards: Vec<AnyView>) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        view! {
            <section class="flow" id=id>
                <h2>{title}</h2>
                {cards}
            </section>
        }
        .into_any()
    })
}

/// What does not fit, behind one press for whoever wants to know why.
fn folded(scene: Scene<'_>, cards: Vec<AnyView>) -> Option<AnyView> {
    let title = match cards.len() {
        0 => return None,
        count => say!(scene.locale, "看来不符合的（{count} 项）", "Does not seem to fit ({count})"),
    };
    Some(
        view! {
            <details class="folded flow">
                <summary>
                    <h2>{title}</h2>
                </summary>
                {cards}
            </details>
        }
        .into_any(),
    )
}
