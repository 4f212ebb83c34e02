//! `/staff/cases/export`: a queue as a file, masked as it is listed. Why it is taken along is written down, and colleagues read it.

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    procedures::{
        export::{self, Exported, MOST, Taken},
        queue::{Queue, Row},
        sheet,
    },
    staff::authority::Staff,
};
use shared::{calendar::shanghai_date, field::FieldMessage, locale::Locale, problem::Problem, say};

use super::{
    Officers,
    asked::{Asked, List},
    clock,
};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        choice::{Choice, ChoiceOption},
        error_summary::{ErrorSummary, message_at},
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
    words,
};

/// Without the language prefix.
pub(super) const HERE: &str = "/staff/cases/export";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    Ok(page(&app, &visit, &staff, (&pairs, Vec::new())).await?)
}

/// Writes down why, then gives the file.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let (queue, now) = (queue(&typed), app.now());
    let why = value(&typed, "why").unwrap_or_default();
    match export::take(&app, &staff, queue, why, now).await {
        Ok(exported) => {
            let officers = Officers::load(&app, &staff).await?;
            let name = format!("{}-{}.csv", queue.name(), shanghai_date(now));
            let file = sheet::csv(table(visit.locale, &officers, &exported));
            Ok(draw::no_store(draw::attachment("text/csv; charset=utf-8", &name, file)))
        }
        Err(Error::Problem(Problem::Fields(errors))) => {
            Ok(page(&app, &visit, &staff, (&typed, errors.messages(visit.locale))).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The way to it from a list; none from who has how many.
pub(super) fn path(list: List) -> Option<String> {
    match list {
        List::Of(queue) => Some(format!("{HERE}?queue={}", queue.name())),
        List::Load => None,
    }
}

fn queue(pairs: &Pairs) -> Queue {
    value(pairs, "queue").and_then(Queue::from_name).unwrap_or(Queue::Mine)
}

/// A line for each case, below the names of the columns.
fn table(locale: Locale, officers: &Officers, exported: &Exported) -> Vec<Vec<String>> {
    let heads = [
        locale.say("申请编号", "Application number"),
        locale.say("事项", "Applied for"),
        locale.say("地区", "Region"),
        locale.say("申请人（遮盖）", "Applicant (masked)"),
        locale.say("现在", "State"),
        locale.say("提交的日子", "Handed in"),
        locale.say("最迟的日子", "Due"),
        locale.say("谁在办", "With whom"),
    ];
    let heads = heads.map(str::to_owned).to_vec();
    let rest = exported
        .has_more
        .then(|| vec![say!(locale, "还有更多，这里只有前 {MOST} 件", "There are more: these are the first {MOST}")]);
    let lines = exported.rows.iter().map(|row| line(locale, officers, row));
    std::iter::once(heads).chain(lines).chain(rest).collect()
}

fn line(locale: Locale, officers: &Officers, row: &Row) -> Vec<String> {
    let whose = row.assigned_to.as_ref().map(|person| officers.called(person, locale));
    vec![
        row.reference.to_string(),
        row.name.say(locale).to_owned(),
        row.region.clone(),
        row.applicant.clone(),
        row.state.words().say(locale).to_owned(),
        shanghai_date(row.submitted_at).to_string(),
        row.due.map(|due| clock::latest(locale, due)).unwrap_or_default(),
        whose.unwrap_or_default(),
    ]
}

async fn page(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    (typed, messages): (&Pairs, Vec<FieldMessage>),
) -> Result<Response, Error> {
    let locale = visit.locale;
    let (officers, taken) = (Officers::load(app, staff).await?, export::taken(app, staff).await?);
    let title = locale.say("导出名单", "Take a list along");
    let chosen = queue(typed);
    let back = visit.url(&Asked::of(List::Of(chosen)).path());
    let lists = Queue::ALL.map(|queue| ChoiceOption::new(queue.name(), List::Of(queue).tab(locale))).to_vec();
    let why = value(typed, "why").unwrap_or_default().to_owned();
    let wrong = message_at(&messages, "why");
    let before = before(locale, &officers, &taken);
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <BackLink href=back text=locale.say("返回申请", "Back to applications") />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p>
                    {say!(
                        locale,
                        "文件里的姓名是遮盖过的，没有证件号码、手机号和银行卡号；最多 {MOST} 件。谁、什么时候、为什么导出，会记下来。用完请删掉。",
                        "Names in the file are masked, and it has no document numbers, phones or accounts; {MOST} cases at most. Who took \
                         it, when and why is written down. Delete it once it is used."
                    )}
                </p>
                <form class="flow" method="post" action=visit.url(HERE) novalidate>
                    <Choice
                        locale=locale
                        name="queue"
                        legend=locale.say("哪一份", "Which list")
                        answers=lists
                        chosen=chosen.name()
                    />
                    <TextField
                        locale=locale
                        name="why"
                        label=locale.say("为什么导出（不要写号码）", "Why (no numbers)")
                        value=why
                        error=wrong
                    />
                    <p class="actions">
                        <Button text=locale.say("记录原因，导出", "Write it down and take it") />
                    </p>
                </form>
                {before}
            </div>
        }
    })))
}

/// Who took what along of late.
fn before(locale: Locale, officers: &Officers, taken: &[Taken]) -> Option<AnyView> {
    if taken.is_empty() {
        return None;
    }
    let rows = taken.iter().map(|taken| {
        let list = taken.queue.map_or("", |queue| List::Of(queue).tab(locale));
        let (who, when) = (officers.called(&taken.by, locale), words::short_moment(locale, taken.at));
        let (cases, why) = (taken.cases, taken.why.clone());
        let what = say!(locale, "“{list}”，{cases} 件。原因：{why}", "“{list}”, {cases} cases. Why: {why}");
        view! { <li><p>{what}</p><p class="soft">{format!("{when} · {who}")}</p></li> }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("谁导出过", "Who took lists along")}</h2>
                <ul class="looks" role="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}
