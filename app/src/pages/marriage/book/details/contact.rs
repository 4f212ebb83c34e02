//! `/marriage/book/details/{who}/contact`: the phone that codes and reminders go to.

use axum::{
    Form,
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, rejection::Rejection};
use shared::{
    field::{FieldErrors, FieldMessage},
    identity::Phone,
    locale::Locale,
    marriage::PartyInput,
    problem::Problem,
};

use crate::{
    appointments::{
        booking_form::BookingForm,
        question_page::{QuestionPage, save_and_continue},
    },
    components::{checkbox::Checkbox, error_summary::message_at, phone_field::PhoneField},
    pages::marriage::book::{MARRIAGE, people, who::Who},
    visit::Visit,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    phone: String,
    /// Ticked: the bride uses the groom's phone.
    shared: String,
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
    Form(typed): Form<ContactForm>,
) -> Result<Response, Rejection> {
    let who = Who::from_segment(&who).ok_or(Problem::NotFound)?;
    let mut form = BookingForm::open(&app, &visit, &MARRIAGE).await?;
    let mut parties = people::read(&form.draft.answers);
    fill(&mut parties, who, &typed);
    people::write(&mut form.draft.answers, &parties);
    form.draft.declared = false;
    if let Some(elsewhere) = form.act(&app, &visit, &typed.action).await? {
        return Ok(elsewhere);
    }
    match parties[who.index()].contact() {
        Ok(_) => Ok(save_and_continue(&app, &visit, &mut form, who.contact()).await?),
        Err(errors) => Ok(draw(&app, &visit, &form, who, &parties, &errors)),
    }
}

/// Writes the phone into the draft. A code that was typed for another phone goes with it, and a couple that
/// shares a phone still shares it when the groom's changes.
fn fill(parties: &mut [PartyInput; 2], who: Who, typed: &ContactForm) {
    let shared = share_a_phone(parties);
    let phone = match who {
        Who::Second if typed.shared == "yes" => parties[0].phone.clone(),
        _ => typed.phone.clone(),
    };
    let mut put = |index: usize| {
        parties[index].phone.clone_from(&phone);
        parties[index].phone_code.clear();
    };
    put(who.index());
    if who == Who::First && shared {
        put(1);
    }
}

fn share_a_phone([first, second]: &[PartyInput; 2]) -> bool {
    match (Phone::parse(&first.phone), Phone::parse(&second.phone)) {
        (Ok(first), Ok(second)) => first == second,
        _ => false,
    }
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
    let title = match who {
        Who::First => locale.say("男方的手机", "The groom’s mobile phone"),
        Who::Second => locale.say("女方的手机", "The bride’s mobile phone"),
    };
    let messages = errors.messages(locale);
    QuestionPage { visit, form, step: who.contact(), title, messages, instead: None }
        .draw(app, |messages| questions(locale, who, parties, messages))
}

fn questions(locale: Locale, who: Who, parties: &[PartyInput; 2], messages: &[FieldMessage]) -> AnyView {
    let hint = locale.say(
        "用来接收验证码和提醒。境外手机请以“+”和地区代码开头。",
        "For the code and for reminders. Start a number from outside the mainland with + and the country code.",
    );
    // Nothing to share before the groom's phone is known.
    let shared = (who == Who::Second && Phone::parse(&parties[0].phone).is_ok()).then(|| {
        view! {
            <Checkbox
                locale=locale
                name="shared"
                label=locale.say("与男方共用一部手机", "We share the groom’s phone")
                ticked=share_a_phone(parties)
            />
        }
    });
    view! {
        <div class="contact flow">
            {shared}
            <div class="own-phone">
                <PhoneField
                    locale=locale
                    name="phone"
                    label=locale.say("手机号码", "Mobile number")
                    value=parties[who.index()].phone.clone()
                    hint=Some(hint.to_owned())
                    error=message_at(messages, "phone")
                />
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn couple(first: &str, second: &str) -> [PartyInput; 2] {
        [first, second].map(|phone| PartyInput {
            phone: phone.to_owned(),
            phone_code: "123456".to_owned(),
            ..PartyInput::default()
        })
    }

    fn typed(phone: &str, shared: &str) -> ContactForm {
        ContactForm { phone: phone.to_owned(), shared: shared.to_owned(), action: String::new() }
    }

    #[test]
    fn a_shared_phone_is_copied_and_follows_the_grooms() {
        let mut parties = couple("138 0000 0000", "");
        fill(&mut parties, Who::Second, &typed("", "yes"));
        assert_eq!(parties[1].phone, "138 0000 0000");
        fill(&mut parties, Who::First, &typed("13900000000", ""));
        assert_eq!(parties.map(|party| party.phone), ["13900000000", "13900000000"]);
    }

    #[test]
    fn a_phone_of_her_own_stays_when_his_changes() {
        let mut parties = couple("13800000000", "13700000000");
        fill(&mut parties, Who::First, &typed("13900000000", ""));
        assert_eq!(parties[1].phone, "13700000000");
        assert_eq!((parties[0].phone_code.as_str(), parties[1].phone_code.as_str()), ("", "123456"));
    }
}
