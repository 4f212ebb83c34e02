//! What the API finds.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use crate::support::{Setup, http::Api, test_apps};

pub fn ids(answer: &Value) -> Vec<&str> {
    answer["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn all_stations_of_the_demonstration_are_found_the_large_ones_first_page_by_page() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = api.get(&format!("/api/v1/places?kind=elderly_station&limit=25&after={after}")).await;
            assert_eq!((page.status, page.body["total"].as_u64()), (StatusCode::OK, Some(57)));
            seen.extend(ids(&page.body).into_iter().map(str::to_owned));
            match page.body["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen.len(), 57);
        assert!(seen[0].starts_with("es-440305001"), "{seen:?}");
        let one = api.get("/api/v1/places?kind=elderly_station&limit=1").await.body["items"][0].clone();
        assert_eq!(
            (&one["tier"], &one["demo"], &one["position"]["datum"]),
            (&json!("street_centre"), &json!(true), &json!("gcj02"))
        );
        assert_eq!(
            one["open"],
            json!({ "state": "open", "until": "2026-05-13T18:00:00+08:00", "next": "2026-05-14T08:00:00+08:00", "provisional": false })
        );
        assert!(one["confirmed"]["hours"]["on"].is_string() && one.get("distance_m").is_none());
    }
}

#[tokio::test]
async fn the_nearest_comes_first_by_whatever_numbers_somebody_says_where_they_are() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let near = async |near: &str, datum: &str| {
            let answer = api.get(&format!("/api/v1/places?kind=elderly_station&near={near}&datum={datum}")).await;
            let items = answer.body["items"].as_array().unwrap();
            let is_old = |one: &Value| one["confirmed"]["hours"]["on"].as_str().is_some_and(|on| on <= "2025-05-13");
            assert!(items.iter().is_sorted_by_key(is_old), "what nobody confirmed for a year comes last");
            let others = items.iter().filter(|one| !is_old(one));
            let metres: Vec<_> = others.map(|one| one["distance_m"].as_u64().unwrap()).collect();
            (ids(&answer.body)[0].to_owned(), metres)
        };
        let (first, metres) = near("22.54080,113.91718", "gcj02").await;
        assert!(metres.is_sorted() && metres[0] < 1_500, "{metres:?}");
        // The same point, as phones and as Baidu number it.
        let (by_phone, again) = near("22.543847,113.912316", "wgs84").await;
        assert_eq!((&by_phone, again[0].abs_diff(metres[0]) <= 1), (&first, true));
        for (point, datum) in [
            ("39.91502,116.40401", "gcj02"),
            ("-90,-180", "gcj02"),
            ("-90,0", "wgs84"),
            ("90,113.9", "bd09"),
            ("40.7,-74.0", "wgs84"),
            ("-22.5,113.9", "wgs84"),
        ] {
            let answer = api.get(&format!("/api/v1/places?kind=elderly_station&near={point}&datum={datum}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{point}");
            assert_eq!(answer.fields(), [("near", "near_far")], "{point}");
        }
        let answer = api.get("/api/v1/places?kind=elderly_station&near=22.5,113.9&datum=gcj02").await;
        assert_eq!(answer.header(header::CACHE_CONTROL), Some("no-store"), "nobody keeps where somebody is");
    }
}

#[tokio::test]
async fn filters_take_what_fits_and_each_value_that_cannot_be_meant_is_told_at_its_name() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let total = async |query: &str| {
            let answer = api.get(&format!("/api/v1/places?kind=elderly_station&{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}: {answer:?}");
            answer.body["total"].as_u64().unwrap()
        };
        assert_eq!(total("tier=point").await, 23);
        assert_eq!(total("service=respite").await, 6);
        assert_eq!(total("street=440305007&tier=community_station").await, 4);
        assert_eq!(total("parent=es-440305007").await, 4);
        assert_eq!(total("open_at=2026-05-13T03:00").await, 0);
        assert!(total("open_at=now").await > 30);
        let named = total("q=%E5%8D%97%E5%A4%B4").await;
        assert!(named > 1 && total("q=nantou").await >= named && total("q=%2E%2E").await == 0);
        let first = api.get("/api/v1/places?kind=elderly_station&limit=1&street=440305007").await.body;
        let name = first["items"][0]["name"]["en"].as_str().unwrap().replace(' ', "%20");
        let by_name = api.get(&format!("/api/v1/places?kind=elderly_station&q={name}")).await.body;
        assert_eq!(by_name["items"][0]["id"], first["items"][0]["id"], "{name}");
        assert!(total("q=elderly").await > 1);
        for (query, field) in [
            ("kind=cinema", "kind"),
            ("", "kind"),
            ("kind=elderly_station&near=22.5,113.9", "datum"),
            ("kind=elderly_station&near=22.5,113.9&datum=mars", "datum"),
            ("kind=elderly_station&datum=mars", "datum"),
            ("kind=elderly_station&near=0,0&datum=wgs84", "near"),
            ("kind=elderly_station&near=39.90,116.40&datum=wgs84", "near"),
            ("kind=elderly_station&near=113.9&datum=gcj02", "near"),
            ("kind=elderly_station&near=113.9,22.5&datum=gcj02", "near"),
            ("kind=elderly_station&near=NaN,inf&datum=gcj02", "near"),
            ("kind=elderly_station&limit=0", "limit"),
            ("kind=elderly_station&limit=201", "limit"),
            ("kind=elderly_station&after=nobody", "after"),
            ("kind=elderly_station&service=cinema", "service"),
            ("kind=marriage_registry&tier=point", "tier"),
            ("kind=elderly_station&open_at=later", "open_at"),
            ("kind=elderly_station&open_at=1948-12-31T10:00", "open_at"),
            ("kind=elderly_station&open_at=2101-01-01T10:00", "open_at"),
            ("kind=elderly_station&parent=%00", "parent"),
            ("kind=elderly_station&most=0", "most"),
        ] {
            let answer = api.get(&format!("/api/v1/places?{query}")).await;
            let fields: Vec<_> = answer.fields().into_iter().map(|(field, _)| field).collect();
            assert_eq!((answer.status, fields), (StatusCode::UNPROCESSABLE_ENTITY, vec![field]), "{query}");
        }
        // Figures and marks of any width.
        let list = async |query: &str| api.get(&format!("/api/v1/places?kind=elderly_station&{query}")).await.body;
        let wide = "near=22%EF%BC%8E53301%EF%BC%8C113.93042&datum=wgs84&limit=%EF%BC%95&most=%EF%BC%92%EF%BC%90";
        let narrow = list("near=22.53301,113.93042&datum=wgs84&limit=5&most=20").await;
        assert!(narrow["items"].is_array(), "{narrow}");
        assert_eq!(list(wide).await, narrow);
    }
}

#[tokio::test]
async fn each_mistake_of_a_query_has_its_own_sentence() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let mut sentences = std::collections::BTreeSet::new();
        let wrong = [
            "parent=%00",
            "after=nobody",
            "near=0,0&datum=wgs84",
            "near=39.90,116.40&datum=wgs84",
            "near=113.9&datum=gcj02",
            "near=113.95,22.54&datum=wgs84",
            "datum=mars",
            "most=0",
        ];
        for query in wrong {
            let answer = api.get(&format!("/api/v1/places?kind=elderly_station&{query}")).await;
            sentences.insert(answer.body["errors"].to_string());
        }
        assert_eq!(sentences.len(), wrong.len(), "{sentences:?}");
    }
}

#[tokio::test]
async fn what_is_found_for_a_time_and_a_service_says_how_that_service_stands_then() {
    for test in test_apps(Setup::default()).await {
        test.set_clock("2026-05-13T03:00:00+08:00");
        let api = Api::of(&test.app);
        let list = api.get("/api/v1/places?kind=elderly_station&service=meals&open_at=2026-05-14T12:00").await.body;
        let found = list["items"].as_array().unwrap();
        assert!(!found.is_empty());
        for item in found {
            assert_eq!(item["open"]["state"], "open", "{item}");
            assert!(item["open"]["until"].as_str().unwrap().starts_with("2026-05-14T"), "{item}");
        }
        let now = api.get("/api/v1/places?kind=elderly_station&service=meals").await.body;
        assert_eq!(now["items"][0]["open"]["state"], "closed");
    }
}

#[tokio::test]
async fn a_list_goes_on_after_a_place_that_has_closed_since() {
    for test in test_apps(Setup::default()).await {
        test.set_clock("2026-05-13T17:59:00+08:00");
        let api = Api::of(&test.app);
        let first = api.get("/api/v1/places?kind=elderly_station&open_at=now&limit=3").await.body;
        let after = first["next"].as_str().unwrap().to_owned();
        test.set_clock("2026-05-13T18:00:00+08:00");
        let closed = api.get(&format!("/api/v1/places/{after}")).await.body;
        assert_eq!(closed["open"]["state"], "closed", "the centre that the part ended with");
        let rest = api.get(&format!("/api/v1/places?kind=elderly_station&open_at=now&after={after}")).await;
        assert_eq!(rest.status, StatusCode::OK, "{rest:?}");
        assert_eq!(
            api.get("/api/v1/places?kind=elderly_station&open_at=now&after=nobody").await.fields()[0].0,
            "after"
        );
    }
}
