//! How long cases of a kind take, without the family's own time. Those that are open count as long as they have lasted: left out, slow
//! ones would be missing just because they are not over yet.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use shared::calendar::shanghai_date;
use sqlx::{AnyConnection, any::AnyRow};

use crate::database::{
    DatabaseError,
    sql::{instant, maybe_instant, maybe_text, sql, text},
};

/// Days from handing in to the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// Half of the cases take at most so many.
    pub half: i64,
    /// Nine of ten take at most so many.
    pub most: i64,
    /// How many of the cases that it is known of are decided; five at least.
    pub of: usize,
}

/// Fewer cases would tell of single families.
pub(super) const LEAST: usize = 5;
/// As many are looked at; their ids are drawn at random, so that the first of them are no others than the rest.
const MOST: i64 = 1_000;
/// What was handed in longer ago tells nothing of today.
const WITHIN: TimeDelta = TimeDelta::days(366);

/// Of the cases of a procedure that came to a region within a year, where enough of them are decided.
pub(super) async fn of(
    connection: &mut AnyConnection,
    (region, procedure): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Option<Usual>, DatabaseError> {
    let statement = "select c.id, c.submitted_at, c.decided_at, c.withdrawn_at, p.asked_on, p.came_on from \
         (select id, submitted_at, decided_at, case when state = 'withdrawn' then changed_at end as withdrawn_at \
         from procedure_case where procedure = $1 and region = $2 and submitted_at > $3 and submitted_at <= $4 \
         order by id limit $5) c left join case_pause p on p.case_id = c.id order by c.id";
    let values = [procedure.into(), region.into(), (now - WITHIN).into(), now.into(), MOST.into()];
    let rows = sql(statement, values).fetch_all(connection).await?;
    let mut all: Vec<(String, Took)> = Vec::new();
    for row in &rows {
        let (id, until) = (text(row, "id")?, until(row, now)?);
        let waited = waited(row, until)?;
        if let Some((_, took)) = all.last_mut().filter(|(last, _)| *last == id) {
            took.days -= waited;
        } else {
            let days = (until - shanghai_date(instant(row, "submitted_at")?)).num_days() - waited;
            all.push((id, Took { days, is_decided: maybe_instant(row, "decided_at")?.is_some() }));
        }
    }
    Ok(told(all.into_iter().map(|(_, took)| Took { days: took.days.max(0), ..took }).collect()))
}

/// The day until which a case has lasted.
fn until(row: &AnyRow, now: DateTime<Utc>) -> Result<NaiveDate, DatabaseError> {
    let end = maybe_instant(row, "decided_at")?.or(maybe_instant(row, "withdrawn_at")?);
    Ok(shanghai_date(end.unwrap_or(now)))
}

/// Days on which the office waited for the family, or still does.
fn waited(row: &AnyRow, until: NaiveDate) -> Result<i64, DatabaseError> {
    let day = |column: &str| {
        let day = maybe_text(row, column)?.map(|day| day.parse::<NaiveDate>()).transpose();
        day.map_err(|_| DatabaseError::unreadable(column))
    };
    let came = day("came_on")?.unwrap_or(until);
    Ok(day("asked_on")?.map_or(0, |asked| (came - asked).num_days()))
}

/// How long one case has taken.
#[derive(Clone, Copy, Debug)]
struct Took {
    days: i64,
    /// Otherwise it takes longer, nobody knows by how much.
    is_decided: bool,
}

/// What is told of cases that are all decided, by the days that they took, where there are enough.
pub(super) fn figures(took: Vec<i64>) -> Option<Usual> {
    told(took.into_iter().map(|days| Took { days, is_decided: true }).collect())
}

/// What is told of cases, where enough of them are decided (Kaplan and Meier, 1958): of those that have lasted until a day, what share
/// is decided on it. Nothing while so many are open that nobody knows until when nine of ten are decided.
fn told(mut all: Vec<Took>) -> Option<Usual> {
    let of = all.iter().filter(|took| took.is_decided).count();
    if of < LEAST {
        return None;
    }
    all.sort_unstable_by_key(|took| took.days);
    let (mut lasting, mut undecided, mut half) = (all.len(), 1.0_f64, None);
    for same in all.chunk_by(|one, other| one.days == other.days) {
        let decided = same.iter().filter(|took| took.is_decided).count();
        undecided *= 1.0 - number(decided) / number(lasting);
        lasting -= same.len();
        let days = same[0].days;
        half = half.or((undecided <= 0.5 + ROUNDED).then_some(days));
        if undecided <= 0.1 + ROUNDED {
            return Some(Usual { half: half?, most: days, of });
        }
    }
    None
}

/// More than what is lost where shares are multiplied.
const ROUNDED: f64 = 1e-9;

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
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

    fn took(decided: &[i64], open: &[i64]) -> Vec<Took> {
        let of =
            |days: &[i64], is_decided| days.iter().map(|days| Took { days: *days, is_decided }).collect::<Vec<_>>();
        [of(decided, true), of(open, false)].concat()
    }

    #[test]
    fn a_case_that_is_open_counts_as_long_as_it_has_lasted() {
        let decided = [2, 4, 4, 6, 8];
        assert_eq!(told(took(&decided, &[])), Some(Usual { half: 4, most: 8, of: 5 }));
        // Of six that last 4 days two are decided then, so that 4/7 are left; of two that last 6 days one is.
        assert_eq!(told(took(&decided, &[5, 5])), Some(Usual { half: 6, most: 8, of: 5 }));
        assert_eq!(told(took(&decided, &[1, 5, 9])), None, "nobody knows of the last tenth");
        // What is open since so many days has lasted until those that are decided on the same: 4/7 are left and not 3/6.
        assert_eq!(told(took(&[4, 4, 4, 8, 8, 8], &[4])), Some(Usual { half: 8, most: 8, of: 6 }));
        assert_eq!(told(took(&decided[..4], &[1, 1, 1])), None, "four are decided");
    }

    /// A number that looks as if it was drawn at random (`splitmix64`).
    fn mixed(n: u64) -> u64 {
        let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    }

    /// How long the `n`th case takes whose office decides one of a hundred on each day.
    fn true_days(n: u64) -> i64 {
        let drawn = mixed(n);
        let decided = (1_u64..=100_000).find(|day| mixed(drawn ^ day).is_multiple_of(100));
        i64::try_from(decided.unwrap()).unwrap()
    }

    /// Which share of other cases is decided within so many days.
    fn covered(days: i64) -> f64 {
        let within = (1_000_000..1_020_000).filter(|n| true_days(*n) <= days).count();
        number(within) / 20_000.0
    }

    #[test]
    fn nine_of_ten_means_nine_of_ten_although_many_cases_are_open() {
        let all: Vec<Took> = (0..20_000)
            .map(|n| {
                let (days, since) = (true_days(n), i64::try_from(mixed(n + 1_000_000_000) % 366).unwrap());
                Took { days: days.min(since), is_decided: days <= since }
            })
            .collect();
        let decided: Vec<i64> = all.iter().filter(|took| took.is_decided).map(|took| took.days).collect();
        let usual = told(all).unwrap();
        let (half, most) = (covered(usual.half), covered(usual.most));
        assert!((0.48..0.52).contains(&half) && (0.88..0.92).contains(&most), "{usual:?}: {half}, {most}");
        let hasty = figures(decided).unwrap();
        assert!(covered(hasty.most) < 0.85, "the decided ones alone promise too much: {hasty:?}");
    }
}
