//! Choosing a day: when times open next, the day before the place, and what stands beside it.

use axum::http::StatusCode;

use super::{
    couple::{Couple, FIRST, SECOND},
    house::House,
};

const NANSHAN: &str = "/marriage/book?registry=nanshan";

#[tokio::test]
async fn the_next_release_is_told_by_the_day_that_has_times_and_can_be_put_in_a_calendar() {
    let house = House::open().await;
    let mut browser = house.browser();
    // 30 and 31 May are a weekend: the next times are those of Monday.
    house.set_clock("2026-05-14T10:00:00+08:00");
    let page = browser.get(NANSHAN).await;
    page.says("下一次放号：2026年5月17日 星期日 上午 8:30，放出 2026年6月1日 星期一的时间。");
    let details = r#"href="/marriage/book/details/first?registry=nanshan&amp;date=2026-06-01""#;
    page.says("资料可以从5月17日 上午 6:30 起先填好");
    assert!(!page.has(details), "they would not be kept until then");
    house.set_clock("2026-05-17T07:00:00+08:00");
    let page = browser.get(NANSHAN).await;
    page.says("下一次放号：今天 上午 8:30，放出 2026年6月1日 星期一的时间。");
    assert!(page.has(details), "details can be filled in before");
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
async fn a_chosen_day_that_opens_later_has_its_own_reminder_and_no_other() {
    let house = House::open().await;
    let mut browser = house.browser();
    house.set_clock("2026-05-04T12:00:00+08:00");
    let page = browser.get(&format!("{NANSHAN}&date=2026-05-20")).await;
    page.says("这一天还没有放号");
    let file = "/marriage/book/release.ics?registry=nanshan&amp;date=2026-05-20";
    assert_eq!(page.html.matches("/release.ics").count(), 1, "{}", page.html);
    let words: String = page.html.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words).collect();
    assert_eq!(
        words.matches("5月5日 星期二 上午 8:30 放号").count() + words.matches("下一次放号").count(),
        1,
        "{words}"
    );
    assert!(page.has(file), "{}", page.html);
    let file = browser.get(&file.replace("&amp;", "&")).await.html.replace("\r\n ", "");
    for line in ["DTSTART;TZID=Asia/Shanghai:20260505T083000", "/marriage/book?registry=nanshan&date=2026-05-20"] {
        assert!(file.contains(line), "{line}: {file}");
    }
    // What has opened meanwhile, and what never will, is told by its own page.
    for date in ["2026-05-18", "2026-05-17"] {
        let day = format!("registry=nanshan&date={date}");
        let answer = browser.get(&format!("/marriage/book/release.ics?{day}")).await;
        answer.leads_to(&format!("/marriage/book?{day}"));
    }
}

#[tokio::test]
async fn details_filled_in_before_lead_back_to_the_place_and_the_day_and_say_how_long_they_stay() {
    let house = House::open().await;
    house.set_clock("2026-05-04T12:00:00+08:00");
    let wish = "?registry=nanshan&date=2026-05-20";
    let mut couple = Couple::new(&house, 1);
    let [first, second] = [FIRST, SECOND].map(|page| format!("{page}{wish}"));
    couple.browser.get(&first).await;
    let page = couple.person_at(0, &first).await;
    page.leads_to(&second);
    assert!(
        couple.browser.get(&second).await.has(&format!(r#"href="{}""#, first.replace('&', "&amp;"))),
        "the way back"
    );
    couple.person_at(1, &second).await.leads_to(&format!("/marriage/book{wish}"));
    let times = couple.browser.get(&format!("/marriage/book{wish}")).await;
    times.says("您填写的内容为您保留到下午 2:00");
    times.says("不用再填一遍");
    // When the day opens, the phone stands there already.
    house.set_clock("2026-05-05T08:29:00+08:00");
    couple.person_at(0, &first).await.leads_to(&second);
    house.set_clock("2026-05-05T08:30:00+08:00");
    let day = format!("/marriage/book{wish}");
    let times = couple.browser.get(&day).await;
    let phone = couple.browser.post(&day, &[("slot", &times.slots("time")[0])]).await.location;
    let asked = couple.browser.get(&phone).await;
    assert_eq!(asked.value("phone"), couple.phone(0));
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
