//! Six digits that an authenticator shows for thirty seconds (RFC 6238, with SHA-1, which is all that most of them know).

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use shared::staff::AccountName;
use subtle::ConstantTimeEq;

use crate::keys::random;

/// What an authenticator and the portal share; stored sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

/// Seconds of one step.
const STEP: i64 = 30;
/// Steps before and after the present one whose codes are taken too: a phone's clock may be half a minute off. OWASP ASVS
/// 6.5.5 allows 30 seconds, so this is a deviation; each code works once all the same.
const WINDOW: i64 = 1;
/// As RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
const DIGITS: u32 = 6;

impl Secret {
    pub fn new() -> Self {
        Self(BASE32_NOPAD.encode(&random(SECRET_BYTES)))
    }

    /// In base32, for typing it by hand.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What a QR code of it says.
    pub fn address(&self, account: &AccountName) -> String {
        format!("otpauth://totp/Huimin:{account}?secret={}&issuer=Huimin", self.0)
    }

    /// The code of a step; nothing for a secret that is damaged.
    pub fn code(&self, step: i64) -> Option<String> {
        let secret = BASE32_NOPAD.decode(self.0.as_bytes()).ok()?;
        Some(format!("{:06}", number(&secret, step) % 10_u32.pow(DIGITS)))
    }

    /// The newest step near `now` that has this code. Neighbouring steps may have the same one, and whoever types it in the
    /// later of them means that.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let present = step_at(now);
        let steps = (present - WINDOW..=present + WINDOW).rev();
        let is_right =
            |step: &i64| self.code(*step).is_some_and(|right| right.as_bytes().ct_eq(code.as_bytes()).into());
        // All are compared, so that the time it takes does not tell which.
        steps.filter(is_right).collect::<Vec<_>>().first().copied()
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// The step that an instant lies in.
pub fn step_at(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(STEP)
}

/// The 31 bits of which a code is the last digits (RFC 4226, 5.3).
fn number(secret: &[u8], step: i64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let mac = mac.finalize().into_bytes();
    let from = usize::from(mac[mac.len() - 1] & 0xf);
    u32::from_be_bytes([mac[from] & 0x7f, mac[from + 1], mac[from + 2], mac[from + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    /// The key of RFC 6238, appendix B, and the last six of the eight digits of its SHA-1 rows.
    const VECTORS: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    fn of_the_rfc() -> Secret {
        Secret(BASE32_NOPAD.encode(b"12345678901234567890"))
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in VECTORS {
            assert_eq!(of_the_rfc().code(step_at(at(seconds))).as_deref(), Some(code));
            assert_eq!(of_the_rfc().step_of(code, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_taken_half_a_minute_early_and_late_and_no_longer() {
        let (secret, now) = (Secret::new(), at(1_779_000_000));
        let step = step_at(now);
        for off in -3..=3 {
            let code = secret.code(step + off).unwrap();
            let taken = secret.step_of(&code, now);
            // Another step near by may have the same digits by chance.
            let expected = (step - 1..=step + 1).rev().find(|near| secret.code(*near).as_ref() == Some(&code));
            assert_eq!(taken, expected, "{off}");
            assert!(off.abs() > 1 || taken.is_some());
        }
        for wrong in ["", "12345", "1234567", "１２３４５６", "a\0b"] {
            assert_eq!(secret.step_of(wrong, now), None, "{wrong:?}");
        }
    }

    #[test]
    fn where_neighbouring_steps_have_one_code_the_newest_is_meant() {
        // The first two neighbours with one code that the key of the RFC has.
        let (secret, step) = (of_the_rfc(), 910_737);
        for step in [step, step + 1] {
            assert_eq!(secret.code(step).as_deref(), Some("911617"));
        }
        assert_eq!(secret.step_of("911617", at(step * STEP)), Some(step + 1));
    }

    #[test]
    fn a_secret_shows_itself_only_when_asked_and_is_never_the_same() {
        let secret = Secret::new();
        assert_eq!(secret.reveal().len(), 32);
        assert!(!format!("{secret:?}").contains(secret.reveal()));
        assert_ne!(secret, Secret::new());
        let address = secret.address(&AccountName::parse("demo-clerk").unwrap());
        assert!(address.starts_with("otpauth://totp/Huimin:demo-clerk?secret="), "{address}");
        assert_eq!(Secret("not base32!".to_owned()).code(1), None);
    }
}
