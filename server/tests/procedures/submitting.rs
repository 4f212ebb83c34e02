//! A draft becomes one case, however often it is handed in.

use server::Error;
use server::appointments::booking::idempotency::RequestKey;
use server::client::Client;
use server::keys::token::Purpose;
use server::procedures::drafts;
use server::procedures::submit::{self, NotSubmitted};
use server::procedures::{
    cases::{self, Texts},
    family,
};
use shared::identity::Phone;
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{Act, DraftToken, Refusal, State, StateName};

use super::super::counter::hall::{holds, number, setup};
use super::super::support::{Setup, TestApp, people::nobody, test_apps};
use super::desk::{act, answers, but, drafted, only, reviewer, seen};

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
        let asker = nobody();
        let (one, other) = tokio::join!(
            submit::submit(app, (&draft, &asker), Locale::Zh, None, now),
            submit::submit(app, (&draft, &asker), Locale::Zh, None, now),
        );
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!((one.reference, &one.receipt), (other.reference, &other.receipt));
        assert!(one.is_texted && other.is_texted);
        assert_eq!(one.receipt.len(), 64);
        // The window that stayed open, and a page that loads the draft anew.
        let again = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap();
        let token = DraftToken::parse(&app.keys().token(Purpose::Draft, draft.id.as_str())).unwrap();
        let loaded = drafts::load(app, &draft.id, &token, now).await.unwrap();
        assert!(loaded.submitted.is_some() && loaded.typed.is_empty());
        let later = submit::submit(app, (&loaded, &nobody()), Locale::Zh, None, now).await.unwrap();
        assert_eq!([again.reference, later.reference], [one.reference; 2]);
        assert!(again.is_texted && later.is_texted);
        assert_eq!(number(app, CASES).await, 1);
        let texts = test.messages_to(&answers(1)["applicant_phone"], "case_submitted").await;
        assert_eq!(texts.len(), 1);
        assert!(texts[0].contains(&one.reference.to_string()), "{}", texts[0]);

        let case = cases::for_family(app, one.reference, one.manage_token.reveal(), now).await.unwrap();
        assert_eq!((case.state, case.version, &case.receipt), (State::Submitted, 0, &one.receipt));
        holds(&test).await;
    }
}

/// Hands in the application of the `n`th family, whose phone is said to be this, from an address.
async fn with_phone(test: &TestApp, n: usize, phone: &str, last: u8) -> submit::Submitted {
    let draft = drafted(test, &but(answers(n), "applicant_phone", phone), None).await;
    let asker = Client { address: [203, 0, 113, last].into(), session: None };
    submit::submit(&test.app, (&draft, &asker), Locale::Zh, None, test.now()).await.unwrap()
}

async fn texts(test: &TestApp, made: &submit::Submitted) -> Texts {
    let case = cases::for_family(&test.app, made.reference, made.manage_token.reveal(), test.now()).await;
    case.unwrap().texts
}

#[tokio::test]
async fn a_phone_that_nobody_proved_is_sent_few_texts_and_every_application_is_taken() {
    for test in test_apps(Setup { rate_limit: true, ..setup() }).await {
        let phone = answers(1)["applicant_phone"].clone();
        let mut made = Vec::new();
        for n in 1..=5 {
            made.push(with_phone(&test, n, &phone, 1).await);
        }
        assert_eq!(test.messages_to(&phone, "case_submitted").await.len(), 3);
        let told: Vec<_> = made.iter().map(|made| made.is_texted).collect();
        assert_eq!(told, [true, true, true, false, false]);
        assert_eq!((texts(&test, &made[0]).await, texts(&test, &made[4]).await), (Texts::All, Texts::Later));
        assert!(with_phone(&test, 6, &phone, 2).await.is_texted, "whoever asks elsewhere is told");
        assert!(with_phone(&test, 7, &answers(7)["applicant_phone"], 1).await.is_texted, "and so are other phones");
        assert_eq!(number(&test.app, CASES).await, 7);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_phone_of_a_country_that_is_sent_no_codes_is_sent_nothing_of_a_case_and_the_receipt_says_so() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let made = with_phone(&test, 1, "+7 9161234567", 1).await;
        assert!(!made.is_texted);
        assert_eq!(texts(&test, &made).await, Texts::None);
        let family = family::by_token(&test.app, made.reference, made.manage_token.reveal()).await.unwrap();
        assert!(!seen(&test, &by, family.id()).await.is_reached, "whoever works on it is told too");
        act(&test, &by, family.id(), Act::Ask { items: vec!["buried_on".to_owned()] }).await.unwrap();
        assert!(test.messages().await.iter().all(|text| !text.kind.starts_with("case_")));
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_the_office_does_is_texted_abroad_out_of_the_budget_of_a_day_and_done_without_it_too() {
    for test in test_apps(Setup { rate_limit: true, ..setup() }).await {
        let by = reviewer(&test, 11).await;
        let phones = ["+852 9123 4501", "+852 9123 4502"].map(|number| Phone::parse(number).unwrap());
        let asks = || Act::Ask { items: vec!["buried_on".to_owned()] };
        for (n, phone) in phones.iter().enumerate() {
            let made = with_phone(&test, n + 1, phone.as_str(), 1).await;
            let family = family::by_token(&test.app, made.reference, made.manage_token.reveal()).await.unwrap();
            if n == 1 {
                while test.app.limits().text_of_case(phone) {}
            }
            let asked = act(&test, &by, family.id(), asks()).await.unwrap();
            assert_eq!(asked.state.name(), StateName::Supplementing);
            assert_eq!(test.messages_to(phone.as_str(), "case_asked").await.len(), 1 - n);
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_same_key_gives_the_same_case_and_another_body_with_it_is_refused() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        let first = submit::submit(app, (&draft, &nobody()), Locale::Zh, Some(&key(&test, "a")), now).await.unwrap();
        let again = submit::submit(app, (&draft, &nobody()), Locale::Zh, Some(&key(&test, "a")), now).await.unwrap();
        assert_eq!(first.reference, again.reference);
        let other =
            submit::submit(app, (&draft, &nobody()), Locale::Zh, Some(&key(&test, "b")), now).await.unwrap_err();
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
        let refused = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap_err();
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
        let outcome = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await;
        assert_eq!(refused(outcome), Some(Refusal::DraftChanged));
        test.wait(drafts::lifetime(app));
        let outcome = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, test.now()).await;
        assert_eq!(refused(outcome), Some(Refusal::DraftOver));
        assert_eq!(number(app, CASES).await, 0);
    }
}

#[tokio::test]
async fn a_case_opens_with_its_own_token_and_no_other() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let [one, other] = [drafted(&test, &answers(1), None).await, drafted(&test, &answers(2), None).await];
        let one = submit::submit(app, (&one, &nobody()), Locale::Zh, None, now).await.unwrap();
        let other = submit::submit(app, (&other, &nobody()), Locale::Zh, None, now).await.unwrap();
        assert!(family::by_token(app, one.reference, one.manage_token.reveal()).await.is_ok());
        for token in [other.manage_token.reveal(), "", "none"] {
            let refused = family::by_token(app, one.reference, token).await.unwrap_err();
            assert!(matches!(refused, Error::Problem(Problem::Unauthorized)), "{token:?}");
        }
    }
}
