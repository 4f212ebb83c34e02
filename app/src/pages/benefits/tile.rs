//! Benefits on the home page.

use shared::eligibility::pack::LifeEvent;

use crate::{
    benefits::start::label,
    components::sign::Sign,
    site::{Tile, Way},
    visit::Visit,
    words::Text,
};

pub const TILE: Tile = Tile {
    sign: Sign::Home,
    what: Text(
        "低保、救助、高龄、残疾、孩子：给谁、给多少、去哪里办。",
        "Relief and allowances: for whom, how much, and where to ask.",
    ),
    warm: false,
    more_title: Text("家里遇到了什么事？", "What has happened at home?"),
    more,
};

/// What may have happened, each a way straight into the check.
fn more(visit: &Visit) -> Vec<Way> {
    let way = |event: &LifeEvent| Way {
        sign: Some(sign(*event)),
        text: label(visit.locale, *event).to_owned(),
        href: visit.url(&format!("/benefits/check?event={}", event.wire())),
    };
    LifeEvent::ALL.iter().map(way).collect()
}

fn sign(event: LifeEvent) -> Sign {
    match event {
        LifeEvent::LostIncome => Sign::Purse,
        LifeEvent::Illness => Sign::Illness,
        LifeEvent::Disability => Sign::Wheelchair,
        LifeEvent::OldAge => Sign::Cane,
        LifeEvent::ChildAlone => Sign::Child,
        LifeEvent::Death => Sign::Candle,
    }
}
