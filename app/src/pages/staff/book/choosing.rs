//! What is booked and when.

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Days, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    App, Error,
    appointments::slots,
    counter::{day, for_people::One, more, office},
};
use shared::{
    appointments::slot::{SlotState, SlotView},
    calendar::shanghai_date,
    locale::Locale,
    say,
};

use super::{Asked, Choice, PAGE};
use crate::{
    components::{back_link::BackLink, empty::Empty, times::Times},
    draw,
    pages::staff::{service_at, visits},
    visit::Visit,
    words,
};

/// What the page is called.
fn title(locale: Locale, asked: &Asked) -> &'static str {
    match asked.moves {
        Some(_) => locale.say("改到别的时间", "Move a booking"),
        None => locale.say("代为预约", "Book for somebody"),
    }
}

/// The services at the places where this person may book.
pub(super) fn what(visit: &Visit, choices: &[Choice], asked: &Asked) -> Response {
    let locale = visit.locale;
    let title = title(locale, asked);
    let nobody = choices.is_empty().then(|| {
        view! {
            <Empty title=locale.say("这里没有可以预约的", "Nothing can be booked here")>
                <p>{locale.say("请大厅负责人先设置服务。", "Ask the office manager to set up a service first.")}</p>
            </Empty>
        }
    });
    let choices = choices.iter().map(|Choice { pages, point }| {
        let at = Some((pages.bookable.service.clone(), point.place.id.clone()));
        let href = visit.url(&Asked { at, slot: None, date: None, ..asked.clone() }.path());
        let (what, place) = (pages.words.name.say(locale), point.place.name.say(locale));
        view! { <li><a href=href>{say!(locale, "{place}：{what}", "{place}: {what}")}</a></li> }
    });
    let choices = choices.collect_view();
    draw::no_store(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow column">
                <BackLink href=visit.url("/staff/day") text=locale.say("返回", "Back") />
                <h1>{title}</h1>
                <p>{locale.say("办什么，在哪里？", "What, and where?")}</p>
                <ul class="flow" role="list">{choices}</ul>
                {nobody}
            </div>
        }
    }))
}

/// The days with times left, and the times of one.
pub(super) async fn when(
    app: &App,
    visit: &Visit,
    choice: &Choice,
    (has_others, moved): (bool, Option<&One>),
    asked: &Asked,
) -> Result<Response, Error> {
    let now = app.now();
    let rule = choice.point.rule(now)?;
    let first = rule.first_day(now);
    let last = rule.last_day(now).min(first + Days::new(slots::MOST_DAYS.unsigned_abs() - 1));
    let all = slots::between(app, &choice.point, (first, last), now).await?;
    let days = free_days(&all);
    let date = asked.date.filter(|date| (first..=last).contains(date)).or_else(|| Some(days.first()?.0));
    let times: Vec<_> = all.iter().filter(|slot| Some(slot.starts_at.date_naive()) == date).cloned().collect();
    let at = Some((choice.pages.bookable.service.clone(), choice.point.place.id.clone()));
    let here = Asked { at, date, slot: None, ..asked.clone() };
    let today = shanghai_date(now);
    let has_tickets = moved.is_none() && has_tickets(app, choice, now).await?;
    let not_today = (first > today).then(|| not_today(visit, moved.is_some(), has_tickets));
    let above = [moved.map(|one| of(visit, one)), not_today];
    Ok(draw_times(visit, choice, (has_others, &here), (&days, today, has_tickets), (times, above)))
}

/// Whether whoever wants to be served today is given a ticket.
async fn has_tickets(app: &App, choice: &Choice, now: DateTime<Utc>) -> Result<bool, Error> {
    let office = office::of_place(&mut *app.database().read().await?, &choice.point.place.id).await?;
    if day::is_closed(app, &office, shanghai_date(now)).await? {
        return Ok(false);
    }
    Ok(more::with_tickets(app, &office, now).await?.contains(&choice.pages.bookable.service))
}

/// Whose booking moves, and when they come as it is.
fn of(visit: &Visit, one: &One) -> AnyView {
    let locale = visit.locale;
    let people = one.row.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>();
    let (people, when) = (people.join(locale.say("、", ", ")), words::moment(locale, one.row.starts_at));
    view! { <p><b>{people}</b> {say!(locale, "，现在约的是 {when}", ", booked for {when}")}</p> }.into_any()
}

/// Why today is not among the days, and what there is instead.
fn not_today(visit: &Visit, moves: bool, has_tickets: bool) -> AnyView {
    let locale = visit.locale;
    if moves {
        return view! { <p class="soft">{locale.say("不能改到今天。", "A booking cannot be moved to today.")}</p> }
            .into_any();
    }
    if !has_tickets {
        let text = locale.say(
            "今天的不能预约，今天也没有现场号了。",
            "Today cannot be booked, and there are no tickets left of today.",
        );
        return view! { <p class="soft">{text}</p> }.into_any();
    }
    view! {
        <p class="soft">
            {locale.say("今天的不能预约。今天就要办的，到", "Today cannot be booked. Whoever wants to be served today takes a ticket under ")}
            <a href=visit.url("/staff/day")>{locale.say("“今天”里现场取号", "“Today”")}</a>
            {locale.say("。", ".")}
        </p>
    }
    .into_any()
}

/// Days with something left, each with how much.
fn free_days(slots: &[SlotView]) -> Vec<(NaiveDate, u32)> {
    let mut days: Vec<(NaiveDate, u32)> = Vec::new();
    for slot in slots.iter().filter(|slot| slot.state == SlotState::Free) {
        let date = slot.starts_at.date_naive();
        match days.last_mut() {
            Some((last, left)) if *last == date => *left += slot.remaining,
            _ => days.push((date, slot.remaining)),
        }
    }
    days
}

fn draw_times(
    visit: &Visit,
    choice: &Choice,
    (has_others, here): (bool, &Asked),
    (days, today, has_tickets): (&[(NaiveDate, u32)], NaiveDate, bool),
    (times, above): (Vec<SlotView>, [Option<AnyView>; 2]),
) -> Response {
    let locale = visit.locale;
    let title = title(locale, here);
    let (what, place) = (choice.pages.words.name.say(locale), choice.point.place.name.say(locale));
    let back = match &here.moves {
        Some(id) => visit.url(&visits::path(id)),
        None if has_others => visit.url(PAGE),
        None => visit.url("/staff/day"),
    };
    let links = days.iter().map(|(day, left)| {
        let current = (here.date == Some(*day)).then_some("true");
        let href = visit.url(&Asked { date: Some(*day), ..here.clone() }.path());
        let left = say!(locale, "剩 {left} 个", "{left} left");
        view! { <li><a href=href aria-current=current>{locale.near_day(*day, today)} " " <span class="count">{left}</span></a></li> }
    });
    let links = links.collect_view();
    let nothing = days.is_empty().then(|| {
        let instead = if has_tickets {
            locale.say(
                "放出新的时间以后再来，或者请他们现场取号。",
                "Come back when new times open, or give them a ticket.",
            )
        } else {
            locale.say("放出新的时间以后再来。", "Come back when new times open.")
        };
        view! {
            <Empty title=locale.say("现在没有可以约的时间", "No time is free now")>
                <p>{instead}</p>
            </Empty>
        }
    });
    let day = here.date.map(|date| view! { <h2>{locale.full_date(date)}</h2> });
    let hidden = here.at.as_ref().map(|(service, place)| {
        let at = service_at::write(service, place);
        let moves = here.moves.as_ref().map(|id| view! { <input type="hidden" name="move" value=id.to_string() /> });
        view! {
            <input type="hidden" name="at" value=at />
            {moves}
        }
    });
    let action = visit.url(PAGE);
    draw::no_store(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow book-for">
                <BackLink href=back text=locale.say("返回", "Back") />
                <h1>{title}</h1>
                <p>{say!(locale, "{place}：{what}", "{place}: {what}")}</p>
                {above.into_iter().collect_view()}
                <nav aria-label=locale.say("日期", "Days")>
                    <ul class="states days" role="list">{links}</ul>
                </nav>
                {nothing}
                <form class="flow" method="get" action=action>
                    {hidden}
                    {day}
                    <Times locale=locale slots=times />
                </form>
            </div>
        }
    }))
}
