//! The three pages over invented rules, and over those that came with the program.

mod dated;
mod rules;
mod told;

use axum::http::StatusCode;

use crate::site::tests::TestSite;

/// The invented rules, on a day.
async fn on(day: &str) -> TestSite {
    let packs = rules::folder();
    let now = format!("{day}T09:00:00+08:00");
    TestSite::open(&["--packs", packs.path().to_str().unwrap(), "--region", "110000", "--now", &now]).await
}

/// A page that is there, without the marks that Leptos leaves between texts.
async fn page(house: &TestSite, path: &str) -> String {
    let answer = house.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.body.replace("<!>", "")
}

const PAGES: [&str; 4] = ["/benefits", "/benefits/allowance", "/benefits/edge", "/benefits/changes"];

/// What stands between two marks, each time they do.
fn between<'a>(body: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    body.split(begin).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

#[tokio::test]
async fn the_pages_are_whole_in_both_languages() {
    let house = on("2026-12-01").await;
    for path in PAGES {
        for (address, language) in [(path.to_owned(), "zh-CN"), (format!("/en{path}"), "en")] {
            let body = page(&house, &address).await;
            assert!(body.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\"")), "{address}");
            assert_eq!(body.matches("<h1>").count(), 1, "{address}");
            assert!(!body.contains(" style=") && !body.contains("<script"), "{address}");
            assert!(!body.contains('{') && !body.contains("有权") && !body.contains("entitled"), "{address}");
            assert!(body.matches("button-primary").count() <= 1, "{address}");
        }
    }
}

#[tokio::test]
async fn an_unknown_place_and_an_unknown_benefit_are_not_found() {
    let house = on("2026-12-01").await;
    let unknown = ["/benefits?region=", "/benefits?region=beijing", "/benefits/changes?region=11", "/benefits/nothing"];
    for path in unknown.into_iter().chain(["/benefits/allowance?region=１１００００", "/en/benefits/nothing"]) {
        let path = path.replace('１', "%EF%BC%91").replace('０', "%EF%BC%90");
        assert_eq!(house.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_place_without_rules_of_its_own_is_told_whose_rules_it_sees() {
    let house = on("2026-12-01").await;
    assert!(page(&house, "/benefits").await.contains("这里说的是样例市的规定。"));
    let below = page(&house, "/benefits/allowance?region=110101").await;
    assert!(below.contains("（区划代码 110101）没有单独收录，这里说的是样例市的规定。"), "{below}");
    let elsewhere = page(&house, "/en/benefits?region=220000").await;
    assert!(elsewhere.contains("(division code 220000) is not listed yet"), "{elsewhere}");
}

#[tokio::test]
async fn links_stay_with_the_place_that_was_asked_for() {
    let house = on("2026-12-01").await;
    let own = page(&house, "/benefits").await;
    assert!(own.contains("href=\"/benefits/check\"") && own.contains("href=\"/benefits/check?event=child_alone\""));
    let other = page(&house, "/en/benefits?region=110101").await;
    for href in [
        "/en/benefits/check?region=110101",
        "/en/benefits/check?event=lost_income&amp;region=110101",
        "/en/benefits/allowance?region=110101",
        "/en/benefits/changes?region=110101",
    ] {
        assert!(other.contains(&format!("href=\"{href}\"")), "{href}: {other}");
    }
    let benefit = page(&house, "/benefits/allowance?region=110101").await;
    assert!(benefit.contains("href=\"/benefits/check?benefit=allowance&amp;region=110101\""), "{benefit}");
}

#[tokio::test]
async fn the_form_offers_every_place_that_has_rules() {
    let body = page(&on("2026-12-01").await, "/benefits").await;
    assert_eq!(between(&body, "<option", "</option>").len(), 2);
    assert!(
        body.contains("<option value=\"110000\" selected>样例市") || body.contains("selected value=\"110000\">样例市")
    );
}

#[tokio::test]
async fn the_ladder_stands_first_and_in_its_order() {
    let body = page(&on("2026-12-01").await, "/benefits").await;
    let place = |text: &str| body.find(text).unwrap_or_else(|| panic!("{text}: {body}"));
    assert!(place("样例保障金") < place("样例边缘家庭") && place("样例边缘家庭") < place("<h2>老人</h2>"));
    assert!(place("<h2>老人</h2>") < place("样例老人津贴"));
    assert!(!body.contains("样例旧补贴"), "what has ended is not offered");
    assert!(body.contains("100 元到 300 元/月"), "one of several sums is told as their span");
}

#[tokio::test]
async fn the_rules_are_told_without_the_person_they_ask_about() {
    let house = on("2026-03-01").await;
    let zh = page(&house, "/benefits/allowance").await;
    assert!(zh.contains("家里人均月收入低于标准 1,535 元。"), "{zh}");
    assert!(
        zh.contains("这样也可以：有孩子的可以放宽。</li>"),
        "only the first sentence of an exception is for all: {zh}"
    );
    assert_eq!(zh.matches(">由民政部门核实<").count(), 1);
    let en = page(&house, "/en/benefits/allowance").await;
    assert!(en.contains("Income per head is below the standard of 1,535 yuan."), "{en}");
    let elder = page(&house, "/benefits/elder").await;
    assert!(elder.contains("是老年人。") && elder.contains("周岁：60 或以上"), "{elder}");
}

#[tokio::test]
async fn what_has_ended_still_has_its_page_and_says_so() {
    let body = page(&on("2026-12-01").await, "/benefits/former").await;
    assert!(body.contains("这项政策到 2024年12月31日为止，已经不再办理。"), "{body}");
}

#[tokio::test]
async fn the_home_page_leads_here() {
    let house = on("2026-12-01").await;
    assert!(
        page(&house, "/").await.contains("href=\"/benefits\"")
            && page(&house, "/en").await.contains("href=\"/en/benefits\"")
    );
}

#[tokio::test]
async fn every_benefit_that_came_with_the_program_has_its_page() {
    let house = TestSite::open(&[]).await;
    let policies = house.app.policies();
    for region in policies.regions() {
        for benefit in &policies.of(&region).unwrap().pack.benefits {
            for prefix in ["", "/en"] {
                let path = format!("{prefix}/benefits/{}?region={region}", benefit.id);
                let body = page(&house, &path).await;
                assert!(!body.contains('{') && !body.contains('…'), "{path} leaves something open: {body}");
                assert_eq!(body.contains('《'), prefix.is_empty(), "{path} cites in the other language: {body}");
            }
        }
        for path in ["/benefits", "/benefits/changes"] {
            page(&house, &format!("{path}?region={region}")).await;
            let path = format!("/en{path}?region={region}");
            let body = page(&house, &path).await;
            assert!(!body.contains('《'), "{path} cites in Chinese: {body}");
        }
    }
}
