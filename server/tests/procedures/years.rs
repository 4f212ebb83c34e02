//! Cases of three calendar years in a database, with the time that the office waits for the family in them: day by day the portal's
//! own jobs tell of every last day, before it and on it. `make soak` has fifty thousand on each database.

use std::collections::{BTreeMap, HashMap};
use std::env;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::Value as Json;
use server::database::sql::{bytes, instant, int, sql, text};
use shared::calendar::{Calendar, Limit, Unit, shanghai_date};
use shared::invented::deadlines::{clock, wrong};
use shared::procedures::{Act, Alert, CaseReference, Clock, Pause, State};
use sqlx::{AnyConnection, Connection};

use super::super::counter::hall::setup;
use super::super::support::{TestApp, test_apps};
use super::desk::{act, jobs, reviewer, submitted, with_times};

/// So many on each database.
const SHORT: u64 = 240;

/// Times that offices have, each in rules of its own.
const TIMES: [(usize, Unit, bool); 8] = [
    (1, Unit::Working, false),
    (2, Unit::Working, false),
    (10, Unit::Working, false),
    (20, Unit::Working, false),
    (15, Unit::Calendar, false),
    (30, Unit::Calendar, true),
    (60, Unit::Calendar, true),
    (10, Unit::Working, false),
];
/// Of these, the one before which silence accepts after so many working days.
const SILENT: usize = 7;
const SILENCE: usize = 5;

/// Turns of the jobs in one day, far fewer than a server takes.
const TURNS: usize = 500;

/// Far from what is drawn at random for those that are handed in.
const FIRST_NUMBER: u64 = 1 << 40;

/// What the family and the office do at the end of a day.
enum Done {
    Asked,
    Came,
}

struct Case {
    id: String,
    /// Until it is decided.
    office: Clock,
    /// Until it counts as accepted.
    silence: Option<Clock>,
}

/// A case as others are copied from it.
struct Template {
    id: String,
    contents: Json,
}

fn count() -> u64 {
    env::var("HUIMIN_CLOCK_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(SHORT)
}

/// The `n`th case; the family is asked at most once, one in five never answers, and nobody asks of a case that silence accepts.
fn case(n: u64) -> Case {
    let which = usize::try_from(n).unwrap() % TIMES.len();
    let (days, unit, roll) = TIMES[which];
    let mut office = Clock { limit: Limit::new(days, unit, roll).unwrap(), ..clock(n) };
    office.pauses.truncate(usize::from(which != SILENT));
    for pause in office.pauses.iter_mut().filter(|_| n.is_multiple_of(5)) {
        pause.came = None;
    }
    let limit = Limit::new(SILENCE, Unit::Working, false).unwrap();
    let silence = (which == SILENT).then(|| Clock { limit, ..office.clone() });
    Case { id: format!("years{n:010}"), office, silence }
}

/// Ten in the morning in China.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(2, 0, 0).unwrap().and_utc()
}

/// One real case under each of the rules, which the others have the rows of.
async fn templates(test: &TestApp) -> Vec<Template> {
    let by = reviewer(test, 11).await;
    let mut templates = Vec::new();
    for (which, (days, unit, roll)) in TIMES.into_iter().enumerate() {
        let unit = if unit == Unit::Working { "working" } else { "calendar" };
        let office = format!("clock = {{ days = {days}, unit = \"{unit}\", roll = {roll}, source = \"sz2023\" }}");
        let silence = format!("silence = {{ days = {SILENCE}, unit = \"working\", source = \"sz2023\" }}");
        let is_silent = which == SILENT;
        with_times(test, &if is_silent { format!("{office}\n{silence}") } else { office });
        let id = submitted(test, which).await.id;
        if !is_silent {
            act(test, &by, &id, Act::Accept).await.unwrap();
        }
        let statement = "select sealed from procedure_case where id = $1";
        let row = sql(statement, [id.as_str().into()]).fetch_one(&mut test.connection().await).await.unwrap();
        let contents = test.app.keys().open(&format!("case:{id}"), &bytes(&row, "sealed").unwrap()).unwrap();
        templates.push(Template { id: id.to_string(), contents });
    }
    // Each day is asked for by the rows alone.
    let none = "update procedure_case set alert_on = null, due_on = null";
    sql(none, []).execute(&mut test.connection().await).await.unwrap();
    templates
}

/// The rows of all cases, each with its own first day.
async fn insert(test: &TestApp, cases: &[Case], templates: &[Template]) {
    let statement = "insert into procedure_case (id, reference, region, procedure, rules_hash, state, version, state_json, locale, \
         submitted_at, received_at, accepted_at, due_on, provisional, alert_on, changed_at, sealed, receipt, audit_length, \
         audit_head) select $1, $2, region, procedure, rules_hash, 'submitted', version, state_json, locale, $3, $3, null, $4, 0, \
         $4, $3, $5, receipt, audit_length, audit_head from procedure_case where id = $6";
    // A case begins as one that was handed in.
    let goes_on = "update procedure_case set state = (select t.state from procedure_case t where t.id = $1), \
         accepted_at = (select case when t.state = 'accepted' then cast($2 as bigint) end from procedure_case t where t.id = $1) \
         where id = $3";
    let mut connection = test.connection().await;
    let mut transaction = connection.begin().await.unwrap();
    for (n, (case, template)) in (FIRST_NUMBER..).zip(cases.iter().zip(templates.iter().cycle())) {
        let begun = case.office.begun;
        let values = [
            case.id.as_str().into(),
            CaseReference::from_random(n).as_str().into(),
            morning(begun).into(),
            begun.into(),
            test.app.keys().seal(&format!("case:{}", case.id), &template.contents).into(),
            template.id.as_str().into(),
        ];
        sql(statement, values).execute(&mut *transaction).await.unwrap();
        let values = [template.id.as_str().into(), morning(begun).into(), case.id.as_str().into()];
        sql(goes_on, values).execute(&mut *transaction).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

/// As the acts leave a case: what was asked for stops its clock, and what came starts it again and has it asked at once.
async fn happens(connection: &mut AnyConnection, id: &str, day: NaiveDate, done: &Done) {
    let (pause, state) = match done {
        Done::Asked => (
            "insert into case_pause (case_id, asked_on, came_on) values ($1, $2, null)",
            State::Supplementing { accepted: true },
        ),
        Done::Came => ("update case_pause set came_on = $2 where case_id = $1", State::Reviewing),
    };
    sql(pause, [id.into(), day.into()]).execute(&mut *connection).await.unwrap();
    let is_asked = matches!(done, Done::Asked);
    let next = (!is_asked).then_some(day);
    let statement = "update procedure_case set state = $1, state_json = $2, due_on = $3, alert_on = $3 where id = $4";
    let name = if is_asked { "supplementing" } else { "reviewing" };
    let state = serde_json::to_string(&state).unwrap();
    sql(statement, [name.into(), state.into(), next.into(), id.into()]).execute(connection).await.unwrap();
}

/// What was told of each case, by which time of it that was.
async fn told(test: &TestApp) -> HashMap<(String, String), Vec<(NaiveDate, Alert)>> {
    let statement = "select case_id, clock, alert, at from case_alert order by at";
    let rows = sql(statement, []).fetch_all(&mut test.connection().await).await.unwrap();
    let mut told: HashMap<_, Vec<_>> = HashMap::new();
    for row in &rows {
        let of = (text(row, "case_id").unwrap(), text(row, "clock").unwrap());
        let alert = Alert::from_name(&text(row, "alert").unwrap()).unwrap();
        told.entry(of).or_default().push((shanghai_date(instant(row, "at").unwrap()), alert));
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn no_last_day_of_three_years_passes_without_a_word_before_it_and_on_it() {
    let cases: Vec<_> = (0..count()).map(case).collect();
    for test in test_apps(setup()).await {
        let templates = templates(&test).await;
        insert(&test, &cases, &templates).await;
        let calendar = test.app.calendar();
        let mut days: BTreeMap<NaiveDate, Vec<(&str, Done)>> = BTreeMap::new();
        for case in &cases {
            for Pause { asked, came } in &case.office.pauses {
                days.entry(*asked).or_default().push((case.id.as_str(), Done::Asked));
                if let Some(came) = came {
                    days.entry(*came).or_default().push((case.id.as_str(), Done::Came));
                }
            }
        }
        let due = cases.iter().filter_map(|case| Some(case.office.due(calendar)?.date));
        let last = due.chain(days.keys().copied()).max().unwrap() + Days::new(1);
        let first = cases.iter().map(|case| case.office.begun).min().unwrap();
        for day in first.iter_days().take_while(|day| *day <= last) {
            test.set_clock(&morning(day).to_rfc3339());
            let mut turns = 0;
            while waiting(&test, day).await > 0 {
                assert!(turns < TURNS, "what waits on {day} is never told");
                turns += 1;
                jobs(&test).await;
            }
            let Some(happened) = days.get(&day) else { continue };
            let mut connection = test.connection().await;
            let mut transaction = connection.begin().await.unwrap();
            for (id, done) in happened {
                happens(&mut transaction, id, day, done).await;
            }
            transaction.commit().await.unwrap();
        }
        let told = told(&test).await;
        for case in &cases {
            for (name, clock) in [("office", Some(&case.office)), ("silence", case.silence.as_ref())] {
                let Some(clock) = clock else { continue };
                let of = told.get(&(case.id.clone(), name.to_owned())).map(Vec::as_slice).unwrap_or_default();
                assert_eq!(amiss(clock, of, calendar), None, "{}, {name}: {clock:?}, told: {of:?}", case.id);
            }
        }
        let silent = cases.iter().filter(|case| case.silence.is_some()).count();
        let statement = "select count(*) as n from audit where act = 'case_accepted_by_silence'";
        let row = sql(statement, []).fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!(int(&row, "n").unwrap(), i64::try_from(silent).unwrap(), "silence accepted each that it accepts");
    }
}

/// What is wrong with what was told. While a family never answers, nothing is late but what was before it was asked.
fn amiss(clock: &Clock, told: &[(NaiveDate, Alert)], calendar: &Calendar) -> Option<&'static str> {
    let Some(asked) = clock.pauses.iter().find(|pause| pause.came.is_none()).map(|pause| pause.asked) else {
        return wrong(clock, told, calendar);
    };
    let alone = Clock { pauses: Vec::new(), ..clock.clone() };
    if alone.due(calendar).is_some_and(|due| due.date <= asked) {
        return wrong(&alone, told, calendar);
    }
    let is_late = |(day, alert): &(NaiveDate, Alert)| *day > asked || *alert >= Alert::Due;
    told.iter().any(is_late).then_some("what waits for the family is not late")
}

/// How many cases the clock has something to say of.
async fn waiting(test: &TestApp, day: NaiveDate) -> i64 {
    let statement = "select count(*) as n from procedure_case where alert_on is not null and alert_on <= $1";
    let row = sql(statement, [day.into()]).fetch_one(&mut test.connection().await).await.unwrap();
    int(&row, "n").unwrap()
}
