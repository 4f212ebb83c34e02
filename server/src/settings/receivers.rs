//! Who receives personal data from the portal, so that the privacy notice names them (网络数据安全管理条例 art 21).

use clap::Args;

use super::{first_missing, says};

/// Each with a name and a way to reach them.
#[derive(Args, Clone, Debug, Default)]
pub struct Receivers {
    /// Name of the company that delivers the text messages; a portal that is no demonstration does not start without it and a
    /// way to reach it.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_SMS_PROVIDER")]
    pub sms_provider: Option<String>,

    /// How to reach that company, such as a telephone number.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_SMS_PROVIDER_CONTACT")]
    pub sms_provider_contact: Option<String>,

    /// Name of whoever runs the endpoint of `HUIMIN_IDENTITY_CHECK`; needed where that is set.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_IDENTITY_SERVICE")]
    pub identity_service: Option<String>,

    /// How to reach them.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_IDENTITY_SERVICE_CONTACT")]
    pub identity_service_contact: Option<String>,

    /// Name of the company on whose machines the portal runs, where the bureau has none of its own.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_HOSTING_PROVIDER")]
    pub hosting_provider: Option<String>,

    /// How to reach that company; needed where it is named.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_HOSTING_PROVIDER_CONTACT")]
    pub hosting_provider_contact: Option<String>,
}

impl Receivers {
    /// The first that is not said of whoever receives something, with what it is to be set to.
    pub(super) fn missing(&self, identities_are_checked: bool) -> Option<&'static str> {
        let sms = [
            (&self.sms_provider, "HUIMIN_SMS_PROVIDER to the name of the company that delivers text messages"),
            (&self.sms_provider_contact, "HUIMIN_SMS_PROVIDER_CONTACT to a way to reach that company"),
        ];
        let identity = [
            (&self.identity_service, "HUIMIN_IDENTITY_SERVICE to the name of whoever runs the identity check"),
            (&self.identity_service_contact, "HUIMIN_IDENTITY_SERVICE_CONTACT to a way to reach them"),
        ];
        let hosting =
            [(&self.hosting_provider_contact, "HUIMIN_HOSTING_PROVIDER_CONTACT to a way to reach whoever hosts it")];
        let is_hosted = says(self.hosting_provider.as_ref());
        let needed = sms.into_iter().chain(identity.into_iter().filter(|_| identities_are_checked));
        let needed = needed.chain(hosting.into_iter().filter(|_| is_hosted));
        first_missing(needed)
    }
}
