//! Two couples side by side: a booking that stands, and one that the office has ended out of the sight of those who hold it.
//! Whatever these look at says the same of both.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use serde_json::Value as Json;
use server::{appointments::booking::find, jobs};
use shared::{appointments::BookingReference, invented, staff::Role};
use testhouse::http::Api;

use super::{
    at_work::at_work,
    browser::{Browser, Page},
    couple::{CODES, Couple, FIRST, REVIEW, SECOND, borrowed},
    house::House,
};

const RELEASE: &str = "/staff/release";
const TIMES: &str = "/marriage/book?registry=demo-hill&date=2026-05-15";

/// A couple with its booking on Friday the 15th at `demo-hill`, which nobody can call off from the 14th on.
struct Booked {
    couple: Couple,
    number: usize,
    page: String,
    reference: BookingReference,
    token: String,
}

impl Booked {
    async fn new(house: &House, number: usize) -> Self {
        let mut couple = Couple::new(house, number);
        let slot = couple.browser.get(TIMES).await.slots("time").remove(0);
        couple.browser.post(TIMES, &[("slot", &slot)]).await.leads_to(FIRST);
        let page = booked(house, &mut couple).await.location;
        let text = house.text_to(couple.phone(0), "booking_made").await;
        let reference = BookingReference::parse(page.rsplit('/').next().unwrap()).unwrap();
        let token = text.split_once(&format!("/m/{}-", reference.as_str())).unwrap().1.to_owned();
        Self { couple, number, page, reference, token }
    }

    /// Without what is each couple's own.
    fn plain(&self, text: &str) -> String {
        let mut own = vec![self.reference.to_string(), self.reference.as_str().to_owned(), self.token.clone()];
        for person in &self.couple.people {
            let (phone, number) = (&person.phone, &person.id_number);
            own.extend([phone.clone(), number.clone(), phone[phone.len() - 4..].to_owned()]);
            own.extend([format!("+86{phone}"), number[number.len() - 4..].to_owned()]);
        }
        let reference = self.reference.to_string();
        own.extend(reference.split('-').map(|part| format!("<span>{part}</span>")));
        own.sort_by_key(|own| std::cmp::Reverse(own.len()));
        let mut plain = own.iter().fold(text.to_owned(), |text, own| text.replace(own, "…"));
        // The same number once more, as dots.
        if let Some((before, code)) = plain.split_once(r#"shape-rendering="crispEdges">"#) {
            plain = format!("{before}{}", code.split_once("</svg>").unwrap().1);
        }
        plain
    }

    /// All that can be looked at with it now.
    async fn seen(&mut self, house: &House) -> Vec<(&'static str, StatusCode, String)> {
        let mut seen = Vec::new();
        for below in ["", "/cancel", "/reschedule", "/calendar.ics", "/print", "/data"] {
            let shown = self.couple.browser.get(&format!("{}{below}", self.page)).await;
            seen.push((below, shown.status, self.plain(&shown.html)));
        }
        let copy = self.couple.browser.post(&format!("{}/data", self.page), &[]).await;
        seen.push(("copy", copy.status, self.plain(&copy.html)));
        let path = format!("/api/v1/bookings/{}", self.reference.as_str());
        let answer = Api::of(&house.app).with_token(Method::GET, &path, &self.token, Json::Null).await;
        seen.push(("API", answer.status, self.plain(&answer.body.to_string())));
        seen
    }

    /// What is answered to whoever would call it off or move it.
    async fn refused(&mut self, house: &House) -> Vec<(StatusCode, String)> {
        let slot = house.free_slot("demo-hill", "2026-05-19").await.id.to_string();
        let form = [("changes", "0"), ("slot", &*slot)];
        let mut refused = Vec::new();
        for below in ["/cancel", "/reschedule"] {
            let answer = self.couple.browser.post(&format!("{}{below}", self.page), &form).await;
            refused.push((answer.status, self.plain(&format!("{}{}", answer.location, answer.html))));
        }
        refused
    }

    /// The same two once more, from another browser.
    async fn again(&self, house: &House) -> (StatusCode, String) {
        let mut couple = Couple::new(house, self.number);
        couple.hold("nanshan").await;
        let page = booked(house, &mut couple).await;
        let held = page.html.split_once("data-hold=\"").map_or("none", |(_, held)| held.split('"').next().unwrap());
        (page.status, self.plain(&page.html.replace(held, "…")))
    }
}

/// Fills in all that is asked once a time is held.
async fn booked(house: &House, couple: &mut Couple) -> Page {
    couple.person(0).await.leads_to(SECOND);
    couple.person(1).await.leads_to(REVIEW);
    couple.declare().await.leads_to(CODES);
    let form = couple.codes(house).await;
    couple.browser.post(CODES, &borrowed(&form)).await
}

/// The answer to the card of the woman of a couple.
async fn find(clerk: &mut Browser, number: usize) -> Page {
    let [_, she] = invented::couple(number);
    find_by(clerk, &she.id_number).await
}

async fn find_by(clerk: &mut Browser, card: &str) -> Page {
    clerk.post(RELEASE, &[("do", "find"), ("id_type", "resident_id"), ("id_number", card)]).await
}

async fn release(clerk: &mut Browser, claim: &str) -> Page {
    let form = [("do", "release"), ("claim", claim), ("tell", "never"), ("reason", "单独说有危险")];
    clerk.post(RELEASE, &form).await
}

/// How many places its time has left, as anybody reads it.
async fn remaining(house: &House) -> u32 {
    house.slots("demo-hill", "2026-05-15").await[0].remaining
}

#[tokio::test]
async fn a_booking_that_stands_and_one_that_was_ended_unseen_say_the_same_wherever_they_are_looked_at() {
    let house = House::open().await;
    let (mut stands, mut ended) = (Booked::new(&house, 3101).await, Booked::new(&house, 3202).await);
    house.set_clock("2026-05-14T09:20:00+08:00");
    let (_, mut clerk) = at_work(&house, 5, Role::CounterClerk, "demo-hill").await;
    let same = async |stands: &mut Booked, ended: &mut Booked, when: &str| {
        let [control, withheld] = [stands.seen(&house).await, ended.seen(&house).await];
        for (control, withheld) in control.iter().zip(&withheld) {
            let (one, other) = (control.2.split('<'), withheld.2.split('<'));
            let unlike = one.zip(other).find(|(one, other)| one != other);
            assert!(control == withheld, "{when}, {}: {unlike:?} {} {}", control.0, control.1, withheld.1);
        }
    };
    same(&mut stands, &mut ended, "before").await;
    let left = remaining(&house).await;
    let found = find(&mut clerk, 3202).await;
    found.says("一切和原来一样");
    release(&mut clerk, &found.value("claim")).await.leads_to("/staff/release?done=never");
    same(&mut stands, &mut ended, "at once").await;
    // Whoever books the same two again, and is warned of it.
    let again = stands.again(&house).await;
    assert_ne!(again.0, StatusCode::SEE_OTHER, "{}", again.1);
    assert_eq!(ended.again(&house).await, again);
    same(&mut stands, &mut ended, "after it was tried again").await;

    let id = find::by_token(&house.app, ended.reference, &ended.token).await.unwrap().id().to_string();
    let visit = clerk.get(&format!("/staff/visits/{id}")).await;
    visit.says("有人来问，只说“现在办不了”");
    for gone in ["还没到", "办理这个号", "改到别的时间"] {
        assert!(!visit.has(gone), "{gone}");
    }
    let moved = clerk.get(&format!("/staff/book?move={id}")).await;
    assert_eq!(moved.status, StatusCode::CONFLICT, "before a time is chosen: {}", moved.html);
    let other = find::by_token(&house.app, stands.reference, &stands.token).await.unwrap().id().to_string();
    clerk.get(&format!("/staff/visits/{other}")).await.says("还没到");

    house.set_clock("2026-05-14T10:30:00+08:00");
    jobs::round(&house.app, house.now()).await.unwrap();
    assert_eq!(remaining(&house).await, left, "its place does not come back");
    let mut reminders = Vec::new();
    for booked in [&stands, &ended] {
        assert_eq!(house.messages_to(booked.couple.phone(0), "booking_reminder").await.len(), 1);
        reminders.push(booked.plain(&house.text_to(booked.couple.phone(0), "booking_reminder").await));
    }
    assert!(reminders[0] == reminders[1], "{reminders:?}");
    assert!(
        reminders[0].contains("以窗口的答复为准") && !reminders[0].contains("到场"),
        "it bids nobody come: {reminders:?}"
    );
    // Whoever opened the one that stands is on record, as is whoever opened the other.
    same(&mut stands, &mut ended, "the day before").await;

    house.set_clock("2026-05-15T08:30:00+08:00");
    same(&mut stands, &mut ended, "in the morning").await;
    assert_eq!(ended.refused(&house).await, stands.refused(&house).await);
    house.close("demo-hill", "2026-05-15", ["停电", "Power cut"]).await;
    for couple in [&stands.couple, &ended.couple] {
        assert_eq!(house.messages_to(couple.phone(1), "booking_day_closed").await.len(), 1);
    }
    ended.couple.browser.get(&ended.page).await.says("停办");
    same(&mut stands, &mut ended, "once its day was closed").await;

    house.set_clock("2026-05-16T00:30:00+08:00");
    jobs::round(&house.app, house.now()).await.unwrap();
    same(&mut stands, &mut ended, "the next day").await;
    house.wait(TimeDelta::days(2));
    jobs::round(&house.app, house.now()).await.unwrap();
    same(&mut stands, &mut ended, "later").await;
}

#[tokio::test]
async fn whom_it_protects_books_with_somebody_else_and_the_other_cannot_as_before() {
    let house = House::open().await;
    Booked::new(&house, 3202).await;
    house.set_clock("2026-05-14T09:20:00+08:00");
    let (_, mut clerk) = at_work(&house, 5, Role::CounterClerk, "demo-hill").await;
    let found = find(&mut clerk, 3202).await;
    release(&mut clerk, &found.value("claim")).await.leads_to("/staff/release?done=never");
    let ([his, hers], [he, she]) = (invented::couple(3202), invented::couple(3));
    for (people, is_booked) in [([his, she], false), ([he, hers], true)] {
        let mut couple = Couple { people, browser: house.browser() };
        couple.hold("nanshan").await;
        assert_eq!(booked(&house, &mut couple).await.status == StatusCode::SEE_OTHER, is_booked);
    }
}

#[tokio::test]
async fn what_its_page_will_show_is_read_anew_where_it_has_changed_since_it_was_found() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 3202);
    couple.book(&house, "nanshan").await;
    house.set_clock("2026-05-13T23:55:00+08:00");
    let (_, mut clerk) = at_work(&house, 5, Role::CounterClerk, "demo-hill").await;
    let found = find(&mut clerk, 3202).await;
    found.says("自己取消一定会收到短信");
    house.set_clock("2026-05-14T00:01:00+08:00");
    let asked = release(&mut clerk, &found.value("claim")).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    asked.says("预约页面会显示的内容刚刚变了");
    asked.says("一切和原来一样");
    asked.says("单独说有危险");
    release(&mut clerk, &asked.value("claim")).await.leads_to("/staff/release?done=never");
}

#[tokio::test]
async fn the_second_whom_it_names_reads_at_the_desk_what_a_booking_that_nobody_ended_says() {
    for (is_late, ended_as) in [(true, "一切和原来一样"), (false, "有一个已经取消的预约")] {
        let house = House::open().await;
        let (mut control, _ended) = (Booked::new(&house, 3101).await, Booked::new(&house, 3202).await);
        if is_late {
            house.set_clock("2026-05-14T09:20:00+08:00");
        }
        let (_, mut clerk) = at_work(&house, 5, Role::CounterClerk, "demo-hill").await;
        let found = find(&mut clerk, 3202).await;
        release(&mut clerk, &found.value("claim")).await.leads_to("/staff/release?done=never");
        if !is_late {
            let form = [("changes", "0")];
            control.couple.browser.post(&format!("{}/cancel", control.page), &form).await;
        }
        let mut said = Vec::new();
        for number in [3101, 3202] {
            let [he, _] = invented::couple(number);
            let found = find_by(&mut clerk, &he.id_number).await;
            found.says(ended_as);
            let claim = found.value("claim");
            let form = [("do", "release"), ("claim", &*claim), ("tell", "now"), ("reason", "")];
            let pressed = clerk.post(RELEASE, &form).await;
            let done = clerk.get(&pressed.location).await;
            said.push((found.html.replace(&claim, "…").replace(&he.id_number, "…"), pressed.location, done.html));
        }
        assert_eq!(said[0], said[1], "{ended_as}");
    }
}
