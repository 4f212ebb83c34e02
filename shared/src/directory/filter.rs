//! What somebody looks for, as it stands in the address of a page and in its heading.

mod fit;
mod when;

use super::kind::Kind;
use super::listing::{Area, Listing};
use crate::directory::refusal::BadFilter;
use crate::field::{Asked, FieldErrors, Reason};
use crate::locale::Locale;
use crate::whole::figures;

pub use fit::Fit;
pub use when::{When, YEARS};

/// Only what fits all of these; the default takes everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of a name, an address or a community.
    pub q: String,
    /// By its name in the kind.
    pub service: Option<String>,
    pub open_at: Option<When>,
    /// By its name in the kind.
    pub tier: Option<String>,
    pub step_free: bool,
    /// The service that is looked for, or any where none is, costs nothing. Of a kind where nothing costs anything nobody asks.
    pub free_of_charge: bool,
    /// As [`Self::free_of_charge`]: it is known to cost at most so many yuan.
    pub most_yuan: Option<u32>,
    /// Division code of nine digits.
    pub street: Option<String>,
    /// Division code of twelve digits.
    pub community: Option<String>,
}

/// Why a value cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Service,
    Tier,
    Area,
    When,
    Switch,
    Yuan,
    Control,
    TooLong,
}

/// The highest price that somebody may name.
const MOST_YUAN: u32 = 9_999;
/// Characters of the words.
pub const LONGEST_WORDS: usize = 60;
const WORDS: &Asked = &Asked::typed("q_missing", ("请写要找什么。", "Say what you look for."), ("要找的", "words"));
const SERVICE: &Asked =
    &Asked::one_of("service_missing", "请从列出的服务中选择。", "Choose one of the services that are listed.");
const TIER: &Asked =
    &Asked::one_of("tier_missing", "请从列出的类型中选择。", "Choose one of the types that are listed.");
const AREA: &Asked = &Asked::one_of(
    "area_missing",
    "请从列出的街道和社区中选择。",
    "Choose one of the streets and communities that are listed.",
);

impl Filter {
    /// From the names and values of a query; names that are none of its own are left to whoever else reads them.
    ///
    /// # Errors
    /// One for each value that cannot be meant.
    pub fn read<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
        kind: &Kind,
    ) -> Result<Self, FieldErrors> {
        let (filter, errors) = Self::read_most(pairs, kind);
        errors.into_result().map(|()| filter)
    }

    /// As [`Self::read`], with what can be meant even where something cannot.
    pub fn read_most<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
        kind: &Kind,
    ) -> (Self, FieldErrors) {
        let mut errors = FieldErrors::new();
        let filter = Self::meant(pairs, kind, |name, wrong| errors.push(name, wrong));
        (filter, errors)
    }

    /// What can be meant; whatever cannot is told to `note` with its name.
    pub fn meant<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
        kind: &Kind,
        mut note: impl FnMut(&str, Wrong),
    ) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref().trim());
            if value.is_empty() {
                continue;
            }
            let mut one_of = |wrong, is_known: bool| {
                if !is_known {
                    note(name, wrong);
                }
                is_known.then(|| value.to_owned())
            };
            match name {
                "q" => match wrong_words(value) {
                    None => value.clone_into(&mut filter.q),
                    Some(wrong) => note(name, wrong),
                },
                "service" => filter.service = one_of(Wrong::Service, kind.service(value).is_some()),
                "tier" => filter.tier = one_of(Wrong::Tier, kind.tier(value).is_some()),
                "street" => filter.street = one_of(Wrong::Area, is_code(value, 9)),
                "community" => filter.community = one_of(Wrong::Area, is_code(value, 12)),
                "open_at" => {
                    filter.open_at = When::meant(value);
                    one_of(Wrong::When, filter.open_at.is_some());
                }
                "step_free" => filter.step_free = one_of(Wrong::Switch, is_switch(value)).is_some_and(|on| is_on(&on)),
                // Everything there is free, whoever asks for it.
                "free" | "most" if kind.is_free() => {}
                "free" => filter.free_of_charge = one_of(Wrong::Switch, is_switch(value)).is_some_and(|on| is_on(&on)),
                "most" => {
                    filter.most_yuan = yuan(value);
                    one_of(Wrong::Yuan, filter.most_yuan.is_some());
                }
                _ => {}
            }
        }
        filter
    }

    /// The names and values that [`Self::read`] reads it from.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let said = |name, value: &Option<String>| value.clone().map(|value| (name, value));
        let switch = |name, on: bool| on.then(|| (name, "1".to_owned()));
        let q = Some(self.q.clone()).filter(|q| !q.is_empty());
        let all = [
            q.map(|q| ("q", q)),
            said("service", &self.service),
            self.open_at.map(|when| ("open_at", when.text())),
            said("tier", &self.tier),
            switch("step_free", self.step_free),
            switch("free", self.free_of_charge),
            self.most_yuan.map(|yuan| ("most", yuan.to_string())),
            said("street", &self.street),
            said("community", &self.community),
        ];
        all.into_iter().flatten().collect()
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is looked for, in words, for the heading of the list; streets and communities by the places that lie there, as `name`
    /// calls them.
    pub fn words(
        &self,
        kind: &Kind,
        listings: &[Listing],
        locale: Locale,
        name: impl Fn(&Area) -> String,
    ) -> Vec<String> {
        let area = |code: &str| {
            let mut areas = listings.iter().flat_map(|listing| [&listing.street, &listing.community]).flatten();
            areas.find(|area| area.code == code).map_or_else(|| code.to_owned(), &name)
        };
        let quoted = |q: &String| format!("“{q}”");
        let service =
            self.service.as_deref().and_then(|id| kind.service(id)).map(|one| one.name.say(locale).to_owned());
        let tier = self.tier.as_deref().and_then(|id| kind.tier(id)).map(|one| one.name.say(locale).to_owned());
        let all = [
            self.street.as_deref().map(area),
            self.community.as_deref().map(area),
            service,
            tier,
            self.open_at.map(|when| when.words(locale)),
            self.step_free.then(|| locale.say("没有台阶或有坡道", "step-free or with a ramp").to_owned()),
            self.free_of_charge.then(|| locale.say("免费", "free of charge").to_owned()),
            self.most_yuan.map(|yuan| say!(locale, "不超过 {yuan} 元", "at most {yuan} yuan")),
            Some(&self.q).filter(|q| !q.is_empty()).map(quoted),
        ];
        all.into_iter().flatten().collect()
    }
}

impl From<Wrong> for Reason {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::Service => Self::NotOffered(SERVICE),
            Wrong::Tier => Self::NotOffered(TIER),
            Wrong::Area => Self::NotOffered(AREA),
            Wrong::When => BadFilter::When.into(),
            Wrong::Switch => BadFilter::Switch.into(),
            Wrong::Yuan => BadFilter::Yuan.into(),
            Wrong::Control => Self::ControlCharacter,
            Wrong::TooLong => Self::TooLong { asked: WORDS, limit: LONGEST_WORDS },
        }
    }
}

fn wrong_words(text: &str) -> Option<Wrong> {
    if text.chars().any(char::is_control) {
        return Some(Wrong::Control);
    }
    text.chars().nth(LONGEST_WORDS).map(|_| Wrong::TooLong)
}

fn is_code(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_on(text: &str) -> bool {
    matches!(text, "1" | "true")
}

fn is_switch(text: &str) -> bool {
    is_on(text) || matches!(text, "0" | "false")
}

/// A round price that somebody would pay.
fn yuan(text: &str) -> Option<u32> {
    figures(text).filter(|yuan| (1..=MOST_YUAN).contains(yuan))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::found::tests::{station, stations};
    use proptest::prelude::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Filter, FieldErrors> {
        Filter::read(pairs.iter().copied(), &stations())
    }

    proptest! {
        #[test]
        fn an_address_says_what_is_looked_for_and_nothing_else(
            q in "[a-z南山 ]{0,10}",
            service in prop::option::of(prop::sample::select(vec!["meals", "bathing"])),
            tier in prop::option::of(prop::sample::select(vec!["street_centre", "point"])),
            open in 0..3_u8, step_free: bool, free_of_charge: bool, most_yuan in prop::option::of(1..100_u32), street: bool,
        ) {
            let at = "2026-05-20T14:30:00".parse().unwrap();
            let filter = Filter {
                q: q.trim().to_owned(),
                service: service.map(str::to_owned),
                open_at: [None, Some(When::Now), Some(When::At(at))][usize::from(open)],
                tier: tier.map(str::to_owned),
                step_free,
                free_of_charge,
                most_yuan,
                street: street.then(|| "440305007".to_owned()),
                community: None,
            };
            let pairs = filter.pairs();
            prop_assert_eq!(Filter::read(pairs, &stations()).unwrap(), filter);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_said_at_its_name_and_strange_names_are_left_alone() {
        assert_eq!(read(&[("near", "22.5,113.9"), ("service", ""), ("open_at", " ")]), Ok(Filter::default()));
        for (name, value, code) in [
            ("service", "cinema", "service_missing"),
            ("tier", "palace", "tier_missing"),
            ("open_at", "tomorrow", "open_at"),
            ("open_at", "2026-02-30T10:00", "open_at"),
            ("open_at", "2026-05-20", "open_at"),
            ("open_at", "2026-05-20T24:00", "open_at"),
            ("open_at", "2026-05-20T10:00:00:00", "open_at"),
            ("open_at", "+2026-05-20T10:00", "open_at"),
            ("open_at", "-0001-05-20T10:00", "open_at"),
            ("open_at", "1948-12-31T23:59", "open_at"),
            ("open_at", "2101-01-01T00:00", "open_at"),
            ("open_at", "+262142-12-31T23:59", "open_at"),
            ("step_free", "perhaps", "switch"),
            ("free", "2", "switch"),
            ("most", "0", "yuan"),
            ("most", "12.5", "yuan"),
            ("most", "-1", "yuan"),
            ("street", "4403050", "area_missing"),
            ("community", "440305007", "area_missing"),
            ("q", "a\u{1b}b", "control_character"),
            ("q", &"长".repeat(61), "too_long"),
        ] {
            let errors = read(&[(name, value)]).unwrap_err();
            let found: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(found, [name]);
            let said = errors.iter().next().unwrap().reason.code();
            assert!(said == code || said == "not_offered", "{name}={value}: {said}");
        }
    }

    #[test]
    fn figures_are_read_in_whatever_width_they_were_typed() {
        let typed = read(&[("open_at", "２０２６-０５-２０T１４：３０"), ("most", "１５")]).unwrap();
        assert_eq!(typed, read(&[("open_at", "2026-05-20T14:30"), ("most", "15")]).unwrap());
        assert_eq!(typed.most_yuan, Some(15));
    }

    #[test]
    fn what_can_be_meant_counts_beside_what_cannot() {
        let (filter, errors) = Filter::read_most([("q", "海"), ("tier", "palace"), ("step_free", "1")], &stations());
        assert_eq!((filter.q.as_str(), filter.tier, filter.step_free, errors.len()), ("海", None, true, 1));
    }

    #[test]
    fn a_price_means_nothing_where_nothing_costs_anything() {
        let mut kind = stations();
        let asked = [("free", "1"), ("most", "5"), ("most", "0"), ("step_free", "1")];
        assert!(Filter::read(asked, &kind).is_err());
        for service in &mut kind.services {
            service.free_of_charge = true;
        }
        assert_eq!(Filter::read(asked, &kind), Ok(Filter { step_free: true, ..Filter::default() }));
    }

    #[test]
    fn the_heading_says_everything_that_is_looked_for() {
        let filter = read(&[
            ("q", "海"),
            ("service", "meals"),
            ("open_at", "now"),
            ("tier", "point"),
            ("step_free", "1"),
            ("free", "1"),
            ("most", "15"),
            ("street", "440305007"),
        ])
        .unwrap();
        let said = filter.words(&stations(), &[station("a")], Locale::Zh, |area| area.name.clone());
        assert_eq!(
            said,
            ["粤海街道", "助餐", "小区长者服务点", "现在开着", "没有台阶或有坡道", "免费", "不超过 15 元", "“海”"]
        );
        assert!(Filter::default().words(&stations(), &[], Locale::En, |area| area.name.clone()).is_empty());
    }
}
