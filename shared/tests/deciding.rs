//! The one question of a result: asked only where its answer alone can make a benefit likely.

use chrono::NaiveDate;
use shared::eligibility::{
    answers::{Answer, Household, Question},
    compile::{self, Files},
    deciding::{Deciding, deciding},
    pack::Pack,
    verdict::check,
};

const FACTS: &str = r#"
[[topics]]
id = "all"
name = { zh = "情况", en = "Situation" }

[[topics]]
id = "health"
name = { zh = "身体", en = "Health" }
sensitive = { zh = "您可以不答。", en = "You may leave this out." }

[[facts]]
id = "works"
scope = "household"
topic = "all"
kind = "yes_no"
label = { zh = "工作", en = "Work" }
question = { zh = "有工作吗？", en = "Is there work?" }

[[facts]]
id = "wages"
scope = "household"
topic = "all"
kind = "money"
most = 10000
label = { zh = "工资", en = "Wages" }
question = { zh = "工资多少？", en = "What are the wages?" }
asked_if = "works"

[[facts]]
id = "here"
scope = "person"
topic = "all"
kind = "yes_no"
label = { zh = "户口在这里", en = "Registered here" }
question = { zh = "户口在这里吗？", en = "Registered here?" }

[[facts]]
id = "ill"
scope = "person"
topic = "health"
kind = "yes_no"
label = { zh = "生病", en = "Ill" }
question = { zh = "生病吗？", en = "Is this person ill?" }

[[documents]]
id = "proof"
name = { zh = "证明", en = "Proof" }
"#;

/// A benefit with one condition.
fn benefit(scope: &str, condition: &str) -> String {
    format!(
        r#"
name = {{ zh = "补贴", en = "Benefit" }}
summary = {{ zh = "一种补贴。", en = "A benefit." }}
scope = "{scope}"
events = ["old_age"]
gives = "cash"
valid = {{ from = "2020-01-01", source = "law", dated_by = "clause" }}
basis = ["law"]

[sources.law]
document = {{ zh = "某法", en = "A Law" }}
grade = "official"
checked = "2026-01-01"

[[requires]]
id = "it"
if = "{condition}"
text = [{{ source = "law", asks = {{ zh = "条文这样要求。", en = "The text asks so." }} }}]
says.yes = {{ zh = "是。", en = "So." }}
says.no = {{ zh = "不是。", en = "Not so." }}
says.open = {{ zh = "不知道。", en = "Not known." }}

[apply]
place = {{ zh = "街道", en = "The street office" }}
channels = []
documents = ["proof"]
"#
    )
}

/// A pack of these benefits, each with its id, its scope and its one condition.
fn pack(benefits: &[(&str, &str, &str)]) -> Pack {
    let mut files = Files::new();
    files.insert("facts.toml".to_owned(), FACTS.to_owned());
    files.insert("100000/region.toml".to_owned(), r#"name = { zh = "全国", en = "The country" }"#.to_owned());
    for (id, scope, condition) in benefits {
        files.insert(format!("100000/{id}.toml"), benefit(scope, condition));
    }
    compile::compile(&files, "100000").unwrap_or_else(|complaints| panic!("{complaints:?}"))
}

fn fact(pack: &Pack, id: &str) -> usize {
    pack.facts.iter().position(|fact| fact.id == id).unwrap()
}

/// What is asked of one person of whom this is known, who came for these benefits.
fn asked(pack: &Pack, known: &[(&str, Answer)], wanted: &[&str]) -> Option<(String, usize)> {
    let day: NaiveDate = "2026-05-06".parse().unwrap();
    let mut household = Household::new(pack);
    let person = household.add("我");
    for (id, answer) in known {
        let place = fact(pack, id);
        let question =
            if id == &"here" || id == &"ill" { Question::Person(person, place) } else { Question::Household(place) };
        household.set(question, *answer);
    }
    let outcome = check(pack, &household, day, day);
    let places = |id: &&str| pack.benefits.iter().position(|benefit| benefit.id == *id).unwrap();
    let wanted: Vec<usize> = wanted.iter().map(places).collect();
    deciding(pack, &household, &outcome, &wanted).map(|Deciding { asked, verdicts }| {
        let (Question::Household(fact) | Question::Person(_, fact)) = asked else { panic!("nobody is asked this") };
        (pack.facts[fact].id.clone(), verdicts.len())
    })
}

const YES: Answer = Answer::OneOf(0b10);

#[test]
fn two_open_questions_are_not_one() {
    let pack = pack(&[("both", "person", "here and works"), ("either", "person", "here or works")]);
    assert_eq!(asked(&pack, &[], &["both", "either"]), None);
    assert_eq!(asked(&pack, &[("works", YES)], &["both", "either"]), Some(("here".to_owned(), 1)));
}

#[test]
fn what_decides_more_of_what_they_came_for_is_asked_before_what_decides_more() {
    let pack = pack(&[("one", "person", "here"), ("two", "household", "works"), ("three", "household", "works")]);
    assert_eq!(asked(&pack, &[], &["one"]), Some(("here".to_owned(), 1)));
    assert_eq!(asked(&pack, &[], &["one", "two", "three"]), Some(("works".to_owned(), 2)));
}

#[test]
fn what_they_did_not_come_for_is_asked_when_nothing_else_is_near() {
    let pack = pack(&[("far", "household", "works and wages < 100 yuan"), ("near", "person", "here")]);
    assert_eq!(asked(&pack, &[], &["far"]), Some(("here".to_owned(), 1)));
}

#[test]
fn a_sensitive_topic_is_brought_up_only_for_what_they_came_for() {
    let pack = pack(&[("ill", "person", "ill"), ("work", "household", "works and wages < 100 yuan")]);
    assert_eq!(asked(&pack, &[], &["ill"]), Some(("ill".to_owned(), 1)));
    assert_eq!(asked(&pack, &[], &["work"]), None, "they did not come for it");
    assert_eq!(asked(&pack, &[], &["ill", "work"]), None, "they came for everything");
}

#[test]
fn a_sum_is_asked_when_some_sum_would_do_and_nothing_that_was_answered_unsure() {
    let pack = pack(&[("poor", "household", "works and wages < 100 yuan")]);
    assert_eq!(asked(&pack, &[("works", YES)], &["poor"]), Some(("wages".to_owned(), 1)));
    assert_eq!(asked(&pack, &[("works", YES), ("wages", Answer::Unsure)], &["poor"]), None);
}
