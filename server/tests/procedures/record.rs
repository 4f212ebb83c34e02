//! What is kept tells nothing of anybody to whoever has a copy, is found where somebody changed it, and outlives a change of keys.

use server::keys::rotate::rotate;
use server::keys::token::Purpose;
use server::procedures::{drafts, talk};
use server::{audit, domains};
use shared::procedures::{Act, DraftToken};

use super::super::counter::hall::{holds, setup};
use super::super::secrecy;
use super::super::support::test_apps;
use super::desk::{act, answers, drafted, reviewer, seen, submitted, with_times};

#[tokio::test]
async fn a_copy_of_the_database_names_nobody_who_applied_or_was_about_to() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        let written = ["老家的院子里有一棵桂花树。", "我们记下了，谢谢您告诉我们。"];
        talk::ask(&test.app, &case.family, written[0], test.now()).await.unwrap();
        talk::answer(&test.app, &by, &case.id, ("", written[1]), None, test.now()).await.unwrap();
        let draft = drafted(&test, &answers(2), None).await;
        let dump = secrecy::dump(&test).await;
        let reference = case.submitted.reference;
        assert!(secrecy::holds(&dump, reference.as_str()), "the dump must hold what is stored in the clear");
        let token = test.app.keys().token(Purpose::Draft, draft.id.as_str());
        for secret in [case.submitted.manage_token.reveal(), &token] {
            assert!(!secrecy::holds(&dump, secret), "the dump shows a token");
        }
        for words in written {
            assert!(!secrecy::holds(&dump, words), "the dump shows a message");
        }
        for n in [1, 2] {
            let typed = answers(n);
            for field in ["deceased_name", "applicant_name"] {
                assert!(!secrecy::holds(&dump, &typed[field]), "the dump shows {field}");
            }
            for field in ["deceased_id", "proof_number", "applicant_id", "applicant_phone", "account"] {
                // Nor all but the first sign of it.
                assert!(!secrecy::holds(&dump, &typed[field][1..]), "the dump shows {field}");
            }
        }
    }
}

#[tokio::test]
async fn a_case_that_somebody_rewrote_in_the_database_is_found() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        holds(&test).await;
        for (statement, back) in [
            ("update procedure_case set region = '110000'", "update procedure_case set region = '440300'"),
            ("update procedure_case set state = 'withdrawn'", "update procedure_case set state = 'accepted'"),
            (
                "update procedure_case set state_json = '{\"state\":\"submitted\"}'",
                "update procedure_case set state_json = '{\"state\":\"accepted\"}'",
            ),
            ("update procedure_case set version = 7", "update procedure_case set version = 1"),
        ] {
            let mut connection = test.connection().await;
            sqlx::query(statement).execute(&mut connection).await.unwrap();
            let broken = audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap_err();
            assert_eq!(broken.0, format!("case:{}", case.id), "{statement}");
            sqlx::query(back).execute(&mut connection).await.unwrap();
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_case_and_a_draft_open_under_a_new_key() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        talk::ask(&test.app, &case.family, "请问办好了吗？", test.now()).await.unwrap();
        let draft = drafted(&test, &answers(2), None).await;
        assert!(rotate(&test.app).await.unwrap() >= 4, "the case, both drafts and the message");
        assert_eq!(seen(&test, &by, &case.id).await.version, 0);
        let talk = talk::of_case(&test.app, &by, &case.id, test.now()).await.unwrap();
        assert_eq!(talk.lines[0].words.zh, "请问办好了吗？");
        let token = test.app.keys().token(Purpose::Draft, draft.id.as_str());
        let token = DraftToken::parse(&token).unwrap();
        let loaded = drafts::load(&test.app, &draft.id, &token, test.now()).await.unwrap();
        assert_eq!(loaded.typed, answers(2));
    }
}

#[tokio::test]
async fn a_case_stays_under_the_rules_under_which_it_was_handed_in() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        with_times(&test, "clock = { days = 10, unit = \"working\", source = \"sz2023\" }");
        let shown = act(&test, &by, &case.id, Act::Accept).await.unwrap();
        assert!(shown.offered.procedure.clock.is_none() && shown.latest_on.is_none(), "no time was promised then");
        let later = submitted(&test, 2).await;
        assert!(act(&test, &by, &later.id, Act::Accept).await.unwrap().latest_on.is_some());
        holds(&test).await;
    }
}
