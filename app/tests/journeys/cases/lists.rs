//! Queues, who has which, and who has how many.

use axum::http::StatusCode;
use server::database::sql::sql;

use super::{CASES, House, act, approver, done, handed_in, reviewer, typed, way_to};

#[tokio::test]
async fn every_list_says_what_it_has_or_where_else_to_look() {
    let house = House::open().await;
    let (_, mut li) = reviewer(&house, 1).await;
    li.get("/staff").await.leads_to(CASES);
    for (queue, none, beside) in [
        ("mine", "您手里没有要办的申请", "看看“还没有人办”"),
        ("unassigned", "每一件都有人办", "看看“全部”"),
        ("near_deadline", "没有快到期的", "看看“全部”"),
        ("waiting_on_family", "没有在等申请人的", "看看“全部”"),
        ("second_signature", "没有等复核的", "看看“全部”"),
        ("rivals", "没有用同一份证明的", "看看“全部”"),
        ("family_wrote", "没有等着回复的来信", "看看“全部”"),
        ("not_reached", "短信都送到了", "看看“全部”"),
        ("all", "还没有申请", ""),
    ] {
        let page = li.get(&format!("/staff/cases?queue={queue}")).await;
        page.says(none);
        page.says(beside);
    }
    li.get("/staff/cases?queue=load").await.says("每个人手里还没有办完的申请");
    let submitted = handed_in(&house, &typed(1), None).await;
    let page = li.get("/staff/cases?queue=unassigned").await;
    page.says(&submitted.reference.to_string());
    assert!(page.has("<span class=\"count\">1</span>"), "{}", page.html);
    assert_eq!(li.get("/staff/cases?queue=all&page=9").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_case_is_given_to_a_colleague_from_its_row_and_the_load_says_who_has_it() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let number = submitted.reference.to_string();
    let ((me, mut li), (other, mut zhao)) = (reviewer(&house, 1).await, reviewer(&house, 2).await);
    let (counter, _) = super::at_work(&house, 3, shared::staff::Role::CounterClerk, "nanshan").await;
    let page = li.get("/staff/cases?queue=unassigned").await;
    let case = page.value("case");
    assert!(page.has(other.person.as_str()) && !page.has(counter.person.as_str()), "those who work on cases");
    let gives = |to| [("case", case.as_str()), ("do", "give"), ("to", to)];
    li.post("/staff/cases?queue=unassigned", &gives(other.person.as_str()))
        .await
        .leads_to("/staff/cases?queue=unassigned&done=assigned");
    zhao.get(CASES).await.says(&number);
    let load = zhao.get("/staff/cases?queue=load").await;
    load.says(other.account.as_str());
    for nobody in [counter.person.as_str(), "nobody"] {
        let page = li.post(CASES, &gives(nobody)).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nobody}");
    }
    // The page of before, on which it was nobody's.
    let late = li.post(CASES, &[gives(me.person.as_str()).as_slice(), &[("had", "")]].concat()).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("有人把这件申请转过手");
    zhao.post(CASES, &gives("")).await.leads_to("/staff/cases?done=assigned");
    li.get("/staff/cases?queue=unassigned").await.says(&number);
}

#[tokio::test]
async fn two_who_claim_one_reward_are_shown_to_each_other_and_one_of_them_is_granted() {
    let house = House::open().await;
    let mut both = Vec::new();
    for n in [1, 2] {
        let mut typed = typed(n);
        // The second types the same number in full width.
        let proof = if n == 1 { "YS2026-00777" } else { "ＹＳ２０２６－００７７７" };
        typed.insert("proof_number".to_owned(), proof.to_owned());
        both.push(handed_in(&house, &typed, None).await.reference);
    }
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);
    let list = li.get("/staff/cases?queue=rivals").await;
    for reference in &both {
        list.says(&reference.to_string());
    }
    let (first, second) = (way_to(&mut li, both[0]).await, way_to(&mut li, both[1]).await);
    let page = li.get(&first).await;
    page.says("用同一份证明的其他申请");
    page.says(&both[1].to_string());
    page.says("先提交的不因此优先");
    for (case, status) in [(&second, StatusCode::SEE_OTHER), (&first, StatusCode::CONFLICT)] {
        super::reviewed(&mut li, case).await;
        act(&mut li, case, "propose", &[("outcome", "granted")]).await.leads_to(&done(case, "propose"));
        let hash = wang.get(case).await.value("hash");
        let signed = act(&mut wang, case, "approve", &[("hash", hash.as_str()), ("sure", "yes")]).await;
        assert_eq!(signed.status, status, "{}", signed.html);
    }
    let page = li.get(&first).await;
    page.says("其中有一件已经准予");
}

#[tokio::test]
async fn of_very_many_who_claim_one_reward_some_are_listed_and_it_is_said_where_the_others_are() {
    let house = House::open().await;
    let mut first = None;
    for n in 1..=23 {
        let mut typed = typed(n);
        typed.insert("proof_number".to_owned(), "YS2026-00777".to_owned());
        let reference = handed_in(&house, &typed, None).await.reference;
        first = first.or(Some(reference));
    }
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, first.unwrap()).await;
    let page = li.get(&case).await;
    page.says("还有 2 件没有列在这里。");
    page.says("看“同一份证明”");
}

#[tokio::test]
async fn what_the_clock_told_stands_above_the_list_until_whoever_has_to_know_says_that_they_do() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let number = submitted.reference.to_string();
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);
    let id = li.get("/staff/cases?queue=unassigned").await.value("case");
    // As the job leaves it; the rules that are shipped set no time.
    for (alert, is_officers, words) in [("half", true, "时间过半"), ("near", false, "快到期")] {
        let (browser, other) = if is_officers { (&mut li, &mut wang) } else { (&mut wang, &mut li) };
        for statement in [
            "update procedure_case set due_on = '2030-01-01' where id = $1 and $2 <> ''",
            "insert into case_alert (case_id, begun_on, alert, at) values ($1, '2026-05-06', $2, 1)",
        ] {
            let values = [id.as_str().into(), alert.into()];
            sql(statement, values).execute(&mut house.connection().await).await.unwrap();
        }
        assert!(!other.get(CASES).await.has("时间提醒"), "{alert} is not theirs to know");
        let page = browser.get(CASES).await;
        for words in ["时间提醒", words, number.as_str(), "知道了"] {
            page.says(words);
        }
        let knows = [("case", id.as_str()), ("do", "known"), ("alert", alert)];
        assert_eq!(other.post(CASES, &knows).await.status, StatusCode::FORBIDDEN);
        browser.post(CASES, &knows).await.leads_to("/staff/cases?done=known");
        let page = browser.get("/staff/cases?done=known").await;
        page.says("已经记下您知道了");
        assert!(!page.has("时间提醒"));
    }
}
