//! What was only read somewhere is told apart from what somebody has confirmed.

use super::{super::place::confirmed, *};

fn only_read() -> Listing {
    let source = "深圳新闻网 2024年5月的报道".into();
    Listing { confirmed: BTreeMap::new(), checked: day("2026-04-21"), source, ..real() }
}

#[test]
fn an_address_that_nobody_has_confirmed_says_when_and_where_it_was_read() {
    let words = text(&drawn(vec![only_read()], way::draw));
    assert!(words.contains("还没有人核实过") && words.contains("4月21日查看（深圳新闻网 2024年5月的报道）"), "{words}");
    assert!(!words.contains("日核实"), "{words}");
    let location = Confirmation { on: day("2026-05-01"), by: "示例街道办".into() };
    let confirmed = Listing { confirmed: BTreeMap::from([(Section::Location, location)]), ..only_read() };
    let words = text(&drawn(vec![confirmed], way::draw));
    assert!(words.contains("5月1日核实过") && !words.contains("查看"), "{words}");
}

#[test]
fn nobody_is_named_as_having_confirmed_what_was_only_read() {
    let html = drawn(vec![only_read()], confirmed::draw);
    let words = text(&html);
    assert!(words.contains("还没有人核实过，只是有人查看过。") && !html.contains("<table"), "{html}");
    assert!(words.contains("最初来自深圳新闻网 2024年5月的报道，4月21日查看。"), "{words}");
    let english = text(&drawn_at("2026-05-13T10:00:00", vec![only_read()], confirmed::draw, Locale::En));
    assert!(english.contains("First read in a news report of sznews.com, May 2024, looked at on"), "{english}");
    assert!(!english.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{english}");
}
