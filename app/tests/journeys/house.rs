//! A portal for one test: the demo region, published times, and a clock that only the test moves.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::Router;
use chrono::{DateTime, TimeDelta};
use clap::Parser;
use server::{App, appointments::publish, clock::Clock, outbox, settings::Settings};
use shared::identity::Phone;
use tempfile::TempDir;

use super::browser::Browser;

/// Its clock stands at 10:00 on Wednesday 13 May 2026: at `nanshan`, 14 to 28 May can be booked.
pub struct House {
    pub app: App,
    clock: Arc<AtomicI64>,
    _folder: TempDir,
}

const NOW: &str = "2026-05-13T10:00:00+08:00";

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    settings: Settings,
}

impl House {
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    pub async fn open_with(flags: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let (data, keys) = (folder.path().join("data"), folder.path().join("keys.json"));
        let own = ["huimin", "--data", data.to_str().unwrap(), "--keys", keys.to_str().unwrap()];
        let demo = ["--demo", "on", "--rate-limit", "off"];
        let settings = Command::parse_from(own.iter().chain(&demo).chain(flags)).settings;
        let clock = Arc::new(AtomicI64::new(millis(NOW)));
        let app = App::open_with_clock(settings, Clock::Manual(Arc::clone(&clock))).await.unwrap();
        publish::publish(&app, app.now()).await.unwrap();
        Self { app, clock, _folder: folder }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.router())
    }

    pub fn wait(&self, time: TimeDelta) {
        self.clock.fetch_add(time.num_milliseconds(), Ordering::SeqCst);
    }

    pub fn set_clock(&self, instant: &str) {
        self.clock.store(millis(instant), Ordering::SeqCst);
    }

    /// The newest text of one kind to a phone.
    pub async fn text_to(&self, phone: &str, kind: &str) -> String {
        let phone = Phone::parse(phone).unwrap();
        let posted = outbox::newest(&self.app, 1000).await.unwrap();
        let meant = posted.into_iter().find(|posted| posted.kind == kind && posted.message.to == phone.as_str());
        meant.unwrap_or_else(|| panic!("no {kind} went out")).message.text
    }

    /// How many texts have been written so far.
    pub async fn texts(&self) -> usize {
        outbox::newest(&self.app, 1000).await.unwrap().len()
    }

    /// The six digits last sent to a phone.
    pub async fn code(&self, phone: &str) -> String {
        let text = self.text_to(phone, "phone_code").await;
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect()
    }

    fn router(&self) -> Router {
        app::domains::site().router(&self.app)
    }
}

fn millis(instant: &str) -> i64 {
    DateTime::parse_from_rfc3339(instant).unwrap().timestamp_millis()
}
