//! Cases by the API for the office: who may, what is masked, and two people where it takes two.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use shared::procedures::StateName;
use shared::staff::Role;

use super::super::applying::{handed_in, text, whole};
use super::{CASES, act, acted, at_work, id_of, reviewed, shown};
use crate::support::{
    Setup,
    http::{Api, request},
    test_apps,
};

#[tokio::test]
async fn nobody_without_a_role_for_cases_reads_one_and_whoever_only_reads_them_changes_none() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let finance = at_work(&test, 1, &[Role::Finance]).await;
        let id = id_of(&finance, &case).await;
        let clerk = at_work(&test, 2, &[Role::CounterClerk, Role::OfficeManager]).await;
        let nobody = Api::of(&test.app);
        for (method, path, body) in [
            (Method::GET, CASES.to_owned(), Value::Null),
            (Method::GET, format!("{CASES}/{id}"), Value::Null),
            (Method::POST, format!("{CASES}/{id}/accept"), json!({ "version": 0 })),
        ] {
            let asked = || request(method.clone(), &path, None, &body);
            let refused = nobody.send(asked()).await;
            assert_eq!((refused.status, refused.code()), (StatusCode::UNAUTHORIZED, "sign_in_needed"), "{path}");
            let refused = clerk.send(asked()).await;
            assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "not_allowed"), "{path}");
            let answer = finance.send(asked()).await;
            let reads = if method == Method::GET { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(answer.status, reads, "{path}: {answer:?}");
        }
        assert_eq!(shown(&api, &case).await["state"], "submitted");
    }
}

#[tokio::test]
async fn a_list_and_a_case_are_masked_and_the_family_reads_who_looked() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        let list = office.get(&format!("{CASES}?queue=unassigned")).await.body;
        let id = id_of(&office, &case).await;
        assert_eq!(shown(&api, &case).await["looks"], json!([]), "a list opens nobody's case");
        let one = office.get(&format!("{CASES}/{id}")).await.body;
        assert_eq!((&one["reference"], &one["state"]), (&case["reference"], &json!("submitted")));
        assert_eq!((&list["items"][0]["id"], &list["more"]), (&json!(id), &json!(false)));
        assert!(one["answers"].as_array().unwrap().iter().any(|answer| answer["masked"] == true), "{one}");
        for field in ["deceased_name", "deceased_id", "applicant_name", "applicant_id", "applicant_phone", "account"] {
            for told in [&list, &one].map(Value::to_string) {
                assert!(!told.contains(text(&whole(101)[field])), "{field} is in {told}");
            }
        }
        assert_eq!(shown(&api, &case).await["looks"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn of_two_officers_the_second_reads_how_the_case_stands_now() {
    for test in test_apps(Setup::default()).await {
        let case = handed_in(&Api::of(&test.app), 101).await;
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        let other = at_work(&test, 2, &[Role::Reviewer]).await;
        let id = id_of(&office, &case).await;
        let (first, second) =
            tokio::join!(act(&office, &id, ("accept", 0), json!({})), act(&other, &id, ("accept", 0), json!({})));
        let (done, refused) = if first.status == StatusCode::OK { (first, second) } else { (second, first) };
        assert_eq!((done.status, &done.body["state"]), (StatusCode::OK, &json!("accepted")));
        assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "case_changed"));
        assert!(text(&refused.body["detail"]).contains(&StateName::Accepted.words().zh), "{refused:?}");
        for (name, code) in
            [("withdraw", "case_not_now"), ("accept_by_silence", "case_not_now"), ("lapse", "case_not_now")]
        {
            let refused = act(&office, &id, (name, 1), json!({})).await;
            assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, code), "{name}");
        }
    }
}

#[tokio::test]
async fn whoever_proposed_does_not_sign_whatever_roles_they_have_and_nothing_is_signed_unseen() {
    for test in test_apps(Setup::default()).await {
        let case = handed_in(&Api::of(&test.app), 101).await;
        let both = at_work(&test, 1, &[Role::Reviewer, Role::Approver]).await;
        let approver = at_work(&test, 2, &[Role::Approver]).await;
        let id = id_of(&both, &case).await;
        reviewed(&both, &id).await;
        let proposed = acted(&both, &id, ("propose", 2), json!({ "outcome": "granted", "hash": "my own" })).await;
        let hash = &proposed["proposal_hash"];
        assert!(hash.is_string() && *hash != "my own", "{proposed}");
        let own = act(&both, &id, ("approve", 3), json!({ "hash": hash })).await;
        assert_eq!((own.status, own.code()), (StatusCode::FORBIDDEN, "case_proposed_by_you"));
        let unseen = act(&approver, &id, ("approve", 3), json!({})).await;
        assert_eq!(unseen.fields(), [("hash", "wrong_type")]);
        let another = act(&approver, &id, ("approve", 3), json!({ "hash": "aa" })).await;
        assert_eq!((another.status, another.code()), (StatusCode::CONFLICT, "case_proposal_changed"));
        acted(&approver, &id, ("approve", 3), json!({ "hash": hash })).await;
    }
}

#[tokio::test]
async fn the_family_is_asked_for_something_that_the_form_knows() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        let id = id_of(&office, &case).await;
        let nothing = act(&office, &id, ("ask", 0), json!({ "items": [] })).await;
        assert_eq!((nothing.status, nothing.code()), (StatusCode::UNPROCESSABLE_ENTITY, "case_nothing_asked"));
        reviewed(&office, &id).await;
        let strange = act(&office, &id, ("ask", 2), json!({ "items": ["shoe_size"] })).await;
        assert_eq!((strange.status, strange.code()), (StatusCode::BAD_REQUEST, "malformed"));
        acted(&office, &id, ("ask", 2), json!({ "items": ["account"] })).await;
        let asked = shown(&api, &case).await;
        assert_eq!((&asked["state"], &asked["asked"]), (&json!("supplementing"), &json!(["account"])));
    }
}

#[tokio::test]
async fn a_refusal_says_which_condition_is_not_met_on_what_facts_and_what_shows_them() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        let approver = at_work(&test, 2, &[Role::Approver]).await;
        let id = id_of(&office, &case).await;
        reviewed(&office, &id).await;
        for (told, expected) in [
            (
                json!({ "outcome": "refused" }),
                &[
                    ("requirement", "decision_requirement_missing"),
                    ("facts", "decision_facts_missing"),
                    ("evidence", "decision_evidence_missing"),
                ][..],
            ),
            (
                json!({ "outcome": "refused", "requirement": "other", "facts": "这份骨灰已经领过。", "evidence": "发放记录" }),
                &[("article", "decision_article_missing")],
            ),
            (json!({ "outcome": "perhaps" }), &[("outcome", "not_offered")]),
            (json!({ "outcome": "granted", "sum": "-5" }), &[("sum", "decision_sum")]),
        ] {
            let answer = act(&office, &id, ("propose", 2), told).await;
            assert_eq!((answer.status, answer.fields().as_slice()), (StatusCode::UNPROCESSABLE_ENTITY, expected));
        }
        let refusal = json!({
            "outcome": "refused", "requirement": "place", "facts": "安葬证明上写的是外地的海域。", "evidence": "安葬证明",
        });
        acted(&office, &id, ("propose", 2), refusal.clone()).await;
        let silent = act(&approver, &id, ("send_back", 3), json!({})).await;
        assert_eq!((silent.status, silent.fields()[0].0), (StatusCode::UNPROCESSABLE_ENTITY, "said"), "{silent:?}");
        acted(&approver, &id, ("send_back", 3), json!({ "said": "请再核对一次安葬地点。" })).await;
        let proposed = acted(&office, &id, ("propose", 4), refusal).await;
        acted(&approver, &id, ("approve", 5), json!({ "hash": proposed["proposal_hash"] })).await;
        let told = shown(&api, &case).await;
        assert_eq!(told["outcome"], "refused");
        let expected = json!({
            "fen": null, "demo": false, "cash": null, "requirement": "place", "facts": "安葬证明上写的是外地的海域。", "evidence": "安葬证明",
            "article": null,
        });
        assert_eq!(told["decision"], expected);
    }
}

#[tokio::test]
async fn cases_acts_queues_and_pages_that_there_are_not_are_told() {
    for test in test_apps(Setup::default()).await {
        let case = handed_in(&Api::of(&test.app), 101).await;
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        let id = id_of(&office, &case).await;
        for path in [format!("{CASES}/none"), format!("{CASES}/%00")] {
            assert_eq!(office.get(&path).await.code(), "not_found", "{path}");
        }
        assert_eq!(act(&office, "none", ("accept", 0), json!({})).await.code(), "not_found");
        assert_eq!(act(&office, &id, ("approve_all", 0), json!({})).await.code(), "not_found");
        let wrong = office.get(&format!("{CASES}?queue=urgent&page=-1")).await;
        assert_eq!(wrong.fields(), [("queue", "not_offered"), ("page", "page")]);
        assert_eq!(office.get(&format!("{CASES}?page=1&page=2")).await.code(), "malformed");
        let far = office.get(&format!("{CASES}?queue=all&page=99999")).await;
        assert_eq!((far.status, &far.body["items"]), (StatusCode::OK, &json!([])));
    }
}
