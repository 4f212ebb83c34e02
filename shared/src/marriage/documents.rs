//! What exactly this couple brings (婚姻登记条例, State Council Order 804, Art 8).

mod items;
mod papers;

use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::counter::Paper;
use crate::locale::Locale;
use crate::localised::Localised;

use super::citation::Citation;
use super::{MaritalStatus, PartyKind};

/// The list for one couple. Party 0 is the first one named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Documents {
    pub parties: [Vec<DocumentItem>; 2],
    /// One for both.
    pub together: Vec<DocumentItem>,
    /// What people often bring although nobody asks for it.
    pub not_needed: Vec<DocumentItem>,
    /// Why this is no more than a first idea, where the regulations do not say what this couple brings: whatever is `needed` is
    /// then what the registry says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<Localised>,
}

/// One thing to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentItem {
    pub code: DocumentCode,
    pub needed: Needed,
    pub title: Localised,
    pub note: Localised,
    pub source: Citation,
}

/// The stable name of a document.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, EnumString, IntoStaticStr,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DocumentCode {
    ResidentId,
    IdentityProof,
    SignedDeclaration,
    TravelPermit,
    HomeIdCard,
    NotarisedDeclaration,
    ChinesePassport,
    OverseasCertificate,
    ForeignIdDocument,
    SingleCertificate,
    TruthDeclaration,
    DivorceProof,
    WidowhoodProof,
    StatusProof,
    /// What a unit writes for somebody who serves in it. No law of marriage asks for it, and many registries do; never listed
    /// as something to bring.
    MilitaryProof,
    Photos,
    HouseholdRegister,
    Fee,
}

/// When a document is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Needed {
    Always,
    /// Nothing to bring: it lies ready at the registry and is signed there.
    SignedThere,
    /// Only if the registry's online check shows something else than what you declare.
    IfRecordsDiffer,
    /// Only if a foreign authority issued your certificate under a treaty.
    IfUnderTreaty,
    Never,
}

impl Needed {
    /// A tag to stand beside the title; nothing where the thing is simply needed.
    pub fn label(self, locale: Locale) -> Option<&'static str> {
        match self {
            Self::Always => None,
            Self::SignedThere => Some(locale.say("到了登记处再签", "Signed at the registry")),
            Self::IfRecordsDiffer => Some(locale.say("核对不一致时需要", "Only if records differ")),
            Self::IfUnderTreaty => Some(locale.say("用条约证明时需要", "Only with a treaty document")),
            Self::Never => Some(locale.say("不需要", "Not needed")),
        }
    }
}

impl Documents {
    /// What is signed at the registry, each once.
    pub fn signed_there(&self) -> Vec<DocumentItem> {
        let mut items: Vec<DocumentItem> = Vec::new();
        for item in self.parties.iter().flatten().filter(|item| item.needed == Needed::SignedThere) {
            if !items.contains(item) {
                items.push(item.clone());
            }
        }
        items
    }
}

/// The list for a couple. A status of `None` is one that nobody was asked for, as on a booking.
pub fn documents(parties: [(PartyKind, Option<MaritalStatus>); 2]) -> Documents {
    let mut not_needed = vec![items::fee()];
    if parties.iter().any(|(kind, _)| *kind == PartyKind::Mainland) {
        not_needed.insert(0, items::household_register());
    }
    Documents {
        parties: parties.map(|(kind, status)| for_party(kind, status)),
        together: vec![items::photos()],
        not_needed,
        provisional: provisional(parties.map(|(kind, _)| kind)),
    }
}

/// Two of the mainland have Art 8, and so has a Chinese citizen, wherever they live, with a foreigner (Art 2).
fn provisional(kinds: [PartyKind; 2]) -> Option<Localised> {
    let mainlanders = kinds.iter().filter(|kind| **kind == PartyKind::Mainland).count();
    let foreigners = kinds.iter().filter(|kind| **kind == PartyKind::Foreigner).count();
    match (mainlanders, foreigners) {
        (0, 0) => Some(Localised::new(
            "双方都不是内地居民的中国公民怎么登记，民政部另有规定（《婚姻登记条例》第二十六条）。这份清单先作参考：\
             办公证、认证以前，请先问登记机关要带什么。",
            "Two Chinese citizens, neither of whom is a mainland resident, register under separate rules of the Ministry \
             of Civil Affairs (Marriage Registration Regulations, Article 26). This list is only a first idea: before you \
             go to a notary or an embassy, ask the registry what to bring.",
        )),
        (0, 2) => Some(Localised::new(
            "《婚姻登记条例》没有写双方都是外国人的情形。这份清单先作参考：办公证、认证以前，\
             请先问登记机关能不能办、要带什么。",
            "The Marriage Registration Regulations do not mention two foreign nationals. This list is only a first idea: \
             before you go to a notary or an embassy, ask the registry whether it can register you and what to bring.",
        )),
        _ => None,
    }
}

/// What a paper of this name is called that somebody comes back with; none for what nobody asks for.
pub fn title_of(paper: &Paper) -> Option<Localised> {
    asked_of(paper).map(|item| item.title)
}

/// On what it rests that a paper of this name is asked for; none for what no source that was read asks for.
pub fn source_of(paper: &Paper) -> Option<Citation> {
    asked_of(paper).map(|item| item.source)
}

fn asked_of(paper: &Paper) -> Option<DocumentItem> {
    let name = StrDeserializer::<serde::de::value::Error>::new(paper.name());
    let code = DocumentCode::deserialize(name).ok()?;
    let statuses = [None, Some(MaritalStatus::Divorced), Some(MaritalStatus::Widowed)];
    let of_kind = |kind: &PartyKind| statuses.map(|status| for_party(*kind, status)).into_iter().flatten();
    let mut asked = PartyKind::ALL.iter().flat_map(of_kind).chain([items::photos(), items::identity_proof()]);
    asked.find(|item| item.code == code)
}

fn for_party(kind: PartyKind, status: Option<MaritalStatus>) -> Vec<DocumentItem> {
    let mut list = match kind {
        PartyKind::Mainland => vec![items::resident_id(), items::signed_declaration()],
        PartyKind::HkMacaoTaiwan => {
            vec![items::travel_permit(), items::home_id_card(), items::notarised_declaration()]
        }
        PartyKind::OverseasChinese => {
            vec![items::chinese_passport(), items::overseas_certificate(), items::truth_declaration()]
        }
        PartyKind::Foreigner => {
            vec![items::foreign_id_document(), items::single_certificate(), items::truth_declaration()]
        }
    };
    match status {
        Some(MaritalStatus::NeverMarried) => {}
        Some(MaritalStatus::Divorced) => list.push(items::divorce_proof()),
        Some(MaritalStatus::Widowed) => list.push(items::widowhood_proof()),
        Some(MaritalStatus::Married | MaritalStatus::Unsure) | None => list.push(items::status_proof()),
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(list: &[DocumentItem]) -> Vec<DocumentCode> {
        list.iter().map(|item| item.code).collect()
    }

    #[test]
    fn a_paper_that_is_missing_at_the_counter_is_called_what_the_list_calls_it() {
        let title = |name: &'static str| title_of(&Paper::parse(name).unwrap()).map(|title| title.zh);
        assert_eq!(title("resident_id").as_deref(), Some("本人的居民身份证"));
        for name in ["photos", "travel_permit", "divorce_proof", "widowhood_proof", "truth_declaration"] {
            assert!(title(name).is_some(), "{name}");
        }
        for name in ["household_register", "fee", "agreement"] {
            assert_eq!(title(name), None, "nobody asks for it");
        }
        for code in DocumentCode::MISSED {
            assert!(code.is_private() || title_of(&code.paper()).is_some(), "{code:?} has no name for a text");
        }
    }

    #[test]
    fn only_what_article_8_asks_for_rests_on_it() {
        let rests_on = |code: DocumentCode| source_of(&code.paper()).map(|source| source.text.zh);
        let of_article = |code: &DocumentCode| rests_on(*code).as_deref() == Some("《婚姻登记条例》第八条");
        let (asked, others): (Vec<DocumentCode>, Vec<_>) = DocumentCode::MISSED.iter().copied().partition(of_article);
        let expected =
            [DocumentCode::IdentityProof, DocumentCode::Photos, DocumentCode::StatusProof, DocumentCode::MilitaryProof];
        assert_eq!(others, expected);
        assert_eq!(asked.len(), 8);
        assert_eq!(rests_on(DocumentCode::MilitaryProof), None);
    }

    #[test]
    fn two_mainlanders_who_never_married_bring_an_id_card_and_a_declaration_each() {
        let never = Some(MaritalStatus::NeverMarried);
        let list = documents([(PartyKind::Mainland, never); 2]);
        for party in &list.parties {
            assert_eq!(codes(party), [DocumentCode::ResidentId, DocumentCode::SignedDeclaration]);
        }
        assert_eq!(codes(&list.together), [DocumentCode::Photos]);
        assert_eq!(codes(&list.not_needed), [DocumentCode::HouseholdRegister, DocumentCode::Fee]);
    }

    #[test]
    fn each_kind_of_person_has_the_documents_of_article_8() {
        let list = |kind| codes(&for_party(kind, Some(MaritalStatus::NeverMarried)));
        assert_eq!(
            list(PartyKind::HkMacaoTaiwan),
            [DocumentCode::TravelPermit, DocumentCode::HomeIdCard, DocumentCode::NotarisedDeclaration]
        );
        assert_eq!(
            list(PartyKind::OverseasChinese),
            [DocumentCode::ChinesePassport, DocumentCode::OverseasCertificate, DocumentCode::TruthDeclaration]
        );
        assert_eq!(
            list(PartyKind::Foreigner),
            [DocumentCode::ForeignIdDocument, DocumentCode::SingleCertificate, DocumentCode::TruthDeclaration]
        );
    }

    #[test]
    fn an_earlier_marriage_adds_a_proof_that_is_only_asked_for_if_the_records_differ() {
        for (status, code) in [
            (Some(MaritalStatus::Divorced), DocumentCode::DivorceProof),
            (Some(MaritalStatus::Widowed), DocumentCode::WidowhoodProof),
            (Some(MaritalStatus::Unsure), DocumentCode::StatusProof),
            (None, DocumentCode::StatusProof),
        ] {
            let list = for_party(PartyKind::Mainland, status);
            let proof = list.last().unwrap();
            assert_eq!((proof.code, proof.needed), (code, Needed::IfRecordsDiffer));
        }
    }

    #[test]
    fn a_couple_without_a_mainlander_hears_nothing_of_the_household_register() {
        let list = documents([(PartyKind::Foreigner, None), (PartyKind::HkMacaoTaiwan, None)]);
        assert_eq!(codes(&list.not_needed), [DocumentCode::Fee]);
    }

    #[test]
    fn what_the_regulations_leave_open_is_a_list_to_ask_about_and_no_other_is() {
        use PartyKind::{Foreigner, HkMacaoTaiwan, Mainland, OverseasChinese};
        let why = |one, other| documents([(one, None), (other, None)]).provisional.map(|why| why.zh);
        for (one, other) in
            [(OverseasChinese, OverseasChinese), (HkMacaoTaiwan, HkMacaoTaiwan), (HkMacaoTaiwan, OverseasChinese)]
        {
            assert!(why(one, other).unwrap().contains("第二十六条") && why(other, one).is_some());
        }
        assert!(why(Foreigner, Foreigner).unwrap().contains("先问登记机关"));
        for kind in PartyKind::ALL {
            assert_eq!(why(Mainland, *kind), None, "article 8 has both");
        }
        for kind in [HkMacaoTaiwan, OverseasChinese] {
            assert_eq!(why(kind, Foreigner), None, "a Chinese citizen with a foreigner: article 2");
        }
    }

    #[test]
    fn a_court_that_ended_a_marriage_otherwise_than_by_its_divorce_has_its_paper_on_the_list() {
        let note =
            |status| for_party(PartyKind::Mainland, status).pop().map(|item| (item.title.zh, item.note)).unwrap();
        for status in [None, Some(MaritalStatus::Unsure)] {
            let (_, note) = note(status);
            for words in ["外国法院判的，一般要先由我国的中级人民法院承认", "宣告死亡", "被判无效或者撤销"]
            {
                assert!(note.zh.contains(words), "{words}");
            }
            for words in ["foreign court", "declared it", "void or annulled"] {
                assert!(note.en.contains(words), "{words}");
            }
        }
        assert!(note(Some(MaritalStatus::Divorced)).1.zh.contains("外国法院判的离婚，一般要先"));
        assert!(note(Some(MaritalStatus::Widowed)).0.contains("宣告死亡的判决书"));
    }

    #[test]
    fn the_statement_of_truth_is_for_treaty_documents_only() {
        for &kind in PartyKind::ALL {
            for item in for_party(kind, None) {
                let expected = item.code == DocumentCode::TruthDeclaration;
                assert_eq!(item.needed == Needed::IfUnderTreaty, expected);
            }
        }
    }
}
