//! What families say of how they were served: once it is decided, until it is read, and never held against silence.

use server::Error;
use server::procedures::ratings::{self, Rated, follow};
use server::staff::authority::Staff;
use shared::problem::Problem;
use shared::procedures::{Complaint, Grade, Rating, Refusal};

use super::super::counter::hall::{clerk, holds, is_not_allowed, number, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{Handed, approver, granted, refused, reviewer, submitted};

async fn rate(test: &TestApp, case: &Handed, grade: &str, words: &str) -> Result<Rated, Error> {
    let rating = Rating::read(grade, ["slow"], words).unwrap();
    ratings::rate(&test.app, &case.family, &rating, test.now()).await
}

async fn follow(test: &TestApp, by: &Staff, case: &Handed, said: &str) -> Result<(), Error> {
    follow::follow(&test.app, by, &case.id, said, test.now()).await
}

#[tokio::test]
async fn a_family_rates_what_was_decided_and_puts_it_otherwise_until_somebody_has_read_it() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let case = submitted(&test, 1).await;
        assert_eq!(refused(rate(&test, &case, "good", "").await), Some(Refusal::RatedTooEarly));
        granted(&test, &case.id, (&by, &signs)).await;
        assert_eq!(ratings::of_family(&test.app, &case.family).await.unwrap(), None, "silence is no grade");
        assert_eq!(rate(&test, &case, "good", "").await.unwrap().grade, Grade::Good);
        let rated = rate(&test, &case, "bad", "等了很久才有人回复").await.unwrap();
        assert_eq!((rated.grade, rated.reasons), (Grade::Bad, vec![Complaint::Slow]));
        assert_eq!(number(&test.app, "select count(*) from case_rating").await, 1);

        let read = ratings::of_case(&test.app, &by, &case.id, test.now()).await.unwrap().unwrap();
        assert_eq!(read.words.as_deref(), Some("等了很久才有人回复"));
        assert!(read.read_at.is_some());
        assert_eq!(refused(rate(&test, &case, "very_good", "").await), Some(Refusal::RatingRead));
        assert!(rate(&test, &case, "bad", "等了很久才有人回复").await.is_ok(), "the same again is no change");
        let mut connection = test.connection().await;
        let behind = sqlx::raw_sql("update case_rating set grade = 5").execute(&mut connection).await;
        assert!(behind.is_err(), "the database keeps it too");
        drop(connection);
        holds(&test).await;
    }
}

#[tokio::test]
async fn nobody_fills_the_record_of_a_case_by_rating_it_again_and_again() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let case = submitted(&test, 1).await;
        granted(&test, &case.id, (&by, &signs)).await;
        let grades = ["good", "fair"];
        for n in 0..ratings::MOST {
            rate(&test, &case, grades[usize::from(n % 2 == 1)], "").await.unwrap();
        }
        assert_eq!(refused(rate(&test, &case, "good", "").await), Some(Refusal::RatedOften));
        assert_eq!(ratings::of_family(&test.app, &case.family).await.unwrap().unwrap().grade, Grade::Fair);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_bad_rating_waits_for_somebody_who_did_not_work_on_the_case() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let other = reviewer(&test, 13).await;
        let (case, content) = (submitted(&test, 1).await, submitted(&test, 2).await);
        for one in [&case, &content] {
            granted(&test, &one.id, (&by, &signs)).await;
        }
        rate(&test, &content, "fair", "").await.unwrap();
        rate(&test, &case, "very_bad", "多跑了两趟").await.unwrap();
        for (who, is_own) in [(&by, true), (&signs, true), (&other, false)] {
            let waiting = follow::waiting(&test.app, who).await.unwrap();
            assert_eq!(waiting.iter().map(|task| (&task.id, task.is_own)).collect::<Vec<_>>(), [(&case.id, is_own)]);
            assert_eq!(follow::count(&test.app, who).await.unwrap().to_string(), "1");
        }
        for who in [&by, &signs] {
            let own = follow(&test, who, &case, "已经打电话问清楚。").await;
            assert_eq!(refused(own), Some(Refusal::RatingOfYourWork));
        }
        let at_desk = clerk(&test, 14).await;
        assert!(is_not_allowed(&follow(&test, &at_desk, &case, "已经打电话问清楚。").await));
        assert!(matches!(follow(&test, &other, &case, " ").await, Err(Error::Problem(Problem::Fields(_)))));
        let mut connection = test.connection().await;
        let behind = "insert into case_follow_up (case_id, staff_id, at, sealed) \
             select c.id, c.approved_by, 1, r.sealed from procedure_case c join case_rating r on r.case_id = c.id";
        assert!(sqlx::raw_sql(behind).execute(&mut connection).await.is_err(), "the database refuses it too");
        drop(connection);

        follow(&test, &other, &case, "已经打电话问清楚，以后一次说全。").await.unwrap();
        assert!(follow::waiting(&test.app, &other).await.unwrap().is_empty());
        assert_eq!(follow::count(&test.app, &other).await.unwrap().to_string(), "0");
        let again = follow(&test, &other, &case, "再问一次。").await;
        assert_eq!(refused(again), Some(Refusal::NothingToFollow));
        let none = follow(&test, &other, &content, "没有差评。").await;
        assert_eq!(refused(none), Some(Refusal::NothingToFollow));
        let theirs = ratings::of_family(&test.app, &case.family).await.unwrap().unwrap().followed.unwrap();
        assert_eq!((theirs.by, theirs.words.as_str()), (None, ""), "that it was done, and not what was said");
        let ours = ratings::of_case(&test.app, &by, &case.id, test.now()).await.unwrap().unwrap().followed.unwrap();
        assert_eq!((ours.by.as_ref(), ours.words.as_str()), (Some(other.person()), "已经打电话问清楚，以后一次说全。"));
        holds(&test).await;
    }
}
