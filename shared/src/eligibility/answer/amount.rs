//! What a benefit would give, in words, as far as that can be told.

use serde::{Deserialize, Serialize};

use super::{
    super::{
        answers::{Answer, Question},
        evaluate::Evaluation,
        pack::{Amount, Kind, Pack, Unit},
        span::{Span, floor},
        verdict::{Status, Verdict},
        words,
    },
    figure::{FigureAnswer, figure, with_unit},
};
use crate::locale::Locale;

/// What it would give, in fen; without `to`, or at least that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AmountAnswer {
    pub from: Option<i64>,
    pub to: Option<i64>,
    /// `元/月`.
    pub per: String,
    pub sentence: String,
    pub formula: String,
    /// The figures of the rules that it was worked out from.
    pub figures: Vec<FigureAnswer>,
}

pub(super) fn amount(evaluation: &Evaluation<'_>, verdict: &Verdict, locale: Locale) -> Option<AmountAnswer> {
    let span = verdict.amount.filter(|_| !waits_for_whom(evaluation, verdict))?;
    let amount = evaluation.pack.benefits[verdict.benefit].amount.as_ref()?;
    let per = amount.per.say(locale);
    let (span, sentence) = match words::say_span(locale, span, Unit::Money, evaluation.as_of) {
        Some(sum) => (span, with_unit(&sum, per)),
        None => at_most(evaluation, verdict, amount, locale)?,
    };
    let figures = amount.value.mentions().into_iter().map(|mention| (mention, evaluation.shown(mention, verdict.who)));
    Some(AmountAnswer {
        from: span.low.map(floor),
        to: span.high.map(floor),
        per: per.to_owned(),
        sentence,
        formula: amount.formula.say(locale).to_owned(),
        figures: figures.filter_map(|(mention, shown)| figure(evaluation, mention, shown, locale)).collect(),
    })
}

/// It waits for what makes somebody one of those it is for: a sum would promise it to people of whom nobody told that.
fn waits_for_whom(evaluation: &Evaluation<'_>, verdict: &Verdict) -> bool {
    let untold = |asked: &Question| matches!(evaluation.household.answer(*asked), Answer::NotAsked | Answer::Unsure);
    let mut open = verdict.open.iter().filter(|asked| untold(asked)).filter_map(|asked| asked.fact());
    verdict.status == Status::Ask && open.any(|(fact, _)| tells_whom(evaluation.pack, fact))
}

/// Age, health, family and loss make a benefit somebody's; where they live and what they have does not.
fn tells_whom(pack: &Pack, fact: usize) -> bool {
    let fact = &pack.facts[fact];
    fact.kind == Kind::Birth || pack.topics[fact.topic].sensitive.is_some()
}

/// The most it can be by the figures as they were last known, where what comes off is known to nobody here.
fn at_most(evaluation: &Evaluation<'_>, verdict: &Verdict, amount: &Amount, locale: Locale) -> Option<(Span, String)> {
    let known = evaluation.without_ceilings().number(amount.most.as_ref()?, verdict.who);
    let most = known.high.or(known.low)?;
    let most = Span { low: None, high: Some(most) }.both(Span::at_least(1))?;
    let sum = words::say_span(locale, Span { low: None, ..most }, Unit::Money, evaluation.as_of)?;
    let raised = if known.high.is_none() { words::raised(locale) } else { "" };
    Some((Span { low: Some(0.into()), ..most }, format!("{}{raised}", with_unit(&sum, amount.per.say(locale)))))
}
