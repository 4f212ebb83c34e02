//! The questions of one topic, about one person or the household.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    eligibility::{
        evaluate::Who,
        pack::{Band, Fact, Kind, Unit},
        span::Span,
        words::say_span,
    },
    field::FieldMessage,
    locale::Locale,
    say,
};

use super::{
    answers::{UNSURE, field},
    scene::{Scene, called, message, onward},
};
use crate::components::{
    choice::{Choice, ChoiceOption},
    date_field::{DateField, TypedDate},
    text_field::TextField,
};

pub fn questions(scene: Scene<'_>, topic: usize, who: Who, facts: &[usize], messages: &[FieldMessage]) -> AnyView {
    let Scene { locale, pack, screen, .. } = scene;
    let topic = &pack.topics[topic];
    let about = match who {
        Some(person) => say!(locale, "关于{}", "About {}", called(scene, person)),
        None => locale.say("关于全家", "About the household").to_owned(),
    };
    let left = match screen.left {
        0 | 1 => locale.say("最后一组问题", "The last group of questions").to_owned(),
        left => say!(locale, "最多还有 {left} 组问题", "At most {left} more groups of questions"),
    };
    let why = topic.sensitive.as_ref().map(|why| view! { <p class="private">{why.say(locale).to_owned()}</p> });
    let fields = facts.iter().map(|fact| question(scene, &pack.facts[*fact], who, messages)).collect_view();
    view! {
        <p class="check-left">{left}</p>
        <h1>
            <span class="check-about">{about}</span>
            " "
            {topic.name.say(locale).to_owned()}
        </h1>
        {why}
        {fields}
        <p class="soft">
            {locale.say("空着的题目算作“不确定”。", "What you leave empty counts as “not sure”.")}
        </p>
        {onward(scene, locale.say("下一步", "Continue").to_owned())}
    }
    .into_any()
}

pub fn question(scene: Scene<'_>, fact: &Fact, who: Who, messages: &[FieldMessage]) -> AnyView {
    let Scene { locale, screen, today, .. } = scene;
    let name = field(fact, who);
    let sent = &screen.answers;
    let typed = |part: &str| sent.get(&format!("{name}.{part}")).to_owned();
    let (legend, error) = (fact.question.say(locale).to_owned(), message(messages, &name));
    let hint = fact.hint.as_ref().map(|hint| hint.say(locale).to_owned());
    let chosen = sent.get(&name).to_owned();
    match &fact.kind {
        Kind::Choice(options) => {
            let answers = options.iter().map(|option| ChoiceOption::new(option.id.clone(), option.label.say(locale)));
            let answers = answers.chain([unsure(locale, fact)]).collect();
            view! {
                <Choice locale=locale name=name legend=legend answers=answers chosen=chosen hint=hint error=error />
            }
            .into_any()
        }
        Kind::Money { bands, .. } => {
            let answers =
                bands.iter().map(|band| offered(locale, *band, today)).chain([unsure(locale, fact)]).collect();
            view! {
                <div class="money flow">
                    <Choice locale=locale name=name.clone() legend=legend answers=answers chosen=chosen hint=hint error=error />
                    <TextField
                        locale=locale
                        name=format!("{name}.sum")
                        label=locale.say("或者填准确的数（元）", "Or the exact sum (yuan)")
                        value=typed("sum")
                        inputmode="decimal"
                        width="input-short"
                    />
                </div>
            }
            .into_any()
        }
        Kind::Count { .. } => view! {
            <div class="money flow">
                <TextField
                    locale=locale
                    name=format!("{name}.number")
                    label=legend
                    hint=hint
                    error=error
                    value=typed("number")
                    inputmode="numeric"
                    width="input-short"
                />
            </div>
        }
        .into_any(),
        Kind::Birth => {
            let value = TypedDate { year: typed("year"), month: typed("month"), day: typed("day") };
            view! {
                <div class="money flow">
                    <DateField locale=locale name=name.clone() legend=legend value=value hint=hint error=error />
                    <TextField
                        locale=locale
                        name=format!("{name}.age")
                        label=locale.say("记不清日子，填周岁也可以", "Or the age, if the day is not known")
                        value=typed("age")
                        inputmode="numeric"
                        width="input-short"
                    />
                </div>
            }
            .into_any()
        }
    }
}

fn unsure(locale: Locale, fact: &Fact) -> ChoiceOption {
    let answer = ChoiceOption::new(UNSURE, locale.say("不确定", "Not sure"));
    match &fact.who_knows {
        Some(who) => {
            let who = who.say(locale);
            answer.hint(say!(locale, "可以问：{who}", "Who can tell: {who}"))
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
