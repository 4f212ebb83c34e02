//! The visit that is at my counter: who, what to do next, and whatever needs to be said with it. A button whose act tells
//! people something says so, and whom.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::counter::{WouldTell, counters::Counter, day::Row};
use shared::{
    counter::{ActName, CounterId, Paper, StateName, VisitState},
    locale::Locale,
    say,
};

use super::{
    act::{self, asking, service_of, told},
    asked::ticket,
    beside::Beside,
    missing,
    rows::clock,
    seen::Seen,
};
use crate::{
    appointments::service::AtCounter,
    components::button::Button,
    pages::staff::{apart::Apart, service_at},
};

/// Called to my counter, or served there.
pub fn draw(seen: &Seen<'_>, counter: &Counter, row: &Row, beside: &Beside) -> AnyView {
    let locale = seen.locale();
    let since = clock(row.since);
    let state = if let VisitState::Called { calls, .. } = row.state {
        say!(locale, "已叫 {calls} 次 · {since}", "called {calls} × · {since}")
    } else {
        say!(locale, "正在办理 · 从 {since} 起", "being served since {since}")
    };
    let number = row.ticket.map_or_else(|| act::called(row, locale), ticket);
    // Whoever has just called somebody goes on from here, and whoever has left something out from there.
    let met = seen.asked.did.as_ref() == Some(&row.id) && seen.wrong_at_form().is_none();
    view! {
        <div class="current">
            <p class="current-state">{state}</p>
            <h3 class="current-ticket met" id="current" tabindex="-1" autofocus=met>{number}</h3>
            <p>{names(row)}</p>
            <p class="current-facts soft">{facts(seen, row)}</p>
            {match row.state.kind() {
                StateName::Called => called(seen, counter, row, beside),
                _ => serving(seen, counter, row, beside),
            }}
        </div>
    }
    .into_any()
}

pub fn names(row: &Row) -> String {
    row.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join("、")
}

fn facts(seen: &Seen<'_>, row: &Row) -> AnyView {
    let locale = seen.locale();
    let time = clock(row.starts_at);
    let time = if row.walk_in {
        locale.say("现场取号", "walk-in").to_owned()
    } else {
        say!(locale, "约的 {time}", "booked for {time}")
    };
    let service = service_of(seen, row).map(|pages| pages.words.name.say(locale).to_owned());
    let facts = service.into_iter().chain([time]).collect::<Vec<_>>().join(" · ");
    // Read aloud and typed again: it stands in one line.
    let reference = row.reference.map(|reference| {
        view! {
            " · "
            {locale.say("预约号 ", "reference ")}
            <span class="nowrap">{reference.to_string()}</span>
        }
    });
    view! { {facts} {reference} }.into_any()
}

fn called(seen: &Seen<'_>, counter: &Counter, row: &Row, beside: &Beside) -> AnyView {
    let locale = seen.locale();
    view! {
        <div class="acts">
            {main(row, ActName::Serve, locale.say("人到了，开始办理", "They are here: start"))}
        </div>
        <div class="acts">
            {call_again(seen, counter, row)}
            {act::button(row, ActName::Park, locale.say("暂放", "Set aside"), locale)}
            {act::button(row, ActName::Left, locale.say("已离开", "They left"), locale)}
        </div>
        {match row.not_due_until(seen.now) {
            Some(time) => Some(not_due(locale, time)),
            None => (!row.excused).then(|| no_show(seen, row, beside.no_show.as_ref())),
        }}
        {hand_over(seen, counter, row)}
        {redirect(seen, row)}
    }
    .into_any()
}

fn serving(seen: &Seen<'_>, counter: &Counter, row: &Row, beside: &Beside) -> AnyView {
    let locale = seen.locale();
    let done = service_of(seen, row).map_or(AtCounter::PLAIN.done, |pages| pages.at_counter.done).say(locale);
    view! {
        {finish(seen, row, "registered", &say!(locale, "办结：{done}", "Finish: {done}"))}
        <div class="acts">
            {act::button(row, ActName::Park, locale.say("暂放", "Set aside"), locale)}
        </div>
        {to_return(seen, row, beside)}
        {not_done(seen, row, beside.not_done.as_ref())}
        {refuse(seen, row, beside.refused.as_ref())}
        {apart(seen, row, beside.not_done.as_ref())}
        {hand_over(seen, counter, row)}
        {redirect(seen, row)}
    }
    .into_any()
}

/// The act that comes next.
fn main(row: &Row, name: ActName, text: &'static str) -> AnyView {
    let pressed = act::Pressed::Visit { act: name, version: row.version, visit: row.id.clone() };
    view! { <Button text=text form=Some(act::FORM) name="do" value=pressed.value() /> }.into_any()
}

fn finish(seen: &Seen<'_>, row: &Row, outcome: &'static str, text: &str) -> AnyView {
    let pressed = act::Pressed::Visit { act: ActName::Finish, version: row.version, visit: row.id.clone() };
    view! {
        <form class="acts" method="post" action=seen.itself()>
            {act::press(seen)}
            <input type="hidden" name="do" value=pressed.value() />
            <Button text=text name="outcome" value=outcome />
        </form>
    }
    .into_any()
}

/// What is said of the message that goes out, beside the button: the very text where it is known, and to whom.
pub fn tells(row: &Row, locale: Locale, told_so: Option<&WouldTell>) -> AnyView {
    let text = match (told_so, told(row, locale)) {
        (Some(WouldTell { text, to }), _) => {
            let to = to.join(locale.say("、", ", "));
            say!(
                locale,
                "一分钟后发短信给 {to}：“{text}” 一分钟之内撤销就不发。",
                "In a minute a text goes to {to}: “{text}” Undone within the minute, it does not."
            )
        }
        (None, Some(tails)) => say!(
            locale,
            "一分钟后发短信到尾号 {tails} 的手机；一分钟之内撤销就不发。",
            "In a minute a text goes to the phones ending in {tails}; undone within the minute, it does not."
        ),
        (None, None) => locale.say("没有留手机，不发短信。", "They left no phone, so no text goes out.").to_owned(),
    };
    view! { <p class="tells">{text}</p> }.into_any()
}

/// The button's own words say that somebody is told.
pub fn telling(row: &Row, locale: Locale, act: &str) -> String {
    match told(row, locale) {
        Some(_) => format!("{act}{}", locale.say("，并发短信", " and send the text")),
        None => act.to_owned(),
    }
}

/// Nobody came, to the hall or to the counter.
pub fn no_show(seen: &Seen<'_>, row: &Row, told_so: Option<&WouldTell>) -> AnyView {
    let locale = seen.locale();
    let body = view! {
        {tells(row, locale, told_so)}
        <button class="act act-taking">{telling(row, locale, locale.say("标记未到", "Mark as no-show"))}</button>
    };
    asking(seen, row, (ActName::NoShow, ""), locale.say("未到…", "No-show…"), body.into_any())
}

/// Until when nobody can say so.
fn not_due(locale: Locale, time: DateTime<Utc>) -> AnyView {
    let time = clock(time);
    let text = say!(
        locale,
        "约的是 {time}，到时间以前不能标记未到：可以再叫一次，或者先暂放。",
        "Booked for {time}: until then nobody is a no-show. Call again, or set them aside."
    );
    view! { <p class="soft">{text}</p> }.into_any()
}

fn to_return(seen: &Seen<'_>, row: &Row, beside: &Beside) -> Option<AnyView> {
    let locale = seen.locale();
    let pages = service_of(seen, row)?;
    let papers = missing::to_tick(pages, locale);
    if papers.is_empty() {
        return None;
    }
    let unnamed = missing::unnamed(locale, pages, beside.to_return.as_ref());
    let body = view! {
        {missing::picks(locale, papers, beside.likely.as_deref())}
        {tells(row, locale, beside.to_return.as_ref().map(|told| &told.named))}
        {unnamed}
        <button class="act" name="outcome" value="to_return">
            {telling(row, locale, locale.say("办结：补材料再来", "Finish: to return"))}
        </button>
    };
    Some(asking(seen, row, (ActName::Finish, "paper"), locale.say("材料不齐…", "Papers are missing…"), body.into_any()))
}

/// Whatever else stands in the way: the same end as that of whoever is not willing, so that it tells nothing.
fn not_done(seen: &Seen<'_>, row: &Row, told_so: Option<&WouldTell>) -> Option<AnyView> {
    let locale = seen.locale();
    if (service_of(seen, row)?.at_counter.papers)(locale).is_empty() {
        return None;
    }
    let body = view! {
        <p>
            {locale.say(
                "一方没有来、系统不通、这里不能办、还要核实：当面说清为什么、下一步怎么办。",
                "One of them is not there, a system is down, it cannot be done here, something has to be checked: explain \
                 why, and what to do next.",
            )}
        </p>
        <input type="hidden" name="paper" value=Paper::AS_TOLD.to_string() />
        {tells(row, locale, told_so)}
        <button class="act" name="outcome" value="to_return">{telling(row, locale, unfinished(locale))}</button>
    };
    Some(asking(
        seen,
        row,
        (ActName::Finish, "as_told"),
        locale.say("今天没有办完…", "Not completed today…"),
        body.into_any(),
    ))
}

/// The words of the end that says nothing, whichever button brings it about.
pub fn unfinished(locale: Locale) -> &'static str {
    locale.say("办结：没有办完", "Finish: not completed")
}

fn refuse(seen: &Seen<'_>, row: &Row, told_so: Option<&WouldTell>) -> Option<AnyView> {
    let locale = seen.locale();
    let at_counter = &service_of(seen, row)?.at_counter;
    let grounds = (at_counter.grounds)(locale);
    if grounds.is_empty() {
        return None;
    }
    let grounds = grounds.into_iter().map(|(ground, words)| {
        view! {
            <label class="pick">
                <input type="radio" name="ground" value=ground.to_string() />
                <span>{words}</span>
            </label>
        }
    });
    let body = view! {
        <fieldset>
            <legend>{locale.say("因为什么", "On which ground")}</legend>
            {grounds.collect_view()}
        </fieldset>
        {at_counter.refusing.as_ref().map(|refusing| view! { <p>{refusing.owed.say(locale)}</p> })}
        <p class="tells">{locale.say("短信里不写原因。", "The text does not say why.")}</p>
        {tells(row, locale, told_so)}
        <button class="act act-taking" name="outcome" value="refused">
            {telling(row, locale, locale.say("办结：不予办理", "Finish: refuse"))}
        </button>
    };
    Some(asking(seen, row, (ActName::Finish, "ground"), locale.say("不予办理…", "Refuse…"), body.into_any()))
}

/// For who is not willing: to everybody else it ends like any other visit after which people come again.
fn apart(seen: &Seen<'_>, row: &Row, told_so: Option<&WouldTell>) -> Option<AnyView> {
    let locale = seen.locale();
    if (service_of(seen, row)?.at_counter.papers)(locale).is_empty() {
        return None;
    }
    let press = act::press(seen);
    Some(Apart { visit: seen.visit, row, action: seen.itself(), press, tells: tells(row, locale, told_so) }.draw())
}

fn hand_over(seen: &Seen<'_>, counter: &Counter, row: &Row) -> Option<AnyView> {
    let locale = seen.locale();
    let others: Vec<_> =
        seen.sheet.counters.iter().filter(|other| other.id != counter.id && other.clerk.is_some()).collect();
    if others.is_empty() {
        return None;
    }
    let others = others.into_iter().enumerate().map(|(place, other)| {
        view! {
            <label class="pick">
                <input type="radio" name="counter" value=other.id.to_string() checked=place == 0 />
                <span>{seen.sign(other.id)}</span>
            </label>
        }
    });
    let body = view! {
        <fieldset>
            <legend>{locale.say("哪个窗口接着办", "Which counter goes on")}</legend>
            {others.collect_view()}
        </fieldset>
        <button class="act">{locale.say("移交，排在那里最前面", "Hand over: first in line there")}</button>
    };
    Some(asking(seen, row, (ActName::HandOver, "counter"), locale.say("移交别的窗口…", "Hand over…"), body.into_any()))
}

/// Another place or service goes on with them, where they wait from now on.
pub fn redirect(seen: &Seen<'_>, row: &Row) -> Option<AnyView> {
    let locale = seen.locale();
    let others = seen.elsewhere.iter().filter(|(there, _)| there.place != row.place || there.service != row.service);
    let others: Vec<_> = others
        .map(|(there, words)| {
            let value = service_at::write(&there.service, &there.place);
            view! { <option value=value>{words.clone()}</option> }
        })
        .collect();
    if others.is_empty() {
        return None;
    }
    let field = format!("elsewhere-{}", row.id);
    let body = view! {
        <label for=field.clone()>{locale.say("转到哪里", "Where to")}</label>
        <select class="input" id=field name="elsewhere">{others}</select>
        <button class="act">{locale.say("转过去，在那里排队", "Send on: they wait there")}</button>
    };
    let asked = (ActName::Redirect, "elsewhere");
    Some(asking(seen, row, asked, locale.say("转到别处…", "Send on…"), body.into_any()))
}

fn call_again(seen: &Seen<'_>, counter: &Counter, row: &Row) -> AnyView {
    with_counter(seen, row, ActName::Call, counter.id, seen.locale().say("再叫一次", "Call again"))
}

pub fn back_here(seen: &Seen<'_>, row: &Row, mine: &Counter) -> AnyView {
    with_counter(seen, row, ActName::Back, mine.id, seen.locale().say("叫回我的窗口", "Back to my counter"))
}

pub fn back_to_hall(seen: &Seen<'_>, row: &Row) -> AnyView {
    let locale = seen.locale();
    act::button(row, ActName::Back, locale.say("回到等候", "Back among those who wait"), locale)
}

/// A button that also says to which counter.
fn with_counter(seen: &Seen<'_>, row: &Row, name: ActName, counter: CounterId, text: &'static str) -> AnyView {
    let pressed = act::Pressed::Visit { act: name, version: row.version, visit: row.id.clone() };
    view! {
        <form method="post" action=seen.itself()>
            {act::press(seen)}
            <input type="hidden" name="do" value=pressed.value() />
            <button class="act" name="counter" value=counter.to_string()>
                {text}
                <span class="hidden-visually">{format!(" {}", act::called(row, seen.locale()))}</span>
            </button>
        </form>
    }
    .into_any()
}
