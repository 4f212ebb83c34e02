//! What happened so far: who, when, what.

use leptos::prelude::*;
use server::{
    appointments::booking::withheld::Guise,
    counter::history::{By, Happening, What},
};
use shared::{
    counter::{Act, Ended, Step, VisitState},
    locale::Locale,
    say,
};

use super::Opened;
use crate::{
    components::{
        notice::{Notice, Tone},
        timeline::{Milestone, Timeline},
    },
    pages::staff::day::{elsewhere::sent_to, first},
    words,
};

pub(super) fn draw(opened: &Opened<'_>) -> AnyView {
    let locale = opened.locale();
    let events: Vec<_> = opened.one.history.iter().map(|happening| milestone(opened, happening)).collect();
    view! {
        <section class="flow">
            <h2>{locale.say("经过", "What happened")}</h2>
            <Timeline events=events />
        </section>
    }
    .into_any()
}

/// What to say to whoever asks for a booking that the office has ended out of their sight.
pub(super) fn untold(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    let guise = opened.one.history.iter().rev().find_map(|happening| match happening.what {
        What::Released { guise } => guise,
        _ => None,
    })?;
    Some(view! { <Notice tone=Tone::Warning title=released(locale, Some(guise)) /> }.into_any())
}

fn milestone(opened: &Opened<'_>, Happening { at, who, what, on_paper }: &Happening) -> Milestone {
    let locale = opened.locale();
    let (when, who) = (words::short_moment(locale, *at), by(locale, who));
    let title = match on_paper {
        // The time beside it is when it was entered.
        Some(happened) => {
            let happened = words::short_moment(locale, *happened);
            let title = said(opened, what);
            say!(
                locale,
                "{title} · 从纸上补录，纸上写的是 {happened}",
                "{title} · entered from paper, where {happened} is written"
            )
        }
        None => said(opened, what),
    };
    Milestone { title, time: Some(format!("{when} · {who}")), done: true }
}

pub fn by(locale: Locale, who: &By) -> String {
    match who {
        By::Staff(Some(account)) => account.to_string(),
        By::Staff(None) => locale.say("工作人员", "staff").to_owned(),
        By::Resident => locale.say("本人", "themselves").to_owned(),
        By::Holder => locale.say("预约人", "whoever booked").to_owned(),
        By::Operator => locale.say("系统管理", "the operator").to_owned(),
        By::System => locale.say("系统", "the portal").to_owned(),
    }
}

/// With what whoever asks is told while they are not to learn of it: what the booking's page says.
fn released(locale: Locale, guise: Option<Guise>) -> &'static str {
    match guise {
        None => locale.say("办理机关撤销预约", "withdrawn by the office"),
        Some(Guise::Cancelled) => locale.say(
            "预约已经结束。有人来问，只说“预约已经取消”，不说是谁取消的、为什么",
            "ended; whoever asks is told only that it was called off, and neither by whom nor why",
        ),
        Some(Guise::Standing) => locale.say(
            "预约已经结束，但预约页面还和原来一样。有人来问，只说“现在办不了”，不说为什么",
            "ended, though the booking’s page stands as it was; whoever asks is told only that it cannot be done now, and not \
             why",
        ),
        Some(Guise::VisitOver) => locale.say(
            "预约已经结束。有人来问，只说“今天的预约已经结束”，不说是谁结束的、为什么",
            "ended; whoever asks is told only that today’s appointment is over, and neither by whom nor why",
        ),
    }
}

fn said(opened: &Opened<'_>, what: &What) -> String {
    let locale = opened.locale();
    let Step::Act(act) = (match what {
        What::Booked => return locale.say("预约", "booked").to_owned(),
        What::Moved => return locale.say("改期", "moved").to_owned(),
        What::Cancelled => return locale.say("取消预约", "cancelled").to_owned(),
        What::Released { guise } => return released(locale, *guise).to_owned(),
        What::Disowned => {
            return locale.say("记下预约里的人说不是自己约的", "one of them said that it was not theirs").to_owned();
        }
        What::Copied => return locale.say("在窗口打印了本人的一份", "a copy was printed for one of them").to_owned(),
        What::PeopleCorrected => {
            return locale.say("看着证件更正了信息", "details were corrected from a document").to_owned();
        }
        What::OneErased => {
            return locale.say("按本人要求删除了本人的信息", "one had their own details erased").to_owned();
        }
        What::Ticket { priority: false } => return locale.say("取号", "took a ticket").to_owned(),
        What::Ticket { priority: true } => return locale.say("取号 · 优先", "took a ticket · priority").to_owned(),
        What::Step { step, .. } => step,
    }) else {
        return locale.say("撤销上一步", "undid the last act").to_owned();
    };
    let What::Step { counter, out_of_order, reason, .. } = what else { return String::new() };
    let words = act.kind().words(locale).to_owned();
    let words = match (act, opened.pages) {
        (Act::Finish(outcome) | Act::Correct { to: Ended::Finished(outcome) }, Some(pages)) => {
            format!("{words}{}{}", locale.say("：", ": "), pages.at_counter.outcome(locale, outcome))
        }
        (Act::Correct { to }, _) => {
            format!("{words}{}{}", locale.say("：", ": "), VisitState::from(to.clone()).kind().words(locale))
        }
        (Act::Redirect(there), _) => sent_to(locale, &opened.elsewhere, there).unwrap_or(words),
        _ => words,
    };
    let counter = counter.map(|counter| opened.sign(counter));
    let first = out_of_order.then(|| locale.say("不按顺序", "out of order").to_owned());
    let reason = reason.as_ref().map(|reason| say!(locale, "原因：{}", "why: {}", first::words(reason, locale)));
    [Some(words), counter, first, reason].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
