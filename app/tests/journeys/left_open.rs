//! Pages that stand open over midnight: what concerns today is done from a page of today alone, and each says that its day is over.

use axum::http::StatusCode;
use server::database::sql::{int, sql};
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, at_work, busy_house, press, pressed},
    browser::{Browser, Page},
    desk::counter,
    hall::{link, opened},
    house::House,
};

const SERVICES: &str = "/staff/office/services?office=nanshan";
const TODAY: &str = "/staff/office/today?office=nanshan";
const KIOSK: &str = "/kiosk/nanshan";
/// What a form has beside its button.
const NOTHING: &[(&str, &str)] = &[];

/// A house ten minutes before midnight, with a manager and a counter at `nanshan`.
async fn late() -> (House, Browser) {
    let house = busy_house().await;
    house.set_clock("2026-05-13T23:50:00+08:00");
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    counter(&mut manager, "nanshan", "91").await;
    (house, manager)
}

#[track_caller]
fn is_of_yesterday(refused: &Page) {
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.html);
    refused.says("这一页是2026年5月13日 星期三的，不是今天的，所以刚才按的没有办，什么都没有改。");
    refused.says("请打开今天的，看清楚再办");
}

/// Days that are ended, and counters that are open.
async fn ended_and_open(house: &House) -> [i64; 2] {
    let mut connection = house.connection().await;
    let statement = "select (select count(*) from office_day where closed_at is not null) as ended, \
         (select count(*) from counter where state <> 'closed') as open";
    let row = sql(statement, []).fetch_one(&mut connection).await.unwrap();
    ["ended", "open"].map(|name| int(&row, name).unwrap())
}

#[tokio::test]
async fn a_sheet_that_was_left_open_ends_no_new_day_and_calls_nobody_on_it() {
    let (house, mut manager) = late().await;
    let sheet = manager.get(DAY).await;
    assert!(pressed(&sheet, "结束这一天</button>").starts_with("close-day:2026-05-13:"), "{}", sheet.html);
    house.set_clock("2026-05-14T00:05:00+08:00");
    let before = ended_and_open(&house).await;
    for (words, more) in [("结束这一天</button>", &[("reason", "停电")][..]), ("坐到 91 号窗口", NOTHING)] {
        is_of_yesterday(&press(&mut manager, &sheet, words, more).await);
    }
    let (key, day) = (sheet.value("press"), sheet.value("drawn-on"));
    let seat = pressed(&sheet, "坐到 91 号窗口").split(':').nth(1).unwrap().to_owned();
    let next = format!("next:{seat}");
    for act in ["check-in", "walk-in:marriage_registration", "aside", "reopen-day:2026-05-13:1", &next] {
        let form = [("do", act), ("press", &*key), ("drawn-on", &*day), ("reference", "3"), ("aside", "3")];
        is_of_yesterday(&manager.post(DAY, &form).await);
        let unsaid = [("do", act), ("press", &*key), ("drawn-on", ""), ("reference", "3"), ("aside", "3")];
        let unsaid = manager.post(DAY, &unsaid).await;
        assert_eq!(unsaid.status, StatusCode::CONFLICT, "{act}: {}", unsaid.html);
        unsaid.says("这一页没有写明是哪一天的");
    }
    assert_eq!(ended_and_open(&house).await, before);

    // A visit is of its own day, and that is shown once something was done with it.
    let left = press(&mut manager, &sheet, "已离开", &[]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.html);
    assert!(left.location.starts_with("/staff/day?date=2026-05-13&did="), "{}", left.location);
    manager.get(DAY).await.says("今天 5月14日");
}

#[tokio::test]
async fn a_sheet_of_today_is_told_by_its_line_that_it_is_another_day() {
    let (house, mut manager) = late().await;
    let sheet = manager.get(DAY).await;
    for words in ["data-today=\"2026-05-13\"", "data-past=\"这一天已经过了，不再更新\"", "点这里打开今天的"]
    {
        sheet.says(words);
    }
    assert!(!manager.get("/staff/day?date=2026-05-12").await.has("data-today"), "that of another day is none of today");
    let mut line = manager.follow("/staff/day/events?office=nanshan&date=2026-05-13").await;
    line.next().await.unwrap();
    house.set_clock("2026-05-14T00:05:00+08:00");
    assert_eq!(line.beat().await.unwrap().data, "2026-05-14");
}

#[tokio::test]
async fn pages_of_an_office_that_were_left_open_close_and_add_nothing_on_the_new_day() {
    let (house, mut manager) = late().await;
    let office = format!("{OFFICE}?office=nanshan");
    let sheet = manager.get(DAY).await;
    press(&mut manager, &sheet, "坐到 91 号窗口", &[]).await;
    let pages = [manager.get(SERVICES).await, manager.get(TODAY).await, manager.get(&office).await];
    for page in &pages {
        let forms = page.html.matches(r#" method="post""#).count();
        let drawn = page.html.matches(r#" name="drawn-on" value="2026-05-13""#).count();
        assert!(forms > 1 && drawn == forms, "every form says its day: {}", page.html);
    }
    let close = pages[2].html.split("value=\"close:").nth(1).unwrap().split('"').next().unwrap();
    let close = format!("close:{close}");
    let before = ended_and_open(&house).await;
    house.set_clock("2026-05-14T00:05:00+08:00");
    let rest = [("of", "today:marriage_registration@nanshan"), ("time", "09:00"), ("why", "power_cut"), ("effect", "")];
    let more =
        [("of", "marriage_registration@nanshan"), ("press", "abcdefghijkl"), ("places", "2"), ("reason", "多来人")];
    for (path, act, fields) in [
        (SERVICES, "preview-today", &rest[..]),
        (SERVICES, "close-today", &rest[..]),
        (TODAY, "add", &more[..]),
        (TODAY, "take-back:1", NOTHING),
        (&*office, &*close, NOTHING),
    ] {
        let form: Vec<_> =
            [("do", act), ("drawn-on", "2026-05-13")].into_iter().chain(fields.iter().copied()).collect();
        is_of_yesterday(&manager.post(path, &form).await);
    }
    assert_eq!(ended_and_open(&house).await, before, "whoever sits there sits there still");
    assert!(!manager.get(SERVICES).await.has("停办：停电"));
    assert!(!manager.get(TODAY).await.has("多来人"));
}

#[tokio::test]
async fn a_kiosk_that_was_left_open_is_drawn_anew_and_pressed_once_more() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let link = link(&mut manager, "kiosk").await;
    let (mut kiosk, _) = opened(&house, &link).await;
    let start = kiosk.get(KIOSK).await;
    start.says("data-day=\"2026-05-13\"");
    house.set_clock("2026-05-14T09:05:00+08:00");
    let (service, press) = (start.button("service"), start.value("press"));
    for form in [&[("service", &*service), ("press", &*press)][..], &[("reference", "ABCD-2345-ABCD")]] {
        let left_open = [form, &[("drawn-on", "2026-05-13")]].concat();
        let refused = kiosk.post(KIOSK, &left_open).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.html);
        refused.says("没有签到，也没有取号。现在是今天的，请再按一次");
        refused.says("data-day=\"2026-05-14\"");
        let typed = form.iter().any(|(name, _)| *name == "reference");
        assert_eq!(refused.value("reference"), if typed { "ABCD-2345-ABCD" } else { "" }, "nothing is typed twice");
    }
    let start = kiosk.get(KIOSK).await;
    let (service, press) = (start.button("service"), start.value("press"));
    kiosk.post(KIOSK, &[("service", &*service), ("press", &*press)]).await.says("您的号码");
}

#[tokio::test]
async fn a_wall_shows_the_calls_of_the_new_day_by_itself_and_says_of_which_day_they_are_without_a_line() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    counter(&mut manager, "nanshan", "91").await;
    let link = link(&mut manager, "display").await;
    let (mut wall, _) = opened(&house, &link).await;
    for words in ["坐到 91 号窗口", "叫下一个"] {
        let day = manager.get(DAY).await;
        press(&mut manager, &day, words, &[]).await;
    }
    let board = wall.get("/display/nanshan").await;
    for words in ["data-call", "未联机，这是以前的叫号，不是今天的", "Not live: these calls are of a day that is over"]
    {
        board.says(words);
    }
    let mut line = wall.follow("/display/nanshan/events").await;
    assert!(line.next().await.unwrap().data.contains("data-call"));
    house.set_clock("2026-05-14T00:05:00+08:00");
    let board = line.next().await.unwrap();
    assert!(board.name == "board" && !board.data.contains("data-call"), "{board:?}");
}
