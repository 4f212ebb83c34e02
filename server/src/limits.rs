//! How much one address, one browser and one phone may ask of this process.
//!
//! Allowances are generous to addresses, since a carrier puts thousands of phones behind one, and strict to
//! phones, since every code costs somebody a text message. They are counted in each process for itself.

mod abroad;
mod people;

use std::{
    hash::Hash,
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::http::Method;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};
use shared::identity::Phone;
use shared::problem::Problem;

use self::abroad::Abroad;
use self::people::{Company, People};
use crate::client::Client;
use crate::keys::Keys;
use crate::phone_codes::Family;
use crate::session::Session;

/// The allowances of all clients; cheap to clone. Empty when the settings lift the limits.
#[derive(Clone)]
pub struct Limits<C: Clock + Clone = DefaultClock>(Option<Arc<Gates<C>>>);

struct Gates<C: Clock + Clone> {
    reads: Gate<Network, C>,
    writes: Gate<Network, C>,
    browser_writes: Gate<String, C>,
    holds: Gate<Network, C>,
    lookups: Gate<Network, C>,
    texts: Gate<(Network, Family), C>,
    phone_codes: Gate<(Network, String, Family), C>,
    phone_codes_of_all: Gate<(String, Family), C>,
    abroad: Abroad<C>,
    people_of_browser: People<String, C>,
    people_of_network: People<Network, C>,
    reports: Gate<Network, C>,
    browser_reports: Gate<String, C>,
}

/// So many at once, and one more each time `refill` has passed.
struct Allowance {
    burst: u32,
    refill: Duration,
}

/// 200 a second: on a hot date a carrier's address stands for thousands of couples.
const READS: Allowance = Allowance { burst: 2000, refill: Duration::from_millis(5) };
/// 40 a second; a booking with its pages is about ten.
const WRITES: Allowance = Allowance { burst: 300, refill: Duration::from_millis(25) };
/// One browser, whatever its address: one a second.
const BROWSER_WRITES: Allowance = Allowance { burst: 40, refill: Duration::from_secs(1) };
/// Holds asked for without a confirmed phone: ten a minute after most of a day's places.
const HOLDS: Allowance = Allowance { burst: 60, refill: Duration::from_secs(6) };
/// Bookings looked for from one address: two a second.
const LOOKUPS: Allowance = Allowance { burst: 200, refill: Duration::from_millis(500) };
/// Codes sent for one address: two a second; each phone has its own, stricter bound. These and the two below are counted
/// for each family of codes by itself, so that the answers of one do not tell what was sent for another.
const TEXTS: Allowance = Allowance { burst: 200, refill: Duration::from_millis(500) };
/// Codes to one phone from one address: five an hour.
const PHONE_CODES: Allowance = Allowance { burst: 5, refill: Duration::from_mins(12) };
/// Codes to one phone from all addresses, so that a stranger's asking leaves something to the phone's owner. With ten
/// tries each, the asker's and those of everybody else, somebody who guesses has one chance in 6,600 an hour.
const PHONE_CODES_OF_ALL: Allowance = Allowance { burst: 15, refill: Duration::from_mins(4) };

/// What is wrong with places, from one address: one a minute after an hour's worth; and from one browser one in ten minutes.
const REPORTS: Allowance = Allowance { burst: 60, refill: Duration::from_mins(1) };
const BROWSER_REPORTS: Allowance = Allowance { burst: 6, refill: Duration::from_mins(10) };

/// Different people named in bookings by one browser: sixty couples a day at the computer of a hall.
const PEOPLE_OF_BROWSER: Company = Company { most: 120, within: DAY };
/// Different people named in bookings from one address: five hundred couples a day, more than a registry marries. Each phone
/// has its own, stricter bound, which all processes share.
const PEOPLE_OF_NETWORK: Company = Company { most: 1000, within: DAY };
const DAY: Duration = Duration::from_hours(24);

impl Limits {
    pub fn new(on: bool) -> Self {
        if on { Self::with_clock(&DefaultClock::default()) } else { Self(None) }
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(clock: &C) -> Self {
        Self(Some(Arc::new(Gates {
            reads: Gate::new(&READS, clock),
            writes: Gate::new(&WRITES, clock),
            browser_writes: Gate::new(&BROWSER_WRITES, clock),
            holds: Gate::new(&HOLDS, clock),
            lookups: Gate::new(&LOOKUPS, clock),
            texts: Gate::new(&TEXTS, clock),
            phone_codes: Gate::new(&PHONE_CODES, clock),
            phone_codes_of_all: Gate::new(&PHONE_CODES_OF_ALL, clock),
            abroad: Abroad::new(clock),
            people_of_browser: People::new(PEOPLE_OF_BROWSER, clock.clone()),
            people_of_network: People::new(PEOPLE_OF_NETWORK, clock.clone()),
            reports: Gate::new(&REPORTS, clock),
            browser_reports: Gate::new(&BROWSER_REPORTS, clock),
        })))
    }

    /// Counts one request of any kind.
    ///
    /// # Errors
    /// [`Problem::RateLimited`] with the seconds to wait, here and below.
    pub fn request(
        &self,
        address: IpAddr,
        session: Option<&Session>,
        method: &Method,
        keys: &Keys,
    ) -> Result<(), Problem> {
        let Some(gates) = &self.0 else { return Ok(()) };
        let network = Network::of(address);
        if method.is_safe() {
            return gates.reads.pass(network);
        }
        if let Some(session) = session {
            gates.browser_writes.pass(session.fingerprint(keys))?;
        }
        gates.writes.pass(network)
    }

    /// Counts one hold that is asked for without a phone.
    pub fn hold(&self, address: IpAddr) -> Result<(), Problem> {
        self.0.as_ref().map_or(Ok(()), |gates| gates.holds.pass(Network::of(address)))
    }

    /// The network that an address belongs to, as a keyed fingerprint: what its live holds are counted by. Nothing where the
    /// limits are lifted.
    pub fn network(&self, address: IpAddr, keys: &Keys) -> Option<String> {
        self.0.as_ref().map(|_| Network::of(address).fingerprint(keys))
    }

    /// Counts one booking that is looked for, whether there is one or not.
    pub fn lookup(&self, address: IpAddr) -> Result<(), Problem> {
        self.0.as_ref().map_or(Ok(()), |gates| gates.lookups.pass(Network::of(address)))
    }

    /// Counts one report of what is wrong with a place, the narrower allowance first.
    pub fn report(&self, asker: &Client, keys: &Keys) -> Result<(), Problem> {
        let Some(gates) = &self.0 else { return Ok(()) };
        if let Some(session) = &asker.session {
            gates.browser_reports.pass(session.fingerprint(keys))?;
        }
        gates.reports.pass(Network::of(asker.address))
    }

    /// Counts one code that is about to be sent; `phone_index` is the phone's blind index. The narrowest allowance is asked
    /// first, so that what is not sent takes nothing from those who share the wider ones, and the phone's own last.
    pub fn text(
        &self,
        address: IpAddr,
        (phone, phone_index): (&Phone, &str),
        family: Family,
    ) -> Result<(), TextRefused> {
        let Some(gates) = &self.0 else { return Ok(()) };
        let network = Network::of(address);
        gates.phone_codes.pass((network, phone_index.to_owned(), family)).map_err(TextRefused::TooOften)?;
        if !gates.abroad.pass(network, phone, family) {
            return Err(TextRefused::Abroad);
        }
        gates.texts.pass((network, family)).map_err(TextRefused::TooOften)?;
        gates.phone_codes_of_all.pass((phone_index.to_owned(), family)).map_err(TextRefused::TooOften)
    }

    /// Counts one text that an office has sent to a phone; false when the day's budget for phones like this is gone.
    pub fn text_of_office(&self, phone: &Phone) -> bool {
        self.0.as_ref().is_none_or(|gates| gates.abroad.pass_of_office(phone))
    }

    /// Counts those of `people`, as blind indexes, whom this browser or this address has not named lately.
    ///
    /// # Errors
    /// The time until there is room for them.
    pub fn people(&self, asker: &Client, people: &[String], keys: &Keys) -> Result<(), Duration> {
        let Some(gates) = &self.0 else { return Ok(()) };
        gates.people_of_network.pass(Network::of(asker.address), people)?;
        asker.session.as_ref().map_or(Ok(()), |session| gates.people_of_browser.pass(session.fingerprint(keys), people))
    }
}

/// Why a code is not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextRefused {
    /// This address, or all of them together, asked for too many to this phone, or this address for too many in all.
    TooOften(Problem),
    /// The day's budget for phones like this is gone.
    Abroad,
}

/// What counts as one address: an IPv6 customer has a whole /56.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Network {
    V4([u8; 4]),
    V6([u8; 7]),
}

impl Network {
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.octets()),
            IpAddr::V6(address) => Self::V6(address.octets()[..7].try_into().unwrap_or_default()),
        }
    }

    /// As the database keeps it.
    pub(crate) fn fingerprint(self, keys: &Keys) -> String {
        match self {
            Self::V4(network) => keys.fingerprint("network", &network),
            Self::V6(network) => keys.fingerprint("network", &network),
        }
    }
}

struct Gate<K: Hash + Eq + Clone, C: Clock + Clone> {
    limiter: RateLimiter<K, DashMapStateStore<K>, C, NoOpMiddleware<C::Instant>>,
    passed: AtomicU32,
}

/// After so many requests, whoever has a full allowance again is forgotten: no more memory than that is used.
const SWEEP: u32 = 16_384;

impl<K: Hash + Eq + Clone, C: Clock + Clone> Gate<K, C> {
    fn new(allowance: &Allowance, clock: &C) -> Self {
        let quota = Quota::with_period(allowance.refill).expect("every refill takes time");
        let quota = quota.allow_burst(NonZeroU32::new(allowance.burst).expect("every burst lets somebody in"));
        Self {
            limiter: RateLimiter::new(quota, DashMapStateStore::default(), clock.clone()),
            passed: AtomicU32::new(0),
        }
    }

    fn pass(&self, key: K) -> Result<(), Problem> {
        if self.passed.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&key).map_err(|refused| {
            let wait = refused.wait_time_from(self.limiter.clock().now());
            Problem::RateLimited { retry_after: wait.as_secs() + u64::from(wait.subsec_nanos() > 0) }
        })
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;
    use crate::settings::Cipher;

    fn limits() -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Limits::with_clock(&clock), clock)
    }

    fn from(address: &str) -> IpAddr {
        address.parse().unwrap()
    }

    fn text(
        limits: &Limits<FakeRelativeClock>,
        address: IpAddr,
        index: &str,
        family: Family,
    ) -> Result<(), TextRefused> {
        limits.text(address, (&Phone::parse("13800000000").unwrap(), index), family)
    }

    fn keys() -> Keys {
        Keys::generate(Cipher::Aes256Gcm)
    }

    #[test]
    fn a_burst_passes_and_the_next_request_is_told_how_long_to_wait() {
        let ((limits, clock), keys) = (limits(), keys());
        let read = |address: &str| limits.request(from(address), None, &Method::GET, &keys);
        for _ in 0..READS.burst {
            assert_eq!(read("203.0.113.9"), Ok(()));
        }
        assert_eq!(read("203.0.113.9"), Err(Problem::RateLimited { retry_after: 1 }));
        assert_eq!(read("203.0.113.10"), Ok(()));
        clock.advance(Duration::from_secs(1));
        for _ in 0..200 {
            assert_eq!(read("203.0.113.9"), Ok(()));
        }
        assert_eq!(read("203.0.113.9"), Err(Problem::RateLimited { retry_after: 1 }));
    }

    #[test]
    fn writing_has_a_smaller_allowance_of_its_own() {
        let ((limits, _), keys) = (limits(), keys());
        for _ in 0..WRITES.burst {
            assert_eq!(limits.request(from("203.0.113.9"), None, &Method::POST, &keys), Ok(()));
        }
        assert!(limits.request(from("203.0.113.9"), None, &Method::DELETE, &keys).is_err());
        assert_eq!(limits.request(from("203.0.113.9"), None, &Method::HEAD, &keys), Ok(()));
    }

    #[test]
    fn a_browser_is_known_again_behind_other_addresses() {
        let ((limits, _), keys) = (limits(), keys());
        let session = Session::new();
        let mut from = (0_u8..).map(|last| IpAddr::from([203, 0, 113, last]));
        for _ in 0..BROWSER_WRITES.burst {
            assert_eq!(limits.request(from.next().unwrap(), Some(&session), &Method::POST, &keys), Ok(()));
        }
        assert!(limits.request(from.next().unwrap(), Some(&session), &Method::POST, &keys).is_err());
    }

    #[test]
    fn an_ipv6_customer_is_one_address() {
        let (limits, _) = limits();
        for host in 0..HOLDS.burst {
            assert_eq!(limits.hold(from(&format!("2001:db8:1:2::{host:x}"))), Ok(()));
        }
        assert!(limits.hold(from("2001:db8:1:2:ffff::1")).is_err());
        assert!(limits.hold(from("2001:db8:1:3::1")).is_err(), "a house has many nets");
        assert_eq!(limits.hold(from("2001:db8:1:100::1")), Ok(()));
    }

    #[test]
    fn one_address_sends_a_phone_five_codes_an_hour_and_leaves_others_to_its_owner() {
        let (limits, clock) = limits();
        let text = |address, phone| super::tests::text(&limits, address, phone, Family::Booking);
        let (stranger, owner) = (from("203.0.113.6"), from("198.51.100.1"));
        for _ in 0..5 {
            assert_eq!(text(stranger, "phone"), Ok(()));
        }
        assert_eq!(text(stranger, "phone"), Err(TextRefused::TooOften(Problem::RateLimited { retry_after: 720 })));
        assert_eq!(text(stranger, "another"), Ok(()));
        assert_eq!(text(owner, "phone"), Ok(()));
        clock.advance(Duration::from_mins(12));
        assert_eq!(text(stranger, "phone"), Ok(()));
    }

    #[test]
    fn all_addresses_together_send_a_phone_fifteen_codes_an_hour() {
        let (limits, _) = limits();
        let text = |address, phone| super::tests::text(&limits, address, phone, Family::Booking);
        for last in 1..=15 {
            assert_eq!(text(from(&format!("203.0.113.{last}")), "phone"), Ok(()));
        }
        assert_eq!(
            text(from("203.0.113.16"), "phone"),
            Err(TextRefused::TooOften(Problem::RateLimited { retry_after: 240 }))
        );
    }

    #[test]
    fn codes_to_open_a_booking_leave_those_for_a_new_one_and_tell_nothing_of_them() {
        let (limits, _) = limits();
        let stranger = from("203.0.113.6");
        for family in [Family::Finding, Family::Booking] {
            for _ in 0..5 {
                assert_eq!(text(&limits, stranger, "phone", family), Ok(()));
            }
            assert!(text(&limits, stranger, "phone", family).is_err());
        }
    }

    #[test]
    fn those_who_came_once_are_forgotten() {
        let gate = Gate::new(&READS, &FakeRelativeClock::default());
        let clock = gate.limiter.clock().clone();
        for visitor in 0..SWEEP - 1 {
            gate.pass(visitor).unwrap();
        }
        assert_eq!(gate.limiter.len(), SWEEP as usize - 1);
        clock.advance(Duration::from_secs(1));
        gate.pass(0).unwrap();
        assert_eq!(gate.limiter.len(), 1);
    }

    fn couple(n: usize) -> [String; 2] {
        [format!("{n} his"), format!("{n} hers")]
    }

    fn browser_at(address: &str) -> Client {
        Client { address: from(address), session: Some(Session::new()) }
    }

    #[test]
    fn a_hall_full_of_couples_books_and_a_stranger_who_goes_through_numbers_is_stopped() {
        let ((limits, clock), keys) = (limits(), keys());
        for n in 0..500 {
            let browser = browser_at("203.0.113.9");
            for _ in 0..5 {
                assert_eq!(limits.people(&browser, &couple(n), &keys), Ok(()), "again and again is nobody new");
            }
        }
        let other = couple(500);
        assert_eq!(limits.people(&browser_at("203.0.113.9"), &other, &keys), Err(DAY));
        assert_eq!(limits.people(&browser_at("203.0.113.9"), &couple(7), &keys), Ok(()));
        assert_eq!(limits.people(&browser_at("203.0.113.10"), &other, &keys), Ok(()));
        clock.advance(DAY);
        assert_eq!(limits.people(&browser_at("203.0.113.9"), &other, &keys), Ok(()));
    }

    #[test]
    fn one_browser_names_sixty_couples_a_day_wherever_it_is() {
        let ((limits, _), keys, browser) = (limits(), keys(), browser_at("203.0.113.9"));
        let elsewhere = Client { address: from("198.51.100.1"), ..browser.clone() };
        for n in 0..60 {
            assert_eq!(limits.people(&browser, &couple(n), &keys), Ok(()));
        }
        assert_eq!(limits.people(&elsewhere, &couple(60), &keys), Err(DAY));
        assert_eq!(limits.people(&elsewhere, &couple(59), &keys), Ok(()));
        assert_eq!(limits.people(&browser_at("203.0.113.9"), &couple(60), &keys), Ok(()), "another browser beside it");
    }

    #[test]
    fn lifted_limits_let_everything_pass() {
        let limits = Limits::new(false);
        for n in 0..1000 {
            assert_eq!(limits.people(&browser_at("203.0.113.9"), &couple(n), &keys()), Ok(()));
        }
        for _ in 0..1000 {
            assert_eq!(limits.hold(from("203.0.113.9")), Ok(()));
        }
    }
}
