//! Moving and cancelling.

use axum::http::StatusCode;

use super::{
    browser::{Browser, Page},
    couple::{CODES, Couple, borrowed},
    house::House,
};

/// Presses the `n`th free time that is offered for the booking to move to; its own, the first of all, is not.
pub async fn choose(couple: &mut Couple, page: &str, n: usize) -> Page {
    let address = format!("{page}/reschedule");
    let times = couple.browser.get(&address).await;
    let slot = times.html.split("name=\"slot\" value=\"").nth(n).unwrap().split('"').next().unwrap().to_owned();
    couple.browser.post(&address, &[("slot", &slot)]).await
}

/// The time that the notice offers again.
pub fn again(page: &Page) -> String {
    let from = page.html.find("actions again").expect("it is offered again");
    page.html[from..].split("name=\"slot\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

pub async fn confirm(couple: &mut Couple, page: &str) -> Page {
    let address = format!("{page}/reschedule/confirm");
    let shown = couple.browser.get(&address).await;
    let (hold, changes) = (shown.value("hold"), shown.value("changes"));
    couple.browser.post(&address, &[("hold", &hold), ("changes", &changes)]).await
}

/// Presses the last button of the page that cancels.
pub async fn cancel(browser: &mut Browser, page: &str) -> Page {
    let address = format!("{page}/cancel");
    let changes = browser.get(&address).await.value("changes");
    browser.post(&address, &[("changes", &changes)]).await
}

#[tokio::test]
async fn a_booking_moves_to_another_time_and_is_cancelled_after() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    choose(&mut couple, &page, 3).await.leads_to(&format!("{page}/reschedule/confirm"));
    let shown = couple.browser.get(&format!("{page}/reschedule/confirm")).await;
    for words in
        ["原来的时间会放回给大家预约", "上午 9:00 至 9:15", "新的时间", "上午 9:45 至 10:00", "保留到上午 10:15"]
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
    assert!(file.has("SEQUENCE:2") && file.has("20260514T094500"));

    let rules = couple.browser.get(&format!("{page}/cancel")).await;
    for words in ["不能恢复", "多次没有到场", "依据：", "可在 2026年5月13日 星期三 24:00 前取消"]
    {
        rules.says(words);
    }
    couple.browser.get(&page).await.says("预约成功");
    cancel(&mut couple.browser, &page).await.leads_to(&page);
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
    assert!(!shown.has("要先验证一个手机号"), "nor is one announced: {}", shown.html);
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
        assert!(!at_the_desk.has("已经过了") && !at_the_desk.has("重新预约</a>"), "{below}");
    }
    couple
        .browser
        .get(&page)
        .await
        .says("没有赶上的，请打电话问登记处今天还能不能办；今天办不了的，明天起按当地的预约规则重新预约");
    let mut too_early = Couple::new(&house, 1);
    too_early.hold("nanshan").await;
    too_early.fill_in().await;
    too_early.declare().await.leads_to(CODES);
    let form = too_early.codes(&house).await;
    too_early.browser.post(CODES, &borrowed(&form)).await.says("原来的预约就在今天、没有赶上");
    house.set_clock("2026-05-15T00:00:00+08:00");
    let over = couple.browser.get(&page).await;
    over.says("预约的日子已经过了");
    over.says("重新预约");
    // What the page offers is possible at that moment.
    couple.book(&house, "nanshan").await;
}

#[tokio::test]
async fn days_on_which_somebody_is_under_age_are_not_offered() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    // He comes of age on 20 May.
    couple.people[0].id_number = shared::invented::with_check_character("10000020040520011");
    let day = |date: &str| format!("/marriage/book?registry=nanshan&date=2026-05-{date}");
    let slot = couple.browser.get(&day("22")).await.slots("time")[0].clone();
    couple.browser.post(&day("22"), &[("slot", &slot)]).await.leads_to(super::couple::FIRST);
    couple.fill_in().await;
    couple.declare().await.leads_to(super::couple::CODES);
    let form = couple.codes(&house).await;
    let page = couple.browser.post(super::couple::CODES, &borrowed(&form)).await.location;
    let first = couple.browser.get(&format!("{page}/reschedule")).await;
    let offered = first.slots("offer");
    let of_age = house.slots("nanshan", "2026-05-20").await;
    assert_eq!((offered.len(), &offered[0]), (5, &of_age[0].id.to_string()));
    let early = couple.browser.get(&format!("{page}/reschedule?registry=nanshan&date=2026-05-19")).await;
    early.says("这个预约不能改到这一天");
    assert!(early.slots("time").is_empty());
    assert!(!early.has("2026-05-19#day\"><"), "no link to it as a free day");
    let address = format!("{page}/reschedule");
    couple.browser.post(&address, &[("slot", &offered[0])]).await.leads_to(&format!("{address}/confirm"));
}

#[tokio::test]
async fn a_cancelled_booking_takes_itself_out_of_the_calendar() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let english = couple.browser.get(&format!("/en{page}/calendar.ics")).await;
    assert!(english.html.replace("\r\n ", "").contains(&format!("/en{page}")), "{}", english.html);
    cancel(&mut couple.browser, &page).await.leads_to(&page);
    let cancelled = couple.browser.get(&page).await;
    cancelled.says("把手机日历里的安排标为取消");
    cancelled.says(&format!("{page}/calendar.ics"));
    assert!(couple.browser.get(&format!("{page}/calendar.ics")).await.has("STATUS:CANCELLED"));
}

#[tokio::test]
async fn only_the_time_that_the_page_showed_is_cancelled() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let address = format!("{page}/cancel");
    let shown = couple.browser.get(&address).await.value("changes");
    choose(&mut couple, &page, 3).await;
    confirm(&mut couple, &page).await.leads_to(&page);
    for form in [vec![("changes", shown.as_str())], Vec::new()] {
        let stale = couple.browser.post(&address, &form).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.says("预约刚刚改过时间，还没有取消");
        stale.says("上午 9:45");
    }
    cancel(&mut couple.browser, &page).await.leads_to(&page);
}
