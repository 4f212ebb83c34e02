//! `GET /calendar/deadline`: on which day a time limit ends, by the same function as the API.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use server::App;
use shared::{calendar::deadline::Question, civil_date::DateBoxes, field::FieldMessage, locale::Locale, say};

use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        checkbox::Checkbox,
        choice::{Choice, ChoiceOption},
        date_field::DateField,
        error_summary::{ErrorSummary, message_at},
        notice::{Notice, Tone},
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, value},
    visit::Visit,
};

/// What was typed: the date in its three boxes, the rest as the question has it.
struct Typed {
    boxes: DateBoxes,
    question: Question,
}

pub async fn show(State(app): State<App>, visit: Visit, Query(pairs): Query<Pairs>) -> Response {
    let typed = Typed::of(&pairs);
    // Nothing is asked yet: working days are what most limits count.
    if pairs.is_empty() {
        let question = Question { unit: "working".to_owned(), ..typed.question };
        return page(&visit, &Typed { question, ..typed }, None, &[]);
    }
    match typed.question.read() {
        Ok((from, limit)) => {
            let calendar = app.calendar();
            let deadline = limit.ends(from, calendar);
            // No notice of such a year will come any more: it is not here.
            let is_before = calendar.begins().is_some_and(|first| from.year() < first);
            let rests_on = if !deadline.provisional {
                Rests::Known
            } else if !limit.heeds_holidays() {
                Rests::EveryDay
            } else if is_before {
                Rests::Before
            } else {
                Rests::ToCome
            };
            let answer = answer(visit.locale, (deadline.date, rests_on));
            page(&visit, &typed, Some(answer), &[])
        }
        Err(errors) => page(&visit, &typed, None, &errors.messages(visit.locale)),
    }
}

impl Typed {
    fn of(pairs: &Pairs) -> Self {
        let text = |name: &str| value(pairs, name).unwrap_or_default().to_owned();
        // Programs and links write the day in one piece.
        let boxes = match text("from") {
            whole if !whole.is_empty() => DateBoxes::split(&whole),
            _ => DateBoxes { year: text("from.year"), month: text("from.month"), day: text("from.day") },
        };
        // A box that is ticked says yes.
        let roll = if text("roll") == "yes" { "true".to_owned() } else { text("roll") };
        let question = Question { from: boxes.join(), days: text("days"), unit: text("unit"), roll };
        Self { boxes, question }
    }
}

/// Which holiday notices an answer rests on.
#[derive(Clone, Copy)]
enum Rests {
    /// Those of all its years.
    Known,
    /// Some are not out, and no day is left out or moved for them.
    EveryDay,
    /// Those of years before the first that is here.
    Before,
    /// Some that are not out yet.
    ToCome,
}

fn answer(locale: Locale, (date, rests_on): (NaiveDate, Rests)) -> AnyView {
    let day = locale.full_date(date);
    let title = say!(locale, "最后一天是{day}", "The last day is {day}");
    let note = match rests_on {
        Rests::Known => None,
        Rests::EveryDay => Some(locale.say(
            "每一天都算、也不顺延，放假怎么安排都不影响这一天。",
            "Every day counts and none is moved, so no holiday notice changes this day.",
        )),
        Rests::Before => Some(locale.say(
            "这里没有那一年的放假安排，只按周末和固定的节日算，不一定对，请对照当年的放假通知。",
            "The holiday notice of that year is not here: only weekends and fixed holidays are left out, so it may be wrong. Please \
             compare the notice of that year.",
        )),
        Rests::ToCome => Some(locale.say(
            "算到的日子里有一年的放假通知还没有公布，公布以后可能会变。",
            "Some of the days counted lie in a year whose holiday notice is not out yet, so the date may still change.",
        )),
    };
    let tone = match rests_on {
        Rests::Known | Rests::EveryDay => Tone::Success,
        Rests::Before | Rests::ToCome => Tone::Warning,
    };
    view! { <Notice title=title tone=tone focus=true>{note.map(|note| view! { <p>{note}</p> })}</Notice> }.into_any()
}

fn page(visit: &Visit, typed: &Typed, answer: Option<AnyView>, messages: &[FieldMessage]) -> Response {
    let locale = visit.locale;
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = visit.say("算一算期限", "Work out a time limit");
    let lead = visit.say(
        "按全国放假和调休的安排，算出期限的最后一天。",
        "Find the last day of a time limit by the national calendar of holidays and make-up workdays.",
    );
    draw::page_as(visit, status, title, || {
        view! {
            <ErrorSummary locale=locale messages=messages.to_vec() />
            <div class="column flow">
                <BackLink href=visit.url("/") text=visit.say("首页", "Home") />
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
                {answer}
                {form(visit, typed, messages)}
                {how(locale)}
            </div>
        }
    })
}

fn form(visit: &Visit, typed: &Typed, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    let Question { days, unit, roll, .. } = &typed.question;
    let units = [
        ChoiceOption::new("working", locale.say("工作日", "Working days")).hint(
            locale.say("周末和节假日不算，调休上班的周末算", "Weekends and holidays do not count, make-up workdays do"),
        ),
        ChoiceOption::new("calendar", locale.say("自然日", "All days"))
            .hint(locale.say("每一天都算", "Every day counts")),
    ];
    view! {
        <form class="flow" method="get" action=visit.url("/calendar/deadline") novalidate>
            <DateField
                locale=locale
                name="from"
                legend=locale.say("从哪一天起", "Day on which it begins")
                value=typed.boxes.clone()
                hint=Some(locale.say("收到、提交或者发生的那一天", "The day of receipt, of handing in or of the event").to_owned())
                error=message_at(messages, "from")
            />
            <TextField
                locale=locale
                name="days"
                label=locale.say("期限是多少天", "Days of the limit")
                value=days.clone()
                inputmode="numeric"
                width="input-short"
                error=message_at(messages, "days")
            />
            <Choice
                locale=locale
                name="unit"
                legend=locale.say("怎么算天数", "Which days count")
                answers=units.to_vec()
                chosen=unit.clone()
                error=message_at(messages, "unit")
            />
            <Checkbox
                locale=locale
                name="roll"
                label=locale.say("最后一天遇到休息日，顺延到下一个工作日", "A last day of rest moves to the next working day")
                ticked=roll == "true"
                error=message_at(messages, "roll")
            />
            <p class="actions">
                <Button text=locale.say("算最后一天", "Find the last day") />
            </p>
        </form>
    }
    .into_any()
}

/// By which rules, so that whoever doubts the answer can look them up.
fn how(locale: Locale) -> AnyView {
    let rules = [
        locale.say(
            "第一天不算，从第二天开始数（民法典第二百零一条）。",
            "The first day is not counted; counting begins on the next (Civil Code, Article 201).",
        ),
        locale.say(
            "行政许可的期限按工作日算，不含法定节假日（行政许可法第八十二条）。别的期限，看规定里怎么写。",
            "Limits of administrative licences are working days (Administrative Licence Law, Article 82). For others, see what the rule says.",
        ),
        locale.say(
            "最后一天休息要不要顺延，也看规定里怎么写。",
            "Whether a last day of rest moves is for the rule to say as well.",
        ),
    ];
    let rules = rules.map(|rule| view! { <li>{rule}</li> });
    view! {
        <section class="flow">
            <h2>{locale.say("是怎么算的", "How it is counted")}</h2>
            <ul>{rules.collect_view()}</ul>
        </section>
    }
    .into_any()
}
