//! Days as the sheet shows them: in the order of calling, over, switched off, or another than was looked at.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::{calendar::shanghai, staff::Role};

use super::{
    at_work::{DAY, OFFICE, SAT, at_work, busy_house, press, pressed},
    browser::{Browser, Page},
    hours::closed,
    house::House,
    visits::{Morning, and_look},
};

const PAPER: &str = "/staff/day/paper";

async fn both() -> (House, Browser, Browser) {
    let house = busy_house().await;
    let (_, manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (_, clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    (house, manager, clerk)
}

/// The tickets of those who wait, as they are listed, and what the place of each goes by.
fn waiting(page: &Page) -> Vec<(String, String)> {
    let list = page.html.split("id=\"waiting\"").nth(1).unwrap().split("</section>").next().unwrap();
    let between = |text: &str, before: &str| {
        text.split(before).nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default().trim().to_owned()
    };
    let rows = list.split("data-visit=").skip(1);
    rows.map(|row| (between(row, "<b>"), between(row, "queue-state-cell\"><span><span>"))).collect()
}

#[tokio::test]
async fn those_who_wait_stand_in_the_order_of_calling_and_each_with_a_reason_to_say_aloud() {
    let (house, mut manager, mut clerk) = both().await;
    let office = format!("{OFFICE}?office=nanshan");
    manager.post(&office, &[("do", "create"), ("name", "91")]).await.leads_to(&office);
    let day = clerk.get(DAY).await;
    press(&mut clerk, &day, "现场取号", &[]).await;
    let day = clerk.get(DAY).await;
    press(&mut clerk, &day, "坐到 91 号窗口", &[]).await.leads_to(SAT);
    let mut day = clerk.get(DAY).await;
    let listed = waiting(&day);
    assert!(listed.len() > 2, "{listed:?}");
    assert!(listed.iter().any(|(_, why)| why.starts_with("按约的时间")), "{listed:?}");
    // The time of a ticket is when it was taken, and not that of the place it has used up.
    let time = shanghai(house.now()).format("%-H:%M").to_string();
    let ticket = listed.iter().find(|(_, why)| why.starts_with("现场号")).unwrap();
    assert!(ticket.1.contains(&time), "{ticket:?} {time}");
    for (number, _) in &listed {
        let next = day.html.split("next-whom\">").nth(1).unwrap();
        assert!(next.starts_with(number.as_str()), "{number}: {}", &next[..40]);
        let called = and_look(&mut clerk, &day, "叫下一个", &[]).await;
        day = and_look(&mut clerk, &called, "暂放", &[]).await;
    }
}

#[tokio::test]
async fn a_day_that_is_over_invites_nobody_and_names_who_is_left_and_who_enters_them() {
    let (house, mut manager, mut clerk) = both().await;
    let day = manager.get(DAY).await;
    let left = and_look(&mut manager, &day, "已离开", &[]).await;
    assert!(left.has("data-undo") && left.has("过了一分钟，不能再撤销"), "{}", left.html);
    house.wait(TimeDelta::seconds(2));
    let day = manager.get(DAY).await;
    day.says("不会自动标记未到，也不发短信");
    assert!(day.has(PAPER));
    let waits = day.html.split("data-state=\"arrived\"").next().unwrap();
    let from = waits.rfind("id=\"v-").unwrap() + 6;
    let visit = waits[from..].split('"').next().unwrap().to_owned();
    press(&mut manager, &day, "结束这一天</button>", &[("reason", "停电")]).await;
    for browser in [&mut manager, &mut clerk] {
        let over = browser.get(DAY).await;
        over.says("不再签到、取号和叫号");
        over.says("个没有结果");
        for invites in ["您坐哪个窗口", "坐到", "name=\"reference\"", "现场取号", "加号…", "叫下一个</span>"]
        {
            assert!(!over.has(invites), "{invites}: {}", over.html);
        }
    }
    let over = manager.get(DAY).await;
    assert!(!over.has("data-undo") && !over.has("撤销“"), "what would be refused is not offered: {}", over.html);
    // Whoever may not enter what is over reads who does, and nothing of their account.
    let over = clerk.get(DAY).await;
    over.says("请大厅负责人补录");
    assert!(!over.has(PAPER) && !over.has("data-undo"));
    let refused = clerk.get(&format!("{PAPER}?office=nanshan&date=2026-05-13")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("没有办的，请大厅负责人补录");
    assert!(refused.has("\"/staff/day?office=nanshan&amp;date=2026-05-13\""), "{}", refused.html);
    over.says("没有到");
    assert!(!over.has("还没到"), "nobody is awaited any more: {}", over.html);
    let stale = press(&mut clerk, &day, "已离开", &[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.html);
    stale.says("没有办的，请大厅负责人补录");
    let one = format!("/staff/visits/{visit}");
    clerk.get(&one).await.says("请大厅负责人补录");
    let theirs = manager.get(&one).await;
    theirs.says("补录结果，写明理由");
    assert!(theirs.has(PAPER) && !theirs.has("到当天的名单上办理"), "{}", theirs.html);
    manager.get(PAPER).await.says("为什么要补录");
}

#[tokio::test]
async fn a_day_that_is_switched_off_says_why_and_how_many_are_still_booked() {
    let (_house, mut manager, mut clerk) = both().await;
    closed(&mut manager).await;
    for browser in [&mut manager, &mut clerk] {
        let day = browser.get("/staff/day?date=2026-05-14").await;
        day.says("这一天停办：系统维护");
        day.says("个没有改期，也没有取消");
        assert!(!day.has("您坐哪个窗口"), "nobody sits down for another day");
    }
    assert!(!clerk.get(DAY).await.has("停办"));
}

#[tokio::test]
async fn another_day_begins_with_all_of_it_and_says_nothing_of_now() {
    let (_house, _, mut clerk) = both().await;
    let day = clerk.get(DAY).await;
    press(&mut clerk, &day, "坐到", &[]).await.leads_to(SAT);
    for (date, booked) in [("2026-05-14", "已预约"), ("2026-05-12", "没有到")] {
        let day = clerk.get(&format!("{DAY}?date={date}")).await;
        day.says(booked);
        let current = day.html.split("aria-current=\"true\"").nth(1).unwrap();
        assert!(current.split("</a>").next().unwrap().contains("全部"), "{current}");
        for now in [">现在", "等候", "还没到", "号窗口", "叫下一个", "<kbd>n</kbd>"] {
            assert!(!day.has(now), "{date} {now}: {}", day.html);
        }
    }
    // Turning to another day begins with its first list.
    let waiting = clerk.get(&format!("{DAY}?state=waiting")).await;
    assert!(waiting.has("\"/staff/day?office=nanshan&amp;date=2026-05-14\""), "{}", waiting.html);
}

#[tokio::test]
async fn whoever_was_left_waiting_is_told_the_next_day_and_their_sheet_says_nothing_of_now() {
    let mut morning = Morning::new().await;
    let day = morning.clerk.get(DAY).await;
    let reference = morning.page.rsplit('/').next().unwrap().to_owned();
    let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
    assert_eq!(morning.clerk.post(DAY, &form).await.status, StatusCode::SEE_OTHER);
    let came = shanghai(morning.house.now()).format("%-H:%M").to_string();
    morning.house.wait(TimeDelta::minutes(20));
    let day = morning.clerk.get(DAY).await;
    assert!(day.has("标记优先") && day.has("去别的大厅…") && !day.has("个没有办完"), "{}", day.html);
    and_look(&mut morning.clerk, &day, "标记优先", &[]).await;

    morning.house.set_clock("2026-05-15T08:30:00+08:00");
    let (_, mut manager) = at_work(&morning.house, 7, Role::OfficeManager, "nanshan").await;
    let (_, mut clerk) = at_work(&morning.house, 3, Role::CounterClerk, "nanshan").await;
    manager.get(DAY).await.says("5月14日 星期四：还有 1 个没有办完，去办结，或者结束那一天");
    let today = clerk.get(DAY).await;
    today.says("5月14日 星期四：还有 1 个没有办完</a>");
    assert!(today.has("\"/staff/day?office=nanshan&amp;date=2026-05-14\">5月14日"), "{}", today.html);
    let before = clerk.get("/staff/day?date=2026-05-14").await;
    before.says("已离开");
    before.says(&format!("queue-since\">{came}</span>"));
    for now in ["标记优先", "取消优先", "去别的大厅…", "先叫这一号…"] {
        assert!(!before.has(now), "{now}: {}", before.html);
    }
    let day = manager.get("/staff/day?date=2026-05-14").await;
    let ended = [("do", &*pressed(&day, "结束这一天</button>")), ("press", &*day.value("press")), ("reason", "停电")];
    let ended = manager.post("/staff/day?office=nanshan&date=2026-05-14", &ended).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.html);
    assert!(!manager.get(DAY).await.has("个没有办完"), "an ended day is no task any more");
}

#[tokio::test]
async fn a_reference_of_another_day_is_found_and_leads_to_its_day() {
    let mut morning = Morning::new().await;
    let reference = morning.page.rsplit('/').next().unwrap().to_owned();
    let found = morning.clerk.get(&format!("{DAY}?date=2026-05-13&q={reference}")).await;
    assert!(found.has("data-visit=") && found.has("今天 5月14日"), "{}", found.html);
    assert!(found.has("\"/staff/day?office=nanshan&amp;q="), "{}", found.html);
    let none = morning.clerk.get("/staff/day?q=85685685685F").await;
    none.says("没有找到这个预约号，各天都找过");
}

#[tokio::test]
async fn the_papers_of_the_two_who_are_there_stand_first() {
    let mut morning = Morning::new().await;
    let serving = morning.serve().await;
    let form = serving.html.split("还缺什么").nth(1).unwrap();
    let (first, others) = form.split_once("别的材料…").unwrap();
    let others = others.split("</details>").next().unwrap();
    assert!(first.contains("居民身份证") && first.contains("双人合影") && !first.contains("通行证"), "{first}");
    assert!(others.contains("通行证") && others.contains("中国护照") && !others.contains("居民身份证"), "{others}");
}
