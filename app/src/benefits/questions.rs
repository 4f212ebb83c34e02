//! A page of questions: by topic, and within a topic what is asked of several people before what is asked of one.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answers::Question,
        plan::{self, Ask},
    },
    field::FieldMessage,
    say,
};

use super::{
    heading,
    question::question,
    scene::{Scene, onward},
    who::who,
};

pub fn questions(scene: Scene<'_>, asks: &[Ask], messages: &[FieldMessage]) -> AnyView {
    let Scene { locale, pack, screen, .. } = scene;
    let topic = |ask: &Ask| ask.fact().map(|fact| pack.facts[fact].topic);
    let several = asks.iter().any(|ask| topic(ask) != topic(&asks[0]));
    let sections = asks.chunk_by(|one, other| topic(one) == topic(other)).enumerate().map(|(place, asks)| {
        let topic = topic(&asks[0]).map(|topic| &pack.topics[topic]);
        // The heading of the page stands above the first already, unless they stand beside each other.
        let class = (place == 0).then_some("first-topic");
        let name = topic.filter(|_| place > 0 || several);
        let name = name.map(|topic| view! { <h2 class=class>{topic.name.say(locale).to_owned()}</h2> });
        let why = topic.and_then(|topic| topic.sensitive.as_ref());
        let why = why.map(|why| view! { <p class="private">{why.say(locale).to_owned()}</p> });
        let alone = asks.iter().filter(|ask| plan::follows(pack, asks, ask).is_none());
        let fields = alone.map(|ask| with_follow_ups(scene, asks, ask, messages)).collect_view();
        view! { <section class="flow">{name} {why} {fields}</section> }
    });
    let sections = sections.collect_view();
    view! {
        <p class="check-left">{place(scene)}</p>
        {heading::drawn(heading::heading(locale, pack, &screen.page), screen)}
        {sections}
        <p class="soft">
            {locale.say("空着的题目算作“不确定”。", "If you leave a question empty, it counts as “Not sure”.")}
        </p>
        {onward(scene, locale.say("下一步", "Continue").to_owned())}
    }
    .into_any()
}

/// Where one is on the way; what comes still depends on the answers.
fn place(scene: Scene<'_>) -> String {
    let (number, left) = (scene.screen.trail.len() + 1, scene.screen.left);
    match left {
        // An answer may open questions that nobody would have asked before.
        0 | 1 => say!(scene.locale, "第 {number} 步，可能是最后一步", "Step {number}, perhaps the last"),
        left => say!(scene.locale, "第 {number} 步，大约还有 {left} 步", "Step {number}, about {left} more"),
    }
}

/// A question, and below it those that are asked only after some of its answers.
fn with_follow_ups(scene: Scene<'_>, asks: &[Ask], ask: &Ask, messages: &[FieldMessage]) -> AnyView {
    let Ask::One(asked) = ask else {
        let Ask::Who { fact, people } = ask else { return ().into_any() };
        return who(scene, *fact, people, messages);
    };
    let after = |other: &Ask| {
        let (parent, options) = plan::follows(scene.pack, asks, other)?;
        let Ask::One(other) = other else { return None };
        (parent == *asked).then_some((*other, options))
    };
    let following: Vec<(Question, u64)> = asks.iter().filter_map(after).collect();
    let Some((_, opens)) = following.first() else { return question(scene, *asked, 0, messages) };
    let first = question(scene, *asked, *opens, messages);
    let following = following.iter().map(|(asked, _)| {
        view! { <div class="follow-up">{question(scene, *asked, 0, messages)}</div> }
    });
    view! { <div class="follow-ups flow">{first} {following.collect_view()}</div> }.into_any()
}
