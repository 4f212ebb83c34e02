//! `/staff/day/paper`: what happened on paper while the network was down, entered afterwards. Many lines go with one press;
//! each is saved by itself, and what could not be taken is said at its line, where everything that was typed still stands.

mod line;
mod lines;
mod typed;

use axum::{
    Extension, Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use server::{
    App, Error, Rejection,
    counter::paper::{self, Paper},
    staff::authority::Staff,
};
use shared::{
    calendar::shanghai_date,
    counter::{Reason, Refusal as Closed},
    field::{Asked as Question, FieldErrors, FieldMessage, Reason as Wrong},
    problem::Problem,
    staff::{Refusal, Right},
};

use self::typed::{Typed, WALK_INS};
use super::{asked::Asked, seen::Seen};
use crate::{
    pairs::{Pairs, address, value},
    site::{BookableServices, Signed},
    visit::Visit,
};

pub(in crate::pages::staff) const PAGE: &str = "/staff/day/paper";
static WHY: Question = Question::typed(
    "paper_reason_missing",
    (
        "这一天已经结束。请写明为什么补录（不要写号码）。",
        "That day is closed. Say in a few words why it is changed (no numbers).",
    ),
    ("原因", "reason"),
);
/// Bookings on one page, so that the form stays a form.
const AT_A_TIME: usize = 30;

/// A page of the paper with what was typed, and what became of it.
struct Sheet<'a> {
    seen: Seen<'a>,
    /// From 1.
    page: usize,
    pages: usize,
    lines: Vec<Typed>,
    /// Lines that were saved with the last press.
    saved: usize,
    tell: bool,
    reason: String,
    /// What is wrong with the form as a whole.
    wrong: Vec<FieldMessage>,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    let asked = Asked::of(&visit).afresh();
    let seen = load(&app, &visit, &asked, &staff, &services).await?;
    let saved = number(&visit, "saved").unwrap_or_default();
    let tell = seen.is_today();
    let (page, pages, rows) = page_of(&seen, number(&visit, "page").unwrap_or(1));
    let mut lines: Vec<_> = rows.into_iter().map(|row| Typed::of(&row)).collect();
    lines.extend((0..WALK_INS).map(|_| Typed::walk_in(&seen)));
    let sheet = Sheet { seen, page, pages, lines, saved, tell, reason: String::new(), wrong: Vec::new() };
    Ok(lines::draw(&sheet, StatusCode::OK))
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
    Form(form): Form<Pairs>,
) -> Result<Response, Rejection> {
    let asked = Asked::of(&visit).afresh();
    let seen = load(&app, &visit, &asked, &staff, &services).await?;
    let locale = visit.locale;
    let text = |name: &str| value(&form, name).unwrap_or_default().to_owned();
    let (reason, tell) = (text("reason"), text("tell") == "yes");
    let mut wrong = Vec::new();
    let mut errors = FieldErrors::new();
    let asked_for = seen.sheet.counts_as_closed;
    let parsed = asked_for.then(|| errors.keep("reason", Reason::of(&WHY, Reason::LONGEST, &reason))).flatten();
    wrong.extend(errors.messages(locale));
    let mut lines = Typed::read(&form);
    if lines.iter().all(Typed::is_empty) {
        let message = locale.say("还没有填写。请至少填一行。", "Nothing was entered. Fill in at least one line.");
        let field = lines.first().map(|line| line.field("ending")).unwrap_or_default();
        wrong.push(FieldMessage { field, code: "nothing".to_owned(), message: message.to_owned() });
    }
    let paper = Paper { office: seen.office.id.clone(), date: seen.date, reason: parsed, tell };
    let saved = if wrong.is_empty() { enter(&app, &seen, &paper, &mut lines).await? } else { 0 };
    let failed = lines.iter().any(Typed::is_wrong);
    if wrong.is_empty() && !failed {
        let (date, saved) = (seen.date.to_string(), saved.to_string());
        let there = address(PAGE, [("office", seen.office.id.as_str()), ("date", &date), ("saved", &saved)]);
        return Ok(Redirect::to(&visit.url(&there)).into_response());
    }
    // As everything stands now, with what was typed and not taken.
    let seen = load(&app, &visit, &asked, &staff, &services).await?;
    let (page, pages, rows) = page_of(&seen, number(&visit, "page").unwrap_or(1));
    let lines = typed::over(&seen, rows, lines);
    let sheet = Sheet { seen, page, pages, lines, saved, tell, reason, wrong };
    Ok(lines::draw(&sheet, StatusCode::UNPROCESSABLE_ENTITY))
}

/// # Errors
/// [`Refusal::NotAllowed`] for whoever sees the day and does not work there; [`Closed::DayClosed`] for whoever works there
/// and changes nothing that is over.
async fn load<'a>(
    app: &App,
    visit: &'a Visit,
    asked: &'a Asked,
    staff: &'a Staff,
    services: &'a BookableServices,
) -> Result<Seen<'a>, Error> {
    let seen = Seen::load(app, visit, asked, staff, services).await?;
    staff.may(Right::WorkAtCounter, &seen.office.whereabouts)?;
    if seen.sheet.counts_as_closed && !seen.may.correct {
        return Err(Closed::DayClosed { date: seen.date }.into());
    }
    if seen.date > shanghai_date(seen.now) {
        return Err(Problem::NotFound.into());
    }
    Ok(seen)
}

/// Saves each line that says something, those with a number on paper first: it is theirs. How many were saved.
async fn enter(app: &App, seen: &Seen<'_>, paper: &Paper, lines: &mut [Typed]) -> Result<usize, Rejection> {
    let mut saved = 0;
    let mut order: Vec<_> = (0..lines.len()).filter(|n| !lines[*n].is_empty()).collect();
    order.sort_by_key(|n| lines[*n].ticket.trim().is_empty());
    for n in order {
        let entered = match lines[n].entered(seen) {
            Ok(entered) => entered,
            Err(errors) => {
                lines[n].errors = errors;
                continue;
            }
        };
        match paper::enter(app, seen.staff, paper, &entered, app.now()).await {
            Ok(_) => {
                lines[n].is_saved = true;
                saved += 1;
            }
            Err(error) => match error.into_problem() {
                Problem::Fields(errors) => lines[n].errors = errors,
                // Back, and sent once more with something else in it.
                Problem::IdempotencyMismatch => lines[n].errors = FieldErrors::one("ending", saved_before()),
                problem @ Problem::Refused(_) if problem.refusal() != Some(Refusal::NotAllowed) => {
                    lines[n].problem = Some(problem);
                }
                // Whatever it was, what was saved before it is told on the page that comes back.
                problem if saved > 0 => lines[n].problem = Some(problem),
                problem => return Err(problem.into()),
            },
        }
    }
    Ok(saved)
}

fn saved_before() -> Wrong {
    Wrong::own(
        "paper_saved_before",
        "这一行刚才已经保存过，和现在填的不一样，这次没有保存。请重新打开这一页，核对以后再改。",
        "This line was saved before, with something else in it, so it was not saved now. Please open the page anew and compare \
         before you change anything.",
    )
}

/// Which page, of how many, and whose visits are on it: those that are not over, by time.
fn page_of(seen: &Seen<'_>, page: usize) -> (usize, usize, Vec<server::counter::day::Row>) {
    let open: Vec<_> = seen.sheet.visits.iter().filter(|row| !row.state.is_over()).cloned().collect();
    let pages = open.len().div_ceil(AT_A_TIME).max(1);
    let page = page.clamp(1, pages);
    (page, pages, open.into_iter().skip((page - 1) * AT_A_TIME).take(AT_A_TIME).collect())
}

/// A number of the query.
fn number(visit: &Visit, name: &str) -> Option<usize> {
    let query = visit.query.as_deref()?;
    let pair = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name)?;
    pair.1.parse().ok()
}
