//! What a script sends while somebody is still typing.

use axum::http::StatusCode;
use serde_json::Value;

use super::super::{browser::Page, house::House};
use super::family::Family;

/// Sends fields as the script of the page does.
async fn typed(family: &mut Family, step: &str, fields: &[(&str, &str)]) -> Page {
    let address = family.step(step);
    family.browser.post_for_json(&address, fields).await
}

fn told(page: &Page) -> Value {
    assert_eq!((page.status, page.kind.as_str()), (StatusCode::OK, "application/json"), "{}", page.html);
    serde_json::from_str(&page.html).unwrap()
}

#[tokio::test]
async fn what_is_typed_is_kept_as_it_is_and_when_is_told() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let page = family.browser.get(&family.step("deceased")).await;
    for part in ["data-draft=", "/assets/draft-", r#"id="keeping""#, r#"role="status""#, "data-lost="] {
        assert!(page.has(part), "{part}: {}", page.html);
    }
    assert!(!family.browser.get(&family.draft).await.has("/assets/draft-"), "nothing is typed there");

    // Half a number is no mistake yet.
    let half = [("version", "0"), ("deceased_name", "赵"), ("deceased_id", "1101"), ("died_on.year", "20")];
    let boxes = [("died_on.month", ""), ("died_on.day", "")];
    let first = told(&typed(&mut family, "deceased", &[&half[..], &boxes[..]].concat()).await);
    assert_eq!(first["version"], 1);
    assert!(first["said"].as_str().unwrap().starts_with("已经自动保存，"), "{first}");
    assert!(first["until"].as_str().unwrap().starts_with("填写的内容保留到"), "{first}");
    // It was never heard that it was kept, and the same is sent once more.
    let again = told(&typed(&mut family, "deceased", &[&half[..], &boxes[..]].concat()).await);
    assert_eq!(again["version"], 2);
    let stands = family.browser.get(&family.step("deceased")).await;
    let values = ["deceased_name", "deceased_id", "died_on.year", "died_on.day"].map(|name| stands.value(name));
    assert_eq!(values, ["赵", "1101", "20", ""]);
    let english = family.browser.post_for_json(&format!("/en{}", family.step("deceased")), &[("version", "2")]).await;
    assert!(told(&english)["said"].as_str().unwrap().starts_with("Saved at "), "{}", english.html);
}

#[tokio::test]
async fn what_another_window_says_differently_is_not_written_over_while_somebody_types() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    told(&typed(&mut family, "deceased", &[("version", "0"), ("deceased_name", "赵演示")]).await);
    let other = typed(&mut family, "deceased", &[("version", "0"), ("deceased_name", "赵示例")]).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert_eq!(family.browser.get(&family.step("deceased")).await.value("deceased_name"), "赵演示");
    told(&typed(&mut family, "deceased", &[("version", "0"), ("proof_number", "SZ2026-1")]).await);

    let both = family.send("deceased", "0", &[("deceased_name", "赵示例")]).await;
    let mark =
        |page: &Page| page.html.split("data-draft=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let step = family.browser.get(&family.step("deceased")).await;
    assert!(mark(&both).is_some() && mark(&both) == mark(&step), "its copy is forgotten where one chooses");
    assert!(both.has("/assets/draft-") && !both.has(r#"id="keeping""#), "{}", both.html);
}

#[tokio::test]
async fn whoever_types_where_nothing_is_kept_any_more_is_not_told_that_it_was() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let name = [("version", "0"), ("deceased_name", "赵演示")];
    let step = family.step("deceased");
    assert_eq!(house.browser().post_for_json(&step, &name).await.status, StatusCode::UNAUTHORIZED);
    family.apply().await;
    typed(&mut family, "deceased", &name).await.leads_to(&family.draft);
}
