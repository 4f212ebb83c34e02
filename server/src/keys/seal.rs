//! Sealing personal data: AES-256-GCM or SM4-GCM, bound to the record it belongs to.
//!
//! A sealed value is: version (1 byte), key id (4, big endian), nonce (12), ciphertext and tag.

use aes_gcm::{
    Aes256Gcm, AesGcm, KeyInit,
    aead::{Aead, Nonce, Payload, consts::U12},
};
use serde::{Serialize, de::DeserializeOwned};
use sm4::Sm4;

use super::{Keys, random, ring::SealingKey};
use crate::settings::Cipher;

type Sm4Gcm = AesGcm<Sm4, U12>;

const VERSION: u8 = 1;
const HEADER: usize = 1 + 4;
pub(super) const NONCE: usize = 12;

/// The value was sealed for another record, with a key that is gone, or was changed since.
#[derive(Debug, thiserror::Error)]
#[error("a sealed record cannot be opened")]
pub struct Unsealable;

impl Keys {
    /// Seals `value` for the record named `context`, such as `appointment:9F3…`; only that name opens it.
    pub fn seal<T: Serialize>(&self, context: &str, value: &T) -> Vec<u8> {
        let plain = serde_json::to_vec(value).expect("sealed types always serialise");
        let key = self.sealing.newest();
        let nonce = random(NONCE);
        let payload = Payload { msg: &plain, aad: context.as_bytes() };
        let sealed = key.encrypt(&nonce, payload).expect("records are far below the cipher's length limit");
        [&[VERSION][..], &key.id.to_be_bytes(), &nonce, &sealed].concat()
    }

    /// Opens what [`Keys::seal`] made for the same `context`.
    pub fn open<T: DeserializeOwned>(&self, context: &str, sealed: &[u8]) -> Result<T, Unsealable> {
        let (header, rest) = sealed.split_at_checked(HEADER).ok_or(Unsealable)?;
        let (nonce, ciphertext) = rest.split_at_checked(NONCE).ok_or(Unsealable)?;
        let id = key_id(header).ok_or(Unsealable)?;
        let key = self.sealing_key(id).ok_or(Unsealable)?;
        let payload = Payload { msg: ciphertext, aad: context.as_bytes() };
        let plain = key.decrypt(nonce, payload).ok_or(Unsealable)?;
        serde_json::from_slice(&plain).map_err(|_| Unsealable)
    }

    /// Whether the value was sealed with an older key than the one in use.
    pub fn is_outdated(&self, sealed: &[u8]) -> bool {
        key_id(sealed.get(..HEADER).unwrap_or_default()) != Some(self.sealing.newest().id)
    }

    /// A key by its id; one that another process has added since is looked for in the file.
    fn sealing_key(&self, id: u32) -> Option<SealingKey> {
        self.sealing.find(id).or_else(|| {
            if let Err(error) = self.reread() {
                tracing::error!(%error, "a record was sealed with a newer key, and the key file cannot be read again");
            }
            self.sealing.find(id)
        })
    }
}

fn key_id(header: &[u8]) -> Option<u32> {
    let (version, id) = header.split_first()?;
    (*version == VERSION).then_some(u32::from_be_bytes(id.try_into().ok()?))
}

impl SealingKey {
    pub(super) fn encrypt(&self, nonce: &[u8], payload: Payload<'_, '_>) -> Option<Vec<u8>> {
        match self.cipher {
            Cipher::Aes256Gcm => {
                let nonce = Nonce::<Aes256Gcm>::try_from(nonce).ok()?;
                Aes256Gcm::new_from_slice(&self.secret).ok()?.encrypt(&nonce, payload).ok()
            }
            Cipher::Sm4Gcm => {
                let nonce = Nonce::<Sm4Gcm>::try_from(nonce).ok()?;
                Sm4Gcm::new_from_slice(&self.secret).ok()?.encrypt(&nonce, payload).ok()
            }
        }
    }

    pub(super) fn decrypt(&self, nonce: &[u8], payload: Payload<'_, '_>) -> Option<Vec<u8>> {
        match self.cipher {
            Cipher::Aes256Gcm => {
                let nonce = Nonce::<Aes256Gcm>::try_from(nonce).ok()?;
                Aes256Gcm::new_from_slice(&self.secret).ok()?.decrypt(&nonce, payload).ok()
            }
            Cipher::Sm4Gcm => {
                let nonce = Nonce::<Sm4Gcm>::try_from(nonce).ok()?;
                Sm4Gcm::new_from_slice(&self.secret).ok()?.decrypt(&nonce, payload).ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_ciphers_open_what_they_sealed_and_only_for_the_same_record() {
        for cipher in [Cipher::Aes256Gcm, Cipher::Sm4Gcm] {
            let keys = Keys::generate(cipher);
            let sealed = keys.seal("appointment:1", &"王小明");
            assert_eq!(keys.open::<String>("appointment:1", &sealed).unwrap(), "王小明");
            assert!(keys.open::<String>("appointment:2", &sealed).is_err());
            assert!(!sealed.windows(6).any(|bytes| bytes == "王小".as_bytes()));
        }
    }

    #[test]
    fn an_older_key_still_opens_after_a_rotation() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let keys = Keys::create(&path, Cipher::Aes256Gcm).unwrap();
        let (running, old) = (Keys::load(&path).unwrap(), keys.seal("a", &1));
        std::fs::rename(keys.with_new_key(Cipher::Sm4Gcm).write_beside(&path).unwrap(), &path).unwrap();
        let loaded = Keys::load(&path).unwrap();
        assert_eq!(loaded.open::<i32>("a", &old).unwrap(), 1);
        assert!(loaded.is_outdated(&old));
        assert!(!loaded.is_outdated(&loaded.seal("a", &1)));
        assert_eq!(running.open::<i32>("a", &loaded.seal("a", &2)).unwrap(), 2, "a server that ran meanwhile");
        assert!(!loaded.is_outdated(&running.seal("a", &3)));
    }

    proptest! {
        #[test]
        fn any_flipped_bit_is_noticed(text in ".{0,40}", at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let keys = Keys::generate(Cipher::Sm4Gcm);
            let mut sealed = keys.seal("record", &text);
            let place = at.index(sealed.len());
            sealed[place] ^= 1 << bit;
            prop_assert!(keys.open::<String>("record", &sealed).is_err());
        }

        #[test]
        fn arbitrary_bytes_never_open(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert!(Keys::generate(Cipher::Aes256Gcm).open::<String>("record", &bytes).is_err());
        }
    }
}
