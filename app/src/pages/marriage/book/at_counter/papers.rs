//! A paper at the counter: what to look at in it, and on what it rests that it is asked for.

use leptos::prelude::*;
use shared::{
    counter::Paper,
    locale::Locale,
    marriage::{
        citation::Grade,
        documents::{self, DocumentCode, DocumentItem, Needed},
    },
};

use crate::{appointments::service::Asked, words::Text};

/// On what it rests that a paper is asked for. What no source that was read asks for is the registry's own practice, such as what a
/// unit writes for somebody who serves in it.
pub(super) fn asked(locale: Locale, paper: &Paper) -> Option<Asked> {
    DocumentCode::of(paper)?;
    let Some(source) = documents::source_of(paper) else { return Some(Asked::Practice) };
    let text = source.text.say(locale).to_owned();
    Some(match source.grade {
        Grade::Law => Asked::Article(text),
        Grade::Official => Asked::Explained(text),
        Grade::LocalPractice => Asked::Practice,
    })
}

pub(super) fn line(locale: Locale, item: &DocumentItem) -> impl IntoView + use<> {
    let when = match item.needed {
        Needed::Always | Needed::Never | Needed::SignedThere => None,
        needed => needed.label(locale),
    };
    let look = what(item.code).map(|text| text.say(locale));
    let note = match (look, when) {
        (Some(look), Some(when)) => Some(format!("{look}{}{when}", locale.say("；", "; "))),
        (one, other) => one.or(other).map(str::to_owned),
    };
    view! {
        <li>
            <p>{item.code.words(locale)}</p>
            {note.map(|note| view! { <p class="note">{note}</p> })}
        </li>
    }
}

/// What a clerk looks at in a document.
fn what(code: DocumentCode) -> Option<Text> {
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
            "当面签字，不会写名字的按指纹；没有配偶；没有直系血亲和三代以内旁系血亲关系",
            "signed in front of you, or with a fingerprint by whoever cannot write; no spouse; not related within three generations",
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
        DocumentCode::TruthDeclaration => Text("当面签字", "signed in front of you"),
        DocumentCode::StatusProof | DocumentCode::DivorceProof | DocumentCode::WidowhoodProof => {
            Text("在内地登记过、联网核对一致的，不用看", "not needed where the online check of a marriage here agrees")
        }
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
