//! `/procedures/{id}/resume`: going on with a half-filled application, by the phone and the end of the identity number that stand
//! in it; those of this browser stand there already.

pub mod code;

use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{
    App, Error, Rejection,
    client::Client,
    policy::Offered,
    procedures::drafts::{self, Draft},
};
use shared::{
    field::FieldMessage,
    identity::clean::half_width,
    locale::Locale,
    procedures::{DraftId, DraftToken},
    say,
};

use super::{
    code_page::ask_first,
    keys::Keys,
    offered, path_of,
    search::{Search, What, asking, served, with_session},
};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        error_summary::{ErrorSummary, message_at},
        phone_field::PhoneField,
        row_link::RowLink,
        text_field::TextField,
    },
    cookies, draw,
    visit::{Visit, asks_with_session},
    words,
};

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct ResumeForm {
    phone: String,
    last_six: String,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Rejection> {
    let offered = offered(&app, &id)?;
    let here = of_this_browser(&app, &headers, &offered).await?;
    Ok(draw(&visit, &offered, &here, &ResumeForm::default(), Vec::new()))
}

/// The answer is the same whether or not there is such a draft.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Path(id): Path<String>,
    Form(typed): Form<ResumeForm>,
) -> Result<Response, Rejection> {
    let offered = offered(&app, &id)?;
    match (served(&app, visit.locale, &typed.phone), last_six(visit.locale, &typed.last_six)) {
        (Ok(phone), Ok(last_six)) => {
            app.limits().lookup(client.address)?;
            let ((client, session), now) = (asking(&visit, &client), app.now());
            let of = (offered.region.as_str(), id.as_str());
            drafts::send_code(&app, of, (&phone, &last_six), &client, visit.locale, now).await?;
            let what = What::Draft { procedure: id.clone(), last_six };
            Search::new(what, &phone, now).keep(&app, &session).await?;
            let page = Redirect::to(&visit.url(&format!("{}/resume/code", path_of(&id)))).into_response();
            Ok(with_session(&app, &visit, page, &session))
        }
        (phone, last_six) => {
            let messages = phone.err().into_iter().chain(last_six.err()).collect();
            Ok(draw(&visit, &offered, &[], &typed, messages))
        }
    }
}

/// The end of an identity number, as a draft is found by it.
fn last_six(locale: Locale, typed: &str) -> Result<String, FieldMessage> {
    let signs: String = typed.trim().chars().map(|sign| half_width(sign).to_ascii_uppercase()).collect();
    let digits = signs.strip_suffix('X').unwrap_or(&signs);
    if signs.len() == LAST && digits.bytes().all(|sign| sign.is_ascii_digit()) {
        return Ok(signs);
    }
    let message = locale.say(
        "请填写身份证号码的最后 6 位，最后一位可以是 X。",
        "Enter the last 6 characters of the identity number; the last one may be X.",
    );
    Err(FieldMessage { field: "last_six".to_owned(), code: "last_six".to_owned(), message: message.to_owned() })
}

const LAST: usize = 6;

/// The half-filled applications of this kind that the browser has the keys to, the newest first.
async fn of_this_browser(app: &App, headers: &HeaderMap, offered: &Offered) -> Result<Vec<Draft>, Error> {
    let now = app.now();
    let mut drafts = Vec::new();
    for (id, secret) in Keys::read(headers, cookies::DRAFTS, app.settings().production()).all() {
        let (Ok(id), Ok(token)) = (DraftId::parse(id), DraftToken::parse(secret)) else { continue };
        match drafts::load(app, &id, &token, now).await {
            Ok(draft) => drafts.push(draft),
            // It is over, or has become an application: there is nothing to go on with.
            Err(Error::Problem(_)) => {}
            Err(error) => return Err(error),
        }
    }
    drafts.retain(|draft| draft.submitted.is_none() && draft.offered.procedure.id == offered.procedure.id);
    Ok(drafts)
}

fn draw(visit: &Visit, offered: &Offered, here: &[Draft], typed: &ResumeForm, messages: Vec<FieldMessage>) -> Response {
    let locale = visit.locale;
    let title = locale.say("接着填上次的申请", "Go on with an application");
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let path = path_of(&offered.procedure.id);
    let form = form(visit, &path, typed, &messages);
    let page = draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url(&path) text=offered.procedure.name().say(locale).to_owned() />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {ask_first(visit)}
                {drafts_here(visit, here)}
                {form}
            </div>
        }
    });
    asks_with_session(draw::no_store(page))
}

fn drafts_here(visit: &Visit, here: &[Draft]) -> Option<AnyView> {
    let locale = visit.locale;
    let rows = here.iter().map(|draft| {
        let href = visit.url(&format!("{}/drafts/{}", path_of(&draft.offered.procedure.id), draft.id));
        let until = words::moment(locale, draft.expires_at);
        let about = say!(locale, "保留到 {until}", "Kept until {until}");
        view! { <li><RowLink href=href title=draft.offered.procedure.name().say(locale).to_owned() about=about /></li> }
    });
    (!here.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("这个浏览器里没填完的", "Half filled in, in this browser")}</h2>
                <ul class="days" role="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn form(visit: &Visit, path: &str, typed: &ResumeForm, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    view! {
        <section class="flow">
            <h2>{locale.say("在别的手机或浏览器里填的", "Filled in with another phone or browser")}</h2>
            <form class="flow" method="post" action=visit.url(&format!("{path}/resume")) novalidate>
                <PhoneField
                    locale=locale
                    name="phone"
                    label=locale.say("手机号码", "Mobile number")
                    value=typed.phone.clone()
                    hint=Some(locale.say("申请里填的您自己的手机号", "Your own, as you entered it in the application").to_owned())
                    error=message_at(messages, "phone")
                    autocomplete="tel"
                />
                <TextField
                    locale=locale
                    name="last_six"
                    label=locale.say("您身份证号码的最后 6 位", "The last 6 characters of your identity number")
                    value=typed.last_six.clone()
                    hint=Some(locale.say("最后一位可以是 X", "The last one may be X").to_owned())
                    error=message_at(messages, "last_six")
                    width="input-code"
                />
                <p class="actions">
                    <Button text=locale.say("发送验证码", "Send a code") />
                </p>
            </form>
            <p class="soft">
                {locale.say(
                    "还没有填过手机号和身份证号码的，只能在原来的浏览器里接着填。",
                    "Where you had not entered phone and identity number yet, you can go on only in the browser you began with.",
                )}
            </p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_identity_number_is_read_however_it_is_typed() {
        for (typed, read) in [("31002x", "31002X"), (" ３１００２Ｘ ", "31002X"), ("011234", "011234")] {
            assert_eq!(last_six(Locale::Zh, typed).unwrap(), read);
        }
        for typed in ["", "12345", "1234567", "12X456", "11010519491231002X", "一二三四五六"] {
            assert_eq!(last_six(Locale::Zh, typed).unwrap_err().field, "last_six", "{typed}");
        }
    }
}
