//! How much one address, one browser and one phone may ask of this process.
//!
//! Allowances are generous to addresses, since a carrier puts thousands of phones behind one, and strict to
//! phones, since every code costs somebody a text message. They are counted in each process for itself.

mod abroad;
mod gate;
mod handed_in;
mod network;
mod people;
pub mod request;

use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use axum::http::Method;
use governor::clock::{Clock, DefaultClock};
use shared::identity::Phone;
use shared::problem::Problem;

use self::abroad::{Abroad, Purse};
use self::gate::{Allowance, Gate};
use self::handed_in::HandedIn;
pub(crate) use self::network::Network;
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
    marked_reads: Gate<String, C>,
    marked_writes: Gate<String, C>,
    holds: Gate<Network, C>,
    lookups: Gate<Network, C>,
    receipts: Gate<Network, C>,
    texts: Gate<(Network, Family), C>,
    phone_codes: Gate<(Network, String, Family), C>,
    phone_codes_of_all: Gate<(String, Family), C>,
    abroad: Abroad<C>,
    handed_in: HandedIn<C>,
    people_of_browser: People<String, C>,
    people_of_network: People<Network, C>,
    reports: Gate<Network, C>,
    browser_reports: Gate<String, C>,
    drafts: Gate<Network, C>,
    browser_drafts: Gate<String, C>,
    files: Gate<Network, C>,
    files_of_one: Gate<String, C>,
    megabytes: Gate<Network, C>,
    finishing: Gate<String, C>,
}

/// 200 a second: on a hot date a carrier's address stands for thousands of couples.
const READS: Allowance = Allowance { burst: 2000, refill: Duration::from_millis(5) };
/// 40 a second; a booking with its pages is about ten.
const WRITES: Allowance = Allowance { burst: 300, refill: Duration::from_millis(25) };
/// One browser, whatever its address: one a second.
const BROWSER_WRITES: Allowance = Allowance { burst: 40, refill: Duration::from_secs(1) };
/// One session or browser of staff, or one screen, whatever its address: twenty pages a second, and four presses.
const MARKED_READS: Allowance = Allowance { burst: 400, refill: Duration::from_millis(50) };
const MARKED_WRITES: Allowance = Allowance { burst: 120, refill: Duration::from_millis(250) };
/// Holds asked for without a confirmed phone: ten a minute after most of a day's places.
const HOLDS: Allowance = Allowance { burst: 60, refill: Duration::from_secs(6) };
/// Bookings looked for from one address: two a second.
const LOOKUPS: Allowance = Allowance { burst: 200, refill: Duration::from_millis(500) };
/// Receipts of reports looked for from one address: two a second, out of a purse of their own, so that whoever tries receipts
/// keeps no couple behind the same address from theirs.
const RECEIPTS: Allowance = Allowance { burst: 200, refill: Duration::from_millis(500) };
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

/// Drafts of applications begun from one address: six a minute after two hundred, since each is kept for a month; and from one
/// browser one a minute. What was begun is filled in and handed in out of the purse of all writes, so that whoever begins drafts
/// without end keeps nobody from theirs.
const DRAFTS: Allowance = Allowance { burst: 200, refill: Duration::from_secs(10) };
const BROWSER_DRAFTS: Allowance = Allowance { burst: 20, refill: Duration::from_mins(1) };

/// Files that come from one address: two a second after some hundreds, since a carrier's address stands for many families and each
/// photograph is drawn anew, one at a time; and for one draft or case one in ten seconds after all that it may have.
const FILES: Allowance = Allowance { burst: 600, refill: Duration::from_millis(500) };
const FILES_OF_ONE: Allowance = Allowance { burst: 60, refill: Duration::from_secs(10) };
/// Megabytes of them from one address: four gigabytes at once and as many again over a day, so that no address fills a disk.
const MEGABYTES: Allowance = Allowance { burst: 4096, refill: Duration::from_secs(21) };
/// How often it is tried to take one file whose parts are all here: each time takes seconds of work.
const FINISHING: Allowance = Allowance { burst: 5, refill: Duration::from_mins(1) };

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
            marked_reads: Gate::new(&MARKED_READS, clock),
            marked_writes: Gate::new(&MARKED_WRITES, clock),
            holds: Gate::new(&HOLDS, clock),
            lookups: Gate::new(&LOOKUPS, clock),
            receipts: Gate::new(&RECEIPTS, clock),
            texts: Gate::new(&TEXTS, clock),
            phone_codes: Gate::new(&PHONE_CODES, clock),
            phone_codes_of_all: Gate::new(&PHONE_CODES_OF_ALL, clock),
            abroad: Abroad::new(clock),
            handed_in: HandedIn::new(clock),
            people_of_browser: People::new(PEOPLE_OF_BROWSER, clock.clone()),
            people_of_network: People::new(PEOPLE_OF_NETWORK, clock.clone()),
            reports: Gate::new(&REPORTS, clock),
            browser_reports: Gate::new(&BROWSER_REPORTS, clock),
            drafts: Gate::new(&DRAFTS, clock),
            browser_drafts: Gate::new(&BROWSER_DRAFTS, clock),
            files: Gate::new(&FILES, clock),
            files_of_one: Gate::new(&FILES_OF_ONE, clock),
            megabytes: Gate::new(&MEGABYTES, clock),
            finishing: Gate::new(&FINISHING, clock),
        })))
    }

    /// Counts one request of whoever has a cookie with the portal's mark, by its fingerprint.
    fn marked(&self, token: String, method: &Method) -> Result<(), Problem> {
        let Some(gates) = &self.0 else { return Ok(()) };
        if method.is_safe() { gates.marked_reads.pass(token) } else { gates.marked_writes.pass(token) }
    }

    /// Counts one request of anybody else.
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

    /// Counts one receipt of a report that is looked for, whether there is one or not.
    pub fn receipt(&self, address: IpAddr) -> Result<(), Problem> {
        self.0.as_ref().map_or(Ok(()), |gates| gates.receipts.pass(Network::of(address)))
    }

    /// Counts one report of what is wrong with a place, the narrower allowance first.
    pub fn report(&self, asker: &Client, keys: &Keys) -> Result<(), Problem> {
        let Some(gates) = &self.0 else { return Ok(()) };
        if let Some(session) = &asker.session {
            gates.browser_reports.pass(session.fingerprint(keys))?;
        }
        gates.reports.pass(Network::of(asker.address))
    }

    /// Counts one draft of an application that is begun, the narrower allowance first.
    pub fn draft(&self, asker: &Client, keys: &Keys) -> Result<(), Problem> {
        let Some(gates) = &self.0 else { return Ok(()) };
        if let Some(session) = &asker.session {
            gates.browser_drafts.pass(session.fingerprint(keys))?;
        }
        gates.drafts.pass(Network::of(asker.address))
    }

    /// Counts one file, or one form of them, that is handed in for a draft or case, the narrower allowance first.
    pub fn file(&self, address: IpAddr, owner: &str, bytes: u64) -> Result<(), Problem> {
        let Some(gates) = &self.0 else { return Ok(()) };
        let network = Network::of(address);
        gates.files_of_one.pass(owner.to_owned())?;
        gates.files.pass(network)?;
        let megabytes = u32::try_from(bytes.div_ceil(1024 * 1024)).unwrap_or(u32::MAX);
        NonZeroU32::new(megabytes).map_or(Ok(()), |megabytes| gates.megabytes.pass_many(network, megabytes))
    }

    /// Counts one try to take a file whose parts are all here.
    pub fn finishing(&self, file: &str) -> Result<(), Problem> {
        self.0.as_ref().map_or(Ok(()), |gates| gates.finishing.pass(file.to_owned()))
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

    /// Counts one text that an application was handed in; false where none is sent any more to this phone, from this address or
    /// to phones like this. `phone_index` is the phone's blind index.
    pub fn text_of_handing_in(&self, address: IpAddr, (phone, phone_index): (&Phone, &str)) -> bool {
        let Some(gates) = &self.0 else { return true };
        gates.handed_in.pass(Network::of(address), (phone, phone_index), &gates.abroad)
    }

    /// Counts one text that an office has sent to a phone, as one of a booking; false when the day's budget for phones like this
    /// is gone.
    pub fn text_of_office(&self, phone: &Phone) -> bool {
        self.0.as_ref().is_none_or(|gates| gates.abroad.pass_of_office(phone, Family::Booking.into()))
    }

    /// The same of what an office does with an application.
    pub fn text_of_case(&self, phone: &Phone) -> bool {
        self.0.as_ref().is_none_or(|gates| gates.abroad.pass_of_office(phone, Purse::OfCases))
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

#[cfg(test)]
mod tests;
