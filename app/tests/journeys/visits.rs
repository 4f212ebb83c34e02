//! A couple and its visit in the hall: who opens it, what the sheets of its day say, and who has to be told.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::database::sql::{int, sql};
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, SAT, at_work, press},
    browser::{Browser, Page},
    couple::{CODES, Couple, REVIEW},
    house::House,
};

pub const RELEASE: &str = "/staff/release";
pub const LOOKS: &str = "/staff/looks";

/// A couple that is booked today, the page of its booking, and a clerk who sits at a counter.
pub struct Morning {
    pub house: House,
    pub couple: Couple,
    pub page: String,
    pub clerk: Browser,
}

impl Morning {
    pub async fn new() -> Self {
        Self::with(&["--supervision-phone", "000-22222222"]).await
    }

    /// Under further settings.
    pub async fn with(flags: &[&str]) -> Self {
        let house = House::open_with(flags).await;
        let mut couple = Couple::new(&house, 1);
        let page = couple.book(&house, "nanshan").await;
        Self::of(house, couple, page).await
    }

    /// Of a couple that left one phone for both.
    pub async fn of_one_phone() -> Self {
        let house = House::open().await;
        let mut couple = Couple::new(&house, 1);
        couple.hold("nanshan").await;
        couple.fill_in().await;
        couple.person_and(1, &[("shared", "yes"), ("phone", "")]).await.leads_to(REVIEW);
        couple.declare().await.leads_to(CODES);
        let hold = couple.browser.get(CODES).await.value("hold");
        let code = house.code(couple.phone(0)).await;
        let form = [("hold", hold.as_str()), ("parties.0.phone_code", &code)];
        let page = couple.browser.post(CODES, &form).await.location;
        Self::of(house, couple, page).await
    }

    async fn of(house: House, couple: Couple, page: String) -> Self {
        house.set_clock("2026-05-14T09:05:00+08:00");
        let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
        let office = format!("{OFFICE}?office=nanshan");
        manager.post(&office, &[("do", "create"), ("name", "91")]).await.leads_to(&office);
        let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
        let day = clerk.get(DAY).await;
        press(&mut clerk, &day, "坐到 91 号窗口", &[]).await.leads_to(SAT);
        Self { house, couple, page, clerk }
    }

    /// The address of the visit, as the day sheet links it.
    pub async fn visit(&mut self) -> String {
        let day = self.clerk.get("/staff/day?state=all").await;
        let from = day.html.find("/staff/visits/").unwrap_or_else(|| panic!("no visit is linked: {}", day.html));
        day.html[from..].split('"').next().unwrap().trim_end_matches("/refusal").trim_end_matches("/missing").to_owned()
    }

    /// Checks them in, calls them, and begins.
    pub async fn serve(&mut self) -> Page {
        let day = self.clerk.get(DAY).await;
        let reference = self.page.rsplit('/').next().unwrap().to_owned();
        let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
        let arrived = self.clerk.post(DAY, &form).await;
        let arrived = self.clerk.get(&arrived.location).await;
        let called = and_look(&mut self.clerk, &arrived, "叫下一个", &[]).await;
        and_look(&mut self.clerk, &called, "人到了，开始办理", &[]).await
    }
}

/// Presses, and looks at where that leads.
pub async fn and_look(browser: &mut Browser, page: &Page, words: &str, more: &[(&str, &str)]) -> Page {
    let answer = press(browser, page, words, more).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{words}: {}", answer.html);
    browser.get(&answer.location).await
}

#[tokio::test]
async fn a_visit_is_opened_from_the_day_sheet_and_its_couple_reads_who_looked() {
    let mut morning = Morning::new().await;
    let before = morning.couple.browser.get(&morning.page).await;
    before.says("没有可以显示的查看记录");
    let visit = morning.visit().await;
    let opened = morning.clerk.get(&visit).await;
    assert_eq!((opened.status, &*opened.cache), (StatusCode::OK, "no-store"));
    for words in ["还没到", "来办的人", "居民身份证", "经过", "谁看过", "核对预约", "clerk1", "结婚登记"]
    {
        opened.says(words);
    }
    for person in &morning.couple.people {
        assert!(!opened.has(&person.name) && !opened.has(&person.id_number) && !opened.has(&person.phone));
    }
    assert!(!opened.has("另行处理…"), "nobody is there to be ended");
    let after = morning.couple.browser.get(&morning.page).await;
    for words in ["谁看过这条预约", "窗口工作人员", "打开了预约，核对预约", "南山"] {
        after.says(words);
    }
    assert!(!after.has("clerk1"), "no clerk is named");
}

#[tokio::test]
async fn no_page_of_a_day_says_a_name_or_a_number_in_full_and_what_was_typed_stands_as_text() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    let looks = async |house: &House| {
        let statement = sql("select count(*) as looks from look", []);
        let row = statement.fetch_one(&mut *house.app.database().read().await.unwrap()).await.unwrap();
        int(&row, "looks").unwrap()
    };
    let none = morning.clerk.get(&format!("{visit}/refusal")).await;
    assert_eq!((none.status, looks(&morning.house).await), (StatusCode::NOT_FOUND, 0), "nobody has read anything");
    let serving = morning.serve().await;
    let typed = [("what", "0.phone"), ("why", "call"), ("reason", "<img src=x onerror=alert(1)> =HYPERLINK(x)")];
    morning.clerk.post(&visit, &typed).await.says("看了完整的手机号码");
    let more = [("outcome", "refused"), ("ground", "under_age")];
    and_look(&mut morning.clerk, &serving, "因为什么", &more).await;
    let refusal = format!("{visit}/refusal");
    morning.clerk.get(&refusal).await.says("000-22222222");
    let line = morning.clerk.follow("/staff/day/events").await.next().await.unwrap().data;
    let all = ["/staff/day?state=all", "/staff/day/print", "/staff/day/paper", &visit, &refusal];
    for path in all {
        let page = morning.clerk.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.has("<img src=x"), "{path}");
        for person in &morning.couple.people {
            let spoken = [&person.phone[..3], &person.phone[3..7], &person.phone[7..]].join(" ");
            for secret in [&person.name, &person.id_number, &person.phone, &spoken] {
                assert!(!page.has(secret) && !line.contains(secret.as_str()), "{path} says {secret}");
            }
        }
    }
}

#[tokio::test]
async fn another_offices_clerk_gets_nothing_of_a_visit_and_who_has_no_right_nothing_of_bookings() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    let (_, mut stranger) = at_work(&morning.house, 2, Role::CounterClerk, "demo-bay").await;
    let form = [("what", "0.phone"), ("why", "safety"), ("reason", "")];
    let aside = format!("{visit}?aside");
    for answer in [
        stranger.get(&visit).await,
        stranger.get(&aside).await,
        stranger.post(&visit, &form).await,
        stranger.post(&aside, &form).await,
    ] {
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(!answer.has("演") || !answer.has("尾号"), "{}", answer.html);
    }
    assert_eq!(stranger.get("/staff/visits/none").await.status, StatusCode::NOT_FOUND);
    let (_, mut auditor) = at_work(&morning.house, 3, Role::Auditor, "nanshan").await;
    for path in [&*visit, RELEASE] {
        assert_eq!(auditor.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(auditor.post(path, &[("do", "find")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    morning.couple.browser.get(&morning.page).await.says("没有可以显示的查看记录");
}

#[tokio::test]
async fn a_text_that_did_not_arrive_stands_on_the_sheet_until_somebody_says_that_they_were_told() {
    let mut morning = Morning::new().await;
    let failed = "update outbox set state = 'failed' where kind = 'booking_made'";
    sql(failed, []).execute(&mut morning.house.connection().await).await.unwrap();
    morning.clerk.get(DAY).await.says("2 条短信没有送到");
    let page = "/staff/messages?office=nanshan";
    for left in [2, 1] {
        let tasks = morning.clerk.get(page).await;
        assert_eq!(tasks.html.matches(r#"name="told""#).count(), left);
        let told = tasks.value("told");
        morning.clerk.post(page, &[("told", &told)]).await.leads_to(page);
    }
    morning.clerk.get(page).await.says("都送到了");
    assert!(!morning.clerk.get(DAY).await.has("条短信没有送到"));
}

#[tokio::test]
async fn whoever_opens_a_visit_at_another_counter_reads_whose_it_is_and_is_sent_to_no_sheet_without_an_act() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    morning.serve().await;
    morning.house.wait(TimeDelta::minutes(2));
    let (_, mut other) = at_work(&morning.house, 3, Role::CounterClerk, "nanshan").await;
    let one = other.get(&visit).await;
    one.says("现在在 91 号窗口，由那里办理");
    assert!(!one.has("到当天的名单上办理"), "{}", one.html);
    morning.clerk.get(&visit).await.says("到当天的名单上办理这个号");
    let (_, mut manager) = at_work(&morning.house, 7, Role::OfficeManager, "nanshan").await;
    manager.get(&visit).await.says("到当天的名单上办理这个号");
}
