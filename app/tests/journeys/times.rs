//! Choosing a registry, a day and a time.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{couple::FIRST, house::House};

const NANSHAN: &str = "/marriage/book?registry=nanshan";

#[tokio::test]
async fn every_registry_is_listed_with_its_first_free_time() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get("/marriage/book").await;
    for words in [
        "南山区婚姻登记处",
        "2026年5月14日 星期四 上午 9:00",
        "0755-26661013",
        "https://uri.amap.com/search?",
        "本站只把名称和地址告诉它",
    ] {
        page.says(words);
    }
    assert!(browser.cookie("session").is_none(), "nothing is kept before there is something to keep");
}

#[tokio::test]
async fn the_first_five_free_times_are_offered_straight_away() {
    let house = House::open().await;
    let page = house.browser().get(NANSHAN).await;
    assert_eq!(page.slots("offer").len(), 5);
    for words in ["明天 5月14日 星期四", "上午 9:00", "剩 3 个", "下一次放号：2026年5月14日 星期四 上午 8:30"]
    {
        page.says(words);
    }
    page.says("每天上午 8:30，放出 15 天后那一天的全部时间。");
    page.says("2026年11月21日核对");
}

#[tokio::test]
async fn pressing_a_time_holds_it_before_anything_is_filled_in() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get(&format!("{NANSHAN}&date=2026-05-19")).await;
    let slot = page.button("slot");
    browser.post(NANSHAN, &[("slot", &slot)]).await.leads_to(FIRST);
    let page = browser.get(&format!("{NANSHAN}&date=2026-05-19")).await;
    for words in ["您已经保留了一个时间", "保留到上午 10:15", "继续填写", "剩 2 个"] {
        page.says(words);
    }
    assert_eq!(page.cache, "no-store");
}

#[tokio::test]
async fn a_button_pressed_twice_takes_one_place() {
    let house = House::open().await;
    let mut browser = house.browser();
    let slot = browser.get(NANSHAN).await.button("slot");
    let mut second_click = browser.clone();
    browser.post(NANSHAN, &[("slot", &slot)]).await.leads_to(FIRST);
    second_click.post(NANSHAN, &[("slot", &slot)]).await.leads_to(FIRST);
    let page = browser.get(&format!("{NANSHAN}&date=2026-05-14")).await;
    page.says("剩 2 个");
    assert!(!page.has("还保留着另一个时间"));
}

#[tokio::test]
async fn a_third_time_waits_until_one_of_two_is_given_up() {
    let house = House::open().await;
    let mut browser = house.browser();
    let slots = browser.get(NANSHAN).await.slots("offer");
    for slot in &slots[..2] {
        browser.post(NANSHAN, &[("slot", slot)]).await.leads_to(FIRST);
        house.wait(TimeDelta::seconds(1));
    }
    let page = browser.post(NANSHAN, &[("slot", &slots[2])]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("您已经保留了两个时间");
    page.says("还保留着另一个时间");
    let hold = page.value("hold");
    let given_up = browser.post("/marriage/book/hold", &[("hold", &hold), ("action", "release")]).await;
    given_up.leads_to("/marriage/book?registry=nanshan&date=2026-05-14");
    browser.post(NANSHAN, &[("slot", &slots[2])]).await.leads_to(FIRST);
}

#[tokio::test]
async fn a_time_that_was_just_taken_leads_to_the_next_ones() {
    let house = House::open().await;
    let slot = house.browser().get(NANSHAN).await.button("slot");
    for _ in 0..3 {
        house.browser_at(NANSHAN).await.post(NANSHAN, &[("slot", &slot)]).await.leads_to(FIRST);
    }
    let late = house.browser_at(NANSHAN).await.post("/marriage/book", &[("slot", &slot)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("这个时间刚刚约满了");
    let others = late.slots("time");
    assert!(!others.contains(&slot) && others.len() > 20, "the other times of its day are offered");
    late.says("约满");
}

#[tokio::test]
async fn what_means_nothing_in_an_address_is_said_and_never_breaks_the_page() {
    let house = House::open().await;
    let mut browser = house.browser();
    for query in [
        "registry=nanshan&month=banana",
        "registry=nanshan&month=2026-13",
        "registry=nanshan&date=2026-02-30",
        "registry=nanshan&date=%00",
        "registry=nanshan&date=-262143-01-01",
        "registry=nowhere",
        "registry=../../etc/passwd",
        "registry=%FF%FE",
        "registry[]=nanshan&registry=%3Cscript%3E",
    ] {
        let page = browser.get(&format!("/marriage/book?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        page.says("没有找到网址里写的登记处或日期");
        assert!(!page.has("<script>"), "{query}");
    }
    for query in ["date=2031-01-01", "date=1999-01-01", "month=2026-04", "month=9999-12"] {
        let page = browser.get(&format!("{NANSHAN}&{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        page.says("那一天不在可以预约的范围里");
        page.says("2026年5月");
    }
}

#[tokio::test]
async fn times_that_never_were_are_not_found() {
    let house = House::open().await;
    let mut browser = house.browser_at(NANSHAN).await;
    for slot in ["", "abc", "\0", "0", "-1", "9223372036854775807", "99999999999999999999", "１"] {
        let page = browser.post(NANSHAN, &[("slot", slot)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{slot:?}");
        assert_eq!(page.slots("offer").len(), 5, "{slot:?}: the page offers what there is");
    }
    assert_eq!(browser.post(NANSHAN, &[]).await.status, StatusCode::NOT_FOUND);
    let long = "9".repeat(1 << 20);
    assert_eq!(browser.post(NANSHAN, &[("slot", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn every_day_that_cannot_be_booked_says_why() {
    let house = House::open().await;
    let mut browser = house.browser();
    for (date, words) in [
        ("2026-05-12", "这一天已经过去"),
        ("2026-05-13", "这一天太近，网上不能再约"),
        ("2026-05-16", "周末不办理"),
        ("2026-05-29", "2026年5月14日 星期四 上午 8:30 放号"),
        ("2026-06-19", "端午节放假，不办理"),
    ] {
        let page = browser.get(&format!("{NANSHAN}&date={date}")).await;
        page.says(words);
        // The nearest free day stands under every reason.
        let nearest = if date < "2026-05-14" {
            ("这里下一个能约的日子", "明天 5月14日 星期四", "2026-05-14")
        } else if date < "2026-05-28" {
            ("这里下一个能约的日子", "5月18日 星期一", "2026-05-18")
        } else {
            ("这里最近能约的日子", "5月28日 星期四", "2026-05-28")
        };
        page.says(nearest.0);
        page.says(nearest.1);
        assert!(page.has(&format!("/marriage/book?registry=nanshan&amp;date={}#day", nearest.2)), "{date}");
    }
    // The hill is open on Saturdays.
    let saturday = browser.get(&format!("{NANSHAN}&date=2026-05-16")).await;
    saturday.says("同一天，别的登记处还能约");
    assert!(saturday.has("/marriage/book?registry=demo-hill&amp;date=2026-05-16#day"));
    assert!(!browser.get(&format!("{NANSHAN}&date=2026-05-18")).await.has("能约的日子"), "a free day needs no other");
    // A day that is full keeps its times on the page, since places come back.
    let times = browser.get(&format!("{NANSHAN}&date=2026-05-28")).await.slots("time");
    for slot in &times {
        for _ in 0..3 {
            house.browser_at(NANSHAN).await.post(NANSHAN, &[("slot", slot)]).await.leads_to(FIRST);
        }
    }
    let page = browser.get(&format!("{NANSHAN}&date=2026-05-28")).await;
    page.says("这一天约满了");
    page.says("这里最近能约的日子");
    page.says("同一天，别的登记处还能约");
    assert_eq!((page.slots("time").len(), page.slots("time time-shut").len()), (0, times.len()));
}

#[tokio::test]
async fn hot_dates_that_open_later_are_told_with_their_hour() {
    let house = House::open().await;
    house.set_clock("2026-05-04T12:00:00+08:00");
    let page = house.browser().get(&format!("{NANSHAN}&month=2026-05")).await;
    page.says("2026年5月20日 星期三）：2026年5月5日 星期二 上午 8:30 放号");
}

#[tokio::test]
async fn a_year_without_its_holiday_notice_is_provisional() {
    let house = House::open().await;
    house.set_clock("2026-12-20T12:00:00+08:00");
    let page = house.browser().get(&format!("{NANSHAN}&month=2027-01")).await;
    page.says("2027年的节假日安排还没有公布");
    assert!(!house.browser().get(&format!("{NANSHAN}&month=2026-12")).await.has("还没有公布"));
}

#[tokio::test]
async fn a_couple_from_outside_the_mainland_is_led_to_registries_that_may_register_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get(&format!("{NANSHAN}&foreign=1")).await;
    page.says("这个登记机关能不能办理涉外");
    assert!(page.has("/marriage/book?registry=demo-bay&amp;foreign=1"));
    assert!(!page.has(r#"href="/marriage/book?registry=nanshan"#), "no way to choose this one");
    let slot = browser.get(NANSHAN).await.button("slot");
    let page = browser.post("/marriage/book?foreign=1", &[("slot", &slot)]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("这个登记机关能不能办理涉外");
}

#[tokio::test]
async fn the_large_text_view_lists_days_instead_of_a_grid() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.set_cookie("elder", "26");
    let page = browser.get(NANSHAN).await;
    assert!(!page.has("<table"));
    page.says("5月14日 星期四");
}

#[tokio::test]
async fn english_pages_are_english() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get("/en/marriage/book?registry=nanshan&date=2026-05-29").await;
    for words in [
        "Book a marriage: choose a time",
        "Tomorrow, Thursday 14 May",
        "This day is not open for booking yet",
        "3 left",
    ] {
        page.says(words);
    }
    let slot = page.button("slot");
    browser.post("/en/marriage/book", &[("slot", &slot)]).await.leads_to("/en/marriage/book/details/first");
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookie_takes_no_place_however_often_it_presses() {
    let house = House::open().await;
    let day = format!("{NANSHAN}&date=2026-05-14");
    let slot = house.browser().get(&day).await.button("slot");
    for _ in 0..2 {
        let answer = house.browser().post(&day, &[("slot", &slot)]).await;
        assert_eq!((answer.status, answer.cache.as_str()), (StatusCode::CONFLICT, "no-store"));
        for words in ["浏览器没有保存 Cookie", "用手机自带的浏览器", "请允许 Cookie", "再试一次"]
        {
            answer.says(words);
        }
    }
    let times = house.browser().get(&day).await;
    assert_eq!(times.html.matches("剩 2 个").count(), 0, "nobody took a place");
    // The same button with the cookie that came meanwhile, and no other way round.
    let mut browser = house.browser();
    let answer = browser.post(&day, &[("slot", &slot)]).await;
    assert_eq!(answer.value("slot"), slot);
    browser.post(&day, &[("slot", &slot)]).await.leads_to(FIRST);
    browser.get(&day).await.says("剩 2 个");
    house.browser().post("/en/marriage/book", &[("slot", &slot)]).await.says("Your browser did not keep our cookie");
}
