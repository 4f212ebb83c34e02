//! Somebody signs out, or is shut out: what they press in the same moment, and what the browser keeps.

use std::time::Duration;

use axum::http::StatusCode;
use server::{
    audit::Actor,
    database::sql::{int, sql},
    staff::session,
};
use shared::{invented, staff::Role};
use testhouse::staff::named;
use tokio::time::sleep;

use super::{
    at_work::{DAY, DOOR, at_work, pressed},
    browser::{Browser, Page},
    house::House,
    visits::{Morning, RELEASE},
};

const OUT: &str = "/staff/sign-out";

/// Presses right after the session was ended, while nothing can be written for a moment.
async fn pressed_after_the_end(morning: &Morning, (path, form): (&str, &[(&str, &str)])) -> Page {
    let (house, mut browser) = (&morning.house, morning.clerk.clone());
    let mut beside = house.connection().await;
    sql("begin immediate", []).execute(&mut beside).await.unwrap();
    let (account, moment) = (named("clerk1"), Duration::from_millis(300));
    let (ended, page, ()) = tokio::join!(
        session::end_all(&house.app, &account, Actor::Operator, house.now()),
        async {
            sleep(moment).await;
            browser.post(path, form).await
        },
        async {
            sleep(3 * moment).await;
            sql("rollback", []).execute(&mut beside).await.unwrap();
        }
    );
    ended.unwrap();
    page
}

/// What is on record after the last session that was ended.
async fn written_after_the_end(house: &House) -> i64 {
    let statement = "select count(*) as later from audit \
         where rowid > (select max(rowid) from audit where act = 'session_ended')";
    let row = sql(statement, []).fetch_one(&mut *house.app.database().read().await.unwrap()).await.unwrap();
    int(&row, "later").unwrap()
}

async fn is_refused(morning: &Morning, (path, form): (&str, &[(&str, &str)])) {
    let page = pressed_after_the_end(morning, (path, form)).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{path}: {}", page.html);
    page.says("工作人员登录");
    assert_eq!(written_after_the_end(&morning.house).await, 0, "{path}");
}

#[tokio::test]
async fn a_release_that_is_pressed_as_the_session_ends_releases_nothing() {
    let mut morning = Morning::new().await;
    let [_, she] = invented::couple(1);
    let find = [("do", "find"), ("id_type", "resident_id"), ("id_number", &*she.id_number)];
    let claim = morning.clerk.post(RELEASE, &find).await.value("claim");
    let form = [("do", "release"), ("claim", &*claim), ("tell", "never"), ("hours", ""), ("reason", "单独说有危险")];
    is_refused(&morning, (RELEASE, &form)).await;
    assert!(!morning.couple.browser.get(&morning.page).await.has("今天的预约已经结束"), "it stands");
}

#[tokio::test]
async fn a_call_and_a_ticket_that_are_pressed_as_the_session_ends_are_none() {
    for words in ["叫下一个", "现场取号"] {
        let mut morning = Morning::new().await;
        let day = morning.clerk.get(DAY).await;
        let reference = morning.page.rsplit('/').next().unwrap().to_owned();
        let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
        morning.clerk.post(DAY, &form).await;
        let day = morning.clerk.get(DAY).await;
        let (act, press) = (pressed(&day, words), day.value("press"));
        is_refused(&morning, (DAY, &[("do", &act), ("press", &press)])).await;
    }
}

#[tokio::test]
async fn a_number_that_is_asked_for_as_the_session_ends_is_not_shown() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    is_refused(&morning, (&visit, &[("what", "0.phone"), ("why", "call"), ("reason", "")])).await;
}

/// Nothing more can be written, as on a disk without space.
async fn is_full(house: &House, full: bool) {
    let statement = if full {
        "create trigger no_space before delete on staff_session begin select raise(abort, 'no space'); end"
    } else {
        "drop trigger no_space"
    };
    sql(statement, []).execute(&mut house.connection().await).await.unwrap();
}

#[tokio::test]
async fn whoever_signs_out_where_nothing_can_be_saved_is_out_in_this_browser_and_reads_what_stands_still() {
    let morning = Morning::new().await;
    let mut browser = morning.clerk.clone();
    is_full(&morning.house, true).await;
    let out = browser.post(OUT, &[("anyway", "yes")]).await;
    assert!(out.status.is_server_error(), "{}", out.status);
    for words in ["这个浏览器已经退出，服务器上还没有", "半小时内自动结束", "结束其他登录", "告诉账号管理员"]
    {
        out.says(words);
    }
    assert_eq!(browser.cookie("staff"), None);
    assert!(browser.get(DAY).await.location.starts_with(DOOR));
    is_full(&morning.house, false).await;
    let mut again = morning.clerk.clone();
    again.post(OUT, &[("anyway", "yes")]).await.leads_to(DOOR);
}

/// How often something is posted before it is too often; at most a thousand times.
async fn posts(browser: &mut Browser, path: &str) -> usize {
    for posted in 0..1000 {
        if browser.post(path, &[("do", "nothing")]).await.status == StatusCode::TOO_MANY_REQUESTS {
            return posted;
        }
    }
    1000
}

#[tokio::test]
async fn whoever_empties_the_purse_of_a_halls_address_stops_no_clerk_and_no_cookie_that_was_made_up_has_another() {
    let house = House::open_with(&["--rate-limit", "on"]).await;
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let (mut stranger, mut made_up) = (house.browser(), house.browser());
    for name in ["staff", "staff-device", "screen"] {
        made_up.set_cookie(name, &"A".repeat(43));
    }
    assert!(posts(&mut stranger, "/preferences").await < 1000, "the address has used its purse up");
    assert!(posts(&mut clerk, DAY).await >= 100, "hers is hers");
    assert!(posts(&mut clerk, DAY).await < 50, "and not without end");
    posts(&mut stranger, "/preferences").await;
    assert!(posts(&mut made_up, DAY).await < 50);
}
