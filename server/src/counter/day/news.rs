//! What those who follow a day are told of it: its version and who waits. However many pages are open, each version is read
//! once for all of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use shared::counter::VisitId;
use shared::staff::OfficeId;

use super::turn;
use crate::app::App;
use crate::database::sql::{sql, word};
use crate::error::Error;

/// A day as of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub version: i64,
    /// In the hall and not called.
    pub waiting: Vec<VisitId>,
}

/// The last that this process read of each day.
#[derive(Default)]
pub struct Latest(Mutex<HashMap<(OfficeId, NaiveDate), Shared>>);

/// Whoever reads keeps it locked, so that everybody else waits for what they read.
type Shared = Arc<tokio::sync::Mutex<Option<Arc<News>>>>;

/// Days of offices that are remembered at a time; any date can be asked for.
const REMEMBERED: usize = 64;

/// A day as of `version` or a later one; without it, as it is now. A day never comes back to a version, so that what was read
/// of one is good for whoever asks for that or an earlier one.
///
/// # Errors
/// Those of the database.
pub async fn of(app: &App, office: &OfficeId, date: NaiveDate, version: Option<i64>) -> Result<Arc<News>, Error> {
    let version = match version {
        Some(version) => version,
        None => turn::state(&mut *app.database().read().await?, office, date).await?.version,
    };
    let shared = app.hall().latest().of(office, date);
    let mut last = shared.lock().await;
    if let Some(news) = last.as_ref().filter(|news| news.version >= version) {
        return Ok(Arc::clone(news));
    }
    let news = Arc::new(read(app, office, date).await?);
    *last = Some(Arc::clone(&news));
    Ok(news)
}

/// Both as of one instant, so that nobody is missing from the version that they made.
async fn read(app: &App, office: &OfficeId, date: NaiveDate) -> Result<News, Error> {
    let mut instant = app.database().instant().await?;
    let version = turn::state(&mut instant, office, date).await?.version;
    let statement = "select id from visit where office = $1 and date = $2 and state = 'arrived' order by id";
    let rows = sql(statement, [office.as_str().into(), date.into()]).fetch_all(&mut *instant).await?;
    instant.rollback().await?;
    let waiting = rows.iter().map(|row| word(row, "id", |id| VisitId::parse(id).ok()));
    Ok(News { version, waiting: waiting.collect::<Result<_, _>>()? })
}

impl Latest {
    fn of(&self, office: &OfficeId, date: NaiveDate) -> Shared {
        let mut days = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let day = (office.clone(), date);
        if days.len() >= REMEMBERED && !days.contains_key(&day) {
            // Whoever is reading goes on with their own.
            days.clear();
        }
        Arc::clone(days.entry(day).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_for_the_same_day_shares_and_whoever_asks_for_many_takes_no_room() {
        let latest = Latest::default();
        let office = OfficeId::parse("nanshan").unwrap();
        let first: NaiveDate = "2026-05-20".parse().unwrap();
        assert!(Arc::ptr_eq(&latest.of(&office, first), &latest.of(&office, first)));
        for day in first.iter_days().take(10 * REMEMBERED) {
            latest.of(&office, day);
        }
        assert!(latest.0.lock().unwrap().len() <= REMEMBERED);
    }
}
