//! Turns of the check over the rules of Nanshan.

use shared::{
    eligibility::{pack::Kind, verdict::Status},
    locale::Locale,
};

use super::{super::answers::NAMED, *};
use crate::benefits::scene::Scene;

fn pack() -> Pack {
    let policies = server::policy::Policies::embedded();
    policies.of("440305").unwrap().pack.clone()
}

fn today() -> NaiveDate {
    "2026-12-01".parse().unwrap()
}

/// Sends a screen's form as a browser would, with more fields of its own.
fn send(pack: &Pack, screen: &Screen, typed: &[(&str, &str)]) -> Screen {
    let mut answers = screen.answers.clone();
    answers.set("at", screen.page.key(pack));
    for page in &screen.trail {
        answers.0.push(("trail".to_owned(), page.key(pack)));
    }
    for (name, value) in typed {
        answers.set(name, *value);
    }
    next_screen(pack, answers, today())
}

fn people(pack: &Pack) -> Screen {
    send(pack, &first(pack, today(), &pack.region, Some(LifeEvent::LostIncome), None), &[])
}

#[test]
fn the_start_leads_to_people_and_what_is_left_empty_is_asked_no_more() {
    let pack = pack();
    let people = people(&pack);
    assert_eq!((&people.page, people.answers.people()), (&Page::People, 1));
    let mut screen = send(&pack, &people, &[("people.0.name", "妈妈"), ("people.0.birth.age", "72")]);
    let mut pages = 0;
    while let Page::Questions(_) = screen.page {
        pages += 1;
        assert!(pages < 30, "the questions never end");
        screen = send(&pack, &screen, &[]);
    }
    assert_eq!(screen.page, Page::Result);
    assert!(pages > 1 && screen.left == 0);
    assert_eq!(screen.answers.get("household.receives"), UNSURE);
}

#[test]
fn a_mistake_shows_its_page_again_with_what_was_typed() {
    let pack = pack();
    let screen = send(&pack, &people(&pack), &[("people.0.name", "妈妈"), ("people.0.birth.age", "-1")]);
    assert_eq!((&screen.page, screen.errors.len()), (&Page::People, 1));
    assert_eq!(screen.answers.get("people.0.birth.age"), "-1");
}

#[test]
fn back_leads_to_the_page_before_and_keeps_what_was_typed() {
    let pack = pack();
    let question = send(&pack, &people(&pack), &[("people.0.name", "妈妈"), ("people.0.birth.age", "72")]);
    let back = send(&pack, &question, &[("go", "back"), ("people.0.hukou_here", "yes")]);
    assert_eq!((&back.page, back.trail.len()), (&Page::People, 1));
    assert_eq!(back.answers.get("people.0.hukou_here"), "yes");
    assert_eq!(send(&pack, &back, &[("go", "back")]).page, Page::Start);
}

#[test]
fn a_change_opens_the_whole_topic_and_nobody_is_added_by_an_empty_row() {
    let pack = pack();
    let screen = send(&pack, &people(&pack), &[("go", "add")]);
    assert_eq!(screen.answers.people(), 2);
    let screen = send(&pack, &screen, &[("people.0.name", "我"), ("people.0.birth.age", "40"), ("go", "result")]);
    assert_eq!((&screen.page, screen.answers.people()), (&Page::Result, 1));
    let screen = send(&pack, &screen, &[("go", "edit.household.wages")]);
    let asked: Vec<_> = screen.page.asks().iter().map(|ask| &pack.facts[ask.fact().unwrap()]).collect();
    assert!(asked.len() > 1 && asked.iter().any(|fact| fact.id == "wages"), "{asked:?}");
    assert!(asked.iter().all(|fact| matches!(fact.kind, Kind::Money { .. })));
}

#[test]
fn every_button_reads_as_it_is_written() {
    let pack = pack();
    let question = Question::Person(2, pack.facts.iter().position(|fact| fact.id == "disability").unwrap());
    let buttons = [Go::Next, Go::Back, Go::Result, Go::People, Go::Add, Go::Remove(2), Go::All, Go::Again];
    for go in buttons.into_iter().chain([Go::Edit(question)]) {
        assert_eq!(Go::read(&pack, &go.key(&pack)), go);
    }
    for strange in ["", "onward", "remove", "edit", "back.1"] {
        assert_eq!(Go::read(&pack, strange), Go::Next, "{strange}");
    }
    assert_eq!(Go::read(&pack, "remove.everybody"), Go::People);
}

#[test]
fn every_page_reads_as_it_is_written() {
    let pack = pack();
    let fact = |id: &str| pack.facts.iter().position(|fact| fact.id == id).unwrap();
    let asks = vec![
        Ask::Who { fact: fact("disability"), people: vec![0, 2] },
        Ask::One(Question::Household(fact("wages"))),
        Ask::One(Question::Person(2, fact("self_care"))),
    ];
    for page in [Page::Start, Page::People, Page::Result, Page::Questions(asks)] {
        assert_eq!(Page::read(&pack, &page.key(&pack)), page);
    }
}

#[test]
fn several_people_are_asked_at_once_and_only_who_is_named_is_asked_more() {
    let pack = pack();
    let start = first(&pack, today(), &pack.region, Some(LifeEvent::Disability), None);
    let people = [("people", "2"), ("people.0.birth.age", "72"), ("people.1.birth.age", "40"), ("complete", "yes")];
    let mut screen = send(&pack, &send(&pack, &start, &[]), &people);
    let mut after = None;
    while let Page::Questions(asks) = &screen.page {
        let named: Vec<&str> = asks.iter().filter_map(|ask| Some(pack.facts[ask.fact()?].id.as_str())).collect();
        if named.contains(&"disability_kind") {
            after = Some(screen.answers.get("people.0.disability").to_owned());
            break;
        }
        screen = send(&pack, &screen, &[("who.disability", "0")]);
    }
    assert_eq!(after.as_deref(), Some(NAMED));
    assert_eq!(screen.answers.get("people.1.disability"), "none");
    let asked: Vec<usize> =
        screen.page.asks().iter().flat_map(Ask::questions).filter_map(|asked| asked.fact()?.1).collect();
    assert!(!asked.contains(&1), "{:?}", screen.page);
    let next = send(&pack, &screen, &[]);
    assert_eq!(next.answers.get("people.0.disability"), UNSURE, "what is left empty is asked no more");
    assert_ne!(next.page, screen.page);
}

#[test]
fn what_happened_need_not_be_told_again() {
    let pack = pack();
    let screen = first(&pack, today(), &pack.region, Some(LifeEvent::Death), None);
    let death = pack.facts.iter().position(|fact| fact.id == "death").unwrap();
    assert_eq!(screen.household.answer(Question::Household(death)), Answer::OneOf(0b10));
}

#[test]
fn a_screen_carries_what_its_answers_come_to() {
    let pack = pack();
    let question = send(&pack, &people(&pack), &[("people.0.name", "妈妈"), ("people.0.birth.age", "72")]);
    for screen in [first(&pack, today(), &pack.region, None, None), people(&pack), question] {
        let (household, _) = screen.answers.household(&pack, today());
        assert_eq!(screen.outcome, check(&pack, &household, today(), today()));
        assert_eq!(screen.household, household);
    }
}

#[test]
fn what_does_not_belong_to_the_form_is_not_carried_on() {
    let pack = pack();
    let strange = [
        ("household.luck", "7"),
        ("people.99.name", "x"),
        ("people.x.name", "x"),
        ("people.0.wages", "1"),
        ("<script>", "1"),
        ("people.0.name", &"长".repeat(1_000_000)),
    ];
    let screen = send(&pack, &people(&pack), &strange);
    for (name, _) in strange {
        assert_eq!(screen.answers.get(name), "", "{name}");
    }
    for at in
        ["result", "nonsense", "people.99.birth", "household.luck", "who.wages.0", "who.disability.0-99", "who..", ",,"]
    {
        let _ = next_screen(&pack, Answers(vec![("at".to_owned(), at.to_owned())]), today());
    }
}

#[test]
fn the_one_question_of_a_result_is_answered_on_it() {
    let pack = pack();
    let told = [("people.0.name", "我"), ("people.0.birth.age", "82"), ("go", "result")];
    let result = send(&pack, &people(&pack), &told);
    assert_eq!(result.page, Page::Result);
    let allowance = pack.benefits.iter().position(|benefit| benefit.id == "old_age_allowance").unwrap();
    let stands =
        |screen: &Screen| screen.outcome.verdicts.iter().find(|verdict| verdict.benefit == allowance).unwrap().status;
    assert_eq!(stands(&result), Status::Ask);
    let field = "people.0.hukou_here";
    assert!(drawn(&pack, &result).contains(&format!(r#"type="radio" id="{field}" name="{field}""#)));
    let answered = send(&pack, &result, &[(field, "yes"), ("go", "result")]);
    assert_eq!((&answered.page, stands(&answered)), (&Page::Result, Status::Likely));
    let html = drawn(&pack, &answered);
    assert!(html.contains("顺便看到的"), "it was not what they came for");
    assert_eq!(html.matches(&format!(r#"name="{field}""#)).count(), 1, "it is carried on, and asked no more");
}

#[test]
fn who_looks_at_the_result_early_is_asked_on_it_what_they_passed_over() {
    let pack = pack();
    let question = send(&pack, &people(&pack), &[("people.0.name", "我"), ("people.0.birth.age", "82")]);
    let early = send(&pack, &question, &[("go", "result")]);
    assert!(drawn(&pack, &early).contains("one-question"));
    let unsure = send(&pack, &question, &[]);
    assert_eq!(unsure.answers.get("people.0.hukou_here"), UNSURE, "left empty on the way, it counts as not sure");
}

#[test]
fn what_was_left_empty_does_not_stand_in_the_way_of_an_answer_on_the_result() {
    let pack = pack();
    let told = [("people.0.name", "我"), ("people.0.birth.age", "82"), ("people.0.hukou_here", ""), ("go", "result")];
    let html = drawn(&pack, &send(&pack, &people(&pack), &told));
    assert!(!html.contains(r#"type="hidden" name="people.0.hukou_here""#), "{html}");
}

/// The screen as a browser without scripts sees it.
fn drawn(pack: &Pack, screen: &Screen) -> String {
    let scene = Scene {
        locale: Locale::Zh,
        pack,
        screen,
        today: today(),
        kept: None,
        origin: "https://huimin.example",
        action: "",
    };
    crate::draw::fragment(|| crate::benefits::draw::screen(scene)).replace("<!>", "")
}
