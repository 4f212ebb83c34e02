//! All answers of a couple, in full: whoever typed them must be able to compare them with the documents.

use leptos::prelude::*;
use shared::{
    identity::Phone,
    locale::Locale,
    marriage::{PartyInput, PartyKind},
};

use crate::{
    components::summary::{Row, Summary},
    pages::marriage::book::{
        booking_form::BookingForm,
        details::FROM_REVIEW,
        step::{Step, Who},
    },
    visit::Visit,
    words,
};

pub(super) fn draw(visit: &Visit, form: &BookingForm) -> AnyView {
    let locale = visit.locale;
    let people = Who::BOTH.map(|who| {
        view! {
            <section class="flow">
                <h2>{who.label(locale).to_owned()}</h2>
                <Summary locale=locale rows=person(visit, who, &form.draft.parties[who.index()]) />
            </section>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("时间和地点", "Time and place")}</h2>
            <Summary locale=locale rows=place(visit, form) />
        </section>
        {people.into_iter().collect_view()}
    }
    .into_any()
}

fn place(visit: &Visit, form: &BookingForm) -> Vec<Row> {
    let locale = visit.locale;
    let choose = visit.url(Step::Time.path());
    let time = locale.say("时间", "Time");
    match &form.held {
        None => vec![Row::new(time, locale.say("还没有选", "Not chosen yet")).change(choose)],
        Some(held) => vec![
            Row::new(time, words::period(locale, held.record.starts_at, held.record.ends_at)).change(choose),
            Row::new(locale.say("登记处", "Registry"), held.registry.name.say(locale)),
            Row::new(locale.say("地址", "Address"), held.registry.address.say(locale)),
        ],
    }
}

fn person(visit: &Visit, who: Who, typed: &PartyInput) -> Vec<Row> {
    let locale = visit.locale;
    let change = |step: Step| format!("{}?{FROM_REVIEW}", visit.url(step.path()));
    let (identity, contact) = (change(Step::Identity(who)), change(Step::Contact(who)));
    let shown = Shown::of(locale, typed);
    let or_not_yet = |text: String| {
        if text.trim().is_empty() { locale.say("还没有填写", "Not filled in yet").to_owned() } else { text }
    };
    let mut rows = vec![Row::new(locale.say("姓名", "Name"), or_not_yet(shown.name)).change(identity.clone())];
    // A resident ID card says by itself that somebody is from the mainland.
    if typed.kind != PartyKind::Mainland.wire() && !shown.kind.is_empty() {
        rows.push(Row::new(locale.say("是哪里的居民", "From"), shown.kind).change(identity.clone()));
    }
    rows.push(Row::new(shown.document, or_not_yet(shown.number)).change(identity.clone()));
    if let Some((born, carried)) = shown.born {
        let row = Row::new(locale.say("出生日期", "Date of birth"), born);
        // Where the number says it, there is nothing else to change.
        rows.push(if carried { row } else { row.change(identity) });
    }
    rows.push(Row::new(locale.say("手机号码", "Mobile number"), or_not_yet(shown.phone)).change(contact));
    rows
}

/// One person's answers as they are read, or as they were typed where they cannot be read.
struct Shown {
    kind: String,
    name: String,
    document: String,
    number: String,
    /// The birth date, and whether the document's number says it.
    born: Option<(String, bool)>,
    phone: String,
}

impl Shown {
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
