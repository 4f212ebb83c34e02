//! What comes out: the ladder of social assistance, then each benefit with its reasons.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ContradictionAnswer, ResultAnswer, answer},
        answers::{Answer as Told, Asked, Household},
        pack::Kind,
        span::Exact,
        verdict::{Outcome, Status},
        words::money,
    },
    locale::Locale,
};

use super::{
    answered::answers,
    card,
    compare::{changes, statuses},
    draw::{Scene, called},
    place::stands_in,
    status,
    turn::{outcome, wanted},
};
use crate::components::{
    checklist::{Checklist, Thing},
    notice::{Notice, Tone},
    qr::Qr,
};

pub fn result(scene: Scene<'_>) -> AnyView {
    let Scene { locale, pack, screen, today, .. } = scene;
    let (household, outcome) = outcome(pack, &screen.sheet, today);
    let wanted = wanted(pack, &screen.sheet);
    let said = answer(pack, &household, &outcome, locale);
    let shown: Vec<(usize, &ResultAnswer)> = said
        .results
        .iter()
        .enumerate()
        .filter(|(place, _)| wanted.contains(&outcome.verdicts[*place].benefit))
        .collect();
    let group = |is_meant: &dyn Fn(&ResultAnswer) -> bool| {
        let cards = shown.iter().filter(|(_, result)| is_meant(result));
        cards.map(|(place, result)| card::card(scene, &household, &outcome, *place, result)).collect::<Vec<_>>()
    };
    let new = |status: Status| group(&|result| result.status == status && !result.already);
    let lead = match locale {
        Locale::Zh => format!("按{}的规定，{}算。这是估计，由民政部门审核后决定。", pack.name.zh, locale.date(today)),
        Locale::En => {
            format!("By the rules of {} as of {}. An estimate; the bureau decides.", pack.name.en, locale.date(today))
        }
    };
    let others = (wanted.len() < pack.benefits.len()).then(|| {
        view! {
            <button class="button button-quiet" name="go" value="all">
                {locale.say("其他的也看一遍", "Look at everything else too")}
            </button>
        }
    });
    view! {
        <h1>{locale.say("结果", "Result")}</h1>
        <p class="lead">{lead}</p>
        {stands_in(locale, pack, screen.sheet.get("region")).map(|line| view! { <p>{line}</p> })}
        {changes(scene, &outcome)}
        <input type="hidden" name="before" value=statuses(pack, &outcome) />
        {contradictions(scene, &said.contradictions)}
        {doubts(scene, &household)}
        {ladder(scene, &outcome)}
        {section(locale.say("可能符合", "Likely"), new(Status::Likely))}
        {section(locale.say("再回答几个问题才知道", "A few more answers needed"), new(Status::Ask))}
        {section(locale.say("要问民政部门", "The bureau must check"), new(Status::Bureau))}
        {section(locale.say("已经有的", "Already there"), group(&|result| result.already))}
        {folded(scene, new(Status::No))}
        {documents(scene, &outcome, &wanted)}
        {carry(scene, &outcome, &wanted)}
        {answers(scene, &household)}
        <div class="actions off-paper">
            {others}
            <button class="button button-quiet" name="go" value="again">
                {locale.say("给另一家查（清空）", "Check for another household (clears all)")}
            </button>
        </div>
        <p class="soft off-paper">
            {locale
                .say(
                    "要留一份：用浏览器的“打印”，也可以存成 PDF。",
                    "To keep a copy, print this page with your browser, or save it as PDF.",
                )}
        </p>
    }
    .into_any()
}

fn section(title: &'static str, cards: Vec<AnyView>) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{title}</h2>
                {cards}
            </section>
        }
        .into_any()
    })
}

/// What does not fit is there for who wants to know why, behind one press.
fn folded(scene: Scene<'_>, cards: Vec<AnyView>) -> Option<AnyView> {
    let title = match (scene.locale, cards.len()) {
        (_, 0) => return None,
        (Locale::Zh, count) => format!("看来不符合的（{count} 项）"),
        (Locale::En, count) => format!("Does not seem to fit ({count})"),
    };
    Some(
        view! {
            <details class="folded flow">
                <summary>
                    <h2>{title}</h2>
                </summary>
                {cards}
            </details>
        }
        .into_any(),
    )
}

/// The rungs of social assistance: a household stands on the first that fits.
fn ladder(scene: Scene<'_>, outcome: &Outcome) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let on = |rung: u8| (0..pack.benefits.len()).filter(move |place| pack.benefits[*place].rung == Some(rung));
    let rungs: Vec<usize> = (0..=u8::MAX).flat_map(on).collect();
    if rungs.len() < 2 {
        return None;
    }
    // Of a person's rung, the best of anybody counts.
    let best = |place: usize| {
        let verdicts = outcome.verdicts.iter().filter(|verdict| verdict.benefit == place);
        verdicts.min_by_key(|verdict| (!verdict.already, verdict.status))
    };
    let rungs = rungs.into_iter().filter_map(best).map(|verdict| {
        let stands = verdict.already || verdict.status == Status::Likely;
        view! {
            <li class=if stands { "rung rung-stands" } else { "rung" }>
                <span class="rung-name">{pack.benefits[verdict.benefit].name.say(locale).to_owned()}</span>
                " "
                {status::tag(locale, verdict)}
            </li>
        }
    });
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("社会救助，从上到下看", "Social assistance, from the top")}</h2>
                <p>
                    {locale
                        .say(
                            "街道收一次申请，按这个顺序看您家属于哪一种；上面的不符合，就看下面的。",
                            "The street office takes one application and looks in this order: where one does not fit, the next is tried.",
                        )}
                </p>
                <ol class="ladder" role="list">{rungs.collect_view()}</ol>
            </section>
        }
        .into_any(),
    )
}

fn contradictions(scene: Scene<'_>, all: &[ContradictionAnswer]) -> Vec<AnyView> {
    let notice = |found: &ContradictionAnswer| {
        let whose = found.person.map(|person| format!("{}{}", called(scene, person), scene.locale.say("：", ": ")));
        let title = format!("{}{}", whose.unwrap_or_default(), found.sentence);
        let answers = found.answers.iter().map(|answer| view! { <li>{answer.clone()}</li> }).collect_view();
        view! {
            <Notice title=title tone=Tone::Warning>
                <ul>{answers}</ul>
            </Notice>
        }
        .into_any()
    };
    all.iter().map(notice).collect()
}

/// Sums that look as if they were given in 万元, or in thousands.
fn doubts(scene: Scene<'_>, household: &Household) -> Vec<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let facts = pack.facts.iter().enumerate().filter(|(_, fact)| matches!(fact.kind, Kind::Money { .. }));
    let doubtful = facts.filter_map(|(place, fact)| {
        let Told::Number(span) = household.answer(Asked::Household(place)) else { return None };
        let sum = span.value()?;
        let (tiny, huge) = (sum > Exact::from(0) && sum < Exact::from(1_000), sum >= Exact::from(100_000_000));
        (tiny || huge).then(|| {
            let (label, sum) = (fact.label.say(locale), money(locale, sum));
            match locale {
                Locale::Zh => format!("{label}填的是 {sum}，对吗？单位是元，不是万元。"),
                Locale::En => {
                    format!("{label}: you gave {sum}. Is that right? The unit is yuan, not 10,000 yuan (万元).")
                }
            }
        })
    });
    doubtful.map(|title| view! { <Notice title=title tone=Tone::Warning /> }.into_any()).collect()
}

/// Documents of everything that may fit, each once.
fn documents(scene: Scene<'_>, outcome: &Outcome, wanted: &[usize]) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let benefits = of_status(outcome, wanted, |status| status != Status::No);
    let of = |document: usize| {
        benefits.iter().filter(move |place| pack.benefits[**place].apply.documents.contains(&document))
    };
    let needed = (0..pack.documents.len()).filter(|document| of(*document).next().is_some());
    let things = needed.map(|document| {
        let of: Vec<&str> = of(document).map(|place| pack.benefits[*place].name.say(locale)).collect();
        let note = (of.len() < benefits.len()).then(|| of.join(locale.say("、", ", ")));
        Thing { name: pack.documents[document].name.say(locale).to_owned(), note }
    });
    let things: Vec<Thing> = things.collect();
    (!things.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("要带的材料", "What to bring")}</h2>
                <Checklist things=things />
            </section>
        }
        .into_any()
    })
}

/// Places of the benefits that stand so for somebody, each once, in the order of the pack.
fn of_status(outcome: &Outcome, wanted: &[usize], is_meant: impl Fn(Status) -> bool) -> Vec<usize> {
    let meant = outcome.verdicts.iter().filter(|verdict| is_meant(verdict.status) && wanted.contains(&verdict.benefit));
    let mut places: Vec<usize> = meant.map(|verdict| verdict.benefit).collect();
    // Verdicts come benefit by benefit.
    places.dedup();
    places
}

/// The result without the answers, as an address that a phone or the counter can read.
fn carry(scene: Scene<'_>, outcome: &Outcome, wanted: &[usize]) -> Option<AnyView> {
    let Scene { locale, pack, origin, today, .. } = scene;
    let of = |status: Status| {
        let places = of_status(outcome, wanted, |found| found == status);
        places.into_iter().map(|place| pack.benefits[place].id.as_str()).collect::<Vec<_>>().join(",")
    };
    let (likely, bureau) = (of(Status::Likely), of(Status::Bureau));
    if likely.is_empty() && bureau.is_empty() {
        return None;
    }
    let prefix = locale.prefix();
    let address =
        format!("{origin}{prefix}/benefits/summary?region={}&on={today}&likely={likely}&bureau={bureau}", pack.region);
    let label = locale.say("结果的二维码，不含您的回答", "QR code of the result, without your answers");
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("带着结果走", "Take the result along")}</h2>
                <p>
                    {locale
                        .say(
                            "这个二维码只有可能符合的项目和要带的材料，没有您的回答。可以用手机扫，也可以给窗口看。",
                            "This code holds only what may fit and what to bring, none of your answers. Scan it with a phone, or show it at the counter.",
                        )}
                </p>
                <Qr content=address.clone() label=label />
                <p class="off-paper">
                    <a href=address>{locale.say("打开这份清单", "Open this list")}</a>
                </p>
            </section>
        }
        .into_any(),
    )
}
