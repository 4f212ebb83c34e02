//! A held time that is given up: it is offered back, and what was typed stays.

use chrono::TimeDelta;

use super::{
    couple::{Couple, FIRST, REVIEW, SECOND},
    held::{DAY, HOLD, again},
    house::House,
};

#[tokio::test]
async fn giving_the_time_up_keeps_the_details_and_is_no_expiry() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.person(0).await.leads_to(SECOND);
    couple.person_and(1, &[("action", "release")]).await.leads_to(DAY);
    let review = couple.browser.get(REVIEW).await;
    review.says(&couple.people[0].name);
    review.says("5月14日 上午 9:00 已放回");
    assert!(!review.has("已经到了"));
}

#[tokio::test]
async fn a_time_given_up_before_anything_was_typed_promises_to_keep_nothing() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    // What the page sends where only the kind of person stands, chosen to begin with.
    let untouched = [("kind", "mainland"), ("name", ""), ("id_number", ""), ("phone", ""), ("action", "release")];
    couple.browser.post(FIRST, &untouched).await.leads_to(DAY);
    let times = couple.browser.get(DAY).await;
    times.says("5月14日 上午 9:00 已放回");
    assert!(!times.has("您填写的内容"), "nothing was typed");
}

#[tokio::test]
async fn a_time_given_up_is_said_to_be_back_and_can_be_held_again() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.person(0).await.leads_to(SECOND);
    couple.person_and(1, &[("action", "release")]).await.leads_to(DAY);
    let times = couple.browser.get(DAY).await;
    for words in ["5月14日 上午 9:00 已放回", "重新保留", "您填写的内容为您保留到中午 12:00。"]
    {
        times.says(words);
    }
    assert_eq!(times.cache, "no-store");
    let again = again(&times);
    couple.browser.post(HOLD, &[("action", &again)]).await.leads_to(FIRST);
    let page = couple.browser.get(FIRST).await;
    page.says("保留到上午 10:15");
    assert!(!page.has("已放回"));
    assert_eq!(page.value("name"), couple.people[0].name);
}

#[tokio::test]
async fn a_second_time_given_up_is_offered_back_beside_the_one_that_stays() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    house.wait(TimeDelta::seconds(1));
    couple.hold("demo-hill").await;
    let times = couple.browser.get(DAY).await;
    let newest = times.value("hold");
    let given_up = couple.browser.post(HOLD, &[("hold", &newest), ("action", "release")]).await;
    assert!(given_up.location.starts_with("/marriage/book?registry=demo-hill&date="), "{}", given_up.location);
    let times = couple.browser.get(&given_up.location).await;
    times.says("已放回");
    times.says("您已经保留了一个时间");
    let back = again(&times);
    // The one that stays is told of when it ends, although another was given up since.
    let mut other = couple.browser.clone();
    other.post(HOLD, &[("action", &back)]).await.leads_to(FIRST);
    other.get(DAY).await.says("还保留着另一个时间");
}
