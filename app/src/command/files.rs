//! Photographs and PDFs of applications: in backups, put back, and whether all are there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use server::{
    App,
    files::{self as own, at, with},
    procedures::files::{self, Checked, Store},
    settings::Settings,
};

use super::{Failure, Said};

/// Opens every photograph and PDF.
pub async fn verify(settings: Settings) -> Said {
    let app = App::open(settings).await?;
    let checked = files::check(&app, app.files()).await;
    app.database().close().await;
    let checked = checked?;
    if checked.lost.is_empty() { Ok(all_open(&checked)) } else { Err(lost(&checked).into()) }
}

/// The folder of files that belongs to a backup.
pub(super) fn beside(file: &Path) -> PathBuf {
    with(file, ".files")
}

/// Copies the files into the folder that belongs to a backup, once the database was copied: each is stored before a row names it,
/// and stays for some hours after none does. What is to be said of it.
pub(super) async fn copy(settings: &Settings, file: &Path) -> Said {
    let Some(folder) = Store::folder(settings) else {
        return Ok(" Photographs and PDFs of applications are not in it: they lie in the bucket that HUIMIN_FILES names, which is \
             backed up by its own means."
            .to_owned());
    };
    if !folder.is_dir() {
        return Ok(String::new());
    }
    let (beside, unfinished) = (beside(file), UnfinishedFolder::new(&beside(file))?);
    if files::copy_all(folder, unfinished.0.clone()).await? == 0 {
        return Ok(String::new());
    }
    unfinished.become_folder(&beside)?;
    Ok(format!(
        " Photographs and PDFs of applications lie in {} and belong to it: keep both together.",
        beside.display()
    ))
}

/// Files that are there and open, and have no place yet.
pub(super) struct PutBack {
    /// What the backup brought, and where it goes.
    copied: Option<(UnfinishedFolder, PathBuf)>,
    said: String,
}

/// Reads the files of a backup whose database is open, or those that lie where they belong already. With `lacking` some may be missing.
pub(super) async fn put_back(
    app: &App,
    (settings, file): (&Settings, &Path),
    lacking: bool,
) -> Result<PutBack, Failure> {
    let Some(folder) = Store::folder(settings) else {
        let said = "Photographs and PDFs of applications lie in the bucket that HUIMIN_FILES names; huimin files verify says whether \
             all are there.\n";
        return Ok(PutBack { copied: None, said: said.to_owned() });
    };
    let from = beside(file);
    if !from.is_dir() {
        let checked = files::check(app, &Store::of_folder(folder)).await?;
        return Ok(PutBack { copied: None, said: judged(&checked, &from, lacking)? });
    }
    if folder.exists() {
        return Err(format!("{} is there; move it away first: the backup brings its own", folder.display()).into());
    }
    let unfinished = UnfinishedFolder::new(&folder)?;
    let copy = Store::of_folder(unfinished.0.clone());
    files::copy_named(app.database(), &Store::of_folder(from.clone()), &copy).await?;
    let said = judged(&files::check(app, &copy).await?, &from, lacking)?;
    Ok(PutBack { copied: Some((unfinished, folder)), said })
}

impl PutBack {
    /// Gives them their place; what is to be said of them.
    pub(super) fn settle(self) -> io::Result<String> {
        if let Some((unfinished, folder)) = self.copied {
            unfinished.become_folder(&folder)?;
        }
        Ok(self.said)
    }
}

/// What is said of files that are put back; where some are missing nothing is, unless that is accepted.
fn judged(checked: &Checked, from: &Path, lacking: bool) -> Said {
    if checked.lost.is_empty() {
        // Of a portal that takes no photographs there is nothing to say.
        return Ok(if checked.opened == 0 { String::new() } else { all_open(checked) });
    }
    let lost = lost(checked);
    if lacking {
        return Ok(format!("{lost}. huimin files verify says so again until they are there.\n"));
    }
    Err(format!(
        "{lost}; nothing was restored. Put the folder {} of this backup beside it, or restore all the same with --without-files",
        from.display()
    )
    .into())
}

fn all_open(checked: &Checked) -> String {
    format!("{} photographs and PDFs of applications are there and open.\n", checked.opened)
}

fn lost(Checked { opened, lost }: &Checked) -> String {
    let first = lost.first().map(ToString::to_string).unwrap_or_default();
    format!(
        "{} photographs and PDFs of applications are missing or do not open, the first of them {first}; {opened} do",
        lost.len()
    )
}

/// A folder under a name of its own until it is whole; gone when it never is.
struct UnfinishedFolder(PathBuf);

impl UnfinishedFolder {
    /// Starts anew, for whoever has the backup or the database to itself.
    fn new(folder: &Path) -> io::Result<Self> {
        let unfinished = Self(with(folder, ".unfinished"));
        unfinished.clear()?;
        fs::create_dir(&unfinished.0).map_err(at(&unfinished.0))?;
        Ok(unfinished)
    }

    fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&self.0)(error)),
            _ => Ok(()),
        }
    }

    /// Gives it its name, on disk before anybody is told.
    fn become_folder(self, folder: &Path) -> io::Result<()> {
        own::rename(&self.0, folder)
    }
}

impl Drop for UnfinishedFolder {
    fn drop(&mut self) {
        // Nothing more can be done about a folder that cannot be removed; the next attempt says so.
        self.clear().ok();
    }
}
