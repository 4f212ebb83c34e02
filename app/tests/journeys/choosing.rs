//! Choosing a day: when times open next, the day before the place, and what stands beside it.

use axum::http::StatusCode;

use super::house::House;

const NANSHAN: &str = "/marriage/book?registry=nanshan";

#[tokio::test]
async fn the_next_release_is_told_by_the_day_that_has_times_and_can_be_put_in_a_calendar() {
    let house = House::open().await;
    let mut browser = house.browser();
    // 30 and 31 May are a weekend: the next times are those of Monday.
    house.set_clock("2026-05-14T10:00:00+08:00");
    let page = browser.get(NANSHAN).await;
    page.says("下一次放号：2026年5月17日 星期日 上午 8:30，放出 2026年6月1日 星期一的时间。");
    assert!(page.has(r#"href="/marriage/book/details/first""#), "details can be filled in before");
    let file = browser.get("/marriage/book/release.ics?registry=nanshan").await.html.replace("\r\n ", "");
    for line in [
        "DTSTART;TZID=Asia/Shanghai:20260517T083000",
        "TRIGGER:-PT10M",
        "SUMMARY:结婚登记放号：南山区婚姻登记处",
        "/marriage/book?registry=nanshan&date=2026-06-01",
    ] {
        assert!(file.contains(line), "{line}: {file}");
    }
    let english = browser.get("/en/marriage/book/release.ics?registry=nanshan").await.html;
    assert!(english.contains("/en/marriage/book?registry=nanshan"), "{english}");
    assert!(browser.get("/ceremony/book/release.ics?place=demo-bay-hall").await.html.contains("TRIGGER:-PT10M"));
    browser.get("/marriage/book/release.ics").await.leads_to("/marriage/book");
    for nowhere in ["nowhere", "demo-bay-hall"] {
        let answer = browser.get(&format!("/marriage/book/release.ics?registry={nowhere}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn a_release_at_midnight_is_tonight_in_the_evening_and_a_date_before_and_after() {
    let house = House::open().await;
    let hill = "/marriage/book?registry=demo-hill";
    let next = async |now: &str| {
        house.set_clock(now);
        house.browser().get(hill).await
    };
    // Under this rule the same day of the next month opens at midnight; 19 June is a holiday, with a weekend after it.
    let holiday = next("2026-05-18T20:00:00+08:00").await;
    holiday.says("下一次放号：2026年5月22日 星期五 凌晨 0:00，放出 2026年6月22日 星期一的时间");
    let evening = next("2026-05-21T20:00:00+08:00").await;
    evening.says("下一次放号：今晚 12 点（5月22日 0:00），放出 2026年6月22日 星期一的时间");
    let noon = next("2026-05-21T12:00:00+08:00").await;
    noon.says("下一次放号：2026年5月22日 星期五 凌晨 0:00");
    for page in [&holiday, &noon, &next("2026-05-22T00:00:00+08:00").await] {
        assert!(!page.has("今晚"));
    }
}

#[tokio::test]
async fn the_day_can_be_chosen_before_the_place() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get("/marriage/book").await;
    page.says("想哪天办？");
    assert!(
        page.has(r#"<option value="2026-05-20""#) && !page.has(r#"<option value="2026-05-17""#),
        "only days with times"
    );
    // On a Saturday only the hill is open: it comes first, and leads to that day.
    let page = browser.get("/marriage/book?date=2026-05-16").await;
    page.says("周末不办理");
    let [hill, nanshan] = ["演示山婚姻登记处", "南山区婚姻登记处"].map(|name| page.html.find(name).unwrap());
    assert!(hill < nanshan);
    assert!(page.has("/marriage/book?registry=demo-hill&amp;date=2026-05-16#day"));
    // Nobody works on a Sunday: the nearest day stands there instead.
    let page = browser.get("/marriage/book?date=2026-05-17").await;
    page.says("2026年5月17日 星期日，没有登记处能约");
    assert!(page.has("/marriage/book?date=2026-05-18\""), "{}", page.html);
    // Who needs a registry with authority keeps to those.
    let page = browser.get("/marriage/book?foreign=1&date=2026-05-16").await;
    page.says("没有登记处能约");
    assert!(page.has(r#"<input type="hidden" name="foreign" value="1""#));
}

#[tokio::test]
async fn lunar_dates_stand_on_chinese_pages_alone() {
    let house = House::open().await;
    let mut browser = house.browser();
    let chinese = browser.get(&format!("{NANSHAN}&date=2026-05-20")).await;
    for words in ["农历四月初四", "廿八"] {
        chinese.says(words);
    }
    let english = browser.get("/en/marriage/book?registry=nanshan&date=2026-05-20").await;
    assert!(!english.has("农历") && !english.has("廿八"));
    english.says("sznews.com, 25 April and May 2024");
}

#[tokio::test]
async fn the_home_page_tells_the_first_free_time_as_it_is_now() {
    let house = House::open().await;
    house.browser().get("/").await.says("明天 5月14日 星期四");
    house.set_clock("2026-05-15T10:00:00+08:00");
    house.browser().get("/").await.says("明天 5月16日 星期六");
    house.browser().get("/en").await.says("Tomorrow, Saturday 16 May");
}
