//! The kinds of identity document a marriage registry accepts.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::field::Asked;
use crate::locale::Locale;

/// A kind of document (婚姻登记条例, State Council Order 804, Art 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum IdType {
    /// 居民身份证.
    ResidentId,
    /// 港澳台居民居住证.
    HkMacaoTaiwanResidencePermit,
    /// 港澳居民来往内地通行证 ("home return permit").
    HkMacaoPermit,
    /// 台湾居民来往大陆通行证 (台胞证).
    TaiwanPermit,
    /// 护照, of any country.
    Passport,
    /// 其他有效的国际旅行证件, of any country: a refugee's, a stateless person's.
    TravelDocument,
    /// 外国人永久居留身份证.
    ForeignPermanentResidentId,
}

impl IdType {
    /// The question for a kind of document.
    pub const ASKED: &'static Asked = &Asked::chosen(
        "id_type_missing",
        ("请选择证件类型。", "Choose the kind of document."),
        ("请从列出的证件类型中选择一种。", "Choose one of the documents listed."),
    );

    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Whether each country numbers it for itself, so that two people may have one number.
    pub fn is_of_any_country(self) -> bool {
        matches!(self, Self::Passport | Self::TravelDocument)
    }

    pub fn wire(self) -> &'static str {
        self.into()
    }

    pub fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// The document's name; the English one gives the Chinese in brackets where offices use it.
    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::ResidentId => locale.say("居民身份证", "Resident ID card (居民身份证)"),
            Self::HkMacaoTaiwanResidencePermit => locale.say(
                "港澳台居民居住证",
                "Residence permit for Hong Kong, Macao and Taiwan residents (港澳台居民居住证)",
            ),
            Self::HkMacaoPermit => locale
                .say("港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macao residents (回乡证)"),
            Self::TaiwanPermit => {
                locale.say("台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents (台胞证)")
            }
            Self::Passport => locale.say("护照", "Passport"),
            Self::TravelDocument => {
                locale.say("其他国际旅行证件", "Other international travel document (其他国际旅行证件)")
            }
            Self::ForeignPermanentResidentId => {
                locale.say("外国人永久居留身份证", "Foreign permanent resident ID card (外国人永久居留身份证)")
            }
        }
    }
}
