//! Why: the same list of conditions tells the yes, the no and the open.

use serde::{Deserialize, Serialize};

use super::{
    evaluate::{Evaluation, Who},
    expr::{Condition, Mention},
    figures::Standing,
    pack::{Kind, Rule},
    shown::Shown,
    span::Exact,
    truth::Truth,
};

/// A condition of a benefit, how it stands, and what it was judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Index among the benefit's conditions.
    pub requirement: usize,
    pub truth: Truth,
    /// Decided at the counter, not here.
    pub bureau: bool,
    /// The exception that settled it, by its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<usize>,
    /// What stands in the condition, with what is known of it.
    pub judged_by: Vec<(Mention, Shown)>,
    /// By how much a comparison fails, in the unit of its sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<Exact>,
}

/// Few conditions have more mentions than this, so room for as many is made at once.
const MENTIONS: usize = 8;

impl Evaluation<'_> {
    pub fn reasons(&self, benefit: usize, who: Who) -> Vec<Reason> {
        let requirements = self.pack.benefits[benefit].requires.iter().enumerate();
        requirements.map(|(place, requirement)| self.reason(place, &requirement.rule, who)).collect()
    }

    fn reason(&self, requirement: usize, rule: &Rule, who: Who) -> Reason {
        let truth = self.rule(rule, who);
        let Rule::Holds { condition, unless } = rule else {
            let judged_by = Vec::new();
            return Reason { requirement, truth, bureau: true, exception: None, judged_by, gap: None };
        };
        let settles = |exception: &super::pack::Exception| self.truth(&exception.condition, who) == Truth::Yes;
        let exception = unless.iter().position(settles);
        let mut judged_by: Vec<(Mention, Shown)> = Vec::with_capacity(MENTIONS);
        rule.each_mention(&mut |mention| {
            if !judged_by.iter().any(|(known, _)| *known == mention) {
                judged_by.push((mention, self.shown(mention, who)));
            }
        });
        let gap = (truth == Truth::No && exception.is_none()).then(|| self.gap(condition, who, true)).flatten();
        Reason { requirement, truth, bureau: false, exception, judged_by, gap }
    }

    pub fn shown(&self, mention: Mention, who: Who) -> Shown {
        match mention {
            Mention::Fact(fact) => match &self.pack.facts[fact].kind {
                Kind::Choice(_) => {
                    Shown::Options(self.household.answer(self.asked(fact, who)).options(&self.pack.facts[fact]))
                }
                _ => Shown::Number(self.fact(fact, who)),
            },
            Mention::Computed(computed) => Shown::Number(self.number(&super::expr::Number::Computed(computed), who)),
            Mention::Param(param) => self.figure_shown(param),
            Mention::People => Shown::Number(self.household.size()),
            Mention::Benefit(benefit) => Shown::Truth(self.eligible(benefit, who)),
        }
    }

    fn figure_shown(&self, param: usize) -> Shown {
        *self.shown.get(param, || {
            let values = &self.pack.params[param].values;
            let place = |dated| values.iter().position(|other| std::ptr::eq(other, dated)).unwrap_or_default();
            let span = self.without_ceilings().param(param);
            // What follows from a figure that is not known is not known either.
            if span.tells_nothing() {
                return Shown::Unknown;
            }
            match self.standing(&self.pack.params[param]) {
                Standing::Current(dated) => Shown::Figure { span, dated: place(dated), old: false },
                Standing::Old(dated) => Shown::Figure { span, dated: place(dated), old: true },
                Standing::Unknown => Shown::Unknown,
            }
        })
    }

    /// The least by which the first failing comparison misses, given that the condition should be `wanted`.
    fn gap(&self, condition: &Condition, who: Who, wanted: bool) -> Option<Exact> {
        match condition {
            Condition::Less(pair) if self.truth(condition, who) != Truth::from(wanted) => {
                let [one, two] = &**pair;
                let (more, less) = if wanted { (one, two) } else { (two, one) };
                self.number(more, who).minus(self.number(less, who)).low
            }
            Condition::Not(condition) => self.gap(condition, who, !wanted),
            Condition::And(all) | Condition::Or(all) => {
                all.iter().find_map(|condition| self.gap(condition, who, wanted))
            }
            _ => None,
        }
    }
}
