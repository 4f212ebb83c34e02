//! What an answer says of the rules of the portal, in words: for households of which little is known, and for whole ones.

use chrono::NaiveDate;
use shared::{
    eligibility::{
        answer::{CheckAnswer, ResultAnswer, answer, not_beside},
        answers::Household,
        pack::Pack,
        told::{self, Told},
        verdict::{Status, check},
    },
    invented::eligibility::{household, numbers},
    locale::Locale,
};

use crate::packs::packs;

fn today() -> NaiveDate {
    "2026-11-28".parse().unwrap()
}

fn say(pack: &Pack, household: &Household, locale: Locale) -> CheckAnswer {
    answer(pack, household, &check(pack, household, today(), today()), locale)
}

/// What is said to those who tell this, in a region.
fn told(region: &str, told: &str, locale: Locale) -> CheckAnswer {
    let packs = packs();
    let pack = packs.iter().find(|pack| pack.region == region).unwrap();
    let told: Told = serde_json::from_str(told).unwrap();
    say(pack, &told::read(pack, &told, today()).unwrap(), locale)
}

fn result<'a>(answer: &'a CheckAnswer, benefit: &str, person: Option<usize>) -> &'a ResultAnswer {
    answer.results.iter().find(|result| result.benefit == benefit && result.person == person).unwrap()
}

fn reason<'a>(result: &'a ResultAnswer, condition: &str) -> &'a str {
    &result.reasons.iter().find(|reason| reason.condition == condition).unwrap().sentence
}

/// All that the packs say to nobody in particular and to a few invented households, each as one text.
fn all_said(locale: Locale) -> Vec<(String, String)> {
    let mut said = Vec::new();
    for pack in packs() {
        let households = (0..6).map(|seed| household(&pack, &mut numbers(seed), 3, today()));
        let mut nobody = Household::new(&pack);
        nobody.add("");
        for household in households.chain([nobody]) {
            let text = serde_json::to_string(&say(&pack, &household, locale)).unwrap();
            said.push((pack.region.clone(), text));
        }
    }
    said
}

#[test]
fn at_least_nothing_is_told_of_nothing() {
    for (region, text) in all_said(Locale::Zh) {
        assert!(!text.contains("至少 0"), "{region}: {text}");
        assert!(!text.contains("上限是至少"), "{region}: {text}");
    }
    for (region, text) in all_said(Locale::En) {
        assert!(!text.contains("at least 0"), "{region}: {text}");
        assert!(!text.contains("the limit of the quick way is at least"), "{region}: {text}");
    }
}

#[test]
fn a_line_that_follows_from_what_is_not_known_is_not_known() {
    let answer = told("330200", r#"{"household": {"receives": "none"}, "people": [{"hukou_here": true}]}"#, Locale::Zh);
    let edge = result(&answer, "dibao_edge", None);
    assert!(reason(edge, "income").contains("边缘线是每人每月（没有查到，请问民政部门）"), "{edge:?}");
    let line = edge.figures().find(|figure| figure.name == "低保边缘线").unwrap();
    assert_eq!((&line.value, &line.source), (&None, &None), "a rule alone is no source of a figure");
    let relief = result(&answer, "temporary_relief", None);
    assert!(reason(relief, "check").contains("上限是（没有查到，请问民政部门）"), "{relief:?}");
    let shenzhen = told("440300", r#"{"people": [{}]}"#, Locale::Zh);
    let relief = reason(result(&shenzhen, "temporary_relief", None), "check");
    assert!(relief.contains("上限是 1,535 元（可能已经调高）"), "{relief}");
}

#[test]
fn no_sum_is_told_to_those_who_have_not_told_what_makes_it_theirs() {
    let child = r#"{"household": {"receives": "dibao"}, "people": [{"birth": {"age": 8}, "hukou_here": true"#;
    let asked = |region: &str, more: &str| told(region, &format!("{child}{more}}}]}}"), Locale::Zh);
    let untold = asked("440305", "");
    for benefit in ["disability_living", "orphan", "tekun"] {
        assert_eq!(result(&untold, benefit, Some(0)).amount, None, "{benefit}");
    }
    let disabled = asked("440305", r#", "disability": "grade2", "disability_kind": "limb""#);
    assert!(result(&disabled, "disability_living", Some(0)).amount.is_some());
    let elder = told("440305", r#"{"people": [{"birth": {"age": 82}}]}"#, Locale::Zh);
    let elder = result(&elder, "old_age_allowance", Some(0));
    assert_eq!(elder.status, Status::Ask, "the register is still asked for");
    assert_eq!(elder.amount.as_ref().unwrap().sentence, "300 元/月", "and the age has told how much");
}

#[test]
fn what_is_paid_beside_others_is_told_as_the_most_it_can_be() {
    let child = r#"{"household": {"receives": "dibao"}, "people": [{"birth": {"age": 8}, "hukou_here": true, "parents": "both_unable", "disability": "none"}]}"#;
    let answer = told("440305", child, Locale::Zh);
    let amount = result(&answer, "de_facto_unattended", Some(0)).amount.as_ref().unwrap();
    assert_eq!(amount.sentence, "最多 2,560 元/月（可能已经调高）");
    assert_eq!((amount.from, amount.to), (Some(0), Some(256_000)));
    let own = child.replace(r#""receives": "dibao""#, "").replace(r#", "disability": "none""#, "");
    let answer = told("440305", &own, Locale::En);
    let amount = result(&answer, "de_facto_unattended", Some(0)).amount.as_ref().unwrap();
    assert!(amount.sentence.starts_with("at most 2,560 yuan a month"), "{}", amount.sentence);
}

#[test]
fn what_cannot_be_had_together_is_said_of_each() {
    let family = r#"{"household": {"receives": "none", "wages": "0", "pensions": "0", "other_income": "0",
        "savings": "none", "homes": "none", "vehicles": "none"}, "complete": true, "people": [
        {"birth": {"age": 70}, "hukou_here": true, "own_income": "0", "obligor": "none", "disability": "none", "self_care": "able"},
        {"birth": {"age": 10}, "hukou_here": true, "parents": "both_gone", "disability": "none", "in_care_home": false}]}"#;
    let answer = told("440305", family, Locale::Zh);
    let beside = |benefit: &str, person: Option<usize>| -> Vec<(&str, Option<usize>)> {
        let others = result(&answer, benefit, person).not_beside.iter();
        others.map(|other| (other.benefit.as_str(), other.person)).collect()
    };
    assert_eq!(beside("tekun", Some(0)), [("dibao", None)]);
    assert!(beside("dibao", None).contains(&("tekun", Some(0))), "it is said of both");
    assert!(!beside("orphan", Some(1)).contains(&("tekun", Some(0))), "another's is no obstacle");
    assert_eq!(beside("old_age_allowance", Some(0)), []);
    let tekun = result(&answer, "tekun", Some(0));
    assert_eq!(not_beside(Locale::Zh, [tekun].into_iter()).unwrap(), "不能和最低生活保障同时领，选一样。");
    assert_eq!(not_beside(Locale::En, [result(&answer, "old_age_allowance", Some(0))].into_iter()), None);
}

#[test]
fn nobody_has_to_choose_between_allowances_of_which_one_makes_up_for_the_other() {
    let child = r#"{"household": {"receives": "dibao"}, "people": [{"birth": {"age": 8}, "hukou_here": true,
        "parents": "both_unable", "disability": "grade2", "disability_kind": "limb"}]}"#;
    let answer = told("440305", child, Locale::Zh);
    for benefit in ["de_facto_unattended", "disability_living", "disability_nursing"] {
        let stands = result(&answer, benefit, Some(0));
        assert_eq!((stands.status, &stands.not_beside), (Status::Likely, &Vec::new()), "{benefit}");
    }
}

#[test]
fn a_reason_says_what_was_answered_and_nothing_else() {
    let said = |region: &str, asked: &str, benefit: &str, person: Option<usize>, condition: &str| {
        let answer = told(region, asked, Locale::Zh);
        reason(result(&answer, benefit, person), condition).to_owned()
    };
    for region in ["100000", "330000", "440300"] {
        let healthy = r#"{"people": [{"disability": "none"}]}"#;
        let nursing = said(region, healthy, "disability_nursing", Some(0), "grade");
        assert!(nursing.starts_with("没有残疾人证") && !nursing.contains("加重"), "{region}: {nursing}");
    }
    let grave = r#"{"household": {"death": true, "cremation": "none"}, "people": [{}]}"#;
    let qingdao = said("370200", grave, "funeral_basics", None, "cremation");
    assert!(qingdao.contains("不火化") && !qingdao.contains("外地"), "{qingdao}");
    let unasked =
        said("440300", r#"{"household": {"death": true}, "people": [{}]}"#, "funeral_basics", None, "cremation");
    assert!(unasked.starts_with("在深圳火化的可以减免；"), "{unasked}");
    let poor = r#"{"household": {"wages": "1000", "pensions": "0", "other_income": "0", "savings": "none", "homes": "one",
        "vehicles": "none"}, "complete": true, "people": [{"hukou_here": false}]}"#;
    for region in ["440305", "370200"] {
        let edge = said(region, poor, "dibao_edge", None, "above_dibao");
        assert!(edge.ends_with("这样的家庭看低保，不看低保边缘。") && !edge.contains("申请"), "{region}: {edge}");
    }
}

#[test]
fn no_sentence_of_the_packs_guesses() {
    for (path, text) in crate::packs::files() {
        assert!(path.contains("/cases/") || !text.contains("看来"), "{path}");
    }
}

#[test]
fn what_is_said_in_english_explains_its_chinese_words() {
    let bare = |text: &str| {
        let mut depth = 0;
        text.chars().any(|c| {
            depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
            depth == 0 && ('\u{4e00}'..='\u{9fff}').contains(&c)
        })
    };
    for (path, text) in crate::packs::files().iter().filter(|(path, _)| !path.contains("/cases/")) {
        for english in text.split("en = \"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(!bare(english), "{path}: {english}");
            let words = english.to_lowercase().replace("near-dibao", "");
            assert!(!words.split(|c: char| !c.is_alphabetic()).any(|word| word == "edge"), "{path}: {english}");
        }
    }
}

#[test]
fn papers_that_not_everybody_needs_say_who_does() {
    for pack in packs() {
        let papers = |benefit: &str| -> Vec<&str> {
            let benefit = pack.benefits.iter().find(|known| known.id == benefit).unwrap();
            let evidence = benefit.requires.iter().flat_map(|requirement| &requirement.evidence);
            let all = benefit.apply.documents.iter().chain(evidence);
            all.map(|place| pack.documents[*place].name.zh.as_str()).collect()
        };
        for (benefit, paper) in [
            ("tekun", "残疾人证"),
            ("dibao_single", "残疾人证"),
            ("dibao_single", "诊断"),
            ("funeral_basics", "火化证明"),
        ] {
            let named: Vec<&str> = papers(benefit).into_iter().filter(|name| name.contains(paper)).collect();
            assert!(named.iter().all(|name| name.contains("才要")), "{} {benefit}: {named:?}", pack.region);
        }
    }
}
