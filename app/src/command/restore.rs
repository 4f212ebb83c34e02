//! Backups are put back only when they are whole and the key file's.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use server::{
    App,
    database::Database,
    files::{self, at, with},
    keys::tie,
    settings::Settings,
};

use super::{
    Failure, Said, audit,
    backup::{address, alone, check, embedded_only},
    files::{PutBack, put_back},
    unfinished::{BESIDE, Unfinished},
};

/// Puts a backup in place of a missing database, after it was opened with the keys and read from end to end, with its files. With
/// `lacking` some of those may be missing.
pub async fn restore(settings: &Settings, file: &Path, lacking: bool) -> Said {
    embedded_only(settings, "pg_restore")?;
    let target = settings.data.join("huimin.sqlite");
    let mut backup = File::open(file).map_err(at(file))?;
    files::make_folder_of(&target)?;
    // A server that starts meanwhile waits for it too.
    let _alone = alone(&target)?;
    refuse_what_is_there(&target)?;
    refuse_a_copy_in_use(file)?;
    let (unfinished, mut copy) = Unfinished::beside(&target)?;
    io::copy(&mut backup, &mut copy).map_err(at(&unfinished.0))?;
    check(&unfinished, file).await?;
    let (verified, files) =
        verify((settings, file), &unfinished, lacking).await.map_err(|error| format!("{}: {error}", file.display()))?;
    // Files that no database names yet are nobody's.
    let files = files.settle()?;
    unfinished.become_file(&target)?;
    Ok(format!("{verified}{files}Restored to {}.\n", target.display()))
}

/// What is said of a copy that is right, with its files: the key file fits it, and so does everything that was recorded.
async fn verify(
    (settings, file): (&Settings, &Path),
    copy: &Unfinished,
    lacking: bool,
) -> Result<(String, PutBack), Failure> {
    let copied = Settings { database_url: Some(address(&copy.0)), demo: false, ..settings.clone() };
    let database = Database::open(&copied.database()).await?;
    let compared = tie::compare(&database, &settings.keys).await;
    database.close().await;
    compared?;
    let app = App::open(copied).await?;
    let verified = verify_app(&app, (settings, file), lacking).await;
    app.database().close().await;
    verified
}

async fn verify_app(app: &App, restoring: (&Settings, &Path), lacking: bool) -> Result<(String, PutBack), Failure> {
    // Before anything is set aside that belongs to what is there now.
    let files = put_back(app, restoring, lacking).await?;
    Ok((audit::verify_restored(app).await?, files))
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
