//! What is shown of a couple with a booking, and what it brings.

use leptos::prelude::*;
use server::marriage::couple::MaskedParty;
use shared::{
    locale::Locale,
    marriage::{
        PartyKind,
        documents::{DocumentItem, Needed, documents},
    },
};

use super::who::Who;
use crate::{
    appointments::{acts::Shown, service::BookingPages},
    components::{
        checklist::{Checklist, Thing},
        summary::Row,
    },
    visit::Visit,
};

impl Shown for [MaskedParty; 2] {
    fn people(&self, _: &BookingPages, locale: Locale) -> Vec<Row> {
        let row = |(who, party): (Who, &MaskedParty)| {
            Row::new(who.label(locale), [&*party.name, &party.id_number, &party.phone].join("\n"))
        };
        Who::BOTH.into_iter().zip(self).map(row).collect()
    }

    fn people_on_paper(&self, _: &BookingPages, locale: Locale) -> Vec<Row> {
        let row = |(who, party): (Who, &MaskedParty)| {
            Row::new(who.label(locale), format!("{} {}", party.name, party.id_number))
        };
        Who::BOTH.into_iter().zip(self).map(row).collect()
    }

    fn bring(&self, visit: &Visit) -> Option<AnyView> {
        Some(bring(visit, self))
    }

    fn is_narrowed(&self) -> bool {
        self.iter().any(|party| party.kind != PartyKind::Mainland)
    }
}

/// The exact list of what this couple brings.
fn bring(visit: &Visit, parties: &[MaskedParty; 2]) -> AnyView {
    let locale = visit.locale;
    let list = documents(parties.each_ref().map(|party| (party.kind, None)));
    let [first, second] = &list.parties;
    // Two people of one kind bring the same things.
    let lists = if first == second {
        vec![(locale.say("每个人带自己的", "Each of you brings").to_owned(), first)]
    } else {
        let heads = Who::BOTH.into_iter().zip(parties).map(|(who, party)| match (who.label(locale), locale) {
            (label, Locale::Zh) => format!("{label}（{}）带", party.name),
            (label, Locale::En) => format!("{label} ({}) brings", party.name),
        });
        heads.zip([first, second]).collect()
    };
    let people = lists.into_iter().map(|(head, items)| {
        view! {
            <h3>{head}</h3>
            <Checklist things=things(locale, items) />
        }
    });
    let not_needed = things(locale, &list.not_needed).into_iter().map(|Thing { name, note }| {
        view! {
            <li>
                <p>{name}</p>
                {note.map(|note| view! { <p class="note">{note}</p> })}
            </li>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("要带什么", "What to bring")}</h2>
            {people.collect_view()}
            <h3>{locale.say("两个人一起带", "For both of you")}</h3>
            <Checklist things=things(locale, &list.together) />
            <h3>{locale.say("不用带", "Not needed")}</h3>
            <ul class="not-needed" role="list">{not_needed.collect_view()}</ul>
            <p class="source">{sources(locale, &list.parties)}</p>
        </section>
    }
    .into_any()
}

fn things(locale: Locale, items: &[DocumentItem]) -> Vec<Thing> {
    let thing = |item: &DocumentItem| {
        let title = item.title.say(locale);
        let name = match item.needed.label(locale).filter(|_| item.needed != Needed::Never) {
            Some(when) => format!("{title}{}", bracketed(locale, when)),
            None => title.to_owned(),
        };
        Thing { name, note: Some(item.note.say(locale).to_owned()) }
    };
    items.iter().map(thing).collect()
}

fn bracketed(locale: Locale, text: &str) -> String {
    match locale {
        Locale::Zh => format!("（{text}）"),
        Locale::En => format!(" ({text})"),
    }
}

/// Every source of the list once.
fn sources(locale: Locale, lists: &[Vec<DocumentItem>; 2]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for item in lists.iter().flatten() {
        let name = item.source.text.say(locale);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = names.join(locale.say("、", "; "));
    match locale {
        Locale::Zh => format!("依据：{names}"),
        Locale::En => format!("Source: {names}"),
    }
}
