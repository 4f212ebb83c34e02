//! Backups of the embedded database: made while it is in use, and put back only when they are whole.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use server::{
    App,
    database::{Backend, Database},
    settings::Settings,
};

use super::{Failure, Said, audit};

/// What SQLite writes beside a database; after a crash it holds what the database itself does not have yet.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Copies the embedded database as of one instant; writers go on meanwhile. The copy has its name only once it is whole.
pub async fn backup(settings: &Settings, file: &Path) -> Said {
    embedded_only(settings, "pg_dump")?;
    if file.exists() {
        return Err(format!("{} exists already; name a new file", file.display()).into());
    }
    let unfinished = Unfinished::beside(file);
    unfinished.clear()?;
    own_file(&unfinished.0)?;
    let database = Database::open(&settings.database()).await?;
    database.copy_to(&unfinished.0).await?;
    database.close().await;
    check(&unfinished.0).await?;
    unfinished.become_file(file)?;
    let keys = settings.keys.display();
    Ok(format!("Copied to {}. Keep the key file ({keys}) in another place.\n", file.display()))
}

/// Puts a backup in place of a missing database, after it was opened with the keys and read from end to end.
pub async fn restore(settings: &Settings, file: &Path) -> Said {
    embedded_only(settings, "pg_restore")?;
    let target = settings.data.join("huimin.sqlite");
    refuse_what_is_there(&target)?;
    refuse_a_copy_in_use(file)?;
    fs::create_dir_all(&settings.data)?;
    let unfinished = Unfinished::beside(&target);
    unfinished.clear()?;
    io::copy(&mut File::open(file)?, &mut own_file(&unfinished.0)?)?;
    check(&unfinished.0).await?;
    let copied = Settings { database_url: Some(address(&unfinished.0)), demo: false, ..settings.clone() };
    let app = App::open(copied).await?;
    let verified = audit::verify_restored(&app).await;
    app.database().close().await;
    let verified = verified?;
    unfinished.become_file(&target)?;
    Ok(format!("{verified}Restored to {}.\n", target.display()))
}

/// A database there is moved away by whoever knows what it is, with all that belongs to it.
fn refuse_what_is_there(target: &Path) -> Result<(), Failure> {
    let beside = BESIDE.iter().map(|end| with(target, end));
    match std::iter::once(target.to_owned()).chain(beside).find(|path| path.exists()) {
        None => Ok(()),
        Some(path) => Err(format!(
            "{} is there; move it away first, together with every other huimin.sqlite file in that folder: what a \
             crash left beside a database would be taken for a part of the restored one",
            path.display()
        )
        .into()),
    }
}

/// A file that was copied while it was in use lacks what stands in the file beside it.
fn refuse_a_copy_in_use(file: &Path) -> Result<(), Failure> {
    let left = ["-wal", "-journal"].iter().map(|end| with(file, end));
    match left.into_iter().find(|path| fs::metadata(path).is_ok_and(|about| about.len() > 0)) {
        None => Ok(()),
        Some(path) => Err(format!(
            "{} stands beside the backup, so it is a database in use or left by a crash and not a finished backup; \
             make one with: huimin backup FILE",
            path.display()
        )
        .into()),
    }
}

/// Every page of the file is as SQLite wrote it.
async fn check(file: &Path) -> Result<(), Failure> {
    Database::check(&address(file)).await.map_err(|error| format!("{}: {error}", file.display()).into())
}

fn embedded_only(settings: &Settings, instead: &str) -> Result<(), Failure> {
    match Backend::of(&settings.database()) {
        Backend::Sqlite => Ok(()),
        Backend::Postgres => Err(format!("this is for the embedded database; use {instead} for PostgreSQL").into()),
    }
}

/// A new file that only its owner may read.
fn own_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

fn address(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

/// A file under a name of its own until it is whole; gone when it never is.
struct Unfinished(PathBuf);

impl Unfinished {
    fn beside(file: &Path) -> Self {
        Self(with(file, ".unfinished"))
    }

    /// Takes away what an earlier attempt left.
    fn clear(&self) -> io::Result<()> {
        let all = BESIDE.iter().map(|end| with(&self.0, end)).chain([self.0.clone()]);
        for path in all {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives it its name, on disk before anybody is told.
    fn become_file(self, file: &Path) -> io::Result<()> {
        File::open(&self.0)?.sync_all()?;
        fs::rename(&self.0, file)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Nothing more can be done about a file that cannot be removed; the next attempt says so.
        self.clear().ok();
    }
}
