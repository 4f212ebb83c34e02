//! What to take along: the documents, and the result as a code.

use leptos::prelude::*;
use shared::{
    eligibility::verdict::{Outcome, Status},
    say,
};

use super::scene::Scene;
use crate::components::{
    checklist::{Checklist, Thing},
    qr::Qr,
};

/// Benefits named beside a document; where there are more, only their number is given.
const FEW: usize = 3;

/// Documents of everything that may fit, each once.
pub fn documents(scene: Scene<'_>, outcome: &Outcome, wanted: &[usize]) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let benefits = of_status(outcome, wanted, |status| status != Status::No);
    let of = |document: usize| {
        benefits.iter().filter(move |place| pack.benefits[**place].apply.documents.contains(&document))
    };
    let needed = (0..pack.documents.len()).filter(|document| of(*document).next().is_some());
    let things = needed.map(|document| {
        let of: Vec<&str> = of(document).map(|place| pack.benefits[*place].name.say(locale)).collect();
        let note = (of.len() < benefits.len()).then(|| match of.len() {
            ..=FEW => of.join(locale.say("、", ", ")),
            count => say!(locale, "其中 {count} 项要用", "for {count} of them"),
        });
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

/// Places of the benefits with this status for at least one person, each once, in the order of the pack.
fn of_status(outcome: &Outcome, wanted: &[usize], is_meant: impl Fn(Status) -> bool) -> Vec<usize> {
    let meant = outcome.verdicts.iter().filter(|verdict| is_meant(verdict.status) && wanted.contains(&verdict.benefit));
    let mut places: Vec<usize> = meant.map(|verdict| verdict.benefit).collect();
    // Verdicts come benefit by benefit.
    places.dedup();
    places
}

/// The result without the answers, as an address that a phone or the counter can read.
pub fn carry(scene: Scene<'_>, outcome: &Outcome, wanted: &[usize]) -> Option<AnyView> {
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
