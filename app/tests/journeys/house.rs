//! A portal for one test: a server with the demo region and published times, and browsers at its pages.

use std::ops::Deref;

use server::database::Backend;
use testhouse::TestApp;

use super::browser::Browser;

/// Its clock stands at 10:00 on Wednesday 13 May 2026: at `nanshan`, 14 to 28 May can be booked.
pub struct House(TestApp);

impl House {
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    pub async fn open_with(flags: &[&str]) -> Self {
        let demo = ["--demo", "on"];
        let limits: &[&str] = if flags.contains(&"--rate-limit") { &[] } else { &["--rate-limit", "off"] };
        let flags: Vec<_> = demo.iter().chain(limits).chain(flags).copied().collect();
        Self(TestApp::open(Backend::Sqlite, &flags, "2026-05-13T10:00:00+08:00").await)
    }

    pub fn browser(&self) -> Browser {
        Browser::new(app::domains::site().router(&self.app))
    }

    /// How many texts have been written so far.
    pub async fn texts(&self) -> usize {
        self.messages().await.len()
    }

    /// The six digits last sent to a phone.
    pub async fn code(&self, phone: &str) -> String {
        self.last_code(phone).await
    }
}

impl Deref for House {
    type Target = TestApp;

    fn deref(&self) -> &TestApp {
        &self.0
    }
}
