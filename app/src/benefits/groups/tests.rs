//! Order and grouping, over an invented outcome.

use shared::eligibility::verdict::Verdict;

use super::*;

fn pack() -> Pack {
    server::policy::Policies::embedded().of("440305").unwrap().pack.clone()
}

fn place(pack: &Pack, id: &str) -> usize {
    pack.benefits.iter().position(|benefit| benefit.id == id).unwrap()
}

/// An outcome in which these benefits stand so; in the order of the pack, as the engine gives them.
fn outcome(pack: &Pack, stands: &[(&str, Option<usize>, Status)]) -> Outcome {
    let day = "2026-05-06".parse().unwrap();
    let verdict = |(id, who, status): &(&str, Option<usize>, Status)| Verdict {
        benefit: place(pack, id),
        who: *who,
        status: *status,
        already: false,
        open: Vec::new(),
        missing: Vec::new(),
        reasons: Vec::new(),
        amount: None,
        old: Vec::new(),
    };
    let mut verdicts: Vec<Verdict> = stands.iter().map(verdict).collect();
    verdicts.sort_by_key(|verdict| (verdict.benefit, verdict.who));
    Outcome { region: pack.region.clone(), as_of: day, known_on: day, verdicts, contradictions: Vec::new() }
}

fn ids<'p>(pack: &'p Pack, rows: &[Row]) -> Vec<(&'p str, usize)> {
    rows.iter().map(|row| (pack.benefits[row.benefit].id.as_str(), row.verdicts.len())).collect()
}

#[test]
fn the_same_benefit_for_several_people_is_one_row() {
    let pack = pack();
    let all: Vec<usize> = (0..pack.benefits.len()).collect();
    let stands = [
        ("old_age_allowance", Some(0), Status::Likely),
        ("old_age_allowance", Some(1), Status::No),
        ("old_age_allowance", Some(2), Status::Likely),
    ];
    let groups = Groups::of(&pack, &outcome(&pack, &stands), &all, &[]);
    assert_eq!(ids(&pack, &groups.likely), [("old_age_allowance", 2)]);
    assert_eq!(ids(&pack, &groups.no), [("old_age_allowance", 1)]);
}

#[test]
fn the_ladder_comes_first_and_money_before_what_is_not_paid_out() {
    let pack = pack();
    let all: Vec<usize> = (0..pack.benefits.len()).collect();
    let stands = ["elder_meals", "old_age_allowance", "temporary_relief", "dibao"].map(|id| (id, None, Status::Likely));
    let groups = Groups::of(&pack, &outcome(&pack, &stands), &all, &[]);
    let order: Vec<&str> = ids(&pack, &groups.likely).into_iter().map(|(id, _)| id).collect();
    assert_eq!(order, ["dibao", "temporary_relief", "old_age_allowance", "elder_meals"]);
}

#[test]
fn what_nobody_came_for_is_noticed_when_it_is_likely_and_else_left_out() {
    let pack = pack();
    let wanted = [place(&pack, "dibao")];
    let stands = [
        ("dibao", None, Status::Bureau),
        ("elder_meals", Some(0), Status::No),
        ("home_adaptation", Some(0), Status::Ask),
        ("old_age_allowance", Some(0), Status::Likely),
    ];
    let groups = Groups::of(&pack, &outcome(&pack, &stands), &wanted, &[]);
    assert_eq!(ids(&pack, &groups.noticed), [("old_age_allowance", 1)]);
    assert_eq!(ids(&pack, &groups.bureau), [("dibao", 1)]);
    assert!(groups.no.is_empty() && groups.ask.is_empty() && groups.likely.is_empty());
}

#[test]
fn what_waits_for_the_one_question_leads_where_nothing_is_likely() {
    let pack = pack();
    let wanted = [place(&pack, "dibao")];
    let stands = [("dibao", None, Status::Ask), ("old_age_allowance", Some(0), Status::Ask)];
    let outcome = outcome(&pack, &stands);
    let near = outcome.verdicts.iter().position(|verdict| verdict.who.is_some()).unwrap();
    let groups = Groups::of(&pack, &outcome, &wanted, &[near]);
    assert_eq!(ids(&pack, &groups.near), [("old_age_allowance", 1)]);
    assert_eq!(groups.leading(), [&groups.near[0]]);
    let groups = Groups::of(&pack, &outcome, &wanted, &[]);
    assert_eq!(groups.leading(), [&groups.ask[0]], "what nobody came for is not asked for");
}

#[test]
fn what_they_have_already_stands_apart() {
    let pack = pack();
    let mut outcome = outcome(&pack, &[("dibao", None, Status::No)]);
    outcome.verdicts[0].already = true;
    let groups = Groups::of(&pack, &outcome, &[place(&pack, "dibao")], &[]);
    assert_eq!(ids(&pack, &groups.already), [("dibao", 1)]);
    assert!(groups.no.is_empty());
}
