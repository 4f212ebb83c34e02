//! The secrets of the portal: they seal what is kept of people, find it again, and make links and codes.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::Sha256;

use crate::settings::Cipher;

mod file;
pub mod of_file;
pub mod opens;
pub mod reseal;
mod ring;
pub mod rotate;
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
    #[error("another rotation runs with the key file {0}; nothing was changed")]
    Rotating(String),
    #[error(
        "the sealing key was rotated by somebody else at this moment, with another key file than {0}; nothing was \
         changed: bring that one here"
    )]
    Overtaken(String),
    #[error("this database knows no keys and holds nothing that they sealed: no portal has ever been opened with it")]
    Unused,
}

impl Keys {
    pub fn generate(cipher: Cipher) -> Self {
        Self {
            sealing: Ring::of(vec![SealingKey { id: 1, cipher, secret: random(key_length(cipher)) }]),
            index: random(32),
            link: random(32),
            audit: random(32),
        }
    }

    /// These keys and a new sealing key, with which is sealed from then on.
    fn with_new_key(&self, cipher: Cipher) -> Self {
        Self { sealing: self.sealing.and(cipher, random(key_length(cipher))), ..self.clone() }
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
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blind_indexes_depend_on_domain_value_and_key() {
        let keys = Keys::generate(Cipher::Aes256Gcm);
        assert_eq!(keys.blind_index("phone", "1"), keys.blind_index("phone", "1"));
        assert_ne!(keys.blind_index("phone", "1"), keys.blind_index("person", "1"));
        assert_ne!(keys.blind_index("ab", "c"), keys.blind_index("a", "bc"));
        assert_ne!(keys.blind_index("phone", "1"), Keys::generate(Cipher::Aes256Gcm).blind_index("phone", "1"));
    }
}
