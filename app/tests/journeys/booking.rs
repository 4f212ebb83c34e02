//! From a held time to a booking.

use axum::http::StatusCode;
use shared::invented;

use super::{
    couple::{CODES, Couple, FIRST, REVIEW, SECOND, borrowed},
    house::House,
};

#[tokio::test]
async fn a_couple_books_with_forms_alone() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let booking = couple.browser.get(&page).await;
    assert_eq!((booking.status, booking.cache.as_str()), (StatusCode::OK, "no-store"));
    for words in ["预约成功", "南山区婚姻登记处", "可在 2026年5月13日 星期三 24:00 前取消", "加到手机日历", "等待发送"]
    {
        booking.says(words);
    }
    for secret in [&couple.people[0].id_number, &couple.people[1].phone, "演示甲"] {
        assert!(!booking.has(secret), "{secret}");
    }
}

#[tokio::test]
async fn the_same_in_english() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    for page in [FIRST, SECOND, REVIEW] {
        let page = couple.browser.get(&format!("/en{page}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.has(r#"<html lang="en""#) && !page.has("第 "), "{}", page.html);
    }
    let hold = couple.browser.get("/en/marriage/book/review").await.value("hold");
    let form = [("hold", hold.as_str()), ("declared", "yes")];
    couple.browser.post("/en/marriage/book/review", &form).await.leads_to("/en/marriage/book/codes");
    let form = couple.codes(&house).await;
    let booked = couple.browser.post("/en/marriage/book/codes", &borrowed(&form)).await;
    couple.browser.get(&booked.location).await.says("You are booked");
    assert!(house.text_to(couple.phone(0), "booking_made").await.starts_with("[Huimin]"));
}

#[tokio::test]
async fn what_was_typed_is_shown_in_full_before_it_is_confirmed() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    let review = couple.browser.get(REVIEW).await;
    assert_eq!(review.cache, "no-store");
    let grouped = |id: &str| format!("{} {} {}", &id[..6], &id[6..14], &id[14..]);
    for person in &couple.people {
        review.says(&person.name);
        review.says(&grouped(&person.id_number));
    }
    review.says("139 0000 0003");
    review.says("多次没有到场");
}

#[tokio::test]
async fn nothing_is_sent_before_the_declaration() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    let hold = couple.browser.get(REVIEW).await.value("hold");
    let answer = couple.browser.post(REVIEW, &[("hold", &hold)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("请先阅读并勾选这一条");
    couple.browser.get(CODES).await.leads_to(REVIEW);
    assert_eq!(house.texts().await, 0);
}

#[tokio::test]
async fn an_identity_check_that_is_away_leaves_a_couple_to_the_desk_and_the_privacy_notice_tells_of_it() {
    let house = House::open_with(&["--identity-check", "http://127.0.0.1:9/identity"]).await;
    let mut couple = Couple::new(&house, 1);
    let booked = couple.book(&house, "nanshan").await;
    couple.browser.get(&booked).await.says("前台会先核对两位的身份");
    let notice = couple.browser.get("/privacy").await;
    for words in [
        "身份核验服务",
        "不予办理的理由",
        "演示短信公司（演示数据，虚构）",
        "演示身份核验中心（演示数据，虚构）",
        "第四十五条第三款",
        "预约的日子过去 5 年为止",
    ] {
        notice.says(words);
    }
    assert!(!notice.has("监督电话"), "none was set");
    notice.says("书面申请寄到哪里，请先打电话问");
    let flags = [
        "--sms-provider=甲短信公司",
        "--sms-provider-contact=000-11111111",
        "--supervision-phone=000-22222222",
        "--bureau-address=演示市演示路 1 号",
        "--record-years=7",
        "--hosting-provider=甲云公司",
        "--hosting-provider-contact=000-33333333",
    ];
    assert!(!notice.has("托管服务商"), "none was named");
    let notice = House::open_with(&flags).await.browser().get("/privacy").await;
    assert!(!notice.has("身份核验服务") && !notice.has("虚构"), "{}", notice.html);
    for words in [
        "甲短信公司",
        "000-11111111",
        "监督电话",
        "000-22222222",
        "书面申请寄到：演示市演示路 1 号。",
        "预约的日子过去 7 年为止",
        "甲云公司",
    ] {
        notice.says(words);
    }
}

#[tokio::test]
async fn a_phone_that_names_one_stranger_after_another_is_told_when_it_may_go_on() {
    let house = House::open().await;
    for number in 1..=4 {
        let mut couple = Couple::new(&house, number);
        for (who, phone) in ["13700000001", "13700000002"].into_iter().enumerate() {
            phone.clone_into(&mut couple.people[who].phone);
        }
        if number < 4 {
            couple.book(&house, "nanshan").await;
            continue;
        }
        couple.hold("nanshan").await;
        couple.fill_in().await;
        couple.declare().await.leads_to(CODES);
        let form = couple.codes(&house).await;
        let refused = couple.browser.post(CODES, &borrowed(&form)).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        refused.says("最近为太多不同的人预约过");
        refused.says("5月20日");
        refused.says("打电话给办理的地方");
    }
}

#[tokio::test]
async fn the_last_button_pressed_twice_makes_one_booking() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let form = couple.codes(&house).await;
    let (mut left, mut right) = (couple.browser.clone(), couple.browser.clone());
    let form = borrowed(&form);
    let (first, second) = tokio::join!(left.post(CODES, &form), right.post(CODES, &form));
    let third = couple.browser.post(CODES, &form).await;
    assert!(first.location.starts_with("/marriage/bookings/"), "{}", first.html);
    assert_eq!(first.location, second.location);
    assert_eq!(first.location, third.location);
    couple.browser.get(&third.location).await.says("预约成功");
    // Two codes, and one message to each phone.
    assert_eq!(house.texts().await, 4);
}

#[tokio::test]
async fn the_last_button_pressed_six_times_at_once_leads_to_the_booking_each_time() {
    let house = House::open().await;
    for n in 1..=3 {
        let mut couple = Couple::new(&house, n);
        couple.hold("nanshan").await;
        couple.fill_in().await;
        couple.declare().await.leads_to(CODES);
        let form = couple.codes(&house).await;
        let presses = (0..6).map(|_| {
            let (mut browser, form) = (couple.browser.clone(), form.clone());
            async move { browser.post(CODES, &borrowed(&form)).await.location }
        });
        let led = futures_util::future::join_all(presses).await;
        assert!(led.iter().all(|page| page.starts_with("/marriage/bookings/") && *page == led[0]), "{led:?}");
    }
}

#[tokio::test]
async fn someone_who_is_booked_already_learns_that_and_nothing_more() {
    let house = House::open().await;
    let mut first = Couple::new(&house, 1);
    first.book(&house, "nanshan").await;
    let mut second = Couple::new(&house, 2);
    second.people[0].id_number.clone_from(&first.people[0].id_number);
    second.hold("demo-hill").await;
    second.fill_in().await;
    second.declare().await.leads_to(CODES);
    let form = second.codes(&house).await;
    let answer = second.browser.post(CODES, &borrowed(&form)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says("两人中有人已经有一个结婚登记预约");
    for told in ["南山", "5月14日", "男方", &first.people[1].name] {
        assert!(
            !answer.html.split("class=\"notice-body\"").any(|part| part.contains(told) && part.contains("南山")),
            "{told}"
        );
    }
    assert!(!answer.has("南山"));
    for way in ["手机号填的是不是本人的，网上核实不了", "两个人带上证件原件", "可以撤销那个预约", "（演示，打不通）"]
    {
        answer.says(way);
    }
    assert!(house.text_to(first.phone(1), "duplicate_tried").await.contains("没有改动您的预约"));
}

#[tokio::test]
async fn a_registry_without_the_authority_is_told_as_soon_as_it_is_known() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    let form = [
        ("kind", "foreigner"),
        ("name", "Mary O'Neill"),
        ("id_type.foreigner", "passport"),
        ("id_number", "X1234567"),
        ("birth_date.year", "1998"),
        ("birth_date.month", "3"),
        ("birth_date.day", "27"),
        ("phone", "13900000000"),
    ];
    couple.browser.post("/marriage/book/details/second?from=review", &form).await.leads_to(REVIEW);
    let review = couple.browser.get(REVIEW).await;
    review.says("网上不能为您二位约这个登记处");
    review.says("您填写的内容为您保留到中午 12:15。");
    assert!(!review.has("发送验证码"));
    review.says("1998年3月27日");
    couple.declare_anyway().await.leads_to(REVIEW);
}

impl Couple {
    /// Sends the review's form although it shows no button.
    async fn declare_anyway(&mut self) -> super::browser::Page {
        self.browser.post(REVIEW, &[("hold", "x"), ("declared", "yes")]).await
    }
}

#[tokio::test]
async fn the_groom_follows_his_new_phone_and_two_couples_do_not_mix() {
    let house = House::open().await;
    let (mut one, mut two) = (Couple::new(&house, 1), Couple::new(&house, 2));
    one.hold("nanshan").await;
    two.hold("nanshan").await;
    one.fill_in().await;
    two.fill_in().await;
    assert!(!one.browser.get(REVIEW).await.has(&invented::couple(2)[0].id_number[14..]));
    assert_ne!(one.browser.get(REVIEW).await.value("hold"), two.browser.get(REVIEW).await.value("hold"));
}
