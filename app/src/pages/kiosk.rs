//! `/kiosk/{office}`: check-in by code and tickets for whoever has no booking. Plain HTML; nothing is kept between two
//! people, and after a minute it is back at its start.

mod answer;
mod keys;
mod said;
mod start;

use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};
use chrono::{DateTime, Utc};
use server::{
    App, Error, Rejection,
    counter::{
        By,
        check_in::{self, CheckedIn},
        counters,
        day::{self, shut},
        given_back, more,
        office::{self, Office},
        screens::{self, Screen},
        waiting,
        walk_in::{self, Became, Ticket},
    },
};
use shared::{
    appointments::Service,
    calendar::shanghai_date,
    counter::{Press, Refusal, VisitId, VisitState, screen::ScreenKind},
    problem::Problem,
    staff::{OfficeId, Refusal as SignIn},
};

use self::{
    answer::{Answer, answered},
    said::Miss,
    start::Start,
};
use super::{left_open, screen::not_opened};
use crate::{
    appointments::service::BookingPages,
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
        Ok(told) => Ok(told),
        Err(error) if is_back && error.refusal() == Some(Refusal::NothingToUndo) => Ok(Err(Miss::StaysTheirs)),
        Err(error) if error.refusal() == Some(SignIn::SignInNeeded) => Err(error.into_problem()),
        Err(error) => Miss::of(error).map(Err),
    }
}

async fn give_back(app: &App, screen: &Screen, visit: &str, now: DateTime<Utc>) -> Result<Result<Answer, Miss>, Error> {
    let visit = VisitId::parse(visit).map_err(|_| Problem::Malformed)?;
    given_back::give_back(app, &screen.kiosk()?, &visit, now).await?;
    Ok(Ok(Answer::GivenBack))
}

async fn bring_in(
    app: &App,
    screen: &Screen,
    office: &Office,
    typed: &Pairs,
    now: DateTime<Utc>,
) -> Result<Result<Answer, Miss>, Error> {
    left_open::drawn_today(typed, now)?;
    let by = By::Kiosk(screen.kiosk()?);
    if let Some(service) = value(typed, "service") {
        let service = Service::parse(service).map_err(|_| Problem::Malformed)?;
        let press = value(typed, "press").and_then(|press| Press::parse(press).ok()).ok_or(Problem::Malformed)?;
        let taken = walk_in::take(app, &by, &office.id, &service, &press, now).await?;
        return of_ticket(app, office, taken, now).await;
    }
    let typed = value(typed, "reference").unwrap_or_default().trim();
    if typed.is_empty() {
        return Ok(Err(Miss::Empty));
    }
    let checked = check_in::by_reference(app, &by, &office.id, typed, now).await?;
    of_booking(app, office, checked, now).await.map(Ok)
}

/// A press that comes again is answered what it was answered first, whatever has become of its ticket since.
async fn of_ticket(
    app: &App,
    office: &Office,
    taken: Ticket,
    now: DateTime<Utc>,
) -> Result<Result<Answer, Miss>, Error> {
    let Ticket { visit, number, date, .. } = taken;
    let Became { state, given_back } = walk_in::became(app, &visit).await?;
    if given_back {
        return Ok(Ok(Answer::GivenBack));
    }
    if state.is_over() || date != shanghai_date(now) {
        return Ok(Err(Miss::TicketOver));
    }
    if let Some(awaited) = awaited(app, &state, Some(number)).await? {
        return Ok(Ok(awaited));
    }
    let before = waiting::before(app, &office.id, &visit, now).await?;
    Ok(Ok(Answer::Ticket { ticket: number, visit, before }))
}

async fn of_booking(app: &App, office: &Office, checked: CheckedIn, now: DateTime<Utc>) -> Result<Answer, Error> {
    let CheckedIn { row, timeliness, .. } = checked;
    if let Some(awaited) = awaited(app, &row.state, row.ticket).await? {
        return Ok(awaited);
    }
    let before = waiting::before(app, &office.id, &row.id, now).await?;
    Ok(Answer::CheckedIn { ticket: row.ticket, how: timeliness, before })
}

/// Whoever is called already is sent to their counter, not back to wait.
async fn awaited(app: &App, state: &VisitState, ticket: Option<u32>) -> Result<Option<Answer>, Error> {
    let (counter, is_served) = match state {
        VisitState::Called { counter, .. } => (*counter, false),
        VisitState::Serving { counter, .. } => (*counter, true),
        _ => return Ok(None),
    };
    let at = counters::one(app, counter).await?.name;
    Ok(Some(Answer::Expected { ticket, at, is_served }))
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

/// Back to the start, whoever has left the answer standing.
pub(crate) fn forgotten(mut page: Response, start: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("{FORGOTTEN_AFTER}; url={start}")) {
        page.headers_mut().insert(HeaderName::from_static("refresh"), value);
    }
    page
}
