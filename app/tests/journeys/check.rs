//! The check before booking, as a browser without scripts meets it.

use axum::http::StatusCode;

use super::house::House;

const CHECK: &str = "/marriage/check";

/// Two mainlanders of age who never married, without a day.
fn form(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut form = vec![
        ("parties.0.kind", "mainland"),
        ("parties.0.birth_date.year", "1998"),
        ("parties.0.birth_date.month", "3"),
        ("parties.0.birth_date.day", "27"),
        ("parties.0.status", "never_married"),
        ("parties.1.kind", "mainland"),
        ("parties.1.birth_date.year", "1999"),
        ("parties.1.birth_date.month", "12"),
        ("parties.1.birth_date.day", "1"),
        ("parties.1.status", "never_married"),
        ("kinship", "none"),
        ("date.year", ""),
        ("date.month", ""),
        ("date.day", ""),
    ];
    for (name, value) in changes {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    form
}

#[tokio::test]
async fn a_couple_of_age_may_register_on_the_next_day_that_can_be_booked() {
    let house = House::open().await;
    let mut browser = house.browser();
    let blank = browser.get(CHECK).await;
    blank.says("不填就按最早可约的2026年5月14日来看");
    blank.says("填写的内容不发送、不保存");
    let answer = browser.post(CHECK, &form(&[])).await;
    assert_eq!((answer.status, answer.cache.as_str()), (StatusCode::OK, "no-store"));
    answer.says("按您填的情况，2026年5月14日符合登记条件");
    answer.says("本人的居民身份证");
    answer.says("《民法典》第一千零四十九条");
    assert!(answer.has(r#"href="/marriage/book""#), "a day nobody chose is not carried on");
    assert!(browser.cookie("session").is_none(), "nothing is kept");
}

#[tokio::test]
async fn a_party_under_age_is_told_from_which_day() {
    let house = House::open().await;
    let young = [("parties.0.birth_date.year", "2004"), ("parties.0.birth_date.month", "8")];
    let day = [("date.year", "2026"), ("date.month", "5"), ("date.day", "20")];
    let answer = house.browser().post(CHECK, &form(&[young, [day[0], day[1]]].concat())).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "a day without its number");
    let answer = house.browser().post(CHECK, &form(&[&young[..], &day[..]].concat())).await;
    answer.says("2026年5月20日还不能登记，2026年8月27日起可以");
    answer.says("这一天不行");
    answer.says("现在最远能约到 2026年6月13日，2026年8月27日起的时间还没有放出来");
    assert!(!answer.has("/marriage/book?") && !answer.has("button-primary\" href"), "{}", answer.html);
}

#[tokio::test]
async fn a_party_who_comes_of_age_within_the_days_that_can_be_booked_is_led_to_that_day() {
    let house = House::open().await;
    let young = [
        ("parties.0.birth_date.year", "2004"),
        ("parties.0.birth_date.month", "5"),
        ("parties.0.birth_date.day", "20"),
    ];
    let answer = house.browser().post(CHECK, &form(&young)).await;
    answer.says("2026年5月14日还不能登记，2026年5月20日起可以");
    answer.says("男方要满 22 周岁才能登记结婚，2026年5月20日起可以。");
    answer.says(r#"class="button button-primary" href="/marriage/book?date=2026-05-20">预约 2026年5月20日起的时间"#);
    assert!(!answer.has("还没有放出来"), "{}", answer.html);
}

#[tokio::test]
async fn a_day_that_nobody_can_book_yet_promises_no_time_and_the_last_one_told_is_a_day_with_times() {
    let house = House::open().await;
    // Of the month that is open the last day is a holiday.
    house.set_clock("2026-05-19T10:00:00+08:00");
    let mut browser = house.browser();
    let day = |day| [("date.year", "2026"), ("date.month", "6"), ("date.day", day)];
    let on = |number| form(&day(number));
    let not_open = "现在最远能约到 2026年6月18日，2026年6月22日起的时间还没有放出来";
    let later = browser.post(CHECK, &on("22")).await;
    for words in ["2026年6月22日符合登记条件", "那天还不能预约", not_open] {
        later.says(words);
    }
    assert!(!later.has("预约时会看到") && !later.has("button-primary\" href"), "{}", later.html);
    let foreign = [("parties.1.kind", "foreigner"), ("parties.1.status", "unsure")];
    let unsure = browser.post(CHECK, &form(&[&foreign[..], &day("22")].concat())).await;
    assert!(unsure.has(not_open) && !unsure.has("也可以先约好时间"), "{}", unsure.html);
    // What is open is told by the calendar of bookings.
    let holiday = browser.post(CHECK, &on("19")).await;
    holiday.says("预约时会看到");
    assert!(holiday.has("/marriage/book?date=2026-06-19") && !holiday.has("还没有放出来"), "{}", holiday.html);
    let english = browser.post("/en/marriage/check", &on("22")).await;
    english.says("Bookings are open up to 18 June 2026. Times from 22 June 2026 are not open yet");
}

#[tokio::test]
async fn whom_no_registry_registers_and_who_chose_a_past_day_are_told_so_and_not_led_to_that_day() {
    let house = House::open().await;
    for barred in [("kinship", "close"), ("parties.0.status", "married")] {
        let answer = house.browser().post(CHECK, &form(&[barred])).await;
        answer.says("按您填的情况，登记机关不予登记");
        assert!(!answer.has("href=\"/marriage/book"), "{}", answer.html);
    }
    let past = [("date.year", "2026"), ("date.month", "5"), ("date.day", "1")];
    let answer = house.browser().post(CHECK, &form(&past)).await;
    answer.says("2026年5月1日已经过去，请另选日期");
    answer.says(r#"href="/marriage/book">预约以后的日子"#);
}

#[tokio::test]
async fn a_couple_from_outside_the_mainland_is_led_to_the_registries_that_may() {
    let house = House::open().await;
    let day = [("date.year", "2026"), ("date.month", "5"), ("date.day", "20")];
    let foreign = [("parties.1.kind", "foreigner"), ("parties.1.status", "unsure")];
    let answer = house.browser().post(CHECK, &form(&[&foreign[..], &day[..]].concat())).await;
    answer.says("请先打电话问清");
    answer.says("本人没有配偶的证明");
    assert!(answer.has("/marriage/book?date=2026-05-20&amp;foreign=1"), "{}", answer.html);
}

#[tokio::test]
async fn what_is_missing_is_told_at_its_field_and_about_whom() {
    let house = House::open().await;
    let mut browser = house.browser();
    let answer = browser.post(CHECK, &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("需要更正");
    answer.says("女方：请填写出生日期");
    let answer = browser.post(CHECK, &form(&[("parties.1.birth_date.month", "13"), ("kinship", "\0")])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("女方：月份请填写 1 到 12。");
    assert!(answer.has(r#"id="parties.1.birth_date.error""#) && answer.has(r#"id="kinship.error""#));
    assert_eq!(answer.value("parties.1.birth_date.month"), "13");
    assert_eq!(answer.value("parties.0.birth_date.year"), "1998");
}

#[tokio::test]
async fn bad_input_never_breaks_the_page() {
    let house = House::open().await;
    let mut browser = house.browser();
    for (name, value) in [
        ("parties.0.birth_date.year", "\0"),
        ("parties.0.birth_date.year", "99999999999999999999"),
        ("parties.0.birth_date.day", "二十七"),
        ("parties.0.birth_date.year", "2027"),
        ("parties.0.kind", "<script>"),
        ("parties.1.status", "𠮷"),
        ("date.day", "31"),
    ] {
        let answer = browser.post(CHECK, &form(&[(name, value)])).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}={value:?}");
        assert!(!answer.has("<script>"));
    }
    let long = "1".repeat(1 << 20);
    assert_eq!(browser.post(CHECK, &[("kinship", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_list_can_be_had_on_paper() {
    let house = House::open().await;
    let sheet = house.browser().post(CHECK, &form(&[("print", "yes")])).await;
    assert_eq!((sheet.status, sheet.cache.as_str()), (StatusCode::OK, "no-store"));
    sheet.says("本人的居民身份证");
    assert!(!sheet.has("<form") && !sheet.has("<button"));
}

#[tokio::test]
async fn the_check_speaks_english_too() {
    let house = House::open().await;
    let answer = house.browser().post("/en/marriage/check", &form(&[])).await;
    answer.says("Based on your answers, you meet the conditions to register on 14 May 2026");
    answer.says("What to bring on the day");
    assert!(answer.has(r#"href="/en/marriage/book""#));
}
