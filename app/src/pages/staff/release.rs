//! `/staff/release`: somebody says that a booking with their number is not theirs. Found by the document that lies on the
//! desk, ended by a second press; of whoever else it names nothing is shown.

mod found;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Rejection,
    appointments::booking::release::Telling,
    counter::disowned::{self, Done, Found},
    rejection::with_retry_after,
    staff::authority::Staff,
};
use shared::{
    appointments::Refusal as NotBooked,
    counter::Refusal,
    field::{FieldErrors, FieldMessage},
    locale::Locale,
    problem::Problem,
    say,
};

use self::found::Ending;
use super::{
    apart::help,
    card::{self, Looking, Typed},
    refused::refused,
};
use crate::{
    components::{
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
    },
    draw,
    pairs::{Pairs, address, value},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/release";
/// The query of this page when a booking was just ended: when its phones are told.
const DONE: &str = "done";
/// They are told never.
const NEVER: &str = "never";
/// It had ended, and was written down.
const NOTED: &str = "noted";

/// What stands on the page.
#[derive(Default)]
struct Page {
    typed: Typed,
    /// What was found, where somebody has looked.
    found: Option<Vec<Found>>,
    ending: Ending,
    messages: Vec<FieldMessage>,
    problem: Option<Problem>,
    done: Option<Told>,
}

/// What was just pressed.
#[derive(Clone, Copy)]
enum Told {
    /// A booking was ended, and its phones are told then.
    At(DateTime<Utc>),
    /// The same, and they are not told.
    Never,
    /// It was written down of one that had ended.
    Noted,
}

impl Told {
    fn of(telling: Telling, now: DateTime<Utc>) -> Self {
        match telling {
            Telling::Now => Self::At(now),
            Telling::After(wait) => Self::At(now + wait),
            Telling::Never => Self::Never,
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text {
            NEVER => return Some(Self::Never),
            NOTED => return Some(Self::Noted),
            _ => {}
        }
        text.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0)).map(Self::At)
    }

    fn write(self) -> String {
        match self {
            Self::At(at) => at.timestamp().to_string(),
            Self::Never => NEVER.to_owned(),
            Self::Noted => NOTED.to_owned(),
        }
    }

    fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::At(_) | Self::Never => locale.say("预约已经撤销", "The booking is released"),
            Self::Noted => locale.say("已经记下", "It is written down"),
        }
    }

    /// Where those who hold it are not to know, as another whom it names may have asked before, the same people together are booked
    /// by an office alone until its day is over.
    fn can_book(self, locale: Locale) -> &'static str {
        match self {
            Self::At(_) | Self::Never => locale.say(
                "本人现在就可以和别人重新预约。还是原来这些人的，网上可能约不上，请由窗口来约。",
                "The person can book at once with somebody else. The same people again may be refused online: book them here.",
            ),
            Self::Noted => locale.say("这个预约不妨碍本人再约。", "This booking keeps the person from nothing."),
        }
    }

    fn words(self, locale: Locale, now: DateTime<Utc>) -> String {
        match self {
            Self::Never => locale
                .say(
                    "不发短信。预约页面不说是办理机关撤销的。",
                    "No text goes out. The booking’s page does not say that the office ended it.",
                )
                .to_owned(),
            Self::Noted => locale
                .say(
                    "还有撤销的短信要发的，照刚才选的和别人选的里更晚的那个发。",
                    "Where a text that the office ended it is still to come, it goes as chosen, or later where another asked for it.",
                )
                .to_owned(),
            Self::At(at) if at <= now => locale
                .say(
                    "短信现在就发到预约的手机；预约里的另一个人也来说过、要更晚或者不通知的，照那个来。",
                    "The text goes to the phones of the booking now; where another whom it names has asked for later or never, \
                     that holds.",
                )
                .to_owned(),
            Self::At(at) => {
                let when = words::moment(locale, at);
                say!(
                    locale,
                    "短信 {when} 发到预约的手机；预约里的另一个人也来说过、要更晚或者不通知的，照那个来。在那以前，预约页面不说是办理机关\
                     撤销的。",
                    "The text goes to the phones of the booking on {when}; where another whom it names has asked for later or \
                     never, that holds. Until then its page does not say that the office ended it."
                )
            }
        }
    }
}

pub async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Pairs>) -> Response {
    let done = value(&asked, DONE).and_then(Told::read);
    draw(&visit, app.now(), StatusCode::OK, Page { done, ..Page::default() })
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    match value(&typed, "do") {
        Some("find") => find(&app, &visit, &staff, &typed).await,
        Some("release") => release(&app, &visit, &staff, &typed).await,
        _ => Err(Problem::Malformed.into()),
    }
}

async fn find(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Response, Rejection> {
    let typed = Typed::of(typed);
    let (document, born) = match typed.read(visit.locale, app.now()) {
        Ok(read) => read,
        Err(errors) => {
            let messages = errors.messages(visit.locale);
            return Ok(draw(
                visit,
                app.now(),
                StatusCode::UNPROCESSABLE_ENTITY,
                Page { typed, messages, ..Page::default() },
            ));
        }
    };
    match disowned::find(app, staff, (&document, born), app.now()).await {
        Ok(found) => Ok(draw(visit, app.now(), StatusCode::OK, Page { typed, found: Some(found), ..Page::default() })),
        Err(error) => {
            let problem = error.into_problem();
            let told_here =
                matches!(problem.refusal(), Some(Refusal::TooManyLookups { .. })) || problem == Problem::Busy;
            if !told_here {
                return Err(problem.into());
            }
            let status = server::rejection::status(&problem);
            let page =
                draw(visit, app.now(), status, Page { typed, problem: Some(problem.clone()), ..Page::default() });
            Ok(with_retry_after(page, &problem))
        }
    }
}

async fn release(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Response, Rejection> {
    let ending = Ending::of(typed);
    let (reason, telling) = match ending.read() {
        Ok(read) => read,
        Err(errors) => return again(app, visit, staff, (ending, errors)).await,
    };
    let now = app.now();
    match disowned::release(app, staff, &ending.claim, (reason, telling), now).await {
        Ok(Done::Noted) => Ok(Redirect::to(&visit.url(&address(PAGE, [(DONE, NOTED)]))).into_response()),
        Ok(Done::Ended) => {
            let done = Told::of(telling, now).write();
            Ok(Redirect::to(&visit.url(&address(PAGE, [(DONE, &*done)]))).into_response())
        }
        Err(error) => {
            let problem = match error.into_problem() {
                Problem::Fields(errors) => return again(app, visit, staff, (ending, errors)).await,
                problem => problem,
            };
            let told_here =
                matches!(problem.refusal(), Some(Refusal::LookAgain | Refusal::ServedAlready | Refusal::ReadInFull))
                    || problem.refusal() == Some(NotBooked::BookingEnded)
                    || problem == Problem::Busy;
            if !told_here {
                return Err(problem.into());
            }
            let status = server::rejection::status(&problem);
            Ok(draw(visit, app.now(), status, Page { problem: Some(problem), ..Page::default() }))
        }
    }
}

/// The second press once more, with what was wrong with it. What cannot be undone names what it is for, each time.
async fn again(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    (mut ending, errors): (Ending, FieldErrors),
) -> Result<Response, Rejection> {
    let (now, messages) = (app.now(), errors.messages(visit.locale));
    let (status, page) = match disowned::claimed(app, staff, &ending.claim, now).await {
        Ok(found) => {
            ending.claim.clone_from(&found.claim);
            let page = Page { found: Some(vec![found]), ending, messages, ..Page::default() };
            (StatusCode::UNPROCESSABLE_ENTITY, page)
        }
        Err(error) => {
            let problem = error.into_problem();
            if problem.refusal() != Some(Refusal::LookAgain) {
                return Err(problem.into());
            }
            (server::rejection::status(&problem), Page { problem: Some(problem), ..Page::default() })
        }
    };
    Ok(draw(visit, now, status, page))
}

fn draw(visit: &Visit, now: DateTime<Utc>, status: StatusCode, page: Page) -> Response {
    let locale = visit.locale;
    let title = locale.say("不是本人的预约", "A booking that is not theirs");
    let Page { typed, found, ending, messages, problem, done } = page;
    let action = visit.url(PAGE);
    let done = done.map(|told| {
        view! {
            <Notice tone=Tone::Success title=told.title(locale) live=true focus=true>
                <p>{told.can_book(locale)}</p>
                <p>{told.words(locale, now)}</p>
                <p>{locale.say("本人需要帮助的，可以单独告诉本人：", "Whoever needs help can be told, alone:")}</p>
                {help(locale)}
            </Notice>
        }
    });
    let is_ending = !ending.claim.is_empty();
    let has_found = found.as_ref().is_some_and(|found| !found.is_empty());
    let found = found.map(|found| found::draw(locale, &action, (&found, &ending), &messages));
    let look = (!is_ending).then(|| {
        let looking = Looking {
            says: locale.say(
                "有人说“这个预约不是我约的”：请本人出示证件，人证一致，再照着证件查。",
                "Somebody says “I did not book this”: see the document, check that it is theirs, and look it up from it.",
            ),
            more: None,
            button: locale.say("查有没有预约", "Look for a booking"),
        };
        let look = card::draw(locale, &action, &typed, &messages, looking);
        if !has_found {
            return look;
        }
        // What was found is what counts now.
        let summary = locale.say("查另一个证件…", "Look up another document…");
        view! { <details class="ask"><summary>{summary}</summary>{look}</details> }.into_any()
    });
    draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {done}
                {problem.map(|problem| refused(locale, &problem, None))}
                {found}
                {look}
            </div>
        }
    }))
}
