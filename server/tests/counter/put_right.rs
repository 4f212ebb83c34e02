//! What was written down wrongly of somebody is put right by the card that lies at the desk.

use server::Error;
use server::counter::own_data::{self, Kept, Named};
use server::staff::authority::Staff;
use shared::appointments::{BookingReference, Refusal as NotBooked};
use shared::counter::{Outcome, Refusal};
use shared::identity::{PersonName, Sex};

use super::super::support::people::person;
use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::own_data::{card, copy, ended_with, find, one, shown};

async fn corrected(test: &TestApp, by: &Staff, found: &Kept, (name, phone): (&str, &str)) -> Result<(), Error> {
    let reviewed = own_data::review(&test.app, by, (&found.claim, name, phone), test.now()).await?;
    own_data::correct(&test.app, by, &reviewed.claim, test.now()).await
}

#[tokio::test]
async fn a_name_and_a_phone_are_put_right_the_time_stands_and_both_phones_of_before_and_now_hear() {
    for test in test_apps(setup()).await {
        let made = booked(&test, 1, 0).await;
        let by = clerk(&test, 1).await;
        let [him, her] = [Sex::Male, Sex::Female].map(|sex| person(1, sex));
        let found = one(&test, &by, 1, Sex::Female).await;
        let nothing = own_data::review(&test.app, &by, (&found.claim, &her.name, ""), test.now()).await;
        assert!(nothing.is_err(), "what stands there already is no correction");
        corrected(&test, &by, &found, ("演正名", "13800009999")).await.unwrap();
        for phone in [&*him.phone, &her.phone, "13800009999"] {
            let text = test.text_to(phone, "people_corrected").await;
            assert!(text.contains("没有改时间") && !text.contains("正名") && !text.contains("9999"), "{text}");
        }
        let hers = copy(&test, &by, 1, Sex::Female).await;
        assert_eq!(
            (&hers["people"][1]["name"], &hers["people"][1]["phone"]),
            (&"演正名".into(), &"13800009999".into())
        );
        assert_eq!(shown(&test, &made).await[1].phone.rsplit('*').next(), Some("9999"));
        let again = corrected(&test, &by, &found, ("演正名", "")).await;
        assert!(again.is_err());
        holds(&test).await;
        let second = booked(&test, 2, 0).await;
        ended_with(&test, &by, &second, Outcome::Registered).await;
        let over = one(&test, &by, 2, Sex::Female).await;
        let refused = corrected(&test, &by, &over, ("演某", "")).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(NotBooked::BookingEnded));
        holds(&test).await;
    }
}

fn mistyped(n: usize, reference: BookingReference, name: &str) -> Named {
    Named { document: card(n, Sex::Female), born: None, mistyped: Some((reference, PersonName::parse(name).unwrap())) }
}

#[tokio::test]
async fn a_number_is_put_right_by_the_name_and_never_to_one_that_is_booked() {
    for test in test_apps(setup()).await {
        let booked_one = booked(&test, 1, 0).await;
        let by = clerk(&test, 1).await;
        let her = person(1, Sex::Female);
        assert!(find(&test, &by, 9, Sex::Female).await.is_empty(), "her card is not found");
        let strange = mistyped(9, booked_one.reference, "演别人");
        assert!(own_data::find(&test.app, &by, &strange, test.now()).await.unwrap().is_empty());
        let theirs = mistyped(9, booked_one.reference, &her.name);
        let found = own_data::find(&test.app, &by, &theirs, test.now()).await.unwrap().remove(0);
        assert!(found.is_mistyped);
        let refused = own_data::copy(&test.app, &by, &found.claim, test.now()).await.err().unwrap();
        assert_eq!(refused.refusal(), Some(Refusal::LookAgain), "a name alone gives nothing away");
        corrected(&test, &by, &found, ("", "")).await.unwrap();
        let right = card(9, Sex::Female);
        let hers = copy(&test, &by, 9, Sex::Female).await;
        assert_eq!(hers["people"][1]["id_number"], right.as_str());
        holds(&test).await;

        let other = clerk(&test, 2).await;
        booked(&test, 3, 1).await;
        let taken = mistyped(3, booked_one.reference, &her.name);
        let found = own_data::find(&test.app, &other, &taken, test.now()).await.unwrap().remove(0);
        let refused = corrected(&test, &other, &found, ("", "")).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::NumberBooked));
        assert_eq!(find(&test, &other, 9, Sex::Female).await.len(), 1, "nothing was changed");
        holds(&test).await;
    }
}
