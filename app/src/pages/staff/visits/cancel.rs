//! Cancelling the booking of whoever calls or stands there and will not come: with what it says to whom.

use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    counter::{for_people, history::What, one_visit::OneVisit},
    staff::authority::Staff,
};
use shared::{counter::Press, problem::Problem, say};

use super::{Correct, Opened, Unmask};
use crate::{
    components::notice::{Notice, Tone},
    pages::staff::day::act::{new_press, told},
    pairs::{Pairs, value},
};

/// Whether its booking was cancelled, by whom ever.
pub(super) fn is_cancelled(one: &OneVisit) -> bool {
    one.history.iter().any(|happening| matches!(happening.what, What::Cancelled))
}

pub(super) async fn take(app: &App, staff: &Staff, opened: &Opened<'_>, typed: &Pairs) -> Result<Response, Rejection> {
    let press = value(typed, "press").and_then(|press| Press::parse(press).ok()).ok_or(Problem::Malformed)?;
    let cancelled = for_people::cancel(app, staff, &opened.one.row.id, &press, app.now()).await;
    match cancelled.map_err(Error::into_problem) {
        Ok(()) => Ok(Redirect::to(&opened.cancelled()).into_response()),
        Err(problem @ (Problem::Refused(_) | Problem::Busy | Problem::IdempotencyMismatch))
            if !matches!(problem.status(), 401 | 403) =>
        {
            let correct = Correct::refused(problem);
            Ok(super::draw(opened, correct.status(), Unmask::default(), correct))
        }
        Err(problem) => Err(problem.into()),
    }
}

/// What was just done, where nobody sees it otherwise.
pub(super) fn done(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    let is_done = opened.visit.query.as_deref() == Some(DONE) && is_cancelled(&opened.one);
    let title = locale.say("预约已经取消", "The booking is cancelled");
    let what = match told(&opened.one.row, locale) {
        Some(tails) => {
            say!(locale, "短信发到尾号 {tails} 的手机。", "A text goes to the phones ending in {tails}.")
        }
        None => locale.say("没有留手机，不发短信。", "They left no phone, so no text goes out.").to_owned(),
    };
    is_done.then(|| {
        view! { <Notice tone=Tone::Success title=title live=true focus=true><p>{what}</p></Notice> }.into_any()
    })
}

/// The query after it.
pub(super) const DONE: &str = "done=cancelled";

/// Behind one press, since nothing undoes it.
pub(super) fn draw(opened: &Opened<'_>) -> AnyView {
    let (locale, row) = (opened.locale(), &opened.one.row);
    let tells = match told(row, locale) {
        Some(tails) => say!(
            locale,
            "按下以后不能撤销，名额稍后放回，马上发短信到尾号 {tails} 的手机：有人要求取消，不是他们要求的请打电话。打电话来的，先请对方报预约号和预约时留的手机号。",
            "This cannot be undone, and the place is given out again later. The phones ending in {tails} are told at once that \
             somebody asked for it, and to call if it was not they. Of whoever calls, ask the reference and the phone they gave."
        ),
        None => locale
            .say(
                "按下以后不能撤销，名额稍后放回。没有留手机，不发短信。",
                "This cannot be undone. They left no phone, so no text goes out.",
            )
            .to_owned(),
    };
    view! {
        <details class="ask">
            <summary>{locale.say("他们说不来了，取消预约…", "They will not come: cancel the booking…")}</summary>
            <form class="ask-body" method="post" action=opened.itself()>
                {opened.aside_field()}
                <input type="hidden" name="press" value=new_press() />
                <p class="tells">{tells}</p>
                <p class="acts">
                    <button class="act act-taking" name="do" value="cancel">
                        {locale.say("取消预约，并发短信", "Cancel it and send the text")}
                    </button>
                </p>
            </form>
        </details>
    }
    .into_any()
}
