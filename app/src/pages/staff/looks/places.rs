//! One line of what was done to the places of an office.

use leptos::prelude::*;
use server::counter::looks::places::{Entry, What};
use shared::{locale::Locale, places::said::Said, say};

use crate::{
    pages::staff::{confirm::differences, visits::history::by},
    words,
};

pub(super) fn line(locale: Locale, entry: &Entry) -> AnyView {
    let place = entry.place.say(locale).to_owned();
    let who = format!("{} · {}", by(locale, &entry.by), words::moment(locale, entry.at));
    let (what, said) = match &entry.what {
        What::Added(said) => (locale.say("加了这个地点，一个人办的", "added, by one person"), facts(locale, said)),
        What::TakenOut => (locale.say("撤下了这个没用过的地点", "taken out again, unused"), Vec::new()),
        What::Changed { from, to, by_two: true } => {
            (locale.say("第二个人确认了改动", "a change was confirmed by a second person"), changed(locale, from, to))
        }
        What::Changed { from, to, by_two: false } => {
            (locale.say("改了，还没用过，一个人办的", "changed while unused, by one person"), changed(locale, from, to))
        }
        What::Proposed { from, to } => {
            (locale.say("提出了改动，等第二个人", "a change was proposed"), changed(locale, from, to))
        }
        What::NotChanged { from, to, withdrawn: true } => {
            (locale.say("撤回了自己提出的改动", "withdrew the change they had proposed"), changed(locale, from, to))
        }
        What::NotChanged { from, to, withdrawn: false } => (
            locale.say("不同意别人提出的改动，没有改", "declined a change, so nothing was changed"),
            changed(locale, from, to),
        ),
    };
    let said = said.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <li>
            <p>{place} " · " {what}</p>
            {said}
            <p class="soft">{who}</p>
        </li>
    }
    .into_any()
}

fn facts(locale: Locale, said: &Said) -> Vec<String> {
    let facts = [
        (locale.say("地址", "Address"), said.address.say(locale)),
        (locale.say("电话", "Phone"), said.phone.as_str()),
        (locale.say("怎么走", "Directions"), said.directions.say(locale)),
    ];
    let facts = facts.into_iter().filter(|(_, said)| !said.is_empty());
    facts.map(|(what, said)| say!(locale, "{what}：{said}", "{what}: {said}")).collect()
}

fn changed(locale: Locale, from: &Said, to: &Said) -> Vec<String> {
    let lines = differences(locale, from, to).into_iter();
    lines.map(|(what, was, said)| say!(locale, "{what}：{was} → {said}", "{what}: {was} → {said}")).collect()
}
