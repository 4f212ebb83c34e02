//! One turn of the check: from what was sent to the page that follows. The same in the browser and on the server.

use chrono::NaiveDate;
use shared::{
    eligibility::{
        answers::{Answer, Household, MOST_PEOPLE, Question},
        evaluate::Evaluation,
        pack::{Fact, Kind, LifeEvent, Pack, Scope},
        plan::{self, Ask, Wanted},
        verdict::{Outcome, check},
    },
    field::{FieldErrors, Reason},
};

use super::{
    answers::{Answers, UNSURE, field_of, question},
    boxes, clean,
    compare::{BEFORE, TOLD},
    go::Go,
    page::Page,
};
use crate::pairs::Pairs;

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
    /// What became of the answers of those who were here before.
    pub gone: Gone,
}

/// What became of answers before the first page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gone {
    /// There were none, or they are here.
    #[default]
    Nothing,
    /// They were cleared for another household, and can be had back: the form as it was sent.
    Cleared(Pairs),
    /// The page was opened anew in the middle of the check.
    Lost,
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
    Screen {
        page: Page::Start,
        answers,
        household,
        outcome,
        errors: FieldErrors::new(),
        left: 0,
        trail: Vec::new(),
        gone: Gone::Nothing,
    }
}

/// The field that names the question which a result asks.
pub const ONE: &str = "one";

/// Fields that steer and answer nothing.
pub const STEERING: [&str; 4] = ["at", "trail", Go::FIELD, ONE];

/// Before the names of the fields of a form that was cleared.
pub const WAS: &str = "was.";

/// What follows when a page is sent. The fields that steer are taken out of the answers.
pub fn next_screen(pack: &Pack, sent: Answers, today: NaiveDate) -> Screen {
    let asked = sent.get(Go::FIELD).to_owned();
    match Go::read(pack, &asked) {
        Go::Again => return again(pack, sent, today),
        Go::Restore => return same_screen(pack, cleared(&sent), today),
        _ => {}
    }
    let one = question(pack, sent.get(ONE));
    let (turning, mut answers) = Turning::of(pack, sent, today);
    // Enter in a field presses no button of the page: it goes on, and from the result there is no further.
    let go = if asked.is_empty() && turning.at == Page::Result { Go::Result } else { Go::read(pack, &asked) };
    let contradictions = boxes::settle(pack, turning.at.asks(), &mut answers);
    match go {
        Go::Next => turning.leave(answers, contradictions, None),
        Go::Result => match one.filter(|one| turning.at == Page::Result && turning.is_empty(&answers, *one)) {
            Some(one) => turning.choose(answers, one),
            None => turning.leave(answers, contradictions, Some(Page::Result)),
        },
        Go::Back => turning.back(answers),
        Go::People => turning.show(Page::People, answers),
        Go::Edit(question) => turning.edit(question, answers),
        Go::Add => turning.add(answers),
        Go::Remove(person) => turning.remove(answers, person),
        Go::All => turning.widen(answers),
        Go::Again | Go::Restore => turning.show(Page::Start, answers),
    }
}

/// The first page for another household, from which the answers of the one before can be had back.
fn again(pack: &Pack, mut sent: Answers, today: NaiveDate) -> Screen {
    let fresh = first(pack, today, sent.get("region"), None, None);
    sent.remove(Go::FIELD);
    sent.0.retain(|(name, _)| !name.starts_with(WAS));
    Screen { gone: Gone::Cleared(sent.0), ..fresh }
}

/// The form that was cleared, as it was sent.
fn cleared(sent: &Answers) -> Answers {
    let was = sent.0.iter().filter_map(|(name, value)| Some((name.strip_prefix(WAS)?.to_owned(), value.clone())));
    Answers(was.collect())
}

/// The page that was sent, just as it was, for somebody who only wants to read it in another way.
pub fn same_screen(pack: &Pack, sent: Answers, today: NaiveDate) -> Screen {
    let was = cleared(&sent).0;
    let (turning, answers) = Turning::of(pack, sent, today);
    let page = turning.at.clone();
    let gone = if page == Page::Start && !was.is_empty() { Gone::Cleared(was) } else { Gone::Nothing };
    Screen { gone, ..turning.screen(Some(page), answers, FieldErrors::new(), false) }
}

/// An earlier page, with what was answered on it and on the pages after it, this one included.
pub fn earlier_screen(pack: &Pack, earlier: &Screen, sent: Answers, today: NaiveDate) -> Screen {
    let (turning, mut answers) = Turning::of(pack, sent, today);
    boxes::settle(pack, turning.at.asks(), &mut answers);
    let (page, trail) = (earlier.page.clone(), earlier.trail.clone());
    Turning { pack, today, at: page.clone(), trail }.screen(Some(page), answers, FieldErrors::new(), false)
}

struct Turning<'a> {
    pack: &'a Pack,
    today: NaiveDate,
    at: Page,
    trail: Vec<Page>,
}

impl<'a> Turning<'a> {
    /// From where the form was sent, and what else stood in it.
    fn of(pack: &'a Pack, mut answers: Answers, today: NaiveDate) -> (Self, Answers) {
        let at = Page::read(pack, answers.get("at"));
        let trail = answers.all("trail").map(|key| Page::read(pack, key)).collect();
        for steering in STEERING {
            answers.remove(steering);
        }
        clean::drop_strangers(pack, &mut answers);
        (Self { pack, today, at, trail }, answers)
    }

    /// Goes on, to the next page unless another is asked for, when the page is in order; shows it again with what to
    /// correct when it is not.
    fn leave(self, mut answers: Answers, contradictions: FieldErrors, to: Option<Page>) -> Screen {
        if self.at == Page::People {
            clean::forget_nobody(&mut answers);
        }
        let (_, mut errors) = answers.household(self.pack, self.today);
        errors.extend(contradictions);
        if !errors.is_empty() {
            let page = self.page_of(&answers, &errors);
            return self.screen(Some(page), answers, errors, false);
        }
        // Whoever looks at the result early has not said that they do not know; the result may ask it.
        if to != Some(Page::Result) {
            self.settle(&mut answers);
        }
        self.screen(to, answers, FieldErrors::new(), true)
    }

    /// Nothing is answered there.
    fn is_empty(&self, answers: &Answers, asked: Question) -> bool {
        let (household, errors) = answers.household(self.pack, self.today);
        errors.is_empty()
            && is_of_somebody(&household, asked)
            && Evaluation::new(self.pack, &household, self.today, self.today).is_unanswered(asked)
    }

    /// The result again, whose question was sent without an answer.
    fn choose(self, answers: Answers, asked: Question) -> Screen {
        let control = asked.fact().map(|(fact, who)| answers.control(&self.pack.facts[fact], who));
        let choose = Reason::own(
            "one_empty",
            "请选一个答案；不清楚的，选“不确定”。",
            "Please choose an answer. If you do not know, choose “Not sure”.",
        );
        self.screen(Some(Page::Result), answers, FieldErrors::one(control.unwrap_or_default(), choose), false)
    }

    fn show(self, page: Page, answers: Answers) -> Screen {
        self.screen(Some(page), answers, FieldErrors::new(), true)
    }

    /// Opens everything of the same topic, and of the same person, that was asked or can be.
    fn edit(self, question: Question, answers: Answers) -> Screen {
        let Some((fact, who)) = question.fact() else { return self.show(Page::People, answers) };
        let (household, _) = answers.household(self.pack, self.today);
        let evaluation = Evaluation::new(self.pack, &household, self.today, self.today);
        let Fact { topic, scope, .. } = self.pack.facts[fact];
        let facts = self.pack.facts.iter().enumerate();
        let facts = facts.filter(|(_, fact)| fact.topic == topic && fact.scope == scope);
        let of_topic = facts.map(|(fact, _)| Question::of(fact, who));
        let asked = |asked: &Question| {
            is_of_somebody(&household, *asked)
                && (household.answer(*asked) != Answer::NotAsked || evaluation.is_askable(*asked))
        };
        let asks = of_topic.filter(asked).map(Ask::One).collect();
        self.show(Page::Questions(asks), answers)
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
        answers.remove(BEFORE);
        answers.remove(TOLD);
        self.leave(answers, FieldErrors::new(), None)
    }

    /// The page that holds the first field in error.
    fn page_of(&self, answers: &Answers, errors: &FieldErrors) -> Page {
        let wrong = |asked: Question| {
            let control = asked.fact().map(|(fact, who)| answers.control(&self.pack.facts[fact], who));
            control.is_some_and(|control| errors.for_field(&control).is_some())
        };
        let wrong_boxes = |fact: usize| errors.for_field(&boxes::name(&self.pack.facts[fact])).is_some();
        let is_here = |ask: &Ask| ask.fact().is_some_and(wrong_boxes) || ask.questions().into_iter().any(wrong);
        if self.at.asks().iter().any(is_here) {
            return self.at.clone();
        }
        let all = self.pack.facts.iter().enumerate().flat_map(|(place, fact)| match fact.scope {
            Scope::Household => vec![Question::Household(place)],
            Scope::Person => (0..MOST_PEOPLE).map(|person| Question::Person(person, place)).collect(),
        });
        match all.into_iter().find(|asked| wrong(*asked)) {
            Some(Question::Person(_, fact)) if self.pack.facts[fact].kind == Kind::Birth => Page::People,
            Some(asked) => Page::Questions(vec![Ask::One(asked)]),
            None => self.at.clone(),
        }
    }

    /// What was left empty on a page of questions counts as "not sure": it is not asked again.
    fn settle(&self, answers: &mut Answers) {
        if self.at == Page::People && answers.get("complete").is_empty() {
            answers.set("complete", "no");
        }
        let (household, _) = answers.household(self.pack, self.today);
        let evaluation = Evaluation::new(self.pack, &household, self.today, self.today);
        for ask in self.at.asks() {
            for asked in ask.questions().into_iter().filter(|asked| is_of_somebody(&household, *asked)) {
                // Boxes only name people; what the question itself asks of them may come later.
                let is_empty = match ask {
                    Ask::One(_) => evaluation.is_unanswered(asked),
                    Ask::Who { .. } => household.answer(asked) == Answer::NotAsked,
                };
                // What follows from another answer is not asked of those for whom it makes no sense.
                if is_empty && evaluation.is_askable(asked) {
                    answers.set(&field_of(self.pack, asked), UNSURE);
                }
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
        let wanted = Wanted { benefits: wanted(self.pack, &answers), foremost: foremost(self.pack, &answers) };
        let pages = plan::pages(self.pack, &household, &outcome, &wanted);
        let left = pages.len();
        let next = || pages.into_iter().next().map_or(Page::Result, |page| Page::Questions(page.asks));
        let page = page.unwrap_or_else(next);
        let mut trail = self.trail;
        if onward && self.at != page && page != Page::Start {
            trail.push(self.at);
        }
        Screen { page, answers, household, outcome, errors, left, trail, gone: Gone::Nothing }
    }
}

/// It is about the household, or about somebody who is on the list.
fn is_of_somebody(household: &Household, asked: Question) -> bool {
    asked.fact().is_some_and(|(_, who)| who.is_none_or(|person| person < household.people.len()))
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

/// The benefits that are for nothing but what happened.
fn foremost(pack: &Pack, answers: &Answers) -> Vec<usize> {
    let events: Vec<&str> = answers.all("event").collect();
    let is_for_these = |place: &usize| pack.benefits[*place].events.iter().all(|event| events.contains(&event.wire()));
    (0..pack.benefits.len()).filter(is_for_these).collect()
}

#[cfg(test)]
mod tests;
