//! `/kiosk/{office}`: check-in by code and tickets for whoever has no booking. Plain HTML; nothing is kept between two
//! people, and after a minute it is back at its start.

mod keys;
mod said;
mod start;

use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::Response,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    counter::{
        By,
        check_in::{self, CheckedIn, Timeliness},
        counters,
        day::{self, shut},
        given_back, more,
        office::{self, Office},
        screens::{self, Screen},
        waiting, walk_in,
    },
};
use shared::{
    appointments::Service,
    calendar::shanghai_date,
    counter::{CounterName, Press, Refusal, VisitId, VisitState, screen::ScreenKind},
    problem::Problem,
    say,
    staff::{OfficeId, Refusal as SignIn},
};

use self::{
    said::Miss,
    start::{Page, Start, head},
};
use super::{screen::not_opened, staff::day::ticket, ticket::printed};
use crate::{
    appointments::service::BookingPages,
    draw,
    pairs::{Pairs, value},
    site::BookableServices,
    visit::Visit,
};

/// Seconds until an answer leaves the screen, so that the next person finds the start; what somebody began to type and left
/// is forgotten after as long without another letter, by a script, since without one nobody knows whether they still type.
const FORGOTTEN_AFTER: u32 = 60;
/// The query that asks for larger letters; nothing is kept of it.
const LARGE: &str = "large";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    axum::Extension(services): axum::Extension<BookableServices>,
    Path(office): Path<String>,
) -> Result<Response, Rejection> {
    let now = app.now();
    let Some((_, office)) = known(&app, &headers, &office, now).await? else { return Ok(not_opened(&visit)) };
    Ok(start(&app, &visit, (&services, &office), now, Start::default()).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    axum::Extension(services): axum::Extension<BookableServices>,
    Path(office): Path<String>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let now = app.now();
    let Some((screen, office)) = known(&app, &headers, &office, now).await? else { return Ok(not_opened(&visit)) };
    let here = (&services, &office);
    let taken = match screen.kiosk()?.within(take(&app, &screen, &office, &typed, now)).await {
        // Taken back between the press and its writing.
        Err(problem) if problem.refusal() == Some(SignIn::SignInNeeded) => return Ok(not_opened(&visit)),
        taken => taken?,
    };
    match taken {
        Ok(Answer::GivenBack) => {
            Ok(start(&app, &visit, here, now, Start { given_back: true, ..Start::default() }).await?)
        }
        Ok(answer) => Ok(answered(&visit, &office, &answer, now)),
        Err(miss) => {
            let reference = value(&typed, "reference").filter(|_| miss.is_of_the_number());
            let reference = reference.unwrap_or_default().chars().take(MOST_TYPED).collect();
            Ok(start(&app, &visit, here, now, Start { miss: Some(miss), reference, given_back: false }).await?)
        }
    }
}

/// Letters of a reference with all that may stand between them.
const MOST_TYPED: usize = 40;

/// What whoever stands there is told.
enum Answer {
    CheckedIn {
        ticket: Option<u32>,
        how: Timeliness,
        before: Option<usize>,
    },
    /// They are called, or served, and stand here all the same.
    Expected {
        ticket: Option<u32>,
        at: CounterName,
        is_served: bool,
    },
    Ticket {
        ticket: u32,
        visit: VisitId,
        before: Option<usize>,
    },
    /// They had a booking after all.
    GivenBack,
}

/// The kiosk that this browser is, if it is one of this office.
async fn known(
    app: &App,
    headers: &HeaderMap,
    office: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Screen, Office)>, Error> {
    let id = OfficeId::parse(office).map_err(|_| Problem::NotFound)?;
    let screen = screens::of_cookie(app, headers, now).await?;
    let Some(screen) = screen.filter(|screen| screen.office == id && screen.kind == ScreenKind::Kiosk) else {
        return Ok(None);
    };
    Ok(Some((screen, office::one(app, &id).await?)))
}

/// The services that can be had at this office.
pub async fn services_of(
    app: &App,
    services: &BookableServices,
    office: &Office,
) -> Result<Vec<&'static BookingPages>, Error> {
    let mut here = Vec::new();
    for pages in services.0.iter().copied() {
        let points = server::appointments::point::shown(app, &pages.bookable.service, app.now()).await?;
        let mut connection = app.database().read().await?;
        for point in &points {
            if office::of_place(&mut connection, &point.place.id).await? == office.id {
                here.push(pages);
                break;
            }
        }
    }
    Ok(here)
}

async fn start(
    app: &App,
    visit: &Visit,
    (services, office): (&BookableServices, &Office),
    now: DateTime<Utc>,
    said: Start,
) -> Result<Response, Error> {
    let is_closed = day::is_closed(app, &office.id, shanghai_date(now)).await?;
    if is_closed {
        return Ok(start::closed(visit, office, now));
    }
    let services = services_of(app, services, office).await?;
    let shut = shut::on(app, &office.id, shanghai_date(now)).await?;
    let with_tickets = more::with_tickets(app, &office.id, now).await?;
    Ok(start::draw(visit, (office, &services, &with_tickets, &shut), now, &said))
}

/// One press: a ticket for a `service`, the `ticket` that is given back, or a reference.
async fn take(
    app: &App,
    screen: &Screen,
    office: &Office,
    typed: &Pairs,
    now: DateTime<Utc>,
) -> Result<Result<Answer, Miss>, Problem> {
    let (taken, is_back) = match value(typed, "ticket") {
        Some(visit) => (give_back(app, screen, visit, now).await, true),
        None => (bring_in(app, screen, office, typed, now).await, false),
    };
    match taken {
        Ok(None) => Ok(Err(Miss::Empty)),
        Ok(Some(answer)) => Ok(Ok(answer)),
        Err(error) if is_back && error.refusal() == Some(Refusal::NothingToUndo) => Ok(Err(Miss::StaysTheirs)),
        Err(error) if error.refusal() == Some(SignIn::SignInNeeded) => Err(error.into_problem()),
        Err(error) => Miss::of(error).map(Err),
    }
}

async fn give_back(app: &App, screen: &Screen, visit: &str, now: DateTime<Utc>) -> Result<Option<Answer>, Error> {
    let visit = VisitId::parse(visit).map_err(|_| Problem::Malformed)?;
    given_back::give_back(app, &screen.kiosk()?, &visit, now).await?;
    Ok(Some(Answer::GivenBack))
}

/// Nothing where nothing was typed.
async fn bring_in(
    app: &App,
    screen: &Screen,
    office: &Office,
    typed: &Pairs,
    now: DateTime<Utc>,
) -> Result<Option<Answer>, Error> {
    let by = By::Kiosk(screen.kiosk()?);
    if let Some(service) = value(typed, "service") {
        let service = Service::parse(service).map_err(|_| Problem::Malformed)?;
        let press = value(typed, "press").and_then(|press| Press::parse(press).ok()).ok_or(Problem::Malformed)?;
        let taken = walk_in::take(app, &by, &office.id, &service, &press, now).await?;
        let before = waiting::before(app, &office.id, &taken.visit, now).await?;
        return Ok(Some(Answer::Ticket { ticket: taken.number, visit: taken.visit, before }));
    }
    let typed = value(typed, "reference").unwrap_or_default().trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let checked = check_in::by_reference(app, &by, &office.id, typed, now).await?;
    Ok(Some(of_booking(app, office, checked, now).await?))
}

/// Whoever is called already is sent to their counter, not back to wait.
async fn of_booking(app: &App, office: &Office, checked: CheckedIn, now: DateTime<Utc>) -> Result<Answer, Error> {
    let CheckedIn { row, timeliness, .. } = checked;
    let (counter, is_served) = match row.state {
        VisitState::Called { counter, .. } => (counter, false),
        VisitState::Serving { counter, .. } => (counter, true),
        _ => {
            let before = waiting::before(app, &office.id, &row.id, now).await?;
            return Ok(Answer::CheckedIn { ticket: row.ticket, how: timeliness, before });
        }
    };
    let at = counters::one(app, counter).await?.name;
    Ok(Answer::Expected { ticket: row.ticket, at, is_served })
}

/// Where a kiosk of an office begins.
pub(crate) fn start_of(visit: &Visit, office: &OfficeId) -> String {
    visit.url(&format!("/kiosk/{office}"))
}

/// The same in the letters that it has now.
fn itself(visit: &Visit, office: &Office) -> String {
    let start = start_of(visit, &office.id);
    if is_large(visit) { format!("{start}?{LARGE}") } else { start }
}

fn is_large(visit: &Visit) -> bool {
    visit.query.as_deref() == Some(LARGE)
}

fn class(visit: &Visit) -> &'static str {
    if is_large(visit) { "kiosk kiosk-large" } else { "kiosk" }
}

/// The first thing said is which of the answers it is; then the number, and what to do with it.
fn answered(visit: &Visit, office: &Office, answer: &Answer, now: DateTime<Utc>) -> Response {
    let locale = visit.locale;
    let here = start_of(visit, &office.id);
    let (number, words, before, back) = match answer {
        Answer::Expected { ticket, at, is_served } => return expected(visit, office, (*ticket, at, *is_served), now),
        Answer::CheckedIn { ticket, how, before } => (*ticket, how.words(locale), *before, None),
        Answer::Ticket { ticket, visit, before } => (
            Some(*ticket),
            locale.say("取号成功，请在大厅等候叫号。", "Here is your ticket. Please wait to be called.").to_owned(),
            *before,
            Some(visit.to_string()),
        ),
        Answer::GivenBack => (None, String::new(), None, None),
    };
    let title = locale.say("您的号码", "Your number");
    let before = before.map(|before| match before {
        0 => locale
            .say(
                "照现在的顺序，您排在最前。叫号看约的时间和到的时间，后来的人也可能先叫。",
                "As it stands you are the first in line. The order goes by booked times and by arrival, so whoever comes \
                 later may be called before you.",
            )
            .to_owned(),
        _ => say!(
            locale,
            "照现在的顺序，前面有 {before} 位在等。叫号看约的时间和到的时间，后来的人也可能先叫。",
            "As it stands {before} wait before you. The order goes by booked times and by arrival, so whoever comes later may \
             be called before you."
        ),
    });
    let action = itself(visit, office);
    let back = back.map(|ticket| {
        view! {
            <form class="kiosk-back" method="post" action=action>
                <p>
                    {locale.say(
                        "其实有预约？一分钟以内可以还回，再凭预约号签到。",
                        "Do you have a booking after all? Give the ticket back within a minute, and check in by your reference.",
                    )}
                </p>
                <button class="button button-secondary" name="ticket" value=ticket>
                    {locale.say("还回这个现场号", "Give this ticket back")}
                </button>
            </form>
        }
    });
    let page = draw::hall(visit, StatusCode::OK, title, || {
        view! {
            <main class=class(visit) id="main">
                {head(visit, office, now, Page::Answer)}
                <div class="kiosk-answer flow">
                    <h1>{words}</h1>
                    <p>{title}</p>
                    <p class="kiosk-ticket">{number.map(ticket)}</p>
                    {before.map(|before| view! { <p class="kiosk-before">{before}</p> })}
                    <p>
                        {locale.say(
                            "请记下这个号，看大屏幕叫号。看不清、听不见的，请告诉前台。没有打印出来也不要紧。",
                            "Remember it and watch the screen. If you cannot see or hear the calls, tell the desk. It counts \
                             even if nothing was printed.",
                        )}
                    </p>
                    <div class="actions">
                        <a class="button button-primary" href=here.clone()>{locale.say("记住了", "Done")}</a>
                        {number.map(|number| printed(locale, &office.name, number, now))}
                    </div>
                    {back}
                </div>
            </main>
        }
    });
    forgotten(page, &here)
}

/// The counter where they are awaited stands largest: nobody there watches the screen for a call that was made.
fn expected(
    visit: &Visit,
    office: &Office,
    (number, at, is_served): (Option<u32>, &CounterName, bool),
    now: DateTime<Utc>,
) -> Response {
    let locale = visit.locale;
    let here = start_of(visit, &office.id);
    let title = if is_served {
        say!(locale, "正在给您办理：请到 {at} 号窗口", "You are being served: please go to counter {at}")
    } else {
        say!(locale, "已经叫到您：请到 {at} 号窗口", "You are being called: please go to counter {at}")
    };
    let number = number.map(|number| {
        let number = ticket(number);
        view! { <p class="kiosk-before">{say!(locale, "您的号码 {number}", "Your number {number}")}</p> }
    });
    let page = draw::hall(visit, StatusCode::OK, &title, || {
        view! {
            <main class=class(visit) id="main">
                {head(visit, office, now, Page::Answer)}
                <div class="kiosk-answer flow">
                    <h1>{title.clone()}</h1>
                    <p class="kiosk-ticket" aria-hidden="true">{say!(locale, "{at} 号", "{at}")}</p>
                    {number}
                    <p>
                        {locale.say(
                            "现在就过去，不用再等叫号。找不到窗口的，请问前台。",
                            "Please go there now: you need not wait for another call. If you cannot find it, ask at the desk.",
                        )}
                    </p>
                    <div class="actions">
                        <a class="button button-primary" href=here.clone()>{locale.say("知道了", "Done")}</a>
                    </div>
                </div>
            </main>
        }
    });
    forgotten(page, &here)
}

/// Back to the start, whoever has left the answer standing.
pub(crate) fn forgotten(mut page: Response, start: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("{FORGOTTEN_AFTER}; url={start}")) {
        page.headers_mut().insert(HeaderName::from_static("refresh"), value);
    }
    page
}
