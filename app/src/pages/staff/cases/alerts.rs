//! What the clock told of cases: for whoever has to know of it until they say that they do, and for whoever works on the case.

use chrono::NaiveDate;
use leptos::prelude::*;
use server::{
    App, Error,
    procedures::alerts::{self, Level, Running, Told, level},
    staff::authority::Staff,
};
use shared::{
    locale::Locale,
    problem::Problem,
    procedures::{Alert, CaseId},
    say,
};

use super::{Officers, asked::Asked, clock, one};
use crate::{
    components::{notice::Tone, tag::Tag},
    pairs::{Pairs, value},
    visit::Visit,
};

/// What the button does, in its form.
pub(super) const KNOWN: &str = "known";
/// What was told, in the form.
const ALERT: &str = "alert";

/// Says that somebody knows.
pub(super) async fn take(app: &App, staff: &Staff, typed: &Pairs) -> Result<(), Error> {
    let id = value(typed, "case").and_then(|id| CaseId::parse(id).ok()).ok_or(Problem::NotFound)?;
    let alert = value(typed, ALERT).and_then(Alert::from_name).ok_or(Problem::Malformed)?;
    alerts::acknowledge(app, staff, &id, alert, app.now()).await
}

/// Nothing where nothing was told.
pub(super) fn draw(
    visit: &Visit,
    officers: &Officers,
    (asked, told): (Asked, &[Told]),
    today: NaiveDate,
) -> Option<AnyView> {
    if told.is_empty() {
        return None;
    }
    let locale = visit.locale;
    let rows = told.iter().take(alerts::SHOWN);
    let rows = rows.map(|told| view! { <li>{row(visit, officers, (asked, told), today)}</li> }).collect_view();
    let more = (told.len() > alerts::SHOWN).then(|| {
        let words = locale.say("还有更多，先看这些。", "There are more; these come first.");
        view! { <p class="soft">{words}</p> }
    });
    Some(
        view! {
            <section class="flow" aria-labelledby="alerts">
                <h2 id="alerts">{locale.say("时间提醒", "Time is running")}</h2>
                <ul class="sign-rows" role="list">{rows}</ul>
                {more}
            </section>
        }
        .into_any(),
    )
}

fn row(visit: &Visit, officers: &Officers, (asked, told): (Asked, &Told), today: NaiveDate) -> AnyView {
    let locale = visit.locale;
    let (text, tone) = words(locale, told);
    let (latest, left) = (clock::latest(locale, told.due), clock::left(locale, told.due, today));
    let whose = match &told.assigned_to {
        Some(person) if *person == officers.me => locale.say("您在办", "yours").to_owned(),
        Some(person) => say!(locale, "{} 在办", "with {}", officers.called(person, locale)),
        None => locale.say("还没有人办", "nobody’s yet").to_owned(),
    };
    let number = told.reference.to_string();
    let act = if told.is_theirs {
        view! {
            <form class="acts" method="post" action=visit.url(&asked.path())>
                <input type="hidden" name="case" value=told.case.to_string() />
                <input type="hidden" name=ALERT value=told.alert.name() />
                <button class="act" name="do" value=KNOWN>
                    {locale.say("知道了", "I know")}
                    <span class="hidden-visually">{format!(" {number}")}</span>
                </button>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="soft">{waits(locale, level(told.alert))}</p> }.into_any()
    };
    view! {
        <div class="sign-row">
            <div class="flow">
                <p><a class="sign-name" href=visit.url(&one::path(&told.case))>{number}</a></p>
                <p><Tag text=text tone=tone /></p>
                <p class="case-facts soft"><span>{latest} " · " {left}</span> " " <span>{whose}</span></p>
            </div>
            {act}
        </div>
    }
    .into_any()
}

/// What is told: how late it is, or that a case soon counts as accepted though nobody has looked at it.
fn words(locale: Locale, told: &Told) -> (&'static str, Tone) {
    match (told.running, told.alert) {
        (Running::Office, alert) => clock::alert(locale, alert),
        (Running::Silence, Alert::Half) => {
            (locale.say("受理的时间过半", "half of the time to accept it is gone"), Tone::Info)
        }
        (Running::Silence, Alert::Near) => (locale.say("受理快到期", "to be accepted soon"), Tone::Warning),
        (Running::Silence, Alert::Due) => (
            locale.say("今天不处理，明天起视为受理", "counts as accepted from tomorrow if nobody acts today"),
            Tone::Warning,
        ),
        (Running::Silence, Alert::Over) => {
            (locale.say("受理的时间已经过了", "the time to accept it is over"), Tone::Danger)
        }
    }
}

/// Whose word it waits for, for whoever works on the case.
fn waits(locale: Locale, level: Level) -> &'static str {
    match level {
        Level::Officer => locale.say("等经办的人知晓", "waits for whoever works on it"),
        Level::Signer => locale.say("已经提醒审批人员", "those who sign are told"),
        Level::Bureau => locale.say("已经提醒局里的审批人员", "those who sign for the bureau are told"),
    }
}
