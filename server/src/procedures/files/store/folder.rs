//! Files in a folder: each has its name only once it is whole and on disk.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::files;

/// What the name of a file ends with that is being written.
const UNFINISHED: &str = ".unfinished";

/// A folder with a folder for each two letters that names begin with.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder of files in a folder of data, made with its first file.
    pub(super) fn below(data: &Path) -> Self {
        Self(data.join("files"))
    }

    pub(super) fn put(&self, object: &str, bytes: &[u8]) -> io::Result<()> {
        self.put_with(object, |file| file.write_all(bytes))
    }

    pub(super) fn get(&self, object: &str) -> io::Result<Vec<u8>> {
        let path = self.path(object);
        fs::read(&path).map_err(files::at(&path))
    }

    pub(super) fn remove(&self, object: &str) -> io::Result<()> {
        let path = self.path(object);
        remove_file(&files::with(&path, UNFINISHED))?;
        remove_file(&path)
    }

    /// Writes beside the name, and gives the name to what is whole. Where that fails, the room is given back.
    fn put_with(&self, object: &str, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
        let path = self.path(object);
        let unfinished = files::with(&path, UNFINISHED);
        self.make_folder(&path)?;
        let written = write_new(&unfinished, write).and_then(|()| files::rename(&unfinished, &path));
        if written.is_err() {
            fs::remove_file(&unfinished).ok();
        }
        written
    }

    /// The folder that a file is to lie in, whose own name stays after a power cut too.
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        if path.parent().is_some_and(Path::is_dir) {
            return Ok(());
        }
        files::make_folder_of(path)?;
        path.parent().map_or(Ok(()), files::keep_names_in)?;
        files::keep_names_in(&self.0)
    }

    fn path(&self, object: &str) -> PathBuf {
        self.0.join(object.get(..2).unwrap_or(object)).join(object)
    }
}

fn write_new(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut file = files::new(path)?;
    write(&mut file).and_then(|()| file.sync_all()).map_err(files::at(path))
}

fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(files::at(path)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files_in(path: &Path) -> usize {
        let entries = fs::read_dir(path).into_iter().flatten().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { files_in(&path) } else { 1 }).sum()
    }

    #[test]
    fn what_was_put_is_there_until_it_is_removed() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::below(data.path());
        folder.put("abcd-1", b"sealed").unwrap();
        assert_eq!(folder.get("abcd-1").unwrap(), b"sealed");
        assert!(folder.put("abcd-1", b"another").is_ok_and(|()| files_in(data.path()) == 1));
        folder.remove("abcd-1").unwrap();
        folder.remove("abcd-1").unwrap();
        assert_eq!(folder.get("abcd-1").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(files_in(data.path()), 0);
    }

    #[test]
    fn a_full_disk_leaves_no_half_file_behind() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::below(data.path());
        let full = folder.put_with("abcd-1", |file| {
            file.write_all(b"the first half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(files_in(data.path()), 0);
        folder.put("abcd-1", b"once there is room").unwrap();
    }

    #[test]
    fn a_process_that_ends_between_writing_and_naming_leaves_nothing_that_is_read() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::below(data.path());
        let path = folder.path("abcd-1");
        folder.make_folder(&path).unwrap();
        write_new(&files::with(&path, UNFINISHED), |file| file.write_all(b"half")).unwrap();
        assert_eq!(folder.get("abcd-1").unwrap_err().kind(), io::ErrorKind::NotFound);
        folder.remove("abcd-1").unwrap();
        assert_eq!(files_in(data.path()), 0);
    }
}
