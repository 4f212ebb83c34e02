//! `/staff/account/authenticator`: another authenticator for one's own account, such as that of a new phone.

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    client::Client,
    rejection,
    staff::{authority::Staff, own, totp::Secret},
};
use shared::{field::FieldMessage, staff::Refusal};

use crate::{
    components::{back_link::BackLink, button::Button, error_summary::ErrorSummary},
    draw,
    pages::staff::{
        choosing,
        proof::{self, Proof, prove},
        sign_in::message,
    },
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
};

const PAGE: &str = "/staff/account/authenticator";
/// The secret, sealed for this session: it comes back with its first code, and is kept nowhere until then.
const SEALED: &str = "sealed";

pub async fn show(State(app): State<App>, visit: Visit, Extension(staff): Signed) -> Response {
    if staff.is_fresh() {
        let shown = own::new_authenticator(&app, &staff);
        page(&visit, &staff, StatusCode::OK, shown, Vec::new())
    } else {
        proof::ask(&visit, StatusCode::OK, &Vec::new(), what(&visit), Vec::new())
    }
}

fn what(visit: &Visit) -> &'static str {
    visit.say("确认，去换验证器", "Confirm, and change the authenticator")
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, what(&visit))).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => Ok(given.answer(change(&app, &visit, &given.staff, &typed).await)),
    }
}

async fn change(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Response, Error> {
    let sealed = value(typed, SEALED).unwrap_or_default();
    // Whoever comes with none that was shown to this session is shown another.
    let Ok(secret) = own::shown_authenticator(app, staff, sealed) else {
        return Ok(Redirect::to(&visit.url(PAGE)).into_response());
    };
    let again = |status, message| Ok(page(visit, staff, status, (secret.clone(), sealed.to_owned()), vec![message]));
    let code = match choosing::read_code(visit.locale, typed) {
        Ok(code) => code,
        Err(message) => return again(StatusCode::UNPROCESSABLE_ENTITY, message),
    };
    match own::change_authenticator(app, staff, &secret, &code, app.now()).await {
        Ok(()) => Ok(Redirect::to(&visit.url("/staff/account?authenticator")).into_response()),
        Err(error) if error.refusal() == Some(Refusal::NotThisAuthenticator) => {
            let problem = error.into_problem();
            let message = message(choosing::CODE, &problem.sentence(visit.locale));
            again(rejection::status(&problem), message)
        }
        Err(error) => Err(error),
    }
}

fn page(
    visit: &Visit,
    staff: &Staff,
    status: StatusCode,
    (secret, sealed): (Secret, String),
    messages: Vec<FieldMessage>,
) -> Response {
    let locale = visit.locale;
    let title = locale.say("换验证器", "Change the authenticator");
    draw::staff(visit, status, title, || {
        let fields = choosing::authenticator(locale, (staff.account(), &secret), &messages);
        view! {
            <div class="staff-door flow">
                <BackLink href=visit.url("/staff/account") text=locale.say("我的账号", "My account") />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "填对动态码以后才会更换，旧的验证器从那时起失效，别处的登录也会结束。",
                        "Nothing changes before its code is right. Then the old one is void, and other sessions end.",
                    )}
                </p>
                <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                    <input type="hidden" name=SEALED value=sealed />
                    {fields}
                    <p class="actions">
                        <Button text=title />
                    </p>
                </form>
            </div>
        }
    })
}
