//! One benefit of the result, with its reasons unfolded.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ComingAnswer, FigureAnswer, ReasonAnswer, ResultAnswer, SourceAnswer},
        answers::{Answer as Told, Asked, Household},
        evaluate::Case,
        flip::{Flip, flips},
        pack::Kind,
        truth::Truth,
        verdict::{Outcome, Status},
        words::say_span,
    },
    locale::Locale,
};

use super::{
    answered::edit_key,
    draw::{Scene, called},
    source,
};
use crate::components::{notice::Tone, tag::Tag};

pub fn card(
    scene: Scene<'_>,
    household: &Household,
    outcome: &Outcome,
    place: usize,
    result: &ResultAnswer,
) -> AnyView {
    let Scene { locale, pack, .. } = scene;
    let verdict = &outcome.verdicts[place];
    let benefit = &pack.benefits[verdict.benefit];
    let whose = verdict.who.map(|person| format!(" · {}", called(scene, person))).unwrap_or_default();
    // "At least nothing" tells nothing.
    let amount = result.amount.as_ref().filter(|amount| amount.to.is_some() || amount.from > Some(0));
    let amount = amount.map(|amount| {
        view! {
            <p class="result-amount">
                <strong>{amount.sentence.clone()}</strong>
                " "
                <span class="soft">{amount.formula.clone()}</span>
            </p>
        }
    });
    let coming = coming(scene, household, outcome, place, result);
    let reasons = result.reasons.iter().map(|reason| told(locale, reason)).collect_view();
    let reckoned = result.amount.iter().flat_map(|amount| &amount.figures);
    let sources = sources(locale, &result.reasons, reckoned);
    let apply = (verdict.status != Status::No).then(|| {
        let channels = benefit.apply.channels.iter().map(|channel| view! { <li>{channel.say(locale).to_owned()}</li> });
        let takes = benefit.apply.takes.as_ref().map(|takes| {
            view! { <li>{locale.say("多久：", "How long: ")} {takes.say(locale).to_owned()}</li> }
        });
        view! {
            <p class="result-where">{locale.say("去哪里办：", "Where: ")} {benefit.apply.place.say(locale).to_owned()}</p>
            <ul>{channels.collect_view()} {takes}</ul>
        }
    });
    let unknown = benefit.unknown.iter().map(|text| view! { <li>{text.say(locale).to_owned()}</li> }).collect_view();
    let unknown = (!benefit.unknown.is_empty()).then(|| {
        view! {
            <details class="sources">
                <summary>{locale.say("这里不知道、要问民政部门的", "Not known here: please ask the bureau")}</summary>
                <ul>{unknown}</ul>
            </details>
        }
    });
    let title = format!("{}{whose}", result.name);
    let href = format!("{}/benefits/{}", locale.prefix(), benefit.id);
    view! {
        <article class="result flow">
            <h3>
                <a href=href>{title}</a>
                " "
                {tag(locale, verdict.status)}
            </h3>
            <p>{benefit.summary.say(locale).to_owned()}</p>
            {amount}
            {coming}
            <ul class="reasons" role="list">{reasons}</ul>
            {sources}
            {ask(scene, &verdict.open)}
            {helps(scene, household, outcome, place)}
            {apply}
            {unknown}
        </article>
    }
    .into_any()
}

/// What is announced: a figure that changes, and whether the result changes with it.
fn coming(
    scene: Scene<'_>,
    household: &Household,
    outcome: &Outcome,
    place: usize,
    result: &ResultAnswer,
) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let verdict = &outcome.verdicts[place];
    let mut lines: Vec<(NaiveDate, String)> = Vec::new();
    for figure in result.reasons.iter().flat_map(|reason| &reason.figures) {
        let Some(ComingAnswer { from, value }) = &figure.coming else { continue };
        let line = match locale {
            Locale::Zh => format!("从 {}起，{}改为 {value}。", locale.date(*from), figure.name),
            Locale::En => format!("From {}: {} becomes {value}.", locale.date(*from), figure.name),
        };
        if !lines.iter().any(|(_, known)| *known == line) {
            lines.push((*from, line));
        }
    }
    let first = lines.iter().map(|(from, _)| *from).min()?;
    let case = Case::new(pack, household, first, outcome.known_on);
    let then = case.verdict(verdict.benefit, verdict.who).status;
    let turns = (then != verdict.status).then(|| match locale {
        Locale::Zh => format!("照现在的回答，到那时是“{}”。", said(locale, then)),
        Locale::En => format!("With these answers it will then be: {}.", said(locale, then)),
    });
    let lines = lines.into_iter().map(|(_, line)| line).chain(turns).collect::<Vec<_>>();
    Some(view! { <p class="result-coming">{lines.join(locale.say("", " "))}</p> }.into_any())
}

fn told(locale: Locale, reason: &ReasonAnswer) -> AnyView {
    let (class, word) = match (reason.bureau, reason.truth) {
        (true, _) => ("reason reason-bureau", locale.say("民政部门核实", "The bureau checks")),
        (false, Truth::Yes) => ("reason reason-yes", locale.say("符合", "Fits")),
        (false, Truth::No) => ("reason reason-no", locale.say("不符合", "Does not fit")),
        (false, Truth::Open) => ("reason reason-open", locale.say("还不知道", "Not known yet")),
    };
    view! {
        <li class=class>
            <strong class="reason-word">{word}</strong>
            " "
            {reason.sentence.clone()}
        </li>
    }
    .into_any()
}

/// The figures and texts that the conditions and the amount rest on, each once, behind one press.
fn sources<'a>(
    locale: Locale,
    reasons: &'a [ReasonAnswer],
    reckoned: impl Iterator<Item = &'a FigureAnswer>,
) -> Option<AnyView> {
    let mut figures: Vec<&FigureAnswer> = Vec::new();
    let mut basis: Vec<&SourceAnswer> = Vec::new();
    for figure in reasons.iter().flat_map(|reason| &reason.figures).chain(reckoned) {
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    for reason in reasons {
        basis.extend(reason.basis.iter().filter(|source| !basis.contains(source)).collect::<Vec<_>>());
    }
    let figures: Vec<AnyView> = figures.into_iter().map(|figure| figured(locale, figure)).collect();
    let basis: Vec<AnyView> = basis.into_iter().map(|source| cited(locale, source)).collect();
    (!figures.is_empty() || !basis.is_empty()).then(|| {
        view! {
            <details class="sources">
                <summary>{locale.say("数字和依据", "Figures and law")}</summary>
                <ul>{figures} {basis}</ul>
            </details>
        }
        .into_any()
    })
}

fn figured(locale: Locale, figure: &FigureAnswer) -> AnyView {
    let value = figure.value.clone().unwrap_or_else(|| locale.say("这里没有这个数字", "not known here").to_owned());
    let from = figure.from.map(|from| match locale {
        Locale::Zh => format!("，{}起", locale.date(from)),
        Locale::En => format!(", since {}", locale.date(from)),
    });
    let old = figure.old.then(|| locale.say("（可能已经调整）", " (may have been raised since)"));
    let source = figure.source.as_ref().map(|source| format!("{}{}", locale.say("，", ", "), title(locale, source)));
    view! {
        <li>{figure.name.clone()} {locale.say("：", ": ")} {value} {from} {old} {source}</li>
    }
    .into_any()
}

fn cited(locale: Locale, source: &SourceAnswer) -> AnyView {
    let text = title(locale, source);
    match &source.url {
        Some(url) => view! { <li><a href=url.clone() rel="noreferrer">{text}</a></li> }.into_any(),
        None => view! { <li>{text}</li> }.into_any(),
    }
}

/// A source, how sure it is and when it was last read.
fn title(locale: Locale, cited: &SourceAnswer) -> String {
    let checked = source::checked(locale, cited.grade, cited.checked, cited.stale);
    match locale {
        Locale::Zh => format!("{}（{checked}）", cited.title),
        Locale::En => format!("{} ({checked})", cited.title),
    }
}

/// The questions that would settle it, each a button to its page.
fn ask(scene: Scene<'_>, open: &[Asked]) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let asked = open.iter().map(|asked| {
        let key = edit_key(pack, *asked);
        let label = match asked {
            Asked::Household(fact) => pack.facts[*fact].label.say(locale).to_owned(),
            Asked::Person(person, fact) => {
                format!("{} · {}", called(scene, *person), pack.facts[*fact].label.say(locale))
            }
            Asked::People => locale.say("家里的人是不是都列出来了", "Whether everybody is listed").to_owned(),
        };
        view! {
            <li>
                <button class="button button-quiet" name="go" value=key>
                    {label}
                </button>
            </li>
        }
    });
    let asked: Vec<_> = asked.collect();
    (!asked.is_empty()).then(|| {
        view! {
            <div>
                <p>{locale.say("这些回答还能改变结果：", "These answers can still change it:")}</p>
                <ul class="asks" role="list">{asked}</ul>
            </div>
        }
        .into_any()
    })
}

/// What one change would alter, for a benefit that does not fit.
fn helps(scene: Scene<'_>, household: &Household, outcome: &Outcome, place: usize) -> Option<AnyView> {
    let Scene { locale, pack, today, .. } = scene;
    let verdict = &outcome.verdicts[place];
    if verdict.status != Status::No {
        return None;
    }
    let case = Case::new(pack, household, outcome.as_of, outcome.known_on);
    let lines = flips(&case, verdict.benefit, verdict.who).into_iter().filter_map(|Flip { asked, answer }| {
        let (Asked::Household(fact) | Asked::Person(_, fact)) = asked else { return None };
        let fact = &pack.facts[fact];
        let whose = match asked {
            Asked::Person(person, _) => format!("{} · ", called(scene, person)),
            _ => String::new(),
        };
        let value = match (answer, &fact.kind) {
            (Told::OneOf(options), Kind::Choice(known)) => {
                known[options.trailing_zeros() as usize].label.say(locale).to_owned()
            }
            (Told::Number(span), kind) => say_span(locale, span, kind.unit()?, today)?,
            _ => return None,
        };
        Some(format!("{whose}{}{}{value}", fact.label.say(locale), locale.say("：", ": ")))
    });
    let lines: Vec<_> = lines.map(|line| view! { <li>{line}</li> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="soft">
                <p>{locale.say("如果其中一项是这样，就不会卡在这里：", "It would not stop here if one of these were so:")}</p>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    })
}

pub fn tag(locale: Locale, status: Status) -> AnyView {
    let tone = match status {
        Status::Likely => Tone::Success,
        Status::Ask | Status::No => Tone::Info,
        Status::Bureau => Tone::Warning,
    };
    view! { <Tag text=said(locale, status) tone=tone /> }.into_any()
}

pub fn said(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Likely => locale.say("可能符合", "Likely"),
        Status::Ask => locale.say("还要回答", "Answers needed"),
        Status::Bureau => locale.say("要问民政部门", "The bureau must check"),
        Status::No => locale.say("看来不符合", "Does not seem to fit"),
    }
}

/// The name of a status in a form and a class.
pub fn word(status: Status) -> &'static str {
    match status {
        Status::Likely => "likely",
        Status::Ask => "ask",
        Status::Bureau => "bureau",
        Status::No => "no",
    }
}

pub fn status(word: &str) -> Option<Status> {
    [Status::Likely, Status::Ask, Status::Bureau, Status::No].into_iter().find(|status| self::word(*status) == word)
}
