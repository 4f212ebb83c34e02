//! Moving and cancelling.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{
    browser::{Browser, Page},
    couple::{CODES, Couple, borrowed},
    house::House,
};

/// Presses the `n`th free time that is offered for the booking to move to; its own, the first of all, is not.
async fn choose(couple: &mut Couple, page: &str, n: usize) -> Page {
    let address = format!("{page}/reschedule");
    let times = couple.browser.get(&address).await;
    let slot = times.html.split("name=\"slot\" value=\"").nth(n).unwrap().split('"').next().unwrap().to_owned();
    couple.browser.post(&address, &[("slot", &slot)]).await
}

/// The time that the notice offers again.
fn again(page: &Page) -> String {
    let from = page.html.find("actions again").expect("it is offered again");
    page.html[from..].split("name=\"slot\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn confirm(couple: &mut Couple, page: &str) -> Page {
    let address = format!("{page}/reschedule/confirm");
    let shown = couple.browser.get(&address).await;
    let (hold, changes) = (shown.value("hold"), shown.value("changes"));
    couple.browser.post(&address, &[("hold", &hold), ("changes", &changes)]).await
}

/// Presses the last button of the page that cancels.
async fn cancel(browser: &mut Browser, page: &str) -> Page {
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
    let (own, other) = {
        let slots = house.slots("nanshan", "2026-05-14").await;
        (slots[0].id.to_string(), slots[1].id.to_string())
    };
    for address in [format!("{page}/reschedule"), format!("{page}/reschedule?registry=nanshan&date=2026-05-14")] {
        let times = couple.browser.get(&address).await;
        let offered = |slot: &str| times.has(&format!(r#"name="slot" value="{slot}""#));
        assert!(!offered(&own) && offered(&other), "{address}");
    }
    let answer = couple.browser.post(&format!("{page}/reschedule"), &[("slot", &own)]).await;
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
    let told = couple.browser.get(&address).await;
    told.says("您原来的预约没有变");
    couple.browser.get(&page).await.says("上午 9:00 至 9:15");
    // The same time is offered again, where it is met and where another would be chosen.
    told.says("为您保留的时间已经到了：5月14日 上午 9:45");
    let day = format!("{page}/reschedule?registry=nanshan&date=2026-05-14");
    couple.browser.get(&day).await.says("重新保留");
    couple.browser.post(&day, &[("slot", &again(&told))]).await.leads_to(&address);
    couple.browser.get(&address).await.says("上午 9:45 至 10:00");
}

#[tokio::test]
async fn a_new_time_given_up_is_offered_back_and_the_booking_stays() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    choose(&mut couple, &page, 3).await;
    let address = format!("{page}/reschedule/confirm");
    let hold = couple.browser.get(&address).await.value("hold");
    let form = [("hold", hold.as_str()), ("changes", "0"), ("action", "release")];
    let day = format!("{page}/reschedule?registry=nanshan&date=2026-05-14");
    couple.browser.post(&address, &form).await.leads_to(&day);
    let times = couple.browser.get(&day).await;
    for words in ["5月14日 上午 9:45 已放回", "您原来的预约没有变", "重新保留"] {
        times.says(words);
    }
    couple.browser.post(&day, &[("slot", &again(&times))]).await.leads_to(&address);
    confirm(&mut couple, &page).await.leads_to(&page);
    assert!(!couple.browser.get(&format!("{page}/reschedule")).await.has("已放回"), "it moved there");
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
async fn whoever_is_booked_on_a_day_that_closes_reads_why_and_moves() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.set_clock("2026-05-13T23:00:00+08:00");
    house.close("nanshan", "2026-05-14", ["停电检修", "Power cut"]).await;

    let booking = couple.browser.get(&page).await;
    for words in ["登记处这一天不办理，请改期", "停电检修", "选一个新的时间", "停办的短信"]
    {
        booking.says(words);
    }
    assert!(!booking.has("预约成功</h1>") && !booking.has("二维码"), "{}", booking.html);
    // A calendar that has the entry takes the change over.
    booking.says("把手机日历里的安排标为取消");
    let file = couple.browser.get(&format!("{page}/calendar.ics")).await;
    assert!(file.has("STATUS:CANCELLED") && file.has("SEQUENCE:1"), "{}", file.html);
    let paper = couple.browser.get(&format!("{page}/print")).await;
    paper.says("登记处这一天不办理，请改期");
    assert!(!paper.has("二维码"));
    couple.browser.get(&format!("/en{page}")).await.says("The registry is closed that day");

    // Nobody moved it, and the day is over: the page does not wish the newly married well.
    house.set_clock("2026-05-15T00:00:00+08:00");
    couple.browser.get(&page).await.says("登记处那个时间没有办理，预约也没有改到别的时间。现在可以重新预约。");

    // The cut-off is past, and the couple may move all the same.
    house.set_clock("2026-05-14T08:00:00+08:00");
    let address = format!("{page}/reschedule?registry=nanshan");
    let slot = couple.browser.get(&address).await.button("slot");
    couple.browser.post(&address, &[("slot", &slot)]).await.leads_to(&format!("{page}/reschedule/confirm"));
    assert!(!couple.browser.get(&format!("{page}/reschedule/confirm")).await.has("会放回给大家"));
    confirm(&mut couple, &page).await.leads_to(&page);
    couple.browser.get(&page).await.says("已经改到新的时间");
    let moved = couple.browser.get(&format!("{page}/calendar.ics")).await;
    assert!(moved.has("STATUS:CONFIRMED") && moved.has("SEQUENCE:4"), "{}", moved.html);
}

#[tokio::test]
async fn of_a_closed_day_no_place_is_said_to_go_to_others() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.close("nanshan", "2026-05-14", ["停电检修", "Power cut"]).await;
    cancel(&mut couple.browser, &page).await.leads_to(&page);
    let cancelled = couple.browser.get(&page).await;
    cancelled.says("您现在就可以重新预约");
    assert!(!cancelled.has("名额稍后放回"));
    let paper = couple.browser.get(&format!("{page}/print")).await;
    paper.says("原来的时间");
}

#[tokio::test]
async fn a_move_confirmed_on_an_older_page_says_that_its_time_was_not_taken() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let address = format!("{page}/reschedule/confirm");
    choose(&mut couple, &page, 1).await;
    let shown = couple.browser.get(&address).await;
    let [hold, slot, changes] = ["hold", "slot", "changes"].map(|name| shown.value(name));
    let stale = [("hold", hold.as_str()), ("slot", slot.as_str()), ("changes", changes.as_str())];
    house.wait(TimeDelta::seconds(1));
    choose(&mut couple, &page, 2).await;
    // Another time is held now, and nothing has moved.
    let answer = couple.browser.post(&address, &stale).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says("新的时间换过了，还没有改期");
    couple.browser.get(&page).await.says("上午 9:00 至 9:15");
    confirm(&mut couple, &page).await.leads_to(&page);
    let answer = couple.browser.post(&address, &stale).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    for words in ["没有改到刚才那个时间", "现在是 5月14日 上午 9:30", "5月14日 上午 9:15 没有用上"]
    {
        answer.says(words);
    }
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

#[tokio::test]
async fn a_time_held_on_a_day_that_closes_says_so_at_every_step_and_sends_no_code() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    house.close("nanshan", "2026-05-14", ["停电检修", "Power cut"]).await;
    for step in [super::couple::FIRST, super::couple::REVIEW] {
        let page = couple.browser.get(step).await;
        page.says("登记处这一天不办理了");
        page.says("请另选一个时间");
    }
    couple.browser.get(super::couple::CODES).await.leads_to(super::couple::REVIEW);
    let texts = house.texts().await;
    let hold = [("hold", "any"), ("declared", "yes")];
    couple.browser.post(super::couple::REVIEW, &hold).await.leads_to(super::couple::REVIEW);
    assert_eq!(house.texts().await, texts);
}

#[tokio::test]
async fn a_move_to_a_day_that_closes_meanwhile_says_so_everywhere_and_offers_other_times() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let day = format!("{page}/reschedule?registry=nanshan&date=2026-05-18");
    let slot = couple.browser.get(&day).await.slots("time")[0].clone();
    let address = format!("{page}/reschedule/confirm");
    couple.browser.post(&day, &[("slot", &slot)]).await.leads_to(&address);
    let (hold, changes) = {
        let shown = couple.browser.get(&address).await;
        (shown.value("hold"), shown.value("changes"))
    };
    house.close("nanshan", "2026-05-18", ["停电检修", "Power cut"]).await;
    for action in ["", "extend"] {
        let form = [("hold", hold.as_str()), ("changes", changes.as_str()), ("action", action)];
        couple.browser.post(&address, &form).await.leads_to(&address);
    }
    let shown = couple.browser.get(&address).await;
    for words in ["登记处这一天不办理了", "您原来的预约没有变", &day.replace('&', "&amp;")] {
        shown.says(words);
    }
    for offered in ["确认改期", "再保留", "还有约"] {
        assert!(!shown.has(offered), "{offered}");
    }
    let times = couple.browser.get(&format!("{page}/reschedule")).await;
    times.says("登记处这一天不办理了");
    assert!(!times.has("已经为您保留了一个新时间"));
    // Once it has run out it is not offered again, and whoever presses an older page is told once.
    house.wait(TimeDelta::minutes(16));
    for address in [&address, &day] {
        let late = couple.browser.get(address).await;
        late.says("登记处这一天不办理了，这个时间不能再保留");
        assert!(!late.has("重新保留"), "{address}");
    }
    let refused = couple.browser.post(&day, &[("slot", &slot)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("这里这个时间不办理");
    assert!(!refused.has("重新保留") && !refused.has("为您保留的时间已经到了"));
}

#[tokio::test]
async fn a_held_time_whose_day_closes_is_nowhere_shown_as_good() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    let hold = couple.browser.get(super::couple::REVIEW).await.value("hold");
    house.close("nanshan", "2026-05-14", ["停电检修", "Power cut"]).await;
    let refused = couple.browser.post("/marriage/book/hold", &[("hold", &hold), ("action", "extend")]).await;
    refused.says("这里这个时间不办理");
    let pages = ["/marriage/book", super::couple::FIRST, super::couple::SECOND, super::couple::REVIEW];
    let mut shown = vec![refused];
    for page in pages {
        shown.push(couple.browser.get(page).await);
    }
    for page in shown {
        page.says("登记处这一天不办理了，为您保留的时间用不上了");
        for good in ["再保留", "还有约", "您已经保留了一个时间", "继续填写", "前改期或取消", "正在为您保留"]
        {
            assert!(!page.has(good), "{good}: {}", page.html);
        }
    }
    // Another time leads on although the closed one is still held, and that one can be given back.
    house.wait(TimeDelta::seconds(1));
    couple.hold("demo-hill").await;
    couple.browser.get(super::couple::REVIEW).await.says("发送验证码");
    couple.browser.get("/marriage/book").await.says("您已经保留了一个时间");
    couple.browser.post("/marriage/book/hold", &[("hold", &hold), ("action", "release")]).await;
    let times = couple.browser.get("/marriage/book").await;
    times.says("已放回");
    times.says("登记处这一天不办理了，这个时间不能再保留");
}

#[tokio::test]
async fn a_time_of_a_closed_day_is_not_offered_again_once_it_ran_out() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    house.close("nanshan", "2026-05-14", ["停电检修", "Power cut"]).await;
    house.wait(TimeDelta::minutes(16));
    for page in ["/marriage/book", super::couple::FIRST, super::couple::REVIEW] {
        let late = couple.browser.get(page).await;
        late.says("登记处这一天不办理了，这个时间不能再保留");
        assert!(!late.has("重新保留"), "{page}");
    }
}
