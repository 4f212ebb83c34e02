//! `/staff/cases/threshold`: from which sum on a grant takes a further signature; one proposes another sum, and another confirms it.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    policy::Offered,
    procedures::{
        may,
        threshold::{self, Answer, Threshold, Waiting},
    },
    staff::authority::Staff,
};
use shared::{
    eligibility::{span::Exact, told::money::fen, words::money},
    locale::Locale,
    problem::Problem,
    say,
    staff::Right,
};

use super::{Officers, PAGE};
use crate::{
    components::{
        back_link::BackLink,
        notice::{Notice, Tone},
        text_field::TextField,
    },
    draw,
    pages::staff::refused::refused,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
    words,
};

/// This page, without the language prefix.
pub(super) const HERE: &str = "/staff/cases/threshold";
/// What was just done, in the address.
const DONE: &str = "done";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let done = value(&pairs, DONE).is_some();
    Ok(page(&app, &visit, &staff, (done, None, None)).await?)
}

/// Proposes a sum, or answers one that waits.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let procedure = value(&typed, "procedure").unwrap_or_default();
    let (now, offered) = (app.now(), app.policies().procedure(&app.settings().region, procedure));
    let id = value(&typed, "id").unwrap_or_default();
    let outcome = match (value(&typed, "do"), offered) {
        (Some("confirm"), _) => threshold::decide(&app, &staff, id, Answer::Confirm, now).await,
        (Some("decline"), _) => threshold::decide(&app, &staff, id, Answer::Decline, now).await,
        (Some("propose"), Some(offered)) => match sum(value(&typed, "sum").unwrap_or_default()) {
            Ok(sum) => {
                let of = (offered.region.as_str(), offered.procedure.id.as_str());
                threshold::propose(&app, &staff, of, sum, now).await
            }
            Err(NoSum) => return Ok(page(&app, &visit, &staff, (false, None, Some(procedure))).await?),
        },
        _ => Err(Problem::Malformed.into()),
    };
    match outcome.map_err(Error::into_problem) {
        Ok(()) => Ok(Redirect::to(&visit.url(&format!("{HERE}?{DONE}=yes"))).into_response()),
        Err(problem) if matches!(problem, Problem::Refused(_) | Problem::NotFound) && problem.status() != 401 => {
            Ok(page(&app, &visit, &staff, (false, Some(problem), None)).await?)
        }
        Err(problem) => Err(problem.into()),
    }
}

/// What was typed is no sum.
struct NoSum;

/// A sum in yuan, in fen; none where nothing was typed, which takes the threshold away.
fn sum(typed: &str) -> Result<Option<i64>, NoSum> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    fen(typed).filter(|fen| *fen > 0).map(Some).ok_or(NoSum)
}

/// What the page says of the last press: whether it was done, why it was refused, or of which procedure the sum is none.
type Told<'a> = (bool, Option<Problem>, Option<&'a str>);

async fn page(app: &App, visit: &Visit, staff: &Staff, (done, problem, wrong): Told<'_>) -> Result<Response, Error> {
    let (locale, now) = (visit.locale, app.now());
    let officers = Officers::load(app, staff).await?;
    let decides = may(staff, Right::DecideCases).is_ok();
    let mut all = Vec::new();
    for offered in app.policies().procedures(&app.settings().region) {
        let of = (offered.region.as_str(), offered.procedure.id.as_str());
        let held = threshold::of(app, staff, of, now).await?;
        all.push((offered, held));
    }
    let one = |(offered, held): &(Arc<Offered>, Threshold)| {
        let (id, name) = (offered.procedure.id.as_str(), offered.procedure.name());
        part(visit, &officers, (id, name.say(locale), decides, wrong == Some(id)), held)
    };
    let parts: Vec<_> = all.iter().map(one).collect();
    let status = match (&problem, wrong) {
        (Some(problem), _) => server::rejection::status(problem),
        (None, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, None) => StatusCode::OK,
    };
    let problem = problem.as_ref().map(|problem| refused(locale, problem, None));
    let title = locale.say("从多少钱起要加签", "From which sum on a further signature is needed");
    let done = done.then(|| {
        let said = locale.say("已经记下", "It is recorded");
        view! { <Notice tone=Tone::Success title=said live=true focus=true /> }
    });
    Ok(draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <BackLink href=visit.url(PAGE) text=locale.say("返回申请", "Back to applications") />
                <h1>{title}</h1>
                {problem}
                {done}
                <p>
                    {locale.say(
                        "每件准予都由两个人办。金额到了起点的，还有金额没有核定的，复核以前由财务岗位加签。改起点要由一个人提、另一个人确认。",
                        "Every grant takes two persons. From the sum below on, and where it is not worked out yet, a finance officer \
                         signs before the second of them. One person proposes another sum and another confirms it.",
                    )}
                </p>
                {parts}
            </div>
        }
    })))
}

/// One procedure: what is in force, what waits, and the form for another sum.
fn part(
    visit: &Visit,
    officers: &Officers,
    (id, name, decides, is_wrong): (&str, &str, bool, bool),
    held: &Threshold,
) -> AnyView {
    let locale = visit.locale;
    let now = in_words(locale, held.fen);
    let now = say!(locale, "现在：{now}", "now: {now}");
    let waits = held.waiting.as_ref().map(|waiting| waits(visit, officers, waiting, decides));
    let form = (decides && held.waiting.is_none()).then(|| {
        let wrong = is_wrong.then(|| {
            locale
                .say("请写成元，例如 5000；不要加签的，空着。", "Write yuan, such as 5000, or leave it empty for none.")
                .to_owned()
        });
        let procedure = id.to_owned();
        view! {
            <form class="flow" method="post" action=visit.url(HERE) novalidate>
                <input type="hidden" name="procedure" value=procedure />
                <TextField
                    locale=locale
                    name="sum"
                    label=locale.say("改成（元；不要加签的，空着）", "It should be (yuan; empty for none)")
                    error=wrong
                    inputmode="decimal"
                    width="input-short"
                />
                <p class="actions">
                    <button class="act" name="do" value="propose">
                        {locale.say("提出，请别人确认", "Propose it for a second person")}
                    </button>
                </p>
            </form>
        }
    });
    let name = name.to_owned();
    view! {
        <section class="flow">
            <h2>{name}</h2>
            <p>{now}</p>
            {waits}
            {form}
        </section>
    }
    .into_any()
}

fn waits(visit: &Visit, officers: &Officers, waiting: &Waiting, decides: bool) -> AnyView {
    let locale = visit.locale;
    let is_own = waiting.proposer == officers.me;
    let (by, until) = (officers.called(&waiting.proposer, locale), words::moment(locale, waiting.expires_at));
    let sum = in_words(locale, waiting.fen);
    let said = say!(
        locale,
        "{by} 提出改成：{sum}。{until} 以前要由另一个人确认。",
        "{by} proposes: {sum}. Another person has to confirm it before {until}."
    );
    let confirm = (!is_own).then(|| {
        view! {
            <button class="act act-strong" name="do" value="confirm">
                {locale.say("确认", "Confirm")}
            </button>
        }
    });
    let decline = if is_own { locale.say("撤回", "Withdraw it") } else { locale.say("不同意", "Decline it") };
    let form = decides.then(|| {
        view! {
            <form class="acts" method="post" action=visit.url(HERE)>
                <input type="hidden" name="id" value=waiting.id.clone() />
                {confirm}
                <button class="act" name="do" value="decline">{decline}</button>
            </form>
        }
    });
    view! {
        <p>{said}</p>
        {form}
    }
    .into_any()
}

fn in_words(locale: Locale, fen: Option<i64>) -> String {
    let none = || locale.say("不用加签", "no further signature").to_owned();
    fen.map_or_else(none, |fen| say!(locale, "从 {} 起", "from {} on", money(locale, Exact::from(fen))))
}
