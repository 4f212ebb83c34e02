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
    let buttons = [Go::Next, Go::Back, Go::Result, Go::People, Go::Add, Go::Remove(2), Go::All, Go::Again, Go::Restore];
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
    assert!(!html.contains("顺便看到的"), "it is all that there is");
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

/// Sends what a browser without scripts would send of a drawn page: its hidden fields and its chosen answers.
fn send_drawn(pack: &Pack, screen: &Screen, go: &str) -> Screen {
    let html = drawn(pack, screen);
    let attribute = |tag: &str, name: &str| {
        let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.map_or_else(String::new, |(value, _)| value.to_owned())
    };
    let tags = html.split("<input").skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    let sent = tags.filter(|tag| tag.contains("type=\"hidden\"") || tag.contains(" checked"));
    let mut sent: Vec<(String, String)> = sent.map(|tag| (attribute(tag, "name"), attribute(tag, "value"))).collect();
    sent.push((Go::FIELD.to_owned(), go.to_owned()));
    next_screen(pack, Answers(sent), today())
}

fn early(pack: &Pack) -> Screen {
    send(pack, &people(pack), &[("people.0.name", "我"), ("people.0.birth.age", "82"), ("go", "result")])
}

#[test]
fn not_sure_of_the_one_question_keeps_what_it_was_asked_for() {
    let pack = pack();
    let unsure = send(&pack, &early(&pack), &[("people.0.hukou_here", UNSURE), ("go", "result")]);
    let html = drawn(&pack, &unsure);
    let row = html.split_once("id=\"result-old_age_allowance\"").unwrap().1.split_once("</summary>").unwrap().0;
    assert!(row.contains("还缺回答：我 · 本地户口") && !row.contains("300"), "{row}");
    for told in ["id=\"result-elder_meals\"", "长者饭堂", "本人银行卡或存折"] {
        assert!(html.contains(told), "{told}: {html}");
    }
    assert!(!html.contains("改了以后"), "an answer is no change: {html}");
}

#[test]
fn the_one_question_sent_without_an_answer_asks_for_one() {
    let pack = pack();
    let again = send_drawn(&pack, &early(&pack), "result");
    assert_eq!((&again.page, again.errors.len()), (&Page::Result, 1));
    let html = drawn(&pack, &again);
    assert!(html.contains("请选一个答案") && html.contains("href=\"#people.0.hukou_here\""), "{html}");
    assert!(!html.contains("改了以后"), "{html}");
}

#[test]
fn only_a_change_of_an_earlier_answer_is_told_as_a_change_and_only_of_what_was_seen() {
    let pack = pack();
    let told = [("people.0.name", "我"), ("people.0.birth.age", "40"), ("complete", "yes")];
    let mut screen = send(&pack, &people(&pack), &told);
    while screen.page != Page::Result {
        let told = [("household.receives", "none"), ("household.wages.sum", "9000"), ("people.0.hukou_here", "yes")];
        screen = send(&pack, &screen, &told);
    }
    let page = send_drawn(&pack, &screen, "edit.household.wages");
    assert_eq!(page.answers.get("household.wages.sum"), "9000");
    assert!(!drawn(&pack, &send(&pack, &page, &[])).contains("改了以后"), "nothing was changed");
    let mut changed = send(&pack, &page, &[("household.wages.sum", "900")]);
    while changed.page != Page::Result {
        changed = send(&pack, &changed, &[]);
    }
    let changed = drawn(&pack, &changed);
    let (before, notice) = changed.split_once("改了以后，这些变了").expect("a change");
    let notice = notice.split_once("</ul>").unwrap().0;
    let within = before.rsplit_once("<div class=\"off-paper\">").expect("it is not on paper").1;
    assert!(!within.contains("</div>"), "{within}");
    assert!(notice.contains("最低生活保障（低保）：不符合 → 还缺回答"), "{notice}");
    assert!(!notice.contains("孤儿"), "{notice}");
}

#[test]
fn what_was_cleared_for_another_household_is_offered_back() {
    let pack = pack();
    let result = early(&pack);
    let start = send_drawn(&pack, &result, "again");
    assert_eq!((&start.page, start.answers.people()), (&Page::Start, 0));
    let html = drawn(&pack, &start);
    assert!(html.contains("恢复刚才的回答") && html.contains("value=\"restore\""), "{html}");
    let back = send_drawn(&pack, &start, "restore");
    assert_eq!((&back.page, &back.household, &back.trail), (&Page::Result, &result.household, &result.trail));
    let mut spoken = Answers(vec![("at".to_owned(), "start".to_owned())]);
    spoken.0.push((format!("{WAS}people"), "1".to_owned()));
    assert_eq!(same_screen(&pack, spoken, today()).gone, Gone::Cleared(vec![("people".to_owned(), "1".to_owned())]));
    let next = send_drawn(&pack, &start, "next");
    assert_eq!((&next.page, next.answers.name(0).as_str()), (&Page::People, ""));
    assert!(next.answers.0.iter().all(|(name, _)| !name.starts_with(WAS)), "whoever goes on has begun anew");
}

#[test]
fn who_is_alone_is_addressed_and_not_numbered() {
    let pack = pack();
    let question = send(&pack, &people(&pack), &[("people.0.birth.age", "82")]);
    assert!(!drawn(&pack, &question).contains("第 1 个人"));
    let result = drawn(&pack, &send(&pack, &question, &[("go", "result")]));
    assert!(!result.contains("第 1 个人") && result.contains("您 · "), "{result}");
}

#[test]
fn after_a_death_the_child_is_asked_about_gently() {
    let pack = pack();
    let start = first(&pack, today(), &pack.region, Some(LifeEvent::Death), None);
    let people = [
        ("people", "2"),
        ("people.0.name", "我"),
        ("people.0.birth.age", "38"),
        ("people.1.name", "小宝"),
        ("people.1.birth.age", "9"),
        ("complete", "yes"),
    ];
    let mut screen = send(&pack, &send(&pack, &start, &[]), &people);
    let mut asked = String::new();
    while screen.page != Page::Result {
        asked += &drawn(&pack, &screen);
        screen = send(&pack, &screen, &[]);
    }
    assert!(asked.contains("小宝：现在由谁照顾？") && !asked.contains("父母现在怎样"), "{asked}");
    let html = drawn(&pack, &screen);
    assert!(!html.contains("38 周岁，已满 18 周岁"), "what is for children is not judged for their mother: {html}");
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
