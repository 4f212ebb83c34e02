//! `/stations`: where older people eat, are looked after and meet, as the directory engine draws it.

use crate::{
    components::sign::Sign,
    directory::{self, DirectoryPages},
    site::{Site, Tile, Way},
    visit::Visit,
    words::Text,
};

pub static STATIONS: DirectoryPages = DirectoryPages {
    kind: "elderly_station",
    plural: Text("长者服务站", "Elderly stations"),
    lead: Text(
        "吃饭、照料、助浴、活动，按街道找一个。点电话就能打过去。",
        "Meals, care, bathing and company, street by street. Press a number to call.",
    ),
    open: Text("开放中", "Open"),
    // Bureaus, firms and charities run them.
    schema: "Place",
    above: ("/", Text("首页", "Home")),
    book: None,
};

pub const TILE: Tile = Tile {
    sign: Sign::Bowl,
    what: Text(
        "各街道的长者服务站：几点开，有什么服务，打什么电话。",
        "Stations for older people in every street: hours, services and phones.",
    ),
    warm: false,
    more_title: Text("长者服务站", "Elderly stations"),
    more,
};

pub fn pages(site: Site) -> Site {
    directory::pages(site, &STATIONS)
}

fn more(visit: &Visit) -> Vec<Way> {
    [
        ("/stations?open_at=now", visit.say("现在开着的站点", "Stations open now")),
        ("/stations?service=meals", visit.say("能吃饭的站点", "Stations with meals")),
        ("/stations?service=meal_delivery", visit.say("能送饭上门的站点", "Stations that deliver meals")),
    ]
    .map(|(path, text)| Way { sign: None, text: text.to_owned(), href: visit.url(path) })
    .into()
}
