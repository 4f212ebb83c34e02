//! Why the last press did nothing. The focus goes to it.

use leptos::prelude::*;
use shared::{locale::Locale, problem::Problem};

use crate::components::notice::{Notice, Tone};

/// The problem's own sentence, or those of its fields, and `now`: how the thing in question stands.
pub(super) fn refused(locale: Locale, problem: &Problem, now: Option<String>) -> AnyView {
    let (title, sentences) = match problem {
        Problem::Fields(errors) => {
            let fields = errors.messages(locale).into_iter().map(|field| field.message).collect();
            (locale.say("没有办成", "Not done").to_owned(), fields)
        }
        problem => (problem.title(locale), vec![problem.sentence(locale)]),
    };
    let sentences: Vec<_> = sentences.into_iter().chain(now).map(|sentence| view! { <p>{sentence}</p> }).collect();
    view! {
        <div class="met" id="refused" tabindex="-1" autofocus role="alert">
            <Notice tone=Tone::Warning title=title>{sentences}</Notice>
        </div>
    }
    .into_any()
}
