//! When a time limit ends, worked out on a page.

use axum::http::StatusCode;

use super::house::House;

const PAGE: &str = "/calendar/deadline";

#[tokio::test]
async fn a_limit_is_worked_out_on_a_page_that_keeps_what_was_typed() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says("民法典第二百零一条");
    for (query, zh, en) in [
        (
            "from=2026-02-10&days=5&unit=working",
            "最后一天是2026年2月24日 星期二",
            "The last day is Tuesday 24 February 2026",
        ),
        (
            "from.year=2026&from.month=8&from.day=3&days=60&unit=calendar",
            "最后一天是2026年10月2日",
            "Friday 2 October 2026",
        ),
        (
            "from.year=2026&from.month=8&from.day=3&days=60&unit=calendar&roll=yes",
            "最后一天是2026年10月8日",
            "Thursday 8 October 2026",
        ),
        ("from=2026-08-03&days=60&unit=calendar&roll=true", "最后一天是2026年10月8日", "Thursday 8 October 2026"),
        ("from=2026-08-03&days=60&unit=calendar&roll=false", "最后一天是2026年10月2日", "Friday 2 October 2026"),
        ("from=2026-12-30&days=5&unit=working", "还没有公布", "may still change"),
        ("from=2026-12-30&days=5&unit=calendar", "不影响这一天", "no holiday notice changes this day"),
        ("from=2026-12-30&days=5&unit=calendar&roll=yes", "还没有公布", "may still change"),
        ("from=2019-05-01&days=5&unit=working", "这里没有那一年的放假安排", "is not here"),
    ] {
        browser.get(&format!("{PAGE}?{query}")).await.says(zh);
        browser.get(&format!("/en{PAGE}?{query}")).await.says(en);
    }
    for query in ["from=2019-05-01&days=5&unit=working", "from=2026-12-30&days=5&unit=calendar"] {
        assert!(!browser.get(&format!("{PAGE}?{query}")).await.has("还没有公布"), "{query}");
    }
    let maybe = browser.get(&format!("{PAGE}?from=2026-08-03&days=60&unit=calendar&roll=maybe")).await;
    assert_eq!(maybe.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = browser.get(&format!("{PAGE}?from.year=2026&from.month=13&from.day=1&days=x&unit=working")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("有 2 处需要更正");
    assert_eq!((wrong.value("from.month").as_str(), wrong.value("days").as_str()), ("13", "x"));
}
