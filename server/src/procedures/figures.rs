//! What became of the cases of a time, counted from their events alone. Fewer than five families are not told apart.

mod story;

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use futures_util::TryStreamExt;
use shared::calendar::at;
use shared::field::{FieldErrors, Reason};
use shared::localised::Localised;
use shared::problem::Problem;
use shared::procedures::{Outcome, Procedure};
use shared::staff::Right;
use sqlx::any::AnyRow;
use tokio::{sync::Semaphore, time::timeout};

use self::story::Story;
use super::may;
use super::usual::{self, LEAST, Usual};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{instant, sql, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// Days, the first and the last of them included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// What became of the cases of a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    pub period: Period,
    /// By region and procedure.
    pub lines: Vec<Line>,
}

/// One procedure of a region. A number is none where it is of one to four families.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub region: String,
    pub procedure: String,
    pub name: Localised,
    pub handed_in: Option<usize>,
    pub accepted: Option<usize>,
    /// Those whose family was asked for more.
    pub asked: Option<usize>,
    pub decided: Option<usize>,
    /// Granted and refused; none where one of both would tell of few.
    pub outcomes: Option<[usize; 2]>,
    /// Whether any of those that were decided had a time that a text sets.
    pub has_time: bool,
    /// Within that time and after it.
    pub in_time: Option<[usize; 2]>,
    /// Days from handing in to the decision, without the families' own time.
    pub took: Option<Usual>,
    /// How many of those that were decided have been rated; silence is none of them.
    pub rated: Option<usize>,
    /// How many gave each grade, the best first; none below five ratings.
    pub grades: Option<[usize; 5]>,
}

impl Period {
    /// Days of the longest.
    pub const LONGEST: i64 = 366;

    /// Days as they were typed, such as `2026-05-20`; from the first of January until today where nothing was.
    ///
    /// # Errors
    /// At `from` and `until`.
    pub fn read(from: &str, until: &str, today: NaiveDate) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let day = |text: &str, otherwise: NaiveDate| match text.trim() {
            "" => Ok(otherwise),
            text => text.parse::<NaiveDate>().map_err(|_| no_day()),
        };
        let until = errors.keep("until", day(until, today));
        let last = until.unwrap_or(today);
        let from = errors.keep("from", day(from, NaiveDate::from_ymd_opt(last.year(), 1, 1).unwrap_or(last)));
        let (Some(from), Some(until)) = (from, until) else { return Err(errors) };
        if from > until {
            return Err(FieldErrors::one("until", backwards()));
        }
        if (until - from).num_days() >= Self::LONGEST || until.succ_opt().is_none() {
            return Err(FieldErrors::one("until", too_long()));
        }
        Ok(Self { from, until })
    }

    /// Whether something happened in it.
    fn has(self, instant: DateTime<Utc>) -> bool {
        let [from, to] = self.instants();
        from <= instant && instant < to
    }

    fn instants(self) -> [DateTime<Utc>; 2] {
        [at(self.from, 0), at(self.until.succ_opt().unwrap_or(self.until), 0)]
    }
}

fn no_day() -> Reason {
    Reason::own("figures_day", "日期请写成 2026-05-20 这样。", "Write a day as 2026-05-20.")
}

fn backwards() -> Reason {
    Reason::own("figures_backwards", "结束的一天不能早于开始的一天。", "The last day cannot be before the first.")
}

fn too_long() -> Reason {
    Reason::own(
        "figures_long",
        "一次最多统计 366 天，请分开统计。",
        "At most 366 days are counted at once; count them in parts.",
    )
}

/// How long somebody waits until the figures of another are counted.
const PATIENCE: Duration = Duration::from_secs(2);

/// The figures of a time. One after the other is counted, since each keeps one of the few connections that read for as long as it
/// takes.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::Busy`].
pub async fn of(app: &App, staff: &Staff, period: Period) -> Result<Figures, Error> {
    static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);
    may(staff, Right::SeeCases)?;
    let turn = timeout(app.clock().patience(PATIENCE), ONE_AT_A_TIME.acquire()).await;
    let Ok(Ok(_turn)) = turn else { return Err(Problem::Busy.into()) };
    let mut connection = app.database().instant().await?;
    let rules = sql("select hash, body from procedure_rules", []).fetch_all(&mut *connection).await?;
    let rules: BTreeMap<String, Procedure> = rules.iter().map(definition).collect::<Result<_, DatabaseError>>()?;
    let statement = "select a.stream, a.at, a.act, a.detail from audit a where a.stream in \
         (select b.stream from audit b where b.stream like 'case:%' and b.at >= $1 and b.at < $2) \
         and a.act not in ('case_looked', 'case_assigned', 'case_noted', 'case_rating_followed', 'case_cosigned', \
         'case_erased', 'case_wrote', 'case_settled', 'case_consent_taken_back', 'case_alert_known') \
         order by a.stream, a.sequence";
    let [from, to] = period.instants();
    let mut tallies = Tallies { period, by: BTreeMap::new() };
    let mut rows = sql(statement, [from.into(), to.into()]).fetch(&mut *connection);
    let mut story: Option<(String, Story)> = None;
    while let Some(row) = rows.try_next().await.map_err(DatabaseError::from)? {
        let (stream, when) = (text(&row, "stream")?, instant(&row, "at")?);
        let (act, detail) = (text(&row, "act")?, text(&row, "detail")?);
        let unreadable = || DatabaseError::unreadable("detail");
        if let Some((_, told)) = story.as_mut().filter(|(of, _)| *of == stream) {
            told.goes_on((when, &act, &detail), &rules, app.calendar()).ok_or_else(unreadable)?;
            continue;
        }
        let begun = Story::begun((when, &act, &detail)).ok_or_else(unreadable)?;
        if let Some((_, over)) = story.replace((stream, begun)) {
            tallies.add(&over, &rules);
        }
    }
    if let Some((_, over)) = story {
        tallies.add(&over, &rules);
    }
    Ok(Figures { period, lines: tallies.by.into_iter().map(line).collect() })
}

fn definition(row: &AnyRow) -> Result<(String, Procedure), DatabaseError> {
    Ok((text(row, "hash")?, word(row, "body", |body| serde_json::from_str(body).ok())?))
}

/// What is counted so far.
struct Tallies {
    period: Period,
    by: BTreeMap<(String, String), Tally>,
}

#[derive(Default)]
struct Tally {
    name: Option<Localised>,
    handed_in: usize,
    accepted: usize,
    asked: usize,
    outcomes: [usize; 2],
    in_time: [usize; 2],
    took: Vec<i64>,
    grades: [usize; 5],
}

impl Tallies {
    fn add(&mut self, story: &Story, rules: &BTreeMap<String, Procedure>) {
        let period = self.period;
        let begun = &story.begun;
        let tally = self.by.entry((begun.region.clone(), begun.procedure.clone())).or_default();
        if let Some(procedure) = rules.get(&begun.rules) {
            tally.name = Some(procedure.name());
        }
        tally.handed_in += usize::from(period.has(story.submitted_at));
        tally.accepted += usize::from(story.accepted.iter().any(|at| period.has(*at)));
        tally.asked += usize::from(story.asked.iter().any(|at| period.has(*at)));
        // A case that was reopened is decided by what was decided last.
        let Some(decided) = story.decided.as_ref().filter(|decided| period.has(decided.at)) else { return };
        tally.outcomes[usize::from(decided.outcome == Outcome::Refused)] += 1;
        if let Some(is_late) = decided.is_late {
            tally.in_time[usize::from(is_late)] += 1;
        }
        tally.took.push(decided.days);
        if let Some(place) = story.grade {
            tally.grades[place] += 1;
        }
    }
}

fn line(((region, procedure), tally): ((String, String), Tally)) -> Line {
    let rated: usize = tally.grades.iter().sum();
    Line {
        name: tally.name.unwrap_or_else(|| Localised::new(&procedure, &procedure)),
        region,
        procedure,
        handed_in: told(tally.handed_in),
        accepted: told(tally.accepted),
        asked: told(tally.asked),
        decided: told(tally.outcomes.iter().sum()),
        outcomes: apart(tally.outcomes),
        has_time: tally.in_time != [0, 0],
        in_time: apart(tally.in_time),
        took: usual::figures(tally.took),
        rated: told(rated),
        grades: (rated >= LEAST).then_some(tally.grades),
    }
}

/// A number of families; few are not told.
fn told(number: usize) -> Option<usize> {
    (number == 0 || number >= LEAST).then_some(number)
}

/// Both parts of a number, or neither: one would tell the other.
fn apart(parts: [usize; 2]) -> Option<[usize; 2]> {
    parts.iter().all(|part| told(*part).is_some()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_families_are_not_told_apart() {
        assert_eq!([0, 1, 4, 5].map(told), [Some(0), None, None, Some(5)]);
        assert_eq!(apart([20, 0]), Some([20, 0]));
        assert_eq!(apart([20, 3]), None, "who knows the sum would know the other part");
        let tally = Tally { outcomes: [4, 0], took: vec![1, 2, 3, 4], grades: [4, 0, 0, 0, 0], ..Tally::default() };
        let line = line((("440300".to_owned(), "green_burial".to_owned()), tally));
        assert_eq!((line.decided, line.took, line.rated, line.grades), (None, None, None, None));
    }

    #[test]
    fn a_time_is_the_year_so_far_where_nothing_was_typed() {
        let today = "2026-05-20".parse().unwrap();
        let read = |from, until| Period::read(from, until, today);
        assert_eq!(read("", ""), Ok(Period { from: "2026-01-01".parse().unwrap(), until: today }));
        for (from, until, field, code) in [
            ("2026-13-01", "", "from", "figures_day"),
            ("2026-05-21", "2026-05-20", "until", "figures_backwards"),
            ("2025-01-01", "2026-05-20", "until", "figures_long"),
        ] {
            let errors = read(from, until).unwrap_err();
            assert_eq!(errors.for_field(field).map(Reason::code), Some(code), "{from} {until}");
        }
    }
}
