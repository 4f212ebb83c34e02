//! What stands where on the result: the same benefit for several people once, and what leads first.

use shared::eligibility::{
    pack::{Gives, Pack},
    verdict::{Outcome, Status},
};

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
    pub ask: Vec<Row>,
    pub bureau: Vec<Row>,
    pub already: Vec<Row>,
    pub no: Vec<Row>,
}

impl Groups {
    /// `wanted` are the benefits that somebody came for; `near` are the verdicts that wait for the one question.
    pub fn of(pack: &Pack, outcome: &Outcome, wanted: &[usize], near: &[usize]) -> Self {
        let mut groups = Self::default();
        for (place, verdict) in outcome.verdicts.iter().enumerate() {
            let is_wanted = wanted.contains(&verdict.benefit);
            let group = match (verdict.status, verdict.already) {
                (_, true) if is_wanted => &mut groups.already,
                (_, true) => continue,
                _ if near.contains(&place) => &mut groups.near,
                (Status::Likely, _) if is_wanted => &mut groups.likely,
                (Status::Likely, _) => &mut groups.noticed,
                _ if !is_wanted => continue,
                (Status::Ask, _) => &mut groups.ask,
                (Status::Bureau, _) => &mut groups.bureau,
                (Status::No, _) => &mut groups.no,
            };
            if let Some(row) = group.iter_mut().find(|row| row.benefit == verdict.benefit) {
                row.verdicts.push(place);
                continue;
            }
            let after = group.iter().position(|row| rank(pack, row.benefit) > rank(pack, verdict.benefit));
            group.insert(after.unwrap_or(group.len()), Row { benefit: verdict.benefit, verdicts: vec![place] });
        }
        groups
    }

    /// What can be gone for now, or after one answer; where there is no such thing, what is still open.
    pub fn leading(&self) -> Vec<&Row> {
        let found: Vec<&Row> = self.found().chain(&self.near).collect();
        if found.is_empty() { self.bureau.iter().chain(&self.ask).collect() } else { found }
    }

    /// What is likely, whether somebody came for it or not.
    pub fn found(&self) -> impl Iterator<Item = &Row> {
        self.likely.iter().chain(&self.noticed)
    }
}

/// The ladder in its order, then money before what is not paid out.
fn rank(pack: &Pack, benefit: usize) -> (u8, bool) {
    let benefit = &pack.benefits[benefit];
    (benefit.rung.unwrap_or(u8::MAX), benefit.gives != Gives::Cash)
}

#[cfg(test)]
mod tests;
