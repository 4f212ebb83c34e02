//! What a list leaves a phone, for what it does by itself.

use super::{super::near, *};

#[test]
fn a_list_leaves_a_phone_all_that_it_needs_to_find_the_nearest_by_itself_and_shows_nothing_of_it() {
    for (locale, plain) in [(Locale::Zh, ""), (Locale::En, "/en")] {
        let all = |scene: &Scene<'_>, _: &Listing| {
            let filter = Filter::default();
            view! { {near::ask(scene, &filter, true)} {near::answer(scene, &filter)} {near::typed()} }.into_any()
        };
        let html = drawn_at("2026-05-13T10:00:00", vec![real()], all, locale);
        for part in ["<section id=\"near\" hidden", "id=\"near-answer\"", "id=\"typed\""] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(html.contains("data-list=\"/api/v1/bundles/by-hash/") && html.contains("data-now=\"1778666400\""));
        assert!(html.contains(&format!("data-path=\"{plain}/stations\"")), "{html}");
        for why in ["asking", "denied", "unavailable", "timeout", "network", "unsupported", "unsorted", "format"] {
            assert!(html.contains(&format!("<template data-why=\"{why}\">")), "{why}: {html}");
        }
        // What the script fills in.
        for class in [
            "place-name",
            "place-far",
            "place-where",
            "place-of",
            "state",
            "place-sure",
            "place-what",
            "place-call",
            "place-silent",
        ] {
            assert!(
                html.contains(&format!("class=\"{class}")) || html.contains(&format!(" {class}")),
                "{class}: {html}"
            );
        }
        let has_han = text(&html).chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert_eq!(has_han, locale == Locale::Zh, "{html}");
    }
}

#[test]
fn where_nothing_fits_there_is_no_button_for_the_nearest() {
    let html = drawn(vec![real()], |scene, _| near::ask(scene, &Filter::default(), false));
    assert!(!html.contains("data-act") && html.contains("data-list"), "{html}");
}
