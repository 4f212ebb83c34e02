//! The page with all lines.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::{field::FieldMessage, say};

use super::{PAGE, Sheet, line, typed::Typed};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        checkbox::Checkbox,
        empty::Empty,
        error_summary::{ErrorSummary, message_at},
        notice::{Notice, Tone},
        text_field::TextField,
    },
    draw,
    pairs::address,
};

pub fn draw(sheet: &Sheet<'_>, status: StatusCode) -> Response {
    let seen = &sheet.seen;
    let (visit, locale) = (seen.visit, seen.locale());
    let title = locale.say("补录纸上的一天", "Enter the paper of a day");
    let lines: Vec<_> = sheet.lines.iter().enumerate().map(|(n, line)| line.clone().named(n)).collect();
    let messages = messages(sheet, &lines);
    let (walk_ins, booked): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.visit.is_none());
    let nobody = booked.is_empty().then(|| {
        view! {
            <Empty title=locale.say("没有要补的预约", "No booking is left to enter")>
                <p>
                    {locale.say("这一天的预约都已经有结果了。", "Every booking of that day has a result already.")}
                </p>
            </Empty>
        }
    });
    let booked = booked.into_iter().map(|typed| line::draw(seen, typed)).collect_view();
    let walk_ins = walk_ins.into_iter().map(|typed| line::draw(seen, typed)).collect_view();
    let saved = (sheet.saved > 0).then(|| {
        let saved = sheet.saved;
        let words = say!(locale, "已经补录 {saved} 行", "{saved} lines were entered");
        view! { <Notice tone=Tone::Success live=true focus=true title=words /> }
    });
    let reason = seen.sheet.counts_as_closed.then(|| {
        view! {
            <TextField
                locale=locale
                name="reason"
                label=locale.say("这一天已经结束，为什么要补录", "That day is closed: why is it changed?")
                hint=Some(locale.say("会记在档案里，不要写证件号和手机号", "It is kept on record; no numbers").to_owned())
                value=sheet.reason.clone()
                error=message_at(&messages, "reason")
            />
        }
    });
    let day = locale.full_date(seen.date);
    let office = seen.office.name.say(locale).to_owned();
    let action = here(sheet, sheet.page);
    let back = visit.url(&seen.asked.path());
    let tell = sheet.tell;
    let turns = turns(sheet);
    draw::staff(visit, status, title, || {
        view! {
            <div class="flow">
                <BackLink href=back text=locale.say("回到这一天", "Back to the day") />
                <ErrorSummary locale=locale messages=messages />
                {saved}
                <h1>{title}</h1>
                <p class="lead">{format!("{office} · {day}")}</p>
                <p class="soft">
                    {locale.say(
                        "照着纸填，填几行都行，一起保存；没写的行不会动。时间写成 9:05。已经保存的不会重复录入。",
                        "Copy the paper: as many lines as you like, saved together. Lines left empty stay as they are. \
                         Write times like 9:05. Nothing is entered twice.",
                    )}
                </p>
                {mark(sheet)}
                {turns}
                <form class="flow" method="post" action=action novalidate>
                    <section class="flow">
                        <h2>{locale.say("预约的", "With a booking")}</h2>
                        {nobody}
                        <ul class="paper-lines" role="list">{booked}</ul>
                    </section>
                    <section class="flow">
                        <h2>{locale.say("现场取号的", "Without a booking")}</h2>
                        <ul class="paper-lines" role="list">{walk_ins}</ul>
                    </section>
                    {reason}
                    <Checkbox
                        locale=locale
                        name="tell"
                        label=locale.say(
                            "照常发短信（未到、不予办理、补材料、没有办完）",
                            "Send the usual texts (no-show, refused, to return, not completed)",
                        )
                        ticked=tell
                    />
                    <p class="actions">
                        <Button text=locale.say("保存填好的行", "Save the lines") />
                    </p>
                </form>
            </div>
        }
    })
}

/// This page of the day.
fn here(sheet: &Sheet<'_>, page: usize) -> String {
    let (date, page) = (sheet.seen.date.to_string(), page.to_string());
    let pairs = [("office", sheet.seen.office.id.as_str()), ("date", &date), ("page", &page)];
    sheet.seen.visit.url(&address(PAGE, pairs))
}

/// What the mark beside a result means: said here alone, and not until somebody asks.
fn mark(sheet: &Sheet<'_>) -> Option<AnyView> {
    let (seen, locale) = (&sheet.seen, sheet.seen.locale());
    let is_offered = seen.here.iter().any(|pages| !(pages.at_counter.papers)(locale).is_empty());
    is_offered.then(|| {
        view! {
            <details class="ask">
                <summary>{locale.say("结果后面的 * 是什么…", "What * after a result means…")}</summary>
                <div class="ask-body">
                    <p>
                        {locale.say(
                            "有一方单独说不愿意的，等于“另行处理”：纸上只写“没有办完 *”，别的一个字不写，补录时选带 * 的。短信、预约页面、\
                             名单上和“没有办完”一样，只记在内部记录里。公开说不愿意的，选“不予办理”。",
                            "For when one of them said alone that they are not willing: on paper write “not completed *” and \
                             not a word more, and choose the result with * here. Text, booking page and lists are those of \
                             “not completed”; it is kept inside. Who said so openly is refused.",
                        )}
                    </p>
                </div>
            </details>
        }
        .into_any()
    })
}

fn turns(sheet: &Sheet<'_>) -> Option<AnyView> {
    if sheet.pages < 2 {
        return None;
    }
    let locale = sheet.seen.locale();
    let pages = (1..=sheet.pages).map(|page| {
        let current = (page == sheet.page).then_some("page");
        let text = say!(locale, "第 {page} 页", "Page {page}");
        view! { <li><a href=here(sheet, page) aria-current=current>{text}</a></li> }
    });
    Some(
        view! {
            <nav aria-label=locale.say("分页", "Pages")>
                <ul class="states" role="list">{pages.collect_view()}</ul>
            </nav>
        }
        .into_any(),
    )
}

/// All that is wrong, each line's at its fields; a line that was not taken as a whole says so at its first field.
fn messages(sheet: &Sheet<'_>, lines: &[Typed]) -> Vec<FieldMessage> {
    let locale = sheet.seen.locale();
    let mut all = sheet.wrong.clone();
    for line in lines {
        all.extend(line.messages(locale));
    }
    all
}
