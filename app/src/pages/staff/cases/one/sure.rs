//! Asking once more before what cannot be undone: what will be done, and the whole of it.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::{
    locale::Locale,
    procedures::{Act, ActName},
};

use super::{
    Opened, ask,
    doing::{Doing, What},
    letter,
};
use crate::{
    components::{
        button::{Button, LinkButton, Weight},
        notice::{Notice, Tone},
    },
    draw,
    pairs::Pairs,
};

/// What says that it was asked.
pub(super) const SURE: &str = "sure";

/// What is asked before an act.
pub(super) struct Question {
    act: ActName,
    /// What is asked for, where something is.
    items: Vec<String>,
    /// What seems to be missing and is not asked for.
    left_out: Vec<String>,
    said: Option<String>,
}

/// What is to be asked; nothing before what the next press can take back.
pub(super) fn question(opened: &Opened<'_>, doing: &Doing) -> Option<Question> {
    let (items, left_out) = match &doing.what {
        // Whoever chose nothing is told so, and not asked.
        What::Act(Act::Ask { items }) if items.is_empty() => return None,
        What::Act(Act::Ask { items }) => {
            let left_out = ask::lacking(opened).into_iter().filter(|id| !items.contains(id));
            (items.iter().map(|id| opened.item(id)).collect(), left_out.map(|id| opened.item(&id)).collect())
        }
        What::Act(Act::Approve { .. } | Act::Close | Act::Reopen | Act::Supply) | What::Pass(_) => {
            (Vec::new(), Vec::new())
        }
        _ => return None,
    };
    Some(Question { act: doing.act, items, left_out, said: doing.said.clone() })
}

/// The page that asks; what was sent is sent along with the answer.
pub(super) fn ask_once_more(opened: &Opened<'_>, question: Question, typed: &Pairs) -> Response {
    let (locale, visit) = (opened.locale(), opened.visit);
    let title = locale.say("请再核对一遍", "Please look at it once more");
    let kept = typed.iter().map(|(name, text)| view! { <input type="hidden" name=name.clone() value=text.clone() /> });
    let kept = kept.collect_view();
    let Question { act, items, left_out, said } = question;
    let (what, button) = words(locale, act);
    let letter = (act == ActName::Approve).then(|| letter::preview(opened)).flatten();
    let items = listed(items);
    let left_out = listed(left_out).map(|left_out| {
        let title = locale.say("看来也缺，您没有选", "This seems to be missing too, and you did not choose it");
        let words = locale.say(
            "以后不能再要求。确实不用补，或者已经在窗口收到了，才往下走。",
            "It cannot be asked for later. Go on only where it is not needed, or came to the counter.",
        );
        view! {
            <Notice tone=Tone::Warning title=title>
                {left_out}
                <p>{words}</p>
            </Notice>
        }
    });
    draw::no_store(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow column">
                <h1 tabindex="-1" autofocus>{title}</h1>
                <p>{opened.case.reference.to_string()}</p>
                <p>{what}</p>
                {items}
                {left_out}
                {said.map(|said| view! { <p>{said}</p> })}
                {letter}
                <form class="flow" method="post" action=opened.itself()>
                    {kept}
                    <p class="actions">
                        <Button text=button name=SURE value="yes" />
                        <LinkButton href=opened.itself() text=locale.say("不做了，回去", "Leave it and go back") weight=Weight::Quiet />
                    </p>
                </form>
            </div>
        }
    }))
}

fn listed(items: Vec<String>) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
        view! { <ul>{items}</ul> }.into_any()
    })
}

/// What it does, and its button.
fn words(locale: Locale, act: ActName) -> (&'static str, &'static str) {
    match act {
        ActName::Ask => (
            locale.say(
                "只能向申请人要求一次，发出以后不能再加。请看看缺的是不是都在下面；本机关查得到的，请自己查。办理时间从现在停住，到补来为止。",
                "The applicant is asked once, and nothing is added later. Is all that is missing below? What the bureau can look up, \
                 look up yourselves. The time stands still until it comes.",
            ),
            locale.say("确认，一次告知申请人", "Ask the applicant for all of this"),
        ),
        ActName::Supply => (
            locale.say(
                "记下以后，办理时间继续走。没有收齐的，先不要记。",
                "The time runs on once this is noted. Do not note it before everything is there.",
            ),
            locale.say("确认，已经收齐", "Note that all of it came"),
        ),
        ActName::Approve => (
            locale.say(
                "同意以后就是正式决定，申请人马上看得到下面这份决定书。以后要改，只能重新审核。",
                "Once you agree it is decided, and the applicant reads the letter below at once. To change it afterwards it has to be \
                 reopened.",
            ),
            locale.say("同意，作出决定", "Agree: decide it"),
        ),
        ActName::Pass => (
            locale.say(
                "原来的申请人就不能再查看和办理了，链接和手机验证都失效；两个手机号都会收到短信（发不到的境外号码除外）。之前填的、交的都还在，已经提出的意见和决定要重新复核。",
                "The applicant of before can see it and act in it no more: their links and phone are dead, and both phones get a text \
                 unless none goes to numbers like theirs. All that was entered and brought stays; what was proposed or decided is signed anew.",
            ),
            locale.say("确认，转由家属接着办", "Pass it on to the relative"),
        ),
        ActName::Close => (
            locale.say(
                "办结是最后一步：决定书已经送达，该兑现的已经在办。以后要改，只能重新审核。",
                "Closing it is the last step: the letter was handed over, and what was granted is on its way. To change it \
                 afterwards it has to be reopened.",
            ),
            locale.say("确认办结", "Close it"),
        ),
        _ => (
            locale.say(
                "这件申请会回到审核中，要重新提出意见、由另一个人复核。申请人看得到。",
                "It goes back to the review, to be proposed and signed anew. The applicant can see that.",
            ),
            locale.say("确认，重新审核", "Reopen it"),
        ),
    }
}
