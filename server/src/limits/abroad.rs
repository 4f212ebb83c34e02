//! Codes, and other texts, to phones outside the mainland: there a message costs most, and some who own numbers earn by
//! each.
//!
//! A day's budget for an address, for each block of ten thousand numbers and for each country; they come back little by
//! little over a day. When a block's or a country's is gone, the operator is told.

use std::time::Duration;

use governor::clock::Clock;
use shared::identity::Phone;

use super::{Allowance, Gate, Network};
use crate::observe::metrics;
use crate::phone_codes::Family;

pub(super) struct Abroad<C: Clock + Clone> {
    of_network: Gate<(Network, Purse), C>,
    of_block_by_network: Gate<(Network, String, Purse), C>,
    of_block: Gate<(String, Purse), C>,
    of_country: Gate<(u16, Purse), C>,
    alarms: Gate<u16, C>,
}

/// Out of what a text is paid. Each has a budget of its own, so that whoever empties one leaves the others.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Purse {
    Codes(Family),
    /// That an application was handed in, by whoever did it.
    HandedIn,
    /// What the office does with applications.
    OfCases,
}

impl From<Family> for Purse {
    fn from(family: Family) -> Self {
        Self::Codes(family)
    }
}

const fn a_day(budget: u32) -> Allowance {
    Allowance { burst: budget, refill: Duration::from_secs(24 * 60 * 60 / budget as u64) }
}

/// One address: a carrier in Hong Kong stands for many couples, each with two codes.
const OF_NETWORK: Allowance = a_day(100);
/// The same block asked for from one address: a couple with two phones of it, and once more for each.
const OF_BLOCK_BY_NETWORK: Allowance = a_day(4);
/// Numbers that differ in their last four digits alone, as those do that are rented to earn.
const OF_BLOCK: Allowance = a_day(30);
/// What a country may cost a bureau in a day.
const OF_COUNTRY: Allowance = a_day(1000);
/// How often the log says that a country's budget, or that of one of its blocks, is gone.
const ALARM: Allowance = Allowance { burst: 1, refill: Duration::from_hours(1) };

impl<C: Clock + Clone> Abroad<C> {
    pub(super) fn new(clock: &C) -> Self {
        Self {
            of_network: Gate::new(&OF_NETWORK, clock),
            of_block_by_network: Gate::new(&OF_BLOCK_BY_NETWORK, clock),
            of_block: Gate::new(&OF_BLOCK, clock),
            of_country: Gate::new(&OF_COUNTRY, clock),
            alarms: Gate::new(&ALARM, clock),
        }
    }

    /// Counts one text that somebody asks for; false when the day's budget is gone.
    pub(super) fn pass(&self, network: Network, phone: &Phone, purse: impl Into<Purse>) -> bool {
        if phone.is_mainland() {
            return true;
        }
        let purse = purse.into();
        let by_network = self.of_block_by_network.pass((network, block(phone), purse));
        if by_network.and_then(|()| self.of_network.pass((network, purse))).is_err() {
            return false;
        }
        self.pass_in_all(phone, purse)
    }

    /// Counts one text of an office, which is no network, among those of all.
    pub(super) fn pass_of_office(&self, phone: &Phone, purse: Purse) -> bool {
        phone.is_mainland() || self.pass_in_all(phone, purse)
    }

    fn pass_in_all(&self, phone: &Phone, purse: Purse) -> bool {
        let (country, block) = (phone.country_code(), block(phone));
        let within = self.of_block.pass((block, purse)).and_then(|()| self.of_country.pass((country, purse)));
        if within.is_err() {
            metrics::budget_gone(country);
            if self.alarms.pass(country).is_ok() {
                tracing::warn!(
                    country,
                    "the day's budget for texts to numbers of this country, or to a block of them, is gone"
                );
            }
        }
        within.is_ok()
    }
}

/// Numbers that differ in their last four digits alone.
fn block(phone: &Phone) -> String {
    let number = phone.as_str();
    number[..number.len().saturating_sub(4)].to_owned()
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use std::net::IpAddr;

    use super::*;

    fn abroad() -> (Abroad<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Abroad::new(&clock), clock)
    }

    fn phone(number: &str) -> Phone {
        Phone::parse(number).unwrap()
    }

    fn from(last: u8) -> Network {
        Network::of(IpAddr::from([203, 0, 113, last]))
    }

    #[test]
    fn a_block_of_numbers_is_sent_so_many_codes_a_day_from_wherever_they_are_asked_for() {
        let (abroad, clock) = abroad();
        let ask = |last: u8| abroad.pass(from(last), &phone(&format!("+852912340{last:02}")), Family::Booking);
        assert!((0..30).all(ask));
        assert!(!ask(30));
        assert!(abroad.pass(from(31), &phone("+85291244567"), Family::Booking), "its neighbours are another block");
        assert!(abroad.pass(from(31), &phone("+85291234567"), Family::Finding), "of a look-up nothing is told");
        clock.advance(Duration::from_mins(48));
        assert!(ask(30) && !ask(31));
    }

    #[test]
    fn texts_of_offices_take_from_the_same_budget_of_a_block_and_to_the_mainland_from_none() {
        let (abroad, _) = abroad();
        let ask = |n: u8| abroad.pass_of_office(&phone(&format!("+852912340{n:02}")), Family::Booking.into());
        assert!((0..30).all(ask));
        assert!(!ask(30) && !abroad.pass(from(1), &phone("+85291234031"), Family::Booking));
        assert!(abroad.pass_of_office(&phone("+85291234032"), Purse::OfCases), "what is not of bookings is its own");
        assert!((0..200).all(|_| abroad.pass_of_office(&phone("13800000000"), Family::Booking.into())));
    }

    #[test]
    fn one_address_leaves_most_of_a_block_to_the_others() {
        let (abroad, _) = abroad();
        let ask = |last: u8, n: u8| abroad.pass(from(last), &phone(&format!("+852912340{n:02}")), Family::Booking);
        assert!((0..4).all(|n| ask(1, n)));
        assert!(!ask(1, 4));
        assert!(ask(2, 4));
    }

    #[test]
    fn an_address_has_so_many_codes_abroad_a_day_and_the_mainland_is_not_counted() {
        let (abroad, _) = abroad();
        let ask = |n: u32| abroad.pass(from(1), &phone(&format!("+8529{n:03}0000")), Family::Booking);
        assert!((0..100).all(ask));
        assert!(!ask(100));
        assert!((0..200).all(|_| abroad.pass(from(1), &phone("13800000000"), Family::Booking)));
    }

    #[test]
    fn a_country_has_a_budget_of_its_own() {
        let (abroad, _) = abroad();
        let ask = |n: u32| {
            let address = IpAddr::from([203, 0, u8::try_from(n / 100).unwrap(), 1]);
            abroad.pass(Network::of(address), &phone(&format!("+8529{:03}{:04}", n % 1000, n)), Family::Booking)
        };
        assert!((0..1000).all(ask));
        assert!(!ask(1001));
        assert!(abroad.pass(from(1), &phone("+6591234567"), Family::Booking));
    }
}
