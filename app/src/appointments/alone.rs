//! A service that one person books: a name, a phone, and questions declared as data. Such a service brings no pages
//! of its own.

use chrono::NaiveDate;
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        booking::{Claimed, idempotency::RequestKey, view::BookingView},
        visitor::{self, MaskedVisitor, Visitor},
    },
    client::Client,
    error::Error,
};
use shared::{
    appointments::question::{Question, read_all},
    field::{Asked, FieldErrors, Reason},
    identity::{PersonName, Phone, PhoneCode},
    locale::Locale,
};

use super::{
    book::details::fields,
    draft::Answers,
    question_page::to_change,
    service::{AtOffice, Booking, BookingDisplay, BookingPages, Contact, Form, Missing},
    step::{DetailsStep, Step},
};
use crate::{
    components::summary::{Row, Summary},
    visit::Visit,
    words::Text,
};

/// Where the questions are asked, below the service's own page.
pub(super) const DETAILS: &str = "book/details";

/// Fields that every such service has.
pub(super) const NAME: &str = "name";
pub(super) const PHONE: &str = "phone";
const PHONE_CODE: &str = "phone_code";

pub(super) const NAME_LABEL: Text = Text("姓名", "Name");
pub(super) const PHONE_LABEL: Text = Text("手机号码", "Mobile number");

impl Form {
    /// The form of a service that one person books.
    pub const fn alone(questions: &'static [Question]) -> Self {
        Self {
            questions: Some(questions),
            steps: &[DetailsStep { path: DETAILS, name: Text("填写资料", "Your details") }],
            missing,
            answers,
            contacts,
            first_phone: PHONE,
            book,
            refused: |_, _| None,
            at_office: AtOffice {
                fields: |visit, pages, typed, messages| fields(visit.locale, pages, typed, messages),
                read: |pages, typed, _| Ok(Box::new(read(pages.questions(), typed)?.0)),
                whose: |_, _| None,
            },
        }
    }
}

impl BookingDisplay {
    /// What is shown of whoever books alone.
    pub const ALONE: Self = Self { people, people_on_paper, bring: |_, _| None, narrowed: |_| false };
}

/// The visitor as typed and the code, or all that is wrong, each at its field.
pub(super) fn read(
    questions: &'static [Question],
    typed: &Answers,
) -> Result<(Visitor, Option<PhoneCode>), FieldErrors> {
    let mut errors = FieldErrors::new();
    let name = errors.keep(NAME, read_name(typed.get(NAME)));
    let phone = errors.keep(PHONE, Phone::parse(typed.get(PHONE)));
    let code = match PhoneCode::parse(typed.get(PHONE_CODE)) {
        Err(Reason::Missing(_)) => None,
        read => errors.keep(PHONE_CODE, read),
    };
    let answers = errors.keep_all(read_all(questions, |field| typed.get(field)));
    match (name, phone, answers) {
        (Some(name), Some(phone), Some(answers)) if errors.is_empty() => Ok((Visitor { name, phone, answers }, code)),
        _ => Err(errors),
    }
}

/// Nobody shows a document here, so nothing that is said of the name speaks of one.
fn read_name(typed: &str) -> Result<PersonName, Reason> {
    const ASKED: &Asked = &Asked::typed("name_missing", ("请填写姓名。", "Enter a name."), ("姓名", "name"));
    PersonName::parse(typed).map_err(|reason| match reason.code() {
        "name_missing" => Reason::Missing(ASKED),
        "name_without_letters" => Reason::own(
            "name_without_letters",
            "请填写姓名，不能只有标点。",
            "Enter a name, not only punctuation marks.",
        ),
        "name_private_use" => Reason::own(
            "name_private_use",
            "姓名里有一个字是别的系统自造的，这里显示不出来。请用输入法重新打这个字；打不出来的，请写它的拼音。",
            "One character of the name was made by another system and cannot be shown here. Please type it again, or write \
             it in pinyin if your keyboard lacks it.",
        ),
        "too_long" => Reason::TooLong { asked: ASKED, limit: PersonName::LIMIT },
        _ => reason,
    })
}

fn missing(
    pages: &BookingPages,
    typed: &Answers,
    _today: NaiveDate,
    _held: Option<NaiveDate>,
    locale: Locale,
) -> Missing {
    let step = Step::Details(0);
    if typed.get(NAME).is_empty() && typed.get(PHONE).is_empty() {
        return vec![(step, locale.say("还没有填写。", "Not filled in yet.").to_owned())];
    }
    let errors = read(pages.questions(), typed).err().unwrap_or_default();
    let wrong = errors.iter().filter(|error| error.field != PHONE_CODE);
    wrong.map(|error| (step, error.reason.sentence(locale))).collect()
}

fn answers(visit: &Visit, pages: &BookingPages, typed: &Answers) -> AnyView {
    let locale = visit.locale;
    let change = to_change(visit, pages, Step::Details(0));
    let row = |label: &str, answer: &str| {
        let answer = if answer.is_empty() { locale.say("还没有填写", "Not filled in yet") } else { answer };
        Row::new(label, answer).change(change.clone())
    };
    let phone = Phone::parse(typed.get(PHONE)).map_or_else(|_| typed.get(PHONE).to_owned(), |phone| phone.spoken());
    let mut rows = vec![row(NAME_LABEL.say(locale), typed.get(NAME)), row(PHONE_LABEL.say(locale), &phone)];
    rows.extend(pages.questions().iter().map(|question| {
        let typed = typed.get(question.field);
        row(label(question, locale), &question.read(typed).unwrap_or_else(|_| typed.to_owned()))
    }));
    view! {
        <section class="flow">
            <h2>{locale.say("您填写的", "Your answers")}</h2>
            <Summary locale=locale rows=rows />
        </section>
    }
    .into_any()
}

fn contacts(typed: &Answers) -> Vec<Contact> {
    let phone = Phone::parse(typed.get(PHONE)).ok();
    phone.into_iter().map(|phone| Contact { phone, field: PHONE_CODE, step: Step::Details(0) }).collect()
}

fn book<'a>(
    app: &'a App,
    asker: &'a Client,
    pages: &'a BookingPages,
    typed: &'a Answers,
    hold: Claimed,
    key: RequestKey,
    locale: Locale,
) -> Booking<'a> {
    Box::pin(async move {
        let visitor = read(pages.questions(), typed).map_err(Error::from)?;
        visitor::book(app, asker, pages.bookable, hold, visitor, &key, locale).await
    })
}

pub(super) fn label(question: &Question, locale: Locale) -> &'static str {
    let [zh, en] = question.label;
    locale.say(zh, en)
}

fn people(pages: &BookingPages, booking: &BookingView, locale: Locale) -> Vec<Row> {
    let mut rows = people_on_paper(pages, booking, locale);
    if let Some(visitor) = booking.people.read::<MaskedVisitor>() {
        rows.insert(1, Row::new(PHONE_LABEL.say(locale), visitor.phone.clone()));
    }
    rows
}

fn people_on_paper(pages: &BookingPages, booking: &BookingView, locale: Locale) -> Vec<Row> {
    let Some(visitor) = booking.people.read::<MaskedVisitor>() else { return Vec::new() };
    let answer = |question: &Question| {
        let (_, answer) = visitor.answers.iter().find(|(field, _)| field == question.field)?;
        Some(Row::new(label(question, locale), question.masked(answer)))
    };
    let name = Row::new(NAME_LABEL.say(locale), visitor.name.clone());
    [name].into_iter().chain(pages.questions().iter().filter_map(answer)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_of_a_name_speaks_of_a_document() {
        let long = "张".repeat(PersonName::LIMIT + 1);
        for typed in ["", " ", "·", "--", "张三😀", "张3", "张\u{0}三", "张\u{e000}三", long.as_str()] {
            let reason = read_name(typed).unwrap_err();
            let said = [Locale::Zh, Locale::En].map(|locale| reason.sentence(locale)).join(" ");
            assert!(!said.contains("证件") && !said.contains("document"), "{typed}: {said}");
        }
        assert_eq!(read_name("张三").unwrap().as_str(), "张三");
    }
}
