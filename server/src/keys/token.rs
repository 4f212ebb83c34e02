//! Unguessable tokens that are computed, not stored: a copy of the database opens no link.

use data_encoding::BASE32_NOPAD;
use subtle::ConstantTimeEq;

use super::{Keys, random};

/// What a token is good for; one for holds cannot be used to manage a booking.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    Hold,
    Manage,
    /// Manages as well, and says which phone of the booking was proved.
    Phone,
    /// Fills in and hands in a draft.
    Draft,
    /// Opens one's own case.
    Case,
    /// Opens the files of one's own case for a while, for whoever has just typed a code.
    CaseFiles,
}

/// Bytes of a token: 130 bits in 26 characters.
const TOKEN_BYTES: usize = 16;

/// Bytes of a mark: of 2⁶⁴ made up, one is right, and each takes a request to try.
pub const MARK: usize = 8;

impl Keys {
    /// The token for `subject`, 26 lower-case letters and digits.
    pub fn token(&self, purpose: Purpose, subject: &str) -> String {
        encode(&self.token_bytes(purpose, subject))
    }

    /// Whether `token` is the one for `subject`, in time that does not depend on how much of it is right.
    pub fn is_token(&self, purpose: Purpose, subject: &str, token: &str) -> bool {
        self.token(purpose, subject).as_bytes().ct_eq(token.as_bytes()).into()
    }

    /// A keyed hash of a six-digit code for one phone.
    pub fn code_hash(&self, phone_index: &str, code: &str) -> String {
        encode(&self.link_mac(&[b"code", phone_index.as_bytes(), code.as_bytes()]))
    }

    /// A keyed hash for values that are only ever compared: request keys, request bodies, session cookies.
    pub fn fingerprint(&self, domain: &str, value: &[u8]) -> String {
        encode(&self.link_mac(&[b"fingerprint", domain.as_bytes(), value])[..TOKEN_BYTES])
    }

    /// What only whoever has the keys can put behind `value`, so that it is known to be from here.
    pub fn mark(&self, domain: &str, value: &[u8]) -> [u8; MARK] {
        let mac = self.link_mac(&[b"mark", domain.as_bytes(), value]);
        std::array::from_fn(|i| mac[i])
    }

    fn token_bytes(&self, purpose: Purpose, subject: &str) -> [u8; TOKEN_BYTES] {
        let purpose: &[u8] = match purpose {
            Purpose::Hold => b"hold",
            Purpose::Manage => b"manage",
            Purpose::Phone => b"phone",
            Purpose::Draft => b"draft",
            Purpose::Case => b"case",
            Purpose::CaseFiles => b"case_files",
        };
        let mac = self.link_mac(&[purpose, subject.as_bytes()]);
        std::array::from_fn(|i| mac[i])
    }
}

/// A new random identifier with 128 bits, 26 lower-case letters and digits.
pub fn new_id() -> String {
    encode(&random(16))
}

/// A six-digit code, each of the million equally likely.
pub fn new_code() -> String {
    format!("{:06}", rand::random_range(0..1_000_000))
}

fn encode(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Cipher;

    #[test]
    fn a_token_serves_one_purpose_and_one_subject() {
        let keys = Keys::generate(Cipher::Aes256Gcm);
        let token = keys.token(Purpose::Manage, "a");
        assert_eq!(token.len(), 26);
        assert!(keys.is_token(Purpose::Manage, "a", &token));
        assert!(!keys.is_token(Purpose::Hold, "a", &token));
        assert!(!keys.is_token(Purpose::Manage, "b", &token));
        assert!(!keys.is_token(Purpose::Manage, "a", ""));
    }

    #[test]
    fn new_ids_differ_and_codes_have_six_digits() {
        assert_ne!(new_id(), new_id());
        assert!((0..100).map(|_| new_code()).all(|code| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())));
    }
}
