//! Where messages to residents go.

use std::str::FromStr;

use super::Endpoint;

/// How a message leaves the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Shown on the demo's mailbox page, sent nowhere.
    Mailbox,
    /// Posted as JSON `{id, to, text}` to a gateway; what is sent again comes under the same id.
    Gateway(String),
}

impl FromStr for Channel {
    type Err = String;

    fn from_str(value: &str) -> Result<Self, Self::Err> {
        match value {
            "mailbox" => Ok(Self::Mailbox),
            url => match url.parse::<Endpoint>() {
                Ok(endpoint) => Ok(Self::Gateway(endpoint.as_str().to_owned())),
                Err(reason) => Err(format!("use `mailbox`, or for a gateway {reason}")),
            },
        }
    }
}
