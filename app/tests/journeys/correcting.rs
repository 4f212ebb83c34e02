//! What came of a visit, put right by the manager.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::{calendar::shanghai, locale::Locale, staff::Role};

use super::{
    at_work::{DAY, at_work, press},
    browser::Browser,
    visits::{Morning, and_look},
};

#[tokio::test]
async fn a_manager_puts_right_what_came_of_a_visit_and_says_why_and_whether_they_are_told() {
    let mut morning = Morning::new().await;
    let (_, mut manager) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    let serving = morning.serve().await;
    and_look(&mut morning.clerk, &serving, "办结：已登记", &[("outcome", "registered")]).await;
    let ended = morning.house.now();
    let visit = morning.visit().await;
    let early = manager.get(&visit).await;
    early.says("可以直接撤销");
    assert!(!early.has("更正结果…"), "what can be undone needs none");
    morning.house.wait(TimeDelta::minutes(10));
    assert!(!morning.clerk.get(&visit).await.has("更正结果"), "that is the manager's");
    let page = manager.get(&visit).await;
    page.says("更正结果…");
    page.says("不勾就不发");
    page.says("再来以前，请先拨打");
    let (version, press) = (page.value("version"), page.value("press"));
    let form = |more: &[(&'static str, &'static str)]| {
        let mut form = vec![("do", "correct"), ("version", &*version), ("press", &*press)];
        form.extend(more);
        form.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>()
    };
    let send = async |browser: &mut Browser, form: Vec<(String, String)>| {
        let form: Vec<_> = form.iter().map(|(name, value)| (&**name, &**value)).collect();
        browser.post(&visit, &form).await
    };
    let empty = send(&mut manager, form(&[("outcome", ""), ("correct-reason", "")])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("请选择实际的结果");
    empty.says("请写明为什么更正");
    let groundless = send(&mut manager, form(&[("outcome", "refused"), ("correct-reason", "点错了")])).await;
    groundless.says("请选择不予办理的原因");
    assert_eq!(groundless.value("correct-reason"), "点错了", "what was typed is kept");
    let same = send(&mut manager, form(&[("outcome", "registered"), ("correct-reason", "点错了")])).await;
    assert_eq!(same.status, StatusCode::CONFLICT);
    same.says("没有要更正的");
    let right = [("outcome", "not_done"), ("correct-reason", "点错了")];
    let before = morning.house.texts().await;
    let by_clerk = send(&mut morning.clerk, form(&right)).await;
    assert_eq!(by_clerk.status, StatusCode::FORBIDDEN);
    send(&mut manager, form(&right)).await.leads_to(&visit);
    assert_eq!(morning.house.texts().await, before, "nobody is told of it unasked");
    let corrected = manager.get(&visit).await;
    let clock = |instant: chrono::DateTime<chrono::Utc>| Locale::Zh.time(shanghai(instant).time());
    let put_right = format!("{} 结束 · {} 更正", clock(ended), clock(morning.house.now()));
    for words in ["没有办完", "更正结果：没有办完", "原因：点错了", "撤销“更正结果”", put_right.as_str()]
    {
        corrected.says(words);
    }
    let undone = and_look(&mut manager, &corrected, "撤销“更正结果”", &[]).await;
    undone.says("已登记");
    let page = manager.get(&visit).await;
    let told =
        [("do", "correct"), ("version", &*page.value("version")), ("press", &*page.value("press")), ("tell", "yes")];
    let told: Vec<_> = told.into_iter().chain(right).collect();
    manager.post(&visit, &told).await.leads_to(&visit);
    assert_eq!(morning.house.texts().await, before + 2);
}

#[tokio::test]
async fn what_was_done_before_the_day_was_ended_is_corrected_and_not_undone() {
    let mut morning = Morning::new().await;
    let (_, mut manager) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    let serving = morning.serve().await;
    and_look(&mut morning.clerk, &serving, "办结：已登记", &[("outcome", "registered")]).await;
    let visit = morning.visit().await;
    manager.get(&visit).await.says("可以直接撤销");
    morning.house.wait(TimeDelta::seconds(2));
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "结束这一天</button>", &[("reason", "停电")]).await;
    let page = manager.get(&visit).await;
    page.says("这一天已经结束。结果写错的，在下面更正");
    page.says("刚才记的结果不能再撤销");
    assert!(!page.has("可以直接撤销") && !page.has("更正结果…"), "{}", page.html);
    assert!(!morning.clerk.get(&visit).await.has("到当天的名单上撤销"));
    morning.house.wait(TimeDelta::minutes(1));
    manager.get(&visit).await.says("更正结果…");
}
