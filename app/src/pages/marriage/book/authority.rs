//! Which registries may register a couple with somebody from outside the mainland (婚姻登记条例, Order 804, Art 2).

use leptos::prelude::*;
use server::{
    App,
    error::Error,
    marriage::{
        couple::MaskedCouple,
        registry::{self, Registry},
    },
};
use shared::marriage::{PartyKind, Refusal};

use super::people;
use crate::{
    appointments::{draft::Answers, service::Serving},
    components::{
        notice::{Notice, Tone},
        tag::Tag,
    },
    visit::Visit,
};

/// The registries with that authority.
pub(super) fn with_authority(app: &App) -> Serving<'_> {
    let id = |registry: Registry| registry.foreign_related.then_some(registry.point.place.id);
    Box::pin(async move { Ok(registry::all(app).await?.into_iter().filter_map(id).collect()) })
}

pub(super) fn is_foreign(parties: &MaskedCouple) -> bool {
    parties.iter().any(|party| party.kind != PartyKind::Mainland)
}

pub(super) fn tag(visit: &Visit, foreign_related: bool) -> AnyView {
    let (text, tone) = if foreign_related {
        (visit.say("也办涉外、涉港澳台、华侨登记", "Also if one of you is not from the mainland"), Tone::Success)
    } else {
        (
            visit.say(
                "有一方不是内地居民的，能不能办还不清楚，去之前先问",
                "If one of you is not from the mainland, ask before you come: it is not known here",
            ),
            Tone::Info,
        )
    };
    view! { <Tag text=text tone=tone /> }.into_any()
}

/// The list of those registries alone.
const WITH_AUTHORITY: &str = "/marriage/book?foreign=1";

/// Which couples the list is for, and the way to the other list.
pub(super) fn above_the_list(visit: &Visit, narrowed: bool) -> AnyView {
    if !narrowed {
        return view! {
            <p>
                {visit.say("双方都是内地居民的，下面哪个都可以。", "If you are both mainland residents, you can use any of these.")}
            </p>
            <p class="way-on">
                <a href=visit.url(WITH_AUTHORITY)>
                    {visit.say(
                        "有一方是港澳台居民、华侨或外国人",
                        "One of us is from Hong Kong, Macao or Taiwan, an overseas Chinese or a foreigner",
                    )}
                </a>
            </p>
        }
        .into_any();
    }
    let locale = visit.locale;
    let title = locale.say("有一方不是内地居民：要到能办的登记处", "Registries for couples not both from the mainland");
    let both = visit.url("/marriage/book");
    view! {
        <Notice title=title>
            <p>
                <a href=both>{locale.say("我们双方都是内地居民", "We are both mainland residents")}</a>
            </p>
        </Notice>
    }
    .into_any()
}

/// Whether the answers speak of somebody from outside the mainland.
pub(super) fn applies(answers: &Answers) -> bool {
    let kinds = people::read(answers).map(|party| PartyKind::from_wire(&party.kind));
    kinds.into_iter().flatten().any(|kind| kind != PartyKind::Mainland)
}

pub(super) fn refused(visit: &Visit, error: &Error) -> Option<AnyView> {
    (error.refusal() == Some(Refusal::NoForeignAuthority)).then(|| no_authority(visit))
}

/// Shown as soon as it is known; the way on is another registry.
pub(super) fn no_authority(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let choose = visit.url(WITH_AUTHORITY);
    let title = locale.say("网上不能为您二位约这个登记处", "The two of you cannot book this registry online");
    view! {
        <Notice tone=Tone::Warning title=title>
            <p>
                {locale.say(
                    "有一方不是内地居民的，要到能办的登记处。这一个能不能办，没有查到，请先问清楚。",
                    "If one of you is not a mainland resident, only some registries can register you. Whether this one can is not \
                     known here: please ask it first. ",
                )}
                <a href=choose>
                    {locale.say("换一个登记处", "Choose another registry")}
                </a>
            </p>
        </Notice>
    }
    .into_any()
}
