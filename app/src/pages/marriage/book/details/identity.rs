//! `/marriage/book/details/{who}/identity`: who the person is, as on the document.

mod questions;

use axum::{
    Form,
    extract::{Path, State},
    response::Response,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, rejection::Rejection};
use shared::{
    calendar::shanghai_date,
    civil_date::DateBoxes,
    field::{FieldErrors, FieldMessage},
    identity::{IdType, Sex},
    locale::Locale,
    marriage::{PartyInput, PartyKind, booking::old_enough_on},
    problem::Problem,
};

use crate::{
    appointments::{
        booking_form::BookingForm,
        question_page::{QuestionPage, save_and_continue},
        step::Step,
    },
    pages::marriage::book::{MARRIAGE, people, who::Who},
    visit::Visit,
};

/// The form as it is sent. Each kind of person has its own list of documents, so that one list's answer never
/// speaks for another kind.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct IdentityForm {
    kind: String,
    name: String,
    #[serde(rename = "id_type.hk_macao_taiwan")]
    permit: String,
    #[serde(rename = "id_type.foreigner")]
    foreign: String,
    id_number: String,
    #[serde(rename = "birth_date.year")]
    year: String,
    #[serde(rename = "birth_date.month")]
    month: String,
    #[serde(rename = "birth_date.day")]
    day: String,
    action: String,
}

pub async fn show(State(app): State<App>, visit: Visit, Path(who): Path<String>) -> Result<Response, Rejection> {
    let who = Who::from_segment(&who).ok_or(Problem::NotFound)?;
    let form = BookingForm::open(&app, &visit, &MARRIAGE).await?;
    let parties = people::read(&form.draft.answers);
    Ok(draw(&app, &visit, &form, who, &parties, &FieldErrors::new()))
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Path(who): Path<String>,
    Form(typed): Form<IdentityForm>,
) -> Result<Response, Rejection> {
    let who = Who::from_segment(&who).ok_or(Problem::NotFound)?;
    let mut form = BookingForm::open(&app, &visit, &MARRIAGE).await?;
    let mut parties = people::read(&form.draft.answers);
    let action = fill(&mut parties[who.index()], who, typed);
    people::write(&mut form.draft.answers, &parties);
    form.draft.declared = false;
    if let Some(elsewhere) = form.act(&app, &visit, &action).await? {
        return Ok(elsewhere);
    }
    form.look_for_obstacles(&app).await?;
    match judge(&parties, who, shanghai_date(form.now), form.day()) {
        Ok(()) => Ok(save_and_continue(&app, &visit, &mut form, who.identity()).await?),
        Err(errors) => {
            // Too young for the chosen day is no slip: what was typed stands, and another day may suit.
            if is_only_too_young(&form, &parties[who.index()], &errors) {
                form.save(&app).await?;
            }
            Ok(draw(&app, &visit, &form, who, &parties, &errors))
        }
    }
}

/// Writes the answers into the draft and gives the button that sent them, if it was one of the hold notice.
fn fill(party: &mut PartyInput, who: Who, typed: IdentityForm) -> String {
    let kind = PartyKind::from_wire(&typed.kind);
    let id_type = match kind {
        Some(PartyKind::HkMacaoTaiwan) => typed.permit,
        Some(PartyKind::Foreigner) => typed.foreign,
        Some(PartyKind::Mainland) => IdType::ResidentId.wire().to_owned(),
        Some(PartyKind::OverseasChinese) => IdType::Passport.wire().to_owned(),
        None => String::new(),
    };
    let boxes = DateBoxes { year: typed.year, month: typed.month, day: typed.day };
    // These numbers say the birth date themselves, and the form does not show the question then.
    let carried = [IdType::ResidentId, IdType::HkMacaoTaiwanResidencePermit].map(IdType::wire);
    party.birth_date = if carried.contains(&id_type.as_str()) { String::new() } else { boxes.join() };
    who.sex().wire().clone_into(&mut party.sex);
    party.kind = typed.kind;
    party.name = typed.name;
    party.id_type = id_type;
    party.id_number = typed.id_number;
    typed.action
}

/// All that is wrong with one person, also beside the other and on the day of the held time.
pub(super) fn judge(
    parties: &[PartyInput; 2],
    who: Who,
    today: NaiveDate,
    day: Option<NaiveDate>,
) -> Result<(), FieldErrors> {
    let identity = parties[who.index()].identity()?;
    let mut errors = FieldErrors::new();
    errors.keep_all(identity.born_by(today));
    if let Ok(other) = parties[who.other().index()].identity() {
        errors.keep_all(identity.other_than(&other));
    }
    if let Some(day) = day
        && errors.is_empty()
    {
        errors.keep_all(old_enough_on(&identity, day));
    }
    errors.into_result()
}

fn draw(
    app: &App,
    visit: &Visit,
    form: &BookingForm,
    who: Who,
    parties: &[PartyInput; 2],
    errors: &FieldErrors,
) -> Response {
    let locale = visit.locale;
    let party = &parties[who.index()];
    let messages = messages(locale, who, party, errors);
    let title = match who {
        Who::First => locale.say("男方的身份信息", "The groom’s identity"),
        Who::Second => locale.say("女方的身份信息", "The bride’s identity"),
    };
    let instead = is_only_too_young(form, party, errors).then(|| another_day(visit));
    QuestionPage { visit, form, step: who.identity(), title, messages, instead }
        .draw(app, |messages| questions::draw(visit, party, messages))
}

/// Whether nothing is wrong but the day.
fn is_only_too_young(form: &BookingForm, party: &PartyInput, errors: &FieldErrors) -> bool {
    let identity = party.identity().ok();
    identity.zip(form.day()).is_some_and(|(identity, day)| old_enough_on(&identity, day).as_ref() == Err(errors))
}

fn another_day(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    view! {
        <p>
            {locale.say("填好的内容已经保存。", "What you filled in is saved. ")}
            <a href=visit.url(&MARRIAGE.at(Step::Time))>{locale.say("换一个日期", "Choose another day")}</a>
        </p>
    }
    .into_any()
}

/// The messages at the fields of this form, which differ a little from those of the request.
fn messages(locale: Locale, who: Who, party: &PartyInput, errors: &FieldErrors) -> Vec<FieldMessage> {
    let mut messages = errors.messages(locale);
    for message in &mut messages {
        match message.field.as_str() {
            "id_type" => questions::id_type_field(&party.kind).clone_into(&mut message.field),
            // Nobody chose a sex here: the page asks for the man or for the woman.
            "sex" => {
                "id_number".clone_into(&mut message.field);
                other_sex(locale, who).clone_into(&mut message.message);
            }
            _ => {}
        }
    }
    messages
}

fn other_sex(locale: Locale, who: Who) -> &'static str {
    match who.sex() {
        Sex::Male => locale.say(
            "这是一位女士的证件号码。这一页请填写男方的号码，女方的在后面填写。",
            "This is a woman’s document number. Enter the groom’s number here; the bride’s comes later.",
        ),
        Sex::Female => locale.say(
            "这是一位男士的证件号码。这一页请填写女方的号码，男方的在前面填写。",
            "This is a man’s document number. Enter the bride’s number here; the groom’s comes before it.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(kind: &str) -> IdentityForm {
        IdentityForm {
            kind: kind.to_owned(),
            name: "张三".to_owned(),
            permit: "taiwan_permit".to_owned(),
            foreign: "passport".to_owned(),
            id_number: "440308199901101512".to_owned(),
            year: "1999".to_owned(),
            month: "1".to_owned(),
            day: "10".to_owned(),
            action: String::new(),
        }
    }

    fn filled(kind: &str) -> PartyInput {
        let mut party = PartyInput::default();
        fill(&mut party, Who::First, typed(kind));
        party
    }

    #[test]
    fn each_kind_of_person_is_asked_for_its_own_document() {
        for (kind, id_type, birth_date) in [
            ("mainland", "resident_id", ""),
            ("hk_macao_taiwan", "taiwan_permit", "1999-1-10"),
            ("overseas_chinese", "passport", "1999-1-10"),
            ("foreigner", "passport", "1999-1-10"),
            ("", "", "1999-1-10"),
        ] {
            let party = filled(kind);
            assert_eq!((party.id_type.as_str(), party.birth_date.as_str()), (id_type, birth_date), "{kind}");
        }
    }

    #[test]
    fn the_number_of_the_other_sex_is_told_at_the_number() {
        let mut party = PartyInput::default();
        fill(&mut party, Who::Second, typed("mainland"));
        let errors = party.identity().unwrap_err();
        let messages = messages(Locale::Zh, Who::Second, &party, &errors);
        assert_eq!(messages.len(), 1);
        assert_eq!(messages[0].field, "id_number");
        assert!(messages[0].message.contains("请填写女方的号码"), "{}", messages[0].message);
    }
}
