//! Until when a draft is kept, which stands on each of its pages.

use leptos::prelude::*;
use shared::say;

use super::Opened;
use crate::{visit::Visit, words};

pub(super) fn line(visit: &Visit, opened: &Opened) -> AnyView {
    let until = words::moment(visit.locale, opened.draft.expires_at);
    let text = say!(
        visit.locale,
        "填写的内容保留到 {until}，每保存一次重新算起。",
        "Your answers are kept until {until}, and longer with each time you save."
    );
    let for_family = opened.at_counter.then(|| {
        visit.say("您在窗口替申请人填写，会记下是您填的。", "You fill this in for the applicant, which is recorded.")
    });
    view! { <p class="draft-kept">{text} " " {for_family}</p> }.into_any()
}
