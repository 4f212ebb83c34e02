//! What a press answers in the back office, and where the work goes on after it.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, at_work, busy_house, press},
    browser::{Browser, Page},
    couple::Couple,
    desk::seated,
    hall::{link, opened},
    house::House,
    rest_of_day::send,
    visits::{Morning, and_look},
};

/// The value of the first button of a row that does an act.
fn in_row(page: &Page, act: &str) -> String {
    let mut values = page.html.split("name=\"do\" value=\"").skip(1).map(|part| part.split('"').next().unwrap());
    let value = values.find(|value| value.starts_with(act));
    value.unwrap_or_else(|| panic!("no {act}: {}", page.html)).to_owned()
}

/// Presses it, and looks at where that leads.
async fn press_in_row(morning: &mut Morning, act: &str) -> Page {
    let day = morning.clerk.get(&format!("{DAY}?state=all")).await;
    let form = [("do", in_row(&day, act)), ("press", day.value("press"))];
    let form = form.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>();
    let answer = morning.clerk.post(DAY, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
    morning.clerk.get(&answer.location).await
}

/// Checks the couple in by what is typed into the field.
async fn check_in(clerk: &mut Browser, typed: &str) -> Page {
    let day = clerk.get(DAY).await;
    let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", typed)];
    let answer = clerk.post(DAY, &form).await;
    if answer.status == StatusCode::SEE_OTHER { clerk.get(&answer.location).await } else { answer }
}

#[tokio::test]
async fn a_check_in_by_the_row_answers_as_one_by_the_field_and_goes_on_from_there() {
    let mut morning = Morning::new().await;
    let answer = press_in_row(&mut morning, "arrive:").await;
    for words in ["001 号 已签到", "打印小票", "回到名单里的这一行"] {
        answer.says(words);
    }
    let strip = answer.html.find("id=\"undo\"").unwrap();
    assert!(
        answer.html[strip..].split('>').next().unwrap().contains("autofocus"),
        "nobody is left at the top of the page: {}",
        answer.html
    );
    assert_eq!(answer.html.matches(" autofocus").count(), 1);
}

#[tokio::test]
async fn whoever_comes_back_reads_what_was_taken_back() {
    let mut morning = Morning::new().await;
    let reference = morning.page.rsplit('/').next().unwrap().to_owned();
    press_in_row(&mut morning, "no-show:").await;
    let back = check_in(&mut morning.clerk, &reference).await;
    back.says("又来了，现在等候，“未到”已取消");
    assert!(!back.has("已经签到过了"));
    press_in_row(&mut morning, "left:").await;
    press_in_row(&mut morning, "arrive:").await.says("又来了，现在等候，“已离开”已取消");
    check_in(&mut morning.clerk, &reference).await.says("已经签到过了，现在等候");
}

#[tokio::test]
async fn what_was_typed_and_not_found_stays_and_is_named() {
    let mut morning = Morning::new().await;
    let missed = check_in(&mut morning.clerk, "ABCD-2345").await;
    missed.says("没有找到“ABCD-2345”");
    assert_eq!(missed.value("reference"), "ABCD-2345");
    let find = async |morning: &mut Morning, typed: &str| {
        let day = morning.clerk.get(DAY).await;
        let form = [("do", "search"), ("press", &*day.value("press")), ("q", typed)];
        let answer = morning.clerk.post(DAY, &form).await;
        if answer.status == StatusCode::SEE_OTHER { morning.clerk.get(&answer.location).await } else { answer }
    };
    find(&mut morning, "440305199001011235").await.says("这个身份证号码不会是对的");
    let end = find(&mut morning, "0701").await;
    end.says("按名字、尾号找不到");
    assert!(!end.has("没有 701 号"), "{}", end.html);
}

#[tokio::test]
async fn nobody_waits_before_their_time_and_longer_than_an_hour_is_said_in_hours() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.set_clock("2026-05-14T08:40:00+08:00");
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    check_in(&mut clerk, page.rsplit('/').next().unwrap()).await;
    house.set_clock("2026-05-14T09:01:00+08:00");
    clerk.get(DAY).await.says("等了 1 分钟");
    house.set_clock("2026-05-14T11:32:40+08:00");
    let (_, mut late) = at_work(&house, 2, Role::CounterClerk, "nanshan").await;
    late.get(DAY).await.says("等了 2 小时 33 分");
}

#[tokio::test]
async fn what_is_closed_for_today_is_opened_again_before_places_are_added() {
    let house = House::open().await;
    house.set_clock("2026-05-14T08:50:00+08:00");
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    manager.get(DAY).await.says("加号…");
    let preview = send(&mut manager, "preview-today", ("08:55", "power_cut"), "").await;
    send(&mut manager, "close-today", ("08:55", "power_cut"), &preview.value("effect")).await;
    let day = manager.get(DAY).await;
    day.says("恢复办理…");
    assert!(!day.has("加号…"), "nothing that is refused: {}", day.html);
    clerk.get(DAY).await.says("今天停办了，不能取号。要恢复办理，请大厅负责人来");
    // On the wall nobody reads Chinese marked as Chinese.
    let link = link(&mut manager, "display").await;
    let (mut screen, _) = opened(&house, &link).await;
    let wall = screen.get("/display/nanshan").await;
    wall.says("停办：停电");
    assert!(!wall.has("said in Chinese only"), "{}", wall.html);
}

#[tokio::test]
async fn once_the_day_is_over_the_wall_calls_nobody_to_the_desk() {
    let (house, mut manager, _) = seated().await;
    let link = link(&mut manager, "display").await;
    let (mut screen, _) = opened(&house, &link).await;
    screen.get("/display/nanshan").await.says("叫到您时不在");
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "结束这一天</button>", &[("reason", "停电")]).await;
    let wall = screen.get("/display/nanshan").await;
    wall.says("今天已经结束");
    assert!(!wall.has("叫到您时不在"), "{}", wall.html);
}

#[tokio::test]
async fn what_is_less_than_before_is_said_to_be_done() {
    let (_house, mut manager, _) = seated().await;
    let office = format!("{OFFICE}?office=nanshan");
    link(&mut manager, "display").await;
    let page = manager.get(&office).await;
    for (act, said) in [("revoke:", "屏幕已经断开"), ("close:", "窗口已经关闭")] {
        let answer = manager.post(&office, &[("do", &in_row(&page, act))]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
        manager.get(&answer.location).await.says(said);
    }
}

#[tokio::test]
async fn on_a_phone_the_ways_of_staff_open_without_scripts() {
    let house = busy_house().await;
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let day = clerk.get(DAY).await;
    let menu = day.html.split("<details class=\"staff-menu\">").nth(1).unwrap().split("</details>").next().unwrap();
    for there in ["<span class=\"nowrap\">菜单</span>", "href=\"/staff/day\"", "/staff/sign-out"] {
        assert!(menu.contains(there), "{there}: {menu}");
    }
}

#[tokio::test]
async fn what_is_looked_at_stands_before_the_ends_that_are_rare() {
    let mut morning = Morning::new().await;
    let serving = morning.serve().await;
    let at = |words: &str| serving.html.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("办结：已登记") < at("请看这些") && at("请看这些") < at("材料不齐…"));
    let papers =
        and_look(&mut morning.clerk, &serving, "办结：补材料再来", &[("outcome", "to_return"), ("paper", "photos")])
            .await;
    let slip =
        papers.html.split("href=\"").filter_map(|part| part.split('"').next()).find(|href| href.ends_with("/missing"));
    let slip = morning.clerk.get(slip.unwrap()).await;
    slip.says("请点浏览器菜单里的“打印”");
    slip.says("2026年5月14日 星期四 上午 9:00");
}
