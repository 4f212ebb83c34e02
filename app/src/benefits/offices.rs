//! Where to go: one block for each office, with what to ask for there.

use leptos::prelude::*;
use shared::{locale::Locale, say};

use super::{groups::Row, scene::Scene, short};

/// The offices of these benefits, in the order in which they are first named.
pub fn offices(scene: Scene<'_>, rows: &[&Row]) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let mut offices: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in rows {
        let benefit = &pack.benefits[row.benefit];
        let (place, name) = (benefit.apply.place.say(locale), short::name(benefit.name.say(locale)));
        match offices.iter_mut().find(|(known, _)| *known == place) {
            Some((_, names)) => names.push(name),
            None => offices.push((place, vec![name])),
        }
    }
    let blocks = offices.iter().map(|(place, names)| {
        let names = names.join(locale.say("、", ", "));
        let office = short::clause(place);
        let more = place[office.len()..].trim_start_matches(['。', '；', ';', ' ']);
        let more = (!more.is_empty()).then(|| view! { <span class="fit-line">{more.to_owned()}</span> });
        view! {
            <li>
                <strong>{office.to_owned()}</strong>
                {more}
                <span class="fit-line">{say!(locale, "办：{names}", "For: {names}")}</span>
            </li>
        }
    });
    (!offices.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("去哪里办", "Where to go")}</h2>
                <ul class="benefit-offices" role="list">{blocks.collect_view()}</ul>
                {hotline(locale)}
            </section>
        }
        .into_any()
    })
}

/// The line that knows every office; it answers day and night (国办发〔2020〕53号).
pub fn hotline(locale: Locale) -> AnyView {
    view! {
        <p class="hotline">
            {locale.say("问地址和上班时间：", "For addresses and office hours: ")}
            <a class="nowrap" href="tel:12345">"12345"</a>
            {locale.say("（24 小时）", " (day and night)")}
        </p>
    }
    .into_any()
}
