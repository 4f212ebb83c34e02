//! Documents as the counter names them: what was missing, in as few words as a list has room for.

use super::DocumentCode;
use crate::counter::Paper;
use crate::locale::Locale;

impl DocumentCode {
    /// Everything that somebody may be sent home for: what is signed there, and what nobody needs, is not among them.
    pub const MISSED: &'static [Self] = &[
        Self::ResidentId,
        Self::IdentityProof,
        Self::Photos,
        Self::TravelPermit,
        Self::HomeIdCard,
        Self::NotarisedDeclaration,
        Self::ChinesePassport,
        Self::OverseasCertificate,
        Self::ForeignIdDocument,
        Self::SingleCertificate,
        Self::StatusProof,
        Self::MilitaryProof,
    ];

    /// Whether missing it says something of somebody's past or station, which the other of the two may not know, or nobody
    /// else: it is said in the room, and stands in no text that goes to both.
    pub fn is_private(self) -> bool {
        matches!(
            self,
            Self::StatusProof | Self::IdentityProof | Self::DivorceProof | Self::WidowhoodProof | Self::MilitaryProof
        )
    }

    /// The name under which the counter records it.
    pub fn paper(self) -> Paper {
        Paper::named(self.into())
    }

    /// The document of a record; none where it is another service's.
    pub fn of(paper: &Paper) -> Option<Self> {
        paper.name().parse().ok()
    }

    /// As staff read and choose it.
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::ResidentId => locale.say("居民身份证", "resident ID card"),
            Self::IdentityProof => locale.say("身份信息不一致的证明", "proof of changed identity details"),
            Self::SignedDeclaration => locale.say("本人签字的声明", "signed declaration"),
            Self::TravelPermit => locale.say("通行证或者居住证", "travel or residence permit"),
            Self::HomeIdCard => locale.say("港澳台身份证", "home identity card"),
            Self::NotarisedDeclaration => locale.say("公证过的声明", "notarised declaration"),
            Self::ChinesePassport => locale.say("中国护照", "Chinese passport"),
            Self::OverseasCertificate => {
                locale.say("无配偶、无近亲关系的证明", "certificate of no spouse and no kinship")
            }
            Self::ForeignIdDocument => {
                locale.say("护照、国际旅行证件或者永居身份证", "passport, travel document or permanent residence card")
            }
            Self::SingleCertificate => locale.say("本人无配偶的证明", "certificate of no spouse"),
            Self::TruthDeclaration => locale.say("对证明真实性负责的声明", "declaration that a certificate is genuine"),
            Self::DivorceProof => locale.say("离婚证或者法院文书", "divorce certificate or court document"),
            Self::WidowhoodProof => locale
                .say("前配偶的死亡证明或者宣告死亡的判决书", "late spouse's death certificate, or judgment of death"),
            Self::StatusProof => locale.say("前一段婚姻已经结束的证明", "proof that an earlier marriage has ended"),
            Self::MilitaryProof => locale.say("部队出具的婚姻登记证明", "proof of a military unit"),
            Self::Photos => locale.say("双人合影", "photographs of both"),
            Self::HouseholdRegister => locale.say("户口簿", "household register"),
            Self::Fee => locale.say("费用", "fee"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_document_comes_back_from_the_record_of_a_visit() {
        for code in DocumentCode::MISSED {
            assert_eq!(DocumentCode::of(&code.paper()), Some(*code));
        }
        assert_eq!(DocumentCode::of(&Paper::named("will")), None);
    }
}
