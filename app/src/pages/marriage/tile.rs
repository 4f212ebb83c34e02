//! Marriage registration on the home page.

use crate::{
    components::sign::Sign,
    site::{Tile, Way},
    visit::Visit,
    words::Text,
};

pub const TILE: Tile = Tile {
    sign: Sign::Rings,
    what: Text(
        "两个人带上身份证，约好时间，当场领证，不收费。",
        "Book a time and bring your ID cards. You get your certificate on the spot, free of charge.",
    ),
    warm: true,
    more_title: Text("结婚登记", "Marriage registration"),
    more,
};

fn more(visit: &Visit) -> Vec<Way> {
    [
        ("/marriage/check", visit.say("先核对条件和材料", "Check conditions and documents first")),
        (
            "/marriage/registries",
            visit.say("登记处在哪里、几点办、打什么电话", "Registries: where, when, and what to call"),
        ),
        ("/marriage/bookings", visit.say("查看、改期或取消预约", "View, move or cancel a booking")),
    ]
    .map(|(path, text)| Way { sign: None, text: text.to_owned(), href: visit.url(path) })
    .into()
}
