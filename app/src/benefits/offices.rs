//! Where to go: one block for each office, with what to ask for there.

use leptos::prelude::*;
use shared::{
    eligibility::pack::{Benefit, Pack},
    locale::Locale,
    say,
};

use super::{
    groups::Row,
    parts::{entry, section},
    scene::Scene,
    short,
};

/// What kind of office takes an application; the texts of several regions name the same one in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Street(Whose),
    /// The community or the elder centre where they live.
    Home,
    /// None of these: it goes by its own name.
    Other,
}

/// Of which street.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Register,
    ChildsRegister,
    Emergency,
    /// The place says whether it is that of the register or of the home.
    Either,
}

impl Kind {
    fn of(benefit: &Benefit) -> Self {
        let place = benefit.apply.place.zh.as_str();
        let says = |word: &str| place.contains(word);
        if says("住处") || says("长者服务中心") {
            Self::Home
        } else if !says("街道") {
            Self::Other
        } else if says("居住地") {
            Self::Street(Whose::Either)
        } else if says("发生地") {
            Self::Street(Whose::Emergency)
        } else if says("孩子户口") {
            Self::Street(Whose::ChildsRegister)
        } else {
            Self::Street(Whose::Register)
        }
    }

    /// Two kinds that are one office, or one sort of office.
    fn is_one_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Street(_), Self::Street(_)) | (Self::Home, Self::Home) => true,
            (Self::Other, _) | (_, Self::Other | Self::Home | Self::Street(_)) => false,
        }
    }
}

impl Whose {
    fn street(self, locale: Locale) -> &'static str {
        match self {
            Self::Register => locale.say("户口所在的街道", "Where the register is"),
            Self::ChildsRegister => locale.say("孩子户口所在的街道", "Where the child is registered"),
            Self::Emergency => locale.say("事情发生地的街道", "Where it happened"),
            Self::Either => {
                locale.say("户口所在或居住的街道，先问一声", "Where the register or the home is (please ask first)")
            }
        }
    }
}

/// Where the region's own rules speak of street offices only, there are no townships.
fn has_townships(pack: &Pack) -> bool {
    !pack.benefits.iter().any(|benefit| {
        let place = &benefit.apply.place.zh;
        place.contains("街道办事处。") && !place.contains("乡镇")
    })
}

/// Where to go for a benefit, in a closed row: without what is nowhere in this region, and without what is said below.
pub fn place(locale: Locale, pack: &Pack, benefit: &Benefit) -> String {
    let (place, _) = short::clause(benefit.apply.place.say(locale));
    let townships = [locale.say("或乡镇政府", " or township"), locale.say("或者乡镇政府", " or the township")];
    let keeps = has_townships(pack);
    townships.into_iter().filter(|_| !keeps).fold(place.to_owned(), |place, township| place.replace(township, ""))
}

/// The offices of these benefits, in the order in which they are first named.
pub fn offices(scene: Scene<'_>, rows: &[&Row]) -> Option<AnyView> {
    let Scene { locale, pack, .. } = scene;
    let mut offices: Vec<Office> = Vec::new();
    for row in rows {
        let benefit = &pack.benefits[row.benefit];
        let (kind, place) = (Kind::of(benefit), place(locale, pack, benefit));
        match offices.iter_mut().find(|known| known.kind.is_one_with(kind) || known.place == place) {
            Some(known) => known.asks.push((kind, benefit)),
            None => offices.push(Office { kind, place, asks: vec![(kind, benefit)] }),
        }
    }
    let blocks: Vec<AnyView> = offices.iter().map(|office| office.block(locale, pack)).collect();
    (!blocks.is_empty()).then(|| {
        let body = view! {
            <ul class="entries" role="list">{blocks}</ul>
            {hotline(locale)}
        };
        section("flow", locale.say("去哪里办", "Where to go"), body.into_any())
    })
}

/// One counter, and the benefits to ask for there.
struct Office<'a> {
    kind: Kind,
    /// What it is called where one benefit alone is asked for.
    place: String,
    asks: Vec<(Kind, &'a Benefit)>,
}

impl Office<'_> {
    fn block(&self, locale: Locale, pack: &Pack) -> AnyView {
        let same = self.asks.iter().all(|(kind, _)| *kind == self.kind);
        let names = |asks: &[(Kind, &Benefit)]| {
            let names = asks.iter().map(|(kind, benefit)| name(locale, *kind, benefit));
            names.collect::<Vec<_>>().join(locale.say("、", ", "))
        };
        let known = matches!(self.kind, Kind::Street(_)).then(|| streets(locale, pack)).flatten();
        let (title, asks) = match self.kind {
            Kind::Street(_) if !same => {
                let title = if has_townships(pack) {
                    locale.say("街道办事处或乡镇政府", "The street office or township")
                } else {
                    locale.say("街道办事处", "The street office")
                };
                let mut of: Vec<(Whose, Vec<(Kind, &Benefit)>)> = Vec::new();
                for (kind, benefit) in &self.asks {
                    let Kind::Street(whose) = *kind else { continue };
                    match of.iter_mut().find(|(known, _)| *known == whose) {
                        Some((_, asks)) => asks.push((*kind, benefit)),
                        None => of.push((whose, vec![(*kind, benefit)])),
                    }
                }
                let line = |(whose, asks): (Whose, Vec<(Kind, &Benefit)>)| {
                    let (whose, names) = (whose.street(locale), names(&asks));
                    say!(locale, "{whose}：{names}", "{whose}: {names}")
                };
                (title.to_owned(), of.into_iter().map(line).collect())
            }
            _ => {
                let names = names(&self.asks);
                (self.place.clone(), vec![say!(locale, "办：{names}", "For: {names}")])
            }
        };
        entry(title, None, known.into_iter().chain(asks).collect())
    }
}

/// A benefit by its short name, with what is said of asking for it: `高龄津贴（一般不用跑）`.
fn name(locale: Locale, kind: Kind, benefit: &Benefit) -> String {
    let name = short::name(benefit.name.say(locale));
    let (_, more) = short::clause(benefit.apply.place.say(locale));
    // Which offices there are is said of the office, and whose it is beside its name.
    let remark = Some(more).filter(|more| !more.is_empty() && !is_list(more) && kind != Kind::Street(Whose::Either));
    remark.map_or_else(|| name.to_owned(), |more| say!(locale, "{name}（{more}）", "{name} ({more})"))
}

/// The street offices of the region by name, where its data knows them.
fn streets(locale: Locale, pack: &Pack) -> Option<String> {
    let of_streets = pack.benefits.iter().filter(|benefit| matches!(Kind::of(benefit), Kind::Street(_)));
    let mut more = of_streets.map(|benefit| short::clause(benefit.apply.place.say(locale)).1);
    more.find(|more| is_list(more)).map(str::to_owned)
}

fn is_list(more: &str) -> bool {
    more.contains('：') || more.contains(": ")
}

/// The line that knows every office; it answers day and night (国办发〔2020〕53号).
pub fn hotline(locale: Locale) -> AnyView {
    view! {
        <p class="hotline">
            {locale.say("问地址和上班时间：", "For addresses and office hours: ")}
            <span class="nowrap">
                <a href="tel:12345">"12345"</a>
                {locale.say("（24 小时）", " (day and night)")}
            </span>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_office_of_the_packs_has_its_kind_and_nobody_is_sent_to_a_township_where_there_is_none() {
        let policies = server::policy::Policies::embedded();
        for region in policies.regions() {
            let pack = &policies.of(&region).unwrap().pack;
            for benefit in &pack.benefits {
                let (kind, place) = (Kind::of(benefit), place(Locale::Zh, pack, benefit));
                let is_named = ["殡仪馆", "饭堂", "助餐点"].iter().any(|name| place.contains(name));
                assert_eq!(kind == Kind::Other, is_named, "{region} {}: {place}", benefit.id);
                assert!(!place.contains("由当地定"), "{region} {}: {place}", benefit.id);
            }
        }
        let pack = &policies.of("440305").unwrap().pack;
        for benefit in &pack.benefits {
            for locale in [Locale::Zh, Locale::En] {
                let place = place(locale, pack, benefit);
                assert!(!place.contains("乡镇") && !place.contains("township"), "{}: {place}", benefit.id);
            }
        }
        assert!(streets(Locale::Zh, pack).unwrap().contains("粤海"));
        let country = &policies.of("100000").unwrap().pack;
        assert!(has_townships(country) && streets(Locale::Zh, country).is_none());
    }
}
