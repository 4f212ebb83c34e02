//! A whole server for one test: the demo region, published slots, a clock that only the test moves, and a
//! database of its own without bookings.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

pub mod browser;
pub mod bucket;
pub mod crowd;
pub mod draw;
pub mod events;
pub mod http;
pub mod invariants;
pub mod people;
pub mod staff;
pub mod store;
mod template;

use std::{
    cell::Cell,
    fs,
    net::{IpAddr, Ipv4Addr},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use clap::Parser;
use server::{
    App,
    appointments::{
        Bookable,
        closure::{self, SlotChange},
        hold::Asking,
        point, slots,
    },
    audit::Actor,
    clock::Clock,
    counter::offered,
    database::Backend,
    marriage::BOOKABLE,
    outbox::{self, Posted},
    phone_codes::{self, Asker, Sending},
    session::Session,
    settings::Settings,
};
use shared::appointments::{SlotState, SlotView};
use shared::identity::Phone;
use shared::locale::Locale;
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use store::Store;

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
    store: Store,
}

/// Somebody who asks for a hold in a new browser.
pub fn anyone() -> Asking<'static> {
    Asking { session: Session::new(), address: Ipv4Addr::LOCALHOST.into(), phone: None, locale: Locale::Zh }
}

/// One server on SQLite, and one on PostgreSQL where `HUIMIN_TEST_POSTGRES` names a server.
///
/// A test goes through both: `for test in test_apps(Setup::default()).await { … }`.
pub async fn test_apps(setup: Setup) -> Vec<TestApp> {
    test_apps_set(setup, &[]).await
}

/// The same with more flags of the program.
pub async fn test_apps_set(setup: Setup, more: &[&'static str]) -> Vec<TestApp> {
    let mut flags = setup.flags();
    flags.extend(more);
    let mut apps = vec![TestApp::open(Backend::Sqlite, &flags, setup.now).await];
    if store::server().is_some() {
        apps.push(TestApp::open(Backend::Postgres, &flags, setup.now).await);
    }
    apps
}

/// The program's settings from flags alone, with data and keys in a store.
pub fn settings(store: &Store, flags: &[&str]) -> Settings {
    let [data, keys] = ["data", "keys.json"].map(|name| store.folder().join(name).display().to_string());
    let own = ["huimin", "--data", &data, "--keys", &keys];
    let mut settings = Command::parse_from(own.iter().chain(flags)).settings;
    settings.database_url = store.url();
    settings
}

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    settings: Settings,
}

impl Setup {
    fn flags(self) -> Vec<&'static str> {
        let switch = |on| if on { "on" } else { "off" };
        let (codes, limit) = (switch(self.phone_codes), switch(self.rate_limit));
        let mut flags = vec!["--demo", "--messages", "mailbox", "--phone-codes", codes, "--rate-limit", limit];
        flags.extend(self.public_url.into_iter().flat_map(|url| ["--public-url", url]));
        flags
    }
}

impl TestApp {
    /// A server on one kind of database, with flags of the program and its clock at an instant.
    pub async fn open(backend: Backend, flags: &[&str], now: &str) -> Self {
        let clock = Arc::new(AtomicI64::new(millis(now)));
        let store = template::published(backend, |store| settings(store, flags), instant(now)).await;
        let app = App::open_with_clock(settings(&store, flags), Clock::Manual(Arc::clone(&clock))).await.unwrap();
        Self { app, clock, store }
    }

    /// A second process on the same database and clock; only PostgreSQL is shared by several.
    pub async fn beside(&self) -> App {
        assert_eq!(self.backend(), Backend::Postgres, "one process has the embedded database to itself");
        App::open_with_clock(self.app.settings().clone(), Clock::Manual(Arc::clone(&self.clock))).await.unwrap()
    }

    /// The next process on the same database and clock.
    pub async fn reopened(&self) -> App {
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
        let point = point::one(&self.app, &SERVICE, &PlaceId::parse(registry).unwrap()).await.unwrap();
        let date: NaiveDate = date.parse().unwrap();
        slots::between(&self.app, &point, (date, date), self.now()).await.unwrap().to_vec()
    }

    /// Closes a day of a registry, as its operator does who has seen what that means.
    pub async fn close(&self, registry: &str, date: &str, [zh, en]: [&str; 2]) {
        let day: NaiveDate = date.parse().unwrap();
        let change = SlotChange {
            place: PlaceId::parse(registry).unwrap(),
            service: SERVICE,
            from: day,
            to: day,
            kind: closure::Kind::Close,
            reason: Localised::new(zh, en),
        };
        let effect = closure::preview(&self.app, &change, self.now()).await.unwrap();
        offered::make(&self.app, &BOOKABLE, (change, Actor::Operator), effect.seen(), self.now()).await.unwrap();
    }

    /// The first slot of a day with a place left.
    pub async fn free_slot(&self, registry: &str, date: &str) -> SlotView {
        let slots = self.slots(registry, date).await;
        let free = slots.into_iter().find(|slot| slot.state == SlotState::Free);
        free.unwrap_or_else(|| panic!("nothing is free at {registry} on {date}"))
    }

    /// A connection beside the server's own, which may do what no server does.
    pub async fn connection(&self) -> AnyConnection {
        self.store.connection().await
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

    /// The newest text of one kind to a phone.
    pub async fn text_to(&self, phone: &str, kind: &str) -> String {
        let texts = self.messages_to(phone, kind).await;
        texts.into_iter().next().unwrap_or_else(|| panic!("no {kind} was sent to {phone}"))
    }

    /// Sends a code for a service to a phone, for somebody who is not known again, and gives it.
    pub async fn send_code(&self, bookable: &Bookable, phone: &str) -> String {
        self.send_code_for(Ipv4Addr::LOCALHOST.into(), bookable, phone).await
    }

    /// [`Self::send_code`] for whoever asks from an address.
    pub async fn send_code_for(&self, asker: IpAddr, bookable: &Bookable, phone: &str) -> String {
        let (to, now) = (Phone::parse(phone).unwrap(), self.now());
        let asking = (&Asker::unknown(), asker);
        let sending = phone_codes::send(&self.app, asking, &to, bookable.purpose(), Locale::Zh, now).await.unwrap();
        assert_eq!(sending, Sending::Sent);
        self.last_code(phone).await
    }

    /// The six digits last sent to a phone.
    pub async fn last_code(&self, phone: &str) -> String {
        let text = self.text_to(phone, "phone_code").await;
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

/// Files in a crate's `tests/` that its `main.rs` does not name, so that nobody would run them.
pub fn forgotten(crate_folder: &str) -> Vec<String> {
    let folder = Path::new(crate_folder).join("tests");
    let main = fs::read_to_string(folder.join("main.rs")).unwrap();
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let named = |name: &str| name.strip_suffix(".rs").is_none_or(|name| main.contains(&format!("mod {name};")));
    names.filter(|name| name != "main.rs" && !named(name)).collect()
}

fn millis(text: &str) -> i64 {
    instant(text).timestamp_millis()
}

fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}
