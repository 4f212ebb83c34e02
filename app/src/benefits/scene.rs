//! What the parts of a screen share: the scene they stand in, and what people and things are called there.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    eligibility::{answers::Question, pack::Pack, verdict::Verdict},
    field::FieldMessage,
    locale::Locale,
    say,
};

use super::{go::Go, page::Page, screen::Screen};

/// What every part of a screen needs to know.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub locale: Locale,
    pub pack: &'a Pack,
    pub screen: &'a Screen,
    pub today: NaiveDate,
    /// Scheme and host of the portal, for what is carried out of it.
    pub origin: &'a str,
    /// Where the form is sent by a browser without scripts.
    pub action: &'a str,
    /// The day of the rules, where there is no network and the page is the one that was kept.
    pub kept: Option<NaiveDate>,
}

/// The buttons under a page: on, back, and straight to the result.
pub fn onward(scene: Scene<'_>, text: String) -> AnyView {
    let locale = scene.locale;
    let back = (!scene.screen.trail.is_empty()).then(|| {
        view! {
            <button class="button button-quiet" name="go" value=Go::Back.key(scene.pack)>
                {locale.say("上一步", "Back")}
            </button>
        }
    });
    let result = matches!(scene.screen.page, Page::Questions(_)).then(|| {
        view! {
            <button class="button button-quiet" name="go" value=Go::Result.key(scene.pack)>
                {locale.say("先看结果", "See your result so far")}
            </button>
        }
    });
    view! {
        <div class="actions">
            <button class="button button-primary" name="go" value=Go::Next.key(scene.pack)>
                {text}
            </button>
            {back}
            {result}
        </div>
    }
    .into_any()
}

/// The message at one field.
pub fn message(messages: &[FieldMessage], field: &str) -> Option<String> {
    messages.iter().find(|message| message.field == field).map(|message| message.message.clone())
}

/// What was asked, and of whom: `妈妈 · 出生日期`.
pub fn asked(scene: Scene<'_>, question: Question) -> String {
    let Scene { locale, pack, .. } = scene;
    let label = |fact: usize| pack.facts[fact].label.say(locale);
    match question {
        Question::Household(fact) => label(fact).to_owned(),
        Question::Person(person, fact) => format!("{} · {}", called(scene, person), label(fact)),
        Question::People => locale.say("家里的人是不是都列出来了", "Whether everybody is listed").to_owned(),
    }
}

/// A benefit, and whose it is: `高龄津贴 · 妈妈`.
pub fn benefit(scene: Scene<'_>, verdict: &Verdict) -> String {
    let name = scene.pack.benefits[verdict.benefit].name.say(scene.locale);
    verdict.who.map_or_else(|| name.to_owned(), |person| format!("{name} · {}", called(scene, person)))
}

/// What somebody is called on the pages: the name that was chosen, or their number in the list. Whoever is alone and
/// has chosen none is asked for themselves.
pub fn called(scene: Scene<'_>, person: usize) -> String {
    match scene.screen.answers.name(person) {
        name if !name.is_empty() => name,
        _ if is_alone(scene) => scene.locale.say("您", "You").to_owned(),
        _ => say!(scene.locale, "第 {} 个人", "person {}", person + 1),
    }
}

/// There is one person, without a name.
pub fn is_alone(scene: Scene<'_>) -> bool {
    scene.screen.answers.people() == 1 && scene.screen.answers.name(0).is_empty()
}
