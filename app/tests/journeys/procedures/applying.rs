//! From the start page to the receipt.

use axum::http::StatusCode;

use super::super::house::House;
use super::family::{Family, START, STEPS};

#[tokio::test]
async fn who_comes_to_apply_is_told_who_may_what_it_takes_and_what_nobody_knows() {
    let house = House::open().await;
    let mut browser = house.browser();
    let list = browser.get("/procedures").await;
    list.says("节地生态安葬奖补");
    assert!(list.has(r#"href="/procedures/green_burial""#) && list.has(r#"href="/cases""#));
    let start = browser.get(START).await;
    assert_eq!(start.status, StatusCode::OK);
    for words in [
        "可以慢慢填",
        "什么情况可以申请",
        "谁可以申请，看到的规定没有写",
        "要准备的材料",
        "火化证明",
        "要多久",
        "不收费",
    ] {
        start.says(words);
    }
    // Sums that were seen in copies alone are for the bureau to tell, and no time is made up.
    start.says("给多少，这里没有可靠的数字，请问民政部门。");
    start.says("见到的规定里没有写");
    // What the place settles is told, and what it leaves open is a question.
    start.says("户口不在这里的，也可以免费参加安葬");
    start.says("看到的规定要在 2026年9月26日以前重新评估");
    start.says("是不是要在报名的时候一起申领？");
    assert!(!start.has("3,000") && !start.has("1,000") && !start.has("罚款"), "{}", start.html);
    let english = browser.get(&format!("/en{START}")).await;
    for words in ["at your own pace", "Who can apply", "Papers to have ready", "please ask the bureau"] {
        english.says(words);
    }
    assert_eq!(browser.get("/procedures/no_such_thing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_claim_goes_from_the_start_page_to_the_receipt() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let parts = family.browser.get(&family.draft).await;
    assert_eq!((parts.status, parts.cache.as_str()), (StatusCode::OK, "no-store"));
    assert_eq!(parts.html.matches("还没有填").count(), 4, "{}", parts.html);
    parts.says("填写“逝者”");
    family.fill("deceased").await.leads_to(&family.step("burial"));
    family.fill("burial").await.leads_to(&family.step("applicant"));
    family.browser.get(&family.draft).await.says("填写“您的信息”");
    family.fill("applicant").await.leads_to(&family.step("declaration"));
    family.fill("declaration").await.leads_to(&family.check());

    let check = family.browser.get(&family.check()).await;
    for words in [
        "核对填写的内容",
        "赵演示",
        "2026年4月2日",
        "子女",
        "0123 4567 89",
        "已经同意",
        "火化证明",
        "给不给由民政部门决定",
    ] {
        check.says(words);
    }
    assert!(check.has("?step=burial&amp;from=check"), "{}", check.html);
    let handed_in = family.hand_in().await;
    assert!(handed_in.location.starts_with("/cases/C-"), "{}", handed_in.location);
    let receipt = family.browser.get(&handed_in.location).await;
    for words in ["申请已经提交", "回执码：", "接下来", "书面作出决定", "把您的身份证也带上", "亲属关系的证明"]
    {
        receipt.says(words);
    }
    assert!(!receipt.has("委托书"), "by their answers nobody was asked to apply for them: {}", receipt.html);
    let case = handed_in.location.strip_suffix("/receipt").unwrap();
    let page = family.browser.get(case).await;
    for words in ["已经收到", "提交申请", "还没有人打开过", "撤回申请", "这里不写日子"] {
        page.says(words);
    }
    assert!(!page.has("赵演示") && !page.has("0123456789"), "what was typed is not told again");
    page.says("把您的身份证也带上");
    assert!(!page.has("委托书") && !page.has("不用做什么"), "papers are to be brought: {}", page.html);
    let reference = case.strip_prefix("/cases/").unwrap();
    assert!(house.text_to(&family.phone, "case_submitted").await.contains(reference));
}

#[tokio::test]
async fn whose_phone_is_sent_no_texts_reads_on_the_receipt_how_they_hear_of_it_then() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    for step in STEPS {
        let phone = [("applicant_phone", "+7 9161234567")];
        family.fill_with(step, if step == "applicant" { &phone } else { &[] }).await;
    }
    let receipt = family.hand_in().await.location;
    let page = family.browser.get(&receipt).await;
    page.says("申请已经提交");
    page.says("申请里没有我们能发短信的手机号码");
    page.says("凭编号和身份证问民政部门");
    assert!(!page.has("发短信到申请里填的手机") && !page.has("凭编号和手机验证码"), "{}", page.html);
    let english = family.browser.get(&format!("/en{receipt}")).await;
    english.says("names no phone that we can text");
}

#[tokio::test]
async fn what_was_changed_from_the_page_of_all_answers_leads_back_to_it() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill_in().await;
    let page = format!("{}&from=check", family.step("burial"));
    let version = family.browser.get(&page).await.value("version");
    let form = family.answers("burial", &[("burial_kind", "river"), ("version", &version)]);
    let form: Vec<_> = form.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    family.browser.post(&page, &form).await.leads_to(&family.check());
    family.browser.get(&family.check()).await.says("江河葬");
}

#[tokio::test]
async fn nothing_is_handed_in_while_answers_are_missing() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill("deceased").await;
    let check = family.browser.get(&family.check()).await;
    check.says("还不能提交");
    assert!(!check.has("确认并提交申请"));
    // The version is not on that page: whoever sends it all the same is told at the answers.
    let version = family.browser.get(&family.step("burial")).await.value("version");
    let sent = family.browser.post(&family.check(), &[("version", &version)]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    sent.says("还不能提交");
}

#[tokio::test]
async fn a_switch_of_language_or_of_print_keeps_what_was_typed() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let version = family.browser.get(&family.step("deceased")).await.value("version");
    let english = family.send("deceased", &version, &[("proof_number", ""), ("action", "speak-en")]).await;
    english.leads_to(&format!("/en{}", family.step("deceased")));
    let page = family.browser.get(&english.location).await;
    page.says("Name of the deceased");
    assert_eq!(page.value("deceased_name"), "赵演示");
    let large = family.fill_with("deceased", &[("action", "elder-26")]).await;
    large.leads_to(&family.step("deceased"));
    assert_eq!(family.browser.cookie("elder"), Some("26"));
}
