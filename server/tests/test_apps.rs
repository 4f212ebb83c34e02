//! The servers that the tests work with.

use server::database::Backend;
use server::marriage;

use super::support::{Setup, test_apps};

#[tokio::test]
async fn a_test_office_has_free_slots_codes_and_a_clock_of_its_own() {
    for test in test_apps(Setup::default()).await {
        let slot = test.free_slot("nanshan", "2026-05-14").await;
        assert_eq!(slot.starts_at.to_rfc3339(), "2026-05-14T09:00:00+08:00");
        test.set_clock("2026-05-14T12:00:00+08:00");
        assert_eq!(test.now().to_rfc3339(), "2026-05-14T04:00:00+00:00");

        let code = test.send_code(&marriage::BOOKABLE, "13800000000").await;
        assert_eq!(test.last_code("138 0000 0000").await, code);
        if test.backend() == Backend::Postgres {
            assert_eq!(test.beside().await.now(), test.now());
        }
    }
}
