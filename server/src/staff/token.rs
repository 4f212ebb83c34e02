//! Secrets that a browser carries for staff: of a session, and of a machine that is known.

use axum::http::{HeaderMap, HeaderValue};
use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq;

use crate::client::cookie;
use crate::keys::{Keys, random, token::MARK};

/// 192 random bits, and behind them 64 that tell that they are from here ([`Keys::mark`]); the database only ever sees their keyed
/// fingerprint.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    kind: Kind,
    value: String,
}

/// What a token is for; one for one thing is nothing for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Ends with the browser, or earlier.
    Session,
    /// Says that an account was signed in here before, for [`super::sign_in::DEVICE_DAYS`].
    Device,
    /// Says that the browser is a screen in a hall, until that is taken back.
    Screen,
}

const RANDOM: usize = 24;
const BYTES: usize = RANDOM + MARK;

impl Kind {
    pub const ALL: &'static [Self] = &[Self::Session, Self::Device, Self::Screen];

    /// Name of the cookie: bound to host and https in production, plain on a loopback http server.
    pub fn cookie_name(self, production: bool) -> &'static str {
        match (self, production) {
            (Self::Session, true) => "__Host-staff",
            (Self::Session, false) => "staff",
            (Self::Device, true) => "__Host-staff-device",
            (Self::Device, false) => "staff-device",
            (Self::Screen, true) => "__Host-screen",
            (Self::Screen, false) => "screen",
        }
    }

    fn domain(self) -> &'static str {
        match self {
            Self::Session => "staff-session",
            Self::Device => "staff-device",
            Self::Screen => "screen",
        }
    }
}

impl Token {
    pub fn new(kind: Kind, keys: &Keys) -> Self {
        let mut bytes = random(RANDOM);
        bytes.extend(keys.mark(kind.domain(), &bytes));
        Self { kind, value: BASE64URL_NOPAD.encode(&bytes) }
    }

    /// Whether it was made here, at whatever time; those from before there was a mark are not known by it. That is enough for
    /// an allowance, and opens nothing.
    pub fn is_ours(&self, keys: &Keys) -> bool {
        let bytes = BASE64URL_NOPAD.decode(self.value.as_bytes()).unwrap_or_default();
        let Some((value, mark)) = bytes.split_last_chunk::<MARK>() else { return false };
        keys.mark(self.kind.domain(), value).ct_eq(mark).into()
    }

    /// Reads a cookie; anything that is not one of ours is no token.
    pub fn parse(kind: Kind, cookie: &str) -> Option<Self> {
        let decoded = BASE64URL_NOPAD.decode(cookie.as_bytes()).ok()?;
        (decoded.len() == BYTES).then(|| Self { kind, value: cookie.to_owned() })
    }

    /// The token that a browser sent along.
    pub fn sent(kind: Kind, headers: &HeaderMap, production: bool) -> Option<Self> {
        Self::parse(kind, cookie(headers, kind.cookie_name(production))?)
    }

    /// The value to set as a cookie.
    pub fn reveal(&self) -> &str {
        &self.value
    }

    /// As the database keeps it: nothing for another kind, and nothing without the key file.
    pub fn fingerprint(&self, keys: &Keys) -> String {
        keys.fingerprint(self.kind.domain(), self.value.as_bytes())
    }

    /// The `Set-Cookie` that gives it to a browser: out of reach of scripts, and never sent along from another site.
    pub fn cookie(&self, production: bool) -> HeaderValue {
        let life = match self.kind {
            Kind::Session => String::new(),
            Kind::Device => format!(" Max-Age={};", super::sign_in::DEVICE_DAYS * 24 * 60 * 60),
            // As long as browsers keep anything.
            Kind::Screen => " Max-Age=34560000;".to_owned(),
        };
        set_cookie(self.kind, &self.value, &life, production)
    }

    /// The `Set-Cookie` that takes a token from a browser.
    pub fn no_cookie(kind: Kind, production: bool) -> HeaderValue {
        set_cookie(kind, "", " Max-Age=0;", production)
    }
}

fn set_cookie(kind: Kind, value: &str, life: &str, production: bool) -> HeaderValue {
    let (name, secure) = (kind.cookie_name(production), if production { " Secure;" } else { "" });
    let text = format!("{name}={value}; HttpOnly; SameSite=Lax;{life}{secure} Path=/");
    HeaderValue::from_str(&text).expect("a token is plain")
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}(hidden)", self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Cipher;

    #[test]
    fn a_token_is_for_one_thing_and_does_not_show_itself() {
        let keys = Keys::generate(Cipher::Aes256Gcm);
        let token = Token::new(Kind::Session, &keys);
        let as_device = Token::parse(Kind::Device, token.reveal()).unwrap();
        assert_ne!(token.fingerprint(&keys), as_device.fingerprint(&keys));
        assert!(!format!("{token:?}").contains(token.reveal()));
        assert_eq!(Token::parse(Kind::Session, token.reveal()), Some(token.clone()));
        assert!(token.is_ours(&keys) && !as_device.is_ours(&keys));
        assert!(!token.is_ours(&Keys::generate(Cipher::Aes256Gcm)), "of another portal");
        for place in [0, RANDOM, BYTES - 1] {
            let mut bytes = BASE64URL_NOPAD.decode(token.reveal().as_bytes()).unwrap();
            bytes[place] ^= 1;
            let made_up = Token::parse(Kind::Session, &BASE64URL_NOPAD.encode(&bytes)).unwrap();
            assert!(!made_up.is_ours(&keys), "a bit of byte {place}");
        }
        for cookie in ["", "short", "not base64 at all, and of no use to anybody"] {
            assert_eq!(Token::parse(Kind::Session, cookie), None);
        }
    }

    #[test]
    fn cookies_are_out_of_reach_of_scripts_and_bound_to_the_host_in_production() {
        let keys = Keys::generate(Cipher::Aes256Gcm);
        let text = |kind, production| Token::new(kind, &keys).cookie(production).to_str().unwrap().to_owned();
        let session = text(Kind::Session, true);
        assert!(session.starts_with("__Host-staff=") && session.contains("Secure") && !session.contains("Max-Age"));
        assert!(text(Kind::Device, false).contains("; Max-Age=7776000;"));
        for text in [session, text(Kind::Device, true), text(Kind::Session, false)] {
            assert!(text.contains("HttpOnly; SameSite=Lax;") && text.ends_with("Path=/"), "{text}");
        }
        assert!(Token::no_cookie(Kind::Session, false).to_str().unwrap().contains("Max-Age=0"));
    }
}
