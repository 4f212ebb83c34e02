//! Texts that an application was handed in. Whoever hands one in has proved no phone, so few go to one phone, from one address and
//! from all; they are counted apart from codes, since nobody is kept out who is not sent one: the receipt says so.

use std::time::Duration;

use governor::clock::Clock;
use shared::identity::Phone;

use super::abroad::{Abroad, Purse};
use super::{Allowance, Gate, Network};

pub(super) struct HandedIn<C: Clock + Clone> {
    to_phone_by_network: Gate<(Network, String), C>,
    of_network: Gate<Network, C>,
    to_phone: Gate<String, C>,
}

/// To one phone from one address: a family seldom applies for more on one day.
const TO_PHONE_BY_NETWORK: Allowance = Allowance { burst: 3, refill: Duration::from_hours(8) };
/// From one address: one a minute after two hundred, since a carrier's stands for many families.
const OF_NETWORK: Allowance = Allowance { burst: 200, refill: Duration::from_mins(1) };
/// To one phone from all addresses: ten a day.
const TO_PHONE: Allowance = Allowance { burst: 10, refill: Duration::from_mins(144) };

impl<C: Clock + Clone> HandedIn<C> {
    pub(super) fn new(clock: &C) -> Self {
        Self {
            to_phone_by_network: Gate::new(&TO_PHONE_BY_NETWORK, clock),
            of_network: Gate::new(&OF_NETWORK, clock),
            to_phone: Gate::new(&TO_PHONE, clock),
        }
    }

    /// Counts one that is about to be sent, the narrowest allowance first and the phone's own last.
    pub(super) fn pass(&self, network: Network, (phone, index): (&Phone, &str), abroad: &Abroad<C>) -> bool {
        self.to_phone_by_network.pass((network, index.to_owned())).is_ok()
            && abroad.pass(network, phone, Purse::HandedIn)
            && self.of_network.pass(network).is_ok()
            && self.to_phone.pass(index.to_owned()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use governor::clock::FakeRelativeClock;

    use super::*;
    use crate::phone_codes::Family;

    fn from(last: u8) -> Network {
        Network::of(IpAddr::from([203, 0, 113, last]))
    }

    fn phone(number: &str) -> Phone {
        Phone::parse(number).unwrap()
    }

    #[test]
    fn one_address_has_few_sent_to_one_phone_and_the_others_have_theirs_until_the_phone_has_had_enough() {
        let clock = FakeRelativeClock::default();
        let (handed_in, abroad) = (HandedIn::new(&clock), Abroad::new(&clock));
        let hand_in = |last: u8, index: &str| handed_in.pass(from(last), (&phone("13800000000"), index), &abroad);
        assert!((0..3).all(|_| hand_in(1, "theirs")));
        assert!((0..20).all(|_| !hand_in(1, "theirs")));
        assert!(hand_in(1, "another") && (0..3).all(|_| hand_in(2, "theirs")));
        assert!((3..=6).all(|last| hand_in(last, "theirs")));
        assert!(!hand_in(7, "theirs"), "ten a day, from wherever");
        clock.advance(Duration::from_mins(144));
        assert!(hand_in(8, "theirs") && !hand_in(9, "theirs"));
    }

    #[test]
    fn one_address_has_so_many_sent_to_whatever_phones() {
        let clock = FakeRelativeClock::default();
        let (handed_in, abroad) = (HandedIn::new(&clock), Abroad::new(&clock));
        let hand_in = |last: u8, n: u32| handed_in.pass(from(last), (&phone("13800000000"), &n.to_string()), &abroad);
        assert!((0..OF_NETWORK.burst).all(|n| hand_in(1, n)));
        assert!(!hand_in(1, 1000) && hand_in(2, 1001));
    }

    #[test]
    fn abroad_they_take_from_a_budget_that_is_none_of_the_codes() {
        let clock = FakeRelativeClock::default();
        let (handed_in, abroad) = (HandedIn::new(&clock), Abroad::new(&clock));
        let hand_in = |n: u32| {
            let number = phone(&format!("+8529123400{n}"));
            handed_in.pass(from(1), (&number, &n.to_string()), &abroad)
        };
        assert!((0..4).all(hand_in));
        assert!(!hand_in(4), "one block from one address");
        assert!(abroad.pass(from(1), &phone("+85291234009"), Family::Case), "a code to open an application is sent");
    }
}
