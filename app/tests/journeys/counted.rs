//! What is counted by clerk and listed by month, as the manager and the auditor read it.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::{DAY, at_work},
    desk::seated,
    visits::and_look,
};

const COUNTS: &str = "/staff/day-lists?office=nanshan&list=clerks";

#[tokio::test]
async fn calls_that_were_put_away_are_read_by_clerk_with_what_that_means_and_two_years_later_too() {
    let (house, mut manager, mut clerk) = seated().await;
    for _ in 0..2 {
        let day = clerk.get(DAY).await;
        let called = and_look(&mut clerk, &day, "叫下一个", &[]).await;
        and_look(&mut clerk, &called, "已离开", &[]).await;
    }
    let said = "叫号 2 次；没有办就放下 2 次（一分钟以内 2 次）";
    let day = manager.get(DAY).await;
    day.says("按人计数：叫号、优先、离开");
    day.says(said);
    day.says("按人计数");
    let counts = manager.get(COUNTS).await;
    for words in [said, "没有办就放下：叫到以后没有开始办", "按天看", "2026年5月13日 星期三 · 叫号 2 次"]
    {
        counts.says(words);
    }
    assert!(counts.has(r#"list=clerks&amp;month=2026-05" aria-current="true""#), "{}", counts.html);
    assert!(!counts.has("看更早的"), "the record begins this month: {}", counts.html);
    assert_eq!(clerk.get(COUNTS).await.status, StatusCode::FORBIDDEN);

    house.set_clock("2028-05-16T09:00:00+08:00");
    let (_, mut auditor) = at_work(&house, 9, Role::Auditor, "nanshan").await;
    let now = auditor.get(COUNTS).await;
    for words in ["2028年5月没有人叫过号", "记录从2026年5月开始，可以换一个月看", "看更早的：2028年4月"]
    {
        now.says(words);
    }
    assert!(now.has(r#"<option value="2026-05""#), "every month of the record: {}", now.html);
    let then = auditor.get(&format!("{COUNTS}&month=2026-05")).await;
    then.says(said);
    then.says("看更新的：2026年6月");
    assert!(!then.has("看更早的"), "nothing is older: {}", then.html);
    for list in ["", "&list=ends"] {
        let empty = auditor.get(&format!("/staff/day-lists?office=nanshan{list}&month=2027-01")).await;
        empty.says("2027年1月没有");
    }
    auditor.get("/staff/looks?office=nanshan&list=changed&back=ever").await.says("一条也没有");
}
