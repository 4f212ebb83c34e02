//! All answers of a couple, in full: whoever typed them must be able to compare them with the documents.

use leptos::prelude::*;
use shared::{
    identity::Phone,
    locale::Locale,
    marriage::{PartyInput, PartyKind},
};

use super::{people, who::Who};
use crate::{
    appointments::{draft::Answers, question_page::to_change, service::BookingPages},
    components::summary::{Row, Summary},
    visit::Visit,
};

pub(super) fn draw(visit: &Visit, pages: &BookingPages, answers: &Answers) -> AnyView {
    let locale = visit.locale;
    let parties = people::read(answers);
    let sections = Who::BOTH.map(|who| {
        view! {
            <section class="flow">
                <h2>{who.label(locale).to_owned()}</h2>
                <Summary locale=locale rows=person(visit, pages, who, &parties[who.index()]) />
            </section>
        }
    });
    sections.into_iter().collect_view().into_any()
}

fn person(visit: &Visit, pages: &BookingPages, who: Who, typed: &PartyInput) -> Vec<Row> {
    let locale = visit.locale;
    let identity = to_change(visit, pages, who.step());
    let phone = format!("{identity}#phone");
    let shown = PartyAnswers::of(locale, typed);
    let or_not_yet = |text: String| {
        if text.trim().is_empty() { locale.say("还没有填写", "Not filled in yet").to_owned() } else { text }
    };
    let mut rows = vec![Row::new(locale.say("姓名", "Name"), or_not_yet(shown.name)).change(identity.clone())];
    // A resident ID card says by itself that somebody is from the mainland.
    if typed.kind != PartyKind::Mainland.wire() && !shown.kind.is_empty() {
        rows.push(Row::new(locale.say("是哪里的居民", "Residency"), shown.kind).change(identity.clone()));
    }
    rows.push(Row::new(shown.document, or_not_yet(shown.number)).change(identity.clone()));
    if let Some((born, carried)) = shown.born {
        let row = Row::new(locale.say("出生日期", "Date of birth"), born);
        // Where the number says it, there is nothing else to change.
        rows.push(if carried { row } else { row.change(identity) });
    }
    rows.push(Row::new(locale.say("手机号码", "Mobile number"), or_not_yet(shown.phone)).change(phone));
    rows
}

/// One person's answers as they are read, or as they were typed where they cannot be read.
struct PartyAnswers {
    kind: String,
    name: String,
    document: String,
    number: String,
    /// The birth date, and whether the document's number says it.
    born: Option<(String, bool)>,
    phone: String,
}

impl PartyAnswers {
    fn of(locale: Locale, typed: &PartyInput) -> Self {
        let phone = Phone::parse(&typed.phone).map_or_else(|_| typed.phone.clone(), |phone| phone.spoken());
        let kind = PartyKind::from_wire(&typed.kind).map(|kind| kind.label(locale).to_owned()).unwrap_or_default();
        match typed.identity() {
            Ok(identity) => Self {
                kind,
                name: identity.name().as_str().to_owned(),
                document: identity.document().id_type().label(locale).to_owned(),
                number: identity.document().grouped(),
                born: Some((locale.date(identity.birth_date()), identity.document().birth_date().is_some())),
                phone,
            },
            Err(_) => Self {
                kind,
                name: typed.name.clone(),
                document: locale.say("证件号码", "Document number").to_owned(),
                number: typed.id_number.clone(),
                born: None,
                phone,
            },
        }
    }
}
