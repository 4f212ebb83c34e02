//! Order and grouping, over an invented outcome.

use shared::eligibility::{
    answers::{Answer, Question},
    verdict::{Verdict, check},
};

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

/// Three people of whom nothing is known.
fn three(pack: &Pack) -> Household {
    let mut household = Household::new(pack);
    for _ in 0..3 {
        household.add("");
    }
    household
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
    let groups = Groups::of(&pack, &three(&pack), &outcome(&pack, &stands), &all, &[]);
    assert_eq!(ids(&pack, &groups.likely), [("old_age_allowance", 2)]);
    assert_eq!(ids(&pack, &groups.no), [("old_age_allowance", 1)]);
}

#[test]
fn the_ladder_comes_first_and_money_before_what_is_not_paid_out() {
    let pack = pack();
    let all: Vec<usize> = (0..pack.benefits.len()).collect();
    let stands = ["elder_meals", "old_age_allowance", "temporary_relief", "dibao"].map(|id| (id, None, Status::Likely));
    let groups = Groups::of(&pack, &three(&pack), &outcome(&pack, &stands), &all, &[]);
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
    let groups = Groups::of(&pack, &three(&pack), &outcome(&pack, &stands), &wanted, &[]);
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
    let groups = Groups::of(&pack, &three(&pack), &outcome, &wanted, &[near]);
    assert_eq!(ids(&pack, &groups.near), [("old_age_allowance", 1)]);
    assert_eq!(groups.leading(), [&groups.near[0]]);
    let groups = Groups::of(&pack, &three(&pack), &outcome, &wanted, &[]);
    assert_eq!(groups.leading(), [&groups.ask[0]], "what nobody came for is not asked for");
}

#[test]
fn what_they_have_already_stands_apart() {
    let pack = pack();
    let mut outcome = outcome(&pack, &[("dibao", None, Status::No)]);
    outcome.verdicts[0].already = true;
    let groups = Groups::of(&pack, &three(&pack), &outcome, &[place(&pack, "dibao")], &[]);
    assert_eq!(ids(&pack, &groups.already), [("dibao", 1)]);
    assert!(groups.no.is_empty());
}

fn fact(pack: &Pack, id: &str) -> usize {
    pack.facts.iter().position(|fact| fact.id == id).unwrap()
}

/// Somebody of that age, to whom everything else that is asked of people and of the household is not known.
fn unsure(pack: &Pack, ages: &[i64]) -> (Household, Outcome) {
    let day = "2026-12-01".parse().unwrap();
    let mut household = Household::new(pack);
    for (person, age) in ages.iter().enumerate() {
        household.add("");
        let born = shared::eligibility::told::birth::born(*age, day).unwrap();
        for place in 0..pack.facts.len() {
            household.set(Question::Person(person, place), Answer::Unsure);
        }
        household.set(Question::Person(person, fact(pack, "birth")), Answer::Number(born));
    }
    for place in 0..pack.facts.len() {
        household.set(Question::Household(place), Answer::Unsure);
    }
    household.list = Answer::Unsure;
    let outcome = check(pack, &household, day, day);
    (household, outcome)
}

#[test]
fn an_answer_that_is_lacking_is_no_matter_for_the_bureau_and_what_nobody_named_is_not_told() {
    let pack = pack();
    let all: Vec<usize> = (0..pack.benefits.len()).collect();
    let (household, outcome) = unsure(&pack, &[45, 9]);
    let groups = Groups::of(&pack, &household, &outcome, &all, &[]);
    assert_eq!(ids(&pack, &groups.bureau), [], "nothing is known that the bureau could look at");
    let lacking: Vec<&str> = ids(&pack, &groups.lacking).into_iter().map(|(id, _)| id).collect();
    assert!(["dibao", "dibao_edge", "temporary_relief"].iter().all(|id| lacking.contains(id)), "{lacking:?}");
    for id in ["orphan", "de_facto_unattended", "funeral_basics", "disability_nursing", "tekun"] {
        assert!(!lacking.contains(&id), "{id} is for what nobody told: {lacking:?}");
    }
    // Who came because a child is alone has named it.
    let wanted = [place(&pack, "orphan"), place(&pack, "de_facto_unattended")];
    let groups = Groups::of(&pack, &household, &outcome, &wanted, &[]);
    assert_eq!(ids(&pack, &groups.lacking), [("de_facto_unattended", 1), ("orphan", 1)]);
    assert_eq!(ids(&pack, &groups.no), [], "what is for children is not judged for their mother");
    let groups = Groups::of(&pack, &household, &outcome, &wanted[..1], &[]);
    assert_eq!(ids(&pack, &groups.no), [("orphan", 1)], "unless it was asked for by its name");
}

#[test]
fn what_waited_for_one_answer_that_nobody_knows_is_still_there() {
    let pack = pack();
    let (household, outcome) = unsure(&pack, &[82]);
    let groups = Groups::of(&pack, &household, &outcome, &[place(&pack, "dibao")], &[]);
    let lacking: Vec<&str> = ids(&pack, &groups.lacking).into_iter().map(|(id, _)| id).collect();
    assert_eq!(lacking, ["dibao", "old_age_allowance", "elder_meals"]);
    assert_eq!(groups.leading().len(), 3, "they have their offices and papers");
}
