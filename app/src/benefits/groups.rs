//! What stands where on the result: the same benefit for several people once, and what leads first.

use shared::eligibility::{
    answers::Household,
    deciding::waits_for_one_unsure,
    evaluate::Evaluation,
    pack::{Gives, Pack},
    truth::Truth,
    verdict::{Outcome, Status},
};

use super::lacking::{as_if_nobody, is_for_others, lacks};

/// One benefit, for everybody for whom it stands the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its index in the pack.
    pub benefit: usize,
    /// Indexes in [`Outcome::verdicts`].
    pub verdicts: Vec<usize>,
}

/// The rows of the result, each group in the order of the ladder, then money before what is not paid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    pub likely: Vec<Row>,
    /// Likely too, though nobody came for it.
    pub noticed: Vec<Row>,
    /// Waits for the one question that the result asks.
    pub near: Vec<Row>,
    /// Waits for answers that are still asked for.
    pub ask: Vec<Row>,
    /// Waits for answers that were left empty, or that nobody knew.
    pub lacking: Vec<Row>,
    pub bureau: Vec<Row>,
    pub already: Vec<Row>,
    pub no: Vec<Row>,
}

impl Groups {
    /// `wanted` are the benefits that somebody came for; `near` are the verdicts that wait for the one question.
    pub fn of(pack: &Pack, household: &Household, outcome: &Outcome, wanted: &[usize], near: &[usize]) -> Self {
        let mut groups = Self::default();
        let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
        let plain = as_if_nobody(pack, household);
        let plain = Evaluation::new(pack, &plain, outcome.as_of, outcome.known_on);
        let came_for_all = wanted.len() == pack.benefits.len();
        for (place, verdict) in outcome.verdicts.iter().enumerate() {
            let (benefit, who) = (verdict.benefit, verdict.who);
            let is_wanted = wanted.contains(&benefit);
            // Who came for everything has named nothing that happened.
            let is_named = || !came_for_all || plain.eligible(benefit, who) != Truth::No;
            let is_judged = || wanted.len() == 1 || !is_for_others(pack, household, outcome, benefit, who);
            let group = match (verdict.status, verdict.already) {
                (_, true) if is_wanted => &mut groups.already,
                (_, true) => continue,
                _ if near.contains(&place) => &mut groups.near,
                (Status::Likely, _) if is_wanted => &mut groups.likely,
                (Status::Likely, _) => &mut groups.noticed,
                _ if !is_wanted && !waits_for_one_unsure(&evaluation, verdict) => continue,
                (Status::Ask, _) => &mut groups.ask,
                (Status::Bureau, _) if lacks(household, verdict) && is_named() => &mut groups.lacking,
                (Status::Bureau, _) if !lacks(household, verdict) => &mut groups.bureau,
                (Status::No, _) if is_judged() => &mut groups.no,
                (Status::Bureau | Status::No, _) => continue,
            };
            if let Some(row) = group.iter_mut().find(|row| row.benefit == benefit) {
                row.verdicts.push(place);
                continue;
            }
            let after = group.iter().position(|row| rank(pack, row.benefit) > rank(pack, benefit));
            group.insert(after.unwrap_or(group.len()), Row { benefit, verdicts: vec![place] });
        }
        groups
    }

    /// What can be gone for now, or after one answer; where there is no such thing, what is still open.
    pub fn leading(&self) -> Vec<&Row> {
        let found: Vec<&Row> = self.found().chain(&self.near).collect();
        if found.is_empty() { self.open().into_iter().flatten().collect() } else { found }
    }

    /// What is likely, whether somebody came for it or not.
    pub fn found(&self) -> impl Iterator<Item = &Row> {
        self.likely.iter().chain(&self.noticed)
    }

    /// What is open: for the bureau, for answers that are lacking, for answers that are still asked for.
    pub fn open(&self) -> [&Vec<Row>; 3] {
        [&self.bureau, &self.lacking, &self.ask]
    }

    /// Every row that is shown, folded or not.
    pub fn shown(&self) -> impl Iterator<Item = &Row> {
        let others = [&self.near, &self.already, &self.no].into_iter().chain(self.open());
        self.found().chain(others.flatten())
    }
}

/// The ladder in its order, then money before what is not paid out.
fn rank(pack: &Pack, benefit: usize) -> (u8, bool) {
    let benefit = &pack.benefits[benefit];
    (benefit.rung.unwrap_or(u8::MAX), benefit.gives != Gives::Cash)
}

#[cfg(test)]
mod tests;
