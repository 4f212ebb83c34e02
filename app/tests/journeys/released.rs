//! A booking that is not theirs, ended at the desk by whoever shows their card.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;

use super::{
    at_work::{DAY, at_work},
    browser::Browser,
    visits::{LOOKS, Morning, RELEASE},
};

#[tokio::test]
async fn a_booking_that_is_not_theirs_is_found_by_the_card_and_released_by_a_second_press() {
    let mut morning = Morning::new().await;
    let hers = morning.couple.people[1].clone();
    let find = |number: &str| {
        vec![("do", "find".to_owned()), ("id_type", "resident_id".to_owned()), ("id_number", number.to_owned())]
    };
    let send = async |clerk: &mut Browser, form: Vec<(&str, String)>| {
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        clerk.post(RELEASE, &form).await
    };
    let wrong = send(&mut morning.clerk, find("44030819990110")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.value("id_number"), "44030819990110", "what was typed is kept");
    let found = send(&mut morning.clerk, find(&hers.id_number)).await;
    assert_eq!((found.status, &*found.cache), (StatusCode::OK, "no-store"));
    found.says("有一个预约：结婚登记，2026年5月14日");
    assert!(!found.has("南山") && !found.has(&morning.couple.people[0].name), "no place and nobody else");
    let claim = found.value("claim");
    let second = |tell: &str, hours: &str| {
        vec![
            ("do", "release".to_owned()),
            ("claim", claim.clone()),
            ("tell", tell.to_owned()),
            ("hours", hours.to_owned()),
        ]
    };
    for hours in ["", "0", "73", "soon"] {
        let wrong = send(&mut morning.clerk, second("later", hours)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{hours}");
        wrong.says("1 到 72");
        assert_eq!((wrong.value("claim"), wrong.value("hours")), (claim.clone(), hours.to_owned()));
    }
    let without_words = send(&mut morning.clerk, second("never", "")).await;
    assert_eq!(without_words.status, StatusCode::UNPROCESSABLE_ENTITY);
    without_words.says("选了“不通知”，请写一句为什么。");
    without_words.says("一切和原来一样，到那一天结束");
    let before = morning.couple.browser.get(&morning.page).await;
    let entry = morning.couple.browser.get(&format!("{}/calendar.ics", morning.page)).await;
    let ended = send(&mut morning.clerk, second("later", "5")).await;
    assert!(ended.location.starts_with(&format!("{RELEASE}?done=")), "{}", ended.location);
    let done = morning.clerk.get(&ended.location).await;
    for words in ["预约已经撤销", "短信 2026年5月14日 星期四 下午 2:0", "在那以前，预约页面不说", "12338"]
    {
        done.says(words);
    }
    let page = morning.couple.browser.get(&morning.page).await;
    assert!(!page.has("预约被撤销的短信"), "the text waits");
    // Nobody could have called it off any more: until then it stands for whoever booked.
    assert_eq!(page.html, before.html);
    let file = morning.couple.browser.get(&format!("{}/calendar.ics", morning.page)).await;
    assert_eq!(file.html, entry.html);
    let day = morning.clerk.get(DAY).await;
    let reference = morning.page.rsplit('/').next().unwrap().to_owned();
    let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
    let arrived = morning.clerk.post(DAY, &form).await;
    assert_eq!(arrived.status, StatusCode::CONFLICT);
    arrived.says("只说“现在办不了，请稍等”");
    morning.house.wait(TimeDelta::hours(5));
    let told = morning.couple.browser.get(&morning.page).await;
    told.says("预约被撤销的短信");
    told.says("撤销了这个预约");
    told.says("有疑问的，请打下面的电话");
    assert!(!told.has("想知道原因"), "nobody is sent to the registry who should not go there");
    let again = send(&mut morning.clerk, find(&hers.id_number)).await;
    assert!(again.has("没有有效的预约") || again.status == StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn somebody_who_is_there_with_a_booking_that_is_not_theirs_leaves_with_it() {
    let mut morning = Morning::new().await;
    morning.serve().await;
    let visit = morning.visit().await;
    let hers = morning.couple.people[1].id_number.clone();
    let find = [("do", "find"), ("id_type", "resident_id"), ("id_number", &*hers)];
    let found = morning.clerk.post(RELEASE, &find).await;
    found.says("有人已经用这个预约签到");
    found.says("办理机关后来给其中的人再约了一个，也会知道");
    let claim = found.value("claim");
    let form = [("do", "release"), ("claim", &*claim), ("tell", "never"), ("hours", ""), ("reason", "单独说有危险")];
    morning.clerk.post(RELEASE, &form).await.leads_to(&format!("{RELEASE}?done=never"));
    morning.clerk.get(&format!("{RELEASE}?done=never")).await.says("不发短信");
    let day = morning.clerk.get(DAY).await;
    day.says("叫下一个");
    let left = morning.clerk.get(&visit).await;
    left.says("已离开");
    left.says("随预约撤销");
    left.says("有人来问，只说“今天的预约已经结束”");
    assert!(!left.has("办理机关撤销预约"), "{}", left.html);
    let page = morning.couple.browser.get(&morning.page).await;
    page.says("今天的预约已经结束");
    assert!(!page.has("取消"), "nobody could have: {}", page.html);
    let file = morning.couple.browser.get(&format!("{}/calendar.ics", morning.page)).await;
    assert!(!file.has("CANCELLED"), "{}", file.html);
    let (_, mut auditor) = at_work(&morning.house, 3, Role::Auditor, "nanshan").await;
    let listed = auditor.get(&format!("{LOOKS}?list=releases")).await;
    for words in
        ["撤销了预约，不通知", "原因：本人持证到窗口，说不是自己约的：单独说有危险", "按证件查到了预约", "clerk1"]
    {
        listed.says(words);
    }
    assert!(!listed.has("/staff/visits/"), "an auditor opens no visit");
}
