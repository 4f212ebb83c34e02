//! A day closes on which somebody is booked or holds a time.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{
    couple::Couple,
    house::House,
    moving::{cancel, confirm},
};

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
