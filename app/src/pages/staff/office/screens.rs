//! The screens of an office: a link for a new one, when each was last there, and taking one back.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use server::{
    App, Error,
    counter::{
        office::Office,
        screens::{self, Screen},
    },
    staff::authority::Staff,
};
use shared::{
    counter::screen::{ScreenKind, ScreenName},
    locale::Locale,
    say,
};

use super::{Told, here, wrong};
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Choice, ChoiceOption},
        notice::Tone,
        qr::Qr,
        tag::Tag,
        text_field::TextField,
    },
    pairs::{Pairs, value},
    visit::Visit,
    words,
};

/// After how long without a sign a screen is said to be away: its line beats every few seconds, a kiosk asks each half minute,
/// and either is noted each minute.
const AWAY: TimeDelta = TimeDelta::minutes(3);

/// Makes the screen that is asked for; its link is on the page that comes back, and nowhere else.
pub(super) async fn make(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    office: &Office,
    typed: &Pairs,
) -> Result<Told, Error> {
    let locale = visit.locale;
    let Ok(name) = ScreenName::parse(value(typed, "screen-name").unwrap_or_default()) else {
        return Ok(wrong(
            "screen-name",
            locale.say("请给屏幕起个名字，比如“大厅东侧”，最多 40 个字。", "Name the screen, such as “east side”."),
        ));
    };
    let kind = value(typed, "kind").and_then(ScreenKind::from_name).unwrap_or(ScreenKind::Display);
    let code = screens::make(app, staff, (&office.id, kind, &name), app.now()).await?;
    let link = format!("{}{}", app.settings().origin(), visit.url(&format!("/screen/{code}")));
    Ok(Told { link: Some(link), ..Told::default() })
}

pub(super) fn draw(
    visit: &Visit,
    office: &Office,
    (all, tickets): (Vec<Screen>, &HashMap<String, i64>),
    now: DateTime<Utc>,
    told: &Told,
) -> AnyView {
    let locale = visit.locale;
    let link = told.link.clone().map(|link| fresh(locale, link));
    let rows = all.iter().map(|screen| {
        let tickets = tickets.get(&screen.id).copied().unwrap_or_default();
        view! { <li>{one(visit, office, (screen, tickets), now)}</li> }
    });
    let list = (!all.is_empty()).then(|| view! { <ul class="sign-rows" role="list">{rows.collect_view()}</ul> });
    let kinds = ScreenKind::ALL.iter().map(|kind| {
        let hint = match kind {
            ScreenKind::Display => {
                locale.say("挂在大厅，只显示号码和窗口", "hangs in the hall: tickets and counters only")
            }
            ScreenKind::Kiosk => locale.say("立在门口，签到和取号", "stands at the door: check-in and tickets"),
        };
        ChoiceOption::new(kind.name(), kind.words(locale)).hint(hint)
    });
    let kinds: Vec<_> = kinds.collect();
    let error = told.wrong.as_ref().filter(|(field, _)| *field == "screen-name").map(|(_, message)| message.clone());
    view! {
        <section class="flow" id="screens">
            <h2>{locale.say("屏幕", "Screens")}</h2>
            {link}
            {list}
            <form class="flow" method="post" action=visit.url(&here(office)) novalidate>
                <Choice
                    locale=locale
                    name="kind"
                    legend=locale.say("新屏幕是什么", "What kind of screen")
                    answers=kinds
                    chosen=ScreenKind::Display.name()
                />
                <TextField
                    locale=locale
                    name="screen-name"
                    label=locale.say("放在哪里", "Where it is")
                    hint=Some(locale.say("自己认得就行，比如“大厅东侧”", "So that you know it again").to_owned())
                    error=error
                />
                <p class="actions">
                    <Button text=locale.say("生成链接", "Make the link") name="do" value="screen" weight=Weight::Secondary />
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn fresh(locale: Locale, link: String) -> AnyView {
    let label = locale.say("接通屏幕的链接", "Link that connects the screen");
    view! {
        <div class="flow met" tabindex="-1" autofocus role="status">
            <p>
                <b>{locale.say("在那块屏幕上打开这个链接：", "Open this link on the screen itself:")}</b>
            </p>
            <p class="one-time">{link.clone()}</p>
            <Qr content=link label=label />
            <p class="soft">
                {locale.say(
                    "只能用一次，一天之内有效。离开这一页以后不会再显示。",
                    "It works once, within a day, and is not shown again.",
                )}
            </p>
        </div>
    }
    .into_any()
}

fn one(visit: &Visit, office: &Office, (screen, tickets): (&Screen, i64), now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let tickets = (screen.kind == ScreenKind::Kiosk)
        .then(|| say!(locale, "一小时内取号 {tickets} 个", "{tickets} tickets within the hour"));
    let (tone, state) = match (screen.seen_at, screen.link_until) {
        (Some(seen), _) if now < seen + AWAY => (Tone::Success, locale.say("联机", "live").to_owned()),
        // Without scripts it asks for nothing while nobody stands there.
        (Some(seen), _) if screen.kind == ScreenKind::Kiosk => {
            let seen = words::near(locale, seen, now);
            (Tone::Info, say!(locale, "{seen} 以后没有动静：关着，或者没有人用", "off, or not used, since {seen}"))
        }
        (Some(seen), _) => {
            let seen = words::near(locale, seen, now);
            (Tone::Warning, say!(locale, "{seen} 以后没有联机", "away since {seen}"))
        }
        (None, Some(until)) if now < until => {
            (Tone::Info, locale.say("链接还没有打开", "link not opened yet").to_owned())
        }
        (None, _) => (Tone::Warning, locale.say("链接过期了，没有打开过", "its link is over").to_owned()),
    };
    let (kind, name) = (screen.kind.words(locale), screen.name.to_string());
    view! {
        <div class="sign-row">
            <p>
                <span class="sign-name">{name.clone()}</span>
                " "
                {kind}
                " "
                <Tag text=state tone=tone />
                {tickets.map(|tickets| view! { " " <span class="soft">{tickets}</span> })}
            </p>
            <form method="post" action=visit.url(&here(office))>
                <button class="act act-taking" name="do" value=format!("revoke:{}", screen.id)>
                    {locale.say("断开", "Disconnect")}
                    <span class="hidden-visually">{format!(" {name}")}</span>
                </button>
            </form>
        </div>
    }
    .into_any()
}
