//! What the API says of a place, of hours and of the whole list.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use shared::directory::Places;

use super::found::ids;
use crate::support::{
    Setup,
    http::{Api, request},
    test_apps,
};

#[tokio::test]
async fn a_place_says_everything_and_one_that_nobody_confirmed_for_years_says_only_that() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let centre = api.get("/api/v1/places/es-440305007").await;
        assert_eq!(centre.status, StatusCode::OK);
        assert_eq!(centre.body["below"].as_array().unwrap().len(), 4);
        assert_eq!(centre.body["measured"], Value::Null, "it was not measured in WGS-84");
        assert!(centre.body["rules"].as_array().unwrap().len() > 1 && centre.body["access"]["lift"] == "yes");
        assert_eq!(api.get("/api/v1/places/nobody").await.code(), "not_found");
        test.set_clock("2030-01-01T10:00:00+08:00");
        let gone = api.get("/api/v1/places/es-440305007").await;
        assert_eq!((gone.status, gone.code()), (StatusCode::GONE, "place_unconfirmed"));
        let list = api.get("/api/v1/places?kind=elderly_station").await;
        assert_eq!(list.body["total"], 0);
    }
}

#[tokio::test]
async fn registries_are_listed_with_the_hours_that_they_plan() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let list = api.get("/api/v1/places?kind=marriage_registry").await;
        assert_eq!(ids(&list.body), ["nanshan", "demo-bay", "demo-hill"]);
        // Its hours are invented although it is not; both lists say so of each place.
        let registries = api.get("/api/v1/registries").await.body;
        for (n, demo) in [false, true, true].into_iter().enumerate() {
            for one in [&list.body["items"][n], &registries[n]] {
                assert_eq!([&one["demo"], &one["demo_hours"]], [&json!(demo), &json!(true)], "{one}");
            }
        }
        assert_eq!(list.body["items"][0]["open"]["until"], "2026-05-13T12:00:00+08:00");
        test.set_clock("2026-05-13T12:30:00+08:00");
        let nanshan = api.get("/api/v1/places/nanshan").await;
        assert_eq!((&nanshan.body["demo"], &nanshan.body["demo_hours"]), (&json!(false), &json!(true)));
        assert_eq!(
            nanshan.body["open"],
            json!({ "state": "closed", "until": null, "next": "2026-05-13T14:00:00+08:00", "provisional": false })
        );
        let services = nanshan.body["services"].as_array().unwrap();
        let known: Vec<_> = services.iter().map(|one| (one["service"].clone(), one["price_fen"].clone())).collect();
        assert_eq!(
            known,
            [(json!("marriage"), json!(0))],
            "it can be booked; nobody has read at the bureau what else there is"
        );
        assert_eq!(nanshan.body["confirmed"], json!({}), "its address and phone were read in a newspaper");
        let marriages = api.get("/api/v1/places?kind=marriage_registry&service=marriage").await.body;
        assert_eq!(ids(&marriages), ["nanshan", "demo-bay", "demo-hill"]);
        assert_eq!((&marriages["total"], &marriages["unsure"]), (&json!(3), &json!(0)));
        for service in ["divorce", "reissue"] {
            let list = api.get(&format!("/api/v1/places?kind=marriage_registry&service={service}")).await.body;
            assert_eq!(ids(&list), ["demo-bay", "demo-hill", "nanshan"]);
            let items = list["items"].as_array().unwrap().iter();
            let unsure: Vec<_> = items.map(|item| item["unsure"].clone()).collect();
            assert_eq!(unsure, [false, false, true], "{service}: what is booked says nothing of the rest");
        }
        let invented = api.get("/api/v1/places/demo-bay").await;
        assert_eq!(invented.body["services"].as_array().unwrap().len(), 4);
    }
}

#[tokio::test]
async fn hours_are_previewed_by_the_one_evaluator_and_their_mistakes_told_at_their_place() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let preview =
            async |rules: Value, at: &str| api.post("/api/v1/hours/preview", json!({ "rules": rules, "at": at })).await;
        let open = |on: Value, opens: &str, closes: &str| json!([{ "on": on, "status": "open", "spans": [{ "opens": opens, "closes": closes }] }]);
        let workdays = json!({ "classes": ["workday", "make_up_workday"] });
        let answer = preview(open(workdays.clone(), "09:00", "17:00"), "2026-02-14T10:00").await;
        assert_eq!(answer.body["until"], "2026-02-14T17:00:00+08:00", "a worked Saturday");
        let answer = preview(open(workdays, "09:00", "17:00"), "2027-03-05T10:00").await;
        assert_eq!((answer.body["state"].as_str(), answer.body["provisional"].as_bool()), (Some("open"), Some(true)));
        let saturday = json!({ "weekdays": [6] });
        let night = preview(open(saturday.clone(), "22:00", "26:00"), "2026-05-17T01:00").await;
        assert_eq!(night.body["until"], "2026-05-17T02:00:00+08:00");
        for (opens, closes) in [("12:00", "12:00"), ("24:00", "26:00"), ("22:00", "02:00"), ("09:00", "48:01")] {
            let answer = preview(open(saturday.clone(), opens, closes), "2026-05-17T01:00").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{opens} {closes}");
            assert!(answer.fields()[0].0.starts_with("rules.0.spans.0."), "{answer:?}");
        }
        for at in ["tomorrow", "+262142-12-31T10:00", "-0001-01-01T10:00", "2101-01-01T10:00", "1948-12-31T10:00"] {
            let answer = preview(open(saturday.clone(), "09:00", "12:00"), at).await;
            assert_eq!(answer.fields(), [("at", "open_at")], "{at}");
        }
        for date in ["+99999-01-01", "2101-01-01", "1948-12-31"] {
            let far =
                preview(open(json!({ "dates": ["2026-05-17", date] }), "09:00", "12:00"), "2026-05-17T10:00").await;
            assert_eq!(far.fields(), [("rules.0.on", "hours_far")], "{date}");
        }
        let wide = preview(open(saturday.clone(), "０９：００", "１２：００"), "２０２６-０５-１６T１０：００").await;
        assert_eq!(wide.body["until"], "2026-05-16T12:00:00+08:00", "figures of any width");
        let every_day = json!({ "weekdays": [1, 2, 3, 4, 5, 6, 7] });
        let always = preview(open(every_day.clone(), "00:00", "24:00"), "2100-12-31T10:00").await;
        assert_eq!((&always.body["state"], &always.body["until"]), (&json!("open"), &Value::Null));
        let last = preview(open(every_day, "09:00", "17:00"), "2100-12-31T10:00").await;
        assert_eq!(last.body["until"], "2100-12-31T17:00:00+08:00");
        assert_eq!(preview(json!([]), "2026-05-17T01:00").await.body["state"], "unknown");
    }
}

#[tokio::test]
async fn the_whole_list_is_one_piece_that_never_changes_until_something_else_is_in_it() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let now = api.get("/api/v1/bundles/elderly_station").await.body;
        assert_eq!(now["places"], 57);
        let href = now["href"].as_str().unwrap();
        let mut asked = request(Method::GET, href, None, &Value::Null);
        asked.headers_mut().insert(header::ACCEPT_ENCODING, "gzip, br".parse().unwrap());
        let packed = api.send(asked).await;
        assert_eq!(packed.header(header::CONTENT_ENCODING), Some("br"));
        let plain = api.get(href).await;
        assert_eq!(plain.header(header::CONTENT_ENCODING), None);
        for refused in ["br;q=0", "br; q=0, gzip", "gzip, br;q=0.0"] {
            let mut asked = request(Method::GET, href, None, &Value::Null);
            asked.headers_mut().insert(header::ACCEPT_ENCODING, refused.parse().unwrap());
            assert_eq!(api.send(asked).await.header(header::CONTENT_ENCODING), None, "{refused}");
        }
        assert!(plain.header(header::CACHE_CONTROL).unwrap().contains("immutable"));
        assert_eq!(api.get("/api/v1/bundles/elderly_station").await.body["hash"], now["hash"]);
        assert_eq!(api.get("/api/v1/bundles/by-hash/0123").await.code(), "bundle_gone");
        assert_eq!(api.get("/api/v1/bundles/cinema").await.code(), "not_found");
        let kind = server::directory::kinds::kind("elderly_station").unwrap();
        let directory = server::directory::shown::of(&test.app, kind, test.now()).await.unwrap();
        assert_eq!(directory.address(), href);
        let unpacked = directory.packed(&test.app).await.unwrap().plain().await.unwrap();
        let places = Places::read(&unpacked).unwrap();
        let found = places.names().ranks("nantou");
        assert!(places.all().count() == 57 && found.iter().flatten().count() > 1);
        let bounds = places.bounds;
        assert!(bounds.holds(22_530_000, 113_930_000) && !bounds.holds(39_900_000, 116_400_000));
    }
}
