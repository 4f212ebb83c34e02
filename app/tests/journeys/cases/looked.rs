//! Who reads what of a case, and that the family learns of it.

use axum::http::StatusCode;
use server::procedures::cases;
use shared::staff::Role;

use super::{CASES, House, correct, handed_in, reviewed, reviewer, typed, way_to};
use crate::journeys::at_work::at_work;

#[tokio::test]
async fn one_answer_in_full_asks_why_is_shown_once_and_the_family_reads_that_it_was() {
    let house = House::open().await;
    let typed = typed(1);
    let submitted = handed_in(&house, &typed, None).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    let number = &typed["applicant_id"];
    assert!(!li.get(&case).await.has(number), "masked at first");
    for (what, why, words) in [("", "核对证件", "请选择看哪一项"), ("applicant_id", "", "请写明原因")] {
        let page = li.post(&case, &[("do", "reveal"), ("what", what), ("why", why)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{what} {why}");
        page.says(words);
        assert!(!page.has(number));
    }
    let page = li.post(&case, &[("do", "reveal"), ("what", "applicant_id"), ("why", "和窗口的证件核对")]).await;
    assert_eq!((page.status, page.cache.as_str()), (StatusCode::OK, "no-store"));
    page.says(number);
    page.says("和窗口的证件核对");
    assert!(!li.get(&case).await.has(number), "gone with the page");
    let token = submitted.manage_token.reveal();
    let theirs = cases::for_family(&house.app, submitted.reference, token, house.now()).await.unwrap();
    let read = theirs.looks.iter().find(|look| look.field.as_deref() == Some("applicant_id")).unwrap();
    assert_eq!((read.why.as_deref(), read.by.as_ref()), (Some("和窗口的证件核对"), None), "why, and not who");
}

#[tokio::test]
async fn the_office_reads_of_the_applicant_and_is_spoken_to_as_nobody_else() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    let page = li.get(&case).await;
    for words in ["申请人姓名", "申请人手机号码", "申请人的银行卡号", "每条的第一句是对申请人说的话"]
    {
        page.says(words);
    }
    assert!(!page.has("您的姓名") && !page.has("您是逝者的") && !page.has("您自己的银行卡号"), "{}", page.html);
    let english = li.get(&format!("/en{case}")).await;
    english.says("Name of the applicant");
    assert!(!english.has("Your own bank card") && !english.has("Your mobile number"), "{}", english.html);
    // Above a form a mistake says which answer it is of.
    reviewed(&mut li, &case).await;
    let wrong = correct(&mut li, &case, ["relation", "", "户口本上写的是配偶"]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("申请人是逝者的：请选一项。");
}

#[tokio::test]
async fn whoever_reads_much_within_the_hour_proves_again_who_they_are() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let (clerk, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    // Signing in was proof enough for its first minutes.
    house.wait(chrono::TimeDelta::minutes(6));
    let reads = [("do", "reveal"), ("what", "applicant_phone"), ("why", "打电话核对")];
    for _ in 0..20 {
        assert_eq!(li.post(&case, &reads).await.status, StatusCode::OK);
    }
    let asked = li.post(&case, &reads).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked.says("请再确认一次是您本人");
    assert_eq!(asked.value("what"), "applicant_phone", "what was asked for is sent along");
    let code = clerk.code(&house);
    let proof = [("password", testhouse::staff::PASSWORD), ("code", code.as_str())];
    let all: Vec<_> = reads.iter().chain(&proof).copied().collect();
    let page = li.post(&case, &all).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("class=\"in-full\""), "{}", page.html);
}

#[tokio::test]
async fn nobody_finds_a_case_who_works_on_none_and_nobody_finds_one_that_is_not_there() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    let letter = format!("{case}/letter");
    for (n, role) in [(2, Role::CounterClerk), (3, Role::OfficeManager), (4, Role::ContentEditor), (5, Role::Auditor)] {
        let (_, mut other) = at_work(&house, n, role, "nanshan").await;
        for path in [CASES, case.as_str(), letter.as_str()] {
            let page = other.get(path).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{role:?} {path}");
            assert!(!page.has(&submitted.reference.to_string()), "{role:?} {path}");
        }
        let page = other.post(&case, &[("do", "accept"), ("version", "0")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    for path in ["/staff/cases/none", "/staff/cases/none/letter"] {
        assert_eq!(li.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(li.get(&letter).await.status, StatusCode::NOT_FOUND, "nothing is decided");
    assert_eq!(li.post("/staff/cases/none", &[("do", "accept"), ("version", "0")]).await.status, StatusCode::NOT_FOUND);
}
