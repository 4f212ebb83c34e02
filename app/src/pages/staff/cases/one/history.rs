//! What happened with a case, and who looked at it.

use leptos::prelude::*;
use server::procedures::{
    cases::{Done, Side},
    notes::Note,
};
use shared::say;

use super::Opened;
use crate::{
    components::timeline::{Milestone, Timeline},
    words,
};

pub(super) fn draw(opened: &Opened<'_>) -> AnyView {
    let (locale, case) = (opened.locale(), &opened.case);
    let time = words::short_moment(locale, case.submitted_at);
    let first = Milestone { title: locale.say("提交申请", "handed in").to_owned(), time: Some(time), done: true };
    // That there is a note is part of what happened; what it says stands by itself.
    let notes = opened.notes.iter().map(|note| (note.at, noted(opened, note)));
    let mut events: Vec<_> = case.history.iter().map(|done| (done.at, milestone(opened, done))).chain(notes).collect();
    events.sort_by_key(|(at, _)| *at);
    let events: Vec<_> = std::iter::once(first).chain(events.into_iter().map(|(_, event)| event)).collect();
    view! {
        <section class="flow">
            <h2>{locale.say("经过", "What happened")}</h2>
            <Timeline events=events />
        </section>
    }
    .into_any()
}

fn milestone(opened: &Opened<'_>, done: &Done) -> Milestone {
    let locale = opened.locale();
    let act = done.act.words().say(locale).to_owned();
    let said = done.said.as_deref().filter(|said| !said.is_empty());
    let title = match said {
        Some(said) => say!(locale, "{act}：{said}", "{act}: {said}"),
        None => act,
    };
    let who = match (&done.by, done.side) {
        (Some(person), _) => opened.officers.called(person, locale),
        (None, Side::Office) => locale.say("工作人员", "staff").to_owned(),
        (None, Side::Family) => locale.say("申请人", "the applicant").to_owned(),
        (None, Side::Clock) => locale.say("系统按时间", "the portal, by the clock").to_owned(),
    };
    let when = words::short_moment(locale, done.at);
    Milestone { title, time: Some(format!("{when} · {who}")), done: true }
}

fn noted(opened: &Opened<'_>, note: &Note) -> Milestone {
    let locale = opened.locale();
    let (who, when) = (opened.officers.called(&note.by, locale), words::short_moment(locale, note.at));
    let title = locale.say("留了一条备注", "a note").to_owned();
    Milestone { title, time: Some(format!("{when} · {who}")), done: true }
}

pub(super) fn looks(opened: &Opened<'_>) -> AnyView {
    let locale = opened.locale();
    let rows = opened.case.looks.iter().map(|look| {
        let what = match (&look.field, &look.paper) {
            (Some(field), _) => say!(locale, "看了完整的“{}”", "read “{}” in full", opened.item(field)),
            (None, Some(paper)) => say!(locale, "看了“{}”的照片", "looked at the photos of “{}”", opened.item(paper)),
            (None, None) => locale.say("打开", "opened").to_owned(),
        };
        let who = look.by.as_ref().map(|person| opened.officers.called(person, locale));
        let when = words::short_moment(locale, look.at);
        let rest = who.into_iter().chain([when]).collect::<Vec<_>>().join(" · ");
        let why = look.why.clone().map(|why| view! { <p>{say!(locale, "原因：{why}", "why: {why}")}</p> });
        view! { <li><p>{what}</p>{why}<p class="soft">{rest}</p></li> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="flow">
            <h2>{locale.say("谁看过", "Who looked")}</h2>
            <p class="soft">
                {locale.say(
                    "申请人看得到什么时候、看了什么、为什么，看不到姓名和账号。",
                    "The applicant reads when, what and why, and no name or account.",
                )}
            </p>
            <ul class="looks" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}
