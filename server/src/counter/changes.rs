//! Telling whoever shows a day that it has changed: in this process after the commit, and in others by way of PostgreSQL,
//! which tells them when the transaction is committed.

mod listen;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::NaiveDate;
use shared::staff::OfficeId;
use sqlx::AnyConnection;
use tokio::sync::watch;

use crate::database::{Backend, DatabaseError, sql::sql};
pub use listen::run;

/// A day of an office has come to a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub office: OfficeId,
    pub date: NaiveDate,
    pub version: i64,
}

/// The last change of each office that this process heard of.
#[derive(Default)]
pub struct Changes(Mutex<HashMap<OfficeId, watch::Sender<Option<Told>>>>);

/// Where PostgreSQL tells of changes.
const CHANNEL: &str = "huimin_hall";

impl Changes {
    /// Learns of every change of an office from now on. What a receiver sees may skip versions, and never ends with an old
    /// one: whoever is told reads the sheet anew.
    pub fn watch(&self, office: &OfficeId) -> watch::Receiver<Option<Told>> {
        self.with(office, watch::Sender::subscribe)
    }

    /// Passes a change on, unless it is older than what was told of the same day.
    pub fn tell(&self, told: Told) {
        self.with(&told.office.clone(), |sender| {
            sender.send_if_modified(|last| {
                let is_old = last.as_ref().is_some_and(|last| last.date == told.date && last.version >= told.version);
                if !is_old {
                    *last = Some(told);
                }
                !is_old
            });
        });
    }

    fn with<T>(&self, office: &OfficeId, act: impl FnOnce(&watch::Sender<Option<Told>>) -> T) -> T {
        let mut offices = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        act(offices.entry(office.clone()).or_insert_with(|| watch::channel(None).0))
    }
}

/// Has other processes told of a change once it is committed; the embedded database has none.
pub(super) async fn notify(connection: &mut AnyConnection, backend: Backend, told: &Told) -> Result<(), DatabaseError> {
    if backend == Backend::Sqlite {
        return Ok(());
    }
    let statement = "select cast(pg_notify($1, $2) as text) as told";
    sql(statement, [CHANNEL.into(), told.line().into()]).execute(connection).await?;
    Ok(())
}

impl Told {
    fn line(&self) -> String {
        format!("{} {} {}", self.office, self.date, self.version)
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let office = OfficeId::parse(words.next()?).ok()?;
        Some(Self { office, date: words.next()?.parse().ok()?, version: words.next()?.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(office: &str, date: &str, version: i64) -> Told {
        Told { office: OfficeId::parse(office).unwrap(), date: date.parse().unwrap(), version }
    }

    #[test]
    fn a_change_is_told_once_to_those_who_watch_its_office_and_an_older_one_never() {
        let changes = Changes::default();
        let [mut nanshan, mut bay] = ["nanshan", "demo-bay"].map(|id| changes.watch(&OfficeId::parse(id).unwrap()));
        changes.tell(told("nanshan", "2026-05-20", 7));
        assert!(nanshan.has_changed().unwrap() && !bay.has_changed().unwrap());
        assert_eq!(nanshan.borrow_and_update().as_ref().map(|told| told.version), Some(7));
        changes.tell(told("nanshan", "2026-05-20", 7));
        changes.tell(told("nanshan", "2026-05-20", 6));
        assert!(!nanshan.has_changed().unwrap(), "it was told before");
        changes.tell(told("nanshan", "2026-05-19", 3));
        assert!(nanshan.has_changed().unwrap(), "another day was corrected");
        assert!(bay.borrow_and_update().is_none());
    }

    #[test]
    fn what_a_database_tells_is_read_as_it_was_written() {
        let told = told("nanshan", "2026-05-20", 12);
        assert_eq!(Told::read(&told.line()), Some(told));
        for line in ["", "nanshan", "nanshan 2026-05-20", "a/b 2026-05-20 1", "nanshan 20 May 1"] {
            assert_eq!(Told::read(line), None, "{line}");
        }
    }
}
