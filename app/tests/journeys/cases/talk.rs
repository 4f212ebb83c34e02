//! What a family wrote is a task, an answer is looked at before it is sent, and so is a text that did not arrive.

use axum::http::StatusCode;
use server::{
    database::sql::sql,
    procedures::{family, submit::Submitted, talk},
};

use super::{CASES, House, approver, done, handed_in, reviewer, typed, way_to};

async fn asks(house: &House, submitted: &Submitted, words: &str) {
    let token = submitted.manage_token.reveal();
    let theirs = family::by_token(&house.app, submitted.reference, token).await.unwrap();
    talk::ask(&house.app, &theirs, words, house.now()).await.unwrap();
}

#[tokio::test]
async fn what_a_family_wrote_is_answered_after_a_look_at_what_it_will_read() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    asks(&house, &submitted, "请问办得怎么样了？").await;
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);
    let list = format!("{CASES}?queue=family_wrote");
    li.get(&list).await.says(&submitted.reference.to_string());
    let case = way_to(&mut li, submitted.reference).await;
    let page = li.get(&case).await;
    for words in ["请问办得怎么样了？", "还没有人回复", "给申请人留言…"] {
        page.says(words);
    }
    let seen = page.value("seen");
    let empty = li.post(&case, &[("do", "message"), ("template", ""), ("words", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("请写要说的话");

    let form = [("do", "message"), ("template", "waiting"), ("words", "下周再看一次。"), ("seen", seen.as_str())];
    let preview = li.post(&case, &form).await;
    assert_eq!(preview.status, StatusCode::OK);
    for words in ["申请人会读到的", "您现在不用做什么。下周再看一次。", "Your application is still being checked"]
    {
        preview.says(words);
    }
    let again: Vec<_> = form.into_iter().chain([("edit", "yes")]).collect();
    li.post(&case, &again).await.says("下周再看一次。");
    li.get(&list).await.says(&submitted.reference.to_string());
    let sure: Vec<_> = form.into_iter().chain([("sure", "yes")]).collect();
    li.post(&case, &sure).await.leads_to(&done(&case, "message"));
    li.get(&list).await.says("没有等着回复的来信");
    let page = wang.get(&case).await;
    for words in ["下周再看一次。", "还没有看"] {
        page.says(words);
    }
}

#[tokio::test]
async fn what_needs_no_answer_is_said_so_and_leaves_the_list() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    asks(&house, &submitted, "谢谢你们。").await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    let page = li.get(&case).await;
    page.says("看过了，不用回复");
    let seen = page.value("seen");
    li.post(&case, &[("do", "settle-messages"), ("seen", seen.as_str())]).await.leads_to(&done(&case, "settled"));
    li.get(&format!("{CASES}?queue=family_wrote")).await.says("没有等着回复的来信");
    let malformed = li.post(&case, &[("do", "settle-messages"), ("seen", "now")]).await;
    assert_eq!(malformed.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_text_that_did_not_arrive_stands_on_the_page_until_somebody_has_called() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    assert!(!li.get(&case).await.has("短信没有送到"), "nothing has failed");
    // As the sender leaves it after its last try.
    let failed = "update outbox set state = 'failed', attempts = 10 where kind = 'case_submitted'";
    sql(failed, []).execute(&mut house.connection().await).await.unwrap();
    let list = format!("{CASES}?queue=not_reached");
    li.get(&list).await.says(&submitted.reference.to_string());
    let page = li.get(&case).await;
    for words in ["短信没有送到，申请人可能还不知道", "申请已经提交", "已经用别的办法告诉了"]
    {
        page.says(words);
    }
    let seen = page.value("seen");
    li.post(&case, &[("do", "settle-texts"), ("seen", seen.as_str())]).await.leads_to(&done(&case, "settled"));
    li.get(&list).await.says("短信都送到了");
    assert!(!li.get(&case).await.has("短信没有送到，"), "somebody has told them");
}
