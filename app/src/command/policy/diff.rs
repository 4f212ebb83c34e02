//! What a change of the packs changes in the cases beside them, with the conditions that turned.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    eligibility::{
        compile::{Files, cases},
        pack::{Pack, Requirement, Unit},
        reason::Reason,
        told,
        verdict::{self, Verdict},
        words,
    },
    locale::Locale,
};

use super::{Failure, compiled};

/// One line for each answer that changes, and below it one for each condition that came out differently; the count last.
pub(super) fn diff(old: &Files, new: &Files) -> Result<Vec<String>, Failure> {
    let packs = |files: &Files| -> Result<BTreeMap<String, Pack>, Failure> {
        Ok(compiled(files)?.into_iter().map(|pack| (pack.region.clone(), pack)).collect())
    };
    let (before, after) = (packs(old)?, packs(new)?);
    let (mut lines, mut changes) = (Vec::new(), 0);
    for (region, pack) in &after {
        let Some(earlier) = before.get(region) else {
            lines.push(format!("{region}: a new pack"));
            continue;
        };
        let both: BTreeMap<&str, &str> = cases::cases_of(old, region).chain(cases::cases_of(new, region)).collect();
        for (path, text) in both {
            let (one, two) = (answers(earlier, text), answers(pack, text));
            let keys: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
            for key in keys {
                let (one, two) = (one.get(key), two.get(key));
                if one.map(|answer| &answer.told) != two.map(|answer| &answer.told) {
                    changes += 1;
                    let told = |answer: Option<&Answer>| answer.map_or("none".to_owned(), |answer| answer.told.clone());
                    lines.push(format!("{path}: {key}: {} → {}", told(one), told(two)));
                    lines.extend(turned(one, two));
                }
            }
        }
    }
    lines.push(format!("{changes} answers change."));
    Ok(lines)
}

/// Status and amount of a benefit, and how each of its conditions came out.
#[derive(Default)]
struct Answer {
    told: String,
    conditions: BTreeMap<String, Condition>,
}

#[derive(Clone, Default)]
struct Condition {
    outcome: String,
    /// Place and words of the first text that it stands for.
    text: String,
}

/// The answer to every benefit in a case; nothing where the case cannot be read with these packs.
fn answers(pack: &Pack, text: &str) -> BTreeMap<String, Answer> {
    let Ok(case) = cases::read(text) else { return BTreeMap::new() };
    let Ok(household) = told::read(pack, &case.told(), case.as_of) else { return BTreeMap::new() };
    let outcome = verdict::check(pack, &household, case.as_of, case.known_on());
    let answer = |verdict: &Verdict| {
        let amount = verdict.amount.and_then(|span| words::say_span(Locale::Zh, span, Unit::Money, case.as_of));
        let told = format!("{:?}{}", verdict.status, amount.map_or(String::new(), |amount| format!(" {amount}")));
        let requirements = &pack.benefits[verdict.benefit].requires;
        let conditions =
            verdict.reasons.iter().map(|reason| condition(pack, &requirements[reason.requirement], reason));
        Answer { told, conditions: conditions.collect() }
    };
    outcome.verdicts.iter().map(|verdict| (cases::name(pack, &household, verdict), answer(verdict))).collect()
}

fn condition(pack: &Pack, requirement: &Requirement, reason: &Reason) -> (String, Condition) {
    let by = reason.exception.map_or(String::new(), |_| " by an exception".to_owned());
    let bureau = if reason.bureau { " (the bureau's)" } else { "" };
    let text = requirement.text.first();
    let text = text.map(|passage| format!("{}: {}", passage.cited(pack, Locale::Zh), passage.asks.zh));
    let outcome = format!("{:?}{by}{bureau}", reason.truth);
    (requirement.id.clone(), Condition { outcome, text: text.unwrap_or_default() })
}

fn turned(one: Option<&Answer>, two: Option<&Answer>) -> Vec<String> {
    let (Some(one), Some(two)) = (one, two) else { return Vec::new() };
    let ids: BTreeSet<&String> = one.conditions.keys().chain(two.conditions.keys()).collect();
    let lines = ids.into_iter().filter_map(|id| {
        let of = |answer: &Answer| answer.conditions.get(id).cloned();
        let (before, after) = (of(one), of(two));
        let outcome = |condition: &Option<Condition>| {
            condition.as_ref().map_or("not asked".to_owned(), |condition| condition.outcome.clone())
        };
        if outcome(&before) == outcome(&after) {
            return None;
        }
        let text = after.as_ref().or(before.as_ref()).map(|condition| condition.text.clone()).unwrap_or_default();
        Some(format!("    {id}: {} → {}  {text}", outcome(&before), outcome(&after)).trim_end().to_owned())
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_condition_is_named_with_its_text() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/packs");
        let old = server::policy::read(&folder).unwrap();
        let mut new = old.clone();
        let path = "100000/temporary_relief.toml";
        let changed = new[path].replacen("[[requires]]", "[[requires]]\n# changed", 1);
        new.insert(path.to_owned(), changed);
        assert_eq!(diff(&old, &new).unwrap(), ["0 answers change."], "a remark changes nothing");

        let path = "100000/dibao.toml";
        let condition = "if = \"income_per_head < standard or counted_per_head < standard\"";
        let changed = new[path].replace(condition, "if = \"income_per_head < 1 yuan\"");
        assert_ne!(changed, new[path]);
        new.insert(path.to_owned(), changed);
        let lines = diff(&old, &new).unwrap();
        assert!(lines.len() > 1, "{lines:#?}");
        let at = lines.iter().position(|line| line.contains(": dibao: ") && line.contains("→ No")).unwrap();
        assert!(
            lines[at + 1].starts_with("    income: ")
                && lines[at + 1].contains(" → No  《")
                && lines[at + 1].contains('条'),
            "{}",
            lines[at + 1]
        );
    }
}
