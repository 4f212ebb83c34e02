//! Whoever looks at a booking for safety or reads a number of somebody in it: who reads of that, and who never does.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::{DAY, at_work},
    visits::{LOOKS, Morning},
};

#[tokio::test]
async fn a_look_for_safety_changes_nothing_on_the_page_of_the_booking() {
    let mut morning = Morning::new().await;
    let (visit, page) = (morning.visit().await, morning.page.clone());
    let before = morning.couple.browser.get(&page).await.html;
    let day = morning.clerk.get(DAY).await;
    day.says("为保护当事人查看");
    let reference = page.rsplit('/').next().unwrap();
    let aside = morning.clerk.post(DAY, &[("do", "aside"), ("aside", reference)]).await;
    aside.leads_to(&format!("{visit}?aside"));
    let asked = morning.clerk.get(&aside.location).await;
    asked.says("为什么（不要写号码）");
    assert!(!asked.has("谁看过") && !asked.has("来办的人"), "nothing is opened before");
    for (why, wrong) in [("", "请写明为什么"), ("13800000000", "请不要写证件号码")] {
        let refused = morning.clerk.post(&aside.location, &[("do", "aside"), ("aside-why", why)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says(wrong);
        assert_eq!(refused.value("aside-why"), why, "what was typed is kept");
    }
    let why = ("aside-why", "单独说受到威胁");
    let opened = morning.clerk.post(&aside.location, &[("do", "aside"), why]).await;
    opened.says("这次打开记为：保护当事人");
    assert_eq!(opened.value("aside-why"), why.1, "its forms carry why it was opened");
    let unsaid = [why, ("what", "1.phone"), ("why", "safety"), ("reason", "")];
    let unsaid = morning.clerk.post(&aside.location, &unsaid).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    unsaid.says("请写明情况");
    let form = [why, ("what", "1.phone"), ("why", "safety"), ("reason", "回拨确认安全")];
    morning.clerk.post(&aside.location, &form).await.says(&morning.couple.people[1].phone[7..]);
    let other = [why, ("what", "1.phone"), ("why", "call"), ("reason", "")];
    let kept_inside = morning.clerk.post(&aside.location, &other).await;
    assert_eq!(kept_inside.status, StatusCode::UNPROCESSABLE_ENTITY, "what is opened aside is read for safety alone");
    assert_eq!(morning.couple.browser.get(&page).await.html, before);
    let nowhere = morning.clerk.post(DAY, &[("do", "aside"), ("aside", "999")]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);

    // Whoever reads the record and whoever answers for the office read of it, and nobody else.
    let (_, mut auditor) = at_work(&morning.house, 3, Role::Auditor, "nanshan").await;
    assert_eq!(auditor.get("/staff").await.location, LOOKS, "it is what an auditor comes for");
    let listed = auditor.get(LOOKS).await;
    assert_eq!((listed.status, &*listed.cache), (StatusCode::OK, "no-store"));
    for words in ["单独说受到威胁", "回拨确认安全", "clerk1", "看了完整的手机号码", ">90 天<"] {
        listed.says(words);
    }
    assert!(!listed.has("/staff/visits/"), "an auditor opens no visit");
    for person in &morning.couple.people {
        assert!(!listed.has(&person.name) && !listed.has(&person.phone) && !listed.has(&person.phone[7..]));
    }
    let (_, mut manager) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    let day = manager.get(DAY).await;
    assert!(day.has(LOOKS), "a manager is led to it from every page");
    let listed = manager.get(&format!("{LOOKS}?office=nanshan&back=90")).await;
    listed.says("单独说受到威胁");
    assert!(listed.has(&visit));
    assert_eq!(morning.clerk.get(LOOKS).await.status, StatusCode::FORBIDDEN);
    assert_eq!(morning.couple.browser.get(&page).await.html, before);
}

#[tokio::test]
async fn one_number_is_read_for_a_reason_in_that_answer_alone() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    let (his, spoken) =
        (morning.couple.people[0].clone(), |phone: &str| format!("{} {} {}", &phone[..3], &phone[3..7], &phone[7..]));
    let nothing = morning.clerk.post(&visit, &[("what", ""), ("why", ""), ("reason", "证件磨损")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("请选择看哪一项");
    nothing.says("请选择为什么要看");
    assert_eq!(nothing.value("reason"), "证件磨损", "what was typed is kept");
    let number = [("what", "0.number"), ("why", "document"), ("reason", "440308199901101512")];
    let numbered = morning.clerk.post(&visit, &number).await;
    numbered.says("请不要写证件号码");
    let shown = morning.clerk.post(&visit, &[("what", "0.phone"), ("why", "call"), ("reason", "")]).await;
    assert_eq!((shown.status, &*shown.cache), (StatusCode::OK, "no-store"));
    shown.says(&spoken(&his.phone));
    shown.says("看了完整的手机号码");
    let again = morning.clerk.get(&visit).await;
    assert!(!again.has(&spoken(&his.phone)), "it is gone with the answer");
    let page = morning.couple.browser.get(&morning.page).await;
    page.says("看了完整的手机号码，为您办理");
}
