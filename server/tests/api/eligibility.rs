//! "Can I get this?" as programs ask it.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::support::{
    Setup, TestApp,
    http::{Answer, Api, request},
    test_apps,
};

/// A couple with 1,000 yuan a month, all known, on a day whose standard is known.
fn couple() -> Value {
    json!({
        "region": "440305",
        "as_of": "2025-06-30",
        "known_on": "2025-06-30",
        "facts": {
            "household": {
                "wages": 1_000, "pensions": 0, "other_income": 0, "receives": "none",
                "savings": "none", "homes": "one", "vehicles": "none",
            },
            "people": [
                { "name": "我", "birth": "1980-03-01", "hukou_here": true },
                { "name": "妈妈", "birth": { "age": 72 }, "hukou_here": true },
            ],
            "complete": true,
        },
    })
}

fn result<'a>(answer: &'a Answer, benefit: &str) -> &'a Value {
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let results = answer.body["results"].as_array().unwrap();
    results.iter().find(|result| result["benefit"] == benefit).unwrap_or_else(|| panic!("no {benefit}: {answer:?}"))
}

async fn app() -> (TestApp, Api) {
    let test = test_apps(Setup::default()).await.remove(0);
    let api = Api::of(&test.app);
    (test, api)
}

#[tokio::test]
async fn a_household_is_told_what_it_may_get_why_and_by_which_figure() {
    let (_test, api) = app().await;
    let answer = api.post("/api/v1/eligibility/check", couple()).await;
    assert_eq!(answer.header(header::CACHE_CONTROL), Some("no-store"));
    let dibao = result(&answer, "dibao");
    assert_eq!(dibao["status"], "likely", "{dibao}");
    // 1,535 yuan for each of two, less 1,000.
    assert_eq!((&dibao["amount"]["from"], &dibao["amount"]["to"]), (&json!(207_000), &json!(207_000)));
    let figures = dibao["reasons"].as_array().unwrap().iter().flat_map(|reason| reason["figures"].as_array().unwrap());
    let standard = figures.clone().find(|figure| figure["from"] == "2025-01-01").unwrap();
    assert!(standard["value"].as_str().unwrap().contains("1,535"), "{standard}");
    assert!(standard["source"]["title"].is_string() && standard["source"]["checked"].is_string(), "{standard}");
    // What an amount was reckoned from is told like what a condition was judged by.
    assert_eq!(
        dibao["amount"]["figures"].as_array().unwrap().iter().find(|figure| *figure == standard),
        Some(standard)
    );
}

#[tokio::test]
async fn money_is_yuan_as_a_number_and_as_a_text() {
    let (_test, api) = app().await;
    for wages in [json!(1_000), json!("1000"), json!("1,000.00 yuan"), json!({ "from": 1_000, "to": "1000" })] {
        let mut asked = couple();
        asked["facts"]["household"]["wages"] = wages.clone();
        let answer = api.post("/api/v1/eligibility/check", asked).await;
        assert_eq!(result(&answer, "dibao")["amount"]["to"], 207_000, "{wages}");
    }
}

#[tokio::test]
async fn what_is_not_told_is_asked_for_and_nothing_is_assumed() {
    let (_test, api) = app().await;
    let answer = api.post("/api/v1/eligibility/check", json!({ "region": "440305" })).await;
    let results = answer.body["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        assert_ne!(result["status"], "likely", "{result}");
        assert_ne!(result["status"], "no", "{result}");
    }
    assert!(result(&answer, "dibao")["open"].as_array().unwrap().contains(&json!("complete")));
}

#[tokio::test]
async fn each_mistake_is_told_at_its_fact() {
    let (_test, api) = app().await;
    for (place, value, field, code) in [
        ("/facts/household/wages", json!("viel"), "facts.household.wages", "amount_unreadable"),
        ("/facts/household/wages", json!(-1), "facts.household.wages", "number_out_of_range"),
        ("/facts/household/wages", json!(i64::MAX), "facts.household.wages", "number_out_of_range"),
        ("/facts/household/wages", json!({ "from": 5, "to": 1 }), "facts.household.wages", "range_backwards"),
        ("/facts/household/wages", json!([]), "facts.household.wages", "fact_kind"),
        ("/facts/household/receives", json!("everything"), "facts.household.receives", "option_unknown"),
        ("/facts/household/luck", json!(7), "facts.household.luck", "fact_unknown"),
        ("/facts/household/birth", json!("1980-01-01"), "facts.household.birth", "fact_unknown"),
        ("/facts/people/0/birth", json!("2025-07-01"), "facts.people.0.birth", "date_in_future"),
        ("/facts/people/0/birth", json!("1893-01-01"), "facts.people.0.birth", "age_too_great"),
        ("/facts/people/0/birth", json!({ "age": 131 }), "facts.people.0.birth", "age_too_great"),
        ("/facts/people/0/birth", json!("2025-02-29"), "facts.people.0.birth", "fact_kind"),
        ("/facts/people/0/birth", json!({ "age": -1 }), "facts.people.0.birth", "age_unreadable"),
        ("/facts/people/0/birth", json!({}), "facts.people.0.birth", "fact_kind"),
        ("/facts/people/0/birth", json!({ "age": "八十" }), "facts.people.0", "wrong_type"),
        ("/facts/people/0/birth", json!({ "date": "1980-01-01" }), "facts.people.0", "wrong_type"),
        ("/facts/household/wages", json!({ "about": 5 }), "facts.household.wages", "wrong_type"),
        ("/facts/household/wages", json!(1_000_001), "facts.household.wages", "number_out_of_range"),
        ("/facts/people/1/hukou_here", json!(3), "facts.people.1.hukou_here", "fact_kind"),
    ] {
        let mut asked = couple();
        let (parent, name) = place.rsplit_once('/').unwrap();
        asked.pointer_mut(parent).unwrap()[name] = value;
        let answer = api.post("/api/v1/eligibility/check", asked).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{place}: {answer:?}");
        assert_eq!(answer.fields(), [(field, code)], "{place}");
    }
    let mut rich = couple();
    rich["facts"]["household"]["wages"] = json!(1_000_001);
    let answer = api.post("/api/v1/eligibility/check", rich).await;
    assert!(answer.body.to_string().contains("0 元到 1000000 元"), "the sentence names the unit: {answer:?}");
    let mut crowd = couple();
    crowd["facts"]["people"] = json!(vec![json!({ "name": "x" }); 31]);
    let answer = api.post("/api/v1/eligibility/check", crowd).await;
    assert_eq!(answer.fields(), [("facts.people", "people_too_many")]);
}

#[tokio::test]
async fn a_region_without_a_pack_is_answered_by_the_one_above_and_no_region_by_nobody() {
    let (_test, api) = app().await;
    let ask = async |region: &str| {
        let mut asked = couple();
        asked["region"] = json!(region);
        api.post("/api/v1/eligibility/check", asked).await
    };
    assert_eq!(ask("440306").await.body["region"], "440300");
    assert_eq!(ask("110105").await.body["region"], "100000");
    for strange in ["", "44", "深圳", "../440305", "44030５"] {
        assert_eq!(ask(strange).await.status, StatusCode::NOT_FOUND, "{strange}");
    }
}

#[tokio::test]
async fn a_pack_is_known_by_its_hash() {
    let (_test, api) = app().await;
    let list = api.get("/api/v1/benefits?region=440306").await;
    assert_eq!(list.body["region"], "440300");
    let hash = list.body["hash"].as_str().unwrap().to_owned();
    let pack = api.get("/api/v1/policy/440300").await;
    assert_eq!((pack.status, pack.header(header::CACHE_CONTROL)), (StatusCode::OK, Some("no-cache")));
    assert_eq!(pack.header(header::ETAG), Some(format!("\"{hash}\"").as_str()));
    let kept = api.get(&format!("/api/v1/policy/440300?hash={hash}")).await;
    assert!(kept.header(header::CACHE_CONTROL).unwrap().contains("immutable"));
    assert_eq!(kept.header(header::CONTENT_ENCODING), None);
    assert_eq!(api.get("/api/v1/policy/440300?hash=0").await.status, StatusCode::NOT_FOUND);
    let compact = api.get(&format!("/api/v1/policy/440300?hash={hash}&form=compact")).await;
    assert_eq!(compact.header(header::CONTENT_TYPE), Some("application/octet-stream"));
    assert_ne!(compact.header(header::ETAG), pack.header(header::ETAG));
    assert_eq!(api.get("/api/v1/policy/440300?form=other").await.status, StatusCode::BAD_REQUEST);
    let mut again = request(Method::GET, "/api/v1/policy/440300", None, &Value::Null);
    again.headers_mut().insert(header::IF_NONE_MATCH, format!("\"{hash}\"").parse().unwrap());
    assert_eq!(api.send(again).await.status, StatusCode::NOT_MODIFIED);
}
