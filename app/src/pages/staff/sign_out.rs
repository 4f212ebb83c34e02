//! `/staff/sign-out`: ends this browser's session. Whoever goes leaves no counter behind, and no couple without a question.

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error,
    counter::{
        counters::{self, There},
        day,
    },
    rejection,
    staff::{
        authority::{self, Staff},
        session,
        token::{Kind, Token},
    },
};
use shared::{calendar::shanghai_date, problem::Problem, say, staff::Refusal};

use super::{
    day::{act::called, asked::Asked, seen::sign_of, ticket},
    sign_in::{another, typist},
};
use crate::{
    components::{
        button::Button,
        notice::{Notice, Tone},
    },
    draw::{self, DRAWN_FOR},
    pairs::{Pairs, value},
    visit::Visit,
    words::capital,
};

const PAGE: &str = "/staff/sign-out";
/// Sent by whoever goes all the same.
const ANYWAY: &str = "anyway";

/// Opening an address changes nothing, so there is a button.
pub async fn show(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Response {
    let staff = authority::of_cookie(&app, &headers, app.now()).await;
    draw(&visit, StatusCode::OK, staff.ok().map(|staff| typist(&app, staff.account())), None)
}

/// A page that was left open signs nobody out who has signed in since.
pub async fn submit(State(app): State<App>, visit: Visit, headers: HeaderMap, Form(typed): Form<Pairs>) -> Response {
    let staff = authority::of_cookie(&app, &headers, app.now()).await;
    let mark = staff.as_ref().ok().map(|staff| typist(&app, staff.account()));
    if let (Ok(staff), Some(mark)) = (&staff, &mark) {
        // Nobody has typed anything on such a page.
        let drawn_for: Pairs = typed.iter().filter(|(name, _)| name == DRAWN_FOR).cloned().collect();
        if let Some(page) = another::instead(&visit, (staff.account().as_str(), mark), &drawn_for) {
            return page;
        }
    }
    let mut response = match leave(&app, &visit, staff, value(&typed, ANYWAY).is_some()).await {
        Ok(Some(left)) => return draw(&visit, StatusCode::CONFLICT, mark, Some(left)),
        Err(error) if !is_over(&error) => still_open(&visit, &error.into_problem()),
        Ok(None) | Err(_) => Redirect::to(&visit.url("/staff/sign-in")).into_response(),
    };
    // Whatever the server could write: whoever sits down here next is not to find them signed in.
    let out = response.headers_mut();
    out.append(header::SET_COOKIE, Token::no_cookie(Kind::Session, app.settings().production()));
    // Back shows nothing of what was on the screen.
    out.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    response
}

/// Ends the session and leaves the counter; what holds them there, unless they go `anyway`.
async fn leave(app: &App, visit: &Visit, staff: Result<Staff, Error>, anyway: bool) -> Result<Option<Left>, Error> {
    let staff = staff?;
    let left = staff.within(leave_counter(app, visit, &staff)).await?;
    if left.is_some() && !anyway {
        return Ok(left);
    }
    session::end(app, &staff.signed, &staff.signed.id, app.now()).await?;
    Ok(None)
}

/// Whether there is no session any more that could be ended.
fn is_over(error: &Error) -> bool {
    matches!(error.refusal(), Some(Refusal::SignInNeeded))
}

/// A counter that cannot be left so: its sign, and whom it has.
struct Left {
    sign: String,
    whom: String,
    /// The address of the day that they came on, for whoever may see it still.
    sheet: Option<String>,
    is_of_today: bool,
}

/// Closes the counter of somebody who goes; what is left behind where it has a couple.
async fn leave_counter(app: &App, visit: &Visit, staff: &Staff) -> Result<Option<Left>, Error> {
    let Some((seat, There { id, date, ticket: number })) = counters::leave(app, staff, app.now()).await? else {
        return Ok(None);
    };
    let is_of_today = date == shanghai_date(app.now());
    let date = (!is_of_today).then_some(date);
    let sheet = Asked { office: Some(seat.office.clone()), date, ..Asked::default() }.path();
    let (whom, sheet) = match day::one(app, staff, &id, app.now()).await {
        Ok(row) => (called(&row, visit.locale), Some(sheet)),
        // Whoever works there no more reads no names, and is led to no list.
        Err(error) if error.refusal() == Some(Refusal::NotAllowed) => {
            let number = number.map(|number| format!("{}{}", ticket(number), visit.say(" 号", "")));
            (number.unwrap_or_else(|| visit.say("一个号", "somebody").to_owned()), None)
        }
        Err(error) => return Err(error),
    };
    Ok(Some(Left { sign: sign_of(visit.locale, &seat), whom, sheet, is_of_today }))
}

/// The browser is signed out, and the server could not write it down.
fn still_open(visit: &Visit, problem: &Problem) -> Response {
    let title = visit.say("这个浏览器已经退出，服务器上还没有", "Signed out in this browser, not yet on the server");
    let page = draw::staff(visit, rejection::status(problem), title, || {
        view! {
            <div class="staff-door flow">
                <h1>{title}</h1>
                <p>
                    {visit.say(
                        "系统现在不能保存，没有记下这次退出，坐着的窗口可能也没有关闭。这个浏览器已经不能再用您的账号办事。",
                        "Nothing can be saved right now, so this sign-out is not on record, and your counter may still be open. \
                         Nobody can act in your name in this browser any more.",
                    )}
                </p>
                <p>
                    {visit.say(
                        "服务器上的这次登录半小时内自动结束。想马上结束：过几分钟再登录，在“我的账号”里结束其他登录。\
                         怀疑有人在用您的账号，请马上告诉账号管理员。",
                        "On the server this session ends by itself within half an hour. To end it at once, sign in again in a \
                         few minutes and end the other sessions under “My account”. If you think that somebody else uses your \
                         account, tell an account administrator now.",
                    )}
                </p>
                <p><a href=visit.url("/staff/sign-in")>{visit.say("去登录", "Sign in")}</a></p>
            </div>
        }
    });
    rejection::with_retry_after(page, problem)
}

/// The page, with the mark of whoever is signed in.
fn draw(visit: &Visit, status: StatusCode, mark: Option<String>, left: Option<Left>) -> Response {
    let locale = visit.locale;
    let title = visit.say("退出登录", "Sign out");
    let asks = left.is_some();
    let counter = left.as_ref().map_or_else(
        || locale.say("您坐的窗口会一起关闭。", "Your counter closes with it.").to_owned(),
        |Left { sign, whom, .. }| {
            say!(
                locale,
                "现在退出，{sign}不会关闭，{whom}留在窗口上：请告诉大厅负责人。",
                "If you sign out now, {sign} does not close, and {whom} stays at it: please tell the office manager."
            )
        },
    );
    let left = left.map(|Left { sign, whom, sheet, is_of_today }| {
        let sign = capital(&sign);
        let title = match (&sheet, is_of_today) {
            (None, _) => say!(
                locale,
                "{sign}还有 {whom}，您已经没有那里的窗口岗位：请告诉大厅负责人",
                "{sign} still has {whom}, and you work there no more: please tell the office manager"
            ),
            (Some(_), true) => say!(
                locale,
                "{sign}还有 {whom}：先办结、暂放或者移交",
                "{sign} still has {whom}: finish, set aside or hand over first"
            ),
            (Some(_), false) => say!(
                locale,
                "{sign}还有 {whom}，是以前的：先办结、标记离开或者暂放",
                "{sign} still has {whom} of another day: finish, mark as left or set aside first"
            ),
        };
        let day = sheet.map(|sheet| {
            view! { <p><a href=visit.url(&sheet)>{locale.say("回到名单", "Back to the sheet")}</a></p> }
        });
        view! {
            <div class="met" tabindex="-1" autofocus role="alert">
                <Notice tone=Tone::Warning title=title>
                    {day}
                </Notice>
            </div>
            <input type="hidden" form="sign-out" name=ANYWAY value="yes" />
        }
    });
    let button = if asks { locale.say("还是退出", "Sign out all the same") } else { title };
    draw::staff(visit, status, title, || {
        view! {
            <div class="staff-door flow">
                <h1>{title}</h1>
                {left}
                <p>
                    {visit.say(
                        "离开座位以前请退出登录，别人就不能用您的账号办事。",
                        "Sign out before you leave your seat, so that nobody acts in your name. ",
                    )}
                    {counter}
                </p>
                <form id="sign-out" method="post" action=visit.url(PAGE)>
                    {mark.map(|mark| view! { <input type="hidden" name=DRAWN_FOR value=mark /> })}
                    <p class="actions">
                        <Button text=button />
                    </p>
                </form>
            </div>
        }
    })
}
