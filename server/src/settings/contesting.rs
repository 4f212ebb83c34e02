//! Who decides, and where that is contested, so that whoever is refused is told it in full (行政复议法 art 20, 24; 行政诉讼法 art 46): a
//! body or a time that nobody was told lets them ask for up to a year.

use clap::Args;
use shared::places::PlaceId;

use super::{PerRegistry, SettingsError};

/// As they stand on what is printed. Each is one for all registries, or has words of its own for some.
#[derive(Args, Clone, Debug, Default)]
pub struct Contesting {
    /// The organ that decides and seals where that is not the bureau, such as `nanshan=南山区民政局`: of a township's registry its
    /// people's government. Several stand one after the other with semicolons; what has no `registry=` is for all others.
    #[arg(
        long,
        global = true,
        help_heading = "Settings",
        env = "HUIMIN_ORGAN",
        default_value = "",
        hide_default_value = true
    )]
    pub organ: PerRegistry,

    /// The government that reviews what is decided, such as `深圳市人民政府; nanshan=南山区人民政府`, first for all registries and then
    /// for those with another, by their ids: that of the organ's own level, and of a township's registry the county's; a portal
    /// that is no demonstration does not start without it and the court.
    #[arg(
        long,
        global = true,
        help_heading = "Settings",
        env = "HUIMIN_REVIEW_GOVERNMENT",
        default_value = "",
        hide_default_value = true
    )]
    pub review_government: PerRegistry,

    /// The court at which the organ is sued, such as `深圳市南山区人民法院`, for all registries and by registry in the same way.
    #[arg(
        long,
        global = true,
        help_heading = "Settings",
        env = "HUIMIN_COURT",
        default_value = "",
        hide_default_value = true
    )]
    pub court: PerRegistry,
}

impl Contesting {
    /// The first that is not said for all registries, with what it is to be set to: one that is added later would have none.
    pub(super) fn missing(&self) -> Option<&'static str> {
        let needed = [
            (
                &self.review_government,
                "HUIMIN_REVIEW_GOVERNMENT to the government that reviews what the bureau decides",
            ),
            (&self.court, "HUIMIN_COURT to the court at which the bureau is sued"),
        ];
        needed.into_iter().find(|(said, _)| !said.is_whole()).map(|(_, name)| name)
    }

    /// Refuses what is the id of no registry, or what was meant for it would be said of none.
    ///
    /// # Errors
    /// [`SettingsError::UnknownRegistry`].
    pub fn check(&self, known: &[PlaceId]) -> Result<(), SettingsError> {
        let all = [
            ("HUIMIN_ORGAN", &self.organ),
            ("HUIMIN_REVIEW_GOVERNMENT", &self.review_government),
            ("HUIMIN_COURT", &self.court),
        ];
        let mut named = all.into_iter().flat_map(|(setting, words)| words.named().map(move |id| (setting, id)));
        match named.find(|(_, id)| !known.contains(id)) {
            Some((setting, id)) => {
                let known: Vec<_> = known.iter().map(PlaceId::as_str).collect();
                Err(SettingsError::UnknownRegistry { setting, id: id.to_string(), known: known.join(", ") })
            }
            None => Ok(()),
        }
    }
}
