use std::sync::Arc;

use axum::http::{HeaderMap, Uri};
use shared::{locale::Locale, notices::Wording};

use super::*;
use crate::{draw::fragment, visit::PortalFacts};

fn visit(locale: Locale) -> Visit {
    Visit::read(locale, &Uri::from_static("/"), &HeaderMap::new(), Arc::new(PortalFacts::default()))
}

fn notice(text: &str) -> Notice {
    Notice {
        board: Board::Home,
        tone: Tone::Warning,
        zh: Wording::parse("停电 <b>", text).unwrap(),
        en: None,
        from: DateTime::UNIX_EPOCH,
        until: DateTime::UNIX_EPOCH,
    }
}

#[test]
fn a_notice_is_text_and_its_links_stay_in_the_language_of_the_page() {
    let notice = notice("请看[预约](/marriage/book)<script>alert(1)</script>");
    let html = fragment(|| one(&visit(Locale::En), &notice));
    assert!(html.contains(r#"href="/en/marriage/book""#), "{html}");
    assert!(html.contains("&lt;script&gt;") && html.contains("停电 &lt;b&gt;"), "{html}");
    assert!(html.contains(r#"lang="zh-CN""#), "no English words were given: {html}");
    assert!(!fragment(|| one(&visit(Locale::Zh), &notice)).contains("lang="));
}

#[test]
fn a_long_text_is_opened_by_whoever_wants_it() {
    let short = fragment(|| one(&visit(Locale::Zh), &notice("请走楼梯。")));
    assert!(!short.contains("<details"), "{short}");
    let long = fragment(|| one(&visit(Locale::Zh), &notice(&"请走楼梯。".repeat(30))));
    assert!(long.contains("<details") && long.contains("详细说明"), "{long}");
    assert!(draw(&visit(Locale::Zh), &[]).is_none());
}
