//! A database knows the keys it is sealed with: with others, the same people could be booked twice, links would be dead
//! and nothing could be opened.

use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value as Json;
use sqlx::AnyConnection;

use super::{
    KeyError, Keys,
    file::{beside, file_error},
    mac,
    ring::SealingKey,
};
use crate::database::{
    Database, DatabaseError,
    sql::{bytes, sql, text},
};
use crate::open::OpenError;
use crate::{domains, files};

/// The names under which a database keeps what it knows its keys by.
const KEYS: &str = "keys";
const SEALING_KEY: &str = "sealing_key";

/// What a database knows its keys by.
#[derive(Clone)]
struct Known {
    keys: String,
    /// The newest sealing key.
    newest: String,
}

/// Ties keys to a database that knows none, and compares them with one that does.
///
/// # Errors
/// [`KeyError::Foreign`] for another key file, and for one from before a rotation.
pub async fn tie(database: &Database, keys: &Keys, file: &Path) -> Result<(), OpenError> {
    let known = if let Some(known) = known(database).await? {
        known
    } else {
        open_sealed(database, keys, file).await?;
        database.write_with(Known::of(keys), insert).await?
    };
    known.compare(keys, file)?;
    let newest = keys.sealing.newest().check();
    // A backup from before a rotation. Where another process with other keys comes first, these are not the right ones.
    if known.newest != newest && advance(database, &known.newest, &newest).await? != newest {
        return Err(foreign(file).into());
    }
    Ok(())
}

/// Compares the key file with what a database knows, and writes nothing to that.
///
/// # Errors
/// As [`tie`]; [`KeyError::Missing`] and [`KeyError::Unused`] where there is nothing to compare.
pub async fn compare(database: &Database, file: &Path) -> Result<(), OpenError> {
    let keys = match Keys::load(file) {
        Err(KeyError::File { error, path }) if error.kind() == ErrorKind::NotFound => Err(KeyError::Missing(path)),
        loaded => loaded,
    }?;
    match known(database).await? {
        Some(known) => Ok(known.compare(&keys, file)?),
        None if open_sealed(database, &keys, file).await? => Ok(()),
        None => Err(KeyError::Unused.into()),
    }
}

/// Whether keys belong to a database already, though their file may be missing.
pub async fn is_tied(database: &Database) -> Result<bool, DatabaseError> {
    Ok(known(database).await?.is_some() || !samples(database).await?.is_empty())
}

/// Lets a database know its next newest key, unless it knows another one by then; the one it knows now.
pub(super) async fn advance(database: &Database, from: &str, to: &str) -> Result<String, DatabaseError> {
    database.write_with([from, to].map(str::to_owned), exchange).await
}

/// Makes the file with a key that the database knows the key file, and takes the key up.
pub(super) fn settle(keys: &Keys, file: &Path, newest: &str) -> Result<(), KeyError> {
    match files::rename(&beside(file, newest), file) {
        // It is not there, or no longer: whoever was faster has made it the key file.
        Err(error) if error.kind() != ErrorKind::NotFound => Err(file_error(file, error)),
        _ => keys.reread(),
    }
}

async fn known(database: &Database) -> Result<Option<Known>, DatabaseError> {
    let mut connection = database.read().await?;
    let value = |name: &'static str| sql("select value from office where name = $1", [name.into()]);
    let keys = value(KEYS).fetch_optional(&mut *connection).await?;
    let newest = value(SEALING_KEY).fetch_optional(&mut *connection).await?;
    let (Some(keys), Some(newest)) = (keys, newest) else { return Ok(None) };
    Ok(Some(Known { keys: text(&keys, "value")?, newest: text(&newest, "value")? }))
}

/// Whether there is anything that keys have sealed.
///
/// # Errors
/// [`KeyError::Foreign`] where it was with others.
async fn open_sealed(database: &Database, keys: &Keys, file: &Path) -> Result<bool, OpenError> {
    let samples = samples(database).await?;
    let opened = samples.iter().all(|(context, sealed)| keys.open::<Json>(context, sealed).is_ok());
    if opened { Ok(!samples.is_empty()) } else { Err(foreign(file).into()) }
}

/// The first sealed record of each kind, with its context.
async fn samples(database: &Database) -> Result<Vec<(String, Vec<u8>)>, DatabaseError> {
    let mut connection = database.read().await?;
    let mut samples = Vec::new();
    for kind in domains::sealed() {
        let first = sql(kind.list, ["".into(), 1_i64.into()]).fetch_optional(&mut *connection).await?;
        if let Some(row) = first {
            samples.push(((kind.context)(&text(&row, "id")?), bytes(&row, "sealed")?));
        }
    }
    Ok(samples)
}

/// Writes down what is not known yet, and gives what is.
async fn insert(connection: &mut AnyConnection, own: &Known) -> Result<Known, DatabaseError> {
    let mut known = own.clone();
    for (name, value) in [(KEYS, &mut known.keys), (SEALING_KEY, &mut known.newest)] {
        let statement = "insert into office (name, value) values ($1, $2) on conflict do nothing";
        sql(statement, [name.into(), value.as_str().into()]).execute(&mut *connection).await?;
        *value = read(connection, name).await?;
    }
    Ok(known)
}

async fn exchange(connection: &mut AnyConnection, [from, to]: &[String; 2]) -> Result<String, DatabaseError> {
    let statement = "update office set value = $1 where name = $2 and value = $3";
    let values = [to.as_str().into(), SEALING_KEY.into(), from.as_str().into()];
    sql(statement, values).execute(&mut *connection).await?;
    read(connection, SEALING_KEY).await
}

async fn read(connection: &mut AnyConnection, name: &'static str) -> Result<String, DatabaseError> {
    let statement = "select value from office where name = $1";
    text(&sql(statement, [name.into()]).fetch_one(connection).await?, "value")
}

impl Known {
    fn of(keys: &Keys) -> Self {
        Self { keys: keys.check(), newest: keys.sealing.newest().check() }
    }

    /// A rotation that broke off, or is at this moment between the database and the key file, is brought to its end.
    fn compare(&self, keys: &Keys, file: &Path) -> Result<(), KeyError> {
        let holds = || keys.sealing.all().iter().any(|key| key.check() == self.newest);
        if self.keys == keys.check() && !holds() {
            settle(keys, file, &self.newest)?;
        }
        if self.keys == keys.check() && holds() { Ok(()) } else { Err(foreign(file)) }
    }
}

fn foreign(file: &Path) -> KeyError {
    KeyError::Foreign(file.display().to_string())
}

impl Keys {
    /// What tells these keys from others, and nothing of them.
    fn check(&self) -> String {
        let checks = [&self.index, &self.link, &self.audit].map(|key| mac(key, &[b"check"]));
        data_encoding::HEXLOWER.encode(&mac(&checks.concat(), &[b"keys"])[..16])
    }
}

impl SealingKey {
    pub(super) fn check(&self) -> String {
        data_encoding::HEXLOWER.encode(&mac(&self.secret, &[b"check", &self.id.to_be_bytes()])[..16])
    }
}
