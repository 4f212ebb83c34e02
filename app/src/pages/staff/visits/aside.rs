//! Opening a visit to keep somebody safe: why is asked before anything is opened, and kept where the couple reads nothing.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use server::{App, Error, counter::day, staff::authority::Staff};
use shared::{
    counter::{Reason, VisitId},
    field::{Asked as Question, FieldErrors, FieldMessage, Reason as Wrong},
    problem::Problem,
};

use super::{aside, unmask};
use crate::{
    components::{
        button::{Button, Weight},
        error_summary::{ErrorSummary, message_at},
        text_field::TextField,
    },
    draw,
    pages::staff::day::{act::called, asked::Asked},
    pairs::{Pairs, value},
    visit::Visit,
};

/// The field of the reason; whatever is sent from the page that was opened so carries it along.
pub(super) const WHY: &str = "aside-why";

static MISSING: Question = Question::typed(
    "aside_why_missing",
    ("请写明为什么要这样查看。", "Say why you look in this way."),
    ("原因", "reason"),
);

/// Why it is opened, as typed.
///
/// # Errors
/// What is wrong with it, at its field.
pub(super) fn read(typed: &Pairs) -> Result<Reason, FieldErrors> {
    match unmask::reason(value(typed, WHY).unwrap_or_default()) {
        Ok(Some(reason)) => Ok(reason),
        Ok(None) => Err(FieldErrors::one(WHY, Wrong::Missing(&MISSING))),
        Err(wrong) => Err(FieldErrors::one(WHY, wrong)),
    }
}

/// The page that asks for it. It shows no more of the visit than the day sheet does.
///
/// # Errors
/// [`Problem::NotFound`]; [`shared::staff::Refusal::NotAllowed`].
pub(super) async fn ask(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    id: &str,
    (typed, errors): (&Pairs, Option<FieldErrors>),
) -> Result<Response, Error> {
    let locale = visit.locale;
    let id = VisitId::parse(id).map_err(|_| Problem::NotFound)?;
    let row = day::one(app, staff, &id, app.now()).await?;
    let status = if errors.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let messages: Vec<FieldMessage> = errors.map(|errors| errors.messages(locale)).unwrap_or_default();
    // Whoever looks over a shoulder reads no more than on the button that led here.
    let title = locale.say("另行查看", "Look otherwise");
    let number = called(&row, locale);
    let (action, back) = (visit.url(&aside(&id)), visit.url(&Asked::default().path()));
    let (error, typed) = (message_at(&messages, WHY), value(typed, WHY).unwrap_or_default().to_owned());
    Ok(draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p>{number}</p>
                <p>
                    {locale.say(
                        "预约的人不会知道有人看过。原因和账号会记下来，大厅负责人和审计员看得到；负责人自己看的，审计员也看得到。",
                        "Whoever booked never learns of it. The reason and your account are kept; the office manager and the \
                         auditor read them, the auditor also those of the manager.",
                    )}
                </p>
                <form class="flow" method="post" action=action novalidate>
                    <TextField
                        locale=locale
                        name=WHY
                        label=locale.say("为什么（不要写号码）", "Why (no numbers)")
                        value=typed
                        error=error
                    />
                    <p class="actions">
                        <Button
                            text=locale.say("记下原因，打开", "Record why and open it")
                            name="do"
                            value="aside"
                            weight=Weight::Secondary
                        />
                        <a href=back>{locale.say("不看了，回到今天", "Leave it: back to today")}</a>
                    </p>
                </form>
            </div>
        }
    })))
}
