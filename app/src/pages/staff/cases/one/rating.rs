//! What the family said of how its case was handled, and what came of a bad word.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Rejection, procedures::ratings::follow, rejection, staff::authority::Staff};
use shared::{problem::Problem, say};

use super::{Opened, form::Form, page};
use crate::{
    components::{notice::Tone, tag::Tag, text_field::TextField},
    pages::staff::cases::ratings::listed,
    pairs::{Pairs, value},
    words,
};

/// What is pressed.
pub(super) const FOLLOW: &str = "follow";
/// The field, as the server names it.
const FOLLOWED: &str = "followed";

pub(super) async fn take(app: &App, staff: &Staff, opened: &Opened<'_>, typed: Pairs) -> Result<Response, Rejection> {
    let words = value(&typed, FOLLOWED).unwrap_or_default();
    let Err(error) = follow::follow(app, staff, &opened.case.id, words, app.now()).await else {
        return Ok(Redirect::to(&opened.done(FOLLOW)).into_response());
    };
    match error.into_problem() {
        Problem::Fields(errors) => {
            let form = Form::wrong(typed, &errors, opened.locale());
            Ok(page(opened, StatusCode::UNPROCESSABLE_ENTITY, &form))
        }
        problem if matches!(problem, Problem::Refused(_)) && problem.status() != 401 => {
            let opened = Opened::to_read(app, opened.visit, staff, opened.case.id.as_str()).await?;
            Ok(page(&opened, rejection::status(&problem), &Form::refused(typed, problem)))
        }
        problem => Err(problem.into()),
    }
}

pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> Option<AnyView> {
    let locale = opened.locale();
    let rated = opened.rated.as_ref()?;
    let tone = if rated.grade.is_bad() { Tone::Warning } else { Tone::Info };
    let grade = rated.grade.words().say(locale).to_owned();
    let when = words::short_moment(locale, rated.rated_at);
    let reasons = (!rated.reasons.is_empty()).then(|| view! { <p>{listed(locale, &rated.reasons)}</p> });
    let said = rated.words.clone().map(|said| view! { <p>{said}</p> });
    let followed = rated.followed.as_ref().map(|followed| {
        let who = followed.by.as_ref().map(|person| opened.officers.called(person, locale)).unwrap_or_default();
        let (when, what) = (words::short_moment(locale, followed.at), followed.words.clone());
        let title = say!(locale, "回访结果：{what}", "What came of it: {what}");
        view! { <p>{title}</p><p class="soft">{format!("{when} · {who}")}</p> }
    });
    let following = rated.waits().then(|| following(opened, form));
    // Whom it passed on to has said nothing yet.
    let title = if rated.is_of_before {
        locale.say("原来的申请人的评价", "What the applicant of before said of it")
    } else {
        locale.say("申请人的评价", "What the family said of it")
    };
    Some(
        view! {
            <section class="flow">
                <h2>{title}</h2>
                <p><Tag text=grade tone=tone /> " " <span class="soft">{when}</span></p>
                {reasons}
                {said}
                {followed}
                {following}
            </section>
        }
        .into_any(),
    )
}

/// The form for whoever asks what went wrong.
fn following(opened: &Opened<'_>, form: &Form) -> AnyView {
    let locale = opened.locale();
    if !opened.works() || opened.is_own {
        let waits =
            locale.say("等没有办过这件申请的同事回访。", "It waits for a colleague who did not work on the case.");
        return view! { <p class="soft">{waits}</p> }.into_any();
    }
    view! {
        <details class="ask off-paper" open=form.is_of(FOLLOW)>
            <summary>{locale.say("记下回访结果…", "Write down what came of it…")}</summary>
            <form class="ask-body flow" method="post" action=opened.itself() novalidate>
                <p class="soft">
                    {locale.say(
                        "办过这件申请的人不能回访。",
                        "Whoever worked on the case does not follow it up.",
                    )}
                </p>
                <TextField
                    locale=locale
                    name=FOLLOWED
                    label=locale.say("哪里没有办好，怎么处理的（不要写号码）", "What went wrong and what was done (no numbers)")
                    value=form.text(FOLLOWED)
                    error=form.error(FOLLOWED)
                />
                <p class="actions">
                    <button class="act" name="do" value=FOLLOW>{locale.say("记下回访", "Write it down")}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}
