//! The codes by which a couple confirms its phones.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::StatusCode;
use shared::invented;

use super::{
    couple::{CODES, Couple, REVIEW, borrowed},
    house::House,
};

/// That of requests which came through no socket.
const UNKNOWN_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
/// Where codes were asked for again.
const RESENT: &str = "/marriage/book/codes?resent";

#[tokio::test]
async fn wrong_codes_are_told_at_their_fields_and_right_ones_count_once() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let right = couple.codes(&house).await;
    let mut form = right.clone();
    form[2].1 = "１２３".to_owned();
    let answer = couple.browser.post(CODES, &borrowed(&form)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("请填写短信里的 6 位数字验证码");
    assert_eq!(answer.value("parties.1.phone_code"), "１２３");
    let other = if right[2].1 == "000000" { "000001" } else { "000000" };
    other.clone_into(&mut form[2].1);
    let answer = couple.browser.post(CODES, &borrowed(&form)).await;
    answer.says("还可以试 4 次");
    // His phone is confirmed by now, so only hers is asked for.
    answer.says("已经验证");
    let form = [right[0].clone(), right[2].clone()];
    let booked = couple.browser.post(CODES, &borrowed(&form)).await;
    couple.browser.get(&booked.location).await.says("预约成功");
}

#[tokio::test]
async fn a_code_is_sent_again_only_after_a_minute() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let form = couple.codes(&house).await;
    let again = [("hold", form[0].1.as_str()), ("action", "resend")];
    couple.browser.post(CODES, &again).await.leads_to(RESENT);
    let early = couple.browser.get(RESENT).await;
    early.says("这次没有发出新的验证码");
    early.says("刚才已经发过一条，还能用；没有收到的，上午 10:01 以后可以再发。");
    assert_eq!(house.texts().await, 2);
    house.wait(chrono::TimeDelta::seconds(61));
    couple.browser.post(CODES, &again).await.leads_to(RESENT);
    couple.browser.get(RESENT).await.says("新的验证码已经发出");
    assert_eq!(house.texts().await, 4);
}

#[tokio::test]
async fn what_stops_one_phone_s_code_stops_no_other_and_is_not_called_sent() {
    let house = House::open_with(&["--rate-limit", "on"]).await;
    let mut couple = Couple::new(&house, 1);
    // Somebody behind the same address has asked for all the codes that his phone may be sent in an hour.
    for _ in 0..5 {
        house.send_code_for(UNKNOWN_ADDRESS, &server::marriage::BOOKABLE, couple.phone(0)).await;
        house.wait(chrono::TimeDelta::seconds(61));
    }
    let before = house.texts().await;
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    assert_eq!(house.texts().await, before + 1, "hers is sent all the same");
    let page = couple.browser.get(CODES).await;
    page.says("不是每部手机都发了验证码");
    page.says("没有发出：这部手机或这个网络要的验证码太多了");
    page.says("已用短信发出");
}

#[tokio::test]
async fn a_code_that_ran_out_is_not_called_good() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    couple.browser.get(CODES).await.says("已用短信发出，上午 10:10 前有效。");
    house.wait(chrono::TimeDelta::minutes(10));
    let late = couple.browser.get(CODES).await;
    late.says("这个验证码已经过期，请重新发送。");
    assert!(!late.has("前有效"), "{}", late.html);
}

#[tokio::test]
async fn a_code_that_was_tried_out_or_ran_out_is_not_called_good_when_the_page_is_opened_again() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    // Asked for once more within the minute.
    couple.declare().await.leads_to(CODES);
    couple.browser.get(CODES).await.says("刚才已经发过一条，还能用");
    let right = couple.codes(&house).await;
    let wrong = if right[1].1 == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        couple.browser.post(CODES, &[("hold", &right[0].1), ("parties.0.phone_code", wrong)]).await;
    }
    let tried_out = couple.browser.get(CODES).await;
    tried_out.says("刚才的验证码输错太多次，不能再用了；上午 10:01 以后可以发一个新的。");
    tried_out.says("有的验证码不能用了");
    house.wait(chrono::TimeDelta::minutes(2));
    let later = couple.browser.get(CODES).await;
    later.says("这个验证码输错太多次，不能再用了，请重新发送。");
    later.says("已用短信发出，上午 10:10 前有效。");
    couple.browser.post(CODES, &[("hold", &right[0].1), ("action", "extend")]).await;
    house.wait(chrono::TimeDelta::minutes(9));
    let late = couple.browser.get(CODES).await;
    late.says("这个验证码已经过期，请重新发送。");
    for untrue in ["还能用", "前有效", "不是每部手机都发了", "各收到一个验证码"] {
        assert!(!late.has(untrue), "{untrue}");
    }
}

#[tokio::test]
async fn once_all_phones_are_confirmed_no_code_is_said_to_be_sent_or_sent_again() {
    let house = House::open().await;
    Couple::new(&house, 1).book(&house, "nanshan").await;
    let mut couple = Couple::new(&house, 2);
    couple.people[0].id_number = invented::couple(1)[0].id_number.clone();
    couple.hold("demo-hill").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let form = couple.codes(&house).await;
    assert_eq!(couple.browser.post(CODES, &borrowed(&form)).await.status, StatusCode::CONFLICT);
    for address in [CODES, RESENT] {
        let page = couple.browser.get(address).await;
        page.says("不用再填验证码，可以直接确认预约");
        for untrue in ["已用短信发出", "重新发送", "没有收到", "没有发出"] {
            assert!(!page.has(untrue), "{untrue}");
        }
    }
}

#[tokio::test]
async fn without_codes_the_review_confirms() {
    let house = House::open_with(&["--phone-codes", "off"]).await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    let review = couple.browser.get(REVIEW).await;
    review.says("确认预约");
    review.says("共 4 步");
    let booked = couple.declare().await;
    couple.browser.get(&booked.location).await.says("预约成功");
}
