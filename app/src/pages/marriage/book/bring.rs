//! What a couple with a booking brings.

use leptos::prelude::*;
use server::marriage::couple::{MaskedCouple, MaskedParty};
use shared::{
    locale::Locale,
    marriage::documents::{DocumentItem, Needed, documents},
    say,
};

use crate::{
    components::{
        checklist::{Checklist, Thing},
        notice::{Notice, Tone},
        source::folded,
    },
    visit::Visit,
};

/// The man first, then the woman, as they were booked.
pub(super) fn couple(locale: Locale, parties: &MaskedCouple) -> [(&'static str, &MaskedParty); 2] {
    [(locale.say("男方", "Groom"), &parties[0]), (locale.say("女方", "Bride"), &parties[1])]
}

/// The exact list of what this couple brings.
pub(super) fn draw(visit: &Visit, parties: &MaskedCouple) -> AnyView {
    let locale = visit.locale;
    let list = documents(parties.each_ref().map(|party| (party.kind, None)));
    let brought = |items: &[DocumentItem]| -> Vec<DocumentItem> {
        items.iter().filter(|item| item.needed != Needed::SignedThere).cloned().collect()
    };
    let [first, second] = &list.parties.each_ref().map(|items| brought(items));
    let signed = plain(things(locale, &list.signed_there()));
    // Two people of one kind bring the same things.
    let lists = if first == second {
        vec![(locale.say("每个人带自己的", "Each of you brings").to_owned(), first)]
    } else {
        let heads = couple(locale, parties).map(|(label, party)| match locale {
            Locale::Zh => format!("{label}（{}）带", party.name),
            Locale::En => format!("The {} brings", label.to_lowercase()),
        });
        heads.into_iter().zip([first, second]).collect()
    };
    let people = lists.into_iter().map(|(head, items)| {
        view! {
            <h3>{head}</h3>
            <Checklist things=things(locale, items) />
        }
    });
    let signed = (!signed.is_empty()).then(|| {
        view! {
            <h3>{locale.say("到了登记处再签", "Signed at the registry")}</h3>
            <ul class="not-needed" role="list">{signed}</ul>
        }
    });
    let not_needed = plain(things(locale, &list.not_needed));
    let to_ask_about =
        list.provisional.as_ref().map(|why| view! { <Notice tone=Tone::Warning title=why.say(locale) /> });
    view! {
        <section class="flow">
            <h2>{locale.say("要带什么", "What to bring")}</h2>
            {to_ask_about}
            {people.collect_view()}
            <h3>{locale.say("两个人一起带", "For both of you")}</h3>
            <Checklist things=things(locale, &list.together) />
            {signed}
            <h3>{locale.say("不用带", "Not needed")}</h3>
            <ul class="not-needed" role="list">{not_needed}</ul>
            {folded(locale, view! { <p class="source">{sources(locale, &list.parties)}</p> }.into_any())}
        </section>
    }
    .into_any()
}

/// Things without a box to tick.
fn plain(things: Vec<Thing>) -> Vec<AnyView> {
    let line = |Thing { name, note }| {
        view! {
            <li>
                <p>{name}</p>
                {note.map(|note: String| view! { <p class="note">{note}</p> })}
            </li>
        }
        .into_any()
    };
    things.into_iter().map(line).collect()
}

fn things(locale: Locale, items: &[DocumentItem]) -> Vec<Thing> {
    let thing = |item: &DocumentItem| {
        let title = item.title.say(locale);
        let name =
            match item.needed.label(locale).filter(|_| !matches!(item.needed, Needed::Never | Needed::SignedThere)) {
                Some(when) => format!("{title}{}", bracketed(locale, when)),
                None => title.to_owned(),
            };
        Thing { name, note: Some(item.note.say(locale).to_owned()) }
    };
    items.iter().map(thing).collect()
}

fn bracketed(locale: Locale, text: &str) -> String {
    say!(locale, "（{text}）", " ({text})")
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
    say!(locale, "依据：{names}", "Source: {names}")
}

#[cfg(test)]
pub(super) mod tests {
    use shared::marriage::PartyKind;

    use super::*;
    use crate::{draw::fragment, visit::tests::visit};

    /// Two invented people of one kind.
    pub fn two(kind: PartyKind) -> MaskedCouple {
        let party = |name: &str| MaskedParty {
            shares_phone: false,
            kind,
            name: name.to_owned(),
            id_number: "E****1234".to_owned(),
            phone: "138****0000".to_owned(),
        };
        [party("演*一"), party("演*二")]
    }

    #[test]
    fn a_booked_couple_that_the_regulations_leave_open_reads_above_its_list_that_it_is_a_first_idea() {
        let said = |kind, locale| fragment(|| draw(&visit(locale, "/marriage/bookings", ""), &two(kind)));
        for kind in [PartyKind::OverseasChinese, PartyKind::HkMacaoTaiwan, PartyKind::Foreigner] {
            assert!(said(kind, Locale::Zh).contains("这份清单先作参考"), "{kind:?}");
            assert!(said(kind, Locale::En).contains("This list is only a first idea"), "{kind:?}");
        }
        assert!(!said(PartyKind::Mainland, Locale::Zh).contains("先作参考"));
    }
}
