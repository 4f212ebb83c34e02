//! "Which of you?": one box for each person, all of them, none of them, and not sure.

use leptos::prelude::*;
use shared::field::FieldMessage;

use super::{
    boxes::{ALL, NONE, name, ticked},
    question::unsure,
    scene::{Scene, called, message},
};
use crate::components::{choice::ChoiceOption, field::Group};

/// With fewer people it is as quick to tick each of them.
const MANY: usize = 3;

pub fn who(scene: Scene<'_>, fact: usize, people: &[usize], messages: &[FieldMessage]) -> AnyView {
    let Scene { locale, pack, screen, .. } = scene;
    let fact = &pack.facts[fact];
    let name = name(fact);
    let people: Vec<usize> = people.iter().copied().filter(|person| *person < screen.household.people.len()).collect();
    let ticked = ticked(&screen.answers, fact, &people);
    let everybody = people.len() >= MANY && people.len() == screen.household.people.len();
    let everybody = everybody.then(|| ChoiceOption::new(ALL, locale.say("所有人", "Everyone")));
    let persons = people.iter().map(|person| ChoiceOption::new(person.to_string(), called(scene, *person)));
    let nobody = fact.who.as_ref().and_then(|who| who.nobody.as_ref());
    let nobody = ChoiceOption::new(NONE, nobody.map_or(locale.say("一个都没有", "No one"), |text| text.say(locale)));
    let answers = everybody.into_iter().chain(persons).chain([nobody, unsure(locale, fact)]);
    let boxes = answers.enumerate().map(|(place, answer)| {
        let ChoiceOption { value, text, hint, .. } = answer;
        let id = if place == 0 { name.clone() } else { format!("{name}.{value}") };
        let hint_id = hint.is_some().then(|| format!("{id}.hint"));
        let hint = hint.map(|hint| view! { <span class="hint" id=hint_id.clone()>{hint}</span> });
        view! {
            <div class="choice">
                <input
                    type="checkbox"
                    id=id.clone()
                    name=name.clone()
                    checked=ticked.contains(&value)
                    value=value
                    aria-describedby=hint_id
                />
                <label for=id>
                    {text}
                    {hint}
                </label>
            </div>
        }
    });
    let boxes = boxes.collect_view();
    let question = fact.who.as_ref().map_or(&fact.question, |who| &who.question);
    let legend = question.say(locale).to_owned();
    let hint = fact.hint.as_ref().map(|hint| hint.say(locale).to_owned());
    view! {
        <div class="asked short">
            <Group locale=locale name=name.clone() legend=legend hint=hint error=message(messages, &name)>
                <div class="choices">{boxes}</div>
            </Group>
        </div>
    }
    .into_any()
}
