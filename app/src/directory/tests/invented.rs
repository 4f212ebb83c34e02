//! Hours that are invented at a real place: everything that shows them says so, and nothing else of the place is called invented.

use super::{
    super::{
        compare,
        entry::entry as entry_for,
        near,
        place::{print, row},
    },
    *,
};

const TAG: [(Locale, &str); 2] = [(Locale::Zh, "演示时间，不是真的"), (Locale::En, "Demo hours, not real")];
const NOW: &str = "2026-05-13T10:00:00";

fn invented() -> Listing {
    Listing { times: real().times.invented(true), ..real() }
}

type Draw = fn(&Scene<'_>, &Listing) -> AnyView;

/// Whatever shows a state or a week, by what it is.
const PARTS: [(&str, Draw); 6] = [
    ("in a list", entry),
    ("the week", hours::draw),
    ("the sheet for the wall", |scene, listing| print::sheet(scene, listing, "https://example.org")),
    ("beside others", |scene, listing| compare::table(scene, &[listing, listing])),
    ("a row that leads to it", row),
    ("what a phone finds by itself", |scene, _| near::answer(scene, &Filter::default())),
];

#[test]
fn whatever_shows_invented_hours_of_a_real_place_says_so_in_both_languages_and_real_ones_are_not_called_so() {
    for (locale, tag) in TAG {
        for (what, draw) in PARTS {
            let words = text(&drawn_at(NOW, vec![invented()], draw, locale));
            assert!(words.contains(tag), "{what}: {words}");
            let words = text(&drawn_at(NOW, vec![real()], draw, locale));
            assert!(!words.contains(tag), "{what}: {words}");
        }
    }
}

#[test]
fn nothing_of_invented_hours_looks_as_if_somebody_were_there_and_the_real_phone_is_called_all_the_same() {
    let html = drawn(vec![invented()], entry);
    let words = text(&html);
    assert!(words.contains("开放中，到 12:00") && words.contains("去之前先打电话问"), "{words}");
    assert!(!html.contains("state-open") && !words.contains("核实过"), "{html}");
    assert!(html.contains(r#"href="tel:075526661013""#) && !words.contains("演示电话"), "{html}");
    let sheet = text(&drawn(vec![invented()], |scene, listing| print::sheet(scene, listing, "https://example.org")));
    assert!(!sheet.contains("打不通"), "{sheet}");
}

#[test]
fn a_phone_is_told_whose_hours_are_invented_so_that_its_row_is_in_no_colour_either() {
    let draw = |scene: &Scene<'_>, _: &Listing| near::ask(scene, &Filter::default(), true);
    let id = real().id;
    let html = drawn(vec![invented()], draw);
    assert!(html.contains(&format!(r#"data-invented="{id}""#)), "{html}");
    let html = drawn(vec![real()], draw);
    assert!(html.contains("data-invented") && !html.contains(&format!(r#"data-invented="{id}""#)), "{html}");
    let script = include_str!("../../../../public/assets/begin-near.js");
    assert!(script.contains(r#"invented.split(" ").includes(row.id) ? "state-old""#), "{script}");
    assert_eq!(super::super::invented::STATE, "state-old");
}

#[test]
fn where_one_with_invented_hours_opens_first_that_is_said_beside_its_name() {
    let filter = Filter { open_at: Some(When::Now), ..Filter::default() };
    let draw = |scene: &Scene<'_>, _: &Listing| super::super::empty::empty(scene, &filter);
    let words = text(&drawn_at("2026-05-13T22:00:00", vec![invented()], draw, Locale::Zh));
    assert!(words.contains("海珠社区长者服务站（演示时间，不是真的）"), "{words}");
}

#[test]
fn for_whatever_is_looked_for_in_a_list_its_state_is_that_of_invented_hours() {
    let filter = Filter { service: Some("meals".into()), ..Filter::default() };
    let words = text(&drawn(vec![invented()], |scene, listing| entry_for(scene, listing, &filter)));
    assert!(words.contains("演示时间，不是真的，去之前先打电话问"), "{words}");
}
