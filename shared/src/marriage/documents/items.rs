//! The words of each document, one function each, so that a list is read like the law it follows.

use crate::localised::Localised;

use super::super::citation::Citation;
use super::{DocumentCode, DocumentItem, Needed};

fn item(code: DocumentCode, needed: Needed, title: (&str, &str), note: (&str, &str), source: Citation) -> DocumentItem {
    let text = |(zh, en): (&str, &str)| Localised::new(zh, en);
    DocumentItem { code, needed, title: text(title), note: text(note), source }
}

pub(super) fn resident_id() -> DocumentItem {
    item(
        DocumentCode::ResidentId,
        Needed::Always,
        ("本人的居民身份证", "Your resident ID card (居民身份证)"),
        (
            "如果改过姓名或身份证号码，登记机关联网核对可能对不上，请把能说明情况的证明一起带来。\
             身份证丢了、正在补办的，有效的临时居民身份证也是身份证明（《临时居民身份证管理办法》第三条），去之前请先打电话问登记处。",
            "If your name or ID number has changed, the registry's online check may not match; \
             bring the papers that show the change. If your card is lost and being replaced, a valid temporary one \
             (临时居民身份证) proves who you are too (Measures on Temporary Identity Cards, Article 3): phone the registry before you go.",
        ),
        Citation::regulations(8),
    )
}

/// What the counter asks for where the online check shows another name or number; nobody is told to bring it before.
pub(super) fn identity_proof() -> DocumentItem {
    item(
        DocumentCode::IdentityProof,
        Needed::IfRecordsDiffer,
        ("能说明姓名或者号码变更的证明", "Papers that show how your name or number changed"),
        (
            "登记机关联网核对到的身份信息与您的证件不一致时需要。",
            "Needed when the registry's online check shows other details than your document.",
        ),
        Citation::working_rules(),
    )
}

pub(super) fn signed_declaration() -> DocumentItem {
    item(
        DocumentCode::SignedDeclaration,
        Needed::SignedThere,
        ("本人签字的声明", "A declaration that each of you signs"),
        (
            "声明两件事：本人没有配偶；与对方没有直系血亲和三代以内旁系血亲关系。声明不真实的，\
             要承担相应法律责任，并按规定记入信用记录（《婚姻登记条例》第二十三条）。",
            "It states two things: you have no spouse, and the two of you are not related in direct line \
             or within three generations. Whoever declares what is false answers for it by law, and it goes on their \
             credit record (Marriage Registration Regulations, Article 23).",
        ),
        Citation::regulations(8),
    )
}

pub(super) fn travel_permit() -> DocumentItem {
    item(
        DocumentCode::TravelPermit,
        Needed::Always,
        (
            "本人有效的通行证，或者港澳台居民居住证",
            "Your valid Mainland travel permit, or your residence permit for Hong Kong, Macao and Taiwan \
             residents (港澳台居民居住证)",
        ),
        ("两种带一种就可以。", "One of the two is enough."),
        Citation::regulations(8),
    )
}

pub(super) fn home_id_card() -> DocumentItem {
    item(
        DocumentCode::HomeIdCard,
        Needed::Always,
        ("本人的身份证", "Your identity card"),
        (
            "香港、澳门或台湾的身份证，与通行证或居住证一起带来。",
            "Your Hong Kong, Macao or Taiwan identity card, together with the permit.",
        ),
        Citation::regulations(8),
    )
}

pub(super) fn notarised_declaration() -> DocumentItem {
    item(
        DocumentCode::NotarisedDeclaration,
        Needed::Always,
        ("经居住地公证机构公证的声明", "A declaration notarised where you live"),
        (
            "声明本人没有配偶，与对方没有直系血亲和三代以内旁系血亲关系。办公证之前，请先向登记机关问清格式和有效期。",
            "It states that you have no spouse and that the two of you are not related in direct line or \
             within three generations. Before you go to the notary, ask the registry about its form and how \
             long it stays valid.",
        ),
        Citation::regulations(8),
    )
}

pub(super) fn chinese_passport() -> DocumentItem {
    item(
        DocumentCode::ChinesePassport,
        Needed::Always,
        ("本人的有效护照", "Your valid passport"),
        (
            "华侨是定居国外的中国公民，请带中国护照。",
            "As a Chinese citizen settled abroad, bring your Chinese passport.",
        ),
        Citation::regulations(8),
    )
}

pub(super) fn overseas_certificate() -> DocumentItem {
    item(
        DocumentCode::OverseasCertificate,
        Needed::Always,
        (
            "没有配偶、与对方没有直系血亲和三代以内旁系血亲关系的证明",
            "A certificate that you have no spouse and are not related to your partner in direct line or within three \
             generations",
        ),
        (
            "两种都可以：中国驻居住国使（领）馆出具的；或者居住国公证机构、有权机关出具，\
             并经中国驻该国使（领）馆认证的。国际条约另有规定的，按条约办理（例如附加证明书）。\
             外文证明是否要中文译本，请先问登记机关。",
            "Either one issued by the Chinese embassy or consulate in the country where you live, or one \
             issued there by a notary or a competent authority and authenticated by that embassy or consulate. \
             Where a treaty provides otherwise (such as an apostille), follow the treaty. Ask the registry \
             first whether it wants a Chinese translation.",
        ),
        Citation::regulations(8),
    )
}

pub(super) fn foreign_id_document() -> DocumentItem {
    item(
        DocumentCode::ForeignIdDocument,
        Needed::Always,
        (
            "本人的有效护照、其他有效国际旅行证件，或者外国人永久居留身份证等中国政府主管机关签发的身份证件",
            "Your valid passport, another valid international travel document, or your foreign permanent \
             resident ID card (外国人永久居留身份证) or other identity document issued by the competent Chinese \
             authorities",
        ),
        ("带一种就可以，最好是预约时填写的那一种。", "One is enough, best the one you gave when you booked."),
        Citation::regulations(8),
    )
}

pub(super) fn single_certificate() -> DocumentItem {
    item(
        DocumentCode::SingleCertificate,
        Needed::Always,
        ("本人没有配偶的证明", "A certificate that you have no spouse"),
        (
            "两种都可以：所在国驻华使（领）馆出具的；或者所在国公证机构、有权机关出具，\
             并经中国驻该国使（领）馆或该国驻华使（领）馆认证的。所在国不是护照上的国家的，\
             先问登记机关认哪一个。国际条约另有规定的，按条约办理（例如附加证明书）。\
             外文证明是否要中文译本，请先问登记机关。",
            "Either one issued by the embassy or consulate in China of the country where you are based (所在国), or \
             one issued in that country by a notary or a competent authority and authenticated by the Chinese embassy \
             or consulate there or by that country's in China. If that is not the country of your passport, ask the \
             registry which of the two it means. Where a treaty provides otherwise (such as an apostille), follow \
             the treaty. Ask the registry first whether it wants a Chinese translation.",
        ),
        Citation::regulations(8),
    )
}

pub(super) fn truth_declaration() -> DocumentItem {
    item(
        DocumentCode::TruthDeclaration,
        Needed::IfUnderTreaty,
        ("对证明真实性负责的书面声明", "A written declaration that your certificate is genuine"),
        (
            "如果您的证明是外国主管机关按国际条约出具的（例如附加证明书），还要签署这份声明。声明不真实的，\
             要承担相应法律责任，并按规定记入信用记录（《婚姻登记条例》第二十三条）。",
            "Only if a foreign authority issued your certificate under a treaty (such as an apostille): \
             you then sign this declaration too. Whoever declares what is false answers for it by law, and it goes on \
             their credit record (Marriage Registration Regulations, Article 23).",
        ),
        Citation::regulations(8),
    )
}

pub(super) fn divorce_proof() -> DocumentItem {
    item(
        DocumentCode::DivorceProof,
        Needed::IfRecordsDiffer,
        (
            "离婚证，或者法院已经生效的离婚文书",
            "Your divorce certificate (离婚证), or the court's effective judgment, mediation statement or proof of \
             divorce",
        ),
        (
            "登记机关联网核对到的婚姻状况与您的声明一致时，不用出示；不一致时需要。稳妥起见，建议带上。\
             外国法院判的离婚，一般要先由我国的中级人民法院承认，请先问登记机关。",
            "Not asked for when the registry's online check agrees with your declaration; needed when it \
             does not. To be safe, bring it. A foreign court's divorce usually has to be recognised by a Chinese \
             intermediate court first: ask the registry.",
        ),
        Citation::working_rules(),
    )
}

pub(super) fn widowhood_proof() -> DocumentItem {
    item(
        DocumentCode::WidowhoodProof,
        Needed::IfRecordsDiffer,
        (
            "前配偶的死亡证明，或者法院宣告死亡的判决书，以及当时的结婚证",
            "Your late spouse's death certificate, or the judgment that declared them dead, and the certificate of that \
             marriage",
        ),
        (
            "登记机关联网核对到的婚姻状况与您的声明一致时，不用出示；不一致时需要。稳妥起见，建议带上。",
            "Not asked for when the registry's online check agrees with your declaration; needed when it \
             does not. To be safe, bring them.",
        ),
        Citation::working_rules(),
    )
}

pub(super) fn status_proof() -> DocumentItem {
    item(
        DocumentCode::StatusProof,
        Needed::IfRecordsDiffer,
        ("如果结过婚：前一段婚姻已经结束的证明", "If you have been married before: proof that the marriage has ended"),
        (
            "离过婚的，带离婚证或法院已经生效的离婚文书；外国法院判的，一般要先由我国的中级人民法院承认，\
             请先问登记机关。丧偶的，带死亡证明（宣告死亡的，带法院的判决书）和当时的结婚证。\
             婚姻被判无效或者撤销的，带生效的判决书。只有联网核对到的婚姻状况与您的声明不一致时才需要。",
            "After a divorce, the divorce certificate or the court's effective document; a foreign court's usually has to \
             be recognised by a Chinese intermediate court first: ask the registry. After a death, the death certificate \
             (or the judgment that declared it) and the certificate of that marriage. Where a marriage was declared void \
             or annulled, the court's effective judgment. Only needed when the online check disagrees with your \
             declaration.",
        ),
        Citation::working_rules(),
    )
}

pub(super) fn photos() -> DocumentItem {
    item(
        DocumentCode::Photos,
        Needed::Always,
        ("两人的 2 寸合影 3 张", "Three two-inch photographs of the two of you together"),
        (
            "《婚姻登记条例》没有写，深圳的登记处要，别处也可能要。要几张、多大、能不能当场拍，以登记处的说明为准，可以先打电话问一下。",
            "The regulations do not mention them; registries in Shenzhen ask for these, and others may. How many, of what size and whether \
             they are taken there: go by what the registry says, and phone first if in doubt.",
        ),
        Citation::shenzhen_practice(),
    )
}

pub(super) fn household_register() -> DocumentItem {
    item(
        DocumentCode::HouseholdRegister,
        Needed::Never,
        ("户口簿", "The household register (户口簿)"),
        (
            "2025年5月10日起不再需要，也不限户口所在地，全国任何一个办理这类登记的婚姻登记机关都可以办\
             （《婚姻登记条例》第七条、第八条）。",
            "Not needed since 10 May 2025, and any registry in the mainland that handles your kind of \
             registration will do, wherever you are registered (Marriage Registration Regulations, Articles 7 and 8).",
        ),
        Citation::regulations(8),
    )
}

pub(super) fn fee() -> DocumentItem {
    item(
        DocumentCode::Fee,
        Needed::Never,
        ("费用", "Cost"),
        ("婚姻登记不收费。", "Marriage registration is free."),
        Citation::regulations(6),
    )
}
