//! A key of one file's own. It lies sealed in the file's row: a rotation seals rows anew and touches no file, and whoever
//! removes the row has made every copy of the file unreadable.
//!
//! A sealed file is: nonce (12), ciphertext and tag.

use aes_gcm::aead::Payload;
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use super::seal::{NONCE, Unsealable};
use super::{Keys, key_length, random, ring::SealingKey};
use crate::settings::Cipher;

/// What seals one file. It has no `Debug`: nothing of it may reach a log.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "Text", into = "Text")]
pub struct FileKey(SealingKey);

/// As it lies in a sealed row; the secret in base64.
#[derive(Serialize, Deserialize)]
struct Text {
    cipher: String,
    secret: String,
}

impl Keys {
    /// A new key for one file, of the cipher in use.
    pub fn new_file_key(&self) -> FileKey {
        let cipher = self.sealing.newest().cipher;
        FileKey(SealingKey { id: 0, cipher, secret: random(key_length(cipher)) })
    }
}

impl FileKey {
    /// Seals bytes under a name; only that name opens them.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Vec<u8> {
        let nonce = random(NONCE);
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = self.0.encrypt(&nonce, payload).expect("files are far below the cipher's length limit");
        [nonce, sealed].concat()
    }

    /// Opens what [`FileKey::seal`] made under the same name.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, ciphertext) = sealed.split_at_checked(NONCE).ok_or(Unsealable)?;
        let payload = Payload { msg: ciphertext, aad: context.as_bytes() };
        self.0.decrypt(nonce, payload).ok_or(Unsealable)
    }
}

impl TryFrom<Text> for FileKey {
    type Error = Unsealable;

    fn try_from(text: Text) -> Result<Self, Unsealable> {
        let cipher = <Cipher as clap::ValueEnum>::from_str(&text.cipher, false).map_err(|_| Unsealable)?;
        let secret = BASE64.decode(text.secret.as_bytes()).map_err(|_| Unsealable)?;
        if secret.len() != key_length(cipher) {
            return Err(Unsealable);
        }
        Ok(Self(SealingKey { id: 0, cipher, secret }))
    }
}

impl From<FileKey> for Text {
    fn from(key: FileKey) -> Self {
        Self { cipher: key.0.cipher.to_string(), secret: BASE64.encode(&key.0.secret) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_opens_with_its_own_key_and_name_alone_under_both_ciphers() {
        for cipher in [Cipher::Aes256Gcm, Cipher::Sm4Gcm] {
            let keys = Keys::generate(cipher);
            let (key, other) = (keys.new_file_key(), keys.new_file_key());
            let sealed = key.seal("file:1", b"a photograph");
            assert_eq!(key.open("file:1", &sealed).unwrap(), b"a photograph");
            assert!(key.open("file:2", &sealed).is_err() && other.open("file:1", &sealed).is_err());
            assert!(key.open("file:1", &sealed[..NONCE - 1]).is_err());
            assert!(!sealed.windows(5).any(|bytes| bytes == b"photo"));
        }
    }

    #[test]
    fn a_key_comes_back_from_its_sealed_row() {
        let keys = Keys::generate(Cipher::Sm4Gcm);
        let key = keys.new_file_key();
        let row = keys.seal("row", &key);
        let back: FileKey = keys.open("row", &row).unwrap();
        assert_eq!(back.open("file:1", &key.seal("file:1", b"page")).unwrap(), b"page");
        assert!(serde_json::from_str::<FileKey>(r#"{"cipher": "sm4-gcm", "secret": "AAAA"}"#).is_err());
    }
}
