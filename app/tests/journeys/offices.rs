//! What an office says of its places, what it switches off, and how it calls.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::{calendar::shanghai_date, locale::Locale, staff::Role};

use super::{
    at_work::{at_work, busy_house, pressed},
    browser::{Browser, Page},
    house::House,
    people::CONFIRM,
};

pub const SERVICES: &str = "/staff/office/services?office=nanshan";

async fn managed() -> (House, Browser) {
    let house = busy_house().await;
    let (_, manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    (house, manager)
}

pub fn described<'a>(seen: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("do", "describe"),
        ("of", "nanshan"),
        ("seen", seen),
        ("name_zh", "南山大厅（搬迁）"),
        ("name_en", "Nanshan hall (moved)"),
        ("address_zh", "示例路 9 号"),
        ("address_en", "9 Sample Road"),
        ("phone", "0755-12345678"),
        ("directions_zh", "地铁示例站 A 口出来往左"),
        ("directions_en", "Sample station, exit A, turn left"),
    ];
    for (name, value) in more {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    form
}

#[tokio::test]
async fn what_a_manager_wants_said_of_a_place_is_read_once_another_has_confirmed_it() {
    let (house, mut manager) = managed().await;
    let (_, mut second) = at_work(&house, 9, Role::OfficeManager, "nanshan").await;
    let page = manager.get(SERVICES).await;
    page.says("地点");
    page.says("所以改动要另一位大厅负责人或者账号管理员确认才生效");
    let seen = page.value("seen");
    let wrong = manager.post(SERVICES, &described(&seen, &[("phone", "<b>"), ("name_zh", "")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("请只写一个电话");
    wrong.says("请填写名称");
    assert!(wrong.has("value=\"&lt;b&gt;\"") && wrong.has("value=\"示例路 9 号\""), "{}", wrong.html);
    manager.post(SERVICES, &described(&seen, &[("name_en", "Nanshan evil.cn")])).await.says("请不要写网址");
    let proposed = manager.post(SERVICES, &described(&seen, &[])).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.html);
    manager.get(&proposed.location).await.says("已经提出，还没有生效");
    let read = async || house.browser().get("/marriage/book?registry=nanshan").await;
    assert!(!read().await.has("南山大厅（搬迁）"), "the old one is in force");
    manager.get(SERVICES).await.says("已提出改动，等另一个人确认：clerk8 于 ");
    let other = manager.post(SERVICES, &described(&seen, &[("phone", "12345")])).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    other.says("这个地点已经有一项改动在等第二个人确认");
    let own = manager.get(CONFIRM).await;
    own.says("这是您提出的");
    assert!(own.has("撤回") && !own.has("核对过了，确认"), "{}", own.html);

    second.get("/staff/account").await.says("等您确认（1）");
    let page = second.get(CONFIRM).await;
    page.says("改成：南山大厅（搬迁）");
    page.says("改成：0755-12345678");
    let confirm = pressed(&page, "核对过了，确认");
    let by_first = manager.post(CONFIRM, &[("do", &confirm)]).await;
    assert_eq!(by_first.status, StatusCode::FORBIDDEN);
    by_first.says("前一步是您自己办的");
    let done = second.post(CONFIRM, &[("do", &confirm)]).await;
    done.leads_to("/staff/confirm?done=place-confirmed&place=nanshan");
    second.get(&done.location).await.says("确认了，大家现在看到的就是新的");
    read().await.says("南山大厅（搬迁）");
    let listed = second.get("/staff/looks?office=nanshan&list=places").await;
    for words in ["加的、改的地点", "第二个人确认了改动", "提出了改动，等第二个人", " → 南山大厅（搬迁）", "clerk8"]
    {
        listed.says(words);
    }
    house.browser().get("/marriage/book").await.says("地铁示例站 A 口出来往左");
    assert_eq!(second.post(CONFIRM, &[("do", &confirm)]).await.status, StatusCode::CONFLICT, "once");
    let stale = manager.post(SERVICES, &described(&seen, &[("phone", "12345")])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("刚刚有人改过");
    assert!(stale.has("value=\"12345\"") && stale.has("0755-12345678"), "{}", stale.html);
}

/// The press that says that what was seen of a place is still right.
fn still_right(seen: &str) -> [(&str, &str); 3] {
    [("do", "still-right"), ("of", "nanshan"), ("seen", seen)]
}

#[tokio::test]
async fn a_manager_says_with_one_press_that_a_place_is_still_right_and_the_day_is_kept() {
    let (house, mut manager) = managed().await;
    let page = manager.get(SERVICES).await;
    page.says("还没有人核实过");
    page.says("都对，记今天核实过");
    let today = Locale::Zh.date(shanghai_date(house.now()));
    assert!(!page.has(&format!("上次核实：{today}")), "{}", page.html);
    let seen = page.value("seen");
    let stale = manager.post(SERVICES, &still_right("something else")).await;
    stale.leads_to("/staff/office/services?office=nanshan&done=changed");
    manager.get(&stale.location).await.says("没有记：刚刚有人改过");
    assert!(!manager.get(SERVICES).await.has(&format!("上次核实：{today}")));
    let right = manager.post(SERVICES, &still_right(&seen)).await;
    right.leads_to("/staff/office/services?office=nanshan&done=right");
    house.wait(TimeDelta::seconds(2));
    let done = manager.get(&right.location).await;
    done.says("记下了：今天核实过");
    done.says(&format!("上次核实：{today}"));
    let (_, mut other) = at_work(&house, 9, Role::OfficeManager, "demo-hill").await;
    let refused = other.post("/staff/office/services?office=demo-hill", &still_right(&seen)).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "of another office: {}", refused.html);
    // While a change waits, it is not all right.
    manager.post(SERVICES, &described(&seen, &[])).await;
    assert!(!manager.get(SERVICES).await.has("都对，记今天核实过"));
}

#[tokio::test]
async fn a_change_of_a_place_is_withdrawn_and_asks_who_is_there() {
    let (house, mut manager) = managed().await;
    let seen = manager.get(SERVICES).await.value("seen");
    house.wait(TimeDelta::minutes(6));
    let asked = manager.post(SERVICES, &described(&seen, &[])).await;
    asked.says("确认，并提出改动");
    assert!(asked.has("value=\"南山大厅（搬迁）\""), "what was typed is carried along: {}", asked.html);
    assert!(!manager.get(SERVICES).await.has("已提出改动"));
    let (_, mut other) = at_work(&house, 9, Role::OfficeManager, "nanshan").await;
    other.post(SERVICES, &described(&seen, &[])).await;
    let withdraw = pressed(&other.get(CONFIRM).await, "撤回");
    other.post(CONFIRM, &[("do", &withdraw)]).await.leads_to("/staff/confirm?done=place-withdrawn&place=nanshan");
    let done = other.get("/staff/confirm?done=place-withdrawn&place=nanshan").await;
    done.says("南山区婚姻登记处：您撤回了改动，还是原来的");
    let listed = other.get("/staff/looks?office=nanshan&list=places").await;
    for words in ["撤回了自己提出的改动", " → 南山大厅（搬迁）"] {
        listed.says(words);
    }
    other.get(SERVICES).await.says("地点");
    assert!(!other.get(SERVICES).await.has("已提出改动"));
    assert!(!house.browser().get("/marriage/book").await.has("南山大厅（搬迁）"));
}

fn switching<'a>(act: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("do", act),
        ("of", "marriage_registration@nanshan"),
        ("from", "2026-05-14"),
        ("to", "2026-05-15"),
        ("why", "systems"),
    ];
    for (name, value) in more {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    form
}

fn says_how_many(page: &Page) -> bool {
    page.has("个预约在这几天")
}

#[tokio::test]
async fn switching_off_shows_first_who_is_booked_and_strands_nobody() {
    let (house, mut manager) = managed().await;
    manager.get(SERVICES).await.says("停办几天");
    let today = manager.post(SERVICES, &switching("preview", &[("from", "2026-05-13"), ("why", "")])).await;
    assert_eq!(today.status, StatusCode::UNPROCESSABLE_ENTITY);
    today.says("最早从明天起");
    assert_eq!(today.html.matches("请选择原因").count(), 2, "at its field and above: {}", today.html);
    let blind = manager.post(SERVICES, &switching("switch-off", &[("effect", "guess")])).await;
    assert!(says_how_many(&blind), "the demo's couples of tomorrow are booked: {}", blind.html);
    let preview = manager.post(SERVICES, &switching("preview", &[])).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(says_how_many(&preview), "{}", preview.html);
    preview.says("这些预约不会取消");
    preview.says("短信是这样的（第一个预约）：“【惠民】南山区婚姻登记处这一天不办公：系统维护");
    assert!(preview.has("（各自的链接）") && !preview.has("/bookings/"), "nobody’s link: {}", preview.html);
    assert!(preview.html.contains("/staff/day?office=nanshan&amp;date=2026-05-14&amp;q="), "{}", preview.html);
    let effect = preview.value("effect");
    let told = house.texts().await;
    let done = manager.post(SERVICES, &switching("switch-off", &[("effect", &effect)])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let sent = house.texts().await - told;
    assert!(sent > 0, "whoever is booked is told");
    let done = manager.get(&done.location).await;
    done.says(&format!("发出 {sent} 条短信"));
    assert!(done.html.contains("/staff/day?office=nanshan&amp;date=2026-05-14&amp;state=booked"), "{}", done.html);
    manager.get(SERVICES).await.says("停办：系统维护");
    house.browser().get("/marriage/book?registry=nanshan&date=2026-05-14").await.says("系统维护");
    let elsewhere = [("of", "marriage_registration@demo-bay")];
    assert_eq!(manager.post(SERVICES, &switching("preview", &elsewhere)).await.status, StatusCode::NOT_FOUND);
}

/// What would have people pay, call or sign up elsewhere, in words that no list of bad ones has.
const LURES: &[&str] = &[
    "改约先缴押金两百元，回复姓名和身份证号，咨询打幺參捌洞洞幺參捌洞洞洞",
    "改约费五十元到一楼小卖部交",
    "请下载惠民通",
    "请把收到的六位数字回给我们",
    "reply with your ID number",
    "call one three eight zero zero one three eight",
    "王八蛋都滚",
];

#[tokio::test]
async fn closing_days_asks_who_is_there_before_anybody_is_told_and_tells_nobody_anything_that_was_written() {
    let (house, mut manager) = managed().await;
    let effect = manager.post(SERVICES, &switching("preview", &[])).await.value("effect");
    for written in LURES {
        // Whatever a form is made to send, under the name of then and of now.
        let more = [("why", *written), ("reason_zh", *written), ("reason_en", *written)];
        let refused = manager.post(SERVICES, &switching("preview", &more)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{written}");
        refused.says("请选择原因");
        let ignored = manager.post(SERVICES, &switching("preview", &more[1..])).await;
        assert!(ignored.has("不办公：系统维护") && !ignored.has(written), "{written}: {}", ignored.html);
    }
    let told = house.texts().await;
    house.wait(TimeDelta::minutes(6));
    let asked = manager.post(SERVICES, &switching("switch-off", &[("effect", &effect)])).await;
    asked.says("确认停办这几天");
    assert!(asked.has("value=\"systems\""), "what was chosen is carried along: {}", asked.html);
    assert_eq!(house.texts().await, told, "nobody is told yet");
    assert!(!manager.get(SERVICES).await.has("停办：系统维护"));
}

#[tokio::test]
async fn the_order_of_calling_changes_from_tomorrow_on() {
    let (_house, mut manager) = managed().await;
    let page = manager.get(SERVICES).await;
    page.says("今天：按约的时间");
    let seen = page.value("rules");
    let form = |from: &'static str| {
        [
            ("do", "calling"),
            ("rules", seen.as_str()),
            ("of", "calling"),
            ("order", "arrival"),
            ("early_minutes", "20"),
            ("late_minutes", "10"),
            ("from", from),
        ]
    };
    let today = manager.post(SERVICES, &form("2026-05-13")).await;
    assert_eq!(today.status, StatusCode::UNPROCESSABLE_ENTITY);
    today.says("最早从明天开始");
    assert_eq!(manager.post(SERVICES, &form("2026-05-14")).await.status, StatusCode::SEE_OTHER);
    let page = manager.get(SERVICES).await;
    page.says("今天：按约的时间");
    page.says("2026年5月14日 星期四 起：按到达先后；提前 20 分钟以上算早到，过 10 分钟算迟到");
    // From a page that was opened before that was set.
    let late = manager.post(SERVICES, &form("2026-05-15")).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.html);
    for words in ["没有保存：刚刚有人改过", "“叫号的先后”下面是别人刚定的", "value=\"2026-05-15\""]
    {
        late.says(words);
    }
    assert!(!late.has("5月15日 星期五 起"), "nobody writes over what they have not seen: {}", late.html);
}

#[tokio::test]
async fn only_the_manager_of_an_office_changes_what_is_there() {
    let (house, _) = managed().await;
    let (_, mut other) = at_work(&house, 4, Role::OfficeManager, "demo-bay").await;
    assert_eq!(other.get(SERVICES).await.status, StatusCode::NOT_FOUND);
    let own = "/staff/office/services?office=demo-bay";
    assert_eq!(other.post(own, &described("x", &[])).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post(own, &switching("preview", &[])).await.status, StatusCode::NOT_FOUND);
    let (_, mut clerk) = at_work(&house, 5, Role::CounterClerk, "nanshan").await;
    assert_eq!(clerk.get(SERVICES).await.status, StatusCode::FORBIDDEN);
}
