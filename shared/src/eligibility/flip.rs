//! What one change of an answer would alter.

use super::{
    answers::{Answer, Household, Question},
    bits::Bits,
    evaluate::{Evaluation, Who},
    expr::Mention,
    pack::Kind,
    span::{Exact, Span, floor},
    truth::Truth,
};

/// Another answer to one question that would open a benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    pub asked: Question,
    /// The nearest such answer.
    pub answer: Answer,
}

/// For each fact behind a condition that fails: the nearest answer with which the benefit would no longer fail.
///
/// Numbers are assumed to work in one direction, as thresholds do. Facts for which no single change helps are left out.
pub fn flips(evaluation: &Evaluation<'_>, benefit: usize, who: Who) -> Vec<Flip> {
    let failing = evaluation.pack.benefits[benefit]
        .requires
        .iter()
        .filter(|requirement| evaluation.rule(&requirement.rule, who) == Truth::No);
    let mut facts = Bits::default();
    for requirement in failing {
        facts_behind(evaluation, requirement.rule.mentions(), who, &mut facts);
    }
    evaluation.asked_at(&facts).filter_map(|asked| flip(evaluation, benefit, who, asked)).collect()
}

fn facts_behind(evaluation: &Evaluation<'_>, mentions: Vec<Mention>, who: Who, facts: &mut Bits) {
    for mention in mentions {
        match mention {
            Mention::Fact(fact) => facts.insert(evaluation.place(evaluation.asked(fact, who))),
            Mention::Computed(computed) => {
                facts_behind(evaluation, evaluation.pack.computed[computed].value.mentions(), who, facts);
            }
            Mention::Param(_) | Mention::People | Mention::Benefit(_) => {}
        }
    }
}

fn flip(evaluation: &Evaluation<'_>, benefit: usize, who: Who, asked: Question) -> Option<Flip> {
    let (Question::Household(fact) | Question::Person(_, fact)) = asked else { return None };
    let known = evaluation.household.answer(asked);
    let opens = |answer: Answer| {
        let mut household = evaluation.household.clone();
        household.set(asked, answer);
        Evaluation::new(evaluation.pack, &household, evaluation.as_of, evaluation.known_on).eligible(benefit, who)
            != Truth::No
    };
    let answer = if let Kind::Choice(options) = &evaluation.pack.facts[fact].kind {
        let now = known.options(&evaluation.pack.facts[fact]);
        let others = (0..options.len()).map(|option| 1 << option).filter(|option| now & option == 0);
        others.map(Answer::OneOf).find(|answer| opens(*answer))
    } else {
        let who = if let Question::Person(person, _) = asked { Some(person) } else { None };
        nearest(evaluation.fact(fact, who), limits(evaluation, fact), |value| opens(Answer::exactly(value)))
    };
    answer.map(|answer| Flip { asked, answer })
}

/// The least and the greatest number that a fact can be.
fn limits(evaluation: &Evaluation<'_>, fact: usize) -> Span {
    let nobody = Household::new(evaluation.pack);
    Evaluation::new(evaluation.pack, &nobody, evaluation.as_of, evaluation.known_on).fact(fact, None)
}

/// The number nearest to what is known from which on something holds, looked for by halving.
fn nearest(known: Span, limits: Span, holds: impl Fn(i64) -> bool) -> Option<Answer> {
    let (low, high) = (floor(limits.low?), floor(limits.high?));
    let start = floor(known.low?).clamp(low, high);
    let toward = |end: i64| {
        if !holds(end) || holds(start) {
            return None;
        }
        let (mut fails, mut found) = (start, end);
        while fails.abs_diff(found) > 1 {
            let middle = fails + (found - fails) / 2;
            if holds(middle) { found = middle } else { fails = middle }
        }
        Some(found)
    };
    let found = [toward(low), toward(high)].into_iter().flatten().min_by_key(|found| found.abs_diff(start))?;
    Some(Answer::Number(Span::exactly(Exact::from(found))))
}
