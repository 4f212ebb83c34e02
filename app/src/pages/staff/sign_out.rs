//! `/staff/sign-out`: ends this browser's session. Whoever goes leaves no counter behind, and no couple without a question.

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    counter::{counters, day},
    staff::{
        authority::{self, Staff},
        session,
        token::{Kind, Token},
    },
};
use shared::{calendar::shanghai_date, counter::Refusal as Busy, say, staff::Refusal};

use super::day::{act::called, asked::Asked, seen::sign_of};
use crate::{
    components::{
        button::Button,
        notice::{Notice, Tone},
    },
    draw,
    pairs::{Pairs, value},
    visit::Visit,
};

const PAGE: &str = "/staff/sign-out";
/// Sent by whoever goes all the same.
const ANYWAY: &str = "anyway";

/// Opening an address changes nothing, so there is a button.
pub async fn show(visit: Visit) -> Response {
    draw(&visit, StatusCode::OK, None)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let now = app.now();
    match authority::of_cookie(&app, &headers, now).await {
        Ok(staff) => {
            let left = leave_counter(&app, &visit, &staff).await?;
            if let Some(left) = left.filter(|_| value(&typed, ANYWAY).is_none()) {
                return Ok(draw(&visit, StatusCode::CONFLICT, Some(left)));
            }
            session::end(&app, &staff.signed, &staff.signed.id, now).await?;
        }
        Err(error) if matches!(error.refusal(), Some(Refusal::SignInNeeded)) => {}
        Err(error) => return Err(error.into()),
    }
    let mut response = Redirect::to(&visit.url("/staff/sign-in")).into_response();
    let out = response.headers_mut();
    out.append(header::SET_COOKIE, Token::no_cookie(Kind::Session, app.settings().production()));
    // Back shows nothing of what was on the screen.
    out.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// A counter that cannot be left so: its sign, and whom it has.
struct Left {
    sign: String,
    whom: String,
    /// The address of the day that they came on.
    sheet: String,
}

/// Closes the counter of somebody who goes; what is left behind where it has a couple.
async fn leave_counter(app: &App, visit: &Visit, staff: &Staff) -> Result<Option<Left>, Error> {
    let Some(seat) = counters::seat_of(app, staff.person()).await? else { return Ok(None) };
    let busy = match counters::close(app, staff, seat.id, app.now()).await {
        Ok(_) => return Ok(None),
        Err(error) => match error.refusal() {
            Some(Busy::CounterBusy { visit, date, .. }) => (visit, date),
            // Whoever may not work there any more can still go.
            _ if matches!(error.refusal(), Some(Refusal::NotAllowed)) => return Ok(None),
            _ => return Err(error),
        },
    };
    let (id, date) = busy;
    let row = day::one(app, staff, &id, app.now()).await?;
    let date = (date != shanghai_date(app.now())).then_some(date);
    let sheet = Asked { office: Some(seat.office.clone()), date, ..Asked::default() }.path();
    Ok(Some(Left { sign: sign_of(visit.locale, &seat), whom: called(&row, visit.locale), sheet }))
}

fn draw(visit: &Visit, status: StatusCode, left: Option<Left>) -> Response {
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
    let left = left.map(|Left { sign, whom, sheet }| {
        let title = say!(
            locale,
            "{sign}还有 {whom}：先办结、暂放或者移交",
            "{sign} still has {whom}: finish, set aside or hand over first"
        );
        let day = visit.url(&sheet);
        view! {
            <div class="met" tabindex="-1" autofocus role="alert">
                <Notice tone=Tone::Warning title=title>
                    <p><a href=day>{locale.say("回到名单", "Back to the sheet")}</a></p>
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
                    <p class="actions">
                        <Button text=button />
                    </p>
                </form>
            </div>
        }
    })
}
