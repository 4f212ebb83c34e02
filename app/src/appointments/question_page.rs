//! The page around one group of questions, and the way on from it.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use server::{App, error::Error};
use shared::field::FieldMessage;

use super::{
    booking_form::BookingForm,
    held_time::{held_in_full, held_time},
    hold_notice::FORM,
    service::BookingPages,
    step::Step,
    wish::Wish,
};
use crate::{
    components::{back_link::BackLink, button::Button, error_summary::ErrorSummary, heading::StepHeading},
    draw,
    visit::Visit,
};

/// One group of questions: a step of the form.
pub struct QuestionPage<'a> {
    pub visit: &'a Visit,
    pub form: &'a BookingForm,
    pub step: Step,
    pub title: &'a str,
    pub messages: Vec<FieldMessage>,
    /// What else can be done about the messages.
    pub instead: Option<AnyView>,
}

impl QuestionPage<'_> {
    /// Draws the page; with messages it answers 422.
    pub fn draw(self, app: &App, questions: impl FnOnce(&[FieldMessage]) -> AnyView) -> Response {
        let Self { visit, form, step, title, messages, instead } = self;
        let locale = visit.locale;
        let codes = form.asks_for_codes(app);
        let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let back = if from_review(visit) { Some(Step::Review) } else { form.pages.before(step) };
        let save = if from_review(visit) {
            locale.say("保存修改", "Save the change")
        } else {
            locale.say("保存并继续", "Save and continue")
        };
        let hold = form.held.as_ref().map(|held| held.hold.id.as_str().to_owned());
        let hold = hold.map(|hold| view! { <input type="hidden" name="hold" value=hold /> });
        let page = draw::page_of_form(visit, status, &form.pages.titled(locale, title), FORM, || {
            let (questions, wrong) = (questions(&messages), !messages.is_empty());
            let aside = held_in_full(visit, form).map(|held| view! { <aside class="aside flow">{held}</aside> });
            view! {
                <div class="flow questions">
                    {back.map(|back| back_to(visit, form, back))}
                    <ErrorSummary locale=locale messages=messages />
                    {form.pages.steps_at(visit, step, codes)}
                    {held_time(visit, form)}
                    <div class="beside">
                        <div class="column flow">
                            <StepHeading title=title wrong=wrong />
                            {instead}
                            <form class="flow" id=FORM method="post" action=visit.here_in(locale) novalidate>
                                // By it a page that stayed open knows the booking that was made in another window.
                                {hold}
                                {questions}
                                {told(visit)}
                                <p class="actions">
                                    <Button text=save />
                                </p>
                            </form>
                        </div>
                        {aside}
                    </div>
                </div>
            }
        });
        form.with_session(app, page)
    }
}

/// What becomes of the answers, before the press that keeps them (个人信息保护法 art 17).
fn told(visit: &Visit) -> impl IntoView + use<> {
    let text = visit.say(
        "填写的内容加密保存，只用来办这次预约。填别人的，请先告诉对方。",
        "What you enter is kept encrypted, for this appointment alone. Before you enter what is somebody else’s, tell them. ",
    );
    view! {
        <p class="soft">
            {text}
            <a href=visit.url("/privacy")>{visit.say("隐私说明", "Privacy notice")}</a>
        </p>
    }
}

pub(super) fn back_to(visit: &Visit, form: &BookingForm, step: Step) -> impl IntoView + use<> {
    let locale = visit.locale;
    let wish = carried(visit, form);
    let text = match step {
        Step::Time => locale.say("选时间", "Choose a time"),
        Step::Review => locale.say("返回核对", "Back to your answers"),
        _ => locale.say("上一步", "Previous step"),
    };
    view! { <BackLink href=visit.url(&wish.carried_by(form.pages.at(step))) text=text /> }
}

/// The place and day for whose release people fill in their details ahead; a time that is held says both itself.
fn carried(visit: &Visit, form: &BookingForm) -> Wish {
    if form.held.is_some() { Wish::any(form.pages) } else { Wish::of(visit, form.pages) }
}

/// Whether one came from the page of all answers, to change one.
fn from_review(visit: &Visit) -> bool {
    visit.query.as_deref().is_some_and(|query| query.split('&').any(|pair| pair == FROM_REVIEW))
}

/// The query of a link that changes an answer.
const FROM_REVIEW: &str = "from=review";

/// The address where one answer is changed; saving it leads back to all of them.
pub fn to_change(visit: &Visit, pages: &BookingPages, step: Step) -> String {
    format!("{}?{FROM_REVIEW}", visit.url(&pages.at(step)))
}

/// Saves what was typed and goes on: to the next question, or back to where all answers stand.
pub async fn save_and_continue(
    app: &App,
    visit: &Visit,
    form: &mut BookingForm,
    step: Step,
) -> Result<Response, Error> {
    form.draft.declared = false;
    form.save(app).await?;
    let next = match form.pages.after(step) {
        _ if from_review(visit) => Step::Review,
        // All is filled in but no time is chosen.
        Step::Review if form.held.is_none() => Step::Time,
        next => next,
    };
    Ok(form.go(app, visit, &carried(visit, form).carried_by(form.pages.at(next))))
}
