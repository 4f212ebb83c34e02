//! The parts of an application, each with how far it is.

use axum::response::Response;
use leptos::prelude::*;
use server::procedures::{drafts::Elsewhere, files::Stands};
use shared::{locale::Locale, procedures::Step, say};

use super::{Opened, kept, papers::PAGE};
use crate::{
    components::{back_link::BackLink, button::LinkButton, heading::StepHeading, notice::Tone, tag::Tag},
    draw,
    pages::procedures::{papers, path_of},
    visit::Visit,
};

/// How far one part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    NotBegun,
    /// So many answers are missing or have to be looked at.
    Lacks(usize),
    Done,
}

pub(super) fn draw(visit: &Visit, opened: &Opened) -> Response {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let parts: Vec<_> = procedure.steps.iter().map(|step| (step, part(opened, step))).collect();
    let next = parts.iter().find(|(_, part)| *part != Part::Done).map(|(step, part)| (*step, *part));
    let title = opened.name(locale);
    let rows = parts.iter().map(|(step, part)| row(visit, opened, step, *part));
    draw::page(visit, &title, || {
        view! {
            <div class="beside">
                <div class="column flow">
                    <BackLink href=visit.url(&path_of(&procedure.id)) text=locale.say("申请说明", "About this application") />
                    <StepHeading title=title.clone() />
                    {kept::line(visit, opened)}
                    <ol class="draft-parts" role="list">
                        {rows.collect_view()}
                        {of_papers(visit, opened)}
                    </ol>
                    {way_on(visit, opened, next)}
                    {papers::needed(visit, procedure, &opened.draft.typed, opened.today)}
                </div>
                {aside(visit, opened)}
            </div>
        }
    })
}

fn part(opened: &Opened, step: &Step) -> Part {
    let typed = &opened.draft.typed;
    let is_empty = step.fields.iter().all(|field| typed.get(&field.id).is_none_or(|text| text.trim().is_empty()));
    match opened.procedure().read_step(step, typed, opened.today) {
        // Where nothing is filled in it has not been begun, whatever is missing.
        _ if is_empty && has_questions(opened, step) => Part::NotBegun,
        Ok(_) => Part::Done,
        Err(errors) => Part::Lacks(errors.len()),
    }
}

/// Whether anything of a part is asked for by the other answers.
fn has_questions(opened: &Opened, step: &Step) -> bool {
    opened.procedure().asked(step, &opened.draft.typed, opened.today).iter().any(|field| !field.optional)
}

fn row(visit: &Visit, opened: &Opened, step: &Step, part: Part) -> AnyView {
    let (locale, title) = (visit.locale, step.title.say(visit.locale).to_owned());
    let (words, tone) = said(locale, part);
    view! {
        <li>
            <a href=opened.step_address(visit, step)>{title}</a>
            " "
            <Tag text=words tone=tone />
        </li>
    }
    .into_any()
}

/// The photographs of papers, which nobody has to send.
fn of_papers(visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let locale = visit.locale;
    let count = opened.files.len();
    let is_refused = opened.files.iter().any(|file| file.stands == Stands::Refused);
    let (words, tone) = match count {
        0 => (locale.say("可以拍照交，也可以带到窗口", "Send photos, or bring them along").to_owned(), Tone::Info),
        _ if is_refused => (locale.say("有的要重新交", "Some have to be sent anew").to_owned(), Tone::Warning),
        _ => (say!(locale, "交了 {count} 个", "{count} sent"), Tone::Success),
    };
    let (href, title) = (opened.address(visit, PAGE), locale.say("材料的照片", "Photos of papers"));
    (!opened.procedure().papers.is_empty()).then(|| {
        view! {
            <li>
                <a href=href>{title}</a>
                " "
                <Tag text=words tone=tone />
            </li>
        }
        .into_any()
    })
}

fn said(locale: Locale, part: Part) -> (String, Tone) {
    match part {
        Part::NotBegun => (locale.say("还没有填", "Not begun").to_owned(), Tone::Info),
        Part::Lacks(count) => (say!(locale, "还差 {count} 项", "{count} to go"), Tone::Warning),
        Part::Done => (locale.say("填好了", "Done").to_owned(), Tone::Success),
    }
}

/// To the first part that is not done, or to all answers.
fn way_on(visit: &Visit, opened: &Opened, next: Option<(&Step, Part)>) -> AnyView {
    let (href, text) = if let Some((step, part)) = next {
        let title = step.title.say(visit.locale);
        let text = match part {
            Part::NotBegun => say!(visit.locale, "填写“{title}”", "Fill in “{title}”"),
            _ => say!(visit.locale, "接着填“{title}”", "Go on with “{title}”"),
        };
        (opened.step_address(visit, step), text)
    } else {
        let text = visit.say("核对并提交申请", "Check your answers and hand it in").to_owned();
        (opened.address(visit, "check"), text)
    };
    view! { <p class="actions"><LinkButton href=href text=text /></p> }.into_any()
}

/// Where one can go on who stops for now.
fn going_on(locale: Locale, elsewhere: Elsewhere) -> &'static str {
    match elsewhere {
        Elsewhere::NotYet => locale.say(
            "可以直接关掉。填了手机号和身份证号码的，以后在任何一部手机上，用验证码和身份证号码的最后六位就能接着填。",
            "Just close the page. Once you have entered your phone and identity number, you can go on with any phone, by a code and the \
             last six characters of that number.",
        ),
        Elsewhere::Found => locale.say(
            "可以直接关掉。以后在任何一部手机上，用验证码和您身份证号码的最后六位就能接着填。",
            "Just close the page. You can go on with any phone, by a code and the last six characters of your identity number.",
        ),
        Elsewhere::Crowded => locale.say(
            "这一份只能在这个浏览器里接着填：用同一个手机号和身份证号码没填完的申请已经太多，别的手机上找不到它。请不要关掉浏览器，填完就提交。那些不是您填的，请拨打 12345。",
            "You can go on with this one only in this browser: too many half-filled applications name the same phone and identity number, \
             so that no other phone finds it. Please leave the browser open and hand it in once it is filled in. If the others are not \
             yours, call 12345.",
        ),
    }
}

fn aside(visit: &Visit, opened: &Opened) -> AnyView {
    view! {
        <aside class="aside flow">
            <h2>{visit.say("想停一停", "Want to stop for now?")}</h2>
            <p>{going_on(visit.locale, opened.draft.elsewhere)}</p>
            <h2>{visit.say("不想申请了", "Do not want to apply any more?")}</h2>
            <p>
                <a href=opened.address(visit, "discard")>{visit.say("删除填写的内容", "Delete what you entered")}</a>
            </p>
        </aside>
    }
    .into_any()
}
