//! Getting in without climbing a step: what there is, what there is not, and what nobody knows, each told apart.

use leptos::prelude::*;
use shared::{
    directory::{
        Listing, Section,
        access::{Fact, Feature},
        said::sure,
    },
    locale::Locale,
};

use super::super::{Scene, entry::sure_class};

pub fn draw(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    let locale = scene.locale();
    let rows = Feature::ALL.iter().map(|feature| {
        let fact = listing.access.of(*feature);
        view! {
            <div class="access-row">
                <dt>{feature.words().say(locale).to_owned()}</dt>
                <dd class=class(fact)>{said(locale, fact)}</dd>
            </div>
        }
    });
    let known = listing.access.is_known();
    let rows = known.then(|| view! { <dl>{rows.collect_view()}</dl> });
    let unknown = (!known).then(|| {
        let text = locale.say(
            "还没有人来看过有没有台阶、坡道和电梯。坐轮椅的，去之前先打电话问。",
            "Nobody has looked for steps, ramps and lifts yet. If you use a wheelchair, call before you go.",
        );
        view! { <p>{text}</p> }
    });
    let sure = known.then(|| sure(locale, listing.confirmed_on(Section::Access), scene.kind().ages, scene.now.date()));
    let sure = sure.map(|sure| {
        let class = sure_class(&sure);
        view! { <p class=class>{sure.said.text(locale)}</p> }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("进出方便吗", "Getting in")}</h2>
            {rows}
            {unknown}
            {sure}
        </section>
    }
    .into_any()
}

/// Whether it is so, with a shape beside the word; what is not known has one of its own.
pub fn said(locale: Locale, fact: Fact) -> &'static str {
    match fact {
        Fact::Yes => locale.say("✓ 是", "✓ Yes"),
        Fact::No => locale.say("✗ 不是", "✗ No"),
        Fact::Unknown => locale.say("？ 不清楚", "? Not known"),
    }
}

pub fn class(fact: Fact) -> &'static str {
    match fact {
        Fact::Yes => "access-yes",
        Fact::No => "access-no",
        Fact::Unknown => "access-unknown",
    }
}
