//! Somebody else's link.

use axum::http::StatusCode;
use shared::procedures::CaseReference;

use super::super::house::House;
use super::family::{Family, START};

#[tokio::test]
async fn a_draft_opens_to_nobody_without_its_key_and_nobody_learns_whether_it_is_there() {
    let house = House::open().await;
    let (mut one, mut two) = (Family::begin(&house, 1).await, Family::begin(&house, 2).await);
    one.fill_in().await;
    let stolen = one.draft.rsplit('/').next().unwrap();
    let key = two.browser.cookie("drafts").unwrap().rsplit('-').next().unwrap();
    let mut forged = house.browser();
    forged.set_cookie("drafts", &format!("{stolen}-{key}"));
    let unknown = format!("{START}/drafts/0123456789abcdefghjkmnpqrs");
    for browser in [&mut house.browser(), &mut two.browser, &mut forged] {
        for draft in [&one.draft, &unknown] {
            for below in ["", "?step=deceased", "/papers", "/check", "/discard"] {
                let answer = browser.get(&format!("{draft}{below}")).await;
                assert_eq!((answer.status, answer.cache.as_str()), (StatusCode::UNAUTHORIZED, "no-store"), "{below}");
                answer.says("这份申请在这里打不开");
                assert!(!answer.has("赵演示") && !answer.has("钱演示"));
            }
            for below in ["?step=burial", "/papers", "/papers/photos", "/papers/parts", "/check", "/discard"] {
                let answer =
                    browser.post(&format!("{draft}{below}"), &[("burial_kind", "river"), ("version", "4")]).await;
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{below}");
            }
        }
    }
    one.browser.get(&one.check()).await.says("海葬");
}

#[tokio::test]
async fn an_application_opens_to_nobody_without_its_key() {
    let house = House::open().await;
    let (mut one, mut two) = (Family::begin(&house, 1).await, Family::begin(&house, 2).await);
    let (case, _) = (one.apply().await, two.apply().await);
    let unknown = format!("/cases/{}", CaseReference::from_random(7));
    for browser in [&mut house.browser(), &mut two.browser] {
        for case in [&case, &unknown] {
            for below in ["", "/receipt", "/supplement", "/papers", "/withdraw", "/letter"] {
                let answer = browser.get(&format!("{case}{below}")).await;
                assert_eq!((answer.status, answer.cache.as_str()), (StatusCode::UNAUTHORIZED, "no-store"), "{below}");
                answer.says("请先验证手机");
                assert!(!answer.has("安葬奖补") && !answer.has("2026"), "{}", answer.html);
            }
            for below in ["/supplement", "/papers", "/papers/photos", "/papers/parts", "/withdraw"] {
                let answer = browser.post(&format!("{case}{below}"), &[("version", "0")]).await;
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{below}");
            }
        }
    }
    for forged in ["K7MP4CRT9WXH", "0", "../etc", "%00"] {
        let answer = house.browser().get(&format!("/cases/{forged}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{forged}");
    }
    one.browser.get(&case).await.says("已经收到");
}
