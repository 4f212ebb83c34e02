//! Applications on the home page.

use crate::{
    components::sign::Sign,
    site::{Tile, Way},
    visit::Visit,
    words::Text,
};

pub const TILE: Tile = Tile {
    sign: Sign::Certificate,
    what: Text(
        "亲人身后的奖补和减免，在网上申请，随时看办到哪一步。",
        "Rewards and reliefs after a death in the family: apply, and see how far it is.",
    ),
    warm: false,
    more_title: Text("网上申请", "Apply online"),
    more,
};

fn more(visit: &Visit) -> Vec<Way> {
    [
        ("/procedures", visit.say("看看可以申请什么", "See what you can apply for")),
        ("/cases", visit.say("查进度、补充、撤回", "See how far it is, add to it or withdraw it")),
    ]
    .map(|(path, text)| Way { sign: None, text: text.to_owned(), href: visit.url(path) })
    .into()
}
