//! Where sealed files lie: in a folder of this machine, or in a bucket that several servers share.
//!
//! What lies there is sealed, and has no name that tells anything ([`super::rows::new_object`]).

mod bucket;
mod folder;

use std::{io, path::PathBuf};

use crate::files;
use crate::settings::Settings;
use bucket::Bucket;
use folder::Folder;

/// Bytes of its disk that a folder of files leaves free: where the embedded database lies on the same, it needs them.
const LEFT_FREE: u64 = 1024 * 1024 * 1024;

/// Cheap to clone.
#[derive(Clone, Debug)]
pub enum Store {
    Folder(Folder),
    Bucket(Bucket),
}

/// Why a file is not stored or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("there is no room for files: {0}")]
    NoRoom(io::Error),
    #[error("a file is not where it was stored: {0}")]
    Missing(String),
    #[error("a file cannot be stored or read: {0}")]
    Folder(io::Error),
    #[error("the storage of files does not do what it is asked: {0}")]
    Bucket(#[source] Box<object_store::Error>),
    #[error("what reads and writes files has stopped")]
    Stopped,
}

impl Store {
    /// The bucket that the settings name, else a folder beside the embedded database.
    pub fn open(settings: &Settings) -> Result<Self, StoreError> {
        match &settings.storage.files {
            Some(address) => Ok(Self::Bucket(Bucket::open(address)?)),
            None => Ok(Self::of_folder(in_data(settings))),
        }
    }

    /// A folder, whatever the settings name.
    pub fn of_folder(folder: PathBuf) -> Self {
        Self::Folder(Folder::at(folder))
    }

    /// The folder of files under these settings; none where they lie in a bucket.
    pub fn folder(settings: &Settings) -> Option<PathBuf> {
        settings.storage.files.is_none().then(|| in_data(settings))
    }

    /// Whether something more may be stored: files leave room for everything else on their disk.
    pub async fn has_room(&self) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => {
                let folder = folder.clone();
                blocking(move || leaves_free(files::free(folder.path())?)).await
            }
            Self::Bucket(_) => Ok(()),
        }
    }

    /// Stores bytes under a name that nothing else has; they are there for good when this returns, or not at all.
    pub async fn put(&self, object: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => {
                let (folder, object) = (folder.clone(), object.to_owned());
                blocking(move || folder.put(&object, &bytes)).await
            }
            Self::Bucket(bucket) => bucket.put(object, bytes).await,
        }
    }

    pub async fn get(&self, object: &str) -> Result<Vec<u8>, StoreError> {
        match self {
            Self::Folder(folder) => {
                let (folder, object) = (folder.clone(), object.to_owned());
                blocking(move || folder.get(&object)).await
            }
            Self::Bucket(bucket) => bucket.get(object).await,
        }
    }

    /// Removes what has this name, or what was begun to be written under it; nothing is there afterwards.
    pub async fn remove(&self, object: &str) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => {
                let (folder, object) = (folder.clone(), object.to_owned());
                blocking(move || folder.remove(&object)).await
            }
            Self::Bucket(bucket) => bucket.remove(object).await,
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::NoRoom(error)
            }
            io::ErrorKind::NotFound => Self::Missing(error.to_string()),
            _ => Self::Folder(error),
        }
    }
}

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { path, .. } => Self::Missing(path),
            error => Self::Bucket(Box::new(error)),
        }
    }
}

/// Copies all files of one folder into another; how many there were. What is removed meanwhile is left out.
pub async fn copy_all(from: PathBuf, to: PathBuf) -> Result<usize, StoreError> {
    blocking(move || Folder::at(from).copy_all(&Folder::at(to))).await
}

fn in_data(settings: &Settings) -> PathBuf {
    settings.data.join("files")
}

fn leaves_free(free: u64) -> io::Result<()> {
    if free < LEFT_FREE { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, StoreError> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Stopped)??)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_leave_a_gigabyte_of_their_disk_to_the_database() {
        assert!(matches!(StoreError::from(leaves_free(LEFT_FREE - 1).unwrap_err()), StoreError::NoRoom(_)));
        assert!(leaves_free(LEFT_FREE).is_ok());
    }

    #[tokio::test]
    async fn the_room_of_a_folder_that_is_not_there_yet_is_that_of_its_disk() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("data/files");
        assert_eq!(files::free(&folder).is_ok(), files::free(data.path()).is_ok());
        assert!(!folder.exists());
        Store::of_folder(folder).has_room().await.unwrap();
    }

    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        for full in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge] {
            assert!(matches!(StoreError::from(io::Error::from(full)), StoreError::NoRoom(_)));
        }
        let broken = io::Error::from(io::ErrorKind::PermissionDenied);
        assert!(matches!(StoreError::from(broken), StoreError::Folder(_)));
        let missing = io::Error::from(io::ErrorKind::NotFound);
        assert!(matches!(StoreError::from(missing), StoreError::Missing(_)));
    }
}
