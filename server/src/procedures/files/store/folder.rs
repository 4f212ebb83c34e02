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
    /// Made with its first file.
    pub(super) fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn put(&self, object: &str, bytes: &[u8]) -> io::Result<()> {
        self.put_with(object, |file| file.write_all(bytes))
    }

    pub(super) fn get(&self, object: &str) -> io::Result<Vec<u8>> {
        let path = self.path_of(object);
        fs::read(&path).map_err(files::at(&path))
    }

    pub(super) fn remove(&self, object: &str) -> io::Result<()> {
        let path = self.path_of(object);
        remove_file(&files::with(&path, UNFINISHED))?;
        remove_file(&path)
    }

    /// Copies all that is whole into another folder; how many there were. What is removed meanwhile is left out.
    pub(super) fn copy_all(&self, to: &Self) -> io::Result<usize> {
        let mut count = 0;
        for object in self.objects()? {
            match self.get(&object) {
                Ok(bytes) => to.put(&object, &bytes)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            }
            count += 1;
        }
        Ok(count)
    }

    /// The names of all that is whole.
    fn objects(&self) -> io::Result<Vec<String>> {
        let mut objects = Vec::new();
        for folder in entries(&self.0)?.into_iter().filter(|path| path.is_dir()) {
            let names = entries(&folder)?.into_iter().filter_map(|path| path.file_name()?.to_str().map(str::to_owned));
            objects.extend(names.filter(|name| !name.ends_with(UNFINISHED)));
        }
        Ok(objects)
    }

    /// Writes beside the name, and gives the name to what is whole. Where that fails, the room is given back.
    fn put_with(&self, object: &str, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
        let path = self.path_of(object);
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

    fn path_of(&self, object: &str) -> PathBuf {
        self.0.join(object.get(..2).unwrap_or(object)).join(object)
    }
}

/// What lies in a folder; nothing where it is not there.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        listed => listed.map_err(files::at(folder))?.map(|entry| Ok(entry?.path())).collect(),
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
        let folder = Folder::at(data.path().join("files"));
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
        let folder = Folder::at(data.path().join("files"));
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
        let folder = Folder::at(data.path().join("files"));
        let path = folder.path_of("abcd-1");
        folder.make_folder(&path).unwrap();
        write_new(&files::with(&path, UNFINISHED), |file| file.write_all(b"half")).unwrap();
        assert_eq!(folder.get("abcd-1").unwrap_err().kind(), io::ErrorKind::NotFound);
        folder.remove("abcd-1").unwrap();
        assert_eq!(files_in(data.path()), 0);
    }

    #[test]
    fn a_copy_has_all_that_is_whole_and_nothing_half() {
        let [data, copy] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [folder, other] = [&data, &copy].map(|place| Folder::at(place.path().join("files")));
        assert_eq!(folder.copy_all(&other).unwrap(), 0, "where none is there yet");
        folder.put("abcd-1", b"one").unwrap();
        folder.put("efgh-2", b"two").unwrap();
        write_new(&files::with(&folder.path_of("abcd-3"), UNFINISHED), |file| file.write_all(b"half")).unwrap();
        assert_eq!(folder.copy_all(&other).unwrap(), 2);
        assert_eq!([other.get("abcd-1").unwrap(), other.get("efgh-2").unwrap()], [b"one", b"two"]);
        assert_eq!(files_in(copy.path()), 2);
    }
}
