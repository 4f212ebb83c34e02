//! The operator makes the first administrators at the command line.

use shared::identity::Sex;
use shared::invented;

use super::portal::Portal;
use super::stores;

#[test]
fn administrators_are_made_beside_a_running_portal_and_a_third_is_refused_with_the_reason() {
    for store in stores() {
        let portal = Portal::start(&store);
        let number = invented::person(1, Sex::Female).id_number;
        let lines = format!("演示管理\n{number}");
        let create = ["admin", "create", "wang.min", "--office", "demo-hill"];

        let (made, said) = portal.run_and_tell(&["admin", "create", "wang.min"], &lines);
        assert!(!made && said.contains("There are two account administrators here already"), "{said}");
        let (made, said) = portal.run_and_tell(&["admin", "create", "wang.min", "--office", "demo-hall"], &lines);
        assert!(!made && said.contains("there is no office demo-hall"), "{said}");
        let (made, said) = portal.run_and_tell(&create, "演示管理\n100000199001010019");
        assert!(!made && said.contains("does not fit the others"), "{said}");

        let (made, said) = portal.run_and_tell(&create, &lines);
        assert!(made && said.contains("wang.min administers the accounts of demo-hill"), "{said}");
        assert!(said.contains("/staff/invitation") && !said.contains(&number), "{said}");
        let (made, said) = portal.run_and_tell(&create, &lines);
        assert!(!made && said.contains("on the list already"), "{said}");

        let (invited, again) = portal.run(&["admin", "invite", "wang.min"]);
        assert!(invited && again.contains("/staff/invitation"), "{again}");
        let (invited, said) = portal.run(&["admin", "invite", "demo-clerk"]);
        assert!(!invited && said.contains("demo-clerk administers no accounts now"), "{said}");
        portal.verify_audit();
    }
}

#[test]
fn a_demonstration_gives_codes_of_its_staff_away_and_shows_how_to_sign_in() {
    let store = testhouse::store::Store::sqlite();
    let portal = Portal::start(&store);
    for words in ["demo-clerk with the password demo-huimin", "/demo/mailbox", "the same page shows their codes"] {
        assert!(portal.greeting().contains(words), "{}", portal.greeting());
    }
    let client = portal.client();
    for _ in 0..3 {
        let (status, _, body) = client.ask("/demo/staff-code/demo-clerk");
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let code = body["code"].as_str().unwrap();
        assert_eq!((status, code.len()), (200, 6));
    }
    let (status, wait, _) = client.ask("/demo/staff-code/demo-clerk");
    assert_eq!(status, 429);
    assert!(wait.is_some_and(|seconds| (1..=30).contains(&seconds.parse().unwrap())));
    assert_eq!(client.ask("/demo/staff-code/somebody").0, 404);
    let (_, _, page) = client.ask("/demo/mailbox");
    assert!(page.contains("demo-admin-2") && page.contains("demo-huimin"));
}
