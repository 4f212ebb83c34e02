//! `/kiosk/{office}`: check-in by code and tickets for whoever has no booking. Plain HTML; nothing is kept between two
//! people, and after a minute it is back at its start.

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
        check_in::{self, Timeliness},
        office::{self, Office},
        screens, walk_in,
    },
};
use shared::{
    appointments::Service,
    counter::{Press, Refusal, screen::ScreenKind},
    problem::Problem,
    staff::OfficeId,
};

use super::{screen::not_opened, staff::day::ticket, ticket::printed};
use crate::{
    appointments::service::BookingPages,
    draw::{self, Script, needs},
    pages::display::clock,
    pairs::{Pairs, value},
    site::BookableServices,
    visit::Visit,
};

/// Seconds until an answer leaves the screen, so that the next person finds the start; what somebody began to type and left
/// is forgotten after as long without another letter, by a script, since without one nobody knows whether they still type.
const FORGOTTEN_AFTER: u32 = 60;

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    axum::Extension(services): axum::Extension<BookableServices>,
    Path(office): Path<String>,
) -> Result<Response, Rejection> {
    let now = app.now();
    let Some((_, office)) = known(&app, &headers, &office, now).await? else { return Ok(not_opened(&visit)) };
    let services = services_of(&app, &services, &office).await?;
    Ok(start(&visit, &office, &services, now, None))
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
    let Some((by, office)) = known(&app, &headers, &office, now).await? else { return Ok(not_opened(&visit)) };
    match take(&app, &by, &office, &typed, now).await {
        Ok(answer) => Ok(answered(&visit, &office, &answer, now)),
        Err(error) => {
            let problem = error.into_problem();
            if !matches!(problem, Problem::Refused(_) | Problem::Busy) {
                return Err(problem.into());
            }
            let services = services_of(&app, &services, &office).await?;
            Ok(start(&visit, &office, &services, now, Some(&problem)))
        }
    }
}

/// What whoever stands there is told.
enum Answer {
    CheckedIn { ticket: Option<u32>, how: Timeliness },
    Ticket { ticket: u32 },
}

/// The kiosk that this browser is, if it is one of this office.
async fn known(
    app: &App,
    headers: &HeaderMap,
    office: &str,
    now: DateTime<Utc>,
) -> Result<Option<(By, Office)>, Error> {
    let id = OfficeId::parse(office).map_err(|_| Problem::NotFound)?;
    let screen = screens::of_cookie(app, headers, now).await?;
    let Some(screen) = screen.filter(|screen| screen.office == id && screen.kind == ScreenKind::Kiosk) else {
        return Ok(None);
    };
    Ok(Some((By::Kiosk(screen.kiosk()?), office::one(app, &id).await?)))
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

async fn take(app: &App, by: &By, office: &Office, typed: &Pairs, now: DateTime<Utc>) -> Result<Answer, Error> {
    if let Some(service) = value(typed, "service") {
        let service = Service::parse(service).map_err(|_| Problem::Malformed)?;
        let press = value(typed, "press").and_then(|press| Press::parse(press).ok()).ok_or(Problem::Malformed)?;
        let ticket = walk_in::take(app, by, &office.id, &service, &press, now).await?;
        return Ok(Answer::Ticket { ticket: ticket.number });
    }
    let typed = value(typed, "reference").unwrap_or_default().trim();
    if typed.is_empty() {
        return Err(Refusal::NotHere.into());
    }
    let checked = check_in::by_reference(app, by, &office.id, typed, now).await?;
    Ok(Answer::CheckedIn { ticket: checked.row.ticket, how: checked.timeliness })
}

fn start(
    visit: &Visit,
    office: &Office,
    services: &[&'static BookingPages],
    now: DateTime<Utc>,
    problem: Option<&Problem>,
) -> Response {
    let locale = visit.locale;
    let here = visit.url(&format!("/kiosk/{}", office.id));
    let status = problem.map_or(StatusCode::OK, server::rejection::status);
    let title = visit.say("签到取号", "Check in");
    let tickets = services.iter().map(|pages| {
        let press = server::keys::token::new_id();
        view! {
            <form method="post" action=here.clone()>
                <input type="hidden" name="press" value=press />
                <button class="button button-secondary kiosk-button" name="service" value=pages.bookable.service.name()>
                    {pages.words.name.say(locale)}
                </button>
            </form>
        }
    });
    let tickets = tickets.collect_view();
    let problem = problem.map(|problem| {
        view! {
            <div class="kiosk-problem" role="alert" tabindex="-1" autofocus>
                <p><b>{problem.title(locale)}</b></p>
                <p>{problem.sentence(locale)}</p>
            </div>
        }
    });
    let has_problem = problem.is_some();
    let page = draw::hall(visit, status, title, || {
        needs(Script::Door);
        view! {
            <main class="kiosk" id="main">
                {head(visit, office, now)}
                <h1 class="hidden-visually">{title}</h1>
                {problem}
                <div class="kiosk-ways">
                    <section>
                        <h2>{locale.say("我有预约", "I have a booking")}</h2>
                        <form method="post" action=here.clone()>
                            <label class="label" for="reference">
                                {locale.say(
                                    "把二维码对准扫码口，或者输入预约号",
                                    "Hold your QR code to the reader, or type your reference",
                                )}
                            </label>
                            <input
                                class="input kiosk-input"
                                type="text"
                                id="reference"
                                name="reference"
                                autocomplete="off"
                                autocapitalize="characters"
                                data-forget=FORGOTTEN_AFTER.to_string()
                                spellcheck="false"
                                autofocus=!has_problem
                            />
                            <button class="button button-primary kiosk-button">{locale.say("签到", "Check in")}</button>
                        </form>
                    </section>
                    <section>
                        <h2>{locale.say("我没有预约", "I have no booking")}</h2>
                        <p>{locale.say("选择要办的事，取一个现场号：", "Take a ticket for:")}</p>
                        {tickets}
                    </section>
                </div>
            </main>
        }
    });
    if has_problem { forgotten(page, &here) } else { page }
}

fn head(visit: &Visit, office: &Office, now: DateTime<Utc>) -> AnyView {
    use shared::locale::Locale;
    let other = match visit.locale {
        Locale::Zh => Locale::En,
        Locale::En => Locale::Zh,
    };
    let href = visit.here_in(other);
    view! {
        <header class="hall-head">
            <p class="kiosk-place">{office.name.say(visit.locale).to_owned()}</p>
            <p class="kiosk-language">
                <a href=href lang=other.tag() hreflang=other.tag()>{other.say("中文", "English")}</a>
            </p>
            <p class="hall-clock">{clock(now)}</p>
        </header>
    }
    .into_any()
}

/// The first thing said is which of the answers it is; then the number, and what to do with it.
fn answered(visit: &Visit, office: &Office, answer: &Answer, now: DateTime<Utc>) -> Response {
    let locale = visit.locale;
    let here = visit.url(&format!("/kiosk/{}", office.id));
    let (number, words) = match answer {
        Answer::CheckedIn { ticket, how } => (*ticket, how.words(locale)),
        Answer::Ticket { ticket } => (
            Some(*ticket),
            locale.say("取号成功，请在大厅等候叫号。", "Here is your ticket. Please wait to be called.").to_owned(),
        ),
    };
    let title = locale.say("您的号码", "Your number");
    let page = draw::hall(visit, StatusCode::OK, title, || {
        view! {
            <main class="kiosk" id="main">
                {head(visit, office, now)}
                <div class="kiosk-answer flow">
                    <h1>{words}</h1>
                    <p>{title}</p>
                    <p class="kiosk-ticket">{number.map(ticket)}</p>
                    <p>
                        {locale.say(
                            "请记下这个号，看大屏幕叫号。没有打印出来也不要紧。",
                            "Remember it and watch the screen. It counts even if nothing was printed.",
                        )}
                    </p>
                    <div class="actions">
                        <a class="button button-primary" href=here.clone()>{locale.say("记住了", "Done")}</a>
                        {number.map(|number| printed(locale, &office.name, number, now))}
                    </div>
                </div>
            </main>
        }
    });
    forgotten(page, &here)
}

/// Back to the start, whoever has left the answer standing.
fn forgotten(mut page: Response, start: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("{FORGOTTEN_AFTER}; url={start}")) {
        page.headers_mut().insert(HeaderName::from_static("refresh"), value);
    }
    page
}
