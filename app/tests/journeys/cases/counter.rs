//! An application that a clerk fills in for a family at the counter, on the family's own pages.

use axum::http::StatusCode;
use server::keys::token::Purpose;
use server::procedures::drafts::{self, Draft};
use shared::procedures::{DraftId, DraftToken};
use shared::staff::Role;

use super::{House, at_work, reviewed, reviewer, typed};

const NEW: &str = "/staff/cases/new";

/// The draft that an address of a page names.
async fn draft_at(house: &House, address: &str) -> Draft {
    let id = DraftId::parse(address.rsplit('/').next().unwrap()).unwrap();
    let token = DraftToken::parse(&house.app.keys().token(Purpose::Draft, id.as_str())).unwrap();
    drafts::load(&house.app, &id, &token, house.now()).await.unwrap()
}

#[tokio::test]
async fn a_clerk_fills_in_for_a_family_in_their_own_name_and_nobody_elses() {
    let house = House::open().await;
    let (li, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    browser.get("/staff/day").await.says("代为申请");
    browser.get(NEW).await.says("节地生态安葬");
    let nothing = browser.post(NEW, &[("procedure", "rocket")]).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    let begun = browser.post(NEW, &[("procedure", "green_burial")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let draft = begun.location.clone();
    assert!(draft.starts_with("/procedures/green_burial/drafts/"), "{draft}");
    browser.get(&draft).await.says("会记下是您填的");
    let opened = draft_at(&house, &draft).await;
    assert_eq!(opened.filed_by.as_ref(), Some(&li.person));
    drafts::save(&house.app, &opened, opened.version, &typed(1), house.now()).await.unwrap();

    // Whoever is signed in beside the same keys goes on in nobody else's name.
    let (_, mut wang) = at_work(&house, 2, Role::CounterClerk, "nanshan").await;
    wang.set_cookie("drafts", browser.cookie("drafts").unwrap());
    let refused = wang.get(&draft).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.says("别的同事代填");
    let check = format!("{draft}/check");
    let seen = browser.get(&check).await;
    let (version, files) = (seen.value("version"), seen.value("files"));
    let form = [("version", version.as_str()), ("files", files.as_str())];
    assert_eq!(wang.post(&check, &form).await.status, StatusCode::FORBIDDEN);
    // The family, which is signed in nowhere, goes on with it at home.
    let mut home = house.browser();
    home.set_cookie("drafts", browser.cookie("drafts").unwrap());
    assert_eq!(home.get(&draft).await.status, StatusCode::OK);

    browser.post(&check, &form).await.leads_to("/staff/cases/new?done=yes");
    assert_eq!(browser.cookie("cases"), None, "what the family's link opens is theirs alone");
    let case = draft_at(&house, &draft).await.submitted.unwrap();
    let told = browser.get("/staff/cases/new?done=yes").await;
    told.says("已经提交");
    told.says("C-");
    assert!(!wang.get("/staff/cases/new?done=yes").await.has("已经提交"), "nobody else has handed it in");
    let (_, mut zhao) = reviewer(&house, 3).await;
    let page = zhao.get(&format!("/staff/cases/{case}")).await;
    page.says("在窗口代填");
    reviewed(&mut zhao, &format!("/staff/cases/{case}")).await;
}
