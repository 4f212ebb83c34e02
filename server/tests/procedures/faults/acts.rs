//! Everything that is done to a case, broken off by the database at each table that it writes: nothing of it is left, and the same
//! press does it afterwards. Which tables those are is seen, not listed.

use chrono::TimeDelta;
use server::Error;
use server::database::Backend;
use server::database::sql::{int, sql, text};
use server::procedures::papers::Tray;
use server::procedures::ratings::{self, follow};
use server::procedures::threshold::{self, Answer};
use server::procedures::{acts, cases, cosign, domain, notes};
use server::staff::authority::Staff;
use shared::procedures::{Act, Outcome, Rating, State, Typed};
use shared::staff::Role;

use super::super::super::counter::hall::{holds, setup, staff_at};
use super::super::super::support::{TestApp, test_apps};
use super::super::desk::{
    Handed, PROCEDURE, REGION, answers, approver, jobs, only, proposes, reviewer, seen, submitted, with_times,
};
use super::super::files::{jpeg, photo};
use super::{fault, run};

/// One thing that is done to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Accept,
    Review,
    Ask,
    Photograph,
    Supply,
    Correct,
    Propose,
    Cosign,
    Approve,
    SendBack,
    Pass,
    Close,
    Reopen,
    Withdraw,
    Assign,
    Note,
    Reveal,
    Rate,
    Follow,
    Lapse,
    Silence,
}

impl Step {
    /// The clock's own come last: they let weeks go by.
    const ALL: [Self; 21] = [
        Self::Accept,
        Self::Review,
        Self::Ask,
        Self::Photograph,
        Self::Supply,
        Self::Correct,
        Self::Propose,
        Self::Cosign,
        Self::Approve,
        Self::SendBack,
        Self::Pass,
        Self::Close,
        Self::Reopen,
        Self::Withdraw,
        Self::Assign,
        Self::Note,
        Self::Reveal,
        Self::Rate,
        Self::Follow,
        Self::Lapse,
        Self::Silence,
    ];

    /// What is done before.
    fn after(self) -> &'static [Self] {
        match self {
            Self::Accept | Self::Withdraw | Self::Assign | Self::Note | Self::Reveal | Self::Silence => &[],
            Self::Review | Self::Ask | Self::Pass => &[Self::Accept],
            Self::Photograph | Self::Supply => &[Self::Accept, Self::Ask],
            Self::Correct | Self::Propose => &[Self::Accept, Self::Review],
            Self::Cosign | Self::SendBack | Self::Lapse => &[Self::Accept, Self::Review, Self::Propose],
            Self::Approve => &[Self::Accept, Self::Review, Self::Propose, Self::Cosign],
            Self::Close | Self::Reopen | Self::Rate => {
                &[Self::Accept, Self::Review, Self::Propose, Self::Cosign, Self::Approve]
            }
            Self::Follow => &[Self::Accept, Self::Review, Self::Propose, Self::Cosign, Self::Approve, Self::Rate],
        }
    }
}

/// Those who work on cases.
struct People {
    reviews: Staff,
    signs: Staff,
    pays: Staff,
    follows: Staff,
}

impl People {
    async fn of(test: &TestApp) -> Self {
        let [signs, other] = [approver(test, 12).await, approver(test, 13).await];
        let of = (REGION, PROCEDURE);
        threshold::propose(&test.app, &signs, of, Some(300_000), test.now()).await.unwrap();
        let waits = threshold::of(&test.app, &signs, of, test.now()).await.unwrap().waiting.unwrap().id;
        threshold::decide(&test.app, &other, &waits, Answer::Confirm, test.now()).await.unwrap();
        Self {
            reviews: reviewer(test, 11).await,
            signs,
            pays: staff_at(test, 14, Role::Finance, "nanshan").await,
            follows: reviewer(test, 15).await,
        }
    }
}

/// The case of the `n`th family as it stands before a step, which all have looked at just now.
async fn before(test: &TestApp, people: &People, step: Step, n: usize) -> Handed {
    if matches!(step, Step::Lapse | Step::Silence) {
        // Whatever the clock has to say of other cases is said.
        test.wait(TimeDelta::days(20));
        jobs(test).await;
    }
    let case = submitted(test, n).await;
    for done in step.after() {
        does(test, people, *done, &case).await.unwrap();
    }
    match step {
        Step::Lapse => test.wait(TimeDelta::hours(73)),
        Step::Silence => test.wait(TimeDelta::days(20)),
        _ => {}
    }
    for staff in [&people.reviews, &people.signs, &people.pays, &people.follows] {
        seen(test, staff, &case.id).await;
    }
    case
}

async fn does(test: &TestApp, people: &People, step: Step, case: &Handed) -> Result<(), Error> {
    let People { reviews, signs, pays, follows } = people;
    let (app, now, id) = (&test.app, test.now(), &case.id);
    let (version, hash) = stands(test, case).await;
    let by = async |staff: &Staff, act: Act| {
        acts::act(app, staff, id, version, act, Some("金额：3,000 元"), now).await.map(drop)
    };
    match step {
        Step::Accept => by(reviews, Act::Accept).await,
        Step::Review => by(reviews, Act::Review).await,
        Step::Ask => {
            let items = ["buried_on", "burial_certificate"].map(str::to_owned).to_vec();
            by(reviews, Act::Ask { items }).await
        }
        Step::Photograph => {
            let token = case.submitted.manage_token.reveal();
            let theirs = cases::for_family(app, case.submitted.reference, token, now).await?;
            let tray = Tray::of_case(&theirs)?;
            tray.take(app, ("burial_certificate", "IMG_0001.JPG"), jpeg(&photo(200)), now).await.map(drop)
        }
        Step::Supply => acts::supply(app, &case.family, version, &only("buried_on", "2026-05-09"), now).await.map(drop),
        Step::Correct => {
            let right = only("proof_number", "YS202699999");
            acts::correct(app, reviews, id, version, &right, "编号写错了。", now).await.map(drop)
        }
        Step::Propose => by(reviews, proposes(Outcome::Granted)).await,
        Step::Cosign => cosign::cosign(app, pays, id, (version, &hash), now).await,
        Step::Approve => by(signs, Act::Approve { hash }).await,
        Step::SendBack => by(signs, Act::SendBack).await,
        Step::Pass => acts::pass(app, reviews, id, version, &relative(), "死亡证明已经看过。", now).await.map(drop),
        Step::Close => by(reviews, Act::Close).await,
        Step::Reopen => by(reviews, Act::Reopen).await,
        Step::Withdraw => acts::withdraw(app, &case.family, version, now).await.map(drop),
        Step::Assign => acts::assign(app, reviews, id, Some(reviews.person()), now).await,
        Step::Note => notes::leave(app, reviews, id, "已经和墓园核对过。", now).await,
        Step::Reveal => cases::reveal(app, reviews, id, "account", "核对收款账号", now).await.map(drop),
        Step::Rate => {
            let bad = Rating::read("very_bad", ["slow"], "等了很久才有人回复").unwrap();
            ratings::rate(app, &case.family, &bad, now).await.map(drop)
        }
        Step::Follow => follow::follow(app, follows, id, "已经电话问过，说明了原因。", now).await,
        Step::Lapse | Step::Silence => {
            for job in domain::DOMAIN.jobs {
                job(app, now).await?;
            }
            Ok(())
        }
    }
}

/// The version of a case and the hash of what is proposed, without a look that is written down.
async fn stands(test: &TestApp, case: &Handed) -> (u32, String) {
    let statement = "select version, state_json from procedure_case where id = $1";
    let row = sql(statement, [case.id.as_str().into()]).fetch_one(&mut test.connection().await).await.unwrap();
    let state: State = serde_json::from_str(&text(&row, "state_json").unwrap()).unwrap();
    let hash = if let State::Proposed(proposal) = state { proposal.hash } else { String::new() };
    (u32::try_from(int(&row, "version").unwrap()).unwrap(), hash)
}

/// A relative who goes on with a case: all of the applicant's own page.
fn relative() -> Typed {
    let all = answers(90);
    let own = ["relation", "applicant_name", "applicant_id", "applicant_phone", "account"];
    own.map(|field| (field.to_owned(), all[field].clone())).into()
}

/// Everything that cases write. The clock's jobs look after drafts and lists too, at times of their own.
fn writes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let not_of_a_case = ["application_draft", "case_press", "case_export", "file_doomed", "signing_threshold"];
    let tables = domain::DOMAIN.tables.iter().copied().filter(move |table| !not_of_a_case.contains(table));
    tables.chain(["audit", "outbox"]).flat_map(|table| ["insert", "update", "delete"].map(|act| (table, act)))
}

/// Writes down in `touched` which table is written how.
async fn watch(test: &TestApp) {
    let mut all = vec!["create table touched (tab text not null, act text not null)".to_owned()];
    if test.backend() == Backend::Postgres {
        let function = "create function touch() returns trigger language plpgsql as $$ begin \
             insert into touched (tab, act) values (tg_table_name, lower(tg_op)); return null; end $$";
        all.push(function.to_owned());
    }
    for (table, act) in writes() {
        all.push(match test.backend() {
            Backend::Sqlite => format!(
                "create trigger touch_{table}_{act} after {act} on {table} \
                 begin insert into touched (tab, act) values ('{table}', '{act}'); end"
            ),
            Backend::Postgres => {
                format!("create trigger touch_{act} after {act} on {table} for each row execute function touch()")
            }
        });
    }
    run(test, all.join("; ")).await;
}

/// What was written since [`watch`], which ends.
async fn watched(test: &TestApp) -> Vec<(String, String)> {
    let statement = "select distinct tab, act from touched order by tab, act";
    let rows = sql(statement, []).fetch_all(&mut test.connection().await).await.unwrap();
    let found = rows.iter().map(|row| (text(row, "tab").unwrap(), text(row, "act").unwrap())).collect();
    let mut all: Vec<_> = match test.backend() {
        Backend::Sqlite => writes().map(|(table, act)| format!("drop trigger touch_{table}_{act}")).collect(),
        Backend::Postgres => vec!["drop function touch() cascade".to_owned()],
    };
    all.push("drop table touched".to_owned());
    run(test, all.join("; ")).await;
    found
}

/// All that the database has of a case, in numbers.
const KEPT: [&str; 16] = [
    "select version from procedure_case where id = $1",
    "select audit_length from procedure_case where id = $1",
    "select count(*) from procedure_case where id = $1 and assigned_to is not null",
    "select count(*) from audit where stream = 'case:' || $1",
    "select count(*) from outbox where subject = 'case:' || $1",
    "select count(*) from procedure_once where case_id = $1 and granted = 1",
    "select count(*) from procedure_once where case_id = $1 and granted = 0",
    "select count(*) from case_pause where case_id = $1",
    "select count(*) from case_pause where case_id = $1 and came_on is not null",
    "select count(*) from case_hand where case_id = $1",
    "select count(*) from case_cosign where case_id = $1",
    "select count(*) from case_look where case_id = $1",
    "select count(*) from case_file where case_id = $1 and state = 'kept'",
    "select count(*) from case_note where case_id = $1",
    "select count(*) from case_rating where case_id = $1",
    "select count(*) from case_follow_up where case_id = $1",
];

async fn kept(test: &TestApp, case: &Handed) -> Vec<i64> {
    let mut connection = test.connection().await;
    let mut numbers = Vec::new();
    for statement in KEPT {
        let row = sqlx::query_scalar(statement).bind(case.id.to_string()).fetch_one(&mut connection).await;
        numbers.push(row.unwrap());
    }
    numbers
}

#[tokio::test]
async fn whatever_is_done_to_a_case_is_done_whole_or_not_at_all() {
    for test in test_apps(setup()).await {
        with_times(&test, "silence = { days = 5, unit = \"working\", source = \"sz2023\" }");
        let people = People::of(&test).await;
        for (place, step) in Step::ALL.into_iter().enumerate() {
            let watching = before(&test, &people, step, 2 * place + 100).await;
            watch(&test).await;
            does(&test, &people, step, &watching).await.unwrap();
            let touched = watched(&test).await;
            assert!(!touched.is_empty(), "{step:?} is kept nowhere");

            let case = before(&test, &people, step, 2 * place + 101).await;
            let stood = kept(&test, &case).await;
            for (table, act) in &touched {
                let [breaks, mends] = fault(&test, table, ("after", act.as_str()));
                run(&test, breaks).await;
                let done = does(&test, &people, step, &case).await;
                run(&test, mends).await;
                assert!(done.is_err(), "{step:?} did not ask {table} for its {act}");
                assert_eq!(kept(&test, &case).await, stood, "{step:?}, broken off at the {act} of {table}");
            }
            does(&test, &people, step, &case).await.unwrap();
            assert_ne!(kept(&test, &case).await, stood, "{step:?}");
        }
        let looks = "select count(*) as n from case_look where field is not null";
        let row = sql(looks, []).fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!(int(&row, "n").unwrap(), 2, "one answer was read in full in each of two cases");
        holds(&test).await;
    }
}
