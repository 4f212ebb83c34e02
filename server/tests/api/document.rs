//! The OpenAPI document says what the routes do, and the routes do what it says.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::counter::Paper;
use shared::invented;
use shared::marriage::check::{CheckInput, CheckRequest};
use shared::marriage::documents::DocumentCode;
use shared::marriage::{BookingInput, BookingRequest, RefusalGround};

use crate::support::{
    Setup,
    http::{Api, document, request},
    test_apps,
};

/// The API, as it was promised.
const TABLE: [(&str, &str); 58] = [
    ("delete", "/api/v1/cases/{reference}/files/{file_id}"),
    ("delete", "/api/v1/holds/{id}"),
    ("delete", "/api/v1/procedures/{id}/drafts/{draft_id}/files/{file_id}"),
    ("delete", "/api/v1/staff/session"),
    ("get", "/api/v1/benefits"),
    ("get", "/api/v1/bookings/{reference}"),
    ("get", "/api/v1/bundles/by-hash/{hash}"),
    ("get", "/api/v1/bundles/{kind}"),
    ("get", "/api/v1/calendar/deadline"),
    ("get", "/api/v1/calendar/{date}"),
    ("get", "/api/v1/cases/{reference}"),
    ("get", "/api/v1/cases/{reference}/files/{file_id}"),
    ("get", "/api/v1/cases/{reference}/messages"),
    ("get", "/api/v1/places"),
    ("get", "/api/v1/places/{id}"),
    ("get", "/api/v1/places/{id}/slots"),
    ("get", "/api/v1/policy/{region}"),
    ("get", "/api/v1/procedures"),
    ("get", "/api/v1/procedures/{id}"),
    ("get", "/api/v1/procedures/{id}/drafts/{draft_id}"),
    ("get", "/api/v1/procedures/{id}/drafts/{draft_id}/files"),
    ("get", "/api/v1/procedures/{id}/drafts/{draft_id}/files/{file_id}"),
    ("get", "/api/v1/registries"),
    ("get", "/api/v1/registries/{id}/slots"),
    ("get", "/api/v1/staff/cases"),
    ("get", "/api/v1/staff/cases/figures"),
    ("get", "/api/v1/staff/cases/{id}"),
    ("get", "/api/v1/staff/cases/{id}/messages"),
    ("get", "/api/v1/staff/day"),
    ("get", "/api/v1/staff/day/events"),
    ("get", "/api/v1/staff/ratings"),
    ("patch", "/api/v1/cases/{reference}/files/{file_id}"),
    ("patch", "/api/v1/procedures/{id}/drafts/{draft_id}/files/{file_id}"),
    ("post", "/api/v1/bookings"),
    ("post", "/api/v1/bookings/{reference}/cancel"),
    ("post", "/api/v1/bookings/{reference}/reschedule"),
    ("post", "/api/v1/cases/{reference}/files"),
    ("post", "/api/v1/cases/{reference}/messages"),
    ("post", "/api/v1/cases/{reference}/supplement"),
    ("post", "/api/v1/cases/{reference}/withdraw"),
    ("post", "/api/v1/eligibility/check"),
    ("post", "/api/v1/holds"),
    ("post", "/api/v1/holds/{id}/extend"),
    ("post", "/api/v1/hours/preview"),
    ("post", "/api/v1/marriage/check"),
    ("post", "/api/v1/phone-codes"),
    ("post", "/api/v1/procedures/{id}/drafts"),
    ("post", "/api/v1/procedures/{id}/drafts/{draft_id}/files"),
    ("post", "/api/v1/procedures/{id}/drafts/{draft_id}/submit"),
    ("post", "/api/v1/staff/cases/{id}/messages"),
    ("post", "/api/v1/staff/cases/{id}/settled"),
    ("post", "/api/v1/staff/cases/{id}/{act}"),
    ("post", "/api/v1/staff/counters/{id}/next"),
    ("post", "/api/v1/staff/ratings/{id}/follow"),
    ("post", "/api/v1/staff/session"),
    ("post", "/api/v1/staff/visits/{id}/{act}"),
    ("put", "/api/v1/cases/{reference}/rating"),
    ("put", "/api/v1/procedures/{id}/drafts/{draft_id}"),
];

fn operations() -> Vec<(&'static str, &'static str, &'static Value)> {
    let paths = document()["paths"].as_object().unwrap();
    let of_path = |(path, item): (&'static String, &'static Value)| {
        item.as_object().unwrap().iter().map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn every_promised_address_is_in_the_document_and_no_other() {
    let mut documented: Vec<_> = operations().iter().map(|(method, path, _)| (*method, *path)).collect();
    documented.sort_unstable();
    assert_eq!(documented, TABLE);
}

#[tokio::test]
async fn every_documented_address_is_routed_and_takes_no_other_method() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let paths: BTreeSet<_> = TABLE.iter().map(|(_, path)| *path).collect();
        for path in paths {
            let address = path
                .replace("{id}", "nanshan")
                .replace("{draft_id}", "x")
                .replace("{file_id}", "x")
                .replace("{kind}", "elderly_station")
                .replace("{hash}", "0")
                .replace("{region}", "440305")
                .replace("{reference}", "x")
                .replace("{date}", "2026-05-20")
                .replace("{act}", "arrive");
            for method in ["get", "post", "put", "patch", "delete"] {
                let request = request(
                    Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(),
                    &address,
                    None,
                    &Value::Null,
                );
                let refused = api.send(request).await.status == StatusCode::METHOD_NOT_ALLOWED;
                assert_eq!(refused, !TABLE.contains(&(method, path)), "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn the_document_is_served_as_it_is_written() {
    for test in test_apps(Setup::default()).await {
        let served = Api::of(&test.app).get("/api/openapi.json").await;
        assert_eq!(served.status, StatusCode::OK);
        assert_eq!(&served.body, document());
        assert!(served.body["openapi"].as_str().unwrap().starts_with("3.1."));
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_a_summary_and_its_path_parameters() {
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations() {
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
        assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{method} {path}");
        let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
        let declared = parameters.iter().filter(|parameter| parameter["in"] == "path");
        let declared: BTreeSet<_> = declared.map(|parameter| parameter["name"].as_str().unwrap()).collect();
        let in_path: BTreeSet<_> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        assert_eq!(declared, in_path, "{method} {path}");
    }
}

#[test]
fn whatever_stays_open_is_called_events_and_nothing_else_is() {
    for (method, path, operation) in operations() {
        let is_open = operation.pointer("/responses/200/content/text~1event-stream").is_some();
        assert_eq!(is_open, server::route::stays_open(path), "{method} {path}");
    }
}

#[test]
fn every_error_is_a_problem_and_every_operation_can_be_too_often_or_too_busy() {
    for (method, path, operation) in operations() {
        let responses = operation["responses"].as_object().unwrap();
        for status in ["429", "503"] {
            assert!(responses.contains_key(status), "{method} {path} {status}");
        }
        for (status, response) in responses.iter().filter(|(status, _)| *status >= &"400".to_owned()) {
            let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{method} {path} {status}");
        }
        if operation.get("requestBody").is_some() {
            for status in ["400", "413", "415", "422"] {
                assert!(responses.contains_key(status), "{method} {path} {status}");
            }
        }
    }
}

/// `body` without each member in turn; whether the document requires it is whether it is refused without.
fn requires_what_it_cannot_do_without(schema: &str, body: &Value, place: &str, refused: impl Fn(&Value) -> bool) {
    let required = document()["components"]["schemas"][schema]["required"].as_array().unwrap();
    let required: BTreeSet<_> = required.iter().map(|name| name.as_str().unwrap()).collect();
    assert!(!refused(body), "{schema}");
    for name in body.pointer(place).unwrap().as_object().unwrap().keys() {
        let mut without = body.clone();
        without.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(name);
        assert_eq!(refused(&without), required.contains(name.as_str()), "{schema} {name}");
    }
}

#[test]
fn the_document_requires_exactly_what_a_request_cannot_do_without() {
    let booking = json!({
        "hold_id": "hold", "hold_token": "token", "service": "marriage_registration", "locale": "en",
        "parties": invented::couple(1),
    });
    let refused = |body: &Value| BookingRequest::parse(BookingInput::deserialize(body).unwrap()).is_err();
    requires_what_it_cannot_do_without("BookingInput", &booking, "", refused);
    requires_what_it_cannot_do_without("PartyInput", &booking, "/parties/0", refused);

    let party = json!({ "kind": "mainland", "birth_date": "1998-03-27", "sex": "male", "status": "never_married" });
    let check = json!({ "date": "2026-05-20", "parties": [party, party], "kinship": "none" });
    let today = "2026-05-06".parse().unwrap();
    let refused = |body: &Value| CheckRequest::parse(&CheckInput::deserialize(body).unwrap(), today).is_err();
    requires_what_it_cannot_do_without("CheckInput", &check, "", refused);
    requires_what_it_cannot_do_without("CheckPartyInput", &check, "/parties/0", refused);
}

#[test]
fn the_document_lists_every_ground_and_paper_that_a_visit_can_end_with() {
    let properties = &document()["components"]["schemas"]["ActInput"]["properties"];
    let names = |list: &Value| -> BTreeSet<String> {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let grounds: BTreeSet<_> = RefusalGround::ALL.iter().map(|ground| ground.ground().to_string()).collect();
    assert_eq!(names(&properties["ground"]["enum"]), grounds);
    let papers = DocumentCode::MISSED.iter().map(|code| code.paper()).chain([Paper::AS_TOLD]);
    let papers: BTreeSet<_> = papers.map(|paper| paper.to_string()).collect();
    assert_eq!(names(&properties["papers"]["items"]["enum"]), papers);
}

fn is_staff(path: &str) -> bool {
    path.starts_with("/api/v1/staff/")
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(document(), &mut found);
    assert!(found.len() > 50);
    for reference in found {
        let target = document().pointer(reference.strip_prefix('#').unwrap());
        assert!(target.is_some(), "{reference}");
    }
    let schemes = document()["components"]["securitySchemes"].as_object().unwrap();
    for (method, path, operation) in operations() {
        for scheme in
            operation["security"].as_array().into_iter().flatten().flat_map(|one| one.as_object().unwrap().keys())
        {
            let (kind, value) = if is_staff(path) { ("in", "cookie") } else { ("scheme", "bearer") };
            assert_eq!(schemes[scheme][kind], value, "{method} {path}");
        }
        // Who signs in has nothing yet, and may have it wrong.
        let needs_token = operation["responses"].get("401").is_some() && operation["operationId"] != "sign_in";
        assert_eq!(operation.get("security").is_some(), needs_token, "{method} {path}");
    }
}
