//! Where to go: one block for each office, with what to ask for there.

use leptos::prelude::*;
use shared::{locale::Locale, say};

use super::{
    groups::Row,
    parts::{entry, section},
    scene::Scene,
    short,
};

/// The offices of these benefits, in the order in which they are first named.
pub fn offices(scene: Scene<'_>, rows: &[&Row]) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let mut offices: Vec<Office> = Vec::new();
    for row in rows {
        let benefit = &pack.benefits[row.benefit];
        let name = short::name(benefit.name.say(locale));
        let (place, more) = short::clause(benefit.apply.place.say(locale));
        let more = (!more.is_empty()).then_some(more);
        match offices.iter_mut().find(|known| known.place == place) {
            Some(known) => {
                known.names.push(name);
                known.more = known.more.or(more);
            }
            None => offices.push(Office { place, more, names: vec![name] }),
        }
    }
    let blocks = offices.iter().map(|Office { place, more, names }| {
        let names = names.join(locale.say("、", ", "));
        let more = more.map(str::to_owned);
        let lines = more.into_iter().chain([say!(locale, "办：{names}", "For: {names}")]).collect();
        entry((*place).to_owned(), None, lines)
    });
    let blocks: Vec<AnyView> = blocks.collect();
    (!blocks.is_empty()).then(|| {
        let body = view! {
            <ul class="entries" role="list">{blocks}</ul>
            {hotline(locale)}
        };
        section("flow", locale.say("去哪里办", "Where to go"), body.into_any())
    })
}

/// One counter, what more is said of it, and the benefits to ask for there.
struct Office<'a> {
    place: &'a str,
    more: Option<&'a str>,
    names: Vec<&'a str>,
}

/// The line that knows every office; it answers day and night (国办发〔2020〕53号).
pub fn hotline(locale: Locale) -> AnyView {
    view! {
        <p class="hotline">
            {locale.say("问地址、时间：", "For addresses and office hours: ")}
            <span class="nowrap">
                <a href="tel:12345">"12345"</a>
                {locale.say("（24 小时）", " (day and night)")}
            </span>
        </p>
    }
    .into_any()
}
