//! `/staff/new-person`: taking somebody on, with an account, a first role and an invitation to hand over.

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
    staff::{
        account::{self, Person},
        authority::Staff,
        hiring::{self, Hired},
        people,
    },
};
use shared::{
    field::FieldMessage,
    identity::PersonName,
    locale::Locale,
    problem::Problem,
    say,
    staff::{AccountName, Grant, Refusal, Right},
};

use super::{
    grant_fields::Choices,
    handed,
    proof::{Proof, prove},
    refused::refused,
    sign_in::message,
};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        error_summary::{ErrorSummary, message_at},
        id_field::IdField,
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
};

const PAGE: &str = "/staff/new-person";
/// Not `account`, which is what somebody signs in with and never kept in a page.
const ACCOUNT: &str = "new-account";

pub async fn show(State(app): State<App>, visit: Visit, Extension(staff): Signed) -> Result<Response, Rejection> {
    Ok(form(&app, &visit, &staff, &Vec::new(), Wrong::default()).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let read = read(&app, &visit, &staff, &typed).await?;
    let new = match read {
        Ok(new) => new,
        Err(messages) => return Ok(form(&app, &visit, &staff, &typed, Wrong { messages, problem: None }).await?),
    };
    let what = visit.say("确认，并登记这个人", "Confirm, and take them on");
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, what)).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => Ok(given.answer(hire(&app, &visit, &given.staff, (&typed, new)).await)),
    }
}

/// What the form said.
struct New {
    person: Person,
    account: AccountName,
    grant: Grant,
}

/// What was wrong with it.
#[derive(Default)]
struct Wrong {
    messages: Vec<FieldMessage>,
    problem: Option<Problem>,
}

async fn read(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Result<New, Vec<FieldMessage>>, Error> {
    let locale = visit.locale;
    let text = |name| value(typed, name).unwrap_or_default();
    let mut messages = Vec::new();
    let mut say = |field: &str, sentence: &str| messages.push(message(field, sentence));
    let name = PersonName::parse(text("name")).map_err(|reason| say("name", &reason.sentence(locale))).ok();
    let document = account::document(text("number")).map_err(|reason| say("number", &reason.sentence(locale))).ok();
    let account = AccountName::parse(text(ACCOUNT)).map_err(|_| say(ACCOUNT, misnamed(locale))).ok();
    let scopes = people::list(app, staff, app.now()).await?.scopes;
    let there = scopes.of(staff, Right::GrantRoles);
    let choices = Choices { locale, scopes: &scopes, there, now: app.now() };
    let grant = choices.read(typed).map_err(|wrong| messages.extend(wrong)).ok();
    Ok(match (name, document, account, grant) {
        (Some(name), Some(document), Some(account), Some(grant)) => {
            Ok(New { person: Person { name, document }, account, grant })
        }
        _ => Err(messages),
    })
}

fn misnamed(locale: Locale) -> &'static str {
    locale.say(
        "账号名用 2 到 40 个小写字母、数字、短横线和点，字母开头，比如 wang.min。",
        "An account has 2 to 40 small letters, digits, dashes or dots, a letter first, such as wang.min.",
    )
}

async fn hire(app: &App, visit: &Visit, staff: &Staff, (typed, new): (&Pairs, New)) -> Result<Response, Error> {
    let New { person, account, grant } = new;
    let hired = hiring::hire(app, staff, (&person, &account), grant.clone(), app.now()).await;
    let error = match hired {
        Ok(Hired::Invited { code }) => return Ok(done(app, visit, (&person, &account, &grant), Some(&code))),
        Ok(Hired::Proposed) => return Ok(done(app, visit, (&person, &account, &grant), None)),
        Ok(Hired::HadAccount) => {
            return Ok(Redirect::to(&visit.url(&format!("/staff/people/{account}?done=given"))).into_response());
        }
        Err(error) => error,
    };
    let wrong = match error.refusal() {
        Some(Refusal::PersonKnown) => {
            let known = known(app, visit, staff, &person).await?;
            Wrong { messages: vec![message("number", &known)], problem: None }
        }
        Some(Refusal::AccountTaken) => {
            let sentence = error.into_problem().sentence(visit.locale);
            Wrong { messages: vec![message(ACCOUNT, &sentence)], problem: None }
        }
        Some(_) => Wrong { messages: Vec::new(), problem: Some(error.into_problem()) },
        None => return Err(error),
    };
    form(app, visit, staff, typed, wrong).await
}

/// Whose number it is, as far as this administrator looks after them.
async fn known(app: &App, visit: &Visit, staff: &Staff, person: &Person) -> Result<String, Error> {
    let locale = visit.locale;
    let entries = people::list(app, staff, app.now()).await?.entries;
    let entry = entries.into_iter().find(|entry| entry.who.document.as_ref() == Some(&person.document));
    Ok(match entry {
        Some(entry) => {
            let (name, account) = (entry.who.name.as_str().to_owned(), entry.account);
            say!(
                locale,
                "这个证件号码已经登记过，是 {name}，账号 {account}。一个人只登记一次，请到人员名单里给他加岗位。",
                "This number is known: {name}, account {account}. Everybody stands on the list once; give them the role there."
            )
        }
        None => locale
            .say(
                "这个人在别的大厅登记过，一个人只登记一次。请问本人现在用哪个账号，填到“账号名”里，就只给他加上这里的岗位。",
                "They work in another office, and everybody stands on the list once. Ask them for the name of their account \
                 and enter it below: then they get the role here and nothing else.",
            )
            .to_owned(),
    })
}

async fn form(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs, wrong: Wrong) -> Result<Response, Error> {
    let locale = visit.locale;
    let scopes = people::list(app, staff, app.now()).await?.scopes;
    let there = scopes.of(staff, Right::GrantRoles);
    let choices = Choices { locale, scopes: &scopes, there, now: app.now() };
    let title = locale.say("登记新人员", "Take somebody on");
    let Wrong { messages, problem } = wrong;
    let status = match &problem {
        Some(problem) => rejection::status(problem),
        None if messages.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let problem = problem.map(|problem| refused(locale, &problem, None));
    let text = |name| value(typed, name).unwrap_or_default().chars().take(200).collect::<String>();
    let grant = choices.fields(typed, &messages, &[], false);
    let account_hint = locale.say("用来登录，定了就不能改，比如 wang.min", "To sign in with; it never changes");
    let fields = view! {
        <TextField
            locale=locale
            name="name"
            label=locale.say("姓名", "Name")
            value=text("name")
            hint=Some(locale.say("与身份证上的一致", "As on the identity card").to_owned())
            error=message_at(&messages, "name")
        />
        <IdField
            locale=locale
            name="number"
            label=locale.say("身份证号码", "Number of the identity card")
            value=text("number")
            hint=Some(
                locale.say("请看着证件填，一个人只登记一次", "Read it from the card: everybody stands here once").to_owned(),
            )
            error=message_at(&messages, "number")
        />
        <TextField
            locale=locale
            name=ACCOUNT
            label=locale.say("账号名", "Account")
            value=text(ACCOUNT)
            hint=Some(account_hint.to_owned())
            error=message_at(&messages, ACCOUNT)
        />
        {grant}
    };
    Ok(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <BackLink href=visit.url("/staff/people") text=locale.say("人员与岗位", "People and roles") />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {problem}
                <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                    {fields}
                    <p class="actions">
                        <Button text=locale.say("登记，生成邀请码", "Take on and make the invitation") />
                    </p>
                </form>
            </div>
        }
    }))
}

fn done(
    app: &App,
    visit: &Visit,
    (person, account, grant): (&Person, &AccountName, &Grant),
    code: Option<&str>,
) -> Response {
    let locale = visit.locale;
    let (name, role) = (person.name.as_str().to_owned(), grant.role.words(locale));
    let title = say!(locale, "{name} 登记好了", "{name} is on the list");
    let role = if grant.role.takes_two() {
        say!(
            locale,
            "“{role}”已经提出，要另一位账号管理员同意才生效。同意以后，由那一位在这个人的页面上生成邀请码。",
            "The role of {role} is proposed, and holds once another administrator has approved; they make the invitation \
             on this person's page then."
        )
    } else {
        say!(locale, "岗位：{role}。", "Role: {role}.")
    };
    let origin = app.settings().origin();
    let next = visit.url(&format!("/staff/people/{account}"));
    let page = draw::staff(visit, StatusCode::OK, &title, || {
        view! {
            <div class="flow column">
                <h1>{title.clone()}</h1>
                <p>{role}</p>
                {code.map(|code| handed::invitation(visit, &origin, account, code))}
                <p class="actions">
                    <LinkButton href=next text=locale.say("看这个人的岗位", "See their roles") weight=Weight::Secondary />
                    <LinkButton
                        href=visit.url(PAGE)
                        text=locale.say("再登记一个", "Take on another")
                        weight=Weight::Quiet
                    />
                </p>
            </div>
        }
    });
    draw::no_store(page)
}
