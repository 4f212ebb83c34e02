//! What a clerk looks at in a document.

use shared::marriage::documents::DocumentCode;

use crate::words::Text;

/// None where there is nothing to say.
pub(super) fn what(code: DocumentCode) -> Option<Text> {
    Some(match code {
        DocumentCode::ResidentId => Text(
            "原件，在有效期内（有效的临时居民身份证也可以）；人和照片一致；姓名、号码与联网核对一致",
            "original and valid (a valid temporary one too); the person in the picture; name and number as in the online check",
        ),
        DocumentCode::HomeIdCard => Text(
            "原件；人和照片一致；与通行证、居住证上的姓名一致",
            "original; the person in the picture; the name as in the permit",
        ),
        DocumentCode::SignedDeclaration => Text(
            "当面签字，不会写名字的按指纹；没有配偶；没有直系血亲和三代以内旁系血亲关系；签字以前告诉两个人：证件、声明有假的，\
             要承担相应法律责任，并按规定记入信用记录（条例第二十三条）",
            "signed in front of you, or with a fingerprint by whoever cannot write; no spouse; not related within three generations; \
             tell both before they sign that whoever brings or declares what is false answers for it by law, and that it goes on \
             their credit record (regulations art 23)",
        ),
        DocumentCode::TravelPermit | DocumentCode::ChinesePassport | DocumentCode::ForeignIdDocument => Text(
            "原件，在有效期内；人和照片一致；能联网核对的，都核对",
            "original and valid; the person in the picture; checked online where that is possible",
        ),
        DocumentCode::NotarisedDeclaration => Text(
            "写明没有配偶、与对方没有近亲关系；居住地公证机构公证；本地规定有效期的，在有效期内",
            "says that they have no spouse and are not related; of a notary where they live; where a rule limits it, still valid",
        ),
        DocumentCode::OverseasCertificate => Text(
            "写明没有配偶、与对方没有近亲关系；中国使领馆出具，或者经认证、按条约附加证明书",
            "says that they have no spouse and are not related; of a Chinese embassy, or authenticated, or with an apostille",
        ),
        DocumentCode::SingleCertificate => Text(
            "写明没有配偶；使领馆出具，或者经认证、按条约附加证明书",
            "says that they have no spouse; of an embassy, or authenticated, or with an apostille",
        ),
        DocumentCode::TruthDeclaration => Text(
            "当面签字；签字以前告诉本人：证明有假的，要承担相应法律责任，并按规定记入信用记录（条例第二十三条）",
            "signed in front of you; tell them before they sign that whoever brings what is false answers for it by law, and that it \
             goes on their credit record (regulations art 23)",
        ),
        DocumentCode::StatusProof | DocumentCode::DivorceProof | DocumentCode::WidowhoodProof => Text(
            "在内地登记过、联网核对一致的，不用看；外国法院判的离婚，一般要有我国中级人民法院承认的裁定；宣告死亡、婚姻无效或者撤销的，\
             看法院生效的判决书",
            "not needed where the online check of a marriage here agrees; a foreign court's divorce usually has to be recognised by a \
             Chinese intermediate court; where somebody was declared dead, or a marriage void or annulled, see the court's effective \
             judgment",
        ),
        DocumentCode::Photos => Text(
            "几张、多大，按本登记处的规定（深圳：二寸三张）；能当场拍的，当场拍，不要让人回去",
            "how many and of what size, as this registry has it (in Shenzhen three of two inches); taken on the spot where that is \
             possible, so that nobody is sent home",
        ),
        DocumentCode::IdentityProof
        | DocumentCode::MilitaryProof
        | DocumentCode::HouseholdRegister
        | DocumentCode::Fee => return None,
    })
}

#[cfg(test)]
mod tests {
    use shared::{locale::Locale, marriage::PartyKind};

    use super::*;
    use crate::{
        draw::fragment,
        pages::marriage::book::{at_counter::of_couple, bring::tests::two},
    };

    fn said(code: DocumentCode) -> [&'static str; 2] {
        [Locale::Zh, Locale::En].map(|locale| what(code).unwrap().say(locale))
    }

    #[test]
    fn whoever_signs_a_declaration_is_told_before_what_a_false_one_leads_to() {
        for code in [DocumentCode::SignedDeclaration, DocumentCode::TruthDeclaration] {
            let [zh, en] = said(code);
            assert!(zh.contains("签字以前告诉") && zh.contains("信用记录") && zh.contains("第二十三条"), "{zh}");
            assert!(en.contains("before they sign") && en.contains("credit record") && en.contains("art 23"), "{en}");
        }
    }

    #[test]
    fn a_foreign_courts_divorce_is_not_taken_as_proof_by_itself() {
        for code in [DocumentCode::StatusProof, DocumentCode::DivorceProof, DocumentCode::WidowhoodProof] {
            let [zh, en] = said(code);
            assert!(zh.contains("一般要有我国中级人民法院承认") && zh.contains("无效或者撤销"), "{zh}");
            assert!(en.contains("usually has to be recognised") && en.contains("void or annulled"), "{en}");
        }
    }

    #[test]
    fn a_clerk_reads_that_two_from_outside_the_mainland_are_left_to_other_rules() {
        let said = |kind| fragment(|| of_couple(Locale::Zh, &two(kind)));
        assert!(said(PartyKind::OverseasChinese).contains("第二十六条"));
        assert!(!said(PartyKind::Mainland).contains("第二十六条"));
    }
}
