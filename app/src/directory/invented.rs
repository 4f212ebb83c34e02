//! Hours that were made up for a demonstration: wherever a state or a week of them shows, it says so. The place may be real all the
//! same, and then nothing of this is said of its address and its phone.

use leptos::prelude::*;
use shared::{
    directory::said::{Phrase, Said, StateSaid, Sure},
    locale::Locale,
    say,
};

use crate::{
    components::{notice::Tone, tag::Tag},
    words::Text,
};

/// The words of their tag.
const HOURS: Text = Text("演示时间，不是真的", "Demo hours, not real");

/// The class of a state that follows from them: no colour says that somebody is there.
pub(super) const STATE: &str = "state-old";

/// How sure they are.
pub(super) fn sure(locale: Locale) -> Sure {
    let text = locale.say("演示时间，不是真的，去之前先打电话问", "Demo hours, not real: call before you go");
    Sure { said: Said::plain(text), weak: true }
}

/// The same beside what else is not sure.
pub(super) fn beside(locale: Locale, other: Option<Sure>) -> Sure {
    let invented = sure(locale);
    let Some(other) = other else { return invented };
    let mut said = Said::from(Phrase::Also);
    said.add(other.said);
    said.add(invented.said);
    Sure { said, weak: true }
}

/// A state that follows from them, where nothing beside it says how sure it is.
pub(super) fn state(locale: Locale, stands: StateSaid<'static>) -> StateSaid<'static> {
    let mut said = Said::from(Phrase::Also);
    said.add(stands.said);
    said.add(Said::plain(HOURS.say(locale)));
    StateSaid { said, class: STATE }
}

/// What is said of hours, marked where they are invented.
pub fn mark_invented(locale: Locale, are_invented: bool, text: String) -> String {
    if !are_invented {
        return text;
    }
    let mark = HOURS.say(locale);
    say!(locale, "{text}（{mark}）", "{text} ({mark})")
}

/// Their tag.
pub fn tag(locale: Locale, are_invented: bool) -> Option<AnyView> {
    are_invented.then(|| view! { <Tag text=HOURS.say(locale) tone=Tone::Warning /> }.into_any())
}

/// The same above a week.
pub(super) fn tag_line(locale: Locale, are_invented: bool) -> Option<AnyView> {
    let tag = tag(locale, are_invented)?;
    Some(view! { <p class="tags">{tag}</p> }.into_any())
}
