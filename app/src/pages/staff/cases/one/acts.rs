//! What this person may do with the case as it stands, and where that is nothing, why.

use leptos::prelude::*;
use shared::{
    locale::Locale,
    procedures::{ActName, State, StateName},
    say,
};

use super::{Opened, ask, doing, form::Form, proposal, propose};
use crate::components::text_field::TextField;

pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> AnyView {
    let locale = opened.locale();
    let acts: Vec<_> = opened.case.may.iter().filter_map(|act| one(opened, form, *act)).collect();
    let nothing = (acts.is_empty() && !opened.case.may_cosign).then(|| view! { <p>{nothing(opened)}</p> });
    view! {
        <section class="flow">
            <h2 id="next" tabindex="-1">{locale.say("现在能做什么", "What can be done now")}</h2>
            {cosigning(opened)}
            {accepted_by_silence(opened)}
            {acts}
            {nothing}
        </section>
    }
    .into_any()
}

/// In place of asking for what is missing.
fn accepted_by_silence(opened: &Opened<'_>) -> Option<AnyView> {
    let is_said = opened.case.was_silent && matches!(opened.case.state, State::Accepted | State::Reviewing);
    is_said.then(|| {
        let words = opened.locale().say(
            "规定的时间里没有告知要补什么，已经视为受理，不能再要求申请人补正。请按现有的材料审核。",
            "Nobody told the applicant in time what is missing: it counts as accepted, and nothing more is asked for. Decide on what is \
             there.",
        );
        view! { <p>{words}</p> }.into_any()
    })
}

/// The further signature, in its form.
pub(super) const COSIGN: &str = "cosign";

/// What every form of an act carries.
pub(super) fn seen(opened: &Opened<'_>) -> AnyView {
    view! { <input type="hidden" name="version" value=opened.case.version.to_string() /> }.into_any()
}

fn one(opened: &Opened<'_>, form: &Form, act: ActName) -> Option<AnyView> {
    let locale = opened.locale();
    match act {
        ActName::Accept => {
            let begins = opened.procedure().clock.is_some();
            let hint = begins.then(|| {
                locale.say("受理的第二天起，开始算办理时间。", "The time for it is counted from the day after.")
            });
            Some(pressed(opened, act, locale.say("受理", "Accept it"), hint))
        }
        ActName::Review => Some(pressed(opened, act, locale.say("开始审核", "Begin the review"), None)),
        ActName::Ask => Some(ask::draw(opened, form)),
        ActName::Propose => Some(propose::draw(opened, form)),
        ActName::Approve => Some(approving(opened)),
        ActName::SendBack | ActName::Close | ActName::Reopen | ActName::Supply => Some(with_words(opened, form, act)),
        // Each answer has its own way to be put right, and a relative a form of their own; the rest is never the office's.
        ActName::Correct | ActName::Pass | ActName::AcceptBySilence | ActName::Lapse | ActName::Withdraw => None,
    }
}

/// An act of one press.
fn pressed(opened: &Opened<'_>, act: ActName, words: &'static str, hint: Option<&'static str>) -> AnyView {
    view! {
        <form class="acts" method="post" action=opened.itself()>
            {seen(opened)}
            <button class="act act-strong" name="do" value=doing::name(act)>{words}</button>
            {hint.map(|hint| view! { <span class="soft">{hint}</span> })}
        </form>
    }
    .into_any()
}

/// The second signature: what is signed is what was read here.
fn approving(opened: &Opened<'_>) -> AnyView {
    let locale = opened.locale();
    let hash = opened.case.proposal_hash.clone().unwrap_or_default();
    view! {
        <form class="acts" method="post" action=opened.itself()>
            {seen(opened)}
            <input type="hidden" name=doing::HASH value=hash />
            <button class="act act-strong" name="do" value=doing::name(ActName::Approve)>
                {locale.say("复核：看决定书，再同意…", "Sign: read the letter, then agree…")}
            </button>
        </form>
    }
    .into_any()
}

/// The further signature that comes before the second one, where the sum asks for it.
fn cosigning(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    if !opened.case.needs_cosign {
        return None;
    }
    let hash = opened.case.proposal_hash.clone().unwrap_or_default();
    let sign = opened.case.may_cosign.then(|| {
        view! {
            <form class="acts" method="post" action=opened.itself()>
                {seen(opened)}
                <input type="hidden" name=doing::HASH value=hash />
                <button class="act act-strong" name="do" value=COSIGN>
                    {locale.say("加签：金额和付款对象核对过了", "Sign: the sum and whom it goes to are checked")}
                </button>
            </form>
        }
    });
    let why = locale.say(
        "金额到了要加签的起点：先由财务岗位加签，再复核。",
        "From this sum on a finance officer signs first, before the second signature.",
    );
    Some(
        view! {
            <p>{why}</p>
            {sign}
        }
        .into_any(),
    )
}

/// An act with words of its own, behind one press.
fn with_words(opened: &Opened<'_>, form: &Form, act: ActName) -> AnyView {
    let locale = opened.locale();
    let name = doing::name(act);
    let field = doing::said_field(act);
    let (title, label, button) = words(locale, act, proposal::is_grant(opened));
    view! {
        <details class="ask" open=form.is_of(name)>
            <summary>{title}</summary>
            <form class="ask-body flow" method="post" action=opened.itself() novalidate>
                {seen(opened)}
                <TextField
                    locale=locale
                    name=field.clone()
                    label=label
                    value=form.text(&field)
                    error=form.error(&field)
                />
                <p class="actions">
                    <button class="act" name="do" value=name>{button}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

/// Its title, what its field asks, and what its button does.
fn words(locale: Locale, act: ActName, is_grant: bool) -> (&'static str, &'static str, &'static str) {
    match act {
        ActName::SendBack => (
            locale.say("退回，不同意这个意见…", "Send it back, without signing…"),
            locale.say("为什么退回（会留在记录里）", "Why (it stays in the record)"),
            locale.say("退回审核", "Send it back to the review"),
        ),
        ActName::Close if is_grant => (
            locale.say("办结…", "Close it…"),
            locale.say(
                "怎么兑现的，例如哪一天交财务打款（可以不填）",
                "How it was given, such as on which day finance was told to pay (optional)",
            ),
            locale.say("办结", "Close it"),
        ),
        ActName::Close => (
            locale.say("办结…", "Close it…"),
            locale.say("怎么送达的（可以不填）", "How the letter was given to them (optional)"),
            locale.say("办结", "Close it"),
        ),
        ActName::Reopen => (
            locale.say("重新审核…", "Reopen it…"),
            locale.say("为什么重新审核（申请人看得到）", "Why (the applicant reads it)"),
            locale.say("重新审核", "Reopen it"),
        ),
        _ => (
            locale.say("补正的材料在窗口收到了…", "What was asked for came to the counter…"),
            locale.say("收到了什么（可以不填）", "What came (optional)"),
            locale.say("记下已经收到", "Note that it came"),
        ),
    }
}

/// Why there is nothing to press, and who goes on.
fn nothing(opened: &Opened<'_>) -> String {
    let locale = opened.locale();
    if opened.case.is_erased() {
        return locale
            .say(
                "这件申请办完很久，里面的姓名、号码和填写的内容已经按保存期限抹去，不能再办。家属还有事的，请他们重新申请。",
                "It ended long ago, and what it said of people has been erased, so nothing can be done with it. Let the family apply \
                 anew.",
            )
            .to_owned();
    }
    let me = &opened.officers.me;
    if opened.case.filed_by.as_ref() == Some(me) && opened.case.state.is_open() {
        return locale
            .say(
                "这件申请是您在窗口代填的，提出意见和复核要由别的同事办。",
                "You filled this in at the counter, so others propose and sign.",
            )
            .to_owned();
    }
    match &opened.case.state {
        State::Proposed(proposal) if proposal.by == *me => locale
            .say("意见是您提的，要由另一个人复核。", "You proposed this decision, so another person signs it.")
            .to_owned(),
        state => {
            let state = state.name();
            let words = state.words();
            match state {
                StateName::Supplementing => {
                    let asked: Vec<_> = opened.case.asked_items.iter().map(|id| opened.item(id)).collect();
                    let asked = asked.join(locale.say("、", ", "));
                    say!(locale, "在等申请人补正：{asked}。", "The applicant was asked for: {asked}.")
                }
                _ => say!(
                    locale,
                    "这件申请现在：{}。您的岗位现在没有要办的。",
                    "It is {} now. There is nothing for your role to do.",
                    words.say(locale)
                ),
            }
        }
    }
}
