//! Benefits that fit and cannot be had together: one of them has to be chosen.

use serde::{Deserialize, Serialize};

use super::{
    super::{
        pack::Pack,
        verdict::{Outcome, Status, Verdict},
    },
    ResultAnswer,
};
use crate::locale::Locale;

/// Another benefit of the answer that cannot be had beside this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OtherAnswer {
    pub benefit: String,
    pub name: String,
    /// Index in `people`; nothing when it is about the household as a whole.
    pub person: Option<usize>,
}

/// The others that stand for the same people, are likely or there already, and exclude it or are excluded by it.
pub(super) fn beside(pack: &Pack, outcome: &Outcome, verdict: &Verdict, locale: Locale) -> Vec<OtherAnswer> {
    if verdict.status != Status::Likely || verdict.already {
        return Vec::new();
    }
    let excludes = |one: usize, other: usize| pack.benefits[one].excludes.contains(&other);
    let stands = |other: &&Verdict| other.status == Status::Likely || other.already;
    let same_people = |other: &&Verdict| verdict.who.zip(other.who).is_none_or(|(one, two)| one == two);
    let others = outcome.verdicts.iter().filter(stands).filter(same_people);
    let others =
        others.filter(|other| excludes(verdict.benefit, other.benefit) || excludes(other.benefit, verdict.benefit));
    let other = |other: &Verdict| {
        let benefit = &pack.benefits[other.benefit];
        OtherAnswer { benefit: benefit.id.clone(), name: benefit.name.say(locale).to_owned(), person: other.who }
    };
    others.map(other).collect()
}

/// That these results cannot be had beside others, each of which is named once; nothing where they can.
pub fn not_beside<'r>(locale: Locale, results: impl Iterator<Item = &'r ResultAnswer>) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for name in results.flat_map(|result| &result.not_beside).map(|other| short(&other.name)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = names.join(locale.say("、", ", "));
    (!names.is_empty()).then(|| say!(locale, "不能和{names}同时领，选一样。", "Not together with {names}: choose one."))
}

/// The name without what stands in brackets behind it.
fn short(name: &str) -> &str {
    name.find(['（', '(']).map_or(name, |at| name[..at].trim_end())
}
