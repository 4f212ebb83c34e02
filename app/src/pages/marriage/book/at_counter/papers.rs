//! A paper at the counter: what to look at in it, and on what it rests that it is asked for.

use leptos::prelude::*;
use shared::{
    counter::Paper,
    locale::Locale,
    marriage::{
        citation::Grade,
        documents::{self, DocumentCode, DocumentItem, Needed},
    },
};

use super::what::what;
use crate::appointments::service::Asked;

/// On what it rests that a paper is asked for. What no source that was read asks for is the registry's own practice, such as what a
/// unit writes for somebody who serves in it.
pub(super) fn asked(locale: Locale, paper: &Paper) -> Option<Asked> {
    DocumentCode::of(paper)?;
    let Some(source) = documents::source_of(paper) else { return Some(Asked::Practice) };
    let text = source.text.say(locale).to_owned();
    Some(match source.grade {
        Grade::Law => Asked::Article(text),
        Grade::Official => Asked::Explained(text),
        Grade::LocalPractice => Asked::Practice,
    })
}

pub(super) fn line(locale: Locale, item: &DocumentItem) -> impl IntoView + use<> {
    let when = match item.needed {
        Needed::Always | Needed::Never | Needed::SignedThere => None,
        needed => needed.label(locale),
    };
    let look = what(item.code).map(|text| text.say(locale));
    let note = match (look, when) {
        (Some(look), Some(when)) => Some(format!("{look}{}{when}", locale.say("；", "; "))),
        (one, other) => one.or(other).map(str::to_owned),
    };
    view! {
        <li>
            <p>{item.code.words(locale)}</p>
            {note.map(|note| view! { <p class="note">{note}</p> })}
        </li>
    }
}
