//! What a piece of advice or a document on the list rests on.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::localised::Localised;
use crate::numeral;

/// How firm the ground is; the page says so beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// An act or regulation, read in full.
    Law,
    /// The ministry's own explanation, as the legal press reported it.
    Official,
    /// What a place asks for, as its newspaper reported it; others may differ.
    LocalPractice,
}

impl Grade {
    /// Two or three words to stand beside the source.
    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Law => locale.say("法律法规", "Law"),
            Self::Official => locale.say("主管部门解读", "Official explanation"),
            Self::LocalPractice => locale.say("地方做法，各地可能不同", "Local practice, may differ elsewhere"),
        }
    }
}

/// One source, as it is named on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Citation {
    pub text: Localised,
    pub grade: Grade,
}

impl Citation {
    /// An article of the Civil Code (民法典, in force from 2021-01-01).
    pub(super) fn civil_code(article: u32) -> Self {
        Self {
            text: Localised::new(
                format!("《民法典》第{}条", numeral::chinese(article)),
                format!("Civil Code, Article {article}"),
            ),
            grade: Grade::Law,
        }
    }

    /// An article of the Marriage Registration Regulations (婚姻登记条例, State Council Order 804,
    /// in force from 2025-05-10).
    pub(super) fn regulations(article: u32) -> Self {
        Self {
            text: Localised::new(
                format!("《婚姻登记条例》第{}条", numeral::chinese(article)),
                format!("Marriage Registration Regulations, Article {article}"),
            ),
            grade: Grade::Law,
        }
    }

    /// The ministry's explanation of the working rules of 2025 (婚姻登记工作规范), Legal Daily, 2025-05-11.
    pub(super) fn working_rules() -> Self {
        Self {
            text: Localised::new(
                "民政部对2025年《婚姻登记工作规范》的解读（法治日报，2025年5月11日）",
                "Ministry of Civil Affairs on the 2025 working rules for marriage registration \
                 (Legal Daily, 11 May 2025)",
            ),
            grade: Grade::Official,
        }
    }

    /// What Shenzhen asks for (深圳特区报, 2025-05-11); others may ask for the same.
    pub(super) fn shenzhen_practice() -> Self {
        Self {
            text: Localised::new(
                "深圳市的做法（深圳特区报，2025年5月11日）",
                "Practice in Shenzhen (Shenzhen Special Zone Daily, 11 May 2025)",
            ),
            grade: Grade::LocalPractice,
        }
    }
}
