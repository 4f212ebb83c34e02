//! What an operator sets, by flag, environment or file, and the combinations that are refused.

mod channel;
mod check;
mod contesting;
mod countries;
mod endpoint;
mod per_registry;
mod receivers;
mod services;
mod storage;

use std::{fmt, net::SocketAddr, path::PathBuf};

use chrono::{DateTime, FixedOffset};
use clap::{ArgAction, Args, ValueEnum};
use ipnet::IpNet;

pub use channel::Channel;
pub use check::SettingsError;
pub use contesting::Contesting;
pub use countries::Countries;
pub use endpoint::Endpoint;
pub use per_registry::PerRegistry;
pub use receivers::Receivers;
pub use services::Services;
pub use storage::{BucketAddress, Clamd, Storage};

/// Everything an operator can set; one field a flag, an environment variable and a key of the settings file.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own that an operator turns")]
pub struct Settings {
    /// Address and port to listen on.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,

    /// Folder for the embedded database.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_DATA", default_value_os_t = user_folder("XDG_DATA_HOME", ".local/share"))]
    pub data: PathBuf,

    /// Key file; kept apart from the data so that a copy of one is useless without the other.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_KEYS", default_value_os_t = user_folder("XDG_CONFIG_HOME", ".config").join("keys.json"))]
    pub keys: PathBuf,

    /// `postgres://…` to use PostgreSQL instead of the embedded SQLite.
    #[arg(long, global = true, help_heading = "Settings", env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// Division code of the bureau (GB/T 2260), such as 440305 for Nanshan.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_REGION", default_value = "440305")]
    pub region: String,

    /// Give WGS-84 coordinates of places too, of points that were measured in it: whether a bureau may publish those in bulk is
    /// for its counsel to say. Maps' own numbers (GCJ-02) are always given.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_PUBLISH_WGS84", value_parser = switch, action = ArgAction::Set, default_value = "off")]
    pub publish_wgs84: bool,

    /// Folder of policy packs to use instead of those that came with the program; read again whenever it changes.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_PACKS")]
    pub packs: Option<PathBuf>,

    #[command(flatten)]
    pub storage: Storage,

    /// Where residents reach the portal; https means production.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Networks of reverse proxies whose X-Forwarded-For is believed, separated by commas.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpNet>,

    /// Where messages to residents go: `mailbox` (a page on screen, demo only) or the https address of an SMS gateway.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_MESSAGES")]
    pub messages: Option<Channel>,

    /// Country codes whose phones are sent codes, separated by commas. A message abroad costs most, and some numbers earn by
    /// it: leave out what nobody here needs.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_CODE_COUNTRIES", default_value = Countries::DEFAULT)]
    pub code_countries: Countries,
    /// Where the name, document number and phone of each who books are compared before a booking is confirmed: the https
    /// address of an endpoint that takes them as JSON. Nothing is compared when left out.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_IDENTITY_CHECK")]
    pub identity_check: Option<Endpoint>,

    /// Cipher for personal data in a newly made key file.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_CIPHER", value_enum, default_value_t = Cipher::Aes256Gcm)]
    pub cipher: Cipher,

    /// Passkeys for staff: `off`, `on` for whoever wants one, or `required` of administrators, approvers and finance officers,
    /// whose roles then hold only in sessions that a passkey opened.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_PASSKEYS", value_enum, default_value_t = Passkeys::Off)]
    pub passkeys: Passkeys,

    /// Name of the bureau that runs the portal, for the footer and the privacy notice; a portal that is no demonstration does
    /// not start without it and its telephone number.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_BUREAU")]
    pub bureau: Option<String>,

    /// Telephone number of the bureau, for whoever asks what is kept of them.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_BUREAU_PHONE")]
    pub bureau_phone: Option<String>,

    /// Postal address of the bureau, for whoever writes about what is kept of them; without it the privacy notice has them call
    /// and ask.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_BUREAU_ADDRESS")]
    pub bureau_address: Option<String>,

    /// Telephone number for complaints about how people were served (监督电话), for the privacy notice and what is printed for
    /// those who come.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_SUPERVISION_PHONE")]
    pub supervision_phone: Option<String>,

    #[command(flatten)]
    pub receivers: Receivers,

    #[command(flatten)]
    pub contesting: Contesting,

    /// Filing number (备案号) shown in the footer.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_RECORD_NUMBER")]
    pub record_number: Option<String>,

    /// Services to offer, such as `marriage=南山区民政局,benefits`: a name, or a name with its owning department; all of
    /// them when left out.
    #[arg(
        long,
        global = true,
        help_heading = "Settings",
        env = "HUIMIN_SERVICES",
        default_value = "",
        hide_default_value = true
    )]
    pub services: Services,

    /// `off` sends no reminder on the working day before an appointment.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_REMINDERS", value_parser = switch, action = ArgAction::Set, default_value = "on")]
    pub reminders: bool,

    /// `off` lets browsers keep no pages for the time without a network, and recalls what they kept: the worker that was installed
    /// removes itself and everything it kept at the next visit.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_OFFLINE", value_parser = switch, action = ArgAction::Set, default_value = "on")]
    pub offline: bool,

    /// Days within which the bureau means to answer what somebody says is wrong with a place; nothing is promised when left out.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_ANSWER_DAYS", value_parser = clap::value_parser!(u32).range(1..=365))]
    pub answer_days: Option<u32>,

    /// Working days within which somebody asks what went wrong where a family was dissatisfied with how its application was
    /// handled; nothing is due when left out.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_RATING_DAYS", value_parser = clap::value_parser!(u32).range(1..=365))]
    pub rating_days: Option<u32>,

    /// Days after an appointment's day until the names, numbers and messages of its booking are erased, and after its answer until
    /// what somebody said is wrong with a place is.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_KEEP_DAYS", value_parser = clap::value_parser!(u32).range(1..=3650), default_value_t = 60)]
    pub keep_days: u32,

    /// Years after an appointment's day until the record of it can no longer be found by its reference number, and after somebody's
    /// last account was closed until their identity number is erased: as long as the bureau may have to account for it.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_RECORD_YEARS", value_parser = clap::value_parser!(u32).range(1..=30), default_value_t = 5)]
    pub record_years: u32,

    /// Days after it was last saved until a half-filled application is deleted.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_DRAFT_DAYS", value_parser = clap::value_parser!(u32).range(1..=365), default_value_t = 30)]
    pub draft_days: u32,

    /// Years after an application was closed or withdrawn until what it says of people is erased; nothing is erased by itself when
    /// left out, since for how long such files are kept is the bureau's to say.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_CASE_YEARS", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub case_years: Option<u32>,

    /// By which rule an application is kept for so many years, for the privacy notice; the bureau's own when left out.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_CASE_YEARS_BY")]
    pub case_years_by: Option<String>,

    /// Load the demo region into an empty database.
    #[arg(long, global = true, help_heading = "For demonstrations and load tests only", env = "HUIMIN_DEMO", value_parser = switch, action = ArgAction::Set, default_value = "off", default_missing_value = "on", num_args = 0..=1)]
    pub demo: bool,

    /// Start the clock at this instant, such as 2026-05-19T23:59:50+08:00.
    #[arg(long, global = true, help_heading = "For demonstrations and load tests only", env = "HUIMIN_NOW")]
    pub now: Option<DateTime<FixedOffset>>,

    /// `off` lifts the rate limits for load tests.
    #[arg(long, global = true, help_heading = "For demonstrations and load tests only", env = "HUIMIN_RATE_LIMIT", value_parser = switch, action = ArgAction::Set, default_value = "on")]
    pub rate_limit: bool,

    /// `off` books without codes to phones, for load tests.
    #[arg(long, global = true, help_heading = "For demonstrations and load tests only", env = "HUIMIN_PHONE_CODES", value_parser = switch, action = ArgAction::Set, default_value = "on")]
    pub phone_codes: bool,
}

/// The AEAD for personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Cipher {
    #[value(name = "aes-256-gcm")]
    Aes256Gcm,
    #[value(name = "sm4-gcm")]
    Sm4Gcm,
}

/// Whether staff have passkeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Passkeys {
    Off,
    On,
    Required,
}

impl Settings {
    /// Whether residents reach the portal over https.
    pub fn production(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Scheme, host and port of the portal as residents see it, without a trailing slash.
    pub fn origin(&self) -> String {
        let configured = self.public_url.as_deref().and_then(origin);
        configured.map_or_else(|| format!("http://{}", self.addr), str::to_owned)
    }

    pub fn channel(&self) -> Channel {
        self.messages.clone().unwrap_or(Channel::Mailbox)
    }

    /// The database to open: PostgreSQL where one is named, else a file in the data folder.
    pub fn database(&self) -> String {
        match &self.database_url {
            Some(url) => url.clone(),
            None => format!("sqlite://{}", self.data.join("huimin.sqlite").display()),
        }
    }
}

/// The first that is not said, by what it is to be set to.
fn first_missing<'a>(needed: impl IntoIterator<Item = (&'a Option<String>, &'static str)>) -> Option<&'static str> {
    needed.into_iter().find(|(said, _)| !says(said.as_ref())).map(|(_, name)| name)
}

/// Whether something was set to more than spaces.
fn says(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

fn origin(url: &str) -> Option<&str> {
    let url = url.strip_suffix('/').unwrap_or(url);
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let plain = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    plain.then_some(url)
}

fn switch(value: &str) -> Result<bool, String> {
    match value.trim().to_ascii_lowercase().as_str() {
        "1" | "on" | "true" | "yes" => Ok(true),
        "0" | "off" | "false" | "no" | "" => Ok(false),
        _ => Err("use on or off".to_owned()),
    }
}

fn user_folder(variable: &str, below_home: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let base = std::env::var_os(variable).filter(|path| !path.is_empty());
    base.map_or_else(|| home().join(below_home), PathBuf::from).join("huimin")
}

impl fmt::Display for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Aes256Gcm => "aes-256-gcm",
            Self::Sm4Gcm => "sm4-gcm",
        })
    }
}

#[cfg(test)]
mod tests;
