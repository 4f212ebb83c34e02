//! A copy of a database has its name only once it is whole.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use server::files::{self, at, with};

/// What SQLite writes beside a database; after a crash it holds what the database itself does not have yet.
pub(super) const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// A file under a name of its own until it is whole; gone when it never is.
pub(super) struct Unfinished(pub(super) PathBuf);

impl Unfinished {
    /// Starts anew, for whoever has the file to itself.
    pub(super) fn beside(file: &Path) -> io::Result<(Self, File)> {
        let unfinished = Self(with(file, ".unfinished"));
        unfinished.clear()?;
        let file = files::new(&unfinished.0)?;
        Ok((unfinished, file))
    }

    /// Takes away what an earlier attempt left.
    fn clear(&self) -> io::Result<()> {
        let all = BESIDE.iter().map(|end| with(&self.0, end)).chain([self.0.clone()]);
        for path in all {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&path)(error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives it its name, on disk before anybody is told.
    pub(super) fn become_file(self, file: &Path) -> io::Result<()> {
        File::open(&self.0).and_then(|copy| copy.sync_all()).map_err(at(&self.0))?;
        files::rename(&self.0, file)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Nothing more can be done about a file that cannot be removed; the next attempt says so.
        self.clear().ok();
    }
}
