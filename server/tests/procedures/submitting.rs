//! A draft becomes one case, however often it is handed in.

use server::Error;
use server::appointments::booking::idempotency::RequestKey;
use server::keys::token::Purpose;
use server::procedures::drafts;
use server::procedures::submit::{self, NotSubmitted};
use server::procedures::{cases, family};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{DraftToken, Refusal, State};

use super::super::counter::hall::{holds, number, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{answers, but, drafted, only};

const CASES: &str = "select count(*) from procedure_case";

fn key(test: &TestApp, body: &str) -> RequestKey {
    RequestKey::new(test.app.keys(), "draft:one", "a key", body.as_bytes()).unwrap()
}

fn refused(outcome: Result<submit::Submitted, NotSubmitted>) -> Option<Refusal> {
    match outcome.unwrap_err() {
        NotSubmitted::Other(error) => error.refusal(),
        NotSubmitted::Fields(errors) => panic!("{errors}"),
    }
}

#[tokio::test]
async fn handed_in_twice_it_is_one_case_with_one_receipt_and_one_text() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        let (one, other) = tokio::join!(
            submit::submit(app, &draft, Locale::Zh, None, now),
            submit::submit(app, &draft, Locale::Zh, None, now),
        );
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!((one.reference, &one.receipt), (other.reference, &other.receipt));
        assert_eq!(one.receipt.len(), 64);
        // The window that stayed open, and a page that loads the draft anew.
        let again = submit::submit(app, &draft, Locale::Zh, None, now).await.unwrap();
        let token = DraftToken::parse(&app.keys().token(Purpose::Draft, draft.id.as_str())).unwrap();
        let loaded = drafts::load(app, &draft.id, &token, now).await.unwrap();
        assert!(loaded.submitted.is_some() && loaded.typed.is_empty());
        let later = submit::submit(app, &loaded, Locale::Zh, None, now).await.unwrap();
        assert_eq!([again.reference, later.reference], [one.reference; 2]);
        assert_eq!(number(app, CASES).await, 1);
        let texts = test.messages_to(&answers(1)["applicant_phone"], "case_submitted").await;
        assert_eq!(texts.len(), 1);
        assert!(texts[0].contains(&one.reference.to_string()), "{}", texts[0]);

        let case = cases::for_family(app, one.reference, one.manage_token.reveal(), now).await.unwrap();
        assert_eq!((case.state, case.version, &case.receipt), (State::Submitted, 0, &one.receipt));
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_same_key_gives_the_same_case_and_another_body_with_it_is_refused() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        let first = submit::submit(app, &draft, Locale::Zh, Some(&key(&test, "a")), now).await.unwrap();
        let again = submit::submit(app, &draft, Locale::Zh, Some(&key(&test, "a")), now).await.unwrap();
        assert_eq!(first.reference, again.reference);
        let other = submit::submit(app, &draft, Locale::Zh, Some(&key(&test, "b")), now).await.unwrap_err();
        let NotSubmitted::Other(Error::Problem(problem)) = other else { panic!("{other}") };
        assert_eq!(problem, Problem::IdempotencyMismatch);
        assert_eq!(number(app, CASES).await, 1);
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_fields_and_nothing_is_handed_in() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let mut wrong = but(answers(1), "account", "62220212345678901");
        wrong.remove("wish");
        let draft = drafted(&test, &wrong, None).await;
        let refused = submit::submit(app, &draft, Locale::Zh, None, now).await.unwrap_err();
        let NotSubmitted::Fields(errors) = refused else { panic!("{refused}") };
        let fields: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.reason.code())).collect();
        assert_eq!(fields, [("account", "account_check"), ("wish", "declaration_missing")]);
        assert_eq!(number(app, CASES).await, 0);
        assert_eq!(number(app, "select count(*) from audit where stream like 'case:%'").await, 0);
        assert!(test.messages_to(&answers(1)["applicant_phone"], "case_submitted").await.is_empty());
    }
}

#[tokio::test]
async fn what_another_window_changed_meanwhile_is_not_handed_in_unseen() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        drafts::save(app, &draft, 1, &only("buried_on", "2026-05-11"), now).await.unwrap();
        let outcome = submit::submit(app, &draft, Locale::Zh, None, now).await;
        assert_eq!(refused(outcome), Some(Refusal::DraftChanged));
        test.wait(drafts::lifetime(app));
        let outcome = submit::submit(app, &draft, Locale::Zh, None, test.now()).await;
        assert_eq!(refused(outcome), Some(Refusal::DraftOver));
        assert_eq!(number(app, CASES).await, 0);
    }
}

#[tokio::test]
async fn a_case_opens_with_its_own_token_and_no_other() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let [one, other] = [drafted(&test, &answers(1), None).await, drafted(&test, &answers(2), None).await];
        let one = submit::submit(app, &one, Locale::Zh, None, now).await.unwrap();
        let other = submit::submit(app, &other, Locale::Zh, None, now).await.unwrap();
        assert!(family::by_token(app, one.reference, one.manage_token.reveal()).await.is_ok());
        for token in [other.manage_token.reveal(), "", "none"] {
            let refused = family::by_token(app, one.reference, token).await.unwrap_err();
            assert!(matches!(refused, Error::Problem(Problem::Unauthorized)), "{token:?}");
        }
    }
}
