//! A household as it is told, from how it is reckoned with.

use std::collections::BTreeMap;

use shared::eligibility::{
    answers::{Answer, Household, Person, Question},
    dates::date,
    pack::{Fact, Kind, Pack, Scope},
    told::{PersonTold, Told, Value},
};

/// The household as somebody would tell it to the API.
pub fn tell(pack: &Pack, household: &Household) -> Told {
    let facts = |scope: Scope, asked: &dyn Fn(usize) -> Question| -> BTreeMap<String, Value> {
        let facts = pack.facts.iter().enumerate().filter(|(_, fact)| fact.scope == scope);
        facts
            .filter_map(|(place, fact)| Some((fact.id.clone(), value(fact, household.answer(asked(place)))?)))
            .collect()
    };
    let person = |(place, person): (usize, &Person)| PersonTold {
        name: person.name.clone(),
        facts: facts(Scope::Person, &|fact| Question::Person(place, fact)),
    };
    Told {
        household: facts(Scope::Household, &Question::Household),
        people: household.people.iter().enumerate().map(person).collect(),
        complete: true,
    }
}

fn value(fact: &Fact, answer: Answer) -> Option<Value> {
    match (answer, &fact.kind) {
        (Answer::OneOf(options), Kind::Choice(choices)) => {
            let id = choices.get(usize::try_from(options.trailing_zeros()).ok()?)?.id.as_str();
            Some(match id {
                "yes" | "no" => Value::Yes(id == "yes"),
                _ => Value::Word(id.to_owned()),
            })
        }
        (Answer::Number(span), Kind::Birth) => Some(Value::Word(date(span.value()?.to_integer())?.to_string())),
        (Answer::Number(span), Kind::Money { .. }) => {
            let fen = span.value()?.to_integer();
            Some(Value::Word(format!("{}.{:02}", fen / 100, fen % 100)))
        }
        (Answer::Number(span), _) => Some(Value::Whole(span.value()?.to_integer())),
        _ => None,
    }
}
