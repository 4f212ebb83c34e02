//! Words that colleagues leave for each other beside a case. The family never reads them.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Rejection, procedures::notes, rejection, staff::authority::Staff};
use shared::problem::Problem;

use super::{Opened, form::Form, page};
use crate::{
    components::text_field::TextField,
    pairs::{Pairs, value},
    words,
};

/// The field, as the server names it.
const NOTE: &str = "note";

pub(super) async fn take(app: &App, staff: &Staff, opened: &Opened<'_>, typed: Pairs) -> Result<Response, Rejection> {
    let words = value(&typed, NOTE).unwrap_or_default();
    let Err(error) = notes::leave(app, staff, &opened.case.id, words, app.now()).await else {
        return Ok(Redirect::to(&opened.done(NOTE)).into_response());
    };
    match error.into_problem() {
        Problem::Fields(errors) => {
            let form = Form::wrong(typed, &errors, opened.locale());
            Ok(page(opened, StatusCode::UNPROCESSABLE_ENTITY, &form))
        }
        problem if matches!(problem, Problem::Refused(_)) && problem.status() != 401 => {
            Ok(page(opened, rejection::status(&problem), &Form::refused(typed, problem)))
        }
        problem => Err(problem.into()),
    }
}

/// The notes, and a field for another where somebody works on cases.
pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> Option<AnyView> {
    let locale = opened.locale();
    // Words that nobody would erase any more are not left.
    let may = opened.works() && !opened.case.is_erased();
    if opened.notes.is_empty() && !may {
        return None;
    }
    let rows = opened.notes.iter().map(|note| {
        let (who, when) = (opened.officers.called(&note.by, locale), words::short_moment(locale, note.at));
        view! { <li><p>{note.words.clone()}</p><p class="soft">{format!("{when} · {who}")}</p></li> }
    });
    let rows = rows.collect_view();
    let more = may.then(|| {
        view! {
            <form class="flow off-paper" method="post" action=opened.itself() novalidate>
                <TextField
                    locale=locale
                    name=NOTE
                    label=locale.say("写一条备注（不要写号码）", "Write a note (no numbers)")
                    value=form.text(NOTE)
                    error=form.error(NOTE)
                />
                <p class="actions">
                    <button class="act" name="do" value=NOTE>{locale.say("留下备注", "Leave the note")}</button>
                </p>
            </form>
        }
    });
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("备注", "Notes")}</h2>
                <p class="soft">{locale.say("只有同事看得到，申请人看不到。", "For colleagues alone; the applicant never reads them.")}</p>
                <ul class="looks" role="list">{rows}</ul>
                {more}
            </section>
        }
        .into_any(),
    )
}
