//! Moving and cancelling.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{browser::Page, couple::Couple, house::House};

/// Presses the `n`th free time that is offered for the booking to move to.
async fn choose(couple: &mut Couple, page: &str, n: usize) -> Page {
    let address = format!("{page}/reschedule");
    let times = couple.browser.get(&address).await;
    let slot = times.html.split("name=\"slot\" value=\"").nth(n + 1).unwrap().split('"').next().unwrap().to_owned();
    couple.browser.post(&address, &[("slot", &slot)]).await
}

async fn confirm(couple: &mut Couple, page: &str) -> Page {
    let address = format!("{page}/reschedule/confirm");
    let shown = couple.browser.get(&address).await;
    let (hold, changes) = (shown.value("hold"), shown.value("changes"));
    couple.browser.post(&address, &[("hold", &hold), ("changes", &changes)]).await
}

#[tokio::test]
async fn a_booking_moves_to_another_time_and_is_cancelled_after() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    choose(&mut couple, &page, 3).await.leads_to(&format!("{page}/reschedule/confirm"));
    let shown = couple.browser.get(&format!("{page}/reschedule/confirm")).await;
    for words in ["原来的时间", "上午 9:00 至 9:15", "新的时间", "上午 9:45 至 10:00", "为您保留到上午 10:15"]
    {
        shown.says(words);
    }
    // Until it is confirmed nothing has changed.
    couple.browser.get(&page).await.says("上午 9:00 至 9:15");
    confirm(&mut couple, &page).await.leads_to(&page);
    let booking = couple.browser.get(&page).await;
    for words in ["已经改到新的时间", "预约号没有变", "上午 9:45 至 10:00", "改期的短信"] {
        booking.says(words);
    }
    let file = couple.browser.get(&format!("{page}/calendar.ics")).await;
    assert!(file.has("SEQUENCE:1") && file.has("20260514T094500"));

    let rules = couple.browser.get(&format!("{page}/cancel")).await;
    for words in ["不能恢复", "30 天内两次", "依据：", "可在 2026年5月13日 星期三 24:00 前取消"] {
        rules.says(words);
    }
    couple.browser.get(&page).await.says("预约成功");
    couple.browser.post(&format!("{page}/cancel"), &[]).await.leads_to(&page);
    let cancelled = couple.browser.get(&page).await;
    cancelled.says("预约已经取消");
    assert!(!cancelled.has("换一个时间"));
    // Once more, from a page that was still open.
    couple.browser.post(&format!("{page}/cancel"), &[]).await.leads_to(&page);
    assert!(couple.browser.get(&format!("{page}/calendar.ics")).await.has("STATUS:CANCELLED"));
    assert!(house.text_to(couple.phone(0), "booking_cancelled").await.contains("已取消"));
}

#[tokio::test]
async fn the_move_confirmed_twice_happens_once() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    choose(&mut couple, &page, 3).await;
    let address = format!("{page}/reschedule/confirm");
    let shown = couple.browser.get(&address).await;
    let (hold, changes) = (shown.value("hold"), shown.value("changes"));
    let form = [("hold", hold.as_str()), ("changes", changes.as_str())];
    let (mut left, mut right) = (couple.browser.clone(), couple.browser.clone());
    let before = house.texts().await;
    let (first, second) = tokio::join!(left.post(&address, &form), right.post(&address, &form));
    first.leads_to(&page);
    second.leads_to(&page);
    couple.browser.post(&address, &form).await.leads_to(&page);
    assert_eq!(house.texts().await, before + 2);
}

#[tokio::test]
async fn choosing_again_swaps_the_held_time() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    for n in 1..5 {
        choose(&mut couple, &page, n).await.leads_to(&format!("{page}/reschedule/confirm"));
        house.wait(TimeDelta::seconds(1));
    }
    couple.browser.get(&format!("{page}/reschedule/confirm")).await.says("上午 10:00 至 10:15");
    couple.browser.get(&format!("{page}/reschedule")).await.says("已经为您保留了一个新时间");
}

#[tokio::test]
async fn their_own_time_is_no_new_time() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let answer = choose(&mut couple, &page, 0).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says("这就是您现在的时间");
}

#[tokio::test]
async fn a_new_time_that_ran_out_changes_nothing() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    choose(&mut couple, &page, 3).await;
    let address = format!("{page}/reschedule/confirm");
    let shown = couple.browser.get(&address).await;
    let hold = shown.value("hold");
    house.wait(TimeDelta::minutes(16));
    couple.browser.post(&address, &[("hold", &hold), ("changes", "0")]).await.leads_to(&address);
    couple.browser.get(&address).await.says("您原来的预约没有变");
    couple.browser.get(&page).await.says("上午 9:00 至 9:15");
}

#[tokio::test]
async fn another_registry_can_be_chosen() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let list = couple.browser.get(&format!("{page}/reschedule?any=1")).await;
    list.says(&format!("{page}/reschedule?registry=demo-hill"));
    let address = format!("{page}/reschedule?registry=demo-hill");
    let slot = couple.browser.get(&address).await.button("slot");
    couple.browser.post(&address, &[("slot", &slot)]).await.leads_to(&format!("{page}/reschedule/confirm"));
    couple.browser.get(&format!("{page}/reschedule/confirm")).await.says("新登记处的地址");
    confirm(&mut couple, &page).await.leads_to(&page);
    couple.browser.get(&page).await.says("演示山婚姻登记处");
}

#[tokio::test]
async fn a_hot_date_needs_no_second_code_for_a_booking() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let address = format!("{page}/reschedule?registry=nanshan&date=2026-05-20");
    let shown = couple.browser.get(&address).await;
    let at = shown.html.find("id=\"of-day\"").unwrap();
    let slot = shown.html[at..].split("name=\"slot\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    couple.browser.post(&address, &[("slot", &slot)]).await.leads_to(&format!("{page}/reschedule/confirm"));
    confirm(&mut couple, &page).await.leads_to(&page);
    couple.browser.get(&page).await.says("2026年5月20日 星期三");
}

#[tokio::test]
async fn after_the_deadline_the_registry_is_to_be_phoned() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.set_clock("2026-05-14T08:00:00+08:00");
    let booking = couple.browser.get(&page).await;
    booking.says("网上取消已在 2026年5月13日 星期三 24:00 截止");
    assert!(!booking.has(&format!("{page}/cancel")));
    couple.browser.get(&format!("{page}/cancel")).await.says("已经不能在网上取消");
    assert_eq!(couple.browser.post(&format!("{page}/cancel"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(couple.browser.get(&format!("{page}/reschedule")).await.status, StatusCode::CONFLICT);
    couple.browser.get(&page).await.says("预约成功");
}

#[tokio::test]
async fn a_booking_is_whole_at_the_desk_until_its_day_is_over() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.set_clock("2026-05-14T09:00:05+08:00");
    for below in ["", "/print"] {
        let at_the_desk = couple.browser.get(&format!("{page}{below}")).await;
        for words in ["二维码", "南山区婚姻登记处", "户口"] {
            at_the_desk.says(words);
        }
        assert!(!at_the_desk.has("已经过了") && !at_the_desk.has("重新预约"), "{below}");
    }
    house.set_clock("2026-05-15T00:00:00+08:00");
    let over = couple.browser.get(&page).await;
    over.says("预约的日子已经过了");
    over.says("重新预约");
    // What the page offers is possible at that moment.
    couple.book(&house, "nanshan").await;
}

#[tokio::test]
async fn whoever_is_booked_on_a_day_that_closes_reads_why_and_moves() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.set_clock("2026-05-13T23:00:00+08:00");
    house.close("nanshan", "2026-05-14", ["停电检修", "Power cut"]).await;

    let booking = couple.browser.get(&page).await;
    for words in ["登记处这一天不办理，请改期", "停电检修", "选一个新的时间", "这一天不办理的短信"]
    {
        booking.says(words);
    }
    assert!(!booking.has("预约成功</h1>") && !booking.has("二维码"), "{}", booking.html);
    let paper = couple.browser.get(&format!("{page}/print")).await;
    paper.says("登记处这一天不办理，请改期");
    assert!(!paper.has("二维码"));
    couple.browser.get(&format!("/en{page}")).await.says("The registry is closed that day");

    // The cut-off is past, and the couple may move all the same.
    house.set_clock("2026-05-14T08:00:00+08:00");
    let address = format!("{page}/reschedule?registry=nanshan");
    let slot = couple.browser.get(&address).await.button("slot");
    couple.browser.post(&address, &[("slot", &slot)]).await.leads_to(&format!("{page}/reschedule/confirm"));
    confirm(&mut couple, &page).await.leads_to(&page);
    couple.browser.get(&page).await.says("已经改到新的时间");
}

#[tokio::test]
async fn a_cancelled_booking_takes_itself_out_of_the_calendar() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let english = couple.browser.get(&format!("/en{page}/calendar.ics")).await;
    assert!(english.html.replace("\r\n ", "").contains(&format!("/en{page}")), "{}", english.html);
    couple.browser.post(&format!("{page}/cancel"), &[]).await.leads_to(&page);
    let cancelled = couple.browser.get(&page).await;
    cancelled.says("把手机日历里的安排标为取消");
    cancelled.says(&format!("{page}/calendar.ics"));
    assert!(couple.browser.get(&format!("{page}/calendar.ics")).await.has("STATUS:CANCELLED"));
}
