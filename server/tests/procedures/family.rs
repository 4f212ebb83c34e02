//! A family opens its own case with its number and the phone that it named.

use server::Error;
use server::procedures::{acts, cases, family};
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{Act, Refusal, StateName};

use super::super::counter::hall::{holds, setup};
use super::super::support::people::nobody;
use super::super::support::test_apps;
use super::desk::{act, answers, refused, reviewer, submitted};

#[tokio::test]
async fn a_case_opens_with_its_number_and_a_code_to_its_phone() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let [case, other] = [submitted(&test, 1).await, submitted(&test, 2).await];
        let reference = case.submitted.reference;
        let [phone, strange] = [1, 2].map(|n| Phone::parse(&answers(n)["applicant_phone"]).unwrap());
        family::send_code(app, (reference, &strange), &nobody(), Locale::Zh, now).await.unwrap();
        assert!(test.messages_to(strange.as_str(), "phone_code").await.is_empty(), "it is another's case");
        family::send_code(app, (reference, &phone), &nobody(), Locale::Zh, now).await.unwrap();
        let code = PhoneCode::parse(&test.last_code(phone.as_str()).await).unwrap();

        let foreign = (other.submitted.reference, &phone);
        let unknown = family::by_code(app, foreign, &code, &nobody(), now).await.unwrap_err();
        assert!(matches!(unknown, Error::Problem(Problem::Unauthorized)), "{unknown}");
        let (opened, token) = family::by_code(app, (reference, &phone), &code, &nobody(), now).await.unwrap();
        assert_eq!((opened.id(), opened.has_phone()), (&case.id, true));
        let again = family::by_token(app, reference, token.reveal()).await.unwrap();
        assert_eq!((again.id(), again.has_phone()), (&case.id, true), "the token says so too");
        assert!(!case.family.has_phone(), "that of the handing in does not");
        let used = family::by_code(app, (reference, &phone), &code, &nobody(), now).await.unwrap_err();
        assert!(matches!(used, Error::Problem(Problem::Fields(_))), "{used}");
        assert!(cases::for_family(app, reference, token.reveal(), now).await.is_ok());
    }
}

#[tokio::test]
async fn a_family_takes_its_application_back_while_the_office_still_owes_an_answer() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        let stale = acts::withdraw(&test.app, &case.family, 0, test.now()).await;
        assert_eq!(refused(stale), Some(Refusal::Changed { state: StateName::Accepted }));
        let gone = acts::withdraw(&test.app, &case.family, 1, test.now()).await.unwrap();
        assert_eq!((gone.state.name(), gone.version), (StateName::Withdrawn, 2));
        let twice = acts::withdraw(&test.app, &case.family, 2, test.now()).await;
        assert!(matches!(refused(twice), Some(Refusal::NotNow { .. })));
        holds(&test).await;
    }
}
