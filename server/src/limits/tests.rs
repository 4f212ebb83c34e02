//! What each allowance lets through, and whom it stops.

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

fn text(limits: &Limits<FakeRelativeClock>, address: IpAddr, index: &str, family: Family) -> Result<(), TextRefused> {
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
fn whoever_tries_receipts_of_reports_keeps_no_couple_from_their_booking() {
    let (limits, _) = limits();
    let address = from("203.0.113.9");
    for _ in 0..RECEIPTS.burst {
        assert_eq!(limits.receipt(address), Ok(()));
    }
    assert_eq!(limits.receipt(address), Err(Problem::RateLimited { retry_after: 1 }));
    assert_eq!(limits.lookup(address), Ok(()));
}

#[test]
fn whoever_begins_drafts_without_end_leaves_others_theirs_and_keeps_nobody_from_filling_one_in() {
    let ((limits, clock), keys) = (limits(), keys());
    let browser = browser_at("203.0.113.9");
    for _ in 0..BROWSER_DRAFTS.burst {
        assert_eq!(limits.draft(&browser, &keys), Ok(()));
    }
    assert_eq!(limits.draft(&browser, &keys), Err(Problem::RateLimited { retry_after: 60 }));
    assert_eq!(limits.draft(&browser_at("203.0.113.9"), &keys), Ok(()), "another browser beside it");

    let program = Client { session: None, ..browser };
    while limits.draft(&program, &keys).is_ok() {}
    assert_eq!(limits.draft(&program, &keys), Err(Problem::RateLimited { retry_after: 10 }));
    assert_eq!(limits.draft(&browser_at("203.0.113.10"), &keys), Ok(()), "another address");
    assert_eq!(limits.request(program.address, None, &Method::PUT, &keys), Ok(()));
    clock.advance(Duration::from_secs(10));
    assert_eq!(limits.draft(&program, &keys), Ok(()));
}

#[test]
fn whoever_sends_files_without_end_leaves_the_family_beside_them_theirs() {
    let (limits, clock) = limits();
    let address = from("203.0.113.9");
    for _ in 0..FILES_OF_ONE.burst {
        assert_eq!(limits.file(address, "one", 0), Ok(()));
    }
    assert_eq!(limits.file(address, "one", 0), Err(Problem::RateLimited { retry_after: 10 }));
    assert_eq!(limits.file(address, "two", 0), Ok(()), "another draft behind the same address");
    clock.advance(Duration::from_secs(10));
    assert_eq!(limits.file(address, "one", 0), Ok(()));
}

#[test]
fn one_address_sends_four_gigabytes_a_day_and_leaves_the_others_theirs() {
    let (limits, clock) = limits();
    let (address, largest) = (from("203.0.113.9"), 20 * 1024 * 1024);
    let sent = (0..1000).take_while(|draft| limits.file(address, &format!("draft {draft}"), largest).is_ok()).count();
    assert_eq!(sent, 204);
    assert_eq!(limits.file(from("203.0.113.10"), "another", largest), Ok(()));
    clock.advance(Duration::from_mins(7));
    assert_eq!(limits.file(address, "later", largest), Ok(()));
}

#[test]
fn a_file_that_does_not_become_whole_is_tried_five_times_and_then_once_a_minute() {
    let (limits, clock) = limits();
    for _ in 0..FINISHING.burst {
        assert_eq!(limits.finishing("file"), Ok(()));
    }
    assert_eq!(limits.finishing("file"), Err(Problem::RateLimited { retry_after: 60 }));
    assert_eq!(limits.finishing("another"), Ok(()));
    clock.advance(Duration::from_mins(1));
    assert_eq!(limits.finishing("file"), Ok(()));
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
