//! One turn of the check: from what was sent to the page that follows. The same in the browser and on the server.

use chrono::NaiveDate;
use shared::{
    eligibility::{
        answers::{Answer, Household, MOST_PEOPLE, Question},
        evaluate::{Evaluation, Who},
        pack::{Kind, LifeEvent, Pack, Scope},
        plan,
        truth::Truth,
        verdict::{Outcome, check},
    },
    field::FieldErrors,
};

use super::{
    answers::{Answers, UNSURE, field},
    clean,
    go::Go,
    page::Page,
};

/// What is shown, with everything that was answered so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Screen {
    pub page: Page,
    pub answers: Answers,
    /// What the answers say, as far as they can be read.
    pub household: Household,
    /// All that can be said of it.
    pub outcome: Outcome,
    pub errors: FieldErrors,
    /// Pages that may still come before the result, this one included.
    pub left: usize,
    /// Pages that were shown before, the last one last.
    pub trail: Vec<Page>,
}

/// The first page, with what a link brought along.
pub fn first(pack: &Pack, today: NaiveDate, region: &str, event: Option<LifeEvent>, benefit: Option<&str>) -> Screen {
    let mut answers = Answers::default();
    answers.set("region", region);
    if let Some(event) = event {
        answers.set("event", event.wire());
    }
    if let Some(benefit) = benefit {
        answers.set("benefit", benefit);
    }
    let (household, _) = answers.household(pack, today);
    let outcome = check(pack, &household, today, today);
    Screen { page: Page::Start, answers, household, outcome, errors: FieldErrors::new(), left: 0, trail: Vec::new() }
}

/// Fields that steer and answer nothing.
pub const STEERING: [&str; 3] = ["at", "trail", Go::FIELD];

/// What follows when a page is sent. The fields that steer are taken out of the answers.
pub fn next_screen(pack: &Pack, mut answers: Answers, today: NaiveDate) -> Screen {
    let at = Page::read(pack, answers.get("at"));
    let trail: Vec<Page> = answers.all("trail").map(|key| Page::read(pack, key)).collect();
    let go = Go::read(pack, answers.get(Go::FIELD));
    for steering in STEERING {
        answers.remove(steering);
    }
    clean::drop_strangers(pack, &mut answers);
    let turning = Turning { pack, today, at, trail };
    match go {
        Go::Next => turning.leave(answers, None),
        Go::Result => turning.leave(answers, Some(Page::Result)),
        Go::Back => turning.back(answers),
        Go::People => turning.show(Page::People, answers),
        Go::Edit(page) => turning.show(page, answers),
        Go::Add => turning.add(answers),
        Go::Remove(person) => turning.remove(answers, person),
        Go::All => turning.widen(answers),
        Go::Again => first(pack, today, answers.get("region"), None, None),
    }
}

struct Turning<'a> {
    pack: &'a Pack,
    today: NaiveDate,
    at: Page,
    trail: Vec<Page>,
}

impl Turning<'_> {
    /// Goes on, to the next page unless another is asked for, when the page is in order; shows it again with what to
    /// correct when it is not.
    fn leave(self, mut answers: Answers, to: Option<Page>) -> Screen {
        if self.at == Page::People {
            clean::forget_nobody(&mut answers);
        }
        let (_, errors) = answers.household(self.pack, self.today);
        if !errors.is_empty() {
            let page = self.page_of(&errors);
            return self.screen(Some(page), answers, errors, false);
        }
        // Whoever looks at the result early has not said that they do not know; the result may ask it.
        if to != Some(Page::Result) {
            self.settle(&mut answers);
        }
        self.screen(to, answers, FieldErrors::new(), true)
    }

    fn show(self, page: Page, answers: Answers) -> Screen {
        self.screen(Some(page), answers, FieldErrors::new(), true)
    }

    fn back(mut self, answers: Answers) -> Screen {
        let page = self.trail.pop().unwrap_or(Page::Start);
        self.screen(Some(page), answers, FieldErrors::new(), false)
    }

    fn add(self, mut answers: Answers) -> Screen {
        let people = answers.people() + 1;
        answers.set("people", people.min(MOST_PEOPLE).to_string());
        self.screen(Some(Page::People), answers, FieldErrors::new(), false)
    }

    fn remove(self, mut answers: Answers, person: usize) -> Screen {
        if person < answers.people() {
            answers.remove_person(person);
        }
        self.screen(Some(Page::People), answers, FieldErrors::new(), false)
    }

    /// Asks about every benefit from here on.
    fn widen(self, mut answers: Answers) -> Screen {
        answers.remove("event");
        answers.remove("benefit");
        answers.remove("before");
        self.leave(answers, None)
    }

    /// The page that holds the first field in error.
    fn page_of(&self, errors: &FieldErrors) -> Page {
        let wrong = |fact: usize, who: Who| errors.for_field(&field(&self.pack.facts[fact], who)).is_some();
        match &self.at {
            Page::Topic { who, facts, .. } if facts.iter().any(|fact| wrong(*fact, *who)) => self.at.clone(),
            _ => {
                let facts = self.pack.facts.iter().enumerate();
                let found = facts.flat_map(|(place, fact)| match fact.scope {
                    Scope::Household => vec![(place, None)],
                    Scope::Person => (0..MOST_PEOPLE).map(|person| (place, Some(person))).collect(),
                });
                let mut found = found.filter(|(fact, who)| wrong(*fact, *who));
                match found.next() {
                    Some((fact, Some(_))) if self.pack.facts[fact].kind == Kind::Birth => Page::People,
                    Some((fact, who)) => Page::Topic { topic: self.pack.facts[fact].topic, who, facts: vec![fact] },
                    None => self.at.clone(),
                }
            }
        }
    }

    /// What was left empty on a page of questions counts as "not sure": it is not asked again.
    fn settle(&self, answers: &mut Answers) {
        if self.at == Page::People && answers.get("complete").is_empty() {
            answers.set("complete", "no");
        }
        let Page::Topic { who, facts, .. } = &self.at else { return };
        let (household, _) = answers.household(self.pack, self.today);
        for fact in facts {
            let asked = Question::of(*fact, *who);
            let known = who.is_none_or(|person| person < household.people.len());
            if known && household.answer(asked) == Answer::NotAsked {
                answers.set(&field(&self.pack.facts[*fact], *who), UNSURE);
            }
        }
    }

    /// The page that was asked for, or the next one.
    fn screen(self, page: Option<Page>, mut answers: Answers, errors: FieldErrors, onward: bool) -> Screen {
        let page = page.or_else(|| (self.at == Page::Start).then_some(Page::People));
        if page == Some(Page::People) && answers.people() == 0 {
            answers.set("people", "1");
        }
        let (household, _) = answers.household(self.pack, self.today);
        let outcome = check(self.pack, &household, self.today, self.today);
        let pages = plan::pages(self.pack, &household, &outcome, &wanted(self.pack, &answers));
        let left = pages.len();
        let page = match page {
            // A page that is opened for a change shows all of its topic that was asked before.
            Some(Page::Topic { topic, who, facts }) if facts.is_empty() => {
                Page::Topic { topic, who, facts: answered(self.pack, &household, &outcome, topic, who) }
            }
            Some(page) => page,
            None => pages.into_iter().next().map_or(Page::Result, |plan::Page { topic, who, facts, .. }| Page::Topic {
                topic,
                who,
                facts,
            }),
        };
        let mut trail = self.trail;
        if onward && self.at != page && page != Page::Start {
            trail.push(self.at);
        }
        Screen { page, answers, household, outcome, errors, left, trail }
    }
}

/// The benefits that were asked for: one, those of what happened, or all.
pub fn wanted(pack: &Pack, answers: &Answers) -> Vec<usize> {
    let asked = answers.get("benefit");
    if let Some(place) = pack.benefits.iter().position(|benefit| benefit.id == asked) {
        return vec![place];
    }
    let events: Vec<&str> = answers.all("event").collect();
    let of_event = |benefit: &shared::eligibility::pack::Benefit| {
        benefit.events.iter().any(|event| events.contains(&event.wire()))
    };
    (0..pack.benefits.len()).filter(|place| events.is_empty() || of_event(&pack.benefits[*place])).collect()
}

/// The facts of a topic that somebody was asked before, or could be.
fn answered(pack: &Pack, household: &Household, outcome: &Outcome, topic: usize, who: Who) -> Vec<usize> {
    let evaluation = Evaluation::new(pack, household, outcome.as_of, outcome.known_on);
    let scope = if who.is_some() { Scope::Person } else { Scope::Household };
    let facts = pack.facts.iter().enumerate().filter(|(_, fact)| fact.topic == topic && fact.scope == scope);
    let asked = facts.filter(|(place, fact)| {
        let answered = household.answer(evaluation.asked(*place, who)) != Answer::NotAsked;
        answered || fact.asked_if.as_ref().is_none_or(|condition| evaluation.truth(condition, who) != Truth::No)
    });
    asked.map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests;
