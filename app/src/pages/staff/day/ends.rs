//! The ends of a visit at a counter, each with what is said of the text that goes out.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::counter::{WouldTell, day::Row};
use shared::{
    counter::{ActName, Paper},
    locale::Locale,
    say,
};

use super::{
    act::{self, asking, service_of, told},
    beside::Beside,
    missing,
    seen::Seen,
    stands::clock,
};
use crate::{components::button::Button, pages::staff::apart::Apart};

/// What they came for is done.
pub(super) fn finish(seen: &Seen<'_>, row: &Row, outcome: &'static str, text: &str) -> AnyView {
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
pub(super) fn not_due(locale: Locale, time: DateTime<Utc>) -> AnyView {
    let time = clock(time);
    let text = say!(
        locale,
        "约的是 {time}，到时间以前不能标记未到：可以再叫一次，或者先暂放。",
        "Booked for {time}: until then nobody is a no-show. Call again, or set them aside."
    );
    view! { <p class="soft">{text}</p> }.into_any()
}

/// They come back with what is missing.
pub(super) fn to_return(seen: &Seen<'_>, row: &Row, beside: &Beside) -> Option<AnyView> {
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
        <p class="tells">
            {locale.say(
                "办结以后可以打印材料单，一个人一张：没有留手机的，短信里不写的，都写在上面。要书面决定的，在材料单那一页打印书面说明。",
                "Afterwards you can print a slip for each, which names everything: for whoever left no phone, and what no text names. \
                 For whoever wants a decision in writing, that page has it too.",
            )}
        </p>
        <button class="act" name="outcome" value="to_return">
            {telling(row, locale, locale.say("办结：补材料再来", "Finish: to return"))}
        </button>
    };
    Some(asking(
        seen,
        row,
        (ActName::Finish, "papers"),
        locale.say("材料不齐…", "Papers are missing…"),
        body.into_any(),
    ))
}

/// Whatever else stands in the way: the same end as that of whoever is not willing, so that it tells nothing.
pub(super) fn not_done(seen: &Seen<'_>, row: &Row, told_so: Option<&WouldTell>) -> Option<AnyView> {
    let locale = seen.locale();
    if (service_of(seen, row)?.at_counter.papers)(locale).is_empty() {
        return None;
    }
    let body = view! {
        <p>
            {locale.say(
                "一方没有来、系统不通、这里不能办、还要核实：当面说清为什么、下一步怎么办。这里不能办的，告诉他们哪里能办；要书面的，请大厅\
                 负责人出具。",
                "One of them is not there, a system is down, it cannot be done here, something has to be checked: explain \
                 why, and what to do next. Where it cannot be done here, say where it can; if they want that in writing, the \
                 office manager issues it.",
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

/// It may not be done for them, on a ground of the law.
pub(super) fn refuse(seen: &Seen<'_>, row: &Row, told_so: Option<&WouldTell>) -> Option<AnyView> {
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
pub(super) fn apart(seen: &Seen<'_>, row: &Row, told_so: Option<&WouldTell>) -> Option<AnyView> {
    let locale = seen.locale();
    if (service_of(seen, row)?.at_counter.papers)(locale).is_empty() {
        return None;
    }
    let press = act::press(seen);
    Some(Apart { visit: seen.visit, row, action: seen.itself(), press, tells: tells(row, locale, told_so) }.draw())
}
