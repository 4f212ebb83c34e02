//! What is otherwise for a while, and who confirms what.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::Value;
use server::Error;
use server::audit::{Actor, verify_all};
use server::directory::{change, confirm};
use server::domains::streams;
use shared::directory::{Confirmation, Section};
use shared::hours::{Change, ChangeKind, Span};
use shared::locale::Locale;
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::problem::Problem;

use crate::support::{Setup, TestApp, http::Api, test_apps};

const CENTRE: &str = "es-440305007";

fn centre() -> PlaceId {
    PlaceId::parse(CENTRE).unwrap()
}

fn otherwise(from: &str, to: &str, kind: ChangeKind) -> Change {
    let reason = Localised::new("停电", "Power cut");
    Change { from: from.parse().unwrap(), to: to.parse().unwrap(), kind, reason }
}

async fn announce(test: &TestApp, change: Change) -> Result<String, Error> {
    change::announce(&test.app, &centre(), change, Actor::Operator, test.now()).await
}

async fn shown(test: &TestApp) -> Value {
    let answer = Api::of(&test.app).get(&format!("/api/v1/places/{CENTRE}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.body
}

#[tokio::test]
async fn a_closure_shows_at_once_with_its_reason_and_ends_by_itself() {
    for test in test_apps(Setup::default()).await {
        assert_eq!(shown(&test).await["open"]["state"], "open");
        announce(&test, otherwise("2026-05-13T10:00:00", "2026-05-13T12:00:00", ChangeKind::Closed)).await.unwrap();
        let closed = shown(&test).await;
        assert_eq!(
            (&closed["open"]["state"], &closed["open"]["next"]),
            (&"closed".into(), &"2026-05-13T12:00:00+08:00".into())
        );
        assert_eq!(closed["changes"][0]["reason"]["zh"], "停电");
        test.set_clock("2026-05-13T12:00:00+08:00");
        let open = shown(&test).await;
        assert_eq!((&open["open"]["state"], open["changes"].as_array().unwrap().len()), (&"open".into(), 0));
    }
}

#[tokio::test]
async fn a_service_that_is_not_there_for_a_while_says_until_when_wherever_it_is_listed() {
    for test in test_apps(Setup::default()).await {
        let off = ChangeKind::WithoutService("meals".to_owned());
        announce(&test, otherwise("2026-05-13T10:00:00", "2026-05-15T00:00:00", off)).await.unwrap();
        let api = Api::of(&test.app);
        let listed = async |query: &str| {
            let list = api.get(&format!("/api/v1/places?kind=elderly_station&street=440305007{query}")).await.body;
            let centre = list["items"].as_array().unwrap().iter().find(|item| item["id"] == CENTRE).cloned().unwrap();
            let meals = centre["services"].as_array().unwrap().iter().find(|here| here["service"] == "meals").cloned();
            meals.unwrap()["suspended_until"].clone()
        };
        assert_eq!(listed("").await, "2026-05-15T00:00:00+08:00");
        assert_eq!(listed("&open_at=2026-05-15T12:00").await, Value::Null, "then it is there again");
        let others = shown(&test).await["services"].as_array().unwrap().clone();
        let suspended = others.iter().filter(|here| !here["suspended_until"].is_null()).count();
        assert_eq!((suspended, others.len() > 1), (1, true));
    }
}

#[tokio::test]
async fn another_process_shows_a_closure_within_a_minute() {
    for test in test_apps(Setup::default()).await {
        if test.backend() == server::database::Backend::Sqlite {
            continue;
        }
        let beside = test.beside().await;
        let ask =
            async || Api::of(&beside).get(&format!("/api/v1/places/{CENTRE}")).await.body["open"]["state"].clone();
        assert_eq!(ask().await, "open");
        announce(&test, otherwise("2026-05-13T10:00:00", "2026-05-13T12:00:00", ChangeKind::Closed)).await.unwrap();
        test.wait(TimeDelta::seconds(30));
        assert_eq!(ask().await, "closed");
    }
}

#[tokio::test]
async fn other_hours_hold_for_their_days_and_what_is_taken_back_holds_no_more() {
    for test in test_apps(Setup::default()).await {
        let spans = vec![Span { opens: "14:00".into(), closes: "16:00".into() }];
        let id = announce(&test, otherwise("2026-05-13T00:00:00", "2026-05-15T00:00:00", ChangeKind::Hours(spans)))
            .await
            .unwrap();
        assert_eq!(shown(&test).await["open"]["next"], "2026-05-13T14:00:00+08:00");
        change::take_back(&test.app, &id, Actor::Operator, test.now()).await.unwrap();
        assert_eq!(shown(&test).await["open"]["state"], "open");
        let again = change::take_back(&test.app, &id, Actor::Operator, test.now()).await;
        assert!(matches!(again, Err(Error::Problem(Problem::NotFound))));
    }
}

#[tokio::test]
async fn whoever_reads_other_hours_after_they_were_taken_back_or_over_says_the_same_as_whoever_read_them_before() {
    for test in test_apps(Setup::default()).await {
        if test.backend() == server::database::Backend::Sqlite {
            continue;
        }
        let spans = vec![Span { opens: "11:00".into(), closes: "11:30".into() }];
        let one_day = |kind| otherwise("2026-05-13T00:00:00", "2026-05-14T00:00:00", kind);
        announce(&test, one_day(ChangeKind::Hours(spans.clone()))).await.unwrap();
        announce(&test, otherwise("2026-05-13T09:00:00", "2026-05-13T11:15:00", ChangeKind::Closed)).await.unwrap();
        let before = shown(&test).await;
        test.set_clock("2026-05-13T12:00:00+08:00");
        let beside = test.beside().await;
        let read_now = Api::of(&beside).get(&format!("/api/v1/places/{CENTRE}")).await.body;
        let read_before = shown(&test).await;
        assert_eq!(before["open"]["next"], "2026-05-13T11:15:00+08:00");
        assert_eq!(read_now["open"], read_before["open"]);
        assert_eq!(read_now["open"]["state"], "closed", "the day has these hours to its end");
        let half = otherwise("2026-05-13T00:00:00", "2026-05-13T12:00:00", ChangeKind::Hours(spans));
        assert!(matches!(announce(&test, half).await, Err(Error::Problem(Problem::Fields(_)))));
    }
}

#[tokio::test]
async fn a_change_that_ends_before_it_begins_or_is_of_no_place_is_refused() {
    for test in test_apps(Setup::default()).await {
        for (from, to) in
            [("2026-05-13T10:00:00", "2026-05-13T10:00:00"), ("2026-05-14T10:00:00", "2026-05-13T10:00:00")]
        {
            let refused = announce(&test, otherwise(from, to, ChangeKind::Closed)).await;
            assert!(matches!(refused, Err(Error::Problem(Problem::Fields(_)))));
        }
        let change = otherwise("2026-05-13T10:00:00", "2026-05-13T12:00:00", ChangeKind::Message);
        let nowhere = PlaceId::parse("nowhere").unwrap();
        let refused = change::announce(&test.app, &nowhere, change, Actor::Operator, test.now()).await;
        assert!(matches!(refused, Err(Error::Problem(Problem::NotFound))));
    }
}

#[tokio::test]
async fn a_change_that_says_nothing_or_is_one_too_many_is_refused_and_every_other_place_stays_as_it_was() {
    for test in test_apps(Setup::default()).await {
        let field = async |change: Change| match announce(&test, change).await {
            Err(Error::Problem(Problem::Fields(errors))) => {
                errors.iter().map(|one| (one.field.clone(), one.reason.code())).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        let later = |kind| otherwise("2026-05-14T10:00:00", "2026-05-14T12:00:00", kind);
        let at = |field: &str, code| vec![(field.to_owned(), code)];
        let over = otherwise("2026-05-12T10:00:00", "2026-05-12T12:00:00", ChangeKind::Closed);
        assert_eq!(field(over).await, at("to", "change_over"));
        let silent = Change { reason: Localised::new("停电", " "), ..later(ChangeKind::Closed) };
        assert_eq!(field(silent).await, at("reason", "change_reason"));
        let unknown = ChangeKind::WithoutService("meal".to_owned());
        assert_eq!(field(later(unknown)).await, at("service", "change_service"));

        let mut made = Vec::new();
        for _ in 0..30 {
            made.push(announce(&test, later(ChangeKind::Message)).await.unwrap());
        }
        assert_eq!(field(later(ChangeKind::Message)).await, at("changes", "changes_many"));
        assert_eq!(shown(&test).await["changes"].as_array().unwrap().len(), 30);
        change::take_back(&test.app, &made[0], Actor::Operator, test.now()).await.unwrap();
        announce(&test, later(ChangeKind::WithoutService("meals".to_owned()))).await.unwrap();
    }
}

/// What is wrong with a change, by its fields.
async fn wrong(test: &TestApp, change: Change) -> Vec<(String, &'static str)> {
    match announce(test, change).await {
        Err(Error::Problem(Problem::Fields(errors))) => {
            errors.iter().map(|one| (one.field.clone(), one.reason.code())).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn why_something_is_otherwise_leads_nowhere_and_what_lasts_for_years_is_none_for_a_while() {
    for test in test_apps(Setup::default()).await {
        let until = |to: &str| otherwise("2026-05-14T10:00:00", to, ChangeKind::Closed);
        let said = |zh: &str, en: &str| Change { reason: Localised::new(zh, en), ..until("2026-05-14T12:00:00") };
        for (zh, en, field, code) in [
            ("http://x.cn 加微信 abc", "Power cut", "reason", "words_link"),
            ("停电", "See x.cn/a", "reason_en", "words_link"),
            ("停电，请打 13800000000", "Power cut", "reason", "words_number"),
            ("【民政】停电", "Power cut", "reason", "words_brackets"),
        ] {
            assert_eq!(wrong(&test, said(zh, en)).await, [(field.to_owned(), code)], "{zh}, {en}");
        }
        assert_eq!(wrong(&test, until("2999-01-01T00:00:00")).await, [("to".to_owned(), "change_far")]);
        announce(&test, until("2028-05-01T00:00:00")).await.unwrap();
    }
}

#[tokio::test]
async fn a_service_that_a_place_does_not_offer_is_not_missing_there() {
    for test in test_apps(Setup::default()).await {
        let point = PlaceId::parse("ep-440305001007").unwrap();
        let without = async |id: &str| {
            let kind = ChangeKind::WithoutService(id.to_owned());
            let change = otherwise("2026-05-14T10:00:00", "2026-05-14T12:00:00", kind);
            change::announce(&test.app, &point, change, Actor::Operator, test.now()).await
        };
        without("culture").await.unwrap();
        let Err(Error::Problem(Problem::Fields(errors))) = without("meals").await else { panic!("it has no meals") };
        let reason = &errors.iter().next().unwrap().reason;
        assert_eq!(reason.code(), "change_service");
        let known = reason.sentence(Locale::Zh);
        assert!(known.contains("culture") && !known.contains("meals"), "{known}");
    }
}

#[tokio::test]
async fn whoever_confirms_something_has_a_name_that_leads_nowhere() {
    for test in test_apps(Setup::default()).await {
        for (by, code) in [("", "who_missing"), (" ", "who_missing"), ("见 x.cn/a", "words_link")] {
            let confirmation = Confirmation { on: "2026-05-13".parse().unwrap(), by: by.to_owned() };
            let refused = confirm::confirm(&test.app, &centre(), &[], confirmation, Actor::Operator, test.now()).await;
            let Err(Error::Problem(Problem::Fields(errors))) = refused else { panic!("{refused:?}") };
            let told: Vec<_> = errors.iter().map(|one| (one.field.as_str(), one.reason.code())).collect();
            assert_eq!(told, [("by", code)]);
        }
    }
}

#[tokio::test]
async fn what_somebody_confirms_is_fresh_again_and_the_record_says_who() {
    for test in test_apps(Setup::default()).await {
        test.set_clock("2027-06-01T10:00:00+08:00");
        assert!(shown(&test).await["unconfirmed_days"]["hours"].as_u64().unwrap() > 90);
        let by = |on: &str| Confirmation { on: on.parse().unwrap(), by: "粤海街道办".into() };
        let confirm = async |sections: &[Section], on: &str| {
            confirm::confirm(&test.app, &centre(), sections, by(on), Actor::Operator, test.now()).await
        };
        assert_eq!(confirm(&[Section::Hours, Section::Grade], "2027-06-01").await.unwrap(), [Section::Hours]);
        let fresh = shown(&test).await;
        assert_eq!(
            (&fresh["unconfirmed_days"]["hours"], &fresh["confirmed"]["hours"]["by"]),
            (&Value::Null, &"粤海街道办".into())
        );
        assert!(fresh["unconfirmed_days"]["services"].is_u64(), "the others are as old as before");
        confirm(&[Section::Hours], "2027-01-01").await.unwrap();
        assert_eq!(
            shown(&test).await["confirmed"]["hours"]["on"],
            "2027-06-01",
            "whoever confirmed it later knew more"
        );
        assert!(matches!(confirm(&[], "2027-06-02").await, Err(Error::Problem(Problem::Fields(_)))));
        assert!(verify_all(test.app.database(), streams()).await.unwrap().is_ok());
    }
}
