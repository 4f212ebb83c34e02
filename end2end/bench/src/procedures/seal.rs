//! Sealing as the portal seals (`server/src/keys/seal.rs`), so that the portal opens what is made here.

use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Nonce, Payload},
};
use data_encoding::BASE64;
use serde::Deserialize;

use crate::{Outcome, store::Place};

/// The newest sealing key of a portal.
pub struct Seal {
    id: u32,
    cipher: Aes256Gcm,
}

#[derive(Deserialize)]
struct KeyFile {
    sealing: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: u32,
    secret: String,
}

/// The version and the key's id.
const HEADER: usize = 5;
const NONCE: usize = 12;

impl Seal {
    pub fn of(place: &Place) -> Outcome<Self> {
        let text = std::fs::read_to_string(place.folder.path().join("keys.json"))?;
        let KeyFile { sealing } = serde_json::from_str(&text)?;
        let Entry { id, secret } = sealing.into_iter().next_back().ok_or("the key file holds no key")?;
        let secret = BASE64.decode(secret.as_bytes())?;
        let cipher = Aes256Gcm::new_from_slice(&secret).map_err(|_| "the sealing key is of another cipher")?;
        Ok(Self { id, cipher })
    }

    pub fn open(&self, context: &str, sealed: &[u8]) -> Outcome<Vec<u8>> {
        let rest = sealed.get(HEADER..).unwrap_or_default();
        let (nonce, msg) = rest.split_at_checked(NONCE).ok_or("a sealed record is too short")?;
        let nonce = Nonce::<Aes256Gcm>::try_from(nonce).map_err(|_| "no nonce")?;
        let payload = Payload { msg, aad: context.as_bytes() };
        Ok(self.cipher.decrypt(&nonce, payload).map_err(|_| "a sealed record cannot be opened")?)
    }

    /// The `n`th record that is sealed here: no two have one nonce.
    pub fn seal(&self, context: &str, plain: &[u8], n: usize) -> Outcome<Vec<u8>> {
        let mut number = [0; NONCE];
        number[NONCE - 8..].copy_from_slice(&u64::try_from(n)?.to_be_bytes());
        let nonce = Nonce::<Aes256Gcm>::try_from(&number[..]).map_err(|_| "no nonce")?;
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = self.cipher.encrypt(&nonce, payload).map_err(|_| "a record cannot be sealed")?;
        Ok([&[1][..], &self.id.to_be_bytes(), &number, &sealed].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_opened_under_its_own_name_alone() {
        let seal = Seal { id: 1, cipher: Aes256Gcm::new_from_slice(&[7; 32]).unwrap() };
        let sealed = seal.seal("case:one", b"words", 3).unwrap();
        assert_eq!(seal.open("case:one", &sealed).unwrap(), b"words");
        assert!(seal.open("case:two", &sealed).is_err());
        assert_ne!(seal.seal("case:one", b"words", 4).unwrap(), sealed);
    }
}
