//! `/staff/cases/ratings`: bad ratings that wait for somebody who did not work on the case and asks what went wrong.

use axum::{Extension, extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use leptos::prelude::*;
use server::{
    App, Rejection,
    procedures::ratings::follow::{self, Task},
};
use shared::{calendar::shanghai_date, procedures::Complaint, say};

use super::{PAGE, one};
use crate::{
    components::{back_link::BackLink, empty::Empty, notice::Tone, tag::Tag},
    draw,
    site::Signed,
    visit::Visit,
    words,
};

/// Without the language prefix.
pub(super) const HERE: &str = "/staff/cases/ratings";

pub async fn show(State(app): State<App>, visit: Visit, Extension(staff): Signed) -> Result<Response, Rejection> {
    let locale = visit.locale;
    let tasks = follow::waiting(&app, &staff).await?;
    let today = shanghai_date(app.now());
    let title = locale.say("差评回访", "Bad ratings");
    let rows = tasks.iter().map(|task| row(&visit, task, today)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <Empty title=locale.say("没有要回访的差评", "No bad rating waits for anybody") /> }.into_any()
    } else {
        view! { <ul class="sign-rows" role="list">{rows}</ul> }.into_any()
    };
    Ok(draw::no_store(draw::staff(&visit, StatusCode::OK, title, || {
        view! {
            <div class="flow">
                <BackLink href=visit.url(PAGE) text=locale.say("返回申请", "Back to applications") />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "回访的人不能办过这件申请。打开一件，看申请人写了什么，问清楚哪里没有办好，再记下结果。",
                        "Whoever follows one up did not work on the case. Open it, read what the family wrote, ask what went wrong, and write \
                         down what came of it.",
                    )}
                </p>
                {list}
            </div>
        }
    })))
}

fn row(visit: &Visit, task: &Task, today: NaiveDate) -> AnyView {
    let locale = visit.locale;
    let (grade, when) = (task.grade.words().say(locale).to_owned(), words::short_moment(locale, task.rated_at));
    let due = task.due.map(|due| {
        let day = locale.full_date(due);
        let text = say!(locale, "最迟 {day} 回访", "due by {day}");
        let tone = if due < today { Tone::Danger } else { Tone::Info };
        view! { " " <Tag text=text tone=tone /> }
    });
    let own = task.is_own.then(|| {
        let text = locale.say("您办过，请别人回访", "you worked on it: somebody else follows it up");
        view! { " " <Tag text=text /> }
    });
    let reasons = listed(locale, &task.reasons);
    view! {
        <li>
            <div class="sign-row">
                <div class="flow">
                    <p>
                        <a class="sign-name" href=visit.url(&one::path(&task.id))>{task.reference.to_string()}</a>
                        " "
                        {task.name.say(locale).to_owned()}
                    </p>
                    <p><Tag text=grade tone=Tone::Warning /> {due} {own}</p>
                    <p class="soft">{when} " " {reasons}</p>
                </div>
            </div>
        </li>
    }
    .into_any()
}

/// Reasons in one line.
pub(super) fn listed(locale: shared::locale::Locale, reasons: &[Complaint]) -> String {
    let words: Vec<_> = reasons.iter().map(|reason| reason.words().say(locale).to_owned()).collect();
    words.join(locale.say("；", "; "))
}
