//! A database knows the keys it is sealed with: with others, the same people could be booked twice, links would be dead
//! and nothing could be opened.

use std::path::Path;

use sqlx::AnyConnection;

use super::{KeyError, Keys, mac, ring::SealingKey};
use crate::database::{
    Database, DatabaseError,
    sql::{sql, text},
};
use crate::open::OpenError;

/// The names under which a database keeps what it knows its keys by.
const KEYS: &str = "keys";
const SEALING_KEY: &str = "sealing_key";

/// Ties keys to a database that knows none, and compares them with one that does.
///
/// # Errors
/// [`KeyError::Foreign`] for another key file, and for one from before a rotation.
pub async fn tie(database: &Database, keys: &Keys, file: &Path) -> Result<(), OpenError> {
    let newest = keys.sealing.newest();
    let wanted = [(KEYS, keys.check()), (SEALING_KEY, newest.check())];
    let known = database.write_with(wanted.clone(), insert).await?;
    let foreign = || KeyError::Foreign(file.display().to_string());
    let [(_, check), (_, sealing)] = known;
    if check != wanted[0].1 || !keys.sealing.all().iter().any(|key| key.check() == sealing) {
        return Err(foreign().into());
    }
    if sealing != newest.check() {
        database.write_with((SEALING_KEY, newest.check()), update).await?;
    }
    Ok(())
}

/// Writes down what is not known yet, and gives what is.
async fn insert(
    connection: &mut AnyConnection,
    wanted: &[(&'static str, String); 2],
) -> Result<[(&'static str, String); 2], DatabaseError> {
    let mut known = wanted.clone();
    for (name, value) in &mut known {
        let statement = "insert into office (name, value) values ($1, $2) on conflict do nothing";
        sql(statement, [(*name).into(), value.as_str().into()]).execute(&mut *connection).await?;
        let statement = "select value from office where name = $1";
        *value = text(&sql(statement, [(*name).into()]).fetch_one(&mut *connection).await?, "value")?;
    }
    Ok(known)
}

async fn update(connection: &mut AnyConnection, (name, value): &(&'static str, String)) -> Result<(), DatabaseError> {
    let statement = "update office set value = $1 where name = $2";
    sql(statement, [value.as_str().into(), (*name).into()]).execute(connection).await?;
    Ok(())
}

impl Keys {
    /// What tells these keys from others, and nothing of them.
    fn check(&self) -> String {
        let checks = [&self.index, &self.link, &self.audit].map(|key| mac(key, &[b"check"]));
        data_encoding::HEXLOWER.encode(&mac(&checks.concat(), &[b"keys"])[..16])
    }
}

impl SealingKey {
    fn check(&self) -> String {
        data_encoding::HEXLOWER.encode(&mac(&self.secret, &[b"check", &self.id.to_be_bytes()])[..16])
    }
}
