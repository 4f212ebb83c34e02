//! The figures of a pack over time: what each was, is and will be, those that follow from others included.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use shared::eligibility::{
    answers::Household,
    evaluate::{Case, Standing},
    expr::{Mention, Number},
    pack::{Dated, Figure, Pack},
    span::Span,
};

/// The figures of a pack as they are known today.
pub(super) struct Figures<'p> {
    pub pack: &'p Pack,
    pub today: NaiveDate,
    /// The pack with figures that never age: a value is told as it was last known, and its age beside it.
    ageless: Pack,
    /// Figures do not depend on people.
    nobody: Household,
}

/// A value of a figure from one day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub from: NaiveDate,
    /// The last day, once it is known.
    pub to: Option<NaiveDate>,
    pub value: Span,
    /// It follows from other figures by a rule, rather than having been published as it is.
    pub derived: bool,
    /// Places in [`Pack::sources`]: what sets it, then what sets the figures that it follows from.
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
    /// Place in [`Pack::params`].
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
        let steps = self.steps(param);
        History { param, old: self.is_old(param, &steps), steps, today: self.today }
    }

    fn steps(&self, param: usize) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for day in self.turns(param) {
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

    /// Days on which a figure may change.
    fn turns(&self, param: usize) -> BTreeSet<NaiveDate> {
        let mut turns = BTreeSet::new();
        let known = self.pack.params[param].values.iter().filter(|dated| dated.published <= self.today);
        for dated in known {
            turns.insert(dated.from);
            turns.extend(dated.to.and_then(|to| to.succ_opt()));
            let bases = bases(dated).into_iter().flat_map(|base| self.turns(base));
            turns.extend(bases.filter(|day| *day > dated.from));
        }
        turns
    }

    /// The value on a day, as if it began then; nothing when something that it rests on is not known.
    fn at(&self, param: usize, day: NaiveDate) -> Option<Step> {
        let case = Case::new(&self.ageless, &self.nobody, day, self.today);
        let mut sources = Vec::new();
        let dated = self.rests_on(&case, param, &mut sources)?;
        let derived = matches!(dated.value, Figure::Derived(_));
        Some(Step { from: day, to: None, value: case.figure(&dated.value), derived, sources })
    }

    fn rests_on(&self, case: &Case<'_>, param: usize, sources: &mut Vec<usize>) -> Option<&'p Dated> {
        let dated = holding(case, self.pack, param)?;
        let source = &self.pack.sources[dated.source];
        // Benefits cite the same text each for itself.
        if !sources.iter().any(|known| self.pack.sources[*known] == *source) {
            sources.push(dated.source);
        }
        for base in bases(dated) {
            self.rests_on(case, base, sources)?;
        }
        Some(dated)
    }

    /// Whether a newer figure is to be expected; one that follows from others ages with them, unless it has an age of
    /// its own.
    fn is_old(&self, param: usize, steps: &[Step]) -> bool {
        let Some(last) = steps.iter().rev().find(|step| step.from <= self.today) else { return false };
        if let Some(months) = self.pack.params[param].renewed {
            return last.from.checked_add_months(Months::new(months)).is_some_and(|renewed| renewed <= self.today);
        }
        let case = Case::new(self.pack, &self.nobody, self.today, self.today);
        let bases = holding(&case, self.pack, param).map(bases).unwrap_or_default();
        bases.into_iter().any(|base| self.is_old(base, &self.steps(base)))
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

    /// What is announced already.
    pub fn coming(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.from > self.today)
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

fn holding<'p>(case: &Case<'_>, pack: &'p Pack, param: usize) -> Option<&'p Dated> {
    match case.standing(&pack.params[param]) {
        Standing::Current(dated) | Standing::Old(dated) => Some(dated),
        Standing::Unknown => None,
    }
}

/// The figures that a derived one follows from.
fn bases(dated: &Dated) -> Vec<usize> {
    match &dated.value {
        Figure::Fixed(_) => Vec::new(),
        Figure::Derived(number) => params(number),
    }
}

/// The figures that a number names, each once.
pub(super) fn params(number: &Number) -> Vec<usize> {
    let mut mentions = Vec::new();
    number.mentions(&mut mentions);
    only_params(mentions)
}

/// The figures among what an expression names, each once and in its order.
pub(super) fn only_params(mentions: Vec<Mention>) -> Vec<usize> {
    let mut params = Vec::new();
    for mention in mentions {
        if let Mention::Param(param) = mention
            && !params.contains(&param)
        {
            params.push(param);
        }
    }
    params
}
