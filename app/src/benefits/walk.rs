//! How long the way through the check is: a household walks it as a browser without scripts does, page by page as
//! drawn, and what it has to decide about is counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::{
    eligibility::pack::{Kind, LifeEvent, Pack},
    locale::Locale,
};

use super::{
    answers::Answers,
    draw,
    go::Go,
    page::Page,
    scene::Scene,
    screen::{Screen, first, next_screen},
};

const REGION: &str = "440305";

/// What a household answers to a question about itself, or about the person of that number.
type Told = fn(fact: &str, person: usize) -> &'static str;

/// Nobody is disabled, money is short, an accident came on top.
fn plain(fact: &str, _: usize) -> &'static str {
    match fact {
        "hukou_here" | "lives_here" | "emergency_here" | "death" | "deceased_hukou_here" | "died_here" => "yes",
        "receives" | "savings" | "vehicles" | "disability" | "special_elder" => "none",
        "wages" => "3000",
        "pensions" | "other_income" | "own_income" => "0",
        "homes" => "one",
        "emergency" => "sudden",
        "rigid_spending" => "20000",
        "self_care" | "obligor" | "parents" => "able",
        "cremation" => "here",
        "disability_kind" => "limb",
        _ => "no",
    }
}

/// The mother has a certificate and needs help.
fn frail(fact: &str, person: usize) -> &'static str {
    match (fact, person) {
        ("disability", 1) => "grade2",
        ("self_care", 1) => "partly",
        ("serious_illness", 1) => "yes",
        _ => plain(fact, person),
    }
}

/// Whoever asks has a certificate of a grade that leads somewhere only with some kinds.
fn lightly(fact: &str, person: usize) -> &'static str {
    if (fact, person) == ("disability", 0) { "grade3" } else { plain(fact, person) }
}

/// There is nobody who could support anybody.
fn alone(fact: &str, person: usize) -> &'static str {
    if fact == "obligor" { "none" } else { frail(fact, person) }
}

/// Everything is left empty.
fn silent(_: &str, _: usize) -> &'static str {
    ""
}

struct Way {
    /// The first page and the result are screens too.
    screens: usize,
    /// A group of buttons or boxes is one to decide about, a line to type into is one.
    inputs: usize,
    /// What stood on each page.
    pages: Vec<String>,
}

const PEOPLE: [(&str, &str); 3] = [("我", "40"), ("妈妈", "72"), ("小宝", "6")];

/// Three people walk from the first page to the result.
fn walk(pack: &Pack, events: &[LifeEvent], told: Told) -> Way {
    let today: NaiveDate = "2026-05-06".parse().unwrap();
    let mut screen = first(pack, today, REGION, None, None);
    let mut way = Way { screens: 1, inputs: 0, pages: Vec::new() };
    while screen.page != Page::Result {
        let form = Form::of(pack, &screen, today);
        let adds = screen.page == Page::People && screen.answers.people() < PEOPLE.len();
        if !adds {
            way.inputs += form.controls.len();
            way.screens += 1;
            way.pages.push(form.controls.keys().cloned().collect::<Vec<_>>().join(" "));
        }
        let mut answers = form.filled(pack, events, told);
        answers.extend(adds.then(|| (Go::FIELD.to_owned(), Go::Add.key(pack))));
        screen = next_screen(pack, Answers(answers), today);
        assert!(screen.errors.is_empty(), "{:?}", screen.errors);
        assert!(way.screens < 40, "the questions never end");
    }
    way
}

/// What stands in the form of a drawn page.
struct Form {
    hidden: Vec<(String, String)>,
    /// A group of buttons or boxes by its name with its values, a line to type into without any.
    controls: BTreeMap<String, Vec<String>>,
}

impl Form {
    fn of(pack: &Pack, screen: &Screen, today: NaiveDate) -> Self {
        let html = html(pack, screen, today);
        let mut form = Self { hidden: Vec::new(), controls: BTreeMap::new() };
        for tag in inputs(&html) {
            let (name, value) = (attribute(tag, "name"), attribute(tag, "value"));
            match attribute(tag, "type").as_str() {
                "hidden" => form.hidden.push((name, value)),
                "radio" | "checkbox" => form.controls.entry(name).or_default().push(value),
                _ => {
                    form.controls.entry(name).or_default();
                }
            }
        }
        form
    }

    fn filled(self, pack: &Pack, events: &[LifeEvent], told: Told) -> Vec<(String, String)> {
        let mut sent = self.hidden;
        for (name, values) in self.controls {
            for value in decided(pack, &name, &values, events, told) {
                sent.push((name.clone(), value));
            }
        }
        sent
    }
}

fn decided(pack: &Pack, name: &str, values: &[String], events: &[LifeEvent], told: Told) -> Vec<String> {
    let one = |value: &str| vec![value.to_owned()];
    let person = |place: &str| place.parse::<usize>().unwrap();
    match name.split('.').collect::<Vec<_>>().as_slice() {
        ["event"] => events.iter().map(|event| event.wire().to_owned()).collect(),
        ["complete"] => one("yes"),
        ["people", place, "name"] => one(PEOPLE[person(place)].0),
        ["people", place, "birth", "age"] => one(PEOPLE[person(place)].1),
        ["household", fact, ..] => one(told(fact, 0)),
        ["people", place, fact, ..] => one(told(fact, person(place))),
        ["who", fact] => {
            let asked = pack.facts.iter().find(|known| known.id == *fact).unwrap();
            let Kind::Choice(options) = &asked.kind else { panic!("{fact} is no choice") };
            let others = options[asked.who.as_ref().unwrap().others].id.as_str();
            let people = values.iter().filter(|value| value.parse::<usize>().is_ok());
            let answers: Vec<(&String, &str)> = people.map(|place| (place, told(fact, person(place)))).collect();
            if answers.iter().all(|(_, told)| told.is_empty()) {
                return Vec::new();
            }
            let named = answers.into_iter().filter(|(_, told)| *told != others);
            let named: Vec<String> = named.map(|(place, _)| place.clone()).collect();
            if named.is_empty() { one("none") } else { named }
        }
        _ => panic!("{name} is not known: {values:?}"),
    }
}

fn html(pack: &Pack, screen: &Screen, today: NaiveDate) -> String {
    let (pack, screen) = (pack.clone(), screen.clone());
    crate::draw::fragment(move || {
        draw::screen(Scene {
            locale: Locale::Zh,
            pack: &pack,
            screen: &screen,
            today,
            origin: "",
            action: "",
            kept: None,
        })
    })
}

/// The fields of a page; what is folded away is a second way to answer the question above it.
fn inputs(html: &str) -> Vec<&str> {
    let open = html.split("<details").enumerate();
    let open = open.map(
        |(place, part)| if place == 0 { part } else { part.split_once("</details>").map_or("", |(_, rest)| rest) },
    );
    open.flat_map(|part| part.split("<input").skip(1))
        .filter_map(|rest| rest.split_once('>'))
        .map(|(tag, _)| tag)
        .collect()
}

fn attribute(tag: &str, name: &str) -> String {
    let start = format!(" {name}=\"");
    let value = tag.split_once(start.as_str()).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value);
    value.unwrap_or_default().to_owned()
}

#[test]
fn three_people_with_one_or_two_events_are_soon_through() {
    let policies = server::policy::Policies::embedded();
    let pack = &policies.of(REGION).unwrap().pack;
    let mut long = Vec::new();
    // Whoever tells of a disability is asked its grade and kind on a page more.
    let households: [(Told, [usize; 2]); 3] = [(plain, [7, 25]), (silent, [7, 25]), (frail, [8, 27])];
    for (told, of_one) in households {
        for (place, one) in LifeEvent::ALL.iter().enumerate() {
            let others = LifeEvent::ALL[..place].iter().map(|other| (vec![*one, *other], [9, 32]));
            for (events, [screens, inputs]) in others.chain([(vec![*one], of_one)]) {
                let way = walk(pack, &events, told);
                if way.screens > screens || way.inputs > inputs {
                    long.push(format!("{events:?}: {}/{} {:#?}", way.screens, way.inputs, way.pages));
                }
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn nobody_is_asked_what_makes_no_sense_for_them() {
    let policies = server::policy::Policies::embedded();
    let pack = &policies.of(REGION).unwrap().pack;
    let events = [LifeEvent::OldAge, LifeEvent::Disability, LifeEvent::ChildAlone];
    let asked = |told: Told| walk(pack, &events, told).pages;
    let position =
        |pages: &[String], name: &str| pages.iter().position(|page| page.split(' ').any(|asked| asked == name));
    for told in [plain as Told, frail, silent, alone] {
        let pages = asked(told);
        assert_eq!(position(&pages, "people.2.own_income.sum"), None, "a child has no income of its own: {pages:#?}");
    }
    let pages = asked(plain);
    assert!(!pages.concat().contains("disability_kind"), "nobody has told of a disability: {pages:#?}");
    let pages = asked(frail);
    assert!(!pages.concat().contains("disability_kind"), "at 72 and with her grade no kind decides: {pages:#?}");
    let pages = asked(lightly);
    assert_eq!(position(&pages, "people.1.disability_kind"), None, "{pages:#?}");
    assert!(position(&pages, "who.disability").unwrap() < position(&pages, "people.0.disability_kind").unwrap());
    let pages = asked(alone);
    assert!(position(&pages, "people.1.obligor").unwrap() < position(&pages, "people.1.own_income.sum").unwrap());
}

#[test]
fn who_lost_somebody_is_asked_about_that_before_their_money() {
    let policies = server::policy::Policies::embedded();
    let pack = &policies.of(REGION).unwrap().pack;
    let pages = walk(pack, &[LifeEvent::Death], plain).pages;
    let at = |name: &str| pages.iter().position(|page| page.split(' ').any(|asked| asked == name)).unwrap();
    assert!(at("household.deceased_hukou_here") < at("household.wages.sum"), "{pages:#?}");
}
