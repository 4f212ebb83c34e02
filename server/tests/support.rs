//! A whole server for one test: the demo region, published slots, a clock that only the test moves, and an
//! empty database of its own.

pub mod http;
pub mod people;
mod place;

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use server::{
    App,
    appointments::{publish, slots},
    clock::Clock,
    database::Backend,
    outbox::{self, Posted},
    settings::{Channel, Cipher, Services, Settings},
};
use shared::appointments::{PlaceId, Service, SlotState, SlotView};
use shared::identity::Phone;

use place::Place;

/// How a test server is set up. The clock stands at 10:00 on Wednesday 13 May 2026 in Shanghai: under the rule of
/// the registry `nanshan`, 14 to 28 May can be booked, and 20 and 21 May are hot dates.
#[derive(Clone, Copy)]
pub struct Setup {
    pub now: &'static str,
    pub phone_codes: bool,
    pub rate_limit: bool,
    pub public_url: Option<&'static str>,
}

impl Default for Setup {
    fn default() -> Self {
        Self { now: "2026-05-13T10:00:00+08:00", phone_codes: true, rate_limit: false, public_url: None }
    }
}

/// A server on one database; it says which one when its test fails.
pub struct TestApp {
    pub app: App,
    clock: Arc<AtomicI64>,
    /// Kept for as long as the server is open.
    _place: Place,
}

/// One server on SQLite, and one on PostgreSQL where `HUIMIN_TEST_POSTGRES` names a server.
///
/// A test goes through both: `for test in test_apps(Setup::default()).await { … }`.
pub async fn test_apps(setup: Setup) -> Vec<TestApp> {
    let mut apps = vec![TestApp::open(Place::sqlite(), setup).await];
    if let Some(place) = Place::postgres().await {
        apps.push(TestApp::open(place, setup).await);
    }
    apps
}

impl TestApp {
    async fn open(place: Place, setup: Setup) -> Self {
        let clock = Arc::new(AtomicI64::new(millis(setup.now)));
        let app = open(&place, setup, &clock).await;
        publish::publish(&app, app.now()).await.unwrap();
        Self { app, clock, _place: place }
    }

    /// A second process on the same database and clock; only PostgreSQL is shared by several.
    pub async fn beside(&self) -> App {
        assert_eq!(self.backend(), Backend::Postgres, "one process has the embedded database to itself");
        App::open_with_clock(self.app.settings().clone(), Clock::Manual(Arc::clone(&self.clock))).await.unwrap()
    }

    pub fn backend(&self) -> Backend {
        self.app.database().backend()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }

    /// Moves the clock of this server forward.
    pub fn wait(&self, time: TimeDelta) {
        self.clock.fetch_add(time.num_milliseconds(), Ordering::SeqCst);
    }

    /// Sets the clock to an instant such as `2026-05-20T00:00:00+08:00`.
    pub fn set_clock(&self, instant: &str) {
        self.clock.store(millis(instant), Ordering::SeqCst);
    }

    /// The slots of a registry on one day, as residents see them now.
    pub async fn slots(&self, registry: &str, date: &str) -> Vec<SlotView> {
        let registry = self.app.registry(&PlaceId::parse(registry).unwrap()).await.unwrap();
        let date: NaiveDate = date.parse().unwrap();
        slots::between(&self.app, &registry, Service::MarriageRegistration, date, date, self.now()).await.unwrap()
    }

    /// The first slot of a day with a place left.
    pub async fn free_slot(&self, registry: &str, date: &str) -> SlotView {
        let slots = self.slots(registry, date).await;
        let free = slots.into_iter().find(|slot| slot.state == SlotState::Free);
        free.unwrap_or_else(|| panic!("nothing is free at {registry} on {date}"))
    }

    /// All messages written so far, the newest first.
    pub async fn messages(&self) -> Vec<Posted> {
        outbox::newest(&self.app, 1000).await.unwrap()
    }

    /// The messages of one kind to one phone, the newest first.
    pub async fn messages_to(&self, phone: &str, kind: &str) -> Vec<String> {
        let phone = Phone::parse(phone).unwrap();
        let meant = |posted: &Posted| posted.kind == kind && posted.message.to == phone.as_str();
        self.messages().await.into_iter().filter(meant).map(|posted| posted.message.text).collect()
    }

    /// The six digits last sent to a phone.
    pub async fn last_code(&self, phone: &str) -> String {
        let texts = self.messages_to(phone, "phone_code").await;
        let text = texts.first().unwrap_or_else(|| panic!("no code was sent to {phone}"));
        let digits: String =
            text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        assert_eq!(digits.len(), 6, "no code in: {text}");
        digits
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        thread_local!(static TOLD: Cell<bool> = const { Cell::new(false) });
        // The server whose turn it was goes first; those after it had none.
        if std::thread::panicking() && !TOLD.replace(true) {
            eprintln!("this was on {:?}", self.backend());
        }
    }
}

async fn open(place: &Place, setup: Setup, clock: &Arc<AtomicI64>) -> App {
    let settings = Settings {
        addr: "127.0.0.1:3000".parse().unwrap(),
        data: place.folder().join("data"),
        keys: place.folder().join("keys.json"),
        database_url: place.url(),
        region: "440305".to_owned(),
        packs: None,
        public_url: setup.public_url.map(str::to_owned),
        trusted_proxies: Vec::new(),
        messages: Some(Channel::Mailbox),
        cipher: Cipher::Aes256Gcm,
        bureau: None,
        record_number: None,
        services: Services::default(),
        demo: true,
        now: None,
        rate_limit: setup.rate_limit,
        phone_codes: setup.phone_codes,
    };
    App::open_with_clock(settings, Clock::Manual(Arc::clone(clock))).await.unwrap()
}

fn millis(instant: &str) -> i64 {
    DateTime::parse_from_rfc3339(instant).unwrap().timestamp_millis()
}
