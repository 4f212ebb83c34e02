//! Where a person belongs, which decides the documents and the registry.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::field::Asked;
use crate::identity::IdType;
use crate::locale::Locale;

/// The kind of person, which decides the documents and the registry
/// (婚姻登记条例, State Council Order 804, Arts 2 and 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PartyKind {
    /// 内地居民.
    Mainland,
    /// 香港、澳门、台湾居民.
    HkMacaoTaiwan,
    /// 华侨: a Chinese citizen settled abroad.
    OverseasChinese,
    /// 外国人.
    Foreigner,
}

impl PartyKind {
    /// The question for a kind of person.
    pub const ASKED: &'static Asked = &Asked::one_of(
        "kind_missing",
        "请选择这位是内地居民、港澳台居民、华侨还是外国人。",
        "Choose whether this person is from the mainland, from Hong Kong, Macao or Taiwan, overseas Chinese, or a \
         foreign national.",
    );

    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// `mainland`, `hk_macao_taiwan`, `overseas_chinese` or `foreigner`.
    pub fn wire(self) -> &'static str {
        self.into()
    }

    pub fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Mainland => locale.say("内地居民", "Mainland resident"),
            Self::HkMacaoTaiwan => locale.say("香港、澳门或台湾居民", "Resident of Hong Kong, Macao or Taiwan"),
            Self::OverseasChinese => {
                locale.say("华侨（定居国外的中国公民）", "Overseas Chinese (华侨: a Chinese citizen settled abroad)")
            }
            Self::Foreigner => locale.say("外国人", "Foreign national"),
        }
    }

    /// The documents this kind of person may book with (Order 804, Art 8), the usual one first.
    pub fn id_types(self) -> &'static [IdType] {
        match self {
            Self::Mainland => &[IdType::ResidentId],
            Self::HkMacaoTaiwan => &[IdType::HkMacaoPermit, IdType::TaiwanPermit, IdType::HkMacaoTaiwanResidencePermit],
            Self::OverseasChinese => &[IdType::Passport],
            Self::Foreigner => &[IdType::Passport, IdType::TravelDocument, IdType::ForeignPermanentResidentId],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_belongs_to_some_kind_of_person() {
        for &id_type in IdType::ALL {
            assert!(PartyKind::ALL.iter().any(|kind| kind.id_types().contains(&id_type)));
        }
    }
}
