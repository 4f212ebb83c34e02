//! "Which of you?": a group of boxes for several people, and what it says of each of them.

use shared::{
    eligibility::{
        pack::{Fact, Kind, Pack},
        plan::Ask,
    },
    field::{FieldErrors, Reason},
};

use super::answers::{Answers, NAMED, UNSURE, field};

pub const ALL: &str = "all";
pub const NONE: &str = "none";

/// The name of the boxes.
pub fn name(fact: &Fact) -> String {
    format!("who.{}", fact.id)
}

/// The boxes that are ticked: as they were sent, or else as they follow from what each has answered.
pub fn ticked(answers: &Answers, fact: &Fact, people: &[usize]) -> Vec<String> {
    let sent: Vec<String> = answers.all(&name(fact)).map(str::to_owned).collect();
    if !sent.is_empty() {
        return sent;
    }
    let told: Vec<(usize, &str)> =
        people.iter().map(|person| (*person, answers.get(&field(fact, Some(*person))))).collect();
    let others = others(fact);
    let named = told.iter().filter(|(_, told)| !["", UNSURE, others].contains(told));
    let mut ticked: Vec<String> = named.map(|(person, _)| person.to_string()).collect();
    if told.iter().all(|(_, told)| *told == others) {
        ticked.push(NONE.to_owned());
    }
    if told.iter().any(|(_, told)| *told == UNSURE) {
        ticked.push(UNSURE.to_owned());
    }
    ticked
}

/// Makes the boxes of a page answers of each person. Boxes that contradict each other stay as they were sent, with
/// what to correct.
pub fn settle(pack: &Pack, asks: &[Ask], answers: &mut Answers) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for ask in asks {
        let Ask::Who { fact, people } = ask else { continue };
        let fact = &pack.facts[*fact];
        let boxes = name(fact);
        let sent: Vec<String> = answers.all(&boxes).map(str::to_owned).collect();
        let is_sent = |value: &str| sent.iter().any(|sent| sent == value);
        if is_sent(NONE) && sent.len() > 1 {
            errors.push(boxes, contradiction());
            continue;
        }
        // Somebody may have been taken off the list since.
        let listed = answers.people();
        for person in people.iter().filter(|person| **person < listed) {
            let (field, others) = (field(fact, Some(*person)), others(fact));
            let told = answers.get(&field);
            if sent.is_empty() {
                answers.remove(&field);
            } else if is_sent(ALL) || is_sent(&person.to_string()) {
                // Whoever has told more already is not asked again.
                if ["", UNSURE, others].contains(&told) {
                    answers.set(&field, named(fact));
                }
            } else {
                answers.set(&field, if is_sent(UNSURE) { UNSURE } else { others });
            }
        }
        answers.remove(&boxes);
    }
    errors
}

/// The answer of those who are not named.
fn others(fact: &Fact) -> &str {
    option(fact, fact.who.as_ref().map_or(0, |who| who.others))
}

/// The answer of those who are named: the only option that is left, or that it is one of them.
fn named(fact: &Fact) -> &str {
    match fact.named() {
        Some(options) if options.is_power_of_two() => option(fact, options.trailing_zeros() as usize),
        _ => NAMED,
    }
}

fn option(fact: &Fact, place: usize) -> &str {
    let Kind::Choice(options) = &fact.kind else { return "" };
    options.get(place).map_or("", |option| option.id.as_str())
}

fn contradiction() -> Reason {
    Reason::own(
        "who_contradicts",
        "“一个都没有”不能和别的一起勾。",
        "“No one” cannot be ticked together with anything else.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(sent: &[&str], known: [&str; 3]) -> (Answers, FieldErrors, Vec<String>) {
        let policies = server::policy::Policies::embedded();
        let pack = &policies.of("440305").unwrap().pack;
        let fact = pack.facts.iter().position(|fact| fact.id == "disability").unwrap();
        let asks = [Ask::Who { fact, people: vec![0, 1, 2] }];
        let mut answers = Answers::default();
        answers.set("people", "3");
        for (person, known) in known.into_iter().enumerate() {
            answers.set(&field(&pack.facts[fact], Some(person)), known);
        }
        let name = name(&pack.facts[fact]);
        answers.0.extend(sent.iter().map(|sent| (name.clone(), (*sent).to_owned())));
        let errors = settle(pack, &asks, &mut answers);
        let ticked = ticked(&answers, &pack.facts[fact], &[0, 1, 2]);
        (answers, errors, ticked)
    }

    fn each(sent: &[&str], known: [&str; 3]) -> [String; 3] {
        let (answers, errors, _) = page(sent, known);
        assert!(errors.is_empty(), "{sent:?}");
        [0, 1, 2].map(|person| answers.get(&format!("people.{person}.disability")).to_owned())
    }

    #[test]
    fn boxes_answer_for_everybody_and_nothing_ticked_is_no_answer() {
        assert_eq!(each(&["1"], [""; 3]), ["none", NAMED, "none"]);
        assert_eq!(each(&["all"], [""; 3]), [NAMED; 3]);
        assert_eq!(each(&["none"], [""; 3]), ["none"; 3]);
        assert_eq!(each(&["unsure"], [""; 3]), [UNSURE; 3]);
        assert_eq!(each(&["0", "unsure"], [""; 3]), [NAMED, UNSURE, UNSURE]);
        assert_eq!(each(&[], ["grade1", "none", UNSURE]), [""; 3]);
    }

    #[test]
    fn whoever_is_named_again_keeps_what_was_told_besides() {
        assert_eq!(each(&["0", "2"], ["grade2", "grade3", "none"]), ["grade2", "none", NAMED]);
    }

    #[test]
    fn the_boxes_are_ticked_as_the_answers_stand() {
        assert_eq!(page(&["0", "2"], [""; 3]).2, ["0", "2"]);
        assert_eq!(page(&["none"], [""; 3]).2, [NONE]);
        assert_eq!(page(&["1", "unsure"], [""; 3]).2, ["1", UNSURE]);
        assert!(page(&[], [""; 3]).2.is_empty());
    }

    #[test]
    fn nobody_and_somebody_contradict_each_other_and_stay_as_they_were_sent() {
        for sent in [["none", "1"], ["none", "all"], ["none", "unsure"]] {
            let (answers, errors, ticked) = page(&sent, ["grade1", "", ""]);
            assert!(errors.for_field("who.disability").is_some());
            assert_eq!(
                (ticked.as_slice(), answers.get("people.0.disability")),
                (sent.map(str::to_owned).as_slice(), "grade1")
            );
        }
    }
}
