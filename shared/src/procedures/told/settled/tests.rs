use std::collections::BTreeSet;

use super::*;
use crate::procedures::compile::{
    compile, compile_all,
    tests::{compiled, files, shenzhen},
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-30")
}

#[test]
fn what_a_place_says_is_told_and_what_it_does_not_is_asked() {
    let guangzhou = compiled("440100");
    assert_eq!(settled(&guangzhou, today(), Locale::Zh), ["户口不在这里的，也可以免费参加安葬。"]);
    let asked = open(&guangzhou, today(), Locale::Zh);
    for question in [
        "是不是要在报名的时候一起申领？",
        "没有本人的卡，能不能领现金？",
        "区里另外加的，是多少？",
        "规定到哪一天重新评估？",
    ] {
        assert!(asked.iter().any(|asked| asked == question), "{question}: {asked:?}");
    }
    assert!(!asked.iter().any(|asked| asked.contains("免费参加")), "{asked:?}");
    assert!(!asked.iter().any(|asked| asked.contains("葬在外地的")), "no condition there asks it: {asked:?}");
}

#[test]
fn a_rule_due_for_review_is_told_before_and_after_that_day() {
    let told = |on: &str| review(&shenzhen(), day(on), Locale::Zh).unwrap();
    assert!(!told("2026-09-26").contains("已经过了") && told("2026-09-27").contains("已经过了"));
    assert_eq!(review(&compiled("440100"), today(), Locale::Zh), None);
}

#[test]
fn what_a_district_adds_is_told_with_its_sum() {
    let mut files = files();
    let file = files.get_mut("440300/procedures/green_burial.toml").unwrap();
    file.push_str(
        "\n[[rules.params.top_up.values]]\nfrom = \"2024-02-02\"\nvalue = \"500 yuan\"\nsource = \"sz2018\"\n",
    );
    let procedure = compile(&files, "440300", "green_burial").unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    assert_eq!(top_up(&procedure, today(), Locale::Zh).as_deref(), Some("区里另外加 500 元。"));
    assert_eq!(top_up(&procedure, day("2024-02-01"), Locale::Zh), None);
}

#[test]
fn a_late_claim_is_told_and_left_to_the_bureau() {
    let mut files = files();
    let file = files.get_mut("440300/procedures/green_burial.toml").unwrap();
    *file = file.replacen(
        "offered = true",
        "offered = true\nclaim = { days = 60, unit = \"calendar\", source = \"sz2023\" }",
        1,
    );
    let procedure = compile(&files, "440300", "green_burial").unwrap();
    let until = Deadline { date: day("2026-07-09"), provisional: false };
    let told = |on: &str| claimed(&procedure, until, day(on), Locale::Zh).unwrap();
    assert!(told("2026-07-09").contains("最迟 2026年7月9日 申请") && !told("2026-07-09").contains("已经过了"));
    assert!(told("2026-07-10").contains("由民政部门决定"));
    assert_eq!(claimed(&shenzhen(), until, today(), Locale::Zh), None, "where no text sets a time");
}

#[test]
fn every_parameter_that_is_declared_is_read_by_something() {
    let mut read: BTreeSet<String> = TOLD.iter().map(|id| (*id).to_owned()).collect();
    let mut declared = BTreeSet::new();
    for procedure in compile_all(&files()).unwrap_or_else(|wrong| panic!("{wrong:#?}")) {
        let params = &procedure.rules.params;
        let sums = procedure.rules.benefits.iter().filter_map(|benefit| benefit.amount.as_ref());
        let in_sums = sums.flat_map(|amount| amount.value.mentions()).filter_map(|mention| match mention {
            Mention::Param(param) => Some(param),
            _ => None,
        });
        read.extend(read_by_conditions(&procedure).into_iter().chain(in_sums).map(|at| params[at].id.clone()));
        declared.extend(params.iter().map(|param| param.id.clone()));
    }
    let unread: Vec<_> = declared.difference(&read).collect();
    assert!(unread.is_empty(), "{unread:?}");
}
