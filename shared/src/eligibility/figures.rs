//! What a figure is on a day, as far as it was known on another.

use std::iter;

use chrono::{Months, NaiveDate};

use super::{
    evaluate::Evaluation,
    expr::Mention,
    pack::{Dated, Figure, Pack, Param},
    span::Span,
};

/// How a figure stands on the day it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    Current(&'a Dated),
    /// A newer one is to be expected and not known.
    Old(&'a Dated),
    Unknown,
}

impl Evaluation<'_> {
    /// The figure of a parameter; of one that is not known, nothing but its ceiling is assumed.
    pub fn param(&self, param: usize) -> Span {
        let asked = &self.pack.params[param];
        let ceiling = asked.ceiling.as_ref().filter(|_| self.ceilings);
        *self.params.get(param, || match self.standing(asked) {
            // Where figures only rise, the last one is the least it can be.
            Standing::Old(dated) if asked.rises => {
                let known = self.figure(&dated.value);
                let high = ceiling.and_then(|ceiling| match dated.value {
                    Figure::Fixed(_) => Some(ceiling.over(known.high?, asked.renewals(dated.from, self.as_of))),
                    // Its bases have ceilings of their own.
                    Figure::Derived(_) => known.high,
                });
                Span { high, ..known }
            }
            Standing::Current(dated) | Standing::Old(dated) => self.figure(&dated.value),
            Standing::Unknown => Span { high: ceiling.map(|ceiling| ceiling.most), ..Span::at_least(0) },
        })
    }

    pub fn figure(&self, figure: &Figure) -> Span {
        match figure {
            Figure::Fixed(span) => *span,
            Figure::Derived(number) => self.number(number, None),
        }
    }

    /// Which value of a parameter holds on the day, as far as it was known on the day of knowledge.
    pub fn standing<'p>(&self, param: &'p Param) -> Standing<'p> {
        let began = param.values.iter().filter(|dated| dated.from <= self.as_of && dated.published <= self.known_on);
        let Some(last) = began.max_by_key(|dated| dated.from) else { return Standing::Unknown };
        let ended = last.to.is_some_and(|to| to < self.as_of);
        let old = match &last.value {
            Figure::Fixed(_) => {
                let renewed = param.renewed.and_then(|months| last.from.checked_add_months(Months::new(months)));
                renewed.is_some_and(|renewed| renewed <= self.as_of)
            }
            // What follows from other figures is as old as they are.
            derived @ Figure::Derived(_) => {
                let stands = |base: usize| self.standing(&self.pack.params[base]);
                derived.bases().into_iter().any(|base| matches!(stands(base), Standing::Old(_)))
            }
        };
        match old {
            _ if ended => Standing::Unknown,
            true => Standing::Old(last),
            false => Standing::Current(last),
        }
    }

    /// The day from which a figure is known to hold: the latest on which it, or one that it follows from, began. Nothing
    /// where no source names that day.
    pub fn since(&self, dated: &Dated) -> Option<NaiveDate> {
        let (day, named) = self.began(dated);
        named.then_some(day)
    }

    /// Of two that began on one day, one that is named names it for both.
    fn began(&self, dated: &Dated) -> (NaiveDate, bool) {
        let bases = dated.value.bases().into_iter().filter_map(|base| match self.standing(&self.pack.params[base]) {
            Standing::Current(dated) | Standing::Old(dated) => Some(self.began(dated)),
            Standing::Unknown => None,
        });
        bases.fold((dated.from, !dated.undated), Ord::max)
    }

    /// The next day on which another figure takes the place of a parameter's, by itself or through the figures that it
    /// follows from, as far as it is announced; with that figure.
    pub fn coming(&self, param: usize) -> Option<(NaiveDate, Span)> {
        let (turns, today) = (self.pack.turns(param, self.known_on), self.without_ceilings().param(param));
        let next = |day: NaiveDate| turns.iter().copied().filter(|turn| *turn > day).min();
        iter::successors(next(self.as_of), |day| next(*day)).find_map(|day| {
            let evaluation = Evaluation::new(self.pack, self.household, day, self.known_on);
            let known = !matches!(evaluation.standing(&self.pack.params[param]), Standing::Unknown);
            let then = evaluation.without_ceilings().param(param);
            (known && then != today).then_some((day, then))
        })
    }
}

impl Pack {
    /// Days on which a figure may change, by itself or through those that it follows from, as far as they were known on
    /// a day; in no order.
    pub fn turns(&self, param: usize, known_on: NaiveDate) -> Vec<NaiveDate> {
        let mut turns = Vec::new();
        for dated in self.params[param].values.iter().filter(|dated| dated.published <= known_on) {
            turns.push(dated.from);
            turns.extend(dated.to.and_then(|to| to.succ_opt()));
            let bases = dated.value.bases().into_iter().flat_map(|base| self.turns(base, known_on));
            turns.extend(bases.filter(|day| *day > dated.from));
        }
        turns
    }
}

impl Figure {
    /// The parameters that a derived figure follows from.
    pub fn bases(&self) -> Vec<usize> {
        match self {
            Self::Fixed(_) => Vec::new(),
            Self::Derived(number) => only_params(number.mentions()),
        }
    }
}

/// The parameters among what an expression names, each once and in its order.
pub fn only_params(mentions: Vec<Mention>) -> Vec<usize> {
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
