//! Where an outcome is contested, so that whoever is refused is told it in full (行政复议法 art 20, 24; 行政诉讼法 art 46): a body or a
//! time that nobody was told lets them ask for up to a year.

use clap::Args;

use super::first_missing;

/// As they stand on what is printed.
#[derive(Args, Clone, Debug, Default)]
pub struct Contesting {
    /// The government that reviews what the bureau decides, such as `南山区人民政府`: that of its own level, and of a township's registry
    /// the county's; a portal that is no demonstration does not start without it and the court.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_REVIEW_GOVERNMENT")]
    pub review_government: Option<String>,

    /// The court at which the bureau is sued, such as `深圳市南山区人民法院`.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_COURT")]
    pub court: Option<String>,
}

impl Contesting {
    /// The first that is not said, with what it is to be set to.
    pub(super) fn missing(&self) -> Option<&'static str> {
        let needed = [
            (
                &self.review_government,
                "HUIMIN_REVIEW_GOVERNMENT to the government that reviews what the bureau decides",
            ),
            (&self.court, "HUIMIN_COURT to the court at which the bureau is sued"),
        ];
        first_missing(needed)
    }
}
