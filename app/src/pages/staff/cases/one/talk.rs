//! What the family and the office write to each other: read here, and answered after a look at what the family will read.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Rejection,
    procedures::{
        cases::Side,
        talk::{self, Line},
        unsettled::Waiting,
    },
    staff::authority::Staff,
};
use shared::{
    localised::Localised,
    procedures::message::{self, Template},
    say,
};

use super::{Opened, form::Form, page, sure::SURE, untold};
use crate::{
    components::{
        button::{Button, LinkButton, Weight},
        text_area::TextArea,
    },
    draw,
    pairs::{Pairs, value},
    words,
};

/// What is pressed.
pub(super) const WRITE: &str = "message";
/// Going back from the look at it.
const EDIT: &str = "edit";
/// The fields, as the server names them.
const TEMPLATE: &str = "template";
const WORDS: &str = "words";

pub(super) async fn take(app: &App, staff: &Staff, opened: Opened<'_>, typed: Pairs) -> Result<Response, Rejection> {
    if value(&typed, EDIT).is_some() {
        return Ok(page(&opened, StatusCode::OK, &Form::sent(typed)));
    }
    let ready = value(&typed, TEMPLATE).unwrap_or_default().to_owned();
    let own = value(&typed, WORDS).unwrap_or_default().to_owned();
    let both = match message::of_office(&ready, &own) {
        Ok(both) => both,
        Err(errors) => {
            let form = Form::wrong(typed, &errors, opened.locale());
            return Ok(page(&opened, StatusCode::UNPROCESSABLE_ENTITY, &form));
        }
    };
    if value(&typed, SURE).is_none() {
        return Ok(preview(&opened, &both, &typed));
    }
    let seen = untold::seen(&typed);
    match talk::answer(app, staff, &opened.case.id, (&ready, &own), seen, app.now()).await {
        Ok(()) => Ok(Redirect::to(&opened.done(WRITE)).into_response()),
        Err(error) => untold::not_done(&opened, typed, error),
    }
}

/// All that was written, that something waits, and the way to write.
pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> Option<AnyView> {
    let locale = opened.locale();
    let may = opened.works() && !opened.case.is_erased();
    if opened.talk.lines.is_empty() && !may {
        return None;
    }
    let lines = opened.talk.lines.iter().map(|line| view! { <li>{one(opened, line)}</li> }).collect_view();
    let waits = opened.talk.waits_since.map(|since| {
        let since = words::short_moment(locale, since);
        view! { <p>{say!(locale, "申请人 {since} 写的，还没有人回复。", "What the family wrote on {since} is not answered yet.")}</p> }
    });
    let settle = opened.talk.waits_since.filter(|_| may).zip(last_of_family(opened));
    let settle = settle.map(|(_, seen)| {
        let text = locale.say("看过了，不用回复", "Read; it needs no answer");
        untold::settling(opened, Waiting::Messages, seen, text)
    });
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("和申请人的留言", "Messages with the family")}</h2>
                {waits}
                <ul class="looks" role="list">{lines}</ul>
                {settle}
                {may.then(|| writing(opened, form))}
            </section>
        }
        .into_any(),
    )
}

fn one(opened: &Opened<'_>, line: &Line) -> AnyView {
    let locale = opened.locale();
    let when = words::short_moment(locale, line.at);
    let who = match (&line.by, line.side) {
        (Some(person), _) => opened.officers.called(person, locale),
        (None, Side::Family) => locale.say("申请人", "the family").to_owned(),
        (None, Side::Office | Side::Clock) => locale.say("工作人员", "staff").to_owned(),
    };
    let seen = match (line.seen_at.map(|at| words::short_moment(locale, at)), line.side) {
        (Some(at), Side::Family) => say!(locale, "{at} 有人看过", "read by somebody on {at}"),
        (Some(at), _) => say!(locale, "申请人 {at} 看过", "read by the family on {at}"),
        (None, _) => locale.say("还没有看", "not read yet").to_owned(),
    };
    view! {
        <p>{line.words.say(locale).to_owned()}</p>
        <p class="soft">{format!("{when} · {who} · {seen}")}</p>
    }
    .into_any()
}

fn writing(opened: &Opened<'_>, form: &Form) -> AnyView {
    let locale = opened.locale();
    let chosen = form.text(TEMPLATE);
    let ready = Template::ALL.iter().map(|template| {
        let is_chosen = template.name == chosen;
        view! { <option value=template.name selected=is_chosen>{template.title().say(locale).to_owned()}</option> }
    });
    let ready = ready.collect_view();
    let seen = last_of_family(opened).map(untold::seen_field);
    let hint = locale.say(
        "不要写证件、电话这样的号码，不要写网址。",
        "Leave out numbers of documents and phones, and addresses of pages.",
    );
    view! {
        <details class="ask off-paper" open=form.is_of(WRITE)>
            <summary>{locale.say("给申请人留言…", "Write to the family…")}</summary>
            <form class="ask-body flow" method="post" action=opened.itself() novalidate>
                {seen}
                <p class="soft">
                    {locale.say(
                        "申请人在申请的页面上看，手机只收到“有留言”的短信。要补材料的，用“要求补正”，不要在这里要。",
                        "The family reads it on the page of the application; a text says only that a message waits. What is missing is \
                         asked for with “ask for it”, not here.",
                    )}
                </p>
                <label for=TEMPLATE>{locale.say("现成的话", "Ready words")}</label>
                <select class="input" id=TEMPLATE name=TEMPLATE>
                    <option value="">{locale.say("不用，自己写", "none, my own words")}</option>
                    {ready}
                </select>
                <TextArea
                    locale=locale
                    name=WORDS
                    label=locale.say("自己写的话，接在现成的话后面", "Your own words, after those that are ready")
                    value=form.text(WORDS)
                    hint=Some(hint.to_owned())
                    error=form.error(WORDS)
                    rows=3
                />
                <p class="actions">
                    <button class="act" name="do" value=WRITE>
                        {locale.say("看看申请人会读到什么…", "See what the family will read…")}
                    </button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

/// What the family will read, in both languages, before it is sent.
fn preview(opened: &Opened<'_>, both: &Localised, typed: &Pairs) -> Response {
    let (locale, visit) = (opened.locale(), opened.visit);
    let title = locale.say("申请人会读到的", "What the family will read");
    let kept = typed.iter().map(|(name, text)| view! { <input type="hidden" name=name.clone() value=text.clone() /> });
    let kept = kept.collect_view();
    let english = (both.en != both.zh).then(|| {
        view! {
            <h2>{locale.say("用英文看的", "In English")}</h2>
            <blockquote lang="en"><p>{both.en.clone()}</p></blockquote>
        }
    });
    draw::no_store(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow column">
                <h1 tabindex="-1" autofocus>{title}</h1>
                <p>{opened.case.reference.to_string()}</p>
                <blockquote lang="zh-CN"><p>{both.zh.clone()}</p></blockquote>
                {english}
                <p class="soft">{locale.say("发出去以后不能改，也收不回来。", "Once it is sent it stays as it is.")}</p>
                <form class="flow" method="post" action=opened.itself()>
                    {kept}
                    <p class="actions">
                        <Button text=locale.say("发给申请人", "Send it to the family") name=SURE value="yes" />
                        <button class="act" name=EDIT value="yes">{locale.say("再改改", "Change it first")}</button>
                        <LinkButton href=opened.itself() text=locale.say("不发了，回去", "Leave it and go back") weight=Weight::Quiet />
                    </p>
                </form>
            </div>
        }
    }))
}

/// When the newest word of the family on the page was written.
fn last_of_family(opened: &Opened<'_>) -> Option<DateTime<Utc>> {
    opened.talk.lines.iter().rfind(|line| line.side == Side::Family).map(|line| line.at)
}
