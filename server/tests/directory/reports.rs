//! What people say is wrong with a place is kept for a while, and then nowhere.

use chrono::TimeDelta;
use server::Error;
use server::audit::verify_all;
use server::database::sql::int;
use server::directory::reports::{self, UNANSWERED_DAYS};
use server::domains::streams;
use server::jobs;
use shared::appointments::BookingReference;
use shared::directory::Report;
use shared::places::PlaceId;
use shared::plain_words::PlainWords;
use shared::problem::Problem;

use crate::support::{Setup, TestApp, people, test_apps};

async fn report(test: &TestApp, words: &str) -> BookingReference {
    let place = PlaceId::parse("es-440305007").unwrap();
    let report = Report::read("hours", words, "0755-26661013").unwrap();
    reports::make(&test.app, &people::nobody(), &place, (&report, None), test.now()).await.unwrap()
}

async fn is_kept_after_a_round(test: &TestApp, receipt: &BookingReference) -> bool {
    jobs::round(&test.app, test.now()).await.unwrap();
    reports::one(&test.app, &people::nobody(), receipt).await.unwrap().is_some()
}

#[tokio::test]
async fn a_report_goes_some_days_after_its_answer_and_one_that_nobody_answers_after_a_year() {
    for test in test_apps(Setup::default()).await {
        let (answered, silent) = (report(&test, "星期三下午不开门").await, report(&test, "门口的牌子换了").await);
        test.wait(TimeDelta::days(3));
        let words = PlainWords::parse("已经核实，时间改好了").unwrap();
        reports::answer(&test.app, &answered, &words, test.now()).await.unwrap();
        let second = TimeDelta::seconds(1);
        test.wait(TimeDelta::days(test.app.settings().keep_days.into()) - second);
        assert!(is_kept_after_a_round(&test, &answered).await);
        test.wait(second);
        assert!(!is_kept_after_a_round(&test, &answered).await);
        assert!(is_kept_after_a_round(&test, &silent).await, "nobody has answered it yet");
        let made = TimeDelta::days(i64::from(UNANSWERED_DAYS) - 3 - i64::from(test.app.settings().keep_days));
        test.wait(made - second);
        assert!(is_kept_after_a_round(&test, &silent).await);
        test.wait(second);
        assert!(!is_kept_after_a_round(&test, &silent).await);
    }
}

#[tokio::test]
async fn an_answer_is_written_over_only_by_whoever_says_so_and_then_has_its_own_day() {
    for test in test_apps(Setup::default()).await {
        let receipt = report(&test, "星期三下午不开门").await;
        let words = |text: &str| PlainWords::parse(text).unwrap();
        let answered = async || {
            let kept = reports::one(&test.app, &people::nobody(), &receipt).await.unwrap().unwrap();
            kept.answered.map(|(at, words)| (at, words.as_str().to_owned()))
        };
        let first = test.now();
        reports::answer(&test.app, &receipt, &words("已经核实，时间改好了"), first).await.unwrap();
        test.wait(TimeDelta::days(1));
        let refused = reports::answer(&test.app, &receipt, &words("我们再去看看"), test.now()).await;
        let Err(Error::Problem(Problem::Fields(errors))) = refused else { panic!("{refused:?}") };
        assert_eq!(errors.iter().next().unwrap().reason.code(), "report_answered");
        assert_eq!(answered().await, Some((first, "已经核实，时间改好了".to_owned())));
        reports::answer_again(&test.app, &receipt, &words("我们再去看看"), test.now()).await.unwrap();
        assert_eq!(answered().await, Some((test.now(), "我们再去看看".to_owned())));
        let nothing = BookingReference::from_random(7);
        let missing = reports::answer(&test.app, &nothing, &words("我们再去看看"), test.now()).await;
        assert!(matches!(missing, Err(Error::Problem(Problem::NotFound))));
        assert!(verify_all(test.app.database(), streams()).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn nothing_of_what_somebody_said_stays_in_the_record_but_that_it_was_said_and_answered() {
    for test in test_apps(Setup::default()).await {
        let receipt = report(&test, "星期三下午不开门").await;
        let words = PlainWords::parse("已经核实，时间改好了").unwrap();
        reports::answer(&test.app, &receipt, &words, test.now()).await.unwrap();
        test.wait(TimeDelta::days(400));
        assert!(!is_kept_after_a_round(&test, &receipt).await);
        let mut connection = test.connection().await;
        for (table, expected) in [
            ("place_report", 0),
            ("audit where detail like '%星期三下午%' or detail like '%26661013%'", 0),
            ("audit where act = 'wrong_reported' and detail like '%hours%'", 1),
            ("audit where act = 'wrong_answered' and detail like '%时间改好了%'", 1),
            ("audit where act = 'wrong_erased'", 1),
        ] {
            let statement = sqlx::AssertSqlSafe(format!("select count(*) as n from {table}"));
            let row = sqlx::query(statement).fetch_one(&mut connection).await.unwrap();
            assert_eq!(int(&row, "n").unwrap(), expected, "{table}");
        }
        assert!(verify_all(test.app.database(), streams()).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_press_that_comes_twice_makes_one_report() {
    for test in test_apps(Setup::default()).await {
        let place = PlaceId::parse("es-440305007").unwrap();
        let make = async |words: &str, press: &str| {
            let report = Report::read("hours", words, "").unwrap();
            reports::make(&test.app, &people::nobody(), &place, (&report, Some(press)), test.now()).await.unwrap()
        };
        let (one, twin) = tokio::join!(make("星期三下午不开门", "press"), make("星期三下午不开门", "press"));
        assert_eq!(one, twin, "both at once");
        assert_eq!(make("星期三下午不开门", "press").await, one, "and one after the other");
        assert_ne!(make("星期四也不开门", "press").await, one, "other words are another report");
        assert_ne!(make("星期三下午不开门", "other").await, one, "and so is another page");
        let row = sqlx::query("select count(*) as n from audit where act = 'wrong_reported'");
        let row = row.fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!((reports::waiting(&test.app).await.unwrap().len(), int(&row, "n").unwrap()), (3, 3));
        assert!(verify_all(test.app.database(), streams()).await.unwrap().is_ok());
    }
}
