//! `/staff/cases/figures`: what became of the applications of a time, as a table that prints and as a file. Fewer than five
//! families are not told apart, and no share of ratings stands without how many were rated at all.

use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    procedures::{
        figures::{self, Figures, Line, Period},
        sheet,
    },
    staff::authority::Staff,
};
use shared::{calendar::shanghai_date, field::FieldMessage, locale::Locale, problem::Problem, procedures::Grade, say};

use super::PAGE;
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, Weight},
        empty::Empty,
        error_summary::{ErrorSummary, message_at},
        text_field::TextField,
    },
    draw,
    pages::procedures::fields,
    pairs::{Pairs, address, value},
    site::Signed,
    visit::Visit,
};

/// Without the language prefix.
pub(super) const HERE: &str = "/staff/cases/figures";
const FILE: &str = "/staff/cases/figures/file";
/// What the fields of the form are called.
const FROM: [&str; 2] = ["从哪一天", "From"];
const UNTIL: [&str; 2] = ["到哪一天", "Until"];

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    match counted(&app, &staff, &pairs).await {
        Ok(counted) => Ok(page(&visit, &pairs, (Some(&counted), Vec::new()))),
        Err(Error::Problem(Problem::Fields(errors))) => Ok(page(&visit, &pairs, (None, errors.messages(visit.locale)))),
        Err(error) => Err(error.into()),
    }
}

/// The same as a file.
pub async fn file(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let counted = counted(&app, &staff, &pairs).await?;
    let Period { from, until } = counted.period;
    let name = format!("cases-{from}-{until}.csv");
    Ok(draw::no_store(draw::attachment("text/csv; charset=utf-8", &name, sheet::csv(table(visit.locale, &counted)))))
}

async fn counted(app: &App, staff: &Staff, pairs: &Pairs) -> Result<Figures, Error> {
    let day = |name| value(pairs, name).unwrap_or_default();
    let period = Period::read(day("from"), day("until"), shanghai_date(app.now()))?;
    figures::of(app, staff, period).await
}

/// A line for each procedure, below the names of the columns.
fn table(locale: Locale, counted: &Figures) -> Vec<Vec<String>> {
    let Period { from, until } = counted.period;
    let days = vec![locale.say("统计的日子", "Days").to_owned(), from.to_string(), until.to_string()];
    let first = [locale.say("事项", "Applied for"), locale.say("地区", "Region")].map(str::to_owned);
    let mut rows = vec![days];
    for line in &counted.lines {
        let cells = cells(locale, line);
        if rows.len() == 1 {
            rows.push(first.iter().cloned().chain(cells.iter().map(|(name, _)| name.clone())).collect());
        }
        let named = [line.name.say(locale).to_owned(), line.region.clone()];
        rows.push(named.into_iter().chain(cells.into_iter().map(|(_, cell)| cell)).collect());
    }
    rows
}

/// Every figure of a procedure by its name, always the same ones in the same order.
fn cells(locale: Locale, line: &Line) -> Vec<(String, String)> {
    let few = || locale.say("少于 5 件，不显示", "fewer than 5, not shown").to_owned();
    let count = |number: Option<usize>| number.map_or_else(few, |number| number.to_string());
    let part = |of: Option<[usize; 2]>, place: usize| count(of.map(|parts| parts[place]));
    let in_time = |place: usize| {
        if line.has_time {
            part(line.in_time, place)
        } else {
            locale.say("没有规定期限", "no text sets a time").to_owned()
        }
    };
    let days = |days: Option<i64>| days.map_or_else(few, |days| days.to_string());
    let of = |zh, en, cell: String| (locale.say(zh, en).to_owned(), cell);
    let mut cells = vec![
        of("提交", "Handed in", count(line.handed_in)),
        of("受理", "Accepted", count(line.accepted)),
        of("要求过补正", "Asked for more", count(line.asked)),
        of("作出决定", "Decided", count(line.decided)),
        of("准予", "Granted", part(line.outcomes, 0)),
        of("不予", "Refused", part(line.outcomes, 1)),
        of("在规定期限内决定", "Decided in time", in_time(0)),
        of("超过规定期限", "Decided late", in_time(1)),
        of(
            "一半在几天内决定（不算等申请人的时间）",
            "Half were decided within days, without the families’ time",
            days(line.took.map(|took| took.half)),
        ),
        of(
            "九成在几天内决定（不算等申请人的时间）",
            "Nine in ten within days, without the families’ time",
            days(line.took.map(|took| took.most)),
        ),
        of("评价了的", "Rated", rated(locale, line)),
    ];
    let grades = Grade::ALL.iter().enumerate().map(|(place, grade)| {
        let cell = line.grades.map_or_else(few, |grades| share(locale, line, (grades, place)));
        (grade.words().say(locale).to_owned(), cell)
    });
    cells.extend(grades);
    cells
}

/// How many said anything, of how many that were decided.
fn rated(locale: Locale, line: &Line) -> String {
    let few = || locale.say("少于 5 件", "fewer than 5").to_owned();
    let [rated, decided] =
        [line.rated, line.decided].map(|number| number.map_or_else(few, |number| number.to_string()));
    say!(locale, "决定了的 {decided} 件里，{rated} 件", "{rated} of {decided} decided")
}

/// The share of a grade among those who said something, and how many that were.
fn share(locale: Locale, line: &Line, (grades, place): ([usize; 5], usize)) -> String {
    let all: usize = grades.iter().sum();
    let percent = (grades[place] * 100 + all / 2) / all.max(1);
    let rated = rated(locale, line);
    say!(locale, "{percent}%（{rated}）", "{percent}% ({rated})")
}

fn page(visit: &Visit, pairs: &Pairs, (counted, messages): (Option<&Figures>, Vec<FieldMessage>)) -> Response {
    let locale = visit.locale;
    let title = locale.say("申请的统计", "Figures of applications");
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = form(visit, pairs, counted, &messages);
    let tables = counted.map(|counted| tables(visit, counted));
    let called = |field: &str| match field {
        "from" => Some(locale.say(FROM[0], FROM[1]).to_owned()),
        "until" => Some(locale.say(UNTIL[0], UNTIL[1]).to_owned()),
        _ => None,
    };
    let messages = fields::named(locale, &messages, called);
    draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow">
                <div class="off-paper">
                    <BackLink href=visit.url(PAGE) text=locale.say("返回申请", "Back to applications") />
                </div>
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {form}
                {tables}
                <p class="soft">
                    {locale.say(
                        "从每件申请的办理记录数出来。少于 5 件的不显示；没有评价的不算满意，也不算不满意。打印请用浏览器的“打印”。",
                        "Counted from the record of each application. Fewer than five are not shown. Whoever said nothing is neither satisfied nor \
                         dissatisfied. To print, use your browser’s Print.",
                    )}
                </p>
            </div>
        }
    }))
}

fn form(visit: &Visit, pairs: &Pairs, counted: Option<&Figures>, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    let typed = |name: &str| value(pairs, name).unwrap_or_default().to_owned();
    let from = counted.map_or_else(|| typed("from"), |counted| counted.period.from.to_string());
    let until = counted.map_or_else(|| typed("until"), |counted| counted.period.until.to_string());
    view! {
        <form class="flow off-paper" method="get" action=visit.url(HERE)>
            <TextField
                locale=locale
                name="from"
                label=locale.say(FROM[0], FROM[1])
                value=from
                hint=Some(locale.say("例如 2026-01-01", "such as 2026-01-01").to_owned())
                error=message_at(messages, "from")
                width="input-short"
            />
            <TextField
                locale=locale
                name="until"
                label=locale.say(UNTIL[0], UNTIL[1])
                value=until
                error=message_at(messages, "until")
                width="input-short"
            />
            <p class="actions">
                <Button text=locale.say("统计", "Count") weight=Weight::Secondary />
            </p>
        </form>
    }
    .into_any()
}

fn tables(visit: &Visit, counted: &Figures) -> AnyView {
    let locale = visit.locale;
    let Period { from, until } = counted.period;
    if counted.lines.is_empty() {
        let title = locale.say("这段时间没有申请", "There was no application in this time");
        return view! { <Empty title=title /> }.into_any();
    }
    let [first, last] = [from, until].map(|day| locale.date(day));
    let days = say!(locale, "{first}至{last}", "{first} to {last}");
    let tables: Vec<_> = counted.lines.iter().map(|line| one(locale, line)).collect();
    let [from, until] = [from, until].map(|day| day.to_string());
    let file = visit.url(&address(FILE, [("from", from.as_str()), ("until", until.as_str())]));
    view! {
        <p>{days}</p>
        {tables}
        <p class="off-paper"><a href=file>{locale.say("下载成表格文件（CSV）", "Download as a file (CSV)")}</a></p>
    }
    .into_any()
}

fn one(locale: Locale, line: &Line) -> AnyView {
    let rows = cells(locale, line).into_iter().map(|(name, cell)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{cell}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let (name, region) = (line.name.say(locale).to_owned(), line.region.clone());
    view! {
        <table class="case-load">
            <caption>{name} " · " {region}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
