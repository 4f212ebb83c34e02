//! An invented family that applies for a green-burial reward, and the steps it takes without looking left or right.

use shared::{identity::Sex, invented};

use super::super::{
    browser::{Browser, Page},
    house::House,
};

pub const START: &str = "/procedures/green_burial";
pub const RESUME: &str = "/procedures/green_burial/resume";
/// The pages of the form, in order.
pub const STEPS: [&str; 4] = ["deceased", "burial", "applicant", "declaration"];

/// A family with its browser and the draft that it has begun there.
pub struct Family {
    pub browser: Browser,
    /// The address of the draft.
    pub draft: String,
    pub phone: String,
    pub id_number: String,
    /// The number of the cremation proof, another for each family.
    pub proof: String,
}

impl Family {
    /// Presses the button on the start page.
    pub async fn begin(house: &House, number: usize) -> Self {
        let mut browser = house.browser();
        let begun = browser.post(START, &[]).await;
        let applicant = invented::person(number, Sex::Female);
        assert!(begun.location.starts_with("/procedures/green_burial/drafts/"), "{}", begun.location);
        Self {
            browser,
            draft: begun.location,
            phone: applicant.phone,
            id_number: applicant.id_number,
            proof: format!("SZ2026-{number:05}"),
        }
    }

    /// The address of a page of the form.
    pub fn step(&self, id: &str) -> String {
        format!("{}?step={id}", self.draft)
    }

    /// The address of the page of all answers.
    pub fn check(&self) -> String {
        format!("{}/check", self.draft)
    }

    /// What stands in the fields of a page, with other answers besides, or instead.
    pub fn answers(&self, step: &str, other: &[(&str, &str)]) -> Vec<(String, String)> {
        let own: Vec<(&str, &str)> = match step {
            "deceased" => vec![
                ("deceased_name", "赵演示"),
                ("deceased_id", "11010519491231002X"),
                ("died_on.year", "2026"),
                ("died_on.month", "4"),
                ("died_on.day", "2"),
                ("deceased_hukou_here", "yes"),
                ("proof_number", self.proof.as_str()),
            ],
            "burial" => vec![
                ("burial_kind", "sea"),
                ("buried_on.year", "2026"),
                ("buried_on.month", "5"),
                ("buried_on.day", "6"),
                ("organised", "yes"),
            ],
            "applicant" => vec![
                ("relation", "child"),
                ("applicant_name", "钱演示"),
                ("applicant_id", self.id_number.as_str()),
                ("applicant_phone", self.phone.as_str()),
                ("account", "0123456789"),
            ],
            _ => vec![("wish", "yes")],
        };
        let kept = own.into_iter().filter(|(name, _)| other.iter().all(|(changed, _)| changed != name));
        kept.chain(other.iter().copied()).map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
    }

    /// Sends a page of the form as it was opened just now.
    pub async fn fill(&mut self, step: &str) -> Page {
        self.fill_with(step, &[]).await
    }

    /// [`Self::fill`] with other answers besides, or instead.
    pub async fn fill_with(&mut self, step: &str, other: &[(&str, &str)]) -> Page {
        let version = self.browser.get(&self.step(step)).await.value("version");
        self.send(step, &version, other).await
    }

    /// Sends a page of the form that was opened when the draft had this version.
    pub async fn send(&mut self, step: &str, version: &str, other: &[(&str, &str)]) -> Page {
        let mut form = self.answers(step, other);
        form.push(("version".to_owned(), version.to_owned()));
        let form: Vec<_> = form.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        self.browser.post(&self.step(step), &form).await
    }

    /// Fills in all pages.
    pub async fn fill_in(&mut self) {
        for step in STEPS {
            let filled = self.fill(step).await;
            assert!(filled.location.starts_with(&self.draft), "{step}: {}", filled.html);
        }
    }

    /// Hands in what stands on the page of all answers.
    pub async fn hand_in(&mut self) -> Page {
        let version = self.browser.get(&self.check()).await.value("version");
        self.browser.post(&self.check(), &[("version", &version)]).await
    }

    /// Everything, from the first field to the receipt; gives the address of the application.
    pub async fn apply(&mut self) -> String {
        self.fill_in().await;
        let receipt = self.hand_in().await.location;
        receipt.strip_suffix("/receipt").unwrap_or_else(|| panic!("no receipt: {receipt}")).to_owned()
    }
}
