//! Who belongs to the household: a name of one's own choosing, and an age.

use leptos::prelude::*;
use shared::{eligibility::answers::MOST_PEOPLE, field::FieldMessage, say};

use super::{
    go::Go,
    heading,
    scene::{Scene, called, message, onward},
};
use crate::components::{
    choice::{Choice, ChoiceOption},
    text_field::TextField,
};

/// The fields of a person that stand on this page; the rest of a person is asked later.
pub const FIELDS: [&str; 2] = [".name", ".birth.age"];

pub fn people(scene: Scene<'_>, messages: &[FieldMessage]) -> AnyView {
    let Scene { locale, pack, screen, .. } = scene;
    let count = screen.answers.people().max(1);
    let rows = (0..count).map(|person| row(scene, person, count, messages)).collect_view();
    let add = (count < MOST_PEOPLE).then(|| {
        view! {
            <p>
                // Without scripts the page that follows opens at the new person.
                <button
                    class="button button-secondary"
                    name="go"
                    value=Go::Add.key(pack)
                    formaction=format!("{}#people.{count}.name", scene.action)
                >
                    {locale.say("再加一个人", "Add another person")}
                </button>
            </p>
        }
    });
    let answers = vec![
        ChoiceOption::new("yes", locale.say("都列出来了", "Yes, everyone is listed")),
        ChoiceOption::new("no", locale.say("还有别人，或者不确定", "No, or I am not sure")),
    ];
    let step = say!(locale, "第 {} 步", "Step {}", screen.trail.len() + 1);
    view! {
        <p class="check-left">{step}</p>
        {heading::drawn(heading::heading(locale, pack, &screen.page), screen)}
        <p class="lead">
            {locale
                .say(
                    "一起生活、花钱在一处的人：夫妻、未成年的孩子、还在上学的孩子，以及长期同住、由您家抚养的人。去世的人不列。",
                    "List the people who live together and share their money: spouses, children under 18 or still \
                     studying, and others you support who have lived with you for a long time. Leave out anyone who has died.",
                )}
        </p>
        <p class="hint">
            {locale
                .say(
                    "称呼随便起，例如“妈妈”，不用真名。",
                    "Call them anything you like, such as “Mum”. Real names are not needed.",
                )}
        </p>
        <div class="flow">{rows}</div>
        {add}
        <Choice
            locale=locale
            name="complete"
            legend=locale.say("家里的人都在上面了吗？", "Have you listed everyone in your household?")
            answers=answers
            chosen=screen.answers.get("complete").to_owned()
        />
        {onward(scene, locale.say("下一步", "Continue").to_owned())}
    }
    .into_any()
}

fn row(scene: Scene<'_>, person: usize, count: usize, messages: &[FieldMessage]) -> AnyView {
    let Scene { locale, pack, screen, .. } = scene;
    let field = |name: &str| format!("people.{person}.{name}");
    let birth = field("birth");
    // Somebody whose date of birth is known has no age to type.
    let dated = !screen.answers.get(&format!("{birth}.year")).is_empty();
    let age = (!dated).then(|| {
        view! {
            <TextField
                locale=locale
                name=format!("{birth}.age")
                label=locale.say("周岁", "Age")
                value=screen.answers.get(&format!("{birth}.age")).to_owned()
                error=message(messages, &format!("{birth}.age"))
                inputmode="numeric"
                width="input-2"
            />
        }
    });
    let remove = (count > 1).then(|| {
        view! {
            <button class="button button-quiet" name="go" value=Go::Remove(person).key(pack)>
                {locale.say("去掉", "Remove")}
                <span class="hidden-visually">{format!(" {}", called(scene, person))}</span>
            </button>
        }
    });
    let legend = say!(locale, "第 {} 个人", "Person {}", person + 1);
    view! {
        <fieldset class="person">
            <legend class="hidden-visually">{legend}</legend>
            <div class="person-fields">
            <TextField
                locale=locale
                name=field("name")
                label=locale.say("怎么称呼", "What you call them")
                value=screen.answers.name(person)
            />
            {age}
            {remove}
            </div>
        </fieldset>
    }
    .into_any()
}
