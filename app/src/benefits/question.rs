//! One question with all its answers, about the household or one person.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    civil_date::DateBoxes,
    eligibility::{
        answers::{Answer, Question},
        evaluate::Who,
        pack::{Band, Fact, FactOption, Kind, LifeEvent, Unit},
        span::Span,
        words::say_span,
    },
    field::FieldMessage,
    locale::Locale,
    say,
};

use super::{
    answers::{UNSURE, field},
    scene::{Scene, called, is_alone, message},
};
use crate::components::{
    choice::{Choice, ChoiceOption},
    date_field::DateField,
    field::Group,
    text_field::TextField,
};

/// `opens` are the options after which more is asked below.
pub fn question(scene: Scene<'_>, asked: Question, opens: u64, messages: &[FieldMessage]) -> AnyView {
    let Some((place, who)) = asked.fact() else { return ().into_any() };
    let Scene { locale, pack, screen, .. } = scene;
    let fact = &pack.facts[place];
    let control = screen.answers.control(fact, who);
    let question = after_a_death(scene, &fact.id).unwrap_or_else(|| fact.question.say(locale));
    let asked = Asked {
        scene,
        fact,
        name: field(fact, who),
        error: message(messages, &control),
        control,
        legend: match who {
            Some(person) if !is_alone(scene) => after_colon(locale, &called(scene, person), question),
            _ => question.to_owned(),
        },
        hint: fact.hint.as_ref().map(|hint| hint.say(locale).to_owned()),
    };
    match &fact.kind {
        Kind::Choice(options) => asked.choice(options, possible(scene, place, who), opens),
        Kind::Money { bands, .. } => asked.money(bands),
        Kind::Count { .. } => asked.count(),
        Kind::Birth => asked.birth(),
    }
}

/// Whoever has just lost somebody is not asked "how are the parents" of a child that may have lost one.
fn after_a_death(scene: Scene<'_>, fact: &str) -> Option<&'static str> {
    let is_so = fact == "parents" && scene.screen.answers.all("event").any(|event| event == LifeEvent::Death.wire());
    is_so.then(|| scene.locale.say("现在由谁照顾？", "Who looks after them now?"))
}

/// `妈妈：户口在深圳市吗？`, `Mum: do they …?`
fn after_colon(locale: Locale, name: &str, question: &str) -> String {
    match locale {
        Locale::Zh => format!("{name}：{question}"),
        Locale::En => format!("{name}: {}", small(question)),
    }
}

/// A text that goes on a sentence.
pub fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Letters of a short answer, and of a span of sums on two lines; a Chinese one counts twice.
const WORD: usize = 12;
const SPAN: usize = 20;

/// A grid of short answers needs less of the page than a list.
fn are_short(answers: &[ChoiceOption], letters: usize) -> bool {
    let wide = |text: &str| text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<usize>();
    answers.iter().all(|answer| wide(&answer.text) <= letters)
}

/// Whoever was named when it was asked who is asked only what that leaves.
fn possible(scene: Scene<'_>, place: usize, who: Who) -> u64 {
    let Scene { pack, screen, .. } = scene;
    let known = who.is_none_or(|person| person < screen.household.people.len());
    match known.then(|| screen.household.answer(Question::of(place, who))) {
        Some(Answer::OneOf(options)) if pack.facts[place].named() == Some(options) => options,
        _ => u64::MAX,
    }
}

struct Asked<'a> {
    scene: Scene<'a>,
    fact: &'a Fact,
    name: String,
    /// The field that a message leads to.
    control: String,
    legend: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Asked<'_> {
    fn typed(&self, part: &str) -> String {
        self.scene.screen.answers.get(&format!("{}.{part}", self.name)).to_owned()
    }

    fn chosen(&self) -> String {
        self.scene.screen.answers.get(&self.name).to_owned()
    }

    fn choice(self, options: &[FactOption], possible: u64, opens: u64) -> AnyView {
        let (locale, chosen) = (self.scene.locale, self.chosen());
        let options = options.iter().enumerate().filter(|(place, _)| possible & (1 << place) != 0);
        let answers = options.map(|(place, option)| {
            ChoiceOption::new(option.id.clone(), option.label.say(locale)).opens(opens & (1 << place) != 0)
        });
        let mut answers: Vec<ChoiceOption> = answers.collect();
        // Yes before no.
        if answers.first().is_some_and(|answer| answer.value == "no") {
            answers.reverse();
        }
        answers.push(unsure(locale, self.fact));
        let Self { name, legend, hint, error, .. } = self;
        let class = if are_short(&answers, WORD) { "asked short" } else { "asked" };
        view! {
            <div class=class>
                <Choice locale=locale name=name legend=legend answers=answers chosen=chosen hint=hint error=error />
            </div>
        }
        .into_any()
    }

    /// A sum, or a rough amount where it is not known.
    fn money(self, bands: &[Band]) -> AnyView {
        let Scene { locale, today, .. } = self.scene;
        let (chosen, sum) = (self.chosen(), self.typed("sum"));
        let bands = bands.iter().map(|band| offered(locale, *band, today));
        let bands: Vec<ChoiceOption> = bands.chain([unsure(locale, self.fact)]).collect();
        let class = if are_short(&bands, SPAN) { "roughly short" } else { "roughly" };
        let Self { name, control, legend, hint, error, .. } = self;
        let sum = view! {
            <TextField
                locale=locale
                name=control
                label=locale.say("多少元（没有就填 0）", "Amount in yuan (0 if none)")
                error=error
                value=sum
                inputmode="decimal"
                width="input-short"
            />
        };
        let open = !chosen.is_empty();
        let roughly = view! {
            <Choice
                locale=locale
                name=name.clone()
                legend=locale.say("大概多少？", "Roughly how much?")
                answers=bands
                chosen=chosen
            />
        };
        view! {
            <Group locale=locale name=name legend=legend hint=hint>
                {sum}
                <details class=class open=open>
                    <summary>{locale.say("说不准，选个大概", "Choose a rough amount instead")}</summary>
                    {roughly}
                </details>
            </Group>
        }
        .into_any()
    }

    fn count(self) -> AnyView {
        let value = self.typed("number");
        let Self { scene, control, legend, hint, error, .. } = self;
        view! {
            <TextField
                locale=scene.locale
                name=control
                label=legend
                hint=hint
                error=error
                value=value
                inputmode="numeric"
                width="input-short"
            />
        }
        .into_any()
    }

    /// A date, or an age where it is not known.
    fn birth(self) -> AnyView {
        let value = DateBoxes { year: self.typed("year"), month: self.typed("month"), day: self.typed("day") };
        let age = self.typed("age");
        let Self { scene, name, control, legend, hint, error, .. } = self;
        let (of_date, of_age) = if control == name { (error, None) } else { (None, error) };
        view! {
            <div class="flow">
                <DateField locale=scene.locale name=name.clone() legend=legend value=value hint=hint error=of_date />
                <TextField
                    locale=scene.locale
                    name=format!("{name}.age")
                    label=scene.locale.say("记不清日子，填周岁也可以", "Or their age, if you do not know the date")
                    error=of_age
                    value=age
                    inputmode="numeric"
                    width="input-short"
                />
            </div>
        }
        .into_any()
    }
}

/// The last answer to everything, and who could tell.
pub fn unsure(locale: Locale, fact: &Fact) -> ChoiceOption {
    let answer = ChoiceOption::new(UNSURE, locale.say("不确定", "Not sure"));
    match &fact.who_knows {
        Some(who) => {
            let who = who.say(locale);
            answer.hint(say!(locale, "可以查或问：{who}", "You can check or ask: {who}"))
        }
        None => answer,
    }
}

fn offered(locale: Locale, band: Band, today: NaiveDate) -> ChoiceOption {
    let value = format!("{}-{}", band.from, band.to.map_or(String::new(), |to| to.to_string()));
    // A band begins one fen above the one before; people think in whole yuan.
    let from = band.from - band.from % 100;
    let text = match (band.from, band.to) {
        (0, Some(to)) => {
            let to = sum(locale, Span::exactly(to), today);
            say!(locale, "{to}以内", "up to {to}")
        }
        (_, Some(to)) => sum(locale, Span::between(from, to), today),
        (_, None) => {
            let from = sum(locale, Span::exactly(from), today);
            say!(locale, "{from}以上", "more than {from}")
        }
    };
    ChoiceOption::new(value, text)
}

fn sum(locale: Locale, span: Span, today: NaiveDate) -> String {
    say_span(locale, span, Unit::Money, today).unwrap_or_default()
}
