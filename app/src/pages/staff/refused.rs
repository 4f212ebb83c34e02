//! Why the last press did nothing. The focus goes to it.

use leptos::prelude::*;
use shared::{locale::Locale, problem::Problem};

use crate::components::notice::{Notice, Tone};

/// The problem's own sentences, those of its fields, and `now`: how the thing in question stands.
pub(super) fn refused(locale: Locale, problem: &Problem, now: Option<String>) -> AnyView {
    let fields = match problem {
        Problem::Fields(errors) => errors.messages(locale),
        _ => Vec::new(),
    };
    let sentences = [problem.sentence(locale)].into_iter().chain(fields.into_iter().map(|field| field.message)).chain(now);
    let sentences: Vec<_> = sentences.map(|sentence| view! { <p>{sentence}</p> }).collect();
    let title = problem.title(locale);
    view! {
        <div class="met" id="refused" tabindex="-1" autofocus role="alert">
            <Notice tone=Tone::Warning title=title>{sentences}</Notice>
        </div>
    }
    .into_any()
}
