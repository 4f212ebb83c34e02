//! Staff in their browsers: a house with a manager and clerks, and couples of the day.

use app::pages::staff::sign_in::typist;
use chrono::TimeDelta;
use server::counter::demo_day;
use shared::staff::Role;
use testhouse::staff::{Clerk, PASSWORD, clerk};

use super::{
    browser::{Browser, Page},
    house::House,
};

pub const DAY: &str = "/staff/day";
/// Where whoever has just taken a counter goes on.
pub const SAT: &str = "/staff/day?said=counter";
pub const OFFICE: &str = "/staff/office";
pub const DOOR: &str = "/staff/sign-in";

/// A house at ten in the morning, with couples who are expected today, some of whom are there.
pub async fn busy_house() -> House {
    let house = House::open().await;
    demo_day::fill(&house.app, house.now()).await.unwrap();
    house.wait(TimeDelta::minutes(95));
    demo_day::fill(&house.app, house.now()).await.unwrap();
    house
}

/// Somebody with a role at an office, and the browser they signed in with.
pub async fn at_work(house: &House, n: usize, role: Role, office: &str) -> (Clerk, Browser) {
    let clerk = clerk(house, n).await;
    clerk.is_given(house, role, office).await;
    let mut browser = house.browser();
    sign_in(house, &clerk, &mut browser, &[]).await.leads_to("/staff");
    (clerk, browser)
}

/// Fills in the door; half a minute goes by, after which there is another code.
pub async fn sign_in(house: &House, clerk: &Clerk, browser: &mut Browser, more: &[(&str, &str)]) -> Page {
    let code = clerk.code(house);
    let form = [("account", clerk.account.as_str()), ("password", PASSWORD), ("code", &code)];
    let form: Vec<_> = form.iter().chain(more).copied().collect();
    let page = browser.post(DOOR, &form).await;
    if page.status.is_success() || page.status.is_redirection() {
        browser.opens_pages_of(Some(typist(&house.app, &clerk.account)));
    }
    house.wait(TimeDelta::seconds(30));
    page
}

/// The value of the button with these words, which says what it does to what.
pub fn pressed(page: &Page, words: &str) -> String {
    // A link may say the same.
    let all = page.html.match_indices(words).map(|(at, _)| &page.html[..at]);
    let before = all.into_iter().find(|before| !before[before.rfind('<').unwrap()..].starts_with("<a "));
    let before = before.unwrap_or_else(|| panic!("no {words}: {}", page.html));
    let tag = before.rfind("name=\"do\" value=\"").unwrap_or_else(|| panic!("no button before {words}"));
    before[tag..].split('"').nth(3).unwrap().to_owned()
}

/// Presses the button with these words.
pub async fn press(browser: &mut Browser, page: &Page, words: &str, more: &[(&str, &str)]) -> Page {
    let (act, press, day) = (pressed(page, words), page.value("press"), page.value("drawn-on"));
    let form = [("do", act.as_str()), ("press", &press), ("drawn-on", &day)];
    let form: Vec<_> = form.iter().chain(more).copied().collect();
    browser.post(DAY, &form).await
}
