//! Why the last press did nothing. The focus goes to it.

use leptos::prelude::*;
use shared::{field::FieldMessage, locale::Locale, problem::Problem};

use crate::components::notice::{Notice, Tone};

/// The problem's own sentence, or those of its fields, and `now`: how the thing in question stands.
pub(super) fn refused(locale: Locale, problem: &Problem, now: Option<String>) -> AnyView {
    let (title, sentences) = match problem {
        Problem::Fields(errors) => not_saved(locale, &errors.messages(locale)),
        Problem::IdempotencyMismatch => sent_before(locale),
        problem => (problem.title(locale), vec![problem.sentence(locale)]),
    };
    says((title, sentences.into_iter().chain(now).collect()))
}

/// What a form says whose page was sent before with something else in it; it stands there again to be sent once more.
fn sent_before(locale: Locale) -> (String, Vec<String>) {
    let title = locale.say("这次填的还没有办", "What you entered now was not done yet");
    let said = locale.say(
        "这一页刚才已经提交过一次，那一次已经办成，和现在填的不一样。请先核对那一次办的是什么；还要再办的，再按一次。",
        "This page was sent once before, and that was done; it was not what stands here now. Please look first at what was done; \
         if this is to be done as well, press again.",
    );
    (title.to_owned(), vec![said.to_owned()])
}

/// What is said of fields: nobody was refused, something has only to be added or put right.
pub(super) fn not_saved(locale: Locale, wrong: &[FieldMessage]) -> (String, Vec<String>) {
    let title = match wrong {
        [one] if one.code.ends_with("_missing") => {
            locale.say("还差一项，没有保存", "One thing is missing, and nothing was saved")
        }
        _ => locale.say("还没有保存", "Not saved yet"),
    };
    (title.to_owned(), wrong.iter().map(|field| field.message.clone()).collect())
}

/// A title and what follows.
pub(super) fn says((title, sentences): (String, Vec<String>)) -> AnyView {
    let sentences: Vec<_> = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect();
    view! {
        <div class="met" id="refused" tabindex="-1" autofocus role="alert">
            <Notice tone=Tone::Warning title=title>{sentences}</Notice>
        </div>
    }
    .into_any()
}
