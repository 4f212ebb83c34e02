//! `/staff/people/{account}`: what somebody was given, and how their account stands.

use axum::{
    Extension, Form,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use server::{
    App, Error, Rejection,
    client::Client,
    staff::{
        authority::Staff,
        giving::{self, TakenBack},
        managing, people,
        proposal::{self, Decision},
    },
};
use shared::{
    field::FieldMessage,
    locale::Locale,
    problem::Problem,
    staff::{AccountName, Right},
};

use super::person::{self, Told};
use crate::{
    pages::staff::{
        grant_fields::Choices,
        proof::{Proof, prove},
        sign_in::message,
    },
    pairs::{Pairs, address, value},
    site::Signed,
    visit::Visit,
};

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Path(account): Path<String>,
) -> Result<Response, Rejection> {
    let account = named(&account)?;
    Ok(person::draw(&app, &visit, &staff, &account, Told::default()).await?)
}

fn named(account: &str) -> Result<AccountName, Problem> {
    // There is one address for each account.
    AccountName::parse(account).ok().filter(|name| name.as_str() == account).ok_or(Problem::NotFound)
}

/// One press: `suspend`, `lift`, `end`, `reset`, `give`, `take:grant`, `approve:proposal`, `decline:proposal`.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Path(account): Path<String>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let account = named(&account)?;
    let act = Act::read(value(&typed, "do").unwrap_or_default()).ok_or(Problem::Malformed)?;
    // Whoever works elsewhere is nobody here, before anything else is asked.
    people::one(&app, &staff, &account, app.now()).await?;
    let messages = act.wrong(&app, &visit, &staff, &typed).await?;
    if !messages.is_empty() {
        let told = Told { messages, typed, ..Told::default() };
        return Ok(person::draw(&app, &visit, &staff, &account, told).await?);
    }
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, act.words(visit.locale))).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => {
            let taken = act.take(&app, &visit, &given.staff, (&account, &typed)).await;
            let page = match taken {
                Ok(Taken::Done(done)) => {
                    let path = format!("{}/{account}", super::PAGE);
                    Ok(Redirect::to(&visit.url(&address(&path, [("done", done)]))).into_response())
                }
                Ok(Taken::Invited(code)) => {
                    let told = Told { code: Some(code), ..Told::default() };
                    person::draw(&app, &visit, &given.staff, &account, told).await
                }
                Err(error) => refused(&app, &visit, &given.staff, (&account, typed), error).await,
            };
            Ok(given.answer(page))
        }
    }
}

async fn refused(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    (account, typed): (&AccountName, Pairs),
    error: Error,
) -> Result<Response, Error> {
    let problem = error.into_problem();
    if !matches!(problem, Problem::Refused(_)) || problem.status() == 401 {
        return Err(problem.into());
    }
    let told = Told { problem: Some(problem), typed, ..Told::default() };
    person::draw(app, visit, staff, account, told).await
}

enum Act {
    Suspend,
    Lift,
    End,
    Reset,
    Give,
    TakeBack(String),
    Decide(Decision, String),
}

enum Taken {
    /// What the address says of it.
    Done(&'static str),
    /// The code of an invitation.
    Invited(String),
}

impl Act {
    fn read(pressed: &str) -> Option<Self> {
        let (act, of) = pressed.split_once(':').unwrap_or((pressed, ""));
        Some(match act {
            "suspend" => Self::Suspend,
            "lift" => Self::Lift,
            "end" => Self::End,
            "reset" => Self::Reset,
            "give" => Self::Give,
            "take" => Self::TakeBack(of.to_owned()),
            "approve" => Self::Decide(Decision::Approve, of.to_owned()),
            "decline" => Self::Decide(Decision::Decline, of.to_owned()),
            _ => return None,
        })
    }

    /// On the button that proves who presses.
    fn words(&self, locale: Locale) -> &'static str {
        match self {
            Self::Suspend => locale.say("确认，并停用账号", "Confirm and suspend the account"),
            Self::Lift => locale.say("确认，并恢复登录", "Confirm and let them in again"),
            Self::End => locale.say("确认，并结束全部登录", "Confirm and end all sessions"),
            Self::Reset => locale.say("确认，并生成新的邀请码", "Confirm and make a new invitation"),
            Self::Give => locale.say("确认，并授予岗位", "Confirm and give the role"),
            Self::TakeBack(_) => locale.say("确认，并收回岗位", "Confirm and take the role back"),
            Self::Decide(Decision::Approve, _) => locale.say("确认，并同意授予", "Confirm and approve"),
            Self::Decide(Decision::Decline, _) => locale.say("确认，不授予", "Confirm: the role is not given"),
        }
    }

    /// What is wrong with what was typed for it.
    async fn wrong(&self, app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Vec<FieldMessage>, Error> {
        let locale = visit.locale;
        Ok(match self {
            Self::Reset if value(typed, person::SEEN) != Some("yes") => {
                let sentence = locale.say(
                    "请先当面核对本人的身份证，再勾选。",
                    "Look at the person and their identity card first, then tick this.",
                );
                vec![message(person::SEEN, sentence)]
            }
            Self::Give => {
                let scopes = people::list(app, staff, app.now()).await?.scopes;
                let there = scopes.of(staff, Right::GrantRoles);
                let choices = Choices { locale, scopes: &scopes, there, now: app.now() };
                choices.read(typed).err().unwrap_or_default()
            }
            _ => Vec::new(),
        })
    }

    async fn take(
        &self,
        app: &App,
        visit: &Visit,
        staff: &Staff,
        (account, typed): (&AccountName, &Pairs),
    ) -> Result<Taken, Error> {
        let now = app.now();
        Ok(Taken::Done(match self {
            Self::Suspend => {
                managing::suspend(app, staff, account, now).await?;
                "suspended"
            }
            Self::Lift => {
                managing::lift(app, staff, account, now).await?;
                "lifted"
            }
            Self::End => {
                managing::end_sessions(app, staff, account, now).await?;
                "ended"
            }
            Self::Reset => return Ok(Taken::Invited(managing::reset(app, staff, account, now).await?)),
            Self::Give => {
                let scopes = people::one(app, staff, account, now).await?.1;
                let there = scopes.of(staff, Right::GrantRoles);
                let choices = Choices { locale: visit.locale, scopes: &scopes, there, now };
                let grant = choices.read(typed).map_err(|_| Problem::Malformed)?;
                if grant.role.takes_two() {
                    proposal::propose(app, staff, account, grant, now).await?;
                    "proposed"
                } else {
                    giving::give(app, staff, account, grant, now).await?;
                    "given"
                }
            }
            Self::TakeBack(id) => match giving::take_back(app, staff, id, now).await? {
                TakenBack::Ended => "taken",
                TakenBack::Proposed => "end-proposed",
                TakenBack::ProposedAnew => "end-proposed-anew",
            },
            Self::Decide(decision, id) => {
                proposal::decide(app, staff, id, *decision, now).await?;
                if *decision == Decision::Approve { "given" } else { "declined" }
            }
        }))
    }
}

/// What was just done, by the query of the page.
pub(super) fn done(visit: &Visit) -> Option<&'static str> {
    Some(match visit.query.as_deref()?.strip_prefix("done=")? {
        "suspended" => visit.say("账号停用了，登录都已结束", "The account is suspended, and its sessions have ended"),
        "lifted" => visit.say("可以重新登录了", "They can sign in again"),
        "ended" => visit.say("全部登录都已结束", "All sessions have ended"),
        "given" => visit.say("岗位授予了，马上生效", "The role was given"),
        "proposed" => visit.say("提议已经发出，等另一位账号管理员同意", "Proposed: another administrator approves it"),
        "taken" => visit.say("岗位收回了，马上生效", "The role was taken back, and holds no more"),
        "end-proposed" => visit.say(
            "收回的提议已经记下，72 小时内等另一位账号管理员也来收回",
            "Proposed: the role ends once another administrator takes it back too, within 72 hours",
        ),
        "end-proposed-anew" => visit.say(
            "前一位提出的收回作废了：那个账号后来被停用过、结束过登录，或者换过密码、验证器。现在记下的是您提出的，72 小时内等另一位账号管理员也来收回",
            "What another proposed before is void: since then their account was closed, their sessions were ended, or their password or \
             authenticator was changed. Now you have proposed it: the role ends once another administrator takes it back too, within \
             72 hours",
        ),
        "declined" => visit.say("没有授予，提议已经了结", "The role was not given, and the proposal is closed"),
        _ => return None,
    })
}
