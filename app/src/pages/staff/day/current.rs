//! The visit that is at my counter: who, what to do next, and whatever needs to be said with it.

use leptos::prelude::*;
use server::counter::{counters::Counter, day::Row};
use shared::{
    counter::{ActName, CounterId, StateName, VisitState},
    say,
};

use super::{
    act::{self, asking, service_of},
    asked::ticket,
    beside::Beside,
    elsewhere::redirect,
    ends::{apart, finish, no_show, not_done, not_due, refuse, to_return},
    seen::Seen,
    stands::clock,
};
use crate::{appointments::service::AtCounter, components::button::Button, words::capital};

/// Called to my counter, or served there, with what is looked at then.
pub fn draw(seen: &Seen<'_>, counter: &Counter, row: &Row, beside: &Beside, look: Option<AnyView>) -> AnyView {
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
                _ => serving(seen, counter, row, beside, look),
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
    let (locale, goes_on) = (seen.locale(), seen.is_today());
    view! {
        <div class="acts">
            {main(row, ActName::Serve, locale.say("人到了，开始办理", "They are here: start"))}
        </div>
        <div class="acts">
            {goes_on.then(|| call_again(seen, counter, row))}
            {act::button(row, ActName::Park, locale.say("暂放", "Set aside"), locale)}
            {act::button(row, ActName::Left, locale.say("已离开", "They left"), locale)}
        </div>
        {match row.not_due_until(seen.now) {
            Some(time) => Some(not_due(locale, time)),
            None => (!row.excused).then(|| no_show(seen, row, beside.no_show.as_ref())),
        }}
        {goes_on.then(|| hand_over(seen, counter, row))}
        {goes_on.then(|| redirect(seen, row))}
    }
    .into_any()
}

/// What is looked at comes before the ends that are rare: on a low screen it is not pushed out of sight by them.
fn serving(seen: &Seen<'_>, counter: &Counter, row: &Row, beside: &Beside, look: Option<AnyView>) -> AnyView {
    // On a day that is over, whoever is still there is let go of and sent nowhere else.
    let (locale, goes_on) = (seen.locale(), seen.is_today());
    let done = service_of(seen, row).map_or(AtCounter::PLAIN.done, |pages| pages.at_counter.done).say(locale);
    view! {
        {finish(seen, row, "registered", &say!(locale, "办结：{done}", "Finish: {done}"))}
        <div class="acts">
            {act::button(row, ActName::Park, locale.say("暂放", "Set aside"), locale)}
            {act::button(row, ActName::Left, locale.say("已离开", "They left"), locale)}
        </div>
        {look}
        {to_return(seen, row, beside)}
        {not_done(seen, row, beside.not_done.as_ref())}
        {refuse(seen, row, beside.refused.as_ref())}
        {apart(seen, row, beside.not_done.as_ref())}
        {goes_on.then(|| hand_over(seen, counter, row))}
        {goes_on.then(|| redirect(seen, row))}
    }
    .into_any()
}

/// The act that comes next.
fn main(row: &Row, name: ActName, text: &'static str) -> AnyView {
    let pressed = act::Pressed::Visit { act: name, version: row.version, visit: row.id.clone() };
    view! { <Button text=text form=Some(act::FORM) name="do" value=pressed.value() /> }.into_any()
}

fn hand_over(seen: &Seen<'_>, counter: &Counter, row: &Row) -> Option<AnyView> {
    let locale = seen.locale();
    let is_alone = |other: &Counter| seen.sheet.left_alone.iter().any(|alone| alone.counter == other.id);
    let attended = |other: &Counter| other.clerk.is_some() && !is_alone(other);
    let others: Vec<_> = seen.sheet.counters.iter().filter(|other| other.id != counter.id && attended(other)).collect();
    if others.is_empty() {
        return None;
    }
    let others = others.into_iter().enumerate().map(|(place, other)| {
        view! {
            <label class="pick">
                <input type="radio" name="counter" value=other.id.to_string() checked=place == 0 />
                <span>{capital(&seen.sign(other.id))}</span>
            </label>
        }
    });
    let body = view! {
        <fieldset>
            <legend>{locale.say("哪个窗口接着办", "Which counter goes on")}</legend>
            {others.collect_view()}
        </fieldset>
        <p>
            {locale.say(
                "自己的事、亲属的事，要回避：移交别的窗口，不用写原因（《公务员法》第七十六条）。",
                "Your own matter or that of your family is not yours to handle: hand it over, without a reason (Civil Servants Law \
                 art 76).",
            )}
        </p>
        <button class="act">{locale.say("移交，排在那里最前面", "Hand over: first in line there")}</button>
    };
    Some(asking(seen, row, (ActName::HandOver, "counter"), locale.say("移交别的窗口…", "Hand over…"), body.into_any()))
}

fn call_again(seen: &Seen<'_>, counter: &Counter, row: &Row) -> AnyView {
    with_counter(seen, row, ActName::Call, counter.id, seen.locale().say("再叫一次", "Call again"))
}

pub fn back_here(seen: &Seen<'_>, row: &Row, mine: &Counter) -> AnyView {
    with_counter(seen, row, ActName::Back, mine.id, seen.locale().say("叫回来", "Call back"))
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
