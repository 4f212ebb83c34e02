//! From handing in to a letter.

use axum::http::StatusCode;
use server::procedures::{acts, cases, family};
use shared::procedures::Typed;

use super::{ALL, CASES, House, act, approver, correct, done, handed_in, reviewed, reviewer, typed, way_to};

const REFUSAL: [(&str, &str); 4] = [
    ("outcome", "refused"),
    ("requirement", "place"),
    ("facts", "安葬证明上写的是外地的海域。"),
    ("evidence", "安葬证明"),
];

#[tokio::test]
async fn a_claim_is_taken_accepted_asked_once_supplied_proposed_and_signed_by_another() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let number = submitted.reference.to_string();
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);

    // Nobody's at first, then theirs who took it.
    li.get(CASES).await.says("您手里没有要办的申请");
    let unassigned = li.get("/staff/cases?queue=unassigned").await;
    unassigned.says(&number);
    let id = unassigned.value("case");
    li.post("/staff/cases?queue=unassigned", &[("case", id.as_str()), ("do", "take")])
        .await
        .leads_to("/staff/cases?queue=unassigned&done=assigned");
    li.get(CASES).await.says(&number);
    let case = way_to(&mut li, submitted.reference).await;
    reviewed(&mut li, &case).await;
    let page = li.get(&case).await;
    page.says("按规定核对");
    page.says("逝者是深圳户口");
    page.says("没有见到原文");

    // What is missing is asked for once, after it was looked at once more.
    let asks = [("item", "proof_number"), ("item", "burial_certificate")];
    let sure = act(&mut li, &case, "ask", &asks).await;
    assert_eq!(sure.status, StatusCode::OK);
    for words in ["只能向申请人要求一次", "火化证明编号", "安葬证明"] {
        sure.says(words);
    }
    li.get(&case).await.says("审核中");
    let asks = [asks[0], asks[1], ("sure", "yes")];
    act(&mut li, &case, "ask", &asks).await.leads_to(&done(&case, "ask"));
    let page = li.get(&case).await;
    for words in ["等申请人补正", "要求过，还没有收到"] {
        page.says(words);
    }
    li.get("/staff/cases?queue=waiting_on_family").await.says(&number);

    // The family puts its number right; what changed stands beside what it was.
    let token = submitted.manage_token.reveal();
    let theirs = family::by_token(&house.app, submitted.reference, token).await.unwrap();
    let seen = cases::for_family(&house.app, submitted.reference, token, house.now()).await.unwrap();
    let supplied = Typed::from([("proof_number".to_owned(), "YS2026-90001".to_owned())]);
    acts::supply(&house.app, &theirs, seen.version, &supplied, house.now()).await.unwrap();
    let page = li.get(&case).await;
    for words in ["和最初提交的不一样", "**** 0001"] {
        page.says(words);
    }
    let again = act(&mut li, &case, "ask", &asks).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    again.says("补正只能要求一次");

    // Proposed by one, signed by another who has read the letter.
    let empty = act(&mut li, &case, "propose", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("请选择准予还是不予");
    act(&mut li, &case, "propose", &[("outcome", "granted"), ("sum", "3000")]).await.leads_to(&done(&case, "propose"));
    li.get(&case).await.says("意见是您提的，要由另一个人复核");
    wang.get("/staff/cases?queue=second_signature").await.says(&number);
    let hash = wang.get(&case).await.value("hash");
    let letter = act(&mut wang, &case, "approve", &[("hash", hash.as_str())]).await;
    for words in ["同意以后就是正式决定", "关于节地生态安葬奖补申请的决定", "3,000 元", "60 日内", "6 个月内"]
    {
        letter.says(words);
    }
    wang.get(&case).await.says("已提出意见，等第二个人复核");
    let signs = [("hash", hash.as_str()), ("sure", "yes")];
    act(&mut wang, &case, "approve", &signs).await.leads_to(&done(&case, "approve"));
    let page = wang.get(&case).await;
    page.says("已经作出决定");
    page.says("打印决定书");
    let letter = wang.get(&format!("{case}/letter")).await;
    for words in ["准予", "3,000 元", "＿＿＿＿＿＿＿＿人民政府申请行政复议", "编号：＿＿＿＿＿＿＿＿"]
    {
        letter.says(words);
    }
    assert!(!letter.has("罚"), "{}", letter.html);
    assert_eq!(letter.cache, "no-store");

    act(&mut li, &case, "close", &[("said-close", "已经交财务打款"), ("sure", "yes")])
        .await
        .leads_to(&done(&case, "close"));
    li.get(&case).await.says("已经办结");
    li.get(ALL).await.says(&number);
}

#[tokio::test]
async fn a_refusal_says_its_ground_its_evidence_and_its_article() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);
    let case = way_to(&mut li, submitted.reference).await;
    reviewed(&mut li, &case).await;
    li.get(&case).await.says("看到的条文里没有这一条，请先核对原文，把文件和条款写在依据里");
    li.get(&case).await.says("要在 2026年9月26日以前重新评估");
    let bare = act(&mut li, &case, "propose", &REFUSAL[..1]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["请选择不符合哪一条", "请写明查明的事实", "请写明凭什么证据"] {
        bare.says(words);
    }
    // Of whose register counts no text was seen, so its article has to be named.
    let unnamed = [REFUSAL[0], ("requirement", "hukou"), REFUSAL[2], REFUSAL[3]];
    let unnamed = act(&mut li, &case, "propose", &unnamed).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    unnamed.says("看到的条文里没有这一条，请写明依据哪个文件的哪一条");
    act(&mut li, &case, "propose", &REFUSAL).await.leads_to(&done(&case, "propose"));
    let hash = wang.get(&case).await.value("hash");
    let signs = [("hash", hash.as_str()), ("sure", "yes")];
    act(&mut wang, &case, "approve", &signs).await.leads_to(&done(&case, "approve"));
    let letter = wang.get(&format!("{case}/letter")).await;
    for words in ["不予", "安葬证明上写的是外地的海域。", "第三条", "可以再申请", "60 日内"] {
        letter.says(words);
    }
    assert!(!letter.has("罚"), "{}", letter.html);
    let english = wang.get(&format!("/en{case}/letter")).await;
    english.says("within 60 days");
    assert!(english.has("Article 3"), "{}", english.html);
}

#[tokio::test]
async fn a_burial_before_the_rules_is_checked_against_none_and_it_is_said_which_day_counts() {
    let house = House::open().await;
    let mut typed = typed(1);
    for (field, day) in [("died_on", "2018-05-01"), ("buried_on", "2018-09-30")] {
        typed.insert(field.to_owned(), day.to_owned());
    }
    let submitted = handed_in(&house, &typed, None).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    li.get(&case).await.says("看到的规定在算数的那一天还没有开始，或者已经结束");
}

#[tokio::test]
async fn what_is_put_right_voids_what_was_proposed_and_what_is_sent_back_says_why() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);
    let case = way_to(&mut li, submitted.reference).await;
    reviewed(&mut li, &case).await;
    act(&mut li, &case, "propose", &[("outcome", "granted")]).await.leads_to(&done(&case, "propose"));
    let silent = act(&mut wang, &case, "send_back", &[]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.says("请写明原因");
    let said = [("said-send_back", "请再核对安葬的日子")];
    act(&mut wang, &case, "send_back", &said).await.leads_to(&done(&case, "send_back"));
    li.get(&case).await.says("退回审核：请再核对安葬的日子");

    // One answer has a form of its own kind.
    let form = li.get(&format!("{case}?correct=buried_on")).await;
    form.says("更正“安葬的日子”");
    act(&mut li, &case, "propose", &[("outcome", "granted")]).await.leads_to(&done(&case, "propose"));
    let wrong = correct(&mut li, &case, ["buried_on", "2026-13-40", "安葬证明上是另一天"]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("href=\"#answer\""), "{}", wrong.html);
    assert_eq!(wrong.value("answer"), "2026-13-40", "nothing typed is lost");
    let right = correct(&mut li, &case, ["buried_on", "2026-04-21", "安葬证明上是另一天"]).await;
    right.leads_to(&done(&case, "correct"));
    let page = wang.get(&case).await;
    page.says("审核中");
    page.says("和最初提交的不一样");
    assert!(!page.has("name=\"hash\""), "nothing is left to sign");
}

#[tokio::test]
async fn what_seems_to_be_missing_is_ticked_and_told_once_more_where_it_is_not_asked_for() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    reviewed(&mut li, &case).await;
    let page = li.get(&case).await;
    let is_ticked = |item: &str| {
        let boxes = page.html.split("<input").filter_map(|input| input.split('>').next());
        boxes.filter(|input| input.contains(&format!("value=\"{item}\""))).any(|input| input.contains(" checked"))
    };
    assert!(is_ticked("burial_certificate") && !is_ticked("proof_number"), "{}", page.html);
    let asks = [("item", "proof_number"), ("reason", "number"), ("said-ask", "在窗口核对过原件")];
    let sure = act(&mut li, &case, "ask", &asks).await;
    for words in ["看来也缺，您没有选", "安葬证明", "号码核对不上，请对照原件再填；在窗口核对过原件"]
    {
        sure.says(words);
    }
    act(&mut li, &case, "ask", &[asks[0], asks[1], ("sure", "yes")]).await.leads_to(&done(&case, "ask"));
    li.get(&case).await.says("号码核对不上，请对照原件再填");
}
