//! Submissions that break off between any two steps: none is lost and none is doubled. `make soak` has ten thousand.

mod acts;

use std::env;
use std::pin::Pin;
use std::task::{Context, Poll};

use server::appointments::booking::idempotency::RequestKey;
use server::database::Backend;
use server::procedures::drafts::{self, Begun, Draft};
use server::procedures::family;
use server::procedures::submit::{self, Submitted};
use shared::locale::Locale;

use super::super::counter::hall::{holds, number, setup};
use super::super::support::{TestApp, people::nobody, test_apps};
use super::desk::{answers, drafted, offered};

/// So many on each database.
const SHORT: usize = 48;
/// Places in the work at which it breaks off, one after the other; at the last of them it does not.
const PLACES: usize = 24;

/// Work that is asked to go on so often, and then dropped, as by a process that ends or a client that goes away.
struct Broken<F> {
    work: Pin<Box<F>>,
    steps: usize,
}

impl<F: Future> Broken<F> {
    fn off(work: F, steps: usize) -> Self {
        Self { work: Box::pin(work), steps }
    }
}

impl<F: Future> Future for Broken<F> {
    /// Nothing where it broke off.
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.steps == 0 {
            return Poll::Ready(None);
        }
        self.steps -= 1;
        self.work.as_mut().poll(context).map(Some)
    }
}

fn count() -> usize {
    env::var("HUIMIN_FAULTS").ok().and_then(|count| count.parse().ok()).unwrap_or(SHORT)
}

/// Loads the draft and hands it in under the key of its family.
async fn hands_in(test: &TestApp, begun: &Begun, key: &RequestKey) -> Submitted {
    let draft = loaded(test, begun).await;
    submit::submit(&test.app, (&draft, &nobody()), Locale::Zh, Some(key), test.now()).await.unwrap()
}

async fn loaded(test: &TestApp, begun: &Begun) -> Draft {
    drafts::load(&test.app, &begun.id, &begun.token, test.now()).await.unwrap()
}

/// Keeps everything that the `n`th family types.
async fn fills_in(test: &TestApp, begun: &Begun, n: usize) {
    let draft = loaded(test, begun).await;
    drafts::save(&test.app, &draft, draft.version, &answers(n), test.now()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn submissions_that_break_off_anywhere_are_none_lost_and_none_doubled() {
    for test in test_apps(setup()).await {
        let (mut broken_off, mut whole) = (0, 0);
        for n in 0..count() {
            let place = n % PLACES;
            let steps = if place == PLACES - 1 { usize::MAX } else { 2 * place };
            let begun = drafts::begin(&test.app, &offered(&test), None, test.now()).await.unwrap();
            // Whoever got no answer sends the same again.
            Broken::off(fills_in(&test, &begun, n), steps).await;
            fills_in(&test, &begun, n).await;
            let key = RequestKey::new(test.app.keys(), begun.id.as_str(), "once", b"the same").unwrap();
            let first = Broken::off(hands_in(&test, &begun, &key), steps).await;
            let again = hands_in(&test, &begun, &key).await;
            match first {
                Some(first) => {
                    whole += 1;
                    assert_eq!((first.reference, &first.receipt), (again.reference, &again.receipt));
                }
                None => broken_off += 1,
            }
            let token = again.manage_token.reveal();
            family::by_token(&test.app, again.reference, token).await.unwrap();
        }
        assert!(broken_off > 0 && whole > 0, "{broken_off} broke off and {whole} did not");
        let all = i64::try_from(count()).unwrap();
        for statement in [
            "select count(*) from procedure_case",
            "select count(*) from procedure_once",
            "select count(*) from audit where act = 'case_submitted'",
            "select count(*) from outbox where kind = 'case_submitted'",
            "select count(*) from application_draft where submitted is not null",
        ] {
            assert_eq!(number(&test.app, statement).await, all, "{statement}");
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_submission_that_the_database_breaks_off_at_any_of_its_tables_leaves_nothing_behind() {
    for test in test_apps(setup()).await {
        let draft = drafted(&test, &answers(1), None).await;
        for (table, act) in [
            ("procedure_rules", "insert"),
            ("procedure_case", "insert"),
            ("application_draft", "update"),
            ("procedure_once", "insert"),
            ("case_named", "insert"),
            ("audit", "insert"),
            ("outbox", "insert"),
        ] {
            let [breaks, mends] = fault(&test, table, ("before", act));
            run(&test, breaks).await;
            let refused = submit::submit(&test.app, (&draft, &nobody()), Locale::Zh, None, test.now()).await;
            assert!(refused.is_err(), "{table} was not asked");
            run(&test, mends).await;
            for statement in [
                "select count(*) from procedure_case",
                "select count(*) from procedure_once",
                "select count(*) from case_named",
                "select count(*) from audit where stream like 'case:%'",
                "select count(*) from outbox where kind = 'case_submitted'",
            ] {
                assert_eq!(number(&test.app, statement).await, 0, "{table}: {statement}");
            }
        }
        let submitted = submit::submit(&test.app, (&draft, &nobody()), Locale::Zh, None, test.now()).await.unwrap();
        assert_eq!(number(&test.app, "select count(*) from procedure_case").await, 1, "{}", submitted.reference);
        holds(&test).await;
    }
}

/// What makes a table refuse an act, before or after it, and what takes that back.
fn fault(test: &TestApp, table: &str, (when, act): (&str, &str)) -> [String; 2] {
    match test.backend() {
        Backend::Sqlite => [
            format!("create trigger fault {when} {act} on {table} begin select raise(abort, 'a fault'); end"),
            "drop trigger fault".to_owned(),
        ],
        Backend::Postgres => [
            format!(
                "create function fault() returns trigger language plpgsql as $$ begin raise exception 'a fault'; end $$; \
                 create trigger fault {when} {act} on {table} for each row execute function fault()"
            ),
            format!("drop trigger fault on {table}; drop function fault()"),
        ],
    }
}

async fn run(test: &TestApp, statement: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut test.connection().await).await.unwrap();
}
