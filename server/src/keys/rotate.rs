//! A new sealing key, and every record under it.
//!
//! The file with the new key is on disk before the database is told of the key, and is the key file before anything is
//! sealed with it: wherever a rotation breaks off, the key that the database knows can be found.

use std::fs;

use super::{
    KeyError,
    file::file_error,
    opens::{self, Unopened},
    reseal, tie,
};
use crate::app::App;
use crate::domains;
use crate::error::Error;
use crate::files::Lock;
use crate::open::OpenError;

/// Why a rotation did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    #[error(transparent)]
    Key(#[from] OpenError),
    #[error("{0}; nothing was changed")]
    Unopened(Unopened),
    #[error("the sealed records cannot be read: {0}; nothing was changed")]
    Unread(#[source] Error),
    #[error("there is a new key, but not every record could be sealed with it: {0}; rotate again")]
    Reseal(#[source] Error),
}

/// Makes a new sealing key and seals every record with it; how many there were.
///
/// # Errors
/// [`KeyError::Rotating`] while another process does the same with this key file, [`KeyError::Overtaken`] where one with
/// another key file has just done so, [`RotateError::Unopened`] where a record needs a key that is not there.
pub async fn rotate(app: &App) -> Result<usize, RotateError> {
    let file = &app.settings().keys;
    let alone = Lock::try_take(file).map_err(|error| OpenError::from(file_error(file, error)))?;
    let _alone = alone.ok_or_else(|| OpenError::from(KeyError::Rotating(file.display().to_string())))?;
    opens::all(app, domains::sealed()).await.map_err(RotateError::Unread)?.map_err(RotateError::Unopened)?;
    add_key(app).await?;
    reseal::all(app, domains::sealed()).await.map_err(RotateError::Reseal)
}

async fn add_key(app: &App) -> Result<(), OpenError> {
    let (keys, file) = (app.keys(), &app.settings().keys);
    // Another rotation may have ended since these were read.
    keys.reread()?;
    let next = keys.with_new_key(app.settings().cipher);
    let beside = next.write_beside(file).map_err(|error| file_error(file, error))?;
    let [old, new] = [keys, &next].map(|keys| keys.sealing.newest().check());
    // After an error the database may know the key or not, so the file stays.
    if tie::advance(app.database(), &old, &new).await? != new {
        fs::remove_file(beside).map_err(|error| file_error(file, error))?;
        return Err(KeyError::Overtaken(file.display().to_string()).into());
    }
    if let Err(error) = tie::settle(keys, file, &new) {
        tie::advance(app.database(), &new, &old).await?;
        return Err(error.into());
    }
    Ok(())
}
