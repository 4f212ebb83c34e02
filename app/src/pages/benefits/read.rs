//! Which figures the rules of a benefit rest on: a region may leave behind some that only the rules above it read.

use shared::eligibility::{
    figures::only_params,
    pack::{Benefit, Pack, Requirement, Rule, Unit},
};

/// Whether a page of a benefit has anything to say of one of its figures: what nothing reads is told only where it is
/// a known sum.
pub(super) fn is_told(pack: &Pack, asked: &Benefit, param: usize) -> bool {
    let figure = &pack.params[param];
    is_read(pack, asked, param) || (figure.unit != Unit::Switch && !figure.values.is_empty())
}

/// Whether a condition, a sentence or the amount of a benefit rests on one of its figures, or on one that follows from it.
fn is_read(pack: &Pack, asked: &Benefit, param: usize) -> bool {
    let amount = asked.amount.iter().flat_map(|amount| amount.value.mentions());
    let conditions = asked.requires.iter().flat_map(|requirement| requirement.rule.mentions());
    let mut read = only_params(amount.chain(conditions).collect());
    let mut next = 0;
    while let Some(param) = read.get(next) {
        let bases = pack.params[*param].values.iter().flat_map(|dated| dated.value.bases());
        let new: Vec<usize> = bases.filter(|base| !read.contains(base)).collect();
        read.extend(new);
        next += 1;
    }
    let named = format!("{{{}}}", pack.params[param].id);
    read.contains(&param) || asked.requires.iter().any(|requirement| names(requirement, &named))
}

/// Whether a sentence of a condition has this in it.
fn names(requirement: &Requirement, placeholder: &str) -> bool {
    let says = &requirement.says;
    let exceptions = match &requirement.rule {
        Rule::Holds { unless, .. } => unless.as_slice(),
        Rule::Bureau { .. } => &[],
    };
    let sentences = [&says.yes, &says.no, &says.open].into_iter().chain(exceptions.iter().map(|one| &one.says));
    sentences.into_iter().any(|sentence| sentence.zh.contains(placeholder))
}

#[cfg(test)]
mod tests {
    use server::policy::Policies;

    use super::*;

    #[test]
    fn what_only_the_rules_of_the_country_read_is_told_nowhere_below_it() {
        let policies = Policies::embedded();
        let told = |region: &str, benefit: &str, id: &str| {
            let pack = &policies.of(region).unwrap().pack;
            let place = pack.benefits.iter().position(|known| known.id == benefit).unwrap();
            let param = pack.params.iter().position(|param| param.benefit == place && param.id == id).unwrap();
            is_told(pack, &pack.benefits[place], param)
        };
        for (region, benefit, id, expected) in [
            ("440305", "old_age_allowance", "others", false),
            ("100000", "old_age_allowance", "others", true),
            ("440300", "home_adaptation", "wider", false),
            ("440300", "home_adaptation", "partly_counts", true),
            ("370200", "funeral_basics", "elsewhere", false),
            ("440300", "funeral_basics", "elsewhere", true),
            ("440300", "temporary_relief", "quick_most", true),
            ("440300", "dibao_edge", "multiple", true),
        ] {
            assert_eq!(told(region, benefit, id), expected, "{region} {benefit} {id}");
        }
    }
}
