//! Until when a draft is kept, which stands on each of its pages; and what is said of what is being typed.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use serde::Serialize;
use shared::{calendar::shanghai, locale::Locale, say};

use super::Opened;
use crate::{visit::Visit, words};

pub(super) fn line(visit: &Visit, opened: &Opened) -> AnyView {
    view! { <p class="draft-kept">{until(visit, opened)}</p> }.into_any()
}

/// What `public/assets/draft.js` is told of what it has sent.
#[derive(Serialize)]
struct Told {
    version: u32,
    /// That it was kept, and when.
    said: String,
    /// In place of [`line`].
    until: String,
}

pub(super) fn told(visit: &Visit, opened: &Opened) -> Response {
    let at = visit.locale.time(shanghai(opened.now).time());
    let said = say!(visit.locale, "已经自动保存，{at}", "Saved at {at}");
    Json(Told { version: opened.draft.version, said, until: until(visit, opened) }).into_response()
}

/// Where that script says how it stands; nothing is to be seen of it without one.
pub(super) fn while_typing(locale: Locale) -> AnyView {
    let on = locale.say(
        "填的内容会自动保存。没来得及保存的只留在这个窗口里，关掉就没有了。",
        "What you enter is saved as you type. What could not be saved yet stays in this window alone, and is gone with it.",
    );
    let lost = locale.say(
        "刚填的还没有保存：现在连不上。请先不要关这一页，接着填就行，连上以后会自动保存。",
        "What you have just entered is not saved yet: there is no connection. Leave this page open and go on; it is saved once you are \
         connected.",
    );
    let back = locale.say(
        "上次没来得及保存的内容，已经放回空格里，请再看一遍。",
        "What could not be saved last time is back in the fields: please look at it once more.",
    );
    let two = locale.say(
        "刚填的还没有保存：另一个窗口填得不一样。请按下面的按钮，两边都会列出来，由您来选。",
        "What you have just entered is not saved yet: another window says something else. Press the button below to see both, and choose.",
    );
    let over = locale.say(
        "刚填的还没有保存：这份申请在这里保存不了了。请按下面的按钮，看看为什么、怎么办。",
        "What you have just entered is not saved yet: this application cannot be saved here any more. Press the button below to see why, \
         and what to do.",
    );
    view! {
        <p
            class="draft-kept"
            id="keeping"
            role="status"
            hidden
            data-on=on
            data-lost=lost
            data-back=back
            data-two=two
            data-over=over
        ></p>
    }
    .into_any()
}

fn until(visit: &Visit, opened: &Opened) -> String {
    let until = words::moment(visit.locale, opened.draft.expires_at);
    say!(
        visit.locale,
        "填写的内容保留到 {until}，每保存一次重新算起。",
        "Your answers are kept until {until}, and longer with each time you save."
    )
}
