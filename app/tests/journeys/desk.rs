//! A morning at the counter, in browsers without scripts.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, SAT, at_work, busy_house, press, pressed},
    browser::Browser,
    house::House,
    visits::and_look,
};

/// Gives an office a counter more.
pub async fn counter(browser: &mut Browser, office: &str, name: &str) {
    let page = format!("{OFFICE}?office={office}");
    browser.post(&page, &[("do", "create"), ("name", name)]).await.leads_to(&page);
}

/// A house with a manager and a clerk at `nanshan`, who sits at the counter 91.
pub async fn seated() -> (House, Browser, Browser) {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    counter(&mut manager, "nanshan", "91").await;
    let day = clerk.get(DAY).await;
    day.says("您坐哪个窗口？");
    press(&mut clerk, &day, "坐到 91 号窗口", &[]).await.leads_to(SAT);
    let sat = clerk.get(SAT).await;
    assert_eq!(sat.html.matches(" autofocus").count(), 1, "and goes on from there: {}", sat.html);
    (house, manager, clerk)
}

#[tokio::test]
async fn a_couple_is_called_served_and_finished_and_each_step_says_what_comes_next() {
    let (house, _, mut clerk) = seated().await;
    let day = clerk.get(DAY).await;
    day.says("91 号窗口");
    day.says("叫下一个");
    day.says("最早");
    assert!(!day.has("<script>"), "no script stands in the page");
    let called = and_look(&mut clerk, &day, "叫下一个", &[]).await;
    called.says("已叫 1 次");
    called.says("刚才：");
    called.says("人到了，开始办理");
    assert!(!called.has("请看这些"), "whoever has not come shows no papers");
    let serving = and_look(&mut clerk, &called, "人到了，开始办理", &[]).await;
    serving.says("正在办理");
    for words in ["请看这些", "居民身份证", "单独各问一次", "男方", "女方"] {
        serving.says(words);
    }
    let done = and_look(&mut clerk, &serving, "办结：已登记", &[("outcome", "registered")]).await;
    done.says("办结：已登记");
    done.says("叫下一个");
    let next = &done.html[done.html.find(r#"id="next""#).unwrap()..];
    assert!(next[..next.find('>').unwrap()].contains("autofocus"), "whoever has let somebody go goes on from there");
    // A slip is taken back within the minute, and not after it.
    let back = and_look(&mut clerk, &done, "撤销", &[]).await;
    back.says("正在办理");
    let again = and_look(&mut clerk, &back, "办结：已登记", &[("outcome", "registered")]).await;
    house.wait(TimeDelta::seconds(61));
    let late = press(&mut clerk, &again, "撤销", &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("没有撤销");
}

#[tokio::test]
async fn who_is_told_what_stands_on_the_button_and_nobody_is_refused_without_a_ground() {
    let (house, _, mut clerk) = seated().await;
    let day = clerk.get(DAY).await;
    let called = and_look(&mut clerk, &day, "叫下一个", &[]).await;
    called.says("标记未到，并发短信");
    called.says("一分钟之内撤销就不发");
    let serving = and_look(&mut clerk, &called, "人到了，开始办理", &[]).await;
    for (text, times) in [
        ("没有办完。再来以前", 2),
        ("还差材料：（上面勾选的材料）", 1),
        ("缺什么窗口已经当面说明", 1),
        ("没有办成。理由由窗口说明", 1),
    ] {
        assert_eq!(serving.html.matches(text).count(), times, "what is sent stands there in full: {text}");
    }
    serving.says("前一段婚姻已经结束的证明（短信里不写）");
    let refused = press(&mut clerk, &serving, "因为什么", &[("outcome", "refused")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("还差一项，没有保存");
    refused.says("请选择不予办理的原因");
    let told = refused.html.find(r#"id="refused""#).unwrap();
    assert!(refused.html.find("current-ticket").unwrap() < told, "it is said where it is missing, and nowhere else");
    assert_eq!(refused.html.matches(r#"role="alert""#).count(), 1);
    assert_eq!(refused.html.matches(" autofocus").count(), 1, "and nothing else takes the focus");
    refused.says("说明理由和条文");
    let papers = press(&mut clerk, &serving, "还缺什么", &[("outcome", "to_return")]).await;
    papers.says("请勾选还缺哪些材料");
    // What no form offers is asked for again like what is missing.
    for (words, outcome, unknown, asks) in [
        ("因为什么", "refused", ("ground", "foo_bar"), "请选择不予办理的原因"),
        ("还缺什么", "to_return", ("paper", "bring_500_yuan"), "请勾选还缺哪些材料"),
    ] {
        let answer = press(&mut clerk, &serving, words, &[("outcome", outcome), unknown]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.says(asks);
    }
    let more = [("outcome", "refused"), ("ground", "not_voluntary")];
    let done = and_look(&mut clerk, &serving, "因为什么", &more).await;
    done.says("不予办理");
    assert!(done.has("/refusal"), "the written reason is one press away: {}", done.html);
    assert!(!done.has("完全自愿"), "the ground is on nobody's screen afterwards");
    let done = clerk.get("/staff/day?state=done").await;
    let from = done.html.find("/staff/visits/").unwrap();
    let visit = done.html[from..].split('"').next().unwrap().trim_end_matches("/refusal").to_owned();
    clerk.get(&visit).await.says("打印书面说明");
    let sheet = clerk.get(&format!("{visit}/refusal")).await;
    for words in [
        "非男女双方完全自愿",
        "第九条第（二）项",
        "事实和证据",
        "60 日内",
        "人民政府",
        "15 日内",
        "6 个月内",
        "预约号",
        "（南山区婚姻登记处）",
        "编号：＿",
        "法律要求先申请复议",
    ] {
        sheet.says(words);
    }
    assert!(sheet.html.find("行政复议").unwrap() < sheet.html.find("直接向").unwrap(), "the review stands first");
    assert!(!sheet.has("<form") && !sheet.has("拨打"), "a paper of the office's own: {}", sheet.html);
    house.wait(TimeDelta::seconds(61));
    assert!(!clerk.get(&visit).await.has("到当天的名单上"), "nothing is left to do with it");
}

#[tokio::test]
async fn whoever_was_slower_reads_how_the_visit_stands_now() {
    let (house, _, mut clerk) = seated().await;
    let day = clerk.get(DAY).await;
    let called = and_look(&mut clerk, &day, "叫下一个", &[]).await;
    // The same clerk in another window.
    let serving = and_look(&mut clerk, &called, "人到了，开始办理", &[]).await;
    let stale = press(&mut clerk, &called, "暂放", &[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("刚刚有人处理过这个号");
    stale.says("号现在：在 91 号窗口办理");
    assert!(stale.has(r#"role="alert""#) && stale.has("autofocus"), "{}", stale.html);
    // The same press again is the same answer, and nothing is done twice.
    let once = press(&mut clerk, &serving, "暂放", &[]).await;
    let twice = press(&mut clerk, &serving, "暂放", &[]).await;
    assert_eq!((once.status, &once.location), (StatusCode::SEE_OTHER, &twice.location));
    drop(house);
}

#[tokio::test]
async fn whoever_is_called_first_has_a_reason_that_was_chosen() {
    const CALL: &str = "先叫，记下原因";
    let (_house, mut manager, mut clerk) = seated().await;
    counter(&mut manager, "nanshan", "92").await;
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "坐到 92 号窗口", &[]).await.leads_to(SAT);
    let mut day = manager.get("/staff/day?state=waiting").await;
    // That of the last of the line, whose turn it is not.
    day.html = day.html.split_off(day.html.rfind("先叫这一号").unwrap());
    let form = &day.html[day.html.find("为什么先叫").unwrap()..];
    let counter = form.split("name=\"counter\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let visit = pressed(&day, CALL).rsplit(':').next().unwrap().to_owned();
    for (chosen, says) in
        [("", "请选择为什么先叫"), ("other", "请写几个字说明为什么"), ("pregnant", "请选择为什么先叫")]
    {
        let more = [("first", ""), ("first", chosen), ("counter", counter)];
        let missing = press(&mut manager, &day, CALL, &more).await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        missing.says(says);
    }
    let more = [("first", ""), ("first", "priority"), ("reason", "写了也不记"), ("counter", counter)];
    and_look(&mut manager, &day, CALL, &more).await;
    let kept = manager.get(&format!("/staff/visits/{visit}")).await;
    kept.says("原因：依法或者按规定优先");
    assert!(!kept.has("写了也不记"), "{}", kept.html);
    let day = manager.get(DAY).await;
    day.says("这一天先叫了 1 次");
    day.says("· 依法或者按规定优先");
    assert!(!clerk.get(DAY).await.has("这一天先叫了"), "it is the manager's to answer for");
}

#[tokio::test]
async fn ones_own_last_step_can_be_undone_from_a_sheet_that_was_opened_anew() {
    let (house, mut manager, mut clerk) = seated().await;
    let day = clerk.get(DAY).await;
    press(&mut clerk, &day, "叫下一个", &[]).await;
    let anew = clerk.get(DAY).await;
    anew.says("刚才：");
    assert!(anew.has("data-undo") && !manager.get(DAY).await.has("data-undo"), "it is theirs");
    and_look(&mut clerk, &anew, "撤销", &[]).await.says("叫下一个");
    house.wait(TimeDelta::seconds(61));
    assert!(!clerk.get(DAY).await.has("data-undo"));
}

#[tokio::test]
async fn a_manager_looks_after_counters_and_a_sign_that_is_taken_is_refused_in_words() {
    let house = House::open().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "demo-bay").await;
    let page = format!("{OFFICE}?office=demo-bay");
    counter(&mut manager, "demo-bay", "91").await;
    let twice = manager.post(&page, &[("do", "create"), ("name", " 91 ")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let wrong = manager.post(&page, &[("do", "create"), ("name", "<b>")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("窗口的牌子写 1 到 12 个字");
    let office = manager.get(&page).await;
    office.says("91 号窗口");
    assert_eq!(manager.get(&format!("{OFFICE}?office=nanshan")).await.status, StatusCode::NOT_FOUND);
}
