//! A screen of the check as a form that can be sent as it stands.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    eligibility::{answers::Question, pack::Pack, verdict::Verdict},
    field::FieldMessage,
    locale::Locale,
};

use super::{page::Page, people, questions, result, screen::Screen, start};
use crate::components::{error_summary::error_summary, part::Part};

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
}

/// Title of the page, for the head of the document too.
pub fn title(locale: Locale, page: &Page) -> &'static str {
    match page {
        Page::Result => locale.say("看看能办哪些：结果", "What you may get: result"),
        _ => locale.say("看看能办哪些", "See what you may get"),
    }
}

/// The form with everything that was answered on other pages hidden in it.
pub fn screen(scene: Scene<'_>) -> AnyView {
    let messages = scene.screen.errors.messages(scene.locale);
    let told = (!messages.is_empty()).then(|| error_summary(scene.locale, &messages));
    let body = match &scene.screen.page {
        Page::Start => start::start(scene),
        Page::People => people::people(scene, &messages),
        Page::Topic { topic, who, facts } => questions::questions(scene, *topic, *who, facts, &messages),
        Page::Result => result::result(scene),
    };
    view! {
        <form class="check flow" method="post" action=scene.action.to_owned() autocomplete="off" novalidate>
            // Enter in a field means to go on, whatever button stands first.
            <button class="hidden-visually" name="go" value="next" tabindex="-1" aria-hidden="true"></button>
            {told.map(Part::drawn)}
            {hidden(scene)}
            {body}
        </form>
    }
    .into_any()
}

/// What stands on this page is typed; everything else is carried along.
fn hidden(scene: Scene<'_>) -> AnyView {
    let Scene { pack, screen, .. } = scene;
    let shown = |name: &str| match &screen.page {
        Page::Start => name == "event",
        Page::People => {
            name == "complete"
                || (name.starts_with("people.") && people::FIELDS.iter().any(|field| name.ends_with(field)))
        }
        Page::Topic { who, facts, .. } => facts.iter().any(|fact| {
            let field = super::answers::field(&pack.facts[*fact], *who);
            name.strip_prefix(field.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }),
        Page::Result => name == "before",
    };
    let carried = screen.answers.0.iter().filter(|(name, _)| !shown(name)).cloned();
    let trail = screen.trail.iter().map(|page| ("trail".to_owned(), page.key(pack)));
    let at = std::iter::once(("at".to_owned(), screen.page.key(pack)));
    let fields = carried.chain(trail).chain(at).map(|(name, value)| {
        view! { <input type="hidden" name=name value=value /> }
    });
    fields.collect_view().into_any()
}

/// The buttons under a page: on, back, and straight to the result.
pub fn onward(scene: Scene<'_>, text: String) -> AnyView {
    let locale = scene.locale;
    let back = (!scene.screen.trail.is_empty()).then(|| {
        view! {
            <button class="button button-quiet" name="go" value="back">
                {locale.say("上一步", "Back")}
            </button>
        }
    });
    let result = matches!(scene.screen.page, Page::Topic { .. }).then(|| {
        view! {
            <button class="button button-quiet" name="go" value="result">
                {locale.say("先看结果", "See the result so far")}
            </button>
        }
    });
    view! {
        <div class="actions">
            <button class="button button-primary" name="go" value="next">
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
pub fn asked(scene: Scene<'_>, asked: Question) -> String {
    let Scene { locale, pack, .. } = scene;
    let label = |fact: usize| pack.facts[fact].label.say(locale);
    match asked {
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

/// How somebody is called on the pages: by the name that was chosen, or by place.
pub fn called(scene: Scene<'_>, person: usize) -> String {
    match scene.screen.answers.name(person) {
        name if !name.is_empty() => name,
        _ => match scene.locale {
            Locale::Zh => format!("第 {} 个人", person + 1),
            Locale::En => format!("person {}", person + 1),
        },
    }
}
