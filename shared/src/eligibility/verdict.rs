//! The answer to "can we get this?", benefit by benefit.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::{
    answers::{Answer, Household, Question},
    bits::Bits,
    evaluate::{Evaluation, Who},
    expr::{Mention, Number},
    pack::{Pack, Scope},
    prospect::Waits,
    reason::Reason,
    shown::Shown,
    span::Span,
    truth::Truth,
};

/// How a benefit stands for somebody. The portal decides nothing: the bureau does.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Status {
    /// Everything that answers can tell speaks for it.
    Likely,
    /// Some answers can still decide it.
    Ask,
    /// Only the bureau can tell.
    Bureau,
    /// A condition fails.
    No,
}

impl Status {
    /// The name on the wire.
    pub fn wire(self) -> &'static str {
        self.into()
    }

    pub fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// One benefit for the household or for one of its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Index in [`Pack::benefits`].
    pub benefit: usize,
    /// Index in [`Household::people`], for a person's benefit.
    pub who: Who,
    pub status: Status,
    /// They have it already, by what they told; further answers may show it later.
    pub already: bool,
    /// Exactly the facts that can still change the status.
    pub open: Vec<Question>,
    /// Figures that the pack does not know for this day and the outcome rests on.
    pub missing: Vec<usize>,
    pub reasons: Vec<Reason>,
    /// What it would give, in fen; nothing where it is not for them or not worked out.
    pub amount: Option<Span>,
    /// Figures used for which a newer one is to be expected.
    pub old: Vec<usize>,
}

/// Everything that the pack can say of a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub region: String,
    pub as_of: NaiveDate,
    pub known_on: NaiveDate,
    pub verdicts: Vec<Verdict>,
    /// Statements of the pack that hold although they cannot, and of whom.
    pub contradictions: Vec<(usize, Who)>,
}

/// Looks at every benefit that exists on the day.
pub fn check(pack: &Pack, household: &Household, as_of: NaiveDate, known_on: NaiveDate) -> Outcome {
    let evaluation = Evaluation::new(pack, household, as_of, known_on);
    let verdicts = pack.benefits.iter().enumerate().filter(|(_, benefit)| benefit.is_valid_on(as_of));
    let verdicts =
        verdicts.flat_map(|(place, benefit)| subjects(benefit.scope, household).map(move |who| (place, who)));
    let verdicts = verdicts.map(|(benefit, who)| evaluation.verdict(benefit, who)).collect();
    let contradictions = pack.contradictions.iter().enumerate();
    let contradictions = contradictions
        .flat_map(|(place, contradiction)| subjects(contradiction.scope, household).map(move |who| (place, who)))
        .filter(|(place, who)| evaluation.truth(&pack.contradictions[*place].condition, *who) == Truth::Yes)
        .collect();
    Outcome { region: pack.region.clone(), as_of, known_on, verdicts, contradictions }
}

/// Whom a rule is about: the household as a whole, or each of its people.
fn subjects(scope: Scope, household: &Household) -> impl Iterator<Item = Who> + use<> {
    let people = if scope == Scope::Person { household.people.len() } else { 0 };
    (scope == Scope::Household).then_some(None).into_iter().chain((0..people).map(Some))
}

impl Evaluation<'_> {
    pub fn verdict(&self, benefit: usize, who: Who) -> Verdict {
        let waits = &self.benefit_prospect(benefit, who).waits;
        let status = self.status(benefit, who, waits);
        let reasons = self.reasons(benefit, who);
        let asked = &self.pack.benefits[benefit];
        let amount = asked.amount.as_ref().filter(|_| status != Status::No);
        let old = old_figures(&reasons);
        Verdict {
            benefit,
            who,
            status,
            already: asked.already.as_ref().is_some_and(|already| self.truth(already, who) == Truth::Yes),
            open: self.asked_at(&waits.facts).collect(),
            missing: waits.params.iter().collect(),
            reasons,
            amount: amount.map(|amount| self.promised(&amount.value, who)),
            old,
        }
    }

    /// A sum without estimates; whether another benefit fits, which it may rest on, is settled with them as everywhere.
    fn promised(&self, sum: &Number, who: Who) -> Span {
        let plain = self.without_ceilings();
        for mention in sum.mentions() {
            if let Mention::Benefit(benefit) = mention {
                plain.assume(benefit, who, self.eligible(benefit, who));
            }
        }
        plain.number(sum, who)
    }

    fn status(&self, benefit: usize, who: Who, waits: &Waits) -> Status {
        match self.eligible(benefit, who) {
            Truth::Yes => Status::Likely,
            Truth::No => Status::No,
            Truth::Open => {
                // Somebody who was asked and is not sure is not asked again, and nobody is asked what makes no sense.
                let askable = self
                    .asked_at(&waits.facts)
                    .any(|asked| self.household.answer(asked) != Answer::Unsure && self.is_askable(asked));
                if askable { Status::Ask } else { Status::Bureau }
            }
        }
    }
}

fn old_figures(reasons: &[Reason]) -> Vec<usize> {
    let shown = reasons.iter().flat_map(|reason| &reason.judged_by);
    let mut old = Bits::default();
    for (mention, shown) in shown {
        if let (Mention::Param(param), Shown::Figure { old: true, .. }) = (mention, shown) {
            old.insert(*param);
        }
    }
    old.iter().collect()
}

impl super::pack::Benefit {
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day <= to)
    }
}
