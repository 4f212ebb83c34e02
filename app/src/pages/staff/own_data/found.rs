//! What was found, each booking with what can be done: whatever stands here may be read by somebody beside the clerk.

use leptos::prelude::*;
use server::counter::own_data::Kept;
use shared::{field::FieldMessage, locale::Locale, say};

use super::correcting::Typed;
use crate::{
    components::{
        button::{Button, Weight},
        empty::Empty,
    },
    pages::staff::visits,
    visit::Visit,
};

/// `typed` is of one of them, where something was wrong with it.
pub(super) fn draw(
    visit: &Visit,
    action: &str,
    (found, typed): (&[Kept], &Typed),
    messages: &[FieldMessage],
) -> AnyView {
    let locale = visit.locale;
    if found.is_empty() {
        return view! {
            <Empty title=locale.say("没有这个证件的信息", "Nothing is kept of this document")>
                <p>
                    {locale.say(
                        "请核对号码。没有预约，或者保存期已过、已经删除；现场取号不登记姓名。颁证仪式只留了姓名和手机，本人用预约号和手机验证码在网上\
                         就能看到完整的一份。",
                        "Check the number. There is no booking, or it was erased; whoever took a ticket here was asked for no name. Of \
                         a ceremony only name and phone are kept: the person has all of it online, with the reference and a code.",
                    )}
                </p>
            </Empty>
        }
        .into_any();
    }
    found.iter().map(|kept| one(visit, action, (kept, typed), messages)).collect_view().into_any()
}

fn one(visit: &Visit, action: &str, (kept, typed): (&Kept, &Typed), messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    let ([zh, en], date) = (kept.service, locale.full_date(kept.date));
    let (what, state) = (
        locale.say(zh, en),
        if kept.stands { locale.say("有效", "it stands") } else { locale.say("已经结束", "it is over") },
    );
    let title = say!(locale, "{what}，{date}：{state}", "{what} on {date}: {state}");
    let opens = kept.visit.as_ref().map(|id| {
        let href = visit.url(&visits::path(id));
        view! { <p><a href=href>{locale.say("打开这个预约", "Open this booking")}</a></p> }
    });
    let correction = if typed.claim == kept.claim { typed.clone() } else { Typed::default() };
    let acts = if kept.is_mistyped {
        press(action, kept, (None, "review", locale.say("核对要更正的号码", "Review the number")))
    } else {
        view! {
            {copying(locale, action, kept)}
            {correcting(locale, action, kept, (&correction, messages))}
            {erasing(locale, action, kept)}
        }
        .into_any()
    };
    let mistyped = kept.is_mistyped.then(|| {
        view! {
            <p>
                {locale.say(
                    "姓名和证件一致，号码不一样。可以把号码更正成证件上的；更正以后再按证件查，才能打印、删除。",
                    "The name agrees with the document and the number does not. It can be put right; a copy is printed, and \
                     anything erased, once the booking is found by the document.",
                )}
            </p>
        }
    });
    view! {
        <section class="flow met" tabindex="-1" autofocus=messages.is_empty()>
            <h2>{title}</h2>
            {opens}
            {mistyped}
            {acts}
        </section>
    }
    .into_any()
}

/// The box for what stands on the copy only where they ask for it.
pub(super) const LOOKUPS: &str = "lookups";

fn copying(locale: Locale, action: &str, kept: &Kept) -> AnyView {
    // Each booking has its own; claims begin alike and end in their seal.
    let id = format!("{LOOKUPS}-{}", kept.claim.get(kept.claim.len().saturating_sub(12)..).unwrap_or_default());
    let lookups = view! {
        <div class="choice">
            <input type="checkbox" id=id.clone() name=LOOKUPS value="yes" />
            <label for=id>
                {locale.say(
                    "本人要的：也印上什么时候在窗口按这个证件查过（纸会带回家，家里有人会看的，先问本人）",
                    "They ask for it: print also when they were looked up by this document (paper is carried home: where somebody there may \
                     read it, ask them first)",
                )}
            </label>
        </div>
    }
    .into_any();
    view! {
        <h3>{locale.say("要一份", "A copy")}</h3>
        <p>
            {locale.say(
                "打印出来，当面交给本人一个人：上面本人的是完整的，对方的只显示一部分。不要让别人代拿，不要用短信、邮件发。不发短信告诉任何人。",
                "Print it and hand it to that person alone: their own is in full on it, the other’s partly hidden. Give it to \
                 nobody else, and send it by no text and no e-mail. Nobody is told by text.",
            )}
        </p>
        {press(action, kept, (Some(lookups), "copy", locale.say("打开打印的一份", "Open the copy to print")))}
    }
    .into_any()
}

fn correcting(
    locale: Locale,
    action: &str,
    kept: &Kept,
    (typed, messages): (&Typed, &[FieldMessage]),
) -> Option<AnyView> {
    if !kept.stands {
        return None;
    }
    let fields = typed.form(locale, messages);
    Some(
        view! {
            <h3>{locale.say("姓名或者手机填错了", "A name or a phone is wrong")}</h3>
            <p>
                {locale.say(
                    "照着证件更正，时间不变。是换一个人的，不能更正：请取消以后重新约。",
                    "It is put right as the document has it, and the time stands. Another person is no correction: cancel it \
                     and book again.",
                )}
            </p>
            {press(action, kept, (Some(fields), "review", locale.say("核对要更正的", "Review the correction")))}
        }
        .into_any(),
    )
}

fn erasing(locale: Locale, action: &str, kept: &Kept) -> AnyView {
    let title = locale.say("要删除", "To have it erased");
    if kept.stands {
        return view! {
            <h3>{title}</h3>
            <p>
                {locale.say(
                    "还有效的预约要用这些信息，现在不能删。不来办了的，请本人先取消（或者打开这个预约，代为取消），马上就可以删；来办的，办完过了\
                     当天可以删。本人不同意的，可以向法院起诉（《个人信息保护法》第五十条）。",
                    "A booking that stands needs it, so it cannot be erased now. Whoever will not come cancels it first (online, or here \
                     by opening the booking), and it can be erased at once; else once its day is over. Whoever disagrees may go to court \
                     (Personal Information Protection Law art 50).",
                )}
            </p>
        }
        .into_any();
    }
    view! {
        <h3>{title}</h3>
        <p>
            {locale.say(
                "只删本人的：姓名、证件号码、手机号和发到本人手机的短信。对方的是对方的，对方自己来删。办理记录里没有姓名和号码，为了说得清当时怎么\
                 办的，不删。已经登记的，婚姻登记档案由登记机关长期保管。",
                "Only their own is erased: name, document number, phone and the texts to their phone. The other person’s is theirs to \
                 have erased. The record has no name or number in it and stays, to account for what was done. The file of a \
                 registered marriage is kept by the registry.",
            )}
        </p>
        <details class="ask">
            <summary>{locale.say("删除本人的信息…", "Erase their details…")}</summary>
            <div class="ask-body flow">
                <p>{locale.say("删了不能恢复。", "It cannot be undone.")}</p>
                {press(action, kept, (None, "erase", locale.say("删除，不能恢复", "Erase them for good")))}
            </div>
        </details>
    }
    .into_any()
}

fn press(action: &str, kept: &Kept, (fields, act, words): (Option<AnyView>, &'static str, &'static str)) -> AnyView {
    let weight = if act == "erase" { Weight::Danger } else { Weight::Secondary };
    view! {
        <form class="flow" method="post" action=action.to_owned() novalidate>
            <input type="hidden" name="claim" value=kept.claim.clone() />
            {fields}
            <p class="actions">
                <Button text=words name="do" value=act weight=weight />
            </p>
        </form>
    }
    .into_any()
}
