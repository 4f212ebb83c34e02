//! All of today is given out: a manager adds places.

use axum::http::StatusCode;
use server::counter::{By, Kiosk, walk_in};
use shared::counter::Press;
use shared::marriage::SERVICE;
use shared::staff::{OfficeId, Role};

use super::{
    at_work::{DAY, at_work, busy_house, press},
    hall::{link, opened},
    hours::{HOURS, managed},
};

const TODAY: &str = "/staff/office/today?office=nanshan";

#[tokio::test]
async fn when_all_is_given_out_a_manager_adds_places_and_the_sheet_says_so() {
    let (house, mut manager) = managed().await;
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let office = OfficeId::parse("nanshan").unwrap();
    let take = async |n: usize| {
        // Each gives out few tickets at a time.
        let by = By::Kiosk(Kiosk { id: format!("door{n}"), office: office.clone() });
        let press = Press::parse(&server::keys::token::new_id()).unwrap();
        walk_in::take(&house.app, &by, &office, &SERVICE, &press, house.now()).await
    };
    let door = link(&mut manager, "kiosk").await;
    let (mut kiosk, _) = opened(&house, &door).await;
    kiosk.get("/kiosk/nanshan").await.says("取现场号：结婚登记");
    let sheet = clerk.get(DAY).await;
    let mut given = 0;
    while take(given).await.is_ok() {
        given += 1;
    }
    assert!(!sheet.has("加号…"), "it is the manager's to decide");
    let refused = press(&mut clerk, &sheet, "现场取号", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("请大厅负责人加号");
    // Nothing is offered that would be refused.
    let [sheet, start] = [clerk.get(DAY).await, kiosk.get("/kiosk/nanshan").await];
    sheet.says("今天没有现场号了");
    start.says("今天没有现场号了：结婚登记");
    assert!(!sheet.has("现场取号</button>") && !start.has("取现场号："), "{}{}", sheet.html, start.html);

    manager.get(DAY).await.says("加号…");
    let page = manager.get(TODAY).await;
    page.says("今天的名额都给完了");
    let pressed = page.value("press");
    let form = |places: &'static str, reason: &'static str| {
        [
            ("do", "add"),
            ("of", "marriage_registration@nanshan"),
            ("press", pressed.as_str()),
            ("places", places),
            ("reason", reason),
        ]
    };
    let wrong = manager.post(TODAY, &form("0", "")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("请填写 1 到 50 的数字");
    wrong.says("请写明为什么加号");
    let done = manager.post(TODAY, &form("2", "下午窗口空着")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let again = manager.post(TODAY, &form("2", "下午窗口空着")).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "the same press once more");
    let other = manager.post(TODAY, &form("3", "下午窗口空着")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.says("这一页刚才已经提交过一次，那一次已经办成");
    assert!(
        other.has(r#"value="3""#) && !other.has("请求编号"),
        "it can be sent by a press of its own: {}",
        other.html
    );
    manager.get(TODAY).await.says("还有 2 个");
    kiosk.get("/kiosk/nanshan").await.says("取现场号：结婚登记");
    let sheet = clerk.get(DAY).await;
    sheet.says("当天加号 2 个，已取 0 个（下午窗口空着）");
    assert_eq!(press(&mut clerk, &sheet, "现场取号", &[]).await.status, StatusCode::SEE_OTHER);
    let page = manager.get(TODAY).await;
    page.says("加了 2 个，已取 1 个：下午窗口空着");
    let back = page.html.split("take-back:").nth(1).unwrap().split('"').next().unwrap();
    let back = format!("take-back:{back}");
    assert_eq!(manager.post(TODAY, &[("do", &back)]).await.status, StatusCode::SEE_OTHER);
    manager.get(TODAY).await.says("今天的名额都给完了");
    assert_eq!(clerk.get(TODAY).await.status, StatusCode::FORBIDDEN);
    let (_, mut other) = at_work(&house, 4, Role::OfficeManager, "demo-bay").await;
    assert_eq!(other.get(TODAY).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get(HOURS).await.status, StatusCode::NOT_FOUND);
    let own = HOURS.replace("office=nanshan", "office=demo-bay");
    assert_eq!(other.get(&own).await.status, StatusCode::NOT_FOUND, "a place of another office");
}

#[tokio::test]
async fn after_the_last_time_the_refusal_says_that() {
    let house = busy_house().await;
    house.set_clock("2026-05-13T17:20:00+08:00");
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let sheet = clerk.get(DAY).await;
    house.set_clock("2026-05-13T17:31:00+08:00");
    clerk.get(DAY).await.says("今天没有现场号了");
    let refused = press(&mut clerk, &sheet, "现场取号", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("今天已经没有办理时段");
}
