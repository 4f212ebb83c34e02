//! Whoever knows of a place that something is wrong says so, and reads the answer by a receipt.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::{directory::reports, jobs};
use shared::{appointments::BookingReference, plain_words::PlainWords};

use super::{house::House, stations::CENTRE};

#[tokio::test]
async fn whoever_knows_better_gets_a_receipt_and_reads_the_answer_by_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let wrong = format!("{CENTRE}/wrong");
    browser.get(&wrong).await.says("哪里不对");
    let page = browser.post(&wrong, &[("about", ""), ("text", "我的电话 13800000000"), ("phone", "abc")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["有 3 处需要更正", "请选哪里不对", "正确的电话请写在下面", "电话请写数字"]
    {
        page.says(words);
    }
    assert_eq!(page.value("phone"), "abc");
    let sent = browser.post(&wrong, &[("about", "hours"), ("text", "星期三下午不开门"), ("phone", "")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let receipt = sent.location.strip_prefix("/places/reports/").unwrap().to_owned();
    let waiting = browser.get(&sent.location).await;
    for words in ["您说的问题已经收到", "星期三下午不开门", "开放时间不对", "核实以后在这里答复"]
    {
        waiting.says(words);
    }
    assert!(waiting.has(r#"href="/places/reports""#) && waiting.has("data-copy") && waiting.has("data-print"));
    assert!(!waiting.has("“/places/reports”"), "an address is no way: {}", waiting.html);
    assert!(waiting.has(r#"data-accent="calm""#), "{}", waiting.html);
    for page in [CENTRE, "/stations", &*wrong] {
        assert!(browser.get(page).await.has(r#"href="/places/reports""#), "{page} leads to the answers");
    }
    assert!(!waiting.has("天以内"), "nothing is promised that nobody has set");
    let parsed = BookingReference::parse(&receipt).unwrap();
    let words = PlainWords::parse("已经核实，时间改好了").unwrap();
    reports::answer(&house.app, &parsed, &words, house.now()).await.unwrap();
    let answered = browser.get(&sent.location).await;
    answered.says("已经核实，时间改好了");
    let at = |words: &str| answered.html.find(words).unwrap_or_else(|| panic!("{words}: {}", answered.html));
    assert!(at("时间改好了") < at("答复以后保留"), "what was asked for stands first");
    browser.get(&format!("/places/reports?receipt={receipt}")).await.leads_to(&sent.location);
    let unknown = browser.get("/places/reports/K7MP4CRT9WXH").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/places/reports?receipt=abc").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn large_print_and_the_other_language_keep_what_was_typed_of_a_mistake() {
    let house = House::open().await;
    let mut browser = house.browser();
    let wrong = format!("{CENTRE}/wrong");
    let typed = [("about", "hours"), ("text", "星期三下午不开门"), ("phone", "12345")];
    let with = |action| typed.into_iter().chain([("action", action)]).collect::<Vec<_>>();
    let page = browser.post(&wrong, &with("elder-26")).await;
    page.says("星期三下午不开门");
    assert_eq!(page.value("phone"), "12345");
    let page = browser.post(&wrong, &with("speak-en")).await;
    assert_eq!((page.status, page.location.as_str()), (StatusCode::TEMPORARY_REDIRECT, &*format!("/en{wrong}")));
    assert_eq!(reports::waiting(&house.app).await.unwrap(), []);
}

#[tokio::test]
async fn a_browser_that_reports_too_much_waits_and_others_do_not() {
    let house = House::open_with(&["--rate-limit", "on"]).await;
    let report = [("about", "hours"), ("text", "星期三下午不开门"), ("phone", "")];
    let wrong = format!("{CENTRE}/wrong");
    let mut many = house.browser_at("/marriage/book?registry=nanshan").await;
    for _ in 0..6 {
        assert_eq!(many.post(&wrong, &report).await.status, StatusCode::SEE_OTHER);
    }
    let waits = many.post(&wrong, &report).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    for words in ["还没有交上去", "分钟再试", "您写的都在下面", "星期三下午不开门"] {
        waits.says(words);
    }
    assert!(!waits.has("已经保存过"), "nothing of it was saved: {}", waits.html);
    let mut other = house.browser_at("/marriage/book?registry=nanshan").await;
    assert_eq!(other.post(&wrong, &report).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_press_that_comes_twice_gives_one_receipt() {
    let house = House::open().await;
    let mut browser = house.browser();
    let wrong = format!("{CENTRE}/wrong");
    let press = browser.get(&wrong).await.value("press");
    let report = |words| [("about", "hours"), ("text", words), ("phone", ""), ("press", &*press)];
    let receipt = browser.post(&wrong, &report("星期三下午不开门")).await.location;
    browser.post(&wrong, &report("星期三下午不开门")).await.leads_to(&receipt);
    assert_ne!(browser.post(&wrong, &report("星期四也不开门")).await.location, receipt);
    assert_ne!(browser.get(&wrong).await.value("press"), press, "each page has a press of its own");
}

/// The days that a page names behind some words.
fn days_behind(page: &str, words: &str) -> i64 {
    let behind = page.split(words).nth(1).unwrap_or_else(|| panic!("nothing stands behind {words}"));
    behind.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

#[tokio::test]
async fn a_report_is_kept_as_long_as_the_privacy_notice_says_and_not_a_round_longer() {
    for keep in ["60", "45"] {
        let house = House::open_with(&["--keep-days", keep, "--answer-days", "15"]).await;
        let mut browser = house.browser();
        let notice = browser.get("/privacy").await;
        let answered = days_behind(&notice.html, "您告诉我们哪里写得不对：答复 ");
        let silent = days_behind(&notice.html, "一直没有答复的，收到 ");
        assert_eq!((answered.to_string().as_str(), silent), (keep, 365));
        let report = [("about", "hours"), ("text", "星期三下午不开门"), ("phone", "")];
        let mut receipts = Vec::new();
        for _ in 0..2 {
            receipts.push(browser.post(&format!("{CENTRE}/wrong"), &report).await.location);
        }
        let receipt = BookingReference::parse(receipts[0].strip_prefix("/places/reports/").unwrap()).unwrap();
        reports::answer(&house.app, &receipt, &PlainWords::parse("时间改好了").unwrap(), house.now()).await.unwrap();
        assert_eq!(days_behind(&browser.get(&receipts[0]).await.html, "答复以后保留 "), answered);
        let minute = TimeDelta::minutes(1);
        browser.get(&receipts[1]).await.says("15 天以内");
        for (receipt, days) in [(&receipts[0], answered), (&receipts[1], silent - answered)] {
            house.wait(TimeDelta::days(days) - minute);
            jobs::round(&house.app, house.now()).await.unwrap();
            assert_eq!(browser.get(receipt).await.status, StatusCode::OK);
            house.wait(minute);
            jobs::round(&house.app, house.now()).await.unwrap();
            assert_eq!(browser.get(receipt).await.status, StatusCode::NOT_FOUND);
        }
    }
}
