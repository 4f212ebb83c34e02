//! A letter by post: an address whose district is chosen, the consent that it rests on, and that consent taken back.

use axum::http::StatusCode;
use shared::{identity::Sex, invented};

use super::super::{
    browser::{Browser, Page},
    house::House,
};

const START: &str = "/procedures/funeral_fees";

/// Sends a page of the form as it was opened just now.
async fn fill(browser: &mut Browser, draft: &str, step: &str, answers: &[(&str, &str)]) -> Page {
    let page = format!("{draft}?step={step}");
    let version = browser.get(&page).await.value("version");
    let sent: Vec<_> = answers.iter().copied().chain([("version", version.as_str())]).collect();
    browser.post(&page, &sent).await
}

#[tokio::test]
async fn an_address_asks_for_consent_which_is_taken_back_with_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let draft = browser.post(START, &[]).await.location;
    let deceased = [
        ("deceased_name", "赵演示"),
        ("deceased_id", "11010519491231002X"),
        ("deceased_hukou_here", "yes"),
        ("cremated_here", "no"),
        ("died_here", "no"),
        ("cremated_on.year", "2026"),
        ("cremated_on.month", "4"),
        ("cremated_on.day", "5"),
        ("proof_number", "SZ2026-00001"),
        ("paid", "1500"),
    ];
    let filled = fill(&mut browser, &draft, "deceased", &deceased).await;
    assert!(filled.location.starts_with(&draft), "{}", filled.html);

    let person = invented::person(1, Sex::Female);
    let own = [
        ("relation", "child"),
        ("applicant_name", "钱演示"),
        ("applicant_id", person.id_number.as_str()),
        ("applicant_phone", person.phone.as_str()),
        ("account", "0123456789"),
        ("letter_address.parts", "yes"),
        ("letter_address", "演示街道1号"),
    ];
    let nowhere = fill(&mut browser, &draft, "applicant", &own).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    nowhere.says("请选择在哪个区。");
    nowhere.says("请看过这段话，同意的话在前面打勾。");
    let whole: Vec<_> =
        own.into_iter().chain([("letter_address.division", "440305"), ("post_consent", "yes")]).collect();
    let filled = fill(&mut browser, &draft, "applicant", &whole).await;
    assert!(filled.location.starts_with(&draft), "{}", filled.html);

    let check = format!("{draft}/check");
    let page = browser.get(&check).await;
    page.says("南山区 演示街道1号");
    let version = page.value("version");
    let receipt = browser.post(&check, &[("version", version.as_str())]).await.location;
    let case = receipt.strip_suffix("/receipt").unwrap_or_else(|| panic!("no receipt: {receipt}"));

    browser.get(case).await.says("撤回同意");
    let withdraw = format!("{case}/withdraw");
    browser.get(&withdraw).await.says("只撤回一项同意");
    browser.post(&withdraw, &[("consent", "post_consent")]).await.leads_to(&withdraw);
    assert!(!browser.get(&withdraw).await.has("只撤回一项同意"));
    let page = browser.get(case).await;
    page.says("已经收到");
    assert!(!page.has("撤回同意"), "{}", page.html);
}
