//! What is lacking where an answer is lacking, and whom a benefit is not about at all.

use shared::eligibility::{
    answers::{Answer, Household, Question},
    evaluate::{Evaluation, Who},
    pack::{Kind, LifeEvent, Pack},
    span::floor,
    told::birth::born,
    truth::Truth,
    verdict::{Outcome, Status, Verdict},
};

/// Nobody can be asked for it any more, and it is no matter for the bureau yet: an answer that was left empty or not
/// known still decides it.
pub fn lacks(household: &Household, verdict: &Verdict) -> bool {
    let unsure = |asked: &Question| household.answer(*asked) == Answer::Unsure;
    verdict.status == Status::Bureau && !verdict.already && verdict.open.iter().any(unsure)
}

/// How it stands for whoever reads it: an answer that is lacking is lacking, whether it was asked for or not.
pub fn seen(household: &Household, verdict: &Verdict) -> Status {
    if lacks(household, verdict) { Status::Ask } else { verdict.status }
}

/// The household, were it so that nobody is disabled, ill, dead or without family where nobody has told so.
pub fn as_if_nobody(pack: &Pack, household: &Household) -> Household {
    let mut plain = household.clone();
    for (fact, asked) in pack.facts.iter().enumerate() {
        let Kind::Choice(options) = &asked.kind else { continue };
        let no = options.iter().position(|option| option.id == "no");
        let others = asked.who.as_ref().map(|who| who.others).or(no);
        let Some(others) = others.filter(|_| pack.topics[asked.topic].sensitive.is_some()) else { continue };
        let whose = std::iter::once(None).chain((0..household.people.len()).map(Some));
        for asked in whose.map(|who| Question::of(fact, who)) {
            if household.answer(asked) == Answer::Unsure {
                plain.set(asked, Answer::OneOf(1 << others));
            }
        }
    }
    plain
}

/// From this age on nobody is a child who goes on at school.
const GROWN: i64 = 26;

/// A benefit for children is not judged for those who are long grown up.
pub fn is_for_others(pack: &Pack, household: &Household, outcome: &Outcome, benefit: usize, who: Who) -> bool {
    let Some(person) = who.filter(|_| pack.benefits[benefit].events.contains(&LifeEvent::ChildAlone)) else {
        return false;
    };
    let Some(birth) = pack.facts.iter().position(|fact| fact.kind == Kind::Birth) else { return false };
    let Ok(grown) = born(GROWN, outcome.as_of) else { return false };
    let (Answer::Number(told), Some(last)) = (household.answer(Question::Person(person, birth)), grown.high) else {
        return false;
    };
    // Whoever has that age, and of whom nothing else is known, cannot get it.
    let mut adult = Household::new(pack);
    adult.add("");
    adult.set(Question::Person(0, birth), Answer::Number(grown));
    let evaluation = Evaluation::new(pack, &adult, outcome.as_of, outcome.known_on);
    told.high.is_some_and(|born| floor(born) <= floor(last)) && evaluation.eligible(benefit, Some(0)) == Truth::No
}
