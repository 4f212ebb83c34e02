//! What families say of how they were served, notes between colleagues, several cases at once, figures, and lists taken along.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::procedures::{domain::DOMAIN, family, ratings, submit::Submitted};
use shared::procedures::Rating;

use super::{ALL, CASES, House, act, approver, done, handed_in, reviewed, reviewer, typed, way_to};
use crate::journeys::browser::Browser;

const BATCH: &str = "/staff/cases/batch";

/// Grants what somebody reviews, signed by somebody else.
async fn granted(case: &str, (li, wang): (&mut Browser, &mut Browser)) {
    reviewed(li, case).await;
    act(li, case, "propose", &[("outcome", "granted")]).await.leads_to(&done(case, "propose"));
    let hash = wang.get(case).await.value("hash");
    let signs = [("hash", hash.as_str()), ("sure", "yes")];
    act(wang, case, "approve", &signs).await.leads_to(&done(case, "approve"));
}

/// What the family says of it.
async fn rated(house: &House, submitted: &Submitted, grade: &str, words: &str) {
    let token = submitted.manage_token.reveal();
    let theirs = family::by_token(&house.app, submitted.reference, token).await.unwrap();
    let rating = Rating::read(grade, ["slow"], words).unwrap();
    ratings::rate(&house.app, &theirs, &rating, house.now()).await.unwrap();
}

#[tokio::test]
async fn a_bad_word_is_a_task_for_somebody_who_did_not_work_on_the_case() {
    let house = House::open_with(&["--rating-days", "5"]).await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let ((_, mut li), (_, mut wang), (_, mut zhao)) =
        (reviewer(&house, 1).await, approver(&house, 2).await, reviewer(&house, 3).await);
    let case = way_to(&mut li, submitted.reference).await;
    granted(&case, (&mut li, &mut wang)).await;
    zhao.get("/staff/cases/ratings").await.says("没有要回访的差评");
    rated(&house, &submitted, "very_bad", "等了很久才有人回复").await;

    zhao.get(CASES).await.says("差评待回访 1 件");
    let list = zhao.get("/staff/cases/ratings").await;
    for words in ["非常不满意", "办得太慢", "最迟 2026年5月20日 星期三 回访"] {
        list.says(words);
    }
    li.get("/staff/cases/ratings").await.says("您办过，请别人回访");
    let page = li.get(&case).await;
    page.says("等了很久才有人回复");
    page.says("等没有办过这件申请的同事回访");
    assert!(!page.has("value=\"follow\""), "nothing that is refused is offered: {}", page.html);
    assert!(zhao.get(&case).await.has("value=\"follow\""));
    let follows = [("do", "follow"), ("followed", "打电话问清楚了，以后先回复。")];
    let own = li.post(&case, &follows).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    own.says("差评要由没有办过这件申请的人回访");
    let silent = zhao.post(&case, &[("do", "follow"), ("followed", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    zhao.post(&case, &follows).await.leads_to(&done(&case, "follow"));
    li.get(&case).await.says("回访结果：打电话问清楚了，以后先回复。");
    zhao.get("/staff/cases/ratings").await.says("没有要回访的差评");
    assert_eq!(zhao.post(&case, &follows).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_note_stands_beside_a_case_and_its_history_says_that_there_is_one() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);
    let case = way_to(&mut li, submitted.reference).await;
    let empty = li.post(&case, &[("do", "note"), ("note", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("请写备注");
    li.post(&case, &[("do", "note"), ("note", "家属明天带证明来")]).await.leads_to(&done(&case, "note"));
    let page = wang.get(&case).await;
    for words in ["家属明天带证明来", "留了一条备注", "申请人看不到"] {
        page.says(words);
    }
}

#[tokio::test]
async fn of_what_was_erased_nothing_is_offered_and_nothing_is_made_up() {
    let house = House::open_with(&["--case-years", "1"]).await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);
    let case = way_to(&mut li, submitted.reference).await;
    granted(&case, (&mut li, &mut wang)).await;
    act(&mut li, &case, "close", &[("sure", "yes")]).await.leads_to(&done(&case, "close"));
    let list = li.get(ALL).await;
    assert!(
        !list.has("value=\"take\"") && !list.has("name=\"pick\""),
        "what has ended is given to nobody: {}",
        list.html
    );
    house.wait(TimeDelta::days(367));
    for job in DOMAIN.jobs {
        job(&house.app, house.now()).await.unwrap();
    }
    let (_, mut zhao) = reviewer(&house, 3).await;
    let page = zhao.get(&case).await;
    page.says("已经按保存期限抹去，不能再办");
    for gone in ["name=\"note\"", "value=\"reopen\"", "打印决定书", "按规定核对", "由民政部门核定", "value=\"give\""]
    {
        assert!(!page.has(gone), "{gone}: {}", page.html);
    }
    assert_eq!(zhao.get(&format!("{case}/letter")).await.status, StatusCode::NOT_FOUND);

    let (reference, token) = (submitted.reference, submitted.manage_token.reveal());
    let mut family = house.browser();
    family.set_cookie("cases", &format!("{}-{token}", reference.as_str()));
    let theirs = format!("/cases/{reference}");
    let page = family.get(&theirs).await;
    page.says("已经按保存期限抹去");
    assert!(!page.has("看决定书") && !page.has("写在决定书里"), "{}", page.html);
    family.get(&format!("{theirs}/letter")).await.leads_to(&theirs);
    let data = family.get(&format!("{theirs}/data")).await;
    data.says("这里没有您的信息了");
    assert!(!data.has("发送验证码"), "{}", data.html);
}

#[tokio::test]
async fn several_are_done_at_once_after_a_look_and_each_is_told_by_itself() {
    let house = House::open().await;
    let (first, second) = (handed_in(&house, &typed(1), None).await, handed_in(&house, &typed(2), None).await);
    let (_, mut li) = reviewer(&house, 1).await;
    let list = li.get("/staff/cases?queue=unassigned").await;
    list.says("选几件一起办");
    assert!(list.has("<option value=\"accept\""), "{}", list.html);
    let (_, mut wang) = approver(&house, 2).await;
    let theirs = wang.get("/staff/cases?queue=unassigned").await;
    assert!(!theirs.has("<option value=\"accept\""), "whoever signs accepts none: {}", theirs.html);
    let mut picks = Vec::new();
    for submitted in [&first, &second] {
        let case = way_to(&mut li, submitted.reference).await;
        picks.push(format!("{}:0:", case.rsplit('/').next().unwrap()));
    }
    let chosen = [("act", "accept"), ("whose", ""), ("queue", "unassigned")];
    let nothing = li.post(BATCH, &chosen).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("还没有选申请");
    let all: Vec<_> = chosen.into_iter().chain(picks.iter().map(|pick| ("pick", pick.as_str()))).collect();
    let preview = li.post(BATCH, &all).await;
    preview.says("受理 2 件");
    li.get("/staff/cases?queue=unassigned").await.says(&first.reference.to_string());
    let press = preview.value("press");
    let sure: Vec<_> = all.iter().copied().chain([("press", press.as_str())]).collect();
    for _ in 0..2 {
        li.post(BATCH, &sure).await.says("2 件都办好了");
    }
    let again: Vec<_> = all.iter().copied().chain([("press", "another")]).collect();
    let late = li.post(BATCH, &again).await;
    late.says("办好 0 件，2 件没有办");
    late.says("有人刚办过这件申请");
    let never: Vec<_> = [("act", "approve")].into_iter().chain(all.iter().copied().skip(1)).collect();
    assert_eq!(li.post(BATCH, &never).await.status, StatusCode::BAD_REQUEST, "nothing is signed so");
    li.get(BATCH).await.leads_to(CASES);
}

#[tokio::test]
async fn figures_tell_of_no_few_and_a_list_is_taken_along_for_a_reason() {
    let house = House::open().await;
    let typed = typed(1);
    let submitted = handed_in(&house, &typed, None).await;
    let number = submitted.reference.to_string();
    let (_, mut li) = reviewer(&house, 1).await;
    let page = li.get("/staff/cases/figures").await;
    for words in ["少于 5 件，不显示", "没有评价的不算满意", "下载成表格文件"] {
        page.says(words);
    }
    let wrong = li.get("/staff/cases/figures?from=2026-02-30").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("从哪一天：日期请写成 2026-05-20 这样");
    let file = li.get("/staff/cases/figures/file").await;
    assert!(file.has("统计的日子,2026-01-01,2026-05-13"), "{}", file.html);
    assert_eq!(file.cache, "no-store");

    let silent = li.post("/staff/cases/export", &[("queue", "all"), ("why", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let file = li.post("/staff/cases/export", &[("queue", "all"), ("why", "周会上看积压的申请")]).await;
    assert!(file.has(&number) && !file.has(&typed["applicant_name"]), "{}", file.html);
    assert!(!file.has(&typed["applicant_id"]) && !file.has(&typed["applicant_phone"]), "{}", file.html);
    li.get("/staff/cases/export").await.says("周会上看积压的申请");
}
