//! `/staff/own-data`: somebody asks what is kept of them, has a slip put right, or has it erased (个人信息保护法 art 45–47). Found by
//! the document that lies on the desk; each act is one press, and a correction is read before it is made.

mod correcting;
mod found;
mod sheet;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    counter::own_data::{self, Kept, Named, Reviewed},
    rejection::with_retry_after,
    staff::authority::Staff,
};
use shared::{
    appointments::{BookingReference, Refusal as NotBooked},
    counter::Refusal,
    field::{FieldErrors, FieldMessage, Reason},
    identity::PersonName,
    locale::Locale,
    problem::Problem,
};

use self::correcting::Typed as Correction;
use super::{
    card::{self, Looking, Typed},
    refused::refused,
};
use crate::{
    components::{
        error_summary::{ErrorSummary, message_at},
        notice::{Notice, Tone},
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, address, value},
    site::{BookableServices, Signed},
    visit::Visit,
};

pub const PAGE: &str = "/staff/own-data";
/// The query of this page when something was just done, and what.
const DONE: &str = "done";

/// What stands on the page.
#[derive(Default)]
struct Page {
    typed: Typed,
    mistyped: Mistyped,
    /// What was found, where somebody has looked.
    found: Option<Vec<Kept>>,
    correction: Correction,
    reviewed: Option<Reviewed>,
    messages: Vec<FieldMessage>,
    problem: Option<Problem>,
    done: Option<Done>,
}

#[derive(Clone, Copy)]
enum Done {
    Erased,
    Corrected,
}

impl Done {
    fn read(text: &str) -> Option<Self> {
        match text {
            "erased" => Some(Self::Erased),
            "corrected" => Some(Self::Corrected),
            _ => None,
        }
    }
}

/// How a booking is found whose number is not that of the card.
#[derive(Default)]
struct Mistyped {
    reference: String,
    name: String,
}

impl Mistyped {
    fn of(typed: &Pairs) -> Self {
        let text = |name| value(typed, name).unwrap_or_default().to_owned();
        Self { reference: text("reference"), name: text("card_name") }
    }

    fn read(&self) -> Result<Option<(BookingReference, PersonName)>, FieldErrors> {
        if self.reference.trim().is_empty() && self.name.trim().is_empty() {
            return Ok(None);
        }
        let mut errors = FieldErrors::new();
        let unread =
            |_| Reason::own("reference", "预约号不对，请看短信再填。", "That is no reference number: see the text.");
        let reference = errors.keep("reference", BookingReference::parse(&self.reference).map_err(unread));
        let name = errors.keep("card_name", PersonName::parse(&self.name));
        match (reference, name) {
            (Some(reference), Some(name)) if errors.is_empty() => Ok(Some((reference, name))),
            _ => Err(errors),
        }
    }

    fn draw(&self, locale: Locale, messages: &[FieldMessage]) -> AnyView {
        let error = |name| message_at(messages, name);
        let is_open = !self.reference.is_empty() || !self.name.is_empty();
        view! {
            <details class="ask" open=is_open>
                <summary>{locale.say("预约里的证件号码填错了，按证件查不到…", "The number in the booking is wrong…")}</summary>
                <div class="ask-body flow">
                    <p>
                        {locale.say(
                            "照着证件填姓名，和预约里的一样才查得到；查到了，只能把号码更正成证件上的。姓名和号码都不对的，请取消以后重新约。",
                            "Enter the name as on the document: it has to be that of the booking, and all that can be done then is to \
                             put the number right. Where neither agrees, cancel it and book again.",
                        )}
                    </p>
                    <TextField
                        locale=locale
                        name="reference"
                        label=locale.say("预约号（本人短信里有）", "Reference number (in their text)")
                        value=self.reference.clone()
                        error=error("reference")
                    />
                    <TextField
                        locale=locale
                        name="card_name"
                        label=locale.say("证件上的姓名", "Name on the document")
                        value=self.name.clone()
                        error=error("card_name")
                    />
                </div>
            </details>
        }
        .into_any()
    }
}

pub async fn show(visit: Visit, Query(asked): Query<Pairs>) -> Response {
    let done = value(&asked, DONE).and_then(Done::read);
    draw(&visit, StatusCode::OK, Page { done, ..Page::default() })
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let claim = value(&typed, "claim").unwrap_or_default();
    let now = app.now();
    let done = |what| Redirect::to(&visit.url(&address(PAGE, [(DONE, what)]))).into_response();
    let answer = match value(&typed, "do") {
        Some("find") => return find(&app, &visit, &staff, &typed).await,
        Some("copy") => own_data::copy(&app, &staff, claim, now)
            .await
            .map(|handed| sheet::draw(&visit, now, (&handed, asks_for_lookups(&typed)), services.of(&handed.service))),
        Some("erase") => own_data::erase(&app, &staff, claim, now).await.map(|()| done("erased")),
        Some("review") => return review(&app, &visit, &staff, (claim, &typed)).await,
        Some("change") => return change(&app, &visit, &staff, (claim, &typed)).await,
        Some("correct") => own_data::correct(&app, &staff, claim, now).await.map(|()| done("corrected")),
        _ => return Err(Problem::Malformed.into()),
    };
    match answer.map_err(server::Error::into_problem) {
        Ok(page) => Ok(page),
        Err(problem) => told_here(&visit, problem, Page::default()),
    }
}

/// Whether they want it printed when they were looked up.
fn asks_for_lookups(typed: &Pairs) -> bool {
    value(typed, found::LOOKUPS) == Some("yes")
}

async fn find(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Response, Rejection> {
    let (card, mistyped) = (Typed::of(typed), Mistyped::of(typed));
    let read = match (card.read(visit.locale, app.now()), mistyped.read()) {
        (Ok((document, born)), Ok(mistyped)) => Ok(Named { document, born, mistyped }),
        (card, mistyped) => {
            let mut errors = card.err().unwrap_or_default();
            errors.extend(mistyped.err().unwrap_or_default());
            Err(errors)
        }
    };
    let page = Page { typed: card, mistyped, ..Page::default() };
    let named = match read {
        Ok(named) => named,
        Err(errors) => {
            let messages = errors.messages(visit.locale);
            return Ok(draw(visit, StatusCode::UNPROCESSABLE_ENTITY, Page { messages, ..page }));
        }
    };
    match own_data::find(app, staff, &named, app.now()).await {
        Ok(found) => Ok(draw(visit, StatusCode::OK, Page { found: Some(found), ..page })),
        Err(error) => told_here(visit, error.into_problem(), page),
    }
}

async fn review(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    (claim, typed): (&str, &Pairs),
) -> Result<Response, Rejection> {
    let correction = Correction::of(typed);
    let asked = (claim, &*correction.name, &*correction.phone);
    match own_data::review(app, staff, asked, app.now()).await.map_err(server::Error::into_problem) {
        Ok(reviewed) => {
            Ok(draw(visit, StatusCode::OK, Page { reviewed: Some(reviewed), correction, ..Page::default() }))
        }
        Err(Problem::Fields(errors)) => {
            let messages = errors.messages(visit.locale);
            let found = own_data::again(app, staff, claim, app.now()).await?;
            let page = Page { found: Some(vec![found]), correction, messages, ..Page::default() };
            Ok(draw(visit, StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(problem) => told_here(visit, problem, Page::default()),
    }
}

/// Back to what was typed for a correction that was read and is not to be made like that.
async fn change(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    (claim, typed): (&str, &Pairs),
) -> Result<Response, Rejection> {
    match own_data::again(app, staff, claim, app.now()).await {
        Ok(found) => {
            let page = Page { found: Some(vec![found]), correction: Correction::of(typed), ..Page::default() };
            Ok(draw(visit, StatusCode::OK, page))
        }
        Err(error) => told_here(visit, error.into_problem(), Page::default()),
    }
}

/// What this page itself says of what was refused.
fn told_here(visit: &Visit, problem: Problem, page: Page) -> Result<Response, Rejection> {
    let refused = problem.refusal::<Refusal>().is_some() || problem.refusal::<NotBooked>().is_some();
    if !(refused || matches!(problem, Problem::Fields(_) | Problem::Busy)) {
        return Err(problem.into());
    }
    let status = server::rejection::status(&problem);
    let drawn = draw(visit, status, Page { problem: Some(problem.clone()), ..page });
    Ok(with_retry_after(drawn, &problem))
}

fn draw(visit: &Visit, status: StatusCode, page: Page) -> Response {
    let locale = visit.locale;
    let title = locale.say("本人的信息", "Their own data");
    let Page { typed, mistyped, found, correction, reviewed, messages, problem, done } = page;
    let action = visit.url(PAGE);
    let done = done.map(|done| said(locale, done));
    let is_reviewed = reviewed.is_some();
    let reviewed = reviewed.map(|reviewed| correcting::draw(locale, &action, &reviewed, &correction));
    let found = found.map(|found| found::draw(visit, &action, (&found, &correction), &messages));
    let again = found.as_ref().map(|_| view! { <h2>{locale.say("另查一个证件", "Look up another document")}</h2> });
    let look = (!is_reviewed).then(|| {
        let looking = Looking {
            says: locale.say(
                "有人要看、要更正、要删除自己的信息：请本人出示证件，人证一致，再照着证件查。监护人、持委托书的代理人、\
                 去世的人的近亲属来问的：窗口不查，请大厅负责人收书面申请，由主办单位答复。",
                "Somebody asks for their own data, to see it, put it right or have it erased: see the document, check that it is \
                 theirs, and look it up from it. From a guardian, an agent with a written authority, or a near relative of somebody who has \
                 died, the manager takes a written request, which the bureau answers; nothing is looked up for them here.",
            ),
            more: Some(mistyped.draw(locale, &messages)),
            button: locale.say("查存了什么", "Look for what is kept"),
        };
        card::draw(locale, &action, &typed, &messages, looking)
    });
    draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {done}
                {problem.map(|problem| refused(locale, &problem, None))}
                {reviewed}
                {found}
                {again}
                {look}
            </div>
        }
    }))
}

fn said(locale: Locale, done: Done) -> AnyView {
    let (title, text) = match done {
        Done::Erased => (
            locale.say("本人的信息已经删除", "Their details are erased"),
            locale.say(
                "这个预约里本人的姓名、号码和只发到本人手机的短信都删了。对方的是对方的，没有动；办理记录里没有姓名和号码，留着。",
                "Their name and numbers in this booking, and the texts that went to their phone alone, are gone. The other \
                 person’s were left, as they are theirs, and so was the record, which has no name or number in it.",
            ),
        ),
        Done::Corrected => (
            locale.say("已经更正", "It is corrected"),
            locale.say(
                "时间没有变。短信已经交给发送，发到更正以前和以后的手机，只说信息更正过，不说改了什么。",
                "The time stands. A text is on its way to the phones of before and of now, which says that details were corrected \
                 and not which.",
            ),
        ),
    };
    view! {
        <Notice tone=Tone::Success title=title live=true focus=true>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}
