//! The one question that alone stands between somebody and a benefit.

use super::{
    answers::{Answer, Household, Question},
    evaluate::{Evaluation, Who},
    pack::{Kind, Pack},
    truth::Truth,
    verdict::{Outcome, Status, Verdict},
};

/// A question, and the benefits that wait for its answer and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deciding {
    pub asked: Question,
    /// Indexes in [`Outcome::verdicts`].
    pub verdicts: Vec<usize>,
}

/// The question that decides most of what was asked for, else most of what else there is.
///
/// `wanted` are the benefits that somebody came for, by their indexes in the pack. A topic that people would rather not
/// talk about is only brought up when they came for what it decides, and not when they came for everything.
pub fn deciding(pack: &Pack, household: &Household, outcome: &Outcome, wanted: &[usize]) -> Option<Deciding> {
    let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
    let came_for_some = wanted.len() < pack.benefits.len();
    let mut found: Vec<Deciding> = Vec::new();
    for (place, verdict) in outcome.verdicts.iter().enumerate() {
        let Some((asked, fact)) = alone(&evaluation, verdict) else { continue };
        let sensitive = pack.topics[pack.facts[fact].topic].sensitive.is_some();
        if sensitive && !(came_for_some && wanted.contains(&verdict.benefit)) {
            continue;
        }
        match found.iter_mut().find(|known| known.asked == asked) {
            Some(known) => known.verdicts.push(place),
            None => found.push(Deciding { asked, verdicts: vec![place] }),
        }
    }
    let is_wanted = |place: &&usize| wanted.contains(&outcome.verdicts[**place].benefit);
    let worth = |found: &Deciding| (found.verdicts.iter().filter(is_wanted).count(), found.verdicts.len());
    // Of several that decide as much, the first comes first.
    found.into_iter().rev().max_by_key(worth)
}

/// Whether a benefit waits for one question alone, which somebody was asked and could not answer. It was offered as long
/// as the question was open, and is not forgotten after it.
pub fn waits_for_one_unsure(evaluation: &Evaluation<'_>, verdict: &Verdict) -> bool {
    let [asked] = verdict.open[..] else { return false };
    let Some((fact, who)) = asked.fact() else { return false };
    let may_be_named = evaluation.pack.topics[evaluation.pack.facts[fact].topic].sensitive.is_none();
    let unsure = verdict.status == Status::Bureau && evaluation.household.answer(asked) == Answer::Unsure;
    unsure && may_be_named && !verdict.already && can_be_likely(evaluation, verdict, asked, fact, who)
}

/// The question and its fact, where nothing else is open and an answer to it can make the benefit likely.
fn alone(evaluation: &Evaluation<'_>, verdict: &Verdict) -> Option<(Question, usize)> {
    let [asked] = verdict.open[..] else { return None };
    let (fact, who) = asked.fact()?;
    let waits = verdict.status == Status::Ask && !verdict.already && evaluation.is_askable(asked);
    (waits && can_be_likely(evaluation, verdict, asked, fact, who)).then_some((asked, fact))
}

fn can_be_likely(evaluation: &Evaluation<'_>, verdict: &Verdict, asked: Question, fact: usize, who: Who) -> bool {
    answers(evaluation, fact, who).into_iter().any(|answer| {
        let mut household = evaluation.household.clone();
        household.set(asked, answer);
        Evaluation::new(evaluation.pack, &household, evaluation.as_of, evaluation.known_on)
            .eligible(verdict.benefit, verdict.who)
            == Truth::Yes
    })
}

/// Every option of a choice; of a number, the least and the greatest that it can be.
fn answers(evaluation: &Evaluation<'_>, fact: usize, who: Who) -> Vec<Answer> {
    if let Kind::Choice(options) = &evaluation.pack.facts[fact].kind {
        return (0..options.len()).map(|option| Answer::OneOf(1 << option)).collect();
    }
    let span = evaluation.fact(fact, who);
    [span.low, span.high].into_iter().flatten().map(Answer::exactly).collect()
}
