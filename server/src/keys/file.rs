//! The key file: made once, kept apart from the data, readable by its owner alone. It has its name only once it is whole.

use std::{
    fs,
    io::{Error as IoError, ErrorKind, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use super::{KeyError, Keys, key_length, ring::Ring, ring::SealingKey};
use crate::files::{self, Lock};
use crate::settings::Cipher;

/// The file's text; secrets in base64.
#[derive(Serialize, Deserialize)]
struct KeyFile {
    sealing: Vec<SealingEntry>,
    index: String,
    link: String,
    audit: String,
}

#[derive(Serialize, Deserialize)]
struct SealingEntry {
    id: u32,
    cipher: String,
    secret: String,
}

/// The permissions of everybody who is neither the owner nor of the group.
const OTHERS: u32 = 0o007;

impl Keys {
    /// Reads the key file, and rereads it when a key that it did not hold is asked for.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let named = || path.display().to_string();
        let mode = fs::metadata(path).map_err(|error| file_error(path, error))?.permissions().mode();
        if mode & OTHERS != 0 {
            return Err(KeyError::Open(named()));
        }
        let text = fs::read_to_string(path).map_err(|error| file_error(path, error))?;
        let file: KeyFile = serde_json::from_str(&text).map_err(|_| KeyError::Format(named()))?;
        let keys = Self::from_file(file).ok_or_else(|| KeyError::Format(named()))?;
        if !keys.are_secret() {
            return Err(KeyError::NoSecret(named()));
        }
        Ok(Self { sealing: keys.sealing.of_file(path), ..keys })
    }

    /// Takes up sealing keys that were added to the file since it was read.
    ///
    /// # Errors
    /// As [`Keys::load`]; [`KeyError::Foreign`] where another file stands in its place, or one that lacks a key that was
    /// sealed with. What was read stays in use.
    pub fn reread(&self) -> Result<(), KeyError> {
        let Some(path) = self.sealing.file() else { return Ok(()) };
        let newer = Self::load(path)?;
        let same = [&newer.index, &newer.link, &newer.audit] == [&self.index, &self.link, &self.audit];
        if !same || !newer.sealing.holds_all_of(&self.sealing) {
            return Err(KeyError::Foreign(path.display().to_string()));
        }
        self.sealing.set(newer.sealing.all());
        Ok(())
    }

    /// Makes a new key file; refuses to overwrite one.
    pub fn create(path: &Path, cipher: Cipher) -> Result<Self, KeyError> {
        let keys = Self::generate(cipher);
        let make = || {
            files::make_folder_of(path)?;
            let _alone = Lock::wait_for(path)?;
            if path.exists() {
                return Err(ErrorKind::AlreadyExists.into());
            }
            files::rename(&keys.write_beside(path)?, path)
        };
        make().map_err(|error| file_error(path, error))?;
        Ok(Self { sealing: keys.sealing.of_file(path), ..keys })
    }

    /// Writes these keys to a file named after the newest of them; it becomes the key file by being renamed.
    pub(super) fn write_beside(&self, path: &Path) -> Result<PathBuf, IoError> {
        let beside = beside(path, &self.sealing.newest().check());
        let mut file = files::new(&beside)?;
        file.write_all(self.to_text().as_bytes())?;
        file.sync_all()?;
        files::keep_names_in(&beside)?;
        Ok(beside)
    }

    fn from_file(file: KeyFile) -> Option<Self> {
        let secret = |text: &str| BASE64.decode(text.as_bytes()).ok().filter(|bytes| bytes.len() >= 16);
        let sealing = file.sealing.iter().map(|entry| {
            let cipher = <Cipher as clap::ValueEnum>::from_str(&entry.cipher, false).ok()?;
            let secret = secret(&entry.secret).filter(|bytes| bytes.len() == key_length(cipher))?;
            Some(SealingKey { id: entry.id, cipher, secret })
        });
        let sealing: Vec<_> = sealing.collect::<Option<_>>()?;
        if sealing.is_empty() {
            return None;
        }
        let sealing = Ring::of(sealing);
        Some(Self { sealing, index: secret(&file.index)?, link: secret(&file.link)?, audit: secret(&file.audit)? })
    }

    /// A file of zeros, or of one byte over and over, was made by nobody's generator.
    fn are_secret(&self) -> bool {
        let varies = |secret: &[u8]| secret.windows(2).any(|pair| pair[0] != pair[1]);
        let sealing = self.sealing.all();
        sealing.iter().all(|key| varies(&key.secret))
            && [&self.index, &self.link, &self.audit].iter().all(|key| varies(key))
    }

    fn to_text(&self) -> String {
        let entry = |key: &SealingKey| SealingEntry {
            id: key.id,
            cipher: key.cipher.to_string(),
            secret: BASE64.encode(&key.secret),
        };
        let file = KeyFile {
            sealing: self.sealing.all().iter().map(entry).collect(),
            index: BASE64.encode(&self.index),
            link: BASE64.encode(&self.link),
            audit: BASE64.encode(&self.audit),
        };
        serde_json::to_string_pretty(&file).expect("strings and numbers always serialise")
    }
}

/// Where keys lie until they are the key file: those whose newest one has this check.
pub(super) fn beside(path: &Path, check: &str) -> PathBuf {
    files::with(path, &format!(".{check}"))
}

pub(super) fn file_error(path: &Path, error: IoError) -> KeyError {
    KeyError::File { path: path.display().to_string(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_readable_by_its_owner_alone_and_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let made = Keys::create(&path, Cipher::Sm4Gcm).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(matches!(Keys::create(&path, Cipher::Sm4Gcm), Err(KeyError::File { .. })));
        assert_eq!(Keys::load(&path).unwrap().blind_index("a", "b"), made.blind_index("a", "b"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else was left there");
    }

    #[test]
    fn a_key_file_that_others_can_read_or_that_is_no_secret_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        Keys::create(&path, Cipher::Aes256Gcm).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Keys::load(&path), Err(KeyError::Open(_))));

        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let mut file: KeyFile = serde_json::from_str(&text).unwrap();
        file.link = BASE64.encode(&[0; 32]);
        fs::write(&path, serde_json::to_string(&file).unwrap()).unwrap();
        assert!(matches!(Keys::load(&path), Err(KeyError::NoSecret(_))));
    }

    #[test]
    fn keys_in_use_stay_when_a_file_that_lacks_one_takes_the_place_of_theirs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let first = Keys::create(&path, Cipher::Aes256Gcm).unwrap();
        let old = fs::read(&path).unwrap();
        fs::rename(first.with_new_key(Cipher::Aes256Gcm).write_beside(&path).unwrap(), &path).unwrap();
        first.reread().unwrap();
        let sealed = first.seal("a", &1);
        fs::write(&path, old).unwrap();
        assert!(matches!(first.reread(), Err(KeyError::Foreign(_))));
        assert_eq!(first.open::<i32>("a", &sealed).unwrap(), 1);
    }
}
