//! Invented couples at the portal, and the steps they take without looking left or right.

use shared::invented;
use shared::marriage::PartyInput;

use super::{
    browser::{Browser, Page},
    house::House,
};

pub const FIRST: &str = "/marriage/book/details/first";
pub const SECOND: &str = "/marriage/book/details/second";
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

    /// Fills in the page of one of the two.
    pub async fn person(&mut self, who: usize) -> Page {
        self.person_and(who, &[]).await
    }

    /// [`Self::person`] with other answers besides, or instead.
    pub async fn person_and(&mut self, who: usize, besides: &[(&str, &str)]) -> Page {
        self.person_with(who, [FIRST, SECOND][who], besides).await
    }

    /// [`Self::person`] at an address with a query.
    pub async fn person_at(&mut self, who: usize, page: &str) -> Page {
        self.person_with(who, page, &[]).await
    }

    async fn person_with(&mut self, who: usize, page: &str, besides: &[(&str, &str)]) -> Page {
        let PartyInput { name, id_number, phone, .. } = self.people[who].clone();
        let mut form = vec![("kind", "mainland"), ("name", &*name), ("id_number", &*id_number), ("phone", &*phone)];
        form.extend(besides);
        self.browser.post(page, &form).await
    }

    /// Fills in both pages.
    pub async fn fill_in(&mut self) {
        self.person(0).await.leads_to(SECOND);
        self.person(1).await.leads_to(REVIEW);
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
