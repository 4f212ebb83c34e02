//! A family and the office write to each other: who has read what, what waits for an answer, and whose words they are.

use chrono::TimeDelta;
use server::Error;
use server::procedures::cases::{self, Queue, Side};
use server::procedures::talk::{self, Line, MOST};
use server::procedures::unsettled::{self, Waiting};
use server::procedures::{acts, own};
use server::staff::authority::Staff;
use shared::problem::Problem;
use shared::procedures::{Act, CaseReference, Refusal, Typed};
use shared::staff::Role;

use super::super::counter::hall::{holds, is_not_allowed, number, setup, staff_at};
use super::super::support::{TestApp, test_apps};
use super::desk::{Handed, act, answers, refused, reviewer, submitted};

const ASKED: &str = "请问办得怎么样了？";

async fn asks(test: &TestApp, case: &Handed, words: &str) {
    talk::ask(&test.app, &case.family, words, test.now()).await.unwrap();
}

async fn read_by_family(test: &TestApp, case: &Handed) -> Vec<Line> {
    talk::of_family(&test.app, &case.family, test.now()).await.unwrap()
}

/// Cases whose families wait for an answer.
async fn waiting(test: &TestApp, by: &Staff) -> Vec<CaseReference> {
    let page = cases::queue(&test.app, by, Queue::FamilyWrote, 0, test.now()).await.unwrap();
    page.rows.into_iter().map(|row| row.reference).collect()
}

#[tokio::test]
async fn both_sides_see_what_was_written_and_that_the_other_has_read_it() {
    for test in test_apps(setup()).await {
        let (app, by) = (&test.app, reviewer(&test, 11).await);
        let case = submitted(&test, 1).await;
        asks(&test, &case, ASKED).await;
        assert_eq!(waiting(&test, &by).await, [case.submitted.reference]);
        assert_eq!(read_by_family(&test, &case).await[0].seen_at, None);

        test.wait(TimeDelta::minutes(1));
        let talk = talk::of_case(app, &by, &case.id, test.now()).await.unwrap();
        let asked = &talk.lines[0];
        assert_eq!((asked.side, asked.by.as_ref(), asked.words.zh.as_str()), (Side::Family, None, ASKED));
        assert_eq!(talk.waits_since, Some(asked.at));
        assert_eq!(read_by_family(&test, &case).await[0].seen_at, Some(test.now()));

        let said = ("waiting", "下周再看一次。");
        talk::answer(app, &by, &case.id, said, Some(asked.at), test.now()).await.unwrap();
        assert!(waiting(&test, &by).await.is_empty());
        let told = test.messages_to(&answers(1)["applicant_phone"], "case_message").await;
        assert!(told.len() == 1 && !told[0].contains("下周"), "the text says only that something waits: {told:?}");
        assert_eq!(talk::unread_of_family(app, &case.family).await.unwrap(), 1);
        let lines = read_by_family(&test, &case).await;
        let answered = &lines[1];
        assert_eq!((answered.side, answered.by.as_ref()), (Side::Office, None), "no name for the family's eyes");
        assert!(answered.words.zh.ends_with("下周再看一次。") && answered.words.en.starts_with("Your application"));
        assert_eq!(talk::unread_of_family(app, &case.family).await.unwrap(), 0);
        let talk = talk::of_case(app, &by, &case.id, test.now()).await.unwrap();
        assert_eq!((talk.lines[1].by.as_ref(), talk.lines[1].seen_at), (Some(by.person()), Some(test.now())));
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_came_after_somebody_looked_waits_on_and_what_needs_no_answer_does_not() {
    for test in test_apps(setup()).await {
        let (app, by) = (&test.app, reviewer(&test, 11).await);
        let case = submitted(&test, 1).await;
        asks(&test, &case, ASKED).await;
        let seen = talk::of_case(app, &by, &case.id, test.now()).await.unwrap().lines[0].at;
        test.wait(TimeDelta::seconds(1));
        asks(&test, &case, "刚才忘了说，证明已经寄出。").await;
        talk::answer(app, &by, &case.id, ("", "正在核对。"), Some(seen), test.now()).await.unwrap();
        let talk = talk::of_case(app, &by, &case.id, test.now()).await.unwrap();
        assert_eq!(talk.waits_since, Some(talk.lines[1].at));
        let settle = async |until| {
            unsettled::settle(app, &by, (&case.id, Waiting::Messages), until, test.now()).await.unwrap();
        };
        settle(seen).await;
        assert_eq!(waiting(&test, &by).await.len(), 1, "whoever pressed has seen less than what waits");
        settle(test.now()).await;
        settle(test.now()).await;
        assert!(waiting(&test, &by).await.is_empty());
        let settled = "select count(*) from audit where act = 'case_settled'";
        assert_eq!(number(app, settled).await, 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_second_press_says_nothing_twice_and_nobody_writes_without_end() {
    for test in test_apps(setup()).await {
        let (app, by) = (&test.app, reviewer(&test, 11).await);
        let case = submitted(&test, 1).await;
        asks(&test, &case, ASKED).await;
        asks(&test, &case, ASKED).await;
        assert_eq!(read_by_family(&test, &case).await.len(), 1);
        for n in 1..MOST {
            test.wait(TimeDelta::seconds(1));
            asks(&test, &case, &format!("再问一次，第 {n} 遍。")).await;
        }
        let more = talk::ask(app, &case.family, "还想再问一次。", test.now()).await;
        assert_eq!(refused(more), Some(Refusal::WrittenOften));
        // Another family's messages are counted by themselves.
        let other = submitted(&test, 2).await;
        asks(&test, &other, ASKED).await;
        talk::answer(app, &by, &case.id, ("waiting", ""), Some(test.now()), test.now()).await.unwrap();
        asks(&test, &case, "还想再问一次。").await;
        let not_said = talk::ask(app, &case.family, "请打 13800138000 找我", test.now()).await;
        assert!(not_said.is_err(), "nobody is named by a number");
        holds(&test).await;
    }
}

#[tokio::test]
async fn whom_a_case_passes_on_to_reads_no_words_of_another() {
    for test in test_apps(setup()).await {
        let (app, by) = (&test.app, reviewer(&test, 11).await);
        let case = submitted(&test, 1).await;
        asks(&test, &case, ASKED).await;
        talk::answer(app, &by, &case.id, ("received", ""), None, test.now()).await.unwrap();
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        let own_page = ["relation", "applicant_name", "applicant_id", "applicant_phone", "account"];
        let relative: Typed = answers(2).into_iter().filter(|(field, _)| own_page.contains(&field.as_str())).collect();
        acts::pass(app, &by, &case.id, 1, &relative, "申请人去世了，由女儿接着办。", test.now()).await.unwrap();
        assert!(read_by_family(&test, &case).await.is_empty());
        assert_eq!(talk::unread_of_family(app, &case.family).await.unwrap(), 0);
        let phone = own::phone(app, &case.family).await;
        assert!(matches!(phone, Err(Error::Problem(Problem::Unauthorized))), "it is not theirs any more");
        assert_eq!(talk::of_case(app, &by, &case.id, test.now()).await.unwrap().lines.len(), 2, "the office reads all");
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_only_pays_reads_along_and_neither_writes_nor_counts_as_a_reader() {
    for test in test_apps(setup()).await {
        let case = submitted(&test, 1).await;
        asks(&test, &case, ASKED).await;
        let pays = staff_at(&test, 12, Role::Finance, "nanshan").await;
        let written = talk::answer(&test.app, &pays, &case.id, ("received", ""), None, test.now()).await;
        assert!(is_not_allowed(&written));
        let what = (&case.id, Waiting::Messages);
        assert!(is_not_allowed(&unsettled::settle(&test.app, &pays, what, test.now(), test.now()).await));
        assert_eq!(talk::of_case(&test.app, &pays, &case.id, test.now()).await.unwrap().lines.len(), 1);
        assert_eq!(read_by_family(&test, &case).await[0].seen_at, None);
    }
}
