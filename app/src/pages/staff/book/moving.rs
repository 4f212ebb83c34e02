//! The press that moves a booking, with what it says to whom.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    appointments::slots,
    counter::for_people::{self, One},
    staff::authority::Staff,
};
use shared::{
    appointments::{Refusal, SlotId},
    counter::Press,
    locale::Locale,
    problem::Problem,
    say,
};

use super::{Asked, Choice, to_done};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        summary::{Row, Summary},
    },
    draw,
    pages::staff::{
        day::act::{new_press, told},
        refused::{refused, says},
    },
    pairs::{Pairs, value},
    visit::Visit,
    words,
};

pub(super) async fn show(
    app: &App,
    visit: &Visit,
    choice: &Choice,
    one: &One,
    (to, press): (SlotId, Option<&Press>),
    problem: Option<Problem>,
) -> Result<Response, Error> {
    let locale = visit.locale;
    let chosen = slots::one(app, to, &choice.pages.bookable.service).await?;
    let at = Some((choice.pages.bookable.service.clone(), choice.point.place.id.clone()));
    let here = Asked { at, moves: Some(one.row.id.clone()), ..Asked::default() };
    let status = problem.as_ref().map_or(StatusCode::OK, server::rejection::status);
    let title = locale.say("改到别的时间", "Move a booking");
    let people = one.row.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join("、");
    let reference = one.row.reference.map(|reference| reference.to_string()).unwrap_or_default();
    let rows = vec![
        Row::new(locale.say("预约号", "Reference number"), reference),
        Row::new(locale.say("来办的人", "Who comes"), people),
        Row::new(locale.say("原来的时间", "Until now"), words::moment(locale, one.row.starts_at)),
        Row::new(locale.say("改到", "From now on"), words::moment(locale, chosen.slot.starts_at.to_utc()))
            .change(visit.url(&here.path())),
        Row::new(choice.pages.place_label(locale), choice.point.place.name.say(locale)),
    ];
    let tells = match told(&one.row, locale) {
        Some(tails) => say!(
            locale,
            "按下以后马上发改期短信到尾号 {tails} 的手机。打电话来的，先请对方报预约号和预约时留的手机号。",
            "The phones ending in {tails} are told at once. Of whoever calls, ask the reference and the phone they gave."
        ),
        None => locale.say("没有留手机，不发短信。", "They left no phone, so no text goes out.").to_owned(),
    };
    let press = press.map_or_else(new_press, |press| press.as_str().to_owned());
    let action = visit.url(&Asked { slot: Some(to), ..here.clone() }.path());
    Ok(draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <BackLink href=visit.url(&here.path()) text=locale.say("选时间", "Choose a time") />
                <h1>{title}</h1>
                {problem.map(|problem| not_moved(locale, &problem))}
                <Summary locale=locale rows=rows />
                <form class="flow" method="post" action=action>
                    <input type="hidden" name="from" value=one.slot.to_string() />
                    <input type="hidden" name="slot" value=to.to_string() />
                    <input type="hidden" name="press" value=press />
                    <p class="tells">{tells}</p>
                    <p class="actions">
                        <Button
                            text=locale.say("改到这个时间，并发短信", "Move it and send the text")
                            name="do"
                            value="move"
                        />
                    </p>
                </form>
            </div>
        }
    })))
}

/// Why it was not moved. Who works here phones no place.
fn not_moved(locale: Locale, problem: &Problem) -> AnyView {
    let Some(Refusal::MovedOften { again_at, .. }) = problem.refusal() else { return refused(locale, problem, None) };
    let when = words::moment(locale, again_at);
    let sentence = say!(
        locale,
        "工作人员一小时里已经给这个预约改过几次，{when}以后才能再改。现在的时间还留着。",
        "Staff have moved this booking several times within the hour, and can again after {when}. It keeps the time it has."
    );
    says((problem.title(locale), vec![sentence]))
}

pub(super) async fn submit(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    choice: &Choice,
    asked: &Asked,
    typed: &Pairs,
) -> Result<Response, Rejection> {
    let id = asked.moves.as_ref().ok_or(Problem::Malformed)?;
    let slot = |name| value(typed, name).and_then(|slot| slot.parse().ok()).map(SlotId).ok_or(Problem::Malformed);
    let (from, to) = (slot("from")?, slot("slot")?);
    let press = Press::parse(value(typed, "press").unwrap_or_default()).map_err(|_| Problem::Malformed)?;
    match for_people::move_to(app, staff, id, (from, to, &press), app.now()).await.map_err(Error::into_problem) {
        Ok(()) => Ok(to_done(visit, Asked { done: Some(id.clone()), moved: true, ..Asked::default() })),
        Err(problem @ (Problem::Refused(_) | Problem::Busy)) if problem.status() != 401 => {
            let one = for_people::one(app, staff, id, app.now()).await?;
            Ok(show(app, visit, choice, &one, (to, Some(&press)), Some(problem)).await?)
        }
        Err(problem @ Problem::IdempotencyMismatch) => {
            let one = for_people::one(app, staff, id, app.now()).await?;
            Ok(show(app, visit, choice, &one, (to, None), Some(problem)).await?)
        }
        Err(problem) => Err(problem.into()),
    }
}
