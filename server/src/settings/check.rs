//! Which settings go together, and why others are refused at the start.

use super::{Channel, Settings, origin, says};

/// Why a set of settings is refused at the start.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SettingsError {
    #[error("{0} is for demonstrations and load tests; it is refused while HUIMIN_PUBLIC_URL is https")]
    DemoOnly(&'static str),
    #[error(
        "a portal needs a way to reach residents: set HUIMIN_MESSAGES to the https address of an SMS gateway, or \
         HUIMIN_DEMO=1 for a demonstration that shows every message on a page"
    )]
    NoChannel,
    #[error(
        "whoever leaves their data here must be told whose they are with and how to reach them (个人信息保护法 art 17): set {0}, \
         or HUIMIN_DEMO=1 for a demonstration"
    )]
    NoBureau(&'static str),
    #[error(
        "whoever leaves their data here must be told who receives them (网络数据安全管理条例 art 21): set {0}, or HUIMIN_DEMO=1 for \
         a demonstration"
    )]
    NoReceiver(&'static str),
    #[error(
        "whoever is refused must be told where that is contested (行政复议法 art 20): set {0}, or HUIMIN_DEMO=1 for a demonstration"
    )]
    NoReview(&'static str),
    #[error("HUIMIN_SERVICES names `{name}`, which is no service; there are {known}")]
    UnknownService { name: String, known: String },
    #[error("{setting} names `{id}`, which is no registry; there are {known}")]
    UnknownRegistry { setting: &'static str, id: String, known: String },
    #[error("HUIMIN_PUBLIC_URL must look like https://huimin.example.gov.cn, without a path")]
    PublicUrl,
}

impl Settings {
    /// Refuses demo switches in production, and a portal that is no demonstration without a message channel, without the
    /// bureau that answers for it, without a name for whoever receives what it sends, or without where its outcomes are contested.
    pub fn check(&self) -> Result<(), SettingsError> {
        if self.public_url.as_deref().is_some_and(|url| origin(url).is_none()) {
            return Err(SettingsError::PublicUrl);
        }
        if self.demo && !self.production() {
            return Ok(());
        }
        let demo_only = [
            (self.demo, "HUIMIN_DEMO"),
            (self.now.is_some(), "HUIMIN_NOW"),
            (!self.rate_limit, "HUIMIN_RATE_LIMIT=off"),
            (!self.phone_codes, "HUIMIN_PHONE_CODES=off"),
            (self.messages == Some(Channel::Mailbox), "HUIMIN_MESSAGES=mailbox"),
        ];
        match demo_only.into_iter().find(|(set, _)| *set) {
            Some((_, name)) if self.production() => Err(SettingsError::DemoOnly(name)),
            _ if self.channel() == Channel::Mailbox => Err(SettingsError::NoChannel),
            _ => self.check_named(),
        }
    }

    fn check_named(&self) -> Result<(), SettingsError> {
        let can_be_called = |phone: &str| phone.chars().filter(char::is_ascii_digit).count() >= 5;
        if !says(self.bureau.as_ref()) {
            return Err(SettingsError::NoBureau("HUIMIN_BUREAU to the bureau's name"));
        }
        if !self.bureau_phone.as_deref().is_some_and(can_be_called) {
            return Err(SettingsError::NoBureau("HUIMIN_BUREAU_PHONE to its telephone number"));
        }
        if let Some(name) = self.receivers.missing(self.identity_check.is_some()) {
            return Err(SettingsError::NoReceiver(name));
        }
        match self.contesting.missing() {
            Some(name) => Err(SettingsError::NoReview(name)),
            None => Ok(()),
        }
    }
}
