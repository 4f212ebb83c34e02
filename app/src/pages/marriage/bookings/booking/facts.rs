//! What several pages of a booking say alike.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::marriage::view::MaskedParty;
use shared::{
    locale::Locale,
    marriage::documents::{DocumentItem, Needed, documents},
};

use crate::{
    components::checklist::{Checklist, Thing},
    visit::Visit,
    words,
};

/// The man first, then the woman, as they were booked.
pub(super) fn couple(locale: Locale, parties: &[MaskedParty; 2]) -> [(&'static str, &MaskedParty); 2] {
    [(locale.say("男方", "Groom"), &parties[0]), (locale.say("女方", "Bride"), &parties[1])]
}

/// The exact list of what this couple brings.
pub(super) fn bring(visit: &Visit, parties: &[MaskedParty; 2]) -> AnyView {
    let locale = visit.locale;
    let list = documents(parties.each_ref().map(|party| (party.kind, None)));
    let [first, second] = &list.parties;
    // Two people of one kind bring the same things.
    let lists = if first == second {
        vec![(locale.say("每个人带自己的", "Each of you brings").to_owned(), first)]
    } else {
        let heads = couple(locale, parties).map(|(label, party)| match locale {
            Locale::Zh => format!("{label}（{}）带", party.name),
            Locale::En => format!("{label} ({}) brings", party.name),
        });
        heads.into_iter().zip([first, second]).collect()
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

/// A registry's number to press.
pub(super) fn call(phone: &str) -> AnyView {
    view! {
        <a class="nowrap" href=format!("tel:{phone}")>
            {phone.to_owned()}
        </a>
    }
    .into_any()
}

/// What can be done with a booking until its deadline.
#[derive(Clone, Copy)]
pub(super) enum Change {
    Move,
    Cancel,
}

/// `可在 … 前取消。`, or that this was possible until then.
pub(super) fn until(locale: Locale, change: Change, deadline: DateTime<Utc>, open: bool) -> String {
    let deadline = words::deadline(locale, deadline);
    match (locale, change, open) {
        (Locale::Zh, Change::Move, true) => format!("可在 {deadline} 前改期。"),
        (Locale::Zh, Change::Cancel, true) => format!("可在 {deadline} 前取消。"),
        (Locale::Zh, Change::Move, false) => format!("网上改期已在 {deadline} 截止。"),
        (Locale::Zh, Change::Cancel, false) => format!("网上取消已在 {deadline} 截止。"),
        (Locale::En, Change::Move, true) => format!("You can move it until {deadline}."),
        (Locale::En, Change::Cancel, true) => format!("You can cancel it until {deadline}."),
        (Locale::En, Change::Move, false) => format!("It could be moved online until {deadline}."),
        (Locale::En, Change::Cancel, false) => format!("It could be cancelled online until {deadline}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_that_passed_is_told_as_past() {
        let midnight: DateTime<Utc> = "2026-05-20T00:00:00+08:00".parse().unwrap();
        let told = until(Locale::Zh, Change::Cancel, midnight, true);
        assert_eq!(told, "可在 2026年5月19日 星期二 24:00 前取消。");
        assert!(until(Locale::En, Change::Move, midnight, false).starts_with("It could be moved online until"));
    }
}
