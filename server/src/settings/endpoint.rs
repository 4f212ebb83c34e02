//! Where personal data is posted to.

use std::str::FromStr;

/// The address of a gateway: https, or this machine itself, since what goes there goes over no network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(String);

impl Endpoint {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Endpoint {
    type Err = &'static str;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        let is_safe = ["https://", "http://127.0.0.1:", "http://[::1]:"].iter().any(|start| url.starts_with(start));
        if is_safe { Ok(Self(url.to_owned())) } else { Err("use an https address (http only on 127.0.0.1 or [::1])") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_over_a_network_goes_over_https() {
        for url in ["https://check.example/v1", "http://127.0.0.1:8080/check", "http://[::1]:8080/"] {
            assert_eq!(url.parse::<Endpoint>().unwrap().as_str(), url);
        }
        for url in ["http://check.example/", "http://127.0.0.1.example:80/", "check.example", ""] {
            assert!(url.parse::<Endpoint>().is_err(), "{url}");
        }
    }
}
