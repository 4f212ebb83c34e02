//! The key file: made once, kept apart from the data, readable by its owner alone.

use std::{
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::settings::Cipher;

pub mod opens;
pub mod reseal;
mod ring;
pub mod seal;
pub mod tie;
pub mod token;

use ring::{Ring, SealingKey};

/// Every secret of the portal. New records are sealed with the newest sealing key; older ones are still opened.
#[derive(Clone)]
pub struct Keys {
    sealing: Ring,
    index: Vec<u8>,
    link: Vec<u8>,
    audit: Vec<u8>,
}

/// Why there are no keys to work with.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("cannot use the key file {path}: {error}")]
    File { path: String, error: std::io::Error },
    #[error("the key file {0} is not one of ours or is damaged")]
    Format(String),
    #[error("the key file {0} is missing, but the database already holds sealed records; bring the key file back")]
    Missing(String),
    #[error("the key file {0} holds a key that is no secret: all its bytes are alike")]
    NoSecret(String),
    #[error("the key file {0} can be read by others on this machine; let its owner alone read it (chmod 600)")]
    Open(String),
    #[error("the key file {0} is not the one that this database was sealed with; bring that one back")]
    Foreign(String),
}

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
    /// As [`Keys::load`]; [`KeyError::Foreign`] where another file stands in its place. What was read stays in use.
    pub fn reread(&self) -> Result<(), KeyError> {
        let Some(path) = self.sealing.file() else { return Ok(()) };
        let newer = Self::load(path)?;
        if [&newer.index, &newer.link, &newer.audit] != [&self.index, &self.link, &self.audit] {
            return Err(KeyError::Foreign(path.display().to_string()));
        }
        self.sealing.set(newer.sealing.all());
        Ok(())
    }

    /// Makes a new key file that only its owner may read; refuses to overwrite one.
    pub fn create(path: &Path, cipher: Cipher) -> Result<Self, KeyError> {
        let keys = Self::generate(cipher);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| file_error(path, error))?;
        }
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| file_error(path, error))?;
        file.write_all(keys.to_text().as_bytes()).and_then(|()| file.sync_all()).map_err(|e| file_error(path, e))?;
        Ok(Self { sealing: keys.sealing.of_file(path), ..keys })
    }

    /// Adds a sealing key that is used from now on, and replaces the file in one step.
    pub fn rotate(&self, path: &Path, cipher: Cipher) -> Result<(), KeyError> {
        self.sealing.add(cipher, random(key_length(cipher)));
        let new = path.with_extension("new");
        let write = || -> std::io::Result<()> {
            let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
            file.write_all(self.to_text().as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, path)
        };
        write().map_err(|error| file_error(path, error))
    }

    pub fn generate(cipher: Cipher) -> Self {
        Self {
            sealing: Ring::of(vec![SealingKey { id: 1, cipher, secret: random(key_length(cipher)) }]),
            index: random(32),
            link: random(32),
            audit: random(32),
        }
    }

    /// A blind index: equal values give equal indexes, and without the key nobody can tell which value it was.
    /// `domain` keeps a phone and an ID number with the same digits apart. 128 bits in hex.
    pub fn blind_index(&self, domain: &str, value: &str) -> String {
        data_encoding::HEXLOWER.encode(&mac(&self.index, &[domain.as_bytes(), value.as_bytes()])[..16])
    }

    /// A keyed hash for links and codes; the parts cannot run into each other.
    pub(crate) fn link_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.link, parts)
    }

    /// The name of a message outside: the same whenever it is sent, and never another's, also after a backup was restored.
    pub(crate) fn message_id(&self, id: i64, created_at: DateTime<Utc>) -> String {
        let parts = [b"message".as_slice(), &id.to_be_bytes(), &created_at.timestamp_millis().to_be_bytes()];
        data_encoding::HEXLOWER.encode(&self.link_mac(&parts)[..16])
    }

    /// The seal on an audit checkpoint.
    pub fn audit_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.audit, parts)
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

/// The permissions of everybody who is neither the owner nor of the group.
const OTHERS: u32 = 0o007;

/// Random bytes from the operating system's generator.
pub fn random(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

fn key_length(cipher: Cipher) -> usize {
    match cipher {
        Cipher::Aes256Gcm => 32,
        Cipher::Sm4Gcm => 16,
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn file_error(path: &Path, error: std::io::Error) -> KeyError {
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
    fn blind_indexes_depend_on_domain_value_and_key() {
        let keys = Keys::generate(Cipher::Aes256Gcm);
        assert_eq!(keys.blind_index("phone", "1"), keys.blind_index("phone", "1"));
        assert_ne!(keys.blind_index("phone", "1"), keys.blind_index("person", "1"));
        assert_ne!(keys.blind_index("ab", "c"), keys.blind_index("a", "bc"));
        assert_ne!(keys.blind_index("phone", "1"), Keys::generate(Cipher::Aes256Gcm).blind_index("phone", "1"));
    }
}
