//! The words of each advice, one function each.

use chrono::NaiveDate;

use crate::identity::Sex;
use crate::locale::Locale;
use crate::localised::Localised;
use crate::marriage::age::marriage_age;
use crate::marriage::citation::Citation;

use super::{Advice, AdviceCode, Severity};

pub(super) fn under_age(party: u8, sex: Sex, from: NaiveDate) -> Advice {
    let age = marriage_age(sex);
    let (zh, who, she) = match sex {
        Sex::Male => ("男方", "A man", "He"),
        Sex::Female => ("女方", "A woman", "She"),
    };
    advice(
        AdviceCode::UnderAge,
        Severity::Blocks,
        Some(party),
        Localised::new(
            format!("{zh}要满 {age} 周岁才能登记结婚，{}起可以。", Locale::Zh.date(from)),
            format!("{who} must be at least {age} to marry. {she} may from {}.", Locale::En.date(from)),
        ),
        Citation::civil_code(1047),
    )
}

pub(super) fn age_reached_that_day(party: u8, sex: Sex) -> Advice {
    let age = marriage_age(sex);
    advice(
        AdviceCode::AgeReachedThatDay,
        Severity::Note,
        Some(party),
        Localised::new(
            format!("选的这一天刚满 {age} 周岁。请先打电话问登记机关当天能不能办；选第二天更稳妥。"),
            format!(
                "This person turns {age} on that very day. Phone the registry first to ask whether it can register \
                 you then. The day after is safer."
            ),
        ),
        Citation::civil_code(1047),
    )
}

pub(super) fn married(party: u8) -> Advice {
    advice(
        AdviceCode::Married,
        Severity::Bars,
        Some(party),
        Localised::new(
            "有配偶的人，登记机关不予登记。如果前一段婚姻已经结束，请改选“离异”或“丧偶”；\
             如果您二位已经是夫妻，只是结婚证丢了，可以申请补领（《婚姻登记条例》第二十一条）。",
            "A registry cannot register somebody who has a spouse. If the earlier marriage has ended, choose \
             “divorced” or “widowed”. If you are already married to each other and have lost the certificate, you \
             can apply for a new one (Marriage Registration Regulations, Article 21).",
        ),
        Citation::regulations(9),
    )
}

pub(super) fn status_unsure(party: u8) -> Advice {
    advice(
        AdviceCode::StatusUnsure,
        Severity::Ask,
        Some(party),
        Localised::new(
            "离婚的，办完离婚登记，或者法院的离婚判决书、调解书生效，婚姻就结束了；外国法院判的，\
             一般要先由我国的中级人民法院承认（最高人民法院法释〔2000〕6号）。\
             配偶死亡或者被法院宣告死亡的，也结束了（《民法典》第五十一条）。婚姻被法院判决无效或者撤销的，\
             从一开始就没有法律约束力（《民法典》第一千零五十一条至第一千零五十四条）。\
             请先向登记机关问清现在的婚姻状况，要带哪些文书。",
            "A marriage ends when a divorce is registered, or when a court's judgment or mediation statement of divorce \
             takes effect; a foreign court's usually has to be recognised by a Chinese intermediate court first (Supreme \
             People's Court, Fa Shi [2000] No. 6). It also ends when a spouse dies or is declared dead by a court (Civil \
             Code, Article 51). A marriage that a court has declared void or annulled was never binding (Civil Code, \
             Articles 1051 to 1054). Ask the registry what your status is now, and which papers to bring.",
        ),
        Citation::civil_code(1080),
    )
}

pub(super) fn close_kin() -> Advice {
    advice(
        AdviceCode::CloseKin,
        Severity::Bars,
        None,
        Localised::new(
            "直系血亲和三代以内的旁系血亲，法律禁止结婚，登记机关不予登记（《婚姻登记条例》第九条），\
             例如父母与子女、兄弟姐妹、叔伯姑舅姨与侄甥、堂表兄弟姐妹。",
            "The law forbids people related in the direct line, or collaterally within three generations, to marry, \
             and a registry will not register them (Marriage Registration Regulations, Article 9): for example \
             parents and children, brothers and sisters, uncles or aunts and their nieces or nephews, first cousins.",
        ),
        Citation::civil_code(1048),
    )
}

pub(super) fn kinship_unsure() -> Advice {
    advice(
        AdviceCode::KinshipUnsure,
        Severity::Ask,
        None,
        Localised::new(
            "同出于祖父母或外祖父母的人（例如堂表兄弟姐妹）属于三代以内旁系血亲，不能结婚。\
             拿不准时，请先问登记机关。",
            "People who share a grandparent, such as first cousins, are related within three generations and may not \
             marry. If you are not sure, ask the registry first.",
        ),
        Citation::civil_code(1048),
    )
}

pub(super) fn same_sex() -> Advice {
    advice(
        AdviceCode::SameSex,
        Severity::Bars,
        None,
        Localised::new(
            "结婚登记只能由男女双方共同申请（《民法典》第一千零四十九条）。请核对两人填写的性别。",
            "Only a man and a woman can apply to register a marriage (Civil Code, Article 1049). Check the sex given \
             for each of you.",
        ),
        Citation::regulations(7),
    )
}

pub(super) fn both_outside_mainland() -> Advice {
    advice(
        AdviceCode::BothOutsideMainland,
        Severity::Ask,
        None,
        Localised::new(
            "双方都不是内地居民的中国公民在内地登记，民政部另有规定。请先问登记机关能不能办、带什么材料。",
            "Two Chinese citizens, neither of whom is a mainland resident, register under separate rules of the \
             Ministry of Civil Affairs. Ask the registry first whether it can register you and what to bring.",
        ),
        Citation::regulations(26),
    )
}

pub(super) fn both_foreign() -> Advice {
    advice(
        AdviceCode::BothForeign,
        Severity::Ask,
        None,
        Localised::new(
            "条例写明的是中国公民同外国人的登记，没有写双方都是外国人的情形。请先问登记机关能不能办。",
            "The regulations provide for a Chinese citizen and a foreign national; they do not mention two \
             foreign nationals. Ask the registry first whether it can register you.",
        ),
        Citation::regulations(2),
    )
}

pub(super) fn foreign_related() -> Advice {
    advice(
        AdviceCode::ForeignRelated,
        Severity::Note,
        None,
        Localised::new(
            "您二位的登记由省级民政部门或它确定的机关办理，不是每个登记处都能办。预约时只会列出能办的登记处。",
            "Your registration is for the provincial civil affairs department or a registry it designated, so \
             not every registry can do it. Booking lists only those that can.",
        ),
        Citation::regulations(2),
    )
}

pub(super) fn both_divorced() -> Advice {
    advice(
        AdviceCode::BothDivorced,
        Severity::Note,
        None,
        Localised::new(
            "如果您二位是离婚后复婚，办的也是结婚登记，手续一样。",
            "If you were married to each other before, remarrying is an ordinary marriage registration.",
        ),
        Citation::regulations(18),
    )
}

pub(super) fn date_past() -> Advice {
    without_article(
        AdviceCode::DatePast,
        Severity::Blocks,
        Localised::new("选的这一天已经过去，请选今天以后的日期。", "That day has passed. Please choose a later one."),
    )
}

pub(super) fn date_far() -> Advice {
    without_article(
        AdviceCode::DateFar,
        Severity::Note,
        Localised::new(
            "选的这一天在一年以后，现在还不能预约。到那时规定可能有变，请临近时再查一次。",
            "That day is more than a year away and cannot be booked yet. Rules may change before then, so check \
             again nearer the time.",
        ),
    )
}

pub(super) fn in_person() -> Advice {
    advice(
        AdviceCode::InPerson,
        Severity::Note,
        None,
        Localised::new(
            "登记当天双方都要亲自到场，不能由别人代办。\
             符合条件的，当场登记、发结婚证（《婚姻登记条例》第十条）。",
            "You must both come in person. Nobody can do it for you. If everything is in order, you are registered \
             and get your certificate on the spot (Marriage Registration Regulations, Article 10).",
        ),
        Citation::civil_code(1049),
    )
}

pub(super) fn voluntary() -> Advice {
    advice(
        AdviceCode::Voluntary,
        Severity::Note,
        None,
        Localised::new(
            "结婚要双方完全自愿，任何人不能强迫或者干涉。",
            "You must both be marrying of your own free will. Nobody may force you or interfere.",
        ),
        Citation::civil_code(1046),
    )
}

pub(super) fn illness() -> Advice {
    advice(
        AdviceCode::Illness,
        Severity::Note,
        None,
        Localised::new(
            "患有重大疾病的一方，登记前要如实告诉对方；没有如实告知的，\
             对方可以从知道或者应当知道那天起一年内，请求法院撤销婚姻。患病本身不影响登记。",
            "If either of you has a serious illness, you must tell the other before registering. If you do not, the \
             other can ask a court to annul the marriage within one year of when they knew or should have known. The illness itself does not prevent registration.",
        ),
        Citation::civil_code(1053),
    )
}

fn advice(code: AdviceCode, severity: Severity, party: Option<u8>, text: Localised, source: Citation) -> Advice {
    Advice { code, severity, party, text, source: Some(source) }
}

fn without_article(code: AdviceCode, severity: Severity, text: Localised) -> Advice {
    Advice { code, severity, party: None, text, source: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_not_sure_reads_of_every_way_in_which_a_marriage_ends_and_that_a_foreign_judgment_may_not_be_enough() {
        let text = status_unsure(0).text;
        for words in
            ["一般要先由我国的中级人民法院承认", "法释〔2000〕6号", "宣告死亡", "无效或者撤销", "第一千零五十四条"]
        {
            assert!(text.zh.contains(words), "{words}");
        }
        for words in
            ["usually has to be recognised", "declared dead by a court", "void or annulled", "Articles 1051 to 1054"]
        {
            assert!(text.en.contains(words), "{words}");
        }
    }
}
