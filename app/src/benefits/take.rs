//! What to take along: the documents, and the result as a code.

use leptos::prelude::*;
use shared::say;

use super::{
    groups::{Groups, Row},
    parts::{folded, new_tab, section},
    scene::Scene,
    short,
};
use crate::components::{
    checklist::{Checklist, Thing},
    qr::Qr,
};

/// Benefits named beside a document; where there are more, only their number is given.
const FEW: usize = 2;

/// Documents of these benefits, each once.
pub fn documents(scene: Scene<'_>, rows: &[&Row]) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let benefits: Vec<usize> = rows.iter().map(|row| row.benefit).collect();
    let of = |document: usize| {
        benefits.iter().filter(move |place| pack.benefits[**place].apply.documents.contains(&document))
    };
    let needed = (0..pack.documents.len()).filter(|document| of(*document).next().is_some());
    let things = needed.map(|document| {
        let of: Vec<&str> = of(document).map(|place| short::name(pack.benefits[*place].name.say(locale))).collect();
        let note = (of.len() < benefits.len()).then(|| match of.len() {
            ..=FEW => of.join(locale.say("、", ", ")),
            count => say!(locale, "其中 {count} 项要用", "for {count} of them"),
        });
        Thing { name: pack.documents[document].name.say(locale).to_owned(), note }
    });
    let things: Vec<Thing> = things.collect();
    (!things.is_empty()).then(|| {
        let body = view! { <Checklist things=things /> };
        section("flow papers", locale.say("要带的材料", "What to bring"), body.into_any())
    })
}

/// The result without the answers, as an address that a phone or the counter can read.
pub fn carry(scene: Scene<'_>, groups: &Groups) -> Option<AnyView> {
    let Scene { locale, pack, origin, today, .. } = scene;
    let ids =
        |rows: Vec<&Row>| rows.iter().map(|row| pack.benefits[row.benefit].id.as_str()).collect::<Vec<_>>().join(",");
    let (likely, bureau) = (ids(groups.found().collect()), ids(groups.bureau.iter().chain(&groups.lacking).collect()));
    if likely.is_empty() && bureau.is_empty() {
        return None;
    }
    let prefix = locale.prefix();
    let address =
        format!("{origin}{prefix}/benefits/summary?region={}&on={today}&likely={likely}&bureau={bureau}", pack.region);
    let label = locale.say("结果的二维码，不含您的回答", "QR code of the result, without your answers");
    let says = locale.say(
        "这个二维码只有可能符合的项目和要带的材料，没有您的回答。可以用手机扫，也可以给窗口看。",
        "This code holds only what may fit and what to bring, none of your answers. Scan it with a phone, or show it at \
         the counter.",
    );
    let body = view! {
        <p>{says}</p>
        <Qr content=address.clone() label=label />
        <p>
            <a href=address target="_blank" rel="noopener">
                {locale.say("打开这份清单", "Open this list")}
                {new_tab(locale)}
            </a>
        </p>
    };
    let title = locale.say("带着结果走（二维码）", "Take the result along (QR code)");
    Some(folded(title.to_owned(), body.into_any()))
}
