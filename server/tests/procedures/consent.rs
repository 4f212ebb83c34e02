//! A consent is taken back at any time, and what was kept by it alone is erased.

use server::Error;
use server::procedures::drafts::{self, Saved};
use server::procedures::{cases, consent, family, submit};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{Act, Typed};

use super::super::counter::hall::{number, setup};
use super::super::support::people::nobody;
use super::super::support::{TestApp, test_apps};
use super::desk::{self, Handed, REGION, act, reviewer, seen};

const CONSENT: &str = "post_consent";
const ADDRESS: &str = "letter_address";

/// A family that has the letter sent by post.
async fn by_post(test: &TestApp, n: usize) -> Handed {
    let (app, now, all) = (&test.app, test.now(), desk::answers(n));
    let shared = ["deceased_name", "deceased_id", "deceased_hukou_here", "proof_number", "relation"];
    let own = ["applicant_name", "applicant_id", "applicant_phone", "account"];
    let mut typed: Typed = shared.into_iter().chain(own).map(|id| (id.to_owned(), all[id].clone())).collect();
    let more = [
        ("cremated_here", "no"),
        ("died_here", "no"),
        ("cremated_on", "2026-04-10"),
        ("paid", "1500"),
        (ADDRESS, "440305 演示街道1号"),
        (CONSENT, "yes"),
    ];
    typed.extend(more.map(|(id, text)| (id.to_owned(), text.to_owned())));
    let offered = app.policies().procedure(REGION, "funeral_fees").unwrap();
    let begun = drafts::begin(app, &offered, None, now).await.unwrap();
    let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
    let saved = drafts::save(app, &draft, draft.version, &typed, now).await.unwrap();
    assert!(matches!(saved, Saved::Kept { .. }), "{saved:?}");
    let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
    let submitted = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap();
    let family = family::by_token(app, submitted.reference, submitted.manage_token.reveal()).await.unwrap();
    Handed { id: family.id().clone(), family, submitted }
}

#[tokio::test]
async fn a_consent_is_taken_back_with_what_rested_on_it_and_the_case_goes_on() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = by_post(&test, 1).await;
        let token = case.submitted.manage_token.reveal();
        let theirs = cases::for_family(&test.app, case.submitted.reference, token, test.now()).await.unwrap();
        assert_eq!(theirs.consents, [CONSENT]);
        let before = seen(&test, &by, &case.id).await;
        let is_there = |case: &cases::OfficeCase, id: &str| case.answers.iter().any(|answer| answer.field == id);
        assert!(is_there(&before, ADDRESS) && is_there(&before, CONSENT));

        let after = consent::take_back(&test.app, &case.family, CONSENT, test.now()).await.unwrap();
        assert_eq!((after.consents.as_slice(), after.version), (&[][..], theirs.version), "the case is where it was");
        let office = seen(&test, &by, &case.id).await;
        assert!(!is_there(&office, ADDRESS) && !is_there(&office, CONSENT) && is_there(&office, "account"));
        assert_eq!(number(&test.app, "select count(*) from audit where act = 'case_consent_taken_back'").await, 1);
        // It is still an application that can be worked on.
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        act(&test, &by, &case.id, Act::Review).await.unwrap();

        for id in [CONSENT, ADDRESS, "account", "none"] {
            let nothing = consent::take_back(&test.app, &case.family, id, test.now()).await.unwrap_err();
            assert!(matches!(nothing, Error::Problem(Problem::NotFound)), "{id}: {nothing}");
        }
    }
}
