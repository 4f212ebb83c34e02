//! The office ends a booking at the command line while the portal runs.

use shared::appointments::BookingReference;
use shared::invented;

use super::portal::Portal;
use super::stores;

#[test]
fn a_booking_is_released_beside_a_running_portal_and_its_people_book_again() {
    for store in stores() {
        let portal = Portal::start(&store);
        let (client, slots) = (portal.client(), portal.slots("nanshan", "2026-05-19"));
        let booking = client.book(slots[0], 1).unwrap();
        let (reference, token) = (booking["reference"].as_str().unwrap(), booking["manage_token"].as_str().unwrap());
        let reason = "两人到窗口核对了证件";

        let number = &invented::couple(1)[1].id_number;
        let find = ["admin", "find", "marriage_registration"];
        let (found, said) = portal.run_and_tell(&find, number);
        let grouped = BookingReference::parse(reference).unwrap().to_string();
        assert!(found && said.contains(&grouped) && said.contains("2026-05-19"), "{said}");
        assert!(!said.contains(number.as_str()), "{said}");

        let (released, said) = portal.run(&["admin", "release", reference, "--reason", "身份证 100000199001010011"]);
        assert!(!released && said.contains("leave phones, document numbers and other long numbers out"), "{said}");
        assert_eq!(client.booking(reference, token)["state"], "booked");

        let (released, said) = portal.run(&["admin", "release", reference, "--reason", reason]);
        assert!(released && said.contains("is released"), "{said}");
        assert_eq!(client.booking(reference, token)["state"], "released", "the running portal shows it");
        assert!(!portal.run_and_tell(&find, number).0, "nothing names her any more");
        assert!(client.book(slots[1], 1).is_some(), "the same people book again");

        for (reference, why) in [(reference, "stands no more"), ("K7MP4CRT9WXX", "no reference number")] {
            let (released, said) = portal.run(&["admin", "release", reference, "--reason", reason]);
            assert!(!released && said.contains(why), "{said}");
        }
        portal.verify_audit();
    }
}
