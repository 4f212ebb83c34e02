//! A new time that is held for a move: chosen again, run out, given up.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{
    couple::Couple,
    house::House,
    moving::{again, choose, confirm},
};

#[tokio::test]
async fn choosing_again_swaps_the_held_time() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    for n in 1..5 {
        choose(&mut couple, &page, n).await.leads_to(&format!("{page}/reschedule/confirm"));
        house.wait(TimeDelta::seconds(1));
    }
    couple.browser.get(&format!("{page}/reschedule/confirm")).await.says("上午 10:00 至 10:15");
    couple.browser.get(&format!("{page}/reschedule")).await.says("已经为您保留了一个新时间");
}

#[tokio::test]
async fn their_own_time_is_no_new_time() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let (own, other) = {
        let slots = house.slots("nanshan", "2026-05-14").await;
        (slots[0].id.to_string(), slots[1].id.to_string())
    };
    for address in [format!("{page}/reschedule"), format!("{page}/reschedule?registry=nanshan&date=2026-05-14")] {
        let times = couple.browser.get(&address).await;
        let offered = |slot: &str| times.has(&format!(r#"name="slot" value="{slot}""#));
        assert!(!offered(&own) && offered(&other), "{address}");
    }
    let answer = couple.browser.post(&format!("{page}/reschedule"), &[("slot", &own)]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says("这就是您现在的时间");
}

#[tokio::test]
async fn a_new_time_that_ran_out_changes_nothing() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    choose(&mut couple, &page, 3).await;
    let address = format!("{page}/reschedule/confirm");
    let shown = couple.browser.get(&address).await;
    let hold = shown.value("hold");
    house.wait(TimeDelta::minutes(16));
    couple.browser.post(&address, &[("hold", &hold), ("changes", "0")]).await.leads_to(&address);
    let told = couple.browser.get(&address).await;
    told.says("您原来的预约没有变");
    couple.browser.get(&page).await.says("上午 9:00 至 9:15");
    // The same time is offered again, where it is met and where another would be chosen.
    told.says("为您保留的时间已经到了：5月14日 上午 9:45");
    let day = format!("{page}/reschedule?registry=nanshan&date=2026-05-14");
    couple.browser.get(&day).await.says("重新保留");
    couple.browser.post(&day, &[("slot", &again(&told))]).await.leads_to(&address);
    couple.browser.get(&address).await.says("上午 9:45 至 10:00");
}

#[tokio::test]
async fn a_new_time_given_up_is_offered_back_and_the_booking_stays() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    choose(&mut couple, &page, 3).await;
    let address = format!("{page}/reschedule/confirm");
    let hold = couple.browser.get(&address).await.value("hold");
    let form = [("hold", hold.as_str()), ("changes", "0"), ("action", "release")];
    let day = format!("{page}/reschedule?registry=nanshan&date=2026-05-14");
    couple.browser.post(&address, &form).await.leads_to(&day);
    let times = couple.browser.get(&day).await;
    for words in ["5月14日 上午 9:45 已放回", "您原来的预约没有变", "重新保留"] {
        times.says(words);
    }
    couple.browser.post(&day, &[("slot", &again(&times))]).await.leads_to(&address);
    confirm(&mut couple, &page).await.leads_to(&page);
    assert!(!couple.browser.get(&format!("{page}/reschedule")).await.has("已放回"), "it moved there");
}

#[tokio::test]
async fn a_move_confirmed_on_an_older_page_says_that_its_time_was_not_taken() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let address = format!("{page}/reschedule/confirm");
    choose(&mut couple, &page, 1).await;
    let shown = couple.browser.get(&address).await;
    let [hold, slot, changes] = ["hold", "slot", "changes"].map(|name| shown.value(name));
    let stale = [("hold", hold.as_str()), ("slot", slot.as_str()), ("changes", changes.as_str())];
    house.wait(TimeDelta::seconds(1));
    choose(&mut couple, &page, 2).await;
    // Another time is held now, and nothing has moved.
    let answer = couple.browser.post(&address, &stale).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says("新的时间换过了，还没有改期");
    couple.browser.get(&page).await.says("上午 9:00 至 9:15");
    confirm(&mut couple, &page).await.leads_to(&page);
    let answer = couple.browser.post(&address, &stale).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    for words in ["没有改到刚才那个时间", "现在是 5月14日 上午 9:30", "5月14日 上午 9:15 没有用上"]
    {
        answer.says(words);
    }
}
