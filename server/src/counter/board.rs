//! What a hall may know of its day: tickets and the signs of counters, who is called where, and how long people wait. No
//! name, no number of anybody, no time that was booked.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use shared::calendar::shanghai_date;
use shared::counter::{Act, Back, CounterId, CounterName, Step, VisitState};
use shared::staff::OfficeId;
use sqlx::AnyConnection;

use super::day::shut::{self, Shut};
use super::day::turn;
use super::office::{self, Office};
use super::taking::TAKEN;
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_int, sql, text, word},
};
use crate::error::Error;

/// The board of an office as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    pub office: Office,
    pub date: NaiveDate,
    /// Who is called and not there yet, the last call first.
    pub calls: Vec<Called>,
    /// Who was called before, the last one first.
    pub before: Vec<Called>,
    /// How many wait.
    pub waiting: usize,
    /// Whether the office has closed the day: whoever is still on it is called no more.
    pub closed: bool,
    /// None before anybody was called.
    pub wait: Option<Wait>,
    /// What is switched off today.
    pub shut: Vec<Shut>,
}

/// A ticket at a counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    pub ticket: u32,
    pub counter: CounterName,
    /// How often.
    pub calls: u32,
    pub at: DateTime<Utc>,
}

/// How long people waited today: from when they came, or from their time where that was later, to their first call, whatever
/// came of it. Whoever was called before their time has not waited, and counts as nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// On average.
    pub minutes: i64,
    /// How many were called, once their time had come.
    pub of: usize,
}

/// Who was called before, as many as fit.
const BEFORE: usize = 6;

/// The board of today.
///
/// # Errors
/// [`shared::problem::Problem::NotFound`] for no office.
pub async fn today(app: &App, id: &OfficeId, now: DateTime<Utc>) -> Result<Board, Error> {
    let office = office::one(app, id).await?;
    let date = shanghai_date(now);
    let mut connection = app.database().read().await?;
    let signs = signs(&mut connection, id).await?;
    let mut visits = visits(&mut connection, id, date).await?;
    read_record(&mut connection, id, date, &mut visits).await?;
    let closed = turn::state(&mut connection, id, date).await?.closed.is_some();
    drop(connection);
    let shut = shut::on(app, id, date).await?;
    Ok(Board { closed, shut, ..board(office, date, &signs, visits.into_values()) })
}

/// A visit, as far as a board is concerned.
struct Seen {
    ticket: Option<u32>,
    state: VisitState,
    starts_at: DateTime<Utc>,
    arrived_at: Option<DateTime<Utc>>,
    first_call: Option<DateTime<Utc>>,
    last_call: Option<(DateTime<Utc>, CounterId)>,
}

fn board(
    office: Office,
    date: NaiveDate,
    signs: &BTreeMap<CounterId, CounterName>,
    visits: impl Iterator<Item = Seen>,
) -> Board {
    let (mut calls, mut before, mut waits, mut waiting) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for seen in visits {
        // Whoever was called and waits again has waited all the same.
        waiting += usize::from(matches!(seen.state, VisitState::Arrived { .. }));
        waits.extend(seen.waited());
        let Some((ticket, (at, counter))) = seen.ticket.zip(seen.last_call) else { continue };
        let Some(counter) = signs.get(&counter).cloned() else { continue };
        match seen.state {
            VisitState::Called { calls: times, .. } => calls.push(Called { ticket, counter, calls: times, at }),
            VisitState::Booked | VisitState::Arrived { .. } => {}
            _ => before.push(Called { ticket, counter, calls: 1, at }),
        }
    }
    let last_first = |one: &Called, other: &Called| (other.at, other.ticket).cmp(&(one.at, one.ticket));
    calls.sort_by(last_first);
    before.sort_by(last_first);
    before.truncate(BEFORE);
    let of = waits.len();
    let wait = i64::try_from(of)
        .ok()
        .filter(|of| *of > 0)
        .map(|count| Wait { minutes: (waits.iter().sum::<i64>() + count * 30) / (count * 60), of });
    Board { office, date, calls, before, waiting, closed: false, wait, shut: Vec::new() }
}

impl Seen {
    /// Seconds.
    fn waited(&self) -> Option<i64> {
        let from = self.arrived_at?.max(self.starts_at);
        Some((self.first_call? - from).num_seconds()).filter(|seconds| *seconds >= 0)
    }
}

async fn signs(
    connection: &mut AnyConnection,
    office: &OfficeId,
) -> Result<BTreeMap<CounterId, CounterName>, DatabaseError> {
    // A counter that was removed since has called some of today.
    let statement = "select id, name from counter where office = $1";
    let rows = sql(statement, [office.as_str().into()]).fetch_all(connection).await?;
    let sign = rows
        .iter()
        .map(|row| Ok((CounterId(int(row, "id")?), word(row, "name", |name| CounterName::parse(name).ok())?)));
    sign.collect()
}

async fn visits(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
) -> Result<BTreeMap<String, Seen>, DatabaseError> {
    let statement = "select id, ticket, detail, starts_at from visit where office = $1 and date = $2";
    let rows = sql(statement, [office.as_str().into(), date.into()]).fetch_all(connection).await?;
    let seen = rows.iter().map(|row| {
        let seen = Seen {
            ticket: maybe_int(row, "ticket")?.and_then(|ticket| u32::try_from(ticket).ok()),
            state: word(row, "detail", |detail| serde_json::from_str(detail).ok())?,
            starts_at: instant(row, "starts_at")?,
            arrived_at: None,
            first_call: None,
            last_call: None,
        };
        Ok((text(row, "id")?, seen))
    });
    seen.collect()
}

/// When somebody came and was called is what the record of the visit says: the first call ends the waiting, and one that was
/// undone was none.
async fn read_record(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
    visits: &mut BTreeMap<String, Seen>,
) -> Result<(), DatabaseError> {
    let statement = "select v.id, a.at, a.act, a.detail from visit v join audit a on a.stream = 'visit:' || v.id \
         where v.office = $1 and v.date = $2 and a.act in ('arrive', $3, 'call', 'back') \
         and not exists (select 1 from audit u where u.stream = a.stream and u.sequence = a.sequence + 1 \
         and u.act = 'undo') order by v.id, a.sequence";
    let values = [office.as_str().into(), date.into(), TAKEN.into()];
    let rows = sql(statement, values).fetch_all(connection).await?;
    for row in &rows {
        let Some(seen) = visits.get_mut(&text(row, "id")?) else { continue };
        if matches!(&*text(row, "act")?, "arrive" | TAKEN) {
            seen.arrived_at = seen.arrived_at.or(Some(instant(row, "at")?));
            continue;
        }
        let step: Option<Step> = serde_json::from_str(&text(row, "detail")?).ok();
        let Some(Step::Act(Act::Call { counter } | Act::Back(Back::Counter { counter }))) = step else { continue };
        let at = instant(row, "at")?;
        seen.first_call = seen.first_call.or(Some(at));
        seen.last_call = Some((at, counter));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use shared::localised::Localised;
    use shared::staff::Whereabouts;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn drawn(visits: Vec<Seen>) -> Board {
        let office = Office {
            id: OfficeId::parse("bay").unwrap(),
            name: Localised::new("湾", "Bay"),
            whereabouts: Whereabouts::default(),
        };
        let signs =
            [(CounterId(1), CounterName::parse("1").unwrap()), (CounterId(2), CounterName::parse("2").unwrap())];
        board(office, at(0).date_naive(), &signs.into(), visits.into_iter())
    }

    fn seen(ticket: u32, state: VisitState) -> Seen {
        let (starts_at, arrived_at) = (at(10), Some(at(0)));
        Seen { ticket: Some(ticket), state, starts_at, arrived_at, first_call: None, last_call: None }
    }

    fn called(seen: Seen, minute: i64, counter: i64) -> Seen {
        Seen {
            first_call: seen.first_call.or(Some(at(minute))),
            last_call: Some((at(minute), CounterId(counter))),
            ..seen
        }
    }

    #[test]
    fn the_last_call_stands_first_and_whoever_is_served_was_called_before() {
        let (arrived_at, counter) = (at(0), CounterId(1));
        let call = VisitState::Called { arrived_at, counter, calls: 2 };
        let serving = VisitState::Serving { arrived_at, counter };
        let waits = VisitState::Arrived { arrived_at, waits_for: None };
        let board = drawn(vec![
            called(seen(1, serving), 20, 1),
            called(seen(2, call.clone()), 30, 2),
            called(seen(3, call), 40, 1),
            called(seen(4, waits.clone()), 15, 1),
            seen(5, waits),
        ]);
        let tickets = |list: &[Called]| list.iter().map(|called| called.ticket).collect::<Vec<_>>();
        assert_eq!((tickets(&board.calls), tickets(&board.before)), (vec![3, 2], vec![1]));
        assert_eq!(board.waiting, 2);
    }

    #[test]
    fn waiting_begins_with_the_time_that_was_booked_where_somebody_came_before_it() {
        let state = || VisitState::NoShow;
        let handed_over = VisitState::Arrived { arrived_at: at(0), waits_for: Some(CounterId(2)) };
        // 10 minutes after the time; 2 minutes before it is no waiting; 20 minutes, also of whoever waits once more.
        let board = drawn(vec![
            called(seen(1, state()), 20, 1),
            called(seen(2, state()), 8, 1),
            called(seen(3, handed_over), 30, 1),
        ]);
        assert_eq!(board.wait, Some(Wait { minutes: 15, of: 2 }));
        assert_eq!(drawn(Vec::new()).wait, None);
    }
}
