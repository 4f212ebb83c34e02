//! The figures of a pack over time: what each was, is and will be, those that follow from others included.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::eligibility::{
    answers::Household,
    evaluate::Evaluation,
    figures::Standing,
    pack::{Dated, Figure, Pack},
    span::{Exact, Span},
};

/// The figures of a pack as they are known today.
pub(super) struct Figures<'p> {
    pub pack: &'p Pack,
    pub today: NaiveDate,
    /// The pack with figures that never age: a value is shown as it was last known, with its age beside it.
    ageless: Pack,
    /// Figures do not depend on people.
    nobody: Household,
}

/// A value of a figure from one day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub from: NaiveDate,
    /// The source names no day.
    pub undated: bool,
    /// The last day, once it is known.
    pub to: Option<NaiveDate>,
    pub value: Span,
    /// It follows from other figures by a rule, rather than having been published as it is.
    pub derived: bool,
    /// Indexes in [`Pack::sources`]: what sets it, then what sets the figures that it follows from.
    pub sources: Vec<usize>,
}

/// How a figure stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Now<'s> {
    Current(&'s Step),
    /// A newer one is to be expected and not known.
    Old(&'s Step),
    Unknown,
}

/// All that is known of one figure, the oldest first.
pub(super) struct History {
    /// Index in [`Pack::params`].
    pub param: usize,
    pub steps: Vec<Step>,
    old: bool,
    today: NaiveDate,
}

impl<'p> Figures<'p> {
    pub fn new(pack: &'p Pack, today: NaiveDate) -> Self {
        let mut ageless = pack.clone();
        ageless.params.iter_mut().for_each(|param| param.renewed = None);
        Self { pack, today, ageless, nobody: Household::new(pack) }
    }

    pub fn history(&self, param: usize) -> History {
        let evaluation = Evaluation::new(self.pack, &self.nobody, self.today, self.today);
        let old = matches!(evaluation.standing(&self.pack.params[param]), Standing::Old(_));
        History { param, old, steps: self.steps(param), today: self.today }
    }

    /// The most that a figure can be today, as far as that is assumed.
    pub fn highest(&self, param: usize) -> Option<Exact> {
        Evaluation::new(self.pack, &self.nobody, self.today, self.today).param(param).high
    }

    fn steps(&self, param: usize) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for day in self.pack.turns(param, self.today).into_iter().collect::<BTreeSet<_>>() {
            let found = self.at(param, day);
            let running = steps.last_mut().filter(|step| step.to.is_none());
            let same = match (&running, &found) {
                (Some(step), Some(found)) => step.value == found.value && step.sources == found.sources,
                _ => false,
            };
            if same {
                continue;
            }
            if let Some(step) = running {
                step.to = day.pred_opt();
            }
            steps.extend(found);
        }
        steps
    }

    /// The value on a day, as if it began then; nothing when something that it rests on is not known.
    fn at(&self, param: usize, day: NaiveDate) -> Option<Step> {
        let evaluation = Evaluation::new(&self.ageless, &self.nobody, day, self.today);
        let mut sources = Vec::new();
        let dated = self.rests_on(&evaluation, param, &mut sources)?;
        let derived = matches!(dated.value, Figure::Derived(_));
        let undated = evaluation.since(dated).is_none_or(|since| since != day);
        Some(Step { from: day, undated, to: None, value: evaluation.figure(&dated.value), derived, sources })
    }

    fn rests_on(&self, evaluation: &Evaluation<'_>, param: usize, sources: &mut Vec<usize>) -> Option<&'p Dated> {
        let dated = holding(evaluation, self.pack, param)?;
        let source = &self.pack.sources[dated.source];
        // Benefits cite the same text each for itself.
        if !sources.iter().any(|known| self.pack.sources[*known] == *source) {
            sources.push(dated.source);
        }
        for base in dated.value.bases() {
            self.rests_on(evaluation, base, sources)?;
        }
        Some(dated)
    }
}

impl History {
    pub fn now(&self) -> Now<'_> {
        let last = self.steps.iter().rev().find(|step| step.from <= self.today);
        match last.filter(|step| step.to.is_none_or(|to| self.today <= to)) {
            Some(step) if self.old => Now::Old(step),
            Some(step) => Now::Current(step),
            None => Now::Unknown,
        }
    }

    /// The last value and its last day, where it is over and nothing has followed it.
    pub fn last_over(&self) -> Option<(&Step, NaiveDate)> {
        let last = self.steps.iter().rev().find(|step| step.from <= self.today)?;
        Some((last, last.to.filter(|to| *to < self.today)?))
    }

    /// What is announced already.
    pub fn coming(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.from > self.today)
    }
}

impl Step {
    /// The day from which it is known to hold.
    pub fn since(&self) -> Option<NaiveDate> {
        (!self.undated).then_some(self.from)
    }
}

impl<'s> Now<'s> {
    pub fn step(self) -> Option<&'s Step> {
        match self {
            Self::Current(step) | Self::Old(step) => Some(step),
            Self::Unknown => None,
        }
    }
}

fn holding<'p>(evaluation: &Evaluation<'_>, pack: &'p Pack, param: usize) -> Option<&'p Dated> {
    match evaluation.standing(&pack.params[param]) {
        Standing::Current(dated) | Standing::Old(dated) => Some(dated),
        Standing::Unknown => None,
    }
}
