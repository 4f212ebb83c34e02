//! How long cases of a kind really took, without the family's own time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use shared::calendar::shanghai_date;
use sqlx::{AnyConnection, any::AnyRow};

use crate::database::{
    DatabaseError,
    sql::{instant, maybe_text, sql, text},
};

/// Days from handing in to the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// Half of the cases took at most so many.
    pub half: i64,
    /// Nine of ten took at most so many.
    pub most: i64,
    /// How many cases that is known of; five at least.
    pub of: usize,
}

/// Fewer cases would tell of single families.
pub(super) const LEAST: usize = 5;
/// The newest that are looked at.
const MOST: i64 = 1_000;
/// What was decided longer ago tells nothing of today.
const WITHIN: TimeDelta = TimeDelta::days(366);

/// Of the cases of a procedure that a region decided within a year, where there are enough.
pub(super) async fn of(
    connection: &mut AnyConnection,
    (region, procedure): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Option<Usual>, DatabaseError> {
    let statement = "select c.id, c.submitted_at, c.decided_at, p.asked_on, p.came_on from (select id, submitted_at, decided_at \
         from procedure_case where procedure = $1 and region = $2 and decided_at > $3 and decided_at <= $4 \
         order by decided_at desc limit $5) c left join case_pause p on p.case_id = c.id order by c.id";
    let values = [procedure.into(), region.into(), (now - WITHIN).into(), now.into(), MOST.into()];
    let rows = sql(statement, values).fetch_all(connection).await?;
    let mut took: Vec<(String, i64)> = Vec::new();
    for row in &rows {
        let id = text(row, "id")?;
        let waited = waited(row)?;
        match took.last_mut().filter(|(last, _)| *last == id) {
            Some((_, days)) => *days -= waited,
            None => took.push((id, days(row)? - waited)),
        }
    }
    Ok(figures(took.into_iter().map(|(_, days)| days.max(0)).collect()))
}

fn days(row: &AnyRow) -> Result<i64, DatabaseError> {
    let [from, to] = [instant(row, "submitted_at")?, instant(row, "decided_at")?].map(shanghai_date);
    Ok((to - from).num_days())
}

/// Days on which the office waited for the family.
fn waited(row: &AnyRow) -> Result<i64, DatabaseError> {
    let day = |column: &str| {
        let day = maybe_text(row, column)?.map(|day| day.parse::<NaiveDate>()).transpose();
        day.map_err(|_| DatabaseError::unreadable(column))
    };
    Ok(day("asked_on")?.zip(day("came_on")?).map_or(0, |(asked, came)| (came - asked).num_days()))
}

/// What is told of days, where there are enough.
pub(super) fn figures(mut took: Vec<i64>) -> Option<Usual> {
    if took.len() < LEAST {
        return None;
    }
    took.sort_unstable();
    let rank = |share: usize| took[(took.len() * share).div_ceil(100) - 1];
    Some(Usual { half: rank(50), most: rank(90), of: took.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_and_nine_of_ten_are_told_of_five_cases_and_of_no_fewer() {
        assert_eq!(figures(vec![3, 1, 2, 9]), None);
        assert_eq!(figures(vec![9, 1, 3, 2, 5]), Some(Usual { half: 3, most: 9, of: 5 }));
        assert_eq!(figures((1..=100).rev().collect()), Some(Usual { half: 50, most: 90, of: 100 }));
    }
}
