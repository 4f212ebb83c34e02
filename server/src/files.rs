//! Files of the portal's own: for their owner alone, on disk before anybody is told, and one process at a time.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// The path with something at the end of its name.
pub fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

/// An error that says which path it is about.
pub fn at(path: &Path) -> impl Fn(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// A new file that only its owner may read.
pub fn new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(at(path))
}

/// The folder that a file is to lie in, made where it is missing.
pub fn make_folder_of(path: &Path) -> io::Result<()> {
    fs::create_dir_all(folder_of(path)).map_err(at(folder_of(path)))
}

/// Gives a file that is whole another name, on disk when this returns.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to).map_err(at(to))?;
    keep_names_in(to)
}

/// Bytes that are left on the disk where a folder lies, or will lie.
pub fn free(folder: &Path) -> io::Result<u64> {
    let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    let disk = rustix::fs::statvfs(there).map_err(|error| at(there)(error.into()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Names in the folder of a path stay as they are now, also after a power cut.
pub fn keep_names_in(path: &Path) -> io::Result<()> {
    let folder = folder_of(path);
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What one process has to itself while it keeps this; it ends with the process, however that ends.
///
/// It is a lock on a file beside the path, which is taken away again.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// The lock on a path, or nothing where another one has it.
    pub fn try_take(path: &Path) -> io::Result<Option<Self>> {
        Self::of(path, |file| match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        })
    }

    /// The lock on a path, when whoever has it is done.
    pub fn wait_for(path: &Path) -> io::Result<Self> {
        loop {
            if let Some(lock) = Self::of(path, |file| file.lock().map(|()| true))? {
                return Ok(lock);
            }
        }
    }

    fn of(path: &Path, lock: impl Fn(&File) -> io::Result<bool>) -> io::Result<Option<Self>> {
        let path = with(path, ".lock");
        let take = || loop {
            let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path)?;
            if !lock(&file)? {
                return Ok(None);
            }
            // Whoever had it took the file away meanwhile: then this locks nothing that anybody else will find.
            if fs::metadata(&path).is_ok_and(|now| file.metadata().is_ok_and(|own| own.ino() == now.ino())) {
                return Ok(Some(file));
            }
        };
        Ok(take().map_err(at(&path))?.map(|file| Self { path: path.clone(), _file: file }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // One that stays is locked by nobody and taken by the next.
        fs::remove_file(&self.path).ok();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        thread,
    };

    use super::*;

    #[test]
    fn one_has_a_lock_and_those_who_wait_get_it_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let (inside, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let first = Lock::try_take(&path).unwrap().unwrap();
        assert!(Lock::try_take(&path).unwrap().is_none());
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = Lock::wait_for(&path).unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        done.fetch_add(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
            assert_eq!(done.load(Ordering::SeqCst), 0);
            drop(first);
        });
        assert_eq!(done.into_inner(), 400);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing of it stays");
    }
}
