//! The papers that are needed by what was answered, with what was sent of them; the others are brought to the office.

use leptos::prelude::*;
use server::procedures::files::{Handed, Stands};
use shared::{
    procedures::{FileKind, definition::Paper},
    say,
    staff::Right,
};

use super::Opened;
use crate::components::{notice::Tone, tag::Tag};

pub(super) fn draw(opened: &Opened<'_>) -> AnyView {
    let (locale, case, procedure) = (opened.locale(), &opened.case, opened.procedure());
    let is_sent = |paper: &Paper| case.files.iter().any(|file| file.paper == paper.id);
    let shown = procedure.papers.iter().filter(|paper| case.papers.contains(&paper.id) || is_sent(paper));
    let papers: Vec<_> = shown.map(|paper| one(opened, paper)).collect();
    // Without answers nobody can tell which were needed.
    if papers.is_empty() || case.is_erased() {
        return ().into_any();
    }
    view! {
        <section class="flow">
            <h2>{locale.say("材料", "Papers")}</h2>
            <p class="soft">
                {locale.say(
                    "没有交照片的，由申请人带到窗口，当面核对原件。打开照片要写明原因，会记录下来，申请人看得到。",
                    "What was not sent, the applicant brings to the counter, where the originals are looked at. That you open a photo and why \
                     is written down, and the applicant reads it.",
                )}
            </p>
            <ul class="looks" role="list">{papers}</ul>
        </section>
    }
    .into_any()
}

fn one(opened: &Opened<'_>, paper: &Paper) -> AnyView {
    let (locale, case) = (opened.locale(), &opened.case);
    let is_asked = case.asked_items.contains(&paper.id);
    let asked = is_asked.then(|| {
        let text = locale.say("要求过，还没有收到", "asked for and not here yet");
        view! { " " <Tag text=text tone=Tone::Warning /> }
    });
    let hint = paper.hint.as_ref().map(|hint| hint.say(locale).to_owned());
    let sent = case.files.iter().filter(|file| file.paper == paper.id);
    let files = sent.zip(1..).map(|(file, number)| line(opened, file, number)).collect_view();
    view! {
        <li>
            <p>{paper.name.say(locale).to_owned()} {asked}</p>
            {hint.map(|hint| view! { <p class="soft">{hint}</p> })}
            {files}
        </li>
    }
    .into_any()
}

/// One file, with the way to open it for those who may.
fn line(opened: &Opened<'_>, file: &Handed, number: usize) -> AnyView {
    let (locale, name) = (opened.locale(), &file.name);
    let at_work = opened.visit.at_work.as_deref();
    let may = at_work.is_some_and(|person| person.rights.contains(&Right::Unmask));
    let text = match file.stands {
        Stands::Open { kind: FileKind::Photo, .. } => {
            say!(locale, "{number}. 打开照片“{name}”", "{number}. Open “{name}”")
        }
        Stands::Open { kind: FileKind::Pdf, .. } => {
            say!(locale, "{number}. 下载“{name}”", "{number}. Download “{name}”")
        }
        Stands::Waiting { .. } => say!(
            locale,
            "{number}. “{name}”正在做安全检查，还打不开",
            "{number}. “{name}” is being checked for malicious software and cannot be opened yet"
        ),
        Stands::Refused => say!(
            locale,
            "{number}. “{name}”里发现病毒，已经删除，要请申请人重新交",
            "{number}. Malicious software was found in “{name}” and it was deleted: the applicant has to send it anew"
        ),
    };
    let is_open = may && matches!(file.stands, Stands::Open { .. });
    let href = is_open.then(|| format!("{}/files/{}", opened.itself(), file.id));
    match href {
        Some(href) => view! { <p><a href=href>{text}</a></p> }.into_any(),
        None => view! { <p class="soft">{text}</p> }.into_any(),
    }
}
