//! The outcome in words and ids: what the API answers and the result page shows.

mod amount;
mod beside;
mod figure;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::{
    amount::AmountAnswer,
    beside::{OtherAnswer, not_beside},
    figure::{ComingAnswer, FigureAnswer, with_unit},
};
use self::{amount::amount, beside::beside, figure::figure};
use super::{
    answers::{Household, Question},
    evaluate::{Evaluation, Who},
    pack::{Grade, Pack, Passage, Requirement, Rule},
    reason::Reason,
    truth::Truth,
    verdict::{Outcome, Status, Verdict},
    words,
};
use crate::locale::Locale;

/// The answer of `POST /api/v1/eligibility/check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckAnswer {
    /// Region whose rules were used: the one asked for, or the nearest above it that has any.
    pub region: String,
    pub as_of: NaiveDate,
    pub known_on: NaiveDate,
    pub results: Vec<ResultAnswer>,
    pub contradictions: Vec<ContradictionAnswer>,
}

/// One benefit for the household or one of its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultAnswer {
    pub benefit: String,
    pub name: String,
    /// Index in `people`; nothing when it is about the household as a whole.
    pub person: Option<usize>,
    pub status: Status,
    /// They have it, by what they told.
    pub already: bool,
    /// The facts that can still change the status: `household.wages`, `people.0.birth`, `complete`.
    pub open: Vec<String>,
    pub reasons: Vec<ReasonAnswer>,
    pub amount: Option<AmountAnswer>,
    /// What else fits or is there already and cannot be had beside it: one has to be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_beside: Vec<OtherAnswer>,
    /// Place on the ladder of social assistance, 1 the most.
    pub rung: Option<u8>,
    /// Figures used for which a newer one is to be expected.
    pub old_figures: Vec<String>,
}

impl ResultAnswer {
    /// It stands so, and is not there already.
    pub fn is_new(&self, status: Status) -> bool {
        self.status == status && !self.already
    }

    /// The amount, as far as it tells anything.
    pub fn telling_amount(&self) -> Option<&AmountAnswer> {
        self.amount.as_ref()
    }

    /// The figures that the conditions are judged by, and those that the amount is worked out from.
    pub fn figures(&self) -> impl Iterator<Item = &FigureAnswer> {
        let used = self.amount.iter().flat_map(|amount| &amount.figures);
        self.reasons.iter().flat_map(|reason| &reason.figures).chain(used)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonAnswer {
    pub condition: String,
    pub truth: Truth,
    /// Only the bureau can tell.
    pub bureau: bool,
    pub sentence: String,
    pub basis: Vec<SourceAnswer>,
    /// What the rules ask here, each with its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleAnswer>,
    pub figures: Vec<FigureAnswer>,
}

/// What a place in a text asks, in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleAnswer {
    /// The text, cited with article, paragraph and item.
    pub source: SourceAnswer,
    pub asks: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceAnswer {
    /// With its article, as it is cited in the language of the answer.
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub grade: Grade,
    pub checked: NaiveDate,
    /// That day is longer ago than the pack allows: the text may have changed since.
    pub stale: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContradictionAnswer {
    pub id: String,
    pub person: Option<usize>,
    pub sentence: String,
    /// The answers that cannot all be right, each with what was said.
    pub answers: Vec<String>,
}

/// Puts an outcome into words.
pub fn answer(pack: &Pack, household: &Household, outcome: &Outcome, locale: Locale) -> CheckAnswer {
    let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
    let contradictions = outcome.contradictions.iter();
    CheckAnswer {
        region: outcome.region.clone(),
        as_of: outcome.as_of,
        known_on: outcome.known_on,
        results: outcome.verdicts.iter().map(|verdict| result(&evaluation, outcome, verdict, locale)).collect(),
        contradictions: contradictions.map(|(place, who)| contradiction(&evaluation, *place, *who, locale)).collect(),
    }
}

fn result(evaluation: &Evaluation<'_>, outcome: &Outcome, verdict: &Verdict, locale: Locale) -> ResultAnswer {
    let benefit = &evaluation.pack.benefits[verdict.benefit];
    let reasons = verdict.reasons.iter();
    ResultAnswer {
        benefit: benefit.id.clone(),
        name: benefit.name.say(locale).to_owned(),
        person: verdict.who,
        status: verdict.status,
        already: verdict.already,
        open: verdict.open.iter().map(|asked| field(evaluation.pack, *asked)).collect(),
        reasons: reasons.map(|reason| reason_answer(evaluation, verdict, reason, locale)).collect(),
        amount: amount(evaluation, verdict, locale),
        not_beside: beside(evaluation.pack, outcome, verdict, locale),
        rung: benefit.rung,
        old_figures: verdict
            .old
            .iter()
            .map(|param| evaluation.pack.params[*param].name.say(locale).to_owned())
            .collect(),
    }
}

/// Where a fact stands in what was told: `household.wages`, `people.0.birth`, `complete`.
pub fn field(pack: &Pack, asked: Question) -> String {
    match asked {
        Question::Household(fact) => ["household.", &pack.facts[fact].id].concat(),
        Question::Person(person, fact) => ["people.", &person.to_string(), ".", &pack.facts[fact].id].concat(),
        Question::People => "complete".to_owned(),
    }
}

fn reason_answer(evaluation: &Evaluation<'_>, verdict: &Verdict, reason: &Reason, locale: Locale) -> ReasonAnswer {
    let requirement = &evaluation.pack.benefits[verdict.benefit].requires[reason.requirement];
    let template = template(requirement, reason);
    // What was not in force yet on the day that is asked for founds nothing.
    let binds = |source: usize| evaluation.pack.sources[source].binds_on(evaluation.as_of);
    let figures = reason.judged_by.iter().filter_map(|(mention, shown)| figure(evaluation, *mention, *shown, locale));
    ReasonAnswer {
        condition: requirement.id.clone(),
        truth: reason.truth,
        bureau: reason.bureau,
        sentence: evaluation.sentence(locale, template, verdict.benefit, reason, verdict.who),
        basis: requirement
            .basis
            .iter()
            .filter(|source| binds(**source))
            .map(|source| cited(evaluation, *source, locale))
            .collect(),
        rules: passages(requirement, reason)
            .filter(|passage| binds(passage.source))
            .map(|passage| rule(evaluation.pack, passage, evaluation.known_on, locale))
            .collect(),
        figures: figures.collect(),
    }
}

/// Those of the exception that settles it come first.
fn passages<'p>(requirement: &'p Requirement, reason: &Reason) -> impl Iterator<Item = &'p Passage> {
    let exception = match &requirement.rule {
        Rule::Holds { unless, .. } => reason.exception.and_then(|place| unless.get(place)),
        Rule::Bureau { .. } => None,
    };
    exception.into_iter().flat_map(|exception| &exception.text).chain(&requirement.text)
}

/// A passage in words; whether its source is stale is judged on a day.
pub fn rule(pack: &Pack, passage: &Passage, on: NaiveDate, locale: Locale) -> RuleAnswer {
    let source = source(pack, passage.source, on, passage.cited(pack, locale));
    RuleAnswer { source, asks: passage.asks.say(locale).to_owned() }
}

fn template<'p>(requirement: &'p Requirement, reason: &Reason) -> &'p crate::localised::Localised {
    let exception = match &requirement.rule {
        Rule::Holds { unless, .. } => reason.exception.and_then(|place| unless.get(place)),
        Rule::Bureau { .. } => None,
    };
    match (exception, reason.truth) {
        (Some(exception), _) => &exception.says,
        (None, _) if reason.bureau => &requirement.says.open,
        (None, Truth::Yes) => &requirement.says.yes,
        (None, Truth::No) => &requirement.says.no,
        (None, Truth::Open) => &requirement.says.open,
    }
}

fn cited(evaluation: &Evaluation<'_>, place: usize, locale: Locale) -> SourceAnswer {
    source(evaluation.pack, place, evaluation.known_on, evaluation.pack.sources[place].cited(locale))
}

fn source(pack: &Pack, place: usize, on: NaiveDate, title: String) -> SourceAnswer {
    let source = &pack.sources[place];
    SourceAnswer {
        title,
        url: source.url.clone(),
        grade: source.grade,
        checked: source.checked,
        stale: pack.is_stale(source, on),
    }
}

fn contradiction(evaluation: &Evaluation<'_>, place: usize, who: Who, locale: Locale) -> ContradictionAnswer {
    let contradiction = &evaluation.pack.contradictions[place];
    let mut mentions = contradiction.condition.mentions();
    mentions.dedup();
    let answers = mentions.into_iter().filter_map(|mention| {
        let label = words::label(evaluation.pack, mention)?.say(locale);
        Some(format!("{label}{}{}", locale.say("：", ": "), evaluation.say_mention(locale, mention, who)))
    });
    ContradictionAnswer {
        id: contradiction.id.clone(),
        person: who,
        sentence: contradiction.says.say(locale).to_owned(),
        answers: answers.collect(),
    }
}
