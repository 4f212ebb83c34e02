//! `/marriage/check`: may these two register on that day, and what do they bring? Nothing is stored, and with
//! scripts nothing is even sent.

mod form;

use axum::{Form, extract::State, http::StatusCode, response::Response};
use chrono::Days as LaterDays;
use leptos::prelude::*;
use server::{
    App,
    appointments::{month, point},
    error::Error,
    rejection::Rejection,
};
use shared::{
    appointments::{DayAvailability, DayView},
    calendar::shanghai_date,
    field::FieldMessage,
    marriage::{
        SERVICE,
        check::{CheckAnswer, CheckInput},
    },
};

use crate::{
    components::{back_link::BackLink, error_summary::error_summary, part::Part},
    draw,
    islands::{
        MarriageCheck,
        marriage_check::{Days, answer, answer_to, messages, read},
    },
    pairs::{Pairs, value},
    visit::Visit,
};

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Rejection> {
    let days = days(&app).await?;
    Ok(CheckPage { visit: &visit, days, typed: CheckInput::default() }.draw(None, &[]))
}

/// Answers with the same page, or with a sheet of paper when `print` is asked for.
pub async fn submit(State(app): State<App>, visit: Visit, Form(pairs): Form<Pairs>) -> Result<Response, Rejection> {
    let days = days(&app).await?;
    let typed = read(|name| value(&pairs, name).unwrap_or_default().to_owned());
    let answered = answer_to(&typed, days);
    let chosen = !typed.date.is_empty();
    let page = CheckPage { visit: &visit, days, typed };
    Ok(match answered {
        Ok(answer) if value(&pairs, "print").is_some() => on_paper(&visit, answer, days),
        Ok(answer) => {
            let answer = answer::answered(visit.locale, answer, chosen, days, &visit.url("/marriage/book"));
            page.draw(Some(answer), &[])
        }
        Err(errors) => {
            let messages = messages(visit.locale, &errors);
            page.draw(Some(error_summary(visit.locale, &messages)), &messages)
        }
    })
}

/// The page with what was typed.
struct CheckPage<'a> {
    visit: &'a Visit,
    days: Days,
    typed: CheckInput,
}

impl CheckPage<'_> {
    /// `outcome` is the answer or what to correct; with messages the page answers 422.
    fn draw(self, outcome: Option<Part>, messages: &[FieldMessage]) -> Response {
        let Self { visit, days, typed } = self;
        let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let title = visit.say("先核对条件", "Check conditions first");
        let lead = visit.say(
            "看看您二位想登记的那天能不能登记，每个人要带什么。",
            "See if you can register on the day you want, and what to bring.",
        );
        let private = visit.say(
            "结果就在您的设备上算出来，填写的内容不发送、不保存。浏览器不能运行脚本的，由本站算一次，同样不保存、不记录。",
            "The answer is worked out on your own device: nothing you enter is sent or stored. If your browser does \
             not run scripts, this site works it out once and does not store or log it either.",
        );
        let form = form::form(visit, typed, messages, days);
        let page = draw::page_as(visit, status, title, || {
            view! {
                <div class="column flow">
                    <BackLink href=visit.url("/marriage") text=visit.say("结婚登记", "Marriage registration") />
                    <h1>{title}</h1>
                    <p class="lead off-paper">{lead}</p>
                    <details class="fold off-paper">
                        <summary>{visit.say("填写的内容不保存", "Nothing is stored")}</summary>
                        <p class="soft">{private}</p>
                    </details>
                    <MarriageCheck>
                        <div id="told">{outcome.map(Part::drawn)}</div>
                        {form}
                    </MarriageCheck>
                </div>
            }
        });
        draw::no_store(page)
    }
}

fn on_paper(visit: &Visit, answer: CheckAnswer, days: Days) -> Response {
    let title = visit.say("结婚登记：核对结果和要带的证件", "Marriage registration: conditions and documents");
    let body = answer::body(visit.locale, answer, days).into_iter().map(Part::drawn);
    draw::no_store(draw::sheet(visit, title, || {
        view! {
            <h1>{title}</h1>
            {body.collect_view()}
        }
    }))
}

/// Today, the next working day that some registry takes bookings for, the last day that some registry has times on, and the last
/// of those that are open for booking, whether or not anybody works on it.
async fn days(app: &App) -> Result<Days, Error> {
    let now = app.now();
    let today = shanghai_date(now);
    let points = point::shown(app, &SERVICE, now).await?;
    let rules = || points.iter().filter_map(|point| point.rule(now).ok());
    let first = rules().map(|rule| rule.first_day(now)).min().unwrap_or(today + LaterDays::new(1));
    let released = rules().map(|rule| rule.last_day(now)).max().unwrap_or(first);
    let mut last = first;
    for point in &points {
        let Ok(rule) = point.rule(now) else { continue };
        let days = month::days(app, point, (rule.first_day(now), rule.last_day(now)), now).await?;
        last = days.iter().rfind(|day| has_times(day)).map_or(last, |day| last.max(day.date));
    }
    let next = first.iter_days().take(31).find(|day| app.calendar().day(*day).kind.is_worked());
    Ok(Days { today, next: next.unwrap_or(first), last, released })
}

fn has_times(day: &DayView) -> bool {
    matches!(day.availability, DayAvailability::Free { .. } | DayAvailability::Full)
}
