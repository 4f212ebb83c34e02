//! `/staff/confirm`: what waits for a second person: accounts that an administrator opened for somebody, administrators,
//! auditors and last managers whom one suspended, roles that another proposed, and what another wants said of a place. Whoever is asked
//! here also lets colleagues in on new machines.

mod new_machine;
mod places;
mod waiting;

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
    counter::place_change,
    rejection,
    staff::{
        authority::Staff,
        confirming::{self, Decision},
        people,
    },
};
use shared::{
    field::FieldMessage,
    locale::Locale,
    problem::Problem,
    say,
    staff::{AccountName, Refusal, Right},
};

use super::{
    people::tasks,
    proof::{Proof, prove},
    refused::refused,
    sign_in::message,
};
use crate::{
    components::{
        empty::Empty,
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
    },
    draw,
    pairs::{Pairs, address, value},
    site::Signed,
    visit::Visit,
};

pub(super) use places::differences;
pub(super) use waiting::section;

pub(super) const PAGE: &str = "/staff/confirm";

pub async fn show(State(app): State<App>, visit: Visit, Extension(staff): Signed) -> Result<Response, Rejection> {
    Ok(draw(&app, &visit, &staff, Told::default()).await?)
}

/// One press: `seen:account`, `not-seen:account`, `agree:account`, `disagree:account`, `place-confirm:id`, `place-decline:id`,
/// `let-in`.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    if value(&typed, "do") == Some(new_machine::ACT) {
        let text = new_machine::typed(&typed);
        let Ok(account) = AccountName::parse(text) else {
            let told = Told { messages: new_machine::wrong(&visit), typed: text, ..Told::default() };
            return Ok(draw(&app, &visit, &staff, told).await?);
        };
        return match prove(&app, &visit, (&client, &headers), &staff, (&typed, new_machine::words(&visit))).await? {
            Proof::Asked(page) => Ok(page),
            Proof::Given(given) => {
                let page = new_machine::take(&app, &visit, &given.staff, &account).await;
                Ok(given.answer(page))
            }
        };
    }
    if let Some(pressed) = places::Pressed::read(&typed) {
        return match prove(&app, &visit, (&client, &headers), &staff, (&typed, pressed.words(visit.locale))).await? {
            Proof::Asked(page) => Ok(page),
            Proof::Given(given) => {
                let decided = pressed.take(&app, &given.staff).await;
                let page = answered(&app, &visit, &given.staff, decided).await;
                Ok(given.answer(page))
            }
        };
    }
    let pressed = Pressed::read(&typed).ok_or(Problem::Malformed)?;
    if let Decision::Seen { number } = pressed.decision
        && number.trim().is_empty()
    {
        let sentence = visit.say("请输入本人报的 6 位数字。", "Enter the six digits that they tell you.");
        let messages = vec![message(&number_field(&pressed.account), sentence)];
        return Ok(draw(&app, &visit, &staff, Told { messages, ..Told::default() }).await?);
    }
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, pressed.words(visit.locale))).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => {
            let page = decide(&app, &visit, &given.staff, &pressed).await;
            Ok(given.answer(page))
        }
    }
}

async fn decide(app: &App, visit: &Visit, staff: &Staff, pressed: &Pressed<'_>) -> Result<Response, Error> {
    let decided = confirming::decide(app, staff, &pressed.account, pressed.decision, app.now()).await;
    match decided.map_err(Error::into_problem) {
        Err(problem) if matches!(problem.refusal(), Some(Refusal::NotTheNumber)) => {
            let messages = vec![message(&number_field(&pressed.account), &problem.sentence(visit.locale))];
            draw(app, visit, staff, Told { messages, ..Told::default() }).await
        }
        decided => {
            let there = decided.map(|()| address(PAGE, [("done", pressed.done())]));
            answered(app, visit, staff, there.map_err(Error::from)).await
        }
    }
}

/// The page again, at the address that says what was done, or why it was not.
async fn answered(app: &App, visit: &Visit, staff: &Staff, decided: Result<String, Error>) -> Result<Response, Error> {
    let problem = match decided {
        Ok(there) => return Ok(Redirect::to(&visit.url(&there)).into_response()),
        Err(error) => error.into_problem(),
    };
    match problem.refusal() {
        Some(Refusal::NothingToConfirm | Refusal::FirstStopped | Refusal::TakesAnother | Refusal::NotTheSecond) => {
            draw(app, visit, staff, Told { problem: Some(problem), ..Told::default() }).await
        }
        _ => Err(problem.into()),
    }
}

/// What was pressed, of whom.
struct Pressed<'a> {
    account: AccountName,
    decision: Decision<'a>,
}

/// The field for what the owner of an account tells.
fn number_field(account: &AccountName) -> String {
    format!("number.{account}")
}

impl<'a> Pressed<'a> {
    fn read(typed: &'a Pairs) -> Option<Self> {
        let (act, account) = value(typed, "do")?.split_once(':')?;
        let account = AccountName::parse(account).ok()?;
        let decision = match act {
            "seen" => Decision::Seen { number: value(typed, &number_field(&account)).unwrap_or_default() },
            "not-seen" => Decision::NotSeen,
            "agree" => Decision::Agree,
            "disagree" => Decision::Disagree,
            _ => return None,
        };
        Some(Self { account, decision })
    }

    /// On the button that proves who presses.
    fn words(&self, locale: Locale) -> &'static str {
        match self.decision {
            Decision::Seen { .. } => locale.say("确认：账号是本人的", "Confirm: the account is theirs"),
            Decision::NotSeen => locale.say("确认：拒绝，关闭账号", "Confirm: refuse, and close the account"),
            Decision::Agree => locale.say("确认，并同意停用", "Confirm and agree to the suspension"),
            Decision::Disagree => locale.say("确认：不同意，马上恢复", "Confirm: let them in again"),
        }
    }

    /// What the address says once it is done.
    fn done(&self) -> &'static str {
        match self.decision {
            Decision::Seen { .. } => "seen",
            Decision::NotSeen => "not-seen",
            Decision::Agree => "agreed",
            Decision::Disagree => "not-agreed",
        }
    }
}

/// What was just done, by the query of the page.
fn done(visit: &Visit) -> Option<&'static str> {
    Some(match visit.query.as_deref()?.strip_prefix("done=")?.split('&').next()? {
        "seen" => visit.say("确认了，本人可以登录了", "Confirmed: they can sign in now"),
        "not-seen" => visit.say(
            "拒绝了，账号已经关闭。请马上告诉另一位账号管理员和审计员",
            "Refused, and the account is closed. Tell another account administrator and the auditor at once",
        ),
        "agreed" => visit.say("同意了，账号一直停用到有人恢复", "Agreed: the account stays suspended"),
        "not-agreed" => visit.say("已经恢复，本人可以登录了", "They can sign in again"),
        places::CONFIRMED => visit.say("确认了，大家现在看到的就是新的", "Confirmed: everybody reads it from now on"),
        places::DECLINED => {
            visit.say("您没有同意，改动作废，还是原来的", "You declined: the change is void, and nothing was changed")
        }
        places::WITHDRAWN => visit.say("您撤回了改动，还是原来的", "You withdrew the change, and nothing was changed"),
        _ => return None,
    })
}

/// What the page says beside what waits.
#[derive(Default)]
struct Told<'a> {
    messages: Vec<FieldMessage>,
    /// The account of whoever is to be let in.
    typed: &'a str,
    problem: Option<Problem>,
    /// Who was let in, and with which word.
    word: Option<(&'a AccountName, &'a str)>,
}

async fn draw(app: &App, visit: &Visit, staff: &Staff, told: Told<'_>) -> Result<Response, Error> {
    let Told { messages, typed, problem, word } = told;
    let locale = visit.locale;
    let waiting = confirming::waiting(app, staff, app.now()).await?;
    // Roles wait for whoever manages accounts; they are decided where they are given.
    let manages = !staff.anywhere(Right::ManageAccounts).is_empty();
    let (proposed, scopes) = if manages {
        let people = people::list(app, staff, app.now()).await?;
        (tasks::draw(visit, staff, &people, app.now()), people.scopes)
    } else {
        (None, people::scopes(app).await?)
    };
    let changes = place_change::waiting(app, staff, app.now()).await?;
    let title = locale.say("等第二个人确认", "Waiting for a second person");
    let status = match &problem {
        Some(problem) => rejection::status(problem),
        None if messages.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let of = places::named(app, visit).await?;
    let done = done(visit).filter(|_| problem.is_none() && messages.is_empty());
    let done = done.map(|done| match of {
        Some(place) => say!(locale, "{place}：{done}", "{place}: {done}"),
        None => done.to_owned(),
    });
    let done = done.map(|done| view! { <Notice tone=Tone::Success title=done live=true focus=true /> });
    let problem = problem.map(|problem| refused(locale, &problem, None));
    let section = section(visit, staff, (&waiting, &scopes), &messages);
    let places = places::section(visit, staff, &changes);
    let new_machine = new_machine::form(visit, &messages, typed);
    let handed = word.map(|(account, word)| new_machine::handed(visit, account, word));
    let none = (waiting.is_empty() && changes.is_empty() && proposed.is_none()).then(|| {
        view! {
            <Empty title=locale.say("现在没有要确认的", "Nothing waits")>
                <p>
                    {locale.say(
                        "账号管理员给人开账号、重置账号，或者停用另一位管理员、审计员、大厅唯一的负责人，大厅负责人改地点的名称、地址、电话以后，会在这里等第二个人。",
                        "Accounts that an administrator opened for somebody wait here, administrators, auditors and an office's only \
                         manager whom one of them suspended, and what a manager wants said of a place.",
                    )}
                </p>
            </Empty>
        }
    });
    Ok(draw::staff(visit, status, title, || {
        view! {
            <div class="flow">
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {problem}
                {done}
                {handed}
                {section}
                {places}
                {proposed}
                {none}
                {new_machine}
            </div>
        }
    }))
}
