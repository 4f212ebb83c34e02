//! The clock over a case: it is paused while the family is asked, silence accepts only where a text says so, and whoever is late
//! is told once and in time.

use server::database::sql::{sql, text};
use server::procedures::acts;
use server::procedures::cases::{self, OfficeCase, Queue};
use server::staff::authority::Staff;
use shared::calendar::Deadline;
use shared::procedures::{Act, ActName, Alert, CaseId, Outcome, Refusal, StateName};

use super::super::counter::hall::{holds, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{
    act, answers, approver, but, granted, jobs, offered, only, proposes, refused, reviewer, seen, submitted, with_times,
};

const TEN_DAYS: &str = "clock = { days = 10, unit = \"working\", source = \"sz2023\" }";
const SILENCE: &str = "silence = { days = 5, unit = \"working\", source = \"sz2023\" }";

fn on(test: &TestApp, day: &str) {
    test.set_clock(&format!("{day}T10:00:00+08:00"));
}

fn due(case: &OfficeCase) -> Option<String> {
    case.latest_on.map(|Deadline { date, .. }| date.to_string())
}

fn asks(items: &[&str]) -> Act {
    Act::Ask { items: items.iter().map(|item| (*item).to_owned()).collect() }
}

/// What was told of a case, the first first.
async fn told(test: &TestApp, id: &CaseId) -> Vec<String> {
    let statement = "select alert from case_alert where case_id = $1 order by at, alert";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(&mut test.connection().await).await.unwrap();
    rows.iter().map(|row| text(row, "alert").unwrap()).collect()
}

async fn accepted(test: &TestApp, by: &Staff, n: usize) -> CaseId {
    let case = submitted(test, n).await;
    act(test, by, &case.id, Act::Accept).await.unwrap();
    case.id
}

#[tokio::test]
async fn the_shipped_rules_set_no_time_and_none_is_promised() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        assert!(offered(&test).procedure.clock.is_none());
        let id = accepted(&test, &by, 1).await;
        on(&test, "2027-05-13");
        jobs(&test).await;
        let case = seen(&test, &by, &id).await;
        assert_eq!((due(&case), case.alert, case.state.name()), (None, None, StateName::Accepted));
        assert!(told(&test, &id).await.is_empty());
        holds(&test).await;
    }
}

#[tokio::test]
async fn while_the_family_is_asked_the_offices_time_stands_still() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        let shown = act(&test, &by, &case.id, Act::Accept).await.unwrap();
        assert_eq!(due(&shown).as_deref(), Some("2026-05-27"));
        on(&test, "2026-05-18");
        let asked = act(&test, &by, &case.id, asks(&["buried_on", "burial_certificate"])).await.unwrap();
        assert_eq!((asked.state.name(), due(&asked)), (StateName::Supplementing, None));
        on(&test, "2026-05-21");
        jobs(&test).await;
        assert!(told(&test, &case.id).await.is_empty(), "what waits for the family is not late");

        let token = case.submitted.manage_token.reveal();
        let family = cases::for_family(&test.app, case.submitted.reference, token, test.now()).await.unwrap();
        assert_eq!(family.asked_items, ["buried_on", "burial_certificate"]);
        assert_eq!(family.latest_on, None);
        let typed = but(only("buried_on", "2026-05-09"), "applicant_name", "孙演示");
        let supplied = acts::supply(&test.app, &case.family, family.version, &typed, test.now()).await.unwrap();
        assert_eq!((supplied.state.name(), supplied.asked_items), (StateName::Reviewing, Vec::new()));
        assert_eq!(supplied.latest_on.map(|due| due.date.to_string()).as_deref(), Some("2026-06-01"));
        let shown = seen(&test, &by, &case.id).await;
        let changed: Vec<_> = shown.answers.iter().filter(|answer| answer.before.is_some()).collect();
        assert_eq!(changed.iter().map(|answer| answer.field.as_str()).collect::<Vec<_>>(), ["buried_on"]);
        let twice = act(&test, &by, &case.id, asks(&["died_on"])).await;
        assert_eq!(refused(twice), Some(Refusal::AskedBefore));
        holds(&test).await;
    }
}

#[tokio::test]
async fn only_what_the_procedure_knows_is_asked_for_and_papers_can_be_brought_to_the_counter() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        assert!(act(&test, &by, &case.id, asks(&["钱演示的身份证"])).await.is_err(), "the record names nobody");
        assert_eq!(refused(act(&test, &by, &case.id, asks(&[])).await), Some(Refusal::NothingAsked));
        act(&test, &by, &case.id, asks(&["burial_certificate"])).await.unwrap();
        assert_eq!(test.messages_to(&answers(1)["applicant_phone"], "case_asked").await.len(), 1);
        let brought = act(&test, &by, &case.id, Act::Supply).await.unwrap();
        assert_eq!(brought.state.name(), StateName::Submitted);
        assert_eq!(brought.history.last().unwrap().act, ActName::Supply);
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_takes_a_case_back_while_it_waits_for_them_leaves_no_clock_standing_still() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        act(&test, &by, &case.id, asks(&["buried_on"])).await.unwrap();
        on(&test, "2026-05-18");
        let gone = acts::withdraw(&test.app, &case.family, 2, test.now()).await.unwrap();
        assert_eq!(gone.state.name(), StateName::Withdrawn);
        on(&test, "2026-05-20");
        let again = act(&test, &by, &case.id, Act::Reopen).await.unwrap();
        assert_eq!(due(&again).as_deref(), Some("2026-06-03"), "its time begins anew");
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_comes_at_a_server_whose_clock_is_still_on_the_day_before_counts_from_the_day_of_the_asking() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        on(&test, "2026-05-18");
        let version = act(&test, &by, &case.id, asks(&["buried_on"])).await.unwrap().version;
        test.set_clock("2026-05-17T23:59:59+08:00");
        let typed = only("buried_on", "2026-05-09");
        let supplied = acts::supply(&test.app, &case.family, version, &typed, test.now()).await.unwrap();
        assert_eq!(supplied.state.name(), StateName::Reviewing);
        let statement = "select came_on from case_pause where asked_on = '2026-05-18'";
        let row = sql(statement, []).fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!(text(&row, "came_on").unwrap(), "2026-05-18");
    }
}

#[tokio::test]
async fn silence_accepts_where_the_definition_says_so_and_only_there() {
    for test in test_apps(setup()).await {
        let without = submitted(&test, 1).await;
        with_times(&test, &format!("{TEN_DAYS}\n{SILENCE}"));
        let by = reviewer(&test, 11).await;
        let with = submitted(&test, 2).await;
        // Five working days after the 13th end with the 20th.
        on(&test, "2026-05-20");
        jobs(&test).await;
        assert_eq!(seen(&test, &by, &with.id).await.state.name(), StateName::Submitted, "the last day is not over");
        on(&test, "2026-05-21");
        jobs(&test).await;
        jobs(&test).await;
        let accepted = seen(&test, &by, &with.id).await;
        assert_eq!((accepted.state.name(), accepted.version), (StateName::Accepted, 1));
        assert_eq!(accepted.accepted_at, Some(accepted.submitted_at), "as of the day on which it came");
        assert_eq!(due(&accepted).as_deref(), Some("2026-05-27"));
        assert!(accepted.was_silent && !accepted.may.contains(&ActName::Ask), "what is missing had to be told before");
        let asked = act(&test, &by, &with.id, asks(&["buried_on"])).await;
        assert_eq!(refused(asked), Some(Refusal::AcceptedBySilence));
        act(&test, &by, &with.id, Act::Review).await.unwrap();
        assert!(seen(&test, &by, &with.id).await.was_silent, "and stays so");
        assert_eq!(seen(&test, &by, &without.id).await.state.name(), StateName::Submitted, "its rules say nothing");
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_last_day_of_silence_is_reckoned_again_when_the_calendar_has_changed() {
    for test in test_apps(setup()).await {
        with_times(&test, SILENCE);
        let by = reviewer(&test, 11).await;
        let [earlier, later] = [submitted(&test, 1).await, submitted(&test, 2).await];
        // As a calendar that was corrected since would have left them.
        for (case, day) in [(&earlier, "2026-05-14"), (&later, "2026-06-30")] {
            let statement = "update procedure_case set due_on = $1 where id = $2";
            let values = [day.into(), case.id.as_str().into()];
            sql(statement, values).execute(&mut test.connection().await).await.unwrap();
        }
        on(&test, "2026-05-15");
        jobs(&test).await;
        let rows = sql("select due_on from procedure_case", []).fetch_all(&mut test.connection().await).await.unwrap();
        let days: Vec<_> = rows.iter().map(|row| text(row, "due_on").unwrap()).collect();
        assert_eq!(days, ["2026-05-20", "2026-05-20"], "and none stands before those that are over");
        for case in [&earlier, &later] {
            assert_eq!(seen(&test, &by, &case.id).await.state.name(), StateName::Submitted);
        }
        on(&test, "2026-05-21");
        jobs(&test).await;
        for case in [&earlier, &later] {
            assert_eq!(seen(&test, &by, &case.id).await.state.name(), StateName::Accepted);
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn each_warning_comes_once_however_often_the_clock_is_asked() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let by = reviewer(&test, 11).await;
        let id = accepted(&test, &by, 1).await;
        for (day, all) in [
            ("2026-05-13", ""),
            ("2026-05-19", ""),
            ("2026-05-20", "half"),
            ("2026-05-22", "half"),
            ("2026-05-25", "half near"),
            ("2026-05-27", "half near due"),
            ("2026-05-28", "half near due over"),
            ("2026-07-01", "half near due over"),
        ] {
            on(&test, day);
            jobs(&test).await;
            jobs(&test).await;
            assert_eq!(told(&test, &id).await.join(" "), all, "{day}");
        }
        assert_eq!(seen(&test, &by, &id).await.alert, Some(Alert::Over));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_server_that_slept_over_the_last_day_tells_it_on_the_first_day_on_which_it_runs() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let by = reviewer(&test, 11).await;
        let id = accepted(&test, &by, 1).await;
        on(&test, "2026-06-10");
        jobs(&test).await;
        assert_eq!(told(&test, &id).await, ["over"]);
    }
}

#[tokio::test]
async fn queues_show_what_is_due_first_and_whose_it_is() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let early = accepted(&test, &by, 1).await;
        on(&test, "2026-05-22");
        let late = accepted(&test, &by, 2).await;
        let done = submitted(&test, 3).await.id;
        granted(&test, &done, (&by, &signs)).await;
        let ids = async |staff: &Staff, queue: Queue| {
            let page = cases::queue(&test.app, staff, queue, 0, test.now()).await.unwrap();
            assert!(!page.has_more);
            page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&by, Queue::Unassigned).await, [early.clone(), late.clone()]);
        assert_eq!(ids(&by, Queue::NearDeadline).await, std::slice::from_ref(&early));
        assert_eq!(ids(&by, Queue::All).await.len(), 3);
        assert!(ids(&by, Queue::Mine).await.is_empty());
        acts::assign(&test.app, &by, &late, Some(by.person()), test.now()).await.unwrap();
        acts::assign(&test.app, &by, &early, Some(by.person()), test.now()).await.unwrap();
        assert_eq!(ids(&by, Queue::Mine).await, [early.clone(), late.clone()]);
        assert!(ids(&by, Queue::Unassigned).await.is_empty());

        act(&test, &by, &early, Act::Review).await.unwrap();
        act(&test, &by, &early, proposes(Outcome::Granted)).await.unwrap();
        act(&test, &by, &late, asks(&["buried_on"])).await.unwrap();
        assert_eq!(ids(&signs, Queue::SecondSignature).await, [early]);
        assert!(ids(&by, Queue::SecondSignature).await.is_empty(), "nobody is shown their own to sign");
        assert_eq!(ids(&by, Queue::WaitingOnFamily).await, [late]);
        let mine = cases::queue(&test.app, &by, Queue::Mine, 0, test.now()).await.unwrap();
        let row = &mine.rows[0];
        assert_eq!((row.applicant.contains("钱演示"), row.alert), (false, Some(Alert::Half)));
        holds(&test).await;
    }
}
