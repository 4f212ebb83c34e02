//! Beside a couple at the counter: each with the papers of their kind, and what to look at in them (婚姻登记条例 art 8–10).

use leptos::prelude::*;
use server::marriage::couple::MaskedCouple;
use shared::{
    locale::Locale,
    marriage::{
        RefusalGround,
        documents::{DocumentCode, DocumentItem, Needed, documents},
    },
};

use super::bring;
use crate::{appointments::service::AtCounter, words::Text};

pub(super) const AT_COUNTER: AtCounter = AtCounter {
    done: Text("已登记", "registered"),
    look: |visit, people| people.read().map(|couple| look(visit.locale, couple)),
    grounds: |locale| {
        RefusalGround::ALL.iter().map(|ground| (ground.ground(), ground.words(locale).to_owned())).collect()
    },
    papers: |locale| DocumentCode::MISSED.iter().map(|code| (code.paper(), code.words(locale).to_owned())).collect(),
};

fn look(locale: Locale, couple: &MaskedCouple) -> AnyView {
    let list = documents(couple.each_ref().map(|party| (party.kind, None)));
    let both = bring::couple(locale, couple).into_iter().zip(&list.parties).map(|((label, party), items)| {
        let lines = items.iter().map(|item| line(locale, item)).collect_view();
        view! {
            <div>
                <h4>
                    {label} " " {party.name.clone()}
                    <span class="soft">{party.kind.label(locale)} " " {party.id_number.clone()}</span>
                </h4>
                <ul class="look-list" role="list">
                    {lines}
                </ul>
            </div>
        }
    });
    let both = both.collect_view();
    let together = list.together.iter().map(|item| line(locale, item)).collect_view();
    view! {
        {both}
        <div class="wide">
            <h4>{locale.say("两个人一起", "Both together")}</h4>
            <ul class="look-list" role="list">
                {together}
                <li>
                    <p>{locale.say("单独各问一次：是不是自愿", "Ask each alone: is it of your own free will?")}</p>
                    <p class="note">
                        {locale.say(
                            "不自愿的不予登记，也不要当着另一个人的面说原因。",
                            "Who is not willing is not registered, and the other one is not told why.",
                        )}
                    </p>
                </li>
            </ul>
        </div>
    }
    .into_any()
}

fn line(locale: Locale, item: &DocumentItem) -> impl IntoView + use<> {
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
        DocumentCode::ResidentId | DocumentCode::HomeIdCard => Text(
            "原件，在有效期内；人和照片一致；姓名、号码与联网核对一致",
            "original and valid; the person in the picture; name and number as in the online check",
        ),
        DocumentCode::SignedDeclaration => Text(
            "当面签字；没有配偶；没有直系血亲和三代以内旁系血亲关系",
            "signed in front of you; no spouse; not related within three generations",
        ),
        DocumentCode::TravelPermit | DocumentCode::ChinesePassport | DocumentCode::ForeignIdDocument => {
            Text("原件，在有效期内；人和照片一致", "original and valid; the person in the picture")
        }
        DocumentCode::NotarisedDeclaration => {
            Text("居住地公证机构出具；在有效期内", "of a notary where they live; still valid")
        }
        DocumentCode::OverseasCertificate | DocumentCode::SingleCertificate => {
            Text("使领馆出具，或者经认证、有附加证明书", "of an embassy, or authenticated or with an apostille")
        }
        DocumentCode::TruthDeclaration => Text("当面签字", "signed in front of you"),
        DocumentCode::StatusProof | DocumentCode::DivorceProof | DocumentCode::WidowhoodProof => {
            Text("联网核对一致的，不用看", "not needed where the online check agrees")
        }
        DocumentCode::Photos => Text("二寸，三张", "two inches, three of them"),
        DocumentCode::HouseholdRegister | DocumentCode::Fee => return None,
    })
}
