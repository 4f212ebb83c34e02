//! Invented couples at the portal, and the steps they take without looking left or right.

use shared::invented;
use shared::marriage::PartyInput;

use super::{
    browser::{Browser, Page},
    house::House,
};

pub const FIRST: &str = "/marriage/book/details/first/identity";
pub const FIRST_PHONE: &str = "/marriage/book/details/first/contact";
pub const SECOND: &str = "/marriage/book/details/second/identity";
pub const SECOND_PHONE: &str = "/marriage/book/details/second/contact";
pub const REVIEW: &str = "/marriage/book/review";
pub const CODES: &str = "/marriage/book/codes";

/// A couple with its own browser.
pub struct Couple {
    pub people: [PartyInput; 2],
    pub browser: Browser,
}

impl Couple {
    pub fn new(house: &House, number: usize) -> Self {
        Self { people: invented::couple(number), browser: house.browser() }
    }

    pub fn phone(&self, who: usize) -> &str {
        &self.people[who].phone
    }

    /// Presses the first free time of a registry.
    pub async fn hold(&mut self, registry: &str) {
        let page = format!("/marriage/book?registry={registry}");
        let times = self.browser.get(&page).await;
        let held = self.browser.post(&page, &[("slot", &times.button("slot"))]).await;
        held.leads_to(FIRST);
    }

    pub async fn identity(&mut self, who: usize) -> Page {
        let PartyInput { name, id_number, .. } = &self.people[who];
        let form = [("kind", "mainland"), ("name", name), ("id_number", id_number)];
        self.browser.post([FIRST, SECOND][who], &form).await
    }

    pub async fn contact(&mut self, who: usize) -> Page {
        self.browser.post([FIRST_PHONE, SECOND_PHONE][who], &[("phone", &self.people[who].phone)]).await
    }

    /// Fills in all four pages.
    pub async fn fill_in(&mut self) {
        self.identity(0).await.leads_to(FIRST_PHONE);
        self.contact(0).await.leads_to(SECOND);
        self.identity(1).await.leads_to(SECOND_PHONE);
        self.contact(1).await.leads_to(REVIEW);
    }

    /// Declares that all is true, which sends the codes.
    pub async fn declare(&mut self) -> Page {
        let hold = self.browser.get(REVIEW).await.value("hold");
        self.browser.post(REVIEW, &[("hold", &hold), ("declared", "yes")]).await
    }

    /// The last form of all, with the codes that came.
    pub async fn codes(&mut self, house: &House) -> Vec<(&'static str, String)> {
        let hold = self.browser.get(CODES).await.value("hold");
        vec![
            ("hold", hold),
            ("parties.0.phone_code", house.code(self.phone(0)).await),
            ("parties.1.phone_code", house.code(self.phone(1)).await),
        ]
    }

    /// Everything, from a held time to the booking; gives the booking's page.
    pub async fn book(&mut self, house: &House, registry: &str) -> String {
        self.hold(registry).await;
        self.fill_in().await;
        self.declare().await.leads_to(CODES);
        let form = self.codes(house).await;
        let booked = self.browser.post(CODES, &borrowed(&form)).await;
        assert!(booked.location.starts_with("/marriage/bookings/"), "{}", booked.location);
        booked.location
    }
}

pub fn borrowed<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
