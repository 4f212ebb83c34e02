//! How a visit ended, as the page of its booking says it, and an end that must not say why.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;

use super::{
    at_work::{DAY, at_work},
    visits::{LOOKS, Morning, RELEASE, and_look},
};

#[tokio::test]
async fn the_page_of_the_booking_is_the_same_to_the_byte_whichever_way_the_visit_ended() {
    let mut morning = Morning::new().await;
    let serving = morning.serve().await;
    serving.says("另行处理");
    serving.says("12338");
    let page = morning.page.clone();
    // Both ends at the same instant, one after the other, since the first is taken back.
    let more = [("outcome", "to_return"), ("paper", "as_told")];
    let ordinary = and_look(&mut morning.clerk, &serving, "一方没有来", &more).await;
    let slips = format!("{}/missing", morning.visit().await);
    assert_eq!(morning.clerk.get(&slips).await.status, StatusCode::NOT_FOUND, "nothing is to be brought");
    let told = morning.couple.browser.get(&page).await;
    assert!(!told.has("没有办完的短信"), "it can still be taken back: {}", told.html);
    told.says("今天的预约已经结束");
    told.says("已经办好的，不用再做什么");
    assert!(!told.has("预约就在今天") && !told.has("没有赶上的"), "nothing is left to come for");
    let texts = morning.house.messages().await;
    let back = and_look(&mut morning.clerk, &ordinary, "撤销", &[]).await;
    morning.couple.browser.get(&page).await.says("正在 91 号窗口办理");
    let apart = and_look(&mut morning.clerk, &back, "不追问细节", &[]).await;
    assert_eq!(morning.couple.browser.get(&page).await.html, told.html);
    let again = morning.house.messages().await;
    assert_eq!(again.len(), texts.len());
    for (one, two) in texts.iter().zip(&again) {
        assert_eq!((&one.kind, &one.message.text, one.due_at), (&two.kind, &two.message.text, two.due_at));
    }
    morning.house.wait(TimeDelta::seconds(60));
    morning.couple.browser.get(&page).await.says("没有办完的短信");
    // The day sheet says the same of both, too.
    for page in [&ordinary, &apart] {
        page.says("办结：没有办完");
    }
    let visit = morning.visit().await;
    let opened = morning.clerk.get(&visit).await;
    assert!(!opened.has("另行办结") && !opened.has("内部记录"), "a colleague reads of none");
    let (_, mut other) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    let opened = other.get(&visit).await;
    opened.says("内部记录");
    opened.says("另行办结：一方单独表示不愿意，未继续办理");
    assert!(!opened.has("不算数"), "it stands");
    let (_, mut auditor) = at_work(&morning.house, 3, Role::Auditor, "nanshan").await;
    assert!(!auditor.get(LOOKS).await.has("不算数"), "it stands");
}

#[tokio::test]
async fn whoever_lacks_papers_reads_on_the_page_what_the_text_says() {
    let mut morning = Morning::new().await;
    let serving = morning.serve().await;
    // What is one person's own business stands in no text, and on a slip of its own.
    let more = [("outcome", "to_return"), ("paper", "status_proof"), ("paper", "photos")];
    let own = and_look(&mut morning.clerk, &serving, "还缺什么", &more).await;
    own.says("打印材料单");
    let visit = morning.visit().await;
    // Nor on a list that others read too: with one that is private, no paper is named.
    for list in ["/staff/day?state=done", "/staff/day?state=all", "/staff/day/print"] {
        let listed = morning.clerk.get(list).await;
        listed.says("补材料再来");
        for paper in ["前一段婚姻", "合影"] {
            assert!(!listed.has(&format!("补材料再来：{paper}")) && !listed.has(&format!("、{paper}")), "{list}");
        }
    }
    let opened = morning.clerk.get(&visit).await;
    assert!(opened.has("前一段婚姻已经结束的证明") && opened.has("双人合影"), "on its own page: {}", opened.html);
    let slips = format!("{visit}/missing");
    let printed = morning.clerk.get(&slips).await;
    printed.says("只交给要补它的本人");
    let each: Vec<_> = printed.html.split("class=\"slip\"").skip(1).collect();
    let names = |paper: &str| each.iter().map(|slip| slip.contains(paper)).collect::<Vec<_>>();
    assert_eq!((names("合影"), names("前一段婚姻")), (vec![true; 2], vec![false, true]), "{}", printed.html);
    let decision = format!("{visit}/refusal");
    printed.says("要书面决定的");
    let by_hand = morning.clerk.get(&decision).await;
    by_hand.says("材料不齐，还差：＿＿＿＿＿＿＿＿");
    assert!(!by_hand.has("前一段婚姻") && !by_hand.has("合影"), "both get one: {}", by_hand.html);
    let back = and_look(&mut morning.clerk, &own, "撤销", &[]).await;
    assert_eq!(morning.clerk.get(&slips).await.status, StatusCode::NOT_FOUND);
    let more = [("outcome", "to_return"), ("paper", "photos"), ("paper", "resident_id")];
    and_look(&mut morning.clerk, &back, "还缺什么", &more).await;
    morning.clerk.get("/staff/day?state=done").await.says("补材料再来：双人合影、居民身份证");
    let decided = morning.clerk.get(&decision).await;
    for words in
        ["编号：＿", "还差：两人的 2 寸合影 3 张（本登记处的做法，条例没有写）", "《婚姻登记条例》第八条", "60 日内"]
    {
        decided.says(words);
    }
    let printed = morning.clerk.get(&slips).await;
    for words in [
        "合影 3 张（本登记处的做法，条例没有写）",
        "本人的居民身份证（《婚姻登记条例》第八条）",
        "要书面决定的，可以请登记机关出具书面决定",
        "60 日内",
        "6 个月内",
    ] {
        printed.says(words);
    }
    for words in
        ["一个人一张，当面交给本人", "过了当天，可以重新预约", "节假日以预约日历为准", "到哪里", "000-22222222"]
    {
        printed.says(words);
    }
    assert!(!printed.has("前一段婚姻") && !printed.has(&morning.couple.people[0].name), "{}", printed.html);
    let page = morning.page.clone();
    let early = morning.couple.browser.get(&page).await;
    early.says("今天的预约已经结束");
    assert!(!early.has("还差材料："), "nobody is told before it stands: {}", early.html);
    morning.house.wait(TimeDelta::seconds(61));
    let text = morning.house.text_to(morning.couple.phone(0), "visit_to_return").await;
    let lacks = text.split("结婚登记").nth(1).unwrap().split('。').next().unwrap().to_owned();
    assert!(lacks.starts_with("还差材料：") && text.contains("过了当天，可以重新预约"), "{text}");
    let told = morning.couple.browser.get(&page).await;
    told.says(&lacks);
    told.says("今天再来的，请先打电话问登记处还能不能办；明天起，可以重新预约");
    let data = morning.couple.browser.get(&format!("{page}/data")).await;
    data.says("过了预约的那一天，本人带证件到任何一个登记处的窗口");
    assert!(!data.has("先取消预约"), "nothing is left to cancel");
    morning.house.set_clock("2026-05-15T09:00:00+08:00");
    morning.couple.browser.get(&page).await.says(&format!("那天来的时候{lacks}。带齐以后，可以重新预约"));
}

#[tokio::test]
async fn an_end_apart_that_was_a_slip_is_told_apart_once_it_is_undone() {
    let mut morning = Morning::new().await;
    let serving = morning.serve().await;
    let apart = and_look(&mut morning.clerk, &serving, "不追问细节", &[]).await;
    morning.house.wait(TimeDelta::seconds(9));
    and_look(&mut morning.clerk, &apart, "撤销", &[]).await;
    let visit = morning.visit().await;
    let (_, mut manager) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    for page in [&*visit, LOOKS] {
        let shown = manager.get(page).await;
        shown.says("已撤销，不算数（");
        assert!(shown.has("<s>另行办结"), "{}", shown.html);
    }
}

#[tokio::test]
async fn the_page_and_the_calendar_of_who_had_come_are_the_same_to_the_byte_however_they_left() {
    let mut morning = Morning::new().await;
    let day = morning.clerk.get(DAY).await;
    let reference = morning.page.rsplit('/').next().unwrap().to_owned();
    let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
    let arrived = morning.clerk.post(DAY, &form).await;
    let arrived = morning.clerk.get(&arrived.location).await;
    let left = and_look(&mut morning.clerk, &arrived, "已离开", &[]).await;
    let calendar = format!("{}/calendar.ics", morning.page);
    let ordinary = [morning.page.clone(), calendar];
    let mut read = Vec::new();
    for address in &ordinary {
        read.push(morning.couple.browser.get(address).await.html);
    }
    and_look(&mut morning.clerk, &left, "撤销", &[]).await;
    let find = [("do", "find"), ("id_type", "resident_id"), ("id_number", &*morning.couple.people[1].id_number)];
    let claim = morning.clerk.post(RELEASE, &find).await.value("claim");
    let form = [("do", "release"), ("claim", &*claim), ("tell", "never"), ("hours", ""), ("reason", "单独说有危险")];
    morning.clerk.post(RELEASE, &form).await.leads_to(&format!("{RELEASE}?done=never"));
    for (address, before) in ordinary.iter().zip(read) {
        assert_eq!(morning.couple.browser.get(address).await.html, before, "{address}");
    }
}
