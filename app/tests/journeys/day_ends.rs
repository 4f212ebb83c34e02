//! A day ends, and what was not ended on it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, SAT, at_work, busy_house, press, sign_in},
    desk::{counter, seated},
    visits::and_look,
};

#[tokio::test]
async fn a_day_ends_once_nobody_is_at_a_counter_and_takes_no_more_afterwards() {
    let (_, mut manager, mut clerk) = seated().await;
    let page = clerk.get(DAY).await;
    assert!(!page.has("结束这一天"), "that is the manager's");
    let called = and_look(&mut clerk, &page, "叫下一个", &[]).await;
    manager.get(DAY).await.says("办完才能结束");
    and_look(&mut clerk, &called, "已离开", &[]).await;
    let day = manager.get(DAY).await;
    day.says("还在等候");
    for (reason, wrong) in [("", "请写明为什么现在就结束"), ("\u{200b}.", "请写明白一些")] {
        let unsaid = press(&mut manager, &day, "结束这一天</button>", &[("reason", reason)]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsaid.html);
        unsaid.says(wrong);
    }
    let ended = and_look(&mut manager, &day, "结束这一天</button>", &[("reason", "停电")]).await;
    ended.says("这一天已经结束");
    assert!(!clerk.get(DAY).await.has("重新打开这一天"), "that is the manager's");
    let open = and_look(&mut manager, &ended, "重新打开这一天</button>", &[]).await;
    for words in ["结束这一天：停电", " 重新打开", "把还在等的人标记为离开"] {
        assert_eq!(open.has(words), words != "把还在等的人标记为离开", "{words}: {}", open.html);
    }
    clerk.get(DAY).await.says("叫下一个");
    let lists = manager.get("/staff/day-lists?office=nanshan&list=ends").await;
    for words in ["提前结束，停电", "：重新打开"] {
        lists.says(words);
    }
    let ended = and_look(&mut manager, &open, "结束这一天</button>", &[("reason", "停电")]).await;
    ended.says("这一天已经结束");
    let day = clerk.get(DAY).await;
    assert!(!day.has("叫下一个</span>"), "nobody is called any more");
    let again = press(&mut manager, &page, "叫下一个", &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.html);
}

#[tokio::test]
async fn a_visit_that_was_not_ended_on_its_day_is_named_with_its_day_and_ended_there_by_clerk_or_manager() {
    let house = busy_house().await;
    let (managers, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (clerks, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    counter(&mut manager, "nanshan", "91").await;
    let day = clerk.get(DAY).await;
    press(&mut clerk, &day, "坐到 91 号窗口", &[]).await.leads_to(SAT);
    let day = clerk.get(DAY).await;
    let called = and_look(&mut clerk, &day, "叫下一个", &[]).await;
    // What is offered nowhere is no place to send them to.
    let nowhere = press(&mut clerk, &called, "转到哪里", &[("elsewhere", "nonsense@demo-bay")]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nowhere.html);
    nowhere.says("那个地点不办这项业务");
    and_look(&mut clerk, &called, "人到了，开始办理", &[]).await;
    let date = shared::calendar::shanghai_date(house.now());

    house.wait(TimeDelta::days(3));
    sign_in(&house, &managers, &mut manager, &[]).await.leads_to("/staff");
    sign_in(&house, &clerks, &mut clerk, &[]).await.leads_to("/staff");
    let today = clerk.get(DAY).await;
    today.says("这个窗口还有以前的号没有办完");
    today.says(&shared::locale::Locale::Zh.full_date(date));
    assert!(!today.has("value=\"next:"), "nothing is offered that would be refused: {}", today.html);
    let there = format!("{DAY}?office=nanshan&amp;date={date}&amp;state=at-counter");
    assert!(today.has(&format!("href=\"{there}\"")), "{}", today.html);
    let office = manager.get(&format!("{OFFICE}?office=nanshan")).await;
    office.says("没有办完，先看这个号");
    let there = there.replace("&amp;", "&");
    let on_its_day = manager.get(&there).await;
    for act in ["park", "left"] {
        assert!(on_its_day.has(&format!("value=\"{act}:")), "{act}: {}", on_its_day.html);
    }
    let on_its_day = clerk.get(&there).await;
    on_its_day.says("正在办理");
    assert!(!on_its_day.has("移交别的窗口…"), "nobody waits on a day that is over: {}", on_its_day.html);
    let done = press(&mut clerk, &on_its_day, "办结：已登记", &[("outcome", "registered")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    assert!(!clerk.get(DAY).await.has("这个窗口还有以前的号没有办完"));
}
