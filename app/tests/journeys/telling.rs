//! What a page says is true at that moment: on the day, after the end, and while something is still to come.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::appointments::day::NO_REASON;

use super::{
    at_work::{DAY, press},
    couple::{CODES, Couple, FIRST, REVIEW},
    house::House,
    visits::{Morning, and_look},
};

#[tokio::test]
async fn on_the_day_the_page_says_today_and_whom_to_phone_on_the_way() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let before = couple.browser.get(&page).await;
    before.says("到了那天，两个人带上证件一起到登记处");
    assert!(!before.has("要迟到了"));
    // From ten in the morning of the day before to the early morning of the day.
    house.wait(TimeDelta::hours(20));
    let today = couple.browser.get(&page).await;
    today.says("预约就在今天");
    today.says("今天，两个人带上证件一起到登记处");
    today.says("要迟到了，或者来不了：请打登记处电话");
    assert!(!today.has("到了那天"), "{}", today.html);
    let english = couple.browser.get(&format!("/en{page}")).await;
    english.says("Today, come to the registry together");
    assert!(!english.has("On the day,"));
}

#[tokio::test]
async fn in_the_hall_the_page_says_the_number_the_counter_and_where_to_go_on() {
    let mut morning = Morning::new().await;
    let page = morning.page.clone();
    let form = async |morning: &mut Morning| {
        let day = morning.clerk.get(DAY).await;
        let reference = morning.page.rsplit('/').next().unwrap().to_owned();
        let arrived = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
        let arrived = morning.clerk.post(DAY, &arrived).await;
        morning.clerk.get(&arrived.location).await
    };
    let arrived = form(&mut morning).await;
    let waiting = morning.couple.browser.get(&page).await;
    for words in ["已经签到", "您的号", "001", "请在大厅等候叫号", "叫号以现场为准"] {
        waiting.says(words);
    }
    for gone in ["请按时到", "预约就在今天", "要迟到了", "取消预约"] {
        assert!(!waiting.has(gone), "{gone}: {}", waiting.html);
    }
    let called = and_look(&mut morning.clerk, &arrived, "叫下一个", &[]).await;
    morning.couple.browser.get(&page).await.says("请到 91 号窗口");
    let serving = and_look(&mut morning.clerk, &called, "人到了，开始办理", &[]).await;
    morning.couple.browser.get(&page).await.says("正在 91 号窗口办理");
    morning.couple.browser.get(&format!("/en{page}")).await.says("You are being served at counter 91");
    let parked = and_look(&mut morning.clerk, &serving, "暂放", &[]).await;
    morning.couple.browser.get(&page).await.says("请稍等，窗口会再叫您");
    let there = [("elsewhere", "marriage_registration@demo-bay")];
    for words in ["转到那里，去了再取号", "请把名称、地址和电话念给他们", "演示区海湾路1号"]
    {
        parked.says(words);
    }
    assert!(!parked.has("颁证厅"), "nobody is sent to another office for something else: {}", parked.html);
    let choice = parked.html.split("name=\"elsewhere\"").nth(1).unwrap();
    let first = choice.split("</option>").next().unwrap();
    assert!(first.contains("请选择"), "nobody is sent to whichever comes first: {first}");
    let nowhere = press(&mut morning.clerk, &parked, "转到哪里", &[("elsewhere", "")]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nowhere.html);
    nowhere.says("请选择转到哪里");
    let sent_on = and_look(&mut morning.clerk, &parked, "转到哪里", &there).await;
    let (short, whereto) = ("已转到演示湾婚姻登记处", "已转到演示湾婚姻登记处：结婚登记（");
    assert!(sent_on.html.matches(short).count() >= 2, "in the strip and in the row: {}", sent_on.html);
    assert!(!sent_on.has(whereto), "by its name alone, on one line: {}", sent_on.html);
    let visit = sent_on.html.split("/staff/visits/").nth(1).unwrap().split('"').next().unwrap();
    let opened = morning.clerk.get(&format!("/staff/visits/{visit}")).await;
    assert_eq!(opened.html.matches(whereto).count(), 2, "as its state and in its history: {}", opened.html);
    opened.says("演示区海湾路1号");
    let sent = morning.couple.browser.get(&page).await;
    for words in ["今天请到演示湾婚姻登记处办理", "请先找工作人员取号", "演示区海湾路1号"]
    {
        sent.says(words);
    }
    assert!(!sent.has("请按时到") && !sent.has("预约就在今天") && !sent.has(">001<"), "{}", sent.html);
}

#[tokio::test]
async fn a_cancelled_booking_says_nothing_of_what_cannot_change_and_leads_to_another() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    couple.browser.get(&page).await.says("预约以后不能换人");
    couple.browser.get(&format!("{page}/data")).await.says("先取消预约");
    let cancel = format!("{page}/cancel");
    let changes = couple.browser.get(&cancel).await.value("changes");
    couple.browser.post(&cancel, &[("changes", &changes)]).await.leads_to(&page);
    let cancelled = couple.browser.get(&page).await;
    cancelled.says("预约已经取消");
    cancelled.says("名额稍后放回");
    cancelled.says(r#"<a href="/marriage/book" class="button button-primary">重新预约"#);
    assert!(!cancelled.has("预约以后不能") && !cancelled.has("没有送达也不影响预约"), "{}", cancelled.html);
    assert!(!couple.browser.get(&format!("{page}/data")).await.has("先取消预约"));
}

#[tokio::test]
async fn a_past_booking_says_nothing_of_what_cannot_change() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.wait(TimeDelta::days(2));
    let past = couple.browser.get(&page).await;
    past.says("预约的日子已经过了");
    past.says("button button-primary\">重新预约");
    assert!(!past.has("预约以后不能"), "{}", past.html);
}

#[tokio::test]
async fn a_day_closed_without_a_reason_gives_none() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.close("nanshan", "2026-05-14", NO_REASON).await;
    let closed = couple.browser.get(&page).await;
    closed.says("登记处这一天不办理，请改期");
    let day = couple.browser.get("/marriage/book?registry=nanshan&date=2026-05-14").await;
    day.says("登记处这一天不办理");
    day.says("请选择别的日子");
    for shown in [&closed, &day] {
        assert!(!shown.has("登记处说明") && !shown.has(NO_REASON[0]), "{}", shown.html);
    }
    let text = house.text_to(couple.phone(0), "booking_day_closed").await;
    assert!(text.contains("这一天不办公。") && !text.contains(NO_REASON[0]), "{text}");
}

#[tokio::test]
async fn a_code_can_be_asked_for_again_once_its_minute_is_over() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let sent = couple.browser.get(CODES).await;
    sent.says("60 秒后可以再发");
    sent.says("href=\"/marriage/book/details/second?from=review#phone\"");
    house.wait(TimeDelta::seconds(20));
    couple.browser.get(CODES).await.says("40 秒后可以再发");
    house.wait(TimeDelta::seconds(40));
    let later = couple.browser.get(CODES).await;
    later.says("重新发送验证码");
    assert!(!later.has("后可以再发") && !later.has("resend-later"), "{}", later.html);
}

#[tokio::test]
async fn all_steps_are_counted_alike_before_anything_is_filled_in() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let day = "/marriage/book?registry=nanshan&date=2026-05-20";
    let slot = couple.browser.get(day).await.slots("time").remove(0);
    let phone = couple.browser.post(day, &[("slot", &slot)]).await.location;
    let number = couple.phone(0).to_owned();
    couple.browser.post(&phone, &[("phone", &number), ("action", "send")]).await.says("60 秒后可以再发");
    let code = house.code(&number).await;
    couple.browser.post(&phone, &[("phone", &number), ("phone_code", &code)]).await.leads_to(FIRST);
    // One phone is confirmed already, but nobody knows the other yet.
    couple.browser.get(FIRST).await.says("第 2 步，共 5 步");
    couple.browser.get(REVIEW).await.says("第 4 步，共 5 步");
}

#[tokio::test]
async fn who_never_asked_for_a_code_is_not_told_that_it_ran_out() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get("/marriage/bookings/code").await.leads_to("/marriage/bookings?first");
    let find = browser.get("/marriage/bookings?first").await;
    assert_eq!(find.status, StatusCode::OK);
    find.says("请先填写预约号和手机号，获取验证码");
    assert!(!find.has("过期"), "{}", find.html);
}
