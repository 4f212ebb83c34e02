//! What is taken out of a form that was sent.

use shared::eligibility::{
    answers::MOST_PEOPLE,
    pack::{Pack, Scope},
};

use super::{
    answers::Answers,
    compare::{BEFORE, TOLD},
};

/// A row without a name and an age is not a person.
pub fn forget_nobody(answers: &mut Answers) {
    for person in (0..answers.people()).rev() {
        let start = format!("people.{person}.");
        let empty =
            answers.0.iter().filter(|(name, _)| name.starts_with(&start)).all(|(_, value)| value.trim().is_empty());
        if empty {
            answers.remove_person(person);
        }
    }
}

/// Only the names of this form are carried on.
pub fn drop_strangers(pack: &Pack, answers: &mut Answers) {
    const OWN: [&str; 7] = [BEFORE, TOLD, "event", "benefit", "people", "complete", "region"];
    let is_fact = |field: &str, scope: Scope| {
        let id = field.split('.').next().unwrap_or_default();
        (scope == Scope::Person && id == "name") || pack.facts.iter().any(|fact| fact.id == id && fact.scope == scope)
    };
    answers.0.retain(|(name, value)| {
        let known = match name.split_once('.') {
            None => OWN.contains(&name.as_str()),
            Some(("household", field)) => is_fact(field, Scope::Household),
            Some(("who", field)) => is_fact(field, Scope::Person),
            Some(("people", rest)) => rest.split_once('.').is_some_and(|(person, field)| {
                person.parse::<usize>().is_ok_and(|person| person < MOST_PEOPLE) && is_fact(field, Scope::Person)
            }),
            Some(_) => false,
        };
        known && value.len() <= if [BEFORE, TOLD].contains(&name.as_str()) { 16_000 } else { 200 }
    });
}
