//! Whoever signs out: what is left behind, and what becomes of the counter where they sat.

use axum::http::StatusCode;
use server::audit::Actor;
use server::database::sql::{maybe_text, sql, text};
use server::staff::roles;
use shared::staff::Role;
use testhouse::staff::person_of;

use super::{
    at_work::{DAY, DOOR, SAT, at_work, press},
    house::House,
    visits::Morning,
};

#[tokio::test]
async fn whoever_signs_out_leaves_nothing_behind() {
    let house = House::open().await;
    let (_, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let session = browser.cookie("staff").unwrap().to_owned();
    browser.get("/staff/sign-out").await.says("离开座位以前请退出登录");
    assert_eq!(browser.get(DAY).await.status, StatusCode::OK, "looking at the page ended nothing");
    browser.post("/staff/sign-out", &[]).await.leads_to(DOOR);
    assert_eq!(browser.cookie("staff"), None);
    browser.set_cookie("staff", &session);
    assert_eq!(browser.get(DAY).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whoever_signs_out_closes_their_counter_and_is_asked_where_a_couple_is_at_it() {
    let mut morning = Morning::new().await;
    let state = async |house: &House| {
        let statement = "select state, staff_id from counter where name = '91'";
        let row = sql(statement, []).fetch_one(&mut house.connection().await).await.unwrap();
        (text(&row, "state").unwrap(), maybe_text(&row, "staff_id").unwrap().is_some())
    };
    let session = morning.clerk.cookie("staff").unwrap().to_owned();
    morning.clerk.post("/staff/sign-out", &[]).await.leads_to(DOOR);
    assert_eq!(state(&morning.house).await, ("closed".to_owned(), false));
    morning.clerk.set_cookie("staff", &session);
    assert_eq!(morning.clerk.get(DAY).await.status, StatusCode::SEE_OTHER);

    let (_, mut clerk) = at_work(&morning.house, 2, Role::CounterClerk, "nanshan").await;
    let day = clerk.get(DAY).await;
    press(&mut clerk, &day, "坐到 91 号窗口", &[]).await.leads_to(SAT);
    morning.clerk = clerk;
    morning.serve().await;
    let asked = morning.clerk.post("/staff/sign-out", &[]).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    asked.says("91 号窗口还有 001 号：先办结、暂放或者移交");
    asked.says("91 号窗口不会关闭，001 号留在窗口上");
    assert!(!asked.has("您坐的窗口会一起关闭"), "{}", asked.html);
    assert_eq!(morning.clerk.get(DAY).await.status, StatusCode::OK, "nobody was signed out");
    morning.clerk.post("/staff/sign-out", &[("anyway", "yes")]).await.leads_to(DOOR);
    assert_eq!(state(&morning.house).await, ("open".to_owned(), true), "the couple is there still");
    let (_, mut manager) = at_work(&morning.house, 3, Role::OfficeManager, "nanshan").await;
    let day = manager.get(DAY).await;
    day.says("没有人登录");
    day.says("本人回来登录就能接着办");
}

#[tokio::test]
async fn whoever_works_there_no_more_closes_their_counter_as_they_sign_out_and_until_then_the_sheet_says_so() {
    for serves in [false, true] {
        let mut morning = Morning::new().await;
        if serves {
            morning.serve().await;
        }
        let (_, mut manager) = at_work(&morning.house, 3, Role::OfficeManager, "nanshan").await;
        let clerk = person_of(&morning.house, "clerk1").await;
        let statement = "select id from staff_role where staff_id = $1";
        let role =
            sql(statement, [clerk.as_str().into()]).fetch_one(&mut morning.house.connection().await).await.unwrap();
        let (app, now) = (&morning.house.app, morning.house.now());
        roles::take_back(app, &text(&role, "id").unwrap(), Actor::Operator, now).await.unwrap();
        assert_eq!(morning.clerk.get(DAY).await.status, StatusCode::FORBIDDEN);
        let day = manager.get(DAY).await;
        day.says("坐着的人不能再在这里办事");
        assert!(!day.has("没有人登录"), "they are signed in: {}", day.html);

        let left = morning.clerk.post("/staff/sign-out", &[]).await;
        if serves {
            assert_eq!(left.status, StatusCode::CONFLICT);
            left.says("91 号窗口还有 001 号，您已经没有那里的窗口岗位：请告诉大厅负责人");
            assert!(!left.has("回到名单"), "they see no list: {}", left.html);
            morning.clerk.post("/staff/sign-out", &[("anyway", "yes")]).await.leads_to(DOOR);
        } else {
            left.leads_to(DOOR);
        }
        let statement = "select state from counter where name = '91'";
        let row = sql(statement, []).fetch_one(&mut morning.house.connection().await).await.unwrap();
        assert_eq!(text(&row, "state").unwrap(), if serves { "open" } else { "closed" });
    }
}
