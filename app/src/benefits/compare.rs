//! What a change of answers changes in the result.

use leptos::prelude::*;
use shared::eligibility::{
    answers::{Answer, Household, Question},
    pack::Pack,
    span::{Exact, Span, floor},
    verdict::{Outcome, Status, Verdict},
};

use super::{
    groups::Groups,
    lacking::seen,
    scene::{Scene, benefit},
    status::label,
};
use crate::components::notice::Notice;

/// Fields in which a result tells the one after it how it stood: what was shown, and what it rested on.
pub const BEFORE: &str = "before";
pub const TOLD: &str = "told";

/// Every benefit that is shown and how it stands, to be compared with after a change: `dibao:no;tekun@0:ask`.
pub fn statuses(pack: &Pack, household: &Household, outcome: &Outcome, groups: &Groups) -> String {
    let verdicts = groups.shown().flat_map(|row| &row.verdicts).map(|place| &outcome.verdicts[*place]);
    let one = |verdict: &Verdict| format!("{}:{}", key(pack, verdict), seen(household, verdict).wire());
    verdicts.map(one).collect::<Vec<_>>().join(";")
}

/// `dibao`, `tekun@0`.
fn key(pack: &Pack, verdict: &Verdict) -> String {
    let whose = verdict.who.map(|person| format!("@{person}")).unwrap_or_default();
    format!("{}{whose}", pack.benefits[verdict.benefit].id)
}

/// Every answer by the place of its question, an option by its bits and a number by its limits: `3:2;4.0:100~200`.
pub fn told(household: &Household) -> String {
    let people = household.people.iter().enumerate();
    let people = people.flat_map(|(person, one)| {
        one.answers.iter().enumerate().map(move |(fact, answer)| (format!("{fact}.{person}"), answer))
    });
    let all = household.answers.iter().enumerate().map(|(fact, answer)| (fact.to_string(), answer)).chain(people);
    let limit = |limit: Option<Exact>| limit.map(|limit| floor(limit).to_string()).unwrap_or_default();
    let one = |(place, answer): (String, &Answer)| match answer {
        Answer::OneOf(options) => Some(format!("{place}:{options}")),
        Answer::Number(span) => Some(format!("{place}:{}~{}", limit(span.low), limit(span.high))),
        Answer::NotAsked | Answer::Unsure => None,
    };
    all.filter_map(one).collect::<Vec<_>>().join(";")
}

/// An answer that was given is another now, or is taken back. To tell more closely what was told before changes nothing.
pub fn is_changed(household: &Household, told: &str) -> bool {
    told.split(';').filter(|entry| !entry.is_empty()).any(|entry| {
        let answer = read(household, entry).map(|(asked, was)| (was, household.answer(asked)));
        !answer.is_some_and(|(was, now)| match (was, now) {
            (Answer::OneOf(was), Answer::OneOf(now)) => now & !was == 0,
            (Answer::Number(was), Answer::Number(now)) => was.both(now) == Some(now),
            _ => false,
        })
    })
}

fn read(household: &Household, entry: &str) -> Option<(Question, Answer)> {
    let (place, value) = entry.split_once(':')?;
    let fact = |text: &str| text.parse::<usize>().ok().filter(|fact| *fact < household.answers.len());
    let asked = match place.split_once('.') {
        Some((place, person)) => Question::Person(person.parse().ok()?, fact(place)?),
        None => Question::Household(fact(place)?),
    };
    let limit = |text: &str| text.parse::<i64>().ok().map(Exact::from);
    let answer = match value.split_once('~') {
        Some((low, high)) => Answer::Number(Span { low: limit(low), high: limit(high) }),
        None => Answer::OneOf(value.parse().ok()?),
    };
    Some((asked, answer))
}

/// What a change of an answer has changed of what was seen; nothing where no answer was changed.
pub fn changes(scene: Scene<'_>) -> Option<AnyView> {
    let Scene { locale, pack, screen, .. } = scene;
    let before = screen.answers.get(BEFORE);
    if before.is_empty() || !is_changed(&screen.household, screen.answers.get(TOLD)) {
        return None;
    }
    let old: Vec<(&str, &str)> = before.split(';').filter_map(|entry| entry.split_once(':')).collect();
    let changed = screen.outcome.verdicts.iter().filter_map(|verdict| {
        let key = key(pack, verdict);
        let (_, word) = old.iter().find(|(known, _)| *known == key)?;
        let now = seen(&screen.household, verdict);
        let was = Status::from_wire(word).filter(|was| *was != now)?;
        let (name, colon) = (benefit(scene, verdict), locale.say("：", ": "));
        Some(format!("{name}{colon}{} → {}", label(locale, was), label(locale, now)))
    });
    let changed: Vec<AnyView> = changed.map(|line| view! { <li>{line}</li> }.into_any()).collect();
    let title = if changed.is_empty() {
        locale.say("改了以后，结果没有变化", "Nothing changes with these answers")
    } else {
        locale.say("改了以后，这些变了", "With these answers this changes")
    };
    Some(
        view! {
            <div class="off-paper">
                <Notice title=title live=true>
                    <ul>{changed}</ul>
                </Notice>
            </div>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_changed_when_it_is_another_and_not_when_it_is_told_more_closely() {
        let pack = server::policy::Policies::embedded().of("440305").unwrap().pack.clone();
        let fact = |id: &str| pack.facts.iter().position(|fact| fact.id == id).unwrap();
        let mut household = Household::new(&pack);
        household.add("");
        let (wages, grade) = (Question::Household(fact("wages")), Question::Person(0, fact("disability")));
        household.set(wages, Answer::Number(Span::between(100_001, 200_000)));
        household.set(grade, Answer::OneOf(0b1111));
        let before = told(&household);
        let after = |asked: Question, answer: Answer| {
            let mut household = household.clone();
            household.set(asked, answer);
            is_changed(&household, &before)
        };
        assert!(!is_changed(&household, &before));
        assert!(!after(Question::Household(fact("pensions")), Answer::exactly(0)), "what is new changes nothing");
        assert!(!after(wages, Answer::exactly(150_000)) && !after(grade, Answer::OneOf(0b100)));
        assert!(after(wages, Answer::exactly(0)) && after(wages, Answer::Unsure));
        assert!(after(grade, Answer::OneOf(0b10_0000)));
        household.people.clear();
        assert!(is_changed(&household, &before), "whoever is taken off takes their answers along");
        for strange in ["x", "1:", ":", "999.999:1", "1:~"] {
            is_changed(&household, strange);
        }
    }
}
