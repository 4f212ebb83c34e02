//! Somebody stands at the desk with their card and asks for their own data.

use axum::http::StatusCode;
use shared::{invented, staff::Role};

use super::{
    at_work::at_work,
    browser::{Browser, Page},
    couple::Couple,
    house::House,
    visits::Morning,
};

const PAGE: &str = "/staff/own-data";

/// The answer to the card of one of the first couple.
async fn find(clerk: &mut Browser, who: usize) -> Page {
    let number = invented::couple(1)[who].id_number.clone();
    clerk.post(PAGE, &[("do", "find"), ("id_type", "resident_id"), ("id_number", &number)]).await
}

async fn act(clerk: &mut Browser, found: &Page, act: &str, more: &[(&str, &str)]) -> Page {
    let claim = found.value("claim");
    let form = [&[("do", act), ("claim", &claim)], more].concat();
    clerk.post(PAGE, &form).await
}

#[tokio::test]
async fn a_copy_is_found_by_the_card_printed_for_one_and_stands_in_the_record_of_the_visit() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    let [him, her] = morning.couple.people.clone();
    morning.clerk.get(&visit).await.says("本人要看、更正或者删除自己的信息");
    let page = morning.clerk.get(PAGE).await;
    for words in ["本人的信息", "人证一致", "一小时最多十次", "预约里的证件号码填错了"] {
        page.says(words);
    }
    let found = find(&mut morning.clerk, 1).await;
    assert_eq!((found.status, &*found.cache), (StatusCode::OK, "no-store"));
    found.says("结婚登记，2026年5月14日");
    found.says("还有效的预约要用这些信息，现在不能删");
    found.says(&visit);
    assert!(!found.has(&her.name) && !found.has(&him.name) && !found.has("删除，不能恢复"), "{}", found.html);
    let copy = act(&mut morning.clerk, &found, "copy", &[]).await;
    assert_eq!((copy.status, &*copy.cache), (StatusCode::OK, "no-store"));
    for own in [&her.name, &her.id_number, &her.phone] {
        copy.says(own);
    }
    for words in [
        "您自己的",
        "对方的",
        "这里没有的",
        "居民身份证",
        "女",
        "发过的短信",
        "（链接略）",
        "第五十条",
        "南山",
        "以窗口的答复为准",
    ] {
        copy.says(words);
    }
    for other in [&him.name, &him.id_number, &him.phone] {
        assert!(!copy.has(other), "{other}: {}", copy.html);
    }
    assert!(!copy.has("/m/") && !copy.has("按证件查到"), "{}", copy.html);
    assert!(!copy.has("窗口按您的证件查的"), "paper is carried home: {}", copy.html);
    let asked = act(&mut morning.clerk, &found, "copy", &[("lookups", "yes")]).await;
    asked.says("窗口按您的证件查的");
    let opened = morning.clerk.get(&visit).await;
    opened.says("在窗口打印了本人的一份");
    // The other reads of nothing that was done here.
    let page = morning.page.clone();
    let told = morning.couple.browser.get(&page).await;
    assert!(!told.has("窗口打印"), "{}", told.html);
    let (_, mut manager) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    let listed = manager.get("/staff/looks?list=releases").await;
    listed.says("打印了本人的一份");
}

#[tokio::test]
async fn a_ground_that_both_share_is_printed_and_one_of_unknown_whom_is_named_as_left_out() {
    for (ground, printed) in [("close_kin", true), ("has_spouse", false)] {
        let mut morning = Morning::new().await;
        let serving = morning.serve().await;
        let more = [("outcome", "refused"), ("ground", ground)];
        super::visits::and_look(&mut morning.clerk, &serving, "办结：不予办理", &more).await;
        let found = find(&mut morning.clerk, 0).await;
        let copy = act(&mut morning.clerk, &found, "copy", &[]).await;
        copy.says("不予办理");
        assert_eq!(copy.has("属于直系血亲"), printed, "{}", copy.html);
        assert_eq!(copy.has("（其余见“这里没有的”）"), !printed);
        assert!(!copy.has("已有配偶"));
    }
}

#[tokio::test]
async fn a_correction_is_read_before_it_is_made_and_what_is_wrong_is_told_at_its_field() {
    let mut morning = Morning::new().await;
    let her = morning.couple.people[1].clone();
    let found = find(&mut morning.clerk, 1).await;
    let wrong = act(&mut morning.clerk, &found, "review", &[("name", "演改名"), ("phone", "12")]).await;
    assert_eq!((wrong.status, wrong.value("name").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "演改名"));
    let nothing = act(&mut morning.clerk, &found, "review", &[("name", &her.name)]).await;
    nothing.says("没有要更正的");
    let reviewed = act(&mut morning.clerk, &found, "review", &[("phone", "13800009999")]).await;
    reviewed.says(&format!("尾号 {} → 138 0000 9999", &her.phone[her.phone.len() - 4..]));
    reviewed.says("（不变）");
    for stays in [&her.name, &her.phone, &her.id_number] {
        assert!(!reviewed.has(stays), "{stays}: {}", reviewed.html);
    }
    let renamed = act(&mut morning.clerk, &found, "review", &[("name", "演正名"), ("phone", "13800009999")]).await;
    renamed.says("→ 演正名");
    // Whoever sees a slip goes back to what they typed, and nothing was made.
    renamed.says(&found.value("claim"));
    let typed = [("name", renamed.value("name")), ("phone", renamed.value("phone"))];
    let typed = typed.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(typed, [("name", "演正名"), ("phone", "13800009999")]);
    let back = act(&mut morning.clerk, &found, "change", &typed).await;
    assert_eq!((back.status, &*back.cache), (StatusCode::OK, "no-store"));
    assert_eq!((back.value("name").as_str(), back.value("phone").as_str()), ("演正名", "13800009999"));
    back.says("核对要更正的");
    // Pressed twice, it is done once.
    for _ in 0..2 {
        act(&mut morning.clerk, &reviewed, "correct", &[]).await.leads_to("/staff/own-data?done=corrected");
    }
    reviewed.says("只能更正一样");
    morning.clerk.get("/staff/own-data?done=corrected").await.says("时间没有变");
    for phone in [her.phone.as_str(), "13800009999"] {
        let text = morning.house.text_to(phone, "people_corrected").await;
        assert!(text.contains("没有改时间") && !text.contains("9999"), "{text}");
    }
    let visit = morning.visit().await;
    morning.clerk.get(&visit).await.says("看着证件更正了信息");
    let page = morning.page.clone();
    morning.couple.browser.get(&format!("{page}/data")).await.says("9999");
}

#[tokio::test]
async fn each_erases_their_own_once_a_booking_is_cancelled_and_the_page_says_so() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let (_, mut clerk) = at_work(&house, 5, Role::CounterClerk, "demo-hill").await;
    let found = find(&mut clerk, 0).await;
    assert!(!found.has("/staff/visits/"), "it is of another office");
    let refused = act(&mut clerk, &found, "erase", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("先取消预约");
    refused.says("第五十条");
    let cancel = format!("{page}/cancel");
    let changes = couple.browser.get(&cancel).await.value("changes");
    couple.browser.post(&cancel, &[("changes", &changes)]).await.leads_to(&page);
    couple.browser.get(&format!("{page}/data")).await.says("本人带证件到任何一个登记处的窗口，删除自己的");
    let found = find(&mut clerk, 0).await;
    found.says("删除，不能恢复");
    assert!(!found.has("姓名或者手机填错了"), "what is over is not corrected");
    act(&mut clerk, &found, "erase", &[]).await.leads_to("/staff/own-data?done=erased");
    clerk.get("/staff/own-data?done=erased").await.says("对方的是对方的");
    find(&mut clerk, 0).await.says("没有这个证件的信息");
    let left = couple.browser.get(&format!("{page}/data")).await;
    left.says("（已删除）");
    left.says(&couple.phone(1)[couple.phone(1).len() - 4..]);
    assert_eq!(couple.browser.get(&page).await.status, StatusCode::OK);
}
