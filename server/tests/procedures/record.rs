//! What is kept tells nothing of anybody to whoever has a copy, is found where somebody changed it, and outlives a change of keys.

use server::database::sql::sql;
use server::keys::rotate::rotate;
use server::keys::token::Purpose;
use server::procedures::papers::{self, Tray};
use server::procedures::queue::Queue;
use server::procedures::ratings::{self, follow};
use server::procedures::{acts, cases, drafts, export, family, notes, submit, talk};
use server::{audit, domains};
use shared::locale::Locale;
use shared::procedures::{Act, DraftToken, Outcome, Rating};

use super::super::counter::hall::{holds, number, setup};
use super::super::secrecy;
use super::super::support::people::nobody;
use super::super::support::test_apps;
use super::desk::{act, answers, approver, drafted, jobs, proposes, reviewer, seen, signed, submitted, with_times};

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

/// What people write of a case, each in its place.
const NAME: &str = "赵演示的身份证";
const READ: &str = "和窗口的证件核对。";
const FULL: &str = "核对银行卡号。";
const NOTE: &str = "打过电话，家属明天带证明来。";
const TAKEN: &str = "周会上一起看积压的申请。";
const GROUND: &str = "去世那天的户口不在本市。";
const RATED: &str = "等了很久才有人回复";
const FOLLOWED: &str = "已经打电话问清楚。";
/// A sentence in a file.
const WITHIN: &str = "nobody reads what this page says";

#[tokio::test]
async fn a_copy_of_everything_shows_no_file_and_no_word_that_somebody_wrote_of_a_case() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let [by, signs, other] = [reviewer(&test, 11).await, approver(&test, 12).await, reviewer(&test, 13).await];
        let pdf = format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Page /Title ({WITHIN}) >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
        );
        let draft = drafted(&test, &answers(1), None).await;
        let tray = Tray::of_draft(&draft).unwrap();
        let name = format!("{NAME}.pdf");
        let file = tray.take(app, ("cremation_proof", &name), pdf.into_bytes(), now).await.unwrap();
        assert_eq!(file.name, name);
        let submitted = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap();
        let token = submitted.manage_token.reveal();
        let family = family::by_token(app, submitted.reference, token).await.unwrap();
        let id = family.id().clone();
        papers::look(app, &by, (&id, &file.id), Some(READ), now).await.map(drop).unwrap();
        cases::reveal(app, &by, &id, "account", FULL, now).await.unwrap();
        notes::leave(app, &by, &id, NOTE, now).await.unwrap();
        export::take(app, &by, Queue::All, TAKEN, now).await.unwrap();
        act(&test, &by, &id, Act::Accept).await.unwrap();
        let version = act(&test, &by, &id, Act::Review).await.unwrap().version;
        acts::act(app, &by, &id, version, proposes(Outcome::Refused), Some(GROUND), now).await.unwrap();
        signed(&test, &id, &signs).await.unwrap();
        let rating = Rating::read("bad", ["slow"], RATED).unwrap();
        ratings::rate(app, &family, &rating, now).await.unwrap();
        follow::follow(app, &other, &id, FOLLOWED, now).await.unwrap();

        let told = cases::for_family(app, submitted.reference, token, now).await.unwrap();
        assert_eq!(told.ground.as_deref(), Some(GROUND), "it is there for whoever may read it");
        let dump = secrecy::dump(&test).await;
        assert!(secrecy::holds(&dump, submitted.reference.as_str()));
        for words in [NAME, READ, FULL, NOTE, TAKEN, GROUND, RATED, FOLLOWED, WITHIN] {
            assert!(!secrecy::holds(&dump, words), "the dump shows: {words}");
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_reason_that_stands_in_the_clear_is_sealed_by_the_clock_and_read_as_before() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        export::take(&test.app, &by, Queue::All, TAKEN, test.now()).await.unwrap();
        // As a server of before writes both.
        let look =
            "insert into case_look (id, case_id, staff_id, field, why, at) values ('older', $1, $2, 'account', $3, $4)";
        let values = [case.id.as_str().into(), by.person().as_str().into(), FULL.into(), test.now().into()];
        sql(look, values).execute(&mut test.connection().await).await.unwrap();
        let taken = "update case_export set sealed = null, why = $1";
        sql(taken, [TAKEN.into()]).execute(&mut test.connection().await).await.unwrap();
        for _ in 0..2 {
            let looks = seen(&test, &by, &case.id).await.looks;
            let read = looks.iter().find(|look| look.field.is_some()).unwrap();
            assert_eq!(read.why.as_deref(), Some(FULL));
            assert_eq!(export::taken(&test.app, &by).await.unwrap()[0].why, TAKEN);
            jobs(&test).await;
        }
        let plain = "select (select count(*) from case_look where why <> '') + (select count(*) from case_export where why <> '')";
        assert_eq!(number(&test.app, plain).await, 0);
        assert!(rotate(&test.app).await.unwrap() >= 3, "both reasons and the case are sealed anew");
        assert_eq!(export::taken(&test.app, &by).await.unwrap()[0].why, TAKEN);
        holds(&test).await;
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
