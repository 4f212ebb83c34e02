//! What a benefit pays at each age, as far as its rules tell it by age alone: nobody has to say how old they are.

use chrono::{Months, NaiveDate};
use leptos::prelude::*;
use shared::{
    eligibility::{
        answers::{Answer, Household, Question},
        dates::days,
        evaluate::Evaluation,
        pack::{Benefit, Kind, Pack, Scope, Unit},
        span::Span,
        truth::Truth,
    },
    locale::Locale,
    say,
};

use super::words;

/// Nobody is told of years beyond.
const OLDEST: u32 = 110;

/// Ages that are paid alike.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Band {
    from: u32,
    to: u32,
    /// Whether no other age has a better chance; what else decides is asked by the check.
    is_sure: bool,
    /// In fen.
    pays: Span,
}

/// One line for each band; `price_fen` is what the whole costs. None where age alone makes no difference.
pub fn by_age(pack: &Pack, today: NaiveDate, benefit: &str, price_fen: Option<u32>, locale: Locale) -> Option<AnyView> {
    let place = pack.benefits.iter().position(|known| known.id == benefit)?;
    let bands = bands(pack, today, place)?;
    let asked = &pack.benefits[place];
    let rows = bands.iter().map(|band| view! { <li>{line(asked, band, price_fen, locale, today)}</li> });
    Some(view! { <ul role="list">{rows.collect_view()}</ul> }.into_any())
}

fn line(asked: &Benefit, band: &Band, price_fen: Option<u32>, locale: Locale, today: NaiveDate) -> String {
    let Band { from, to, .. } = band;
    let ages = if *to == OLDEST {
        say!(locale, "{from} 周岁以上", "{from} and over")
    } else {
        say!(locale, "{from} 到 {to} 周岁", "{from} to {to}")
    };
    let price = price_fen.filter(|fen| *fen > 0).map(|fen| Span::exactly(i64::from(fen)));
    if !band.is_sure {
        let whole = price.map(|price| {
            let price = words::amount(locale, price, Unit::Money, None, today);
            say!(locale, "，不补的付 {price}", "; the others pay {price}")
        });
        let whole = whole.unwrap_or_default();
        return say!(locale, "{ages}：看家里的情况，有的补{whole}", "{ages}: some, by what their household has{whole}");
    }
    let per = asked.amount.as_ref().map(|amount| amount.per.say(locale));
    let pays = words::amount(locale, band.pays, Unit::Money, per, today);
    let left = price.map(|price| {
        let rest = price.minus(band.pays).greatest(Span::exactly(0));
        let rest = words::amount(locale, rest, Unit::Money, None, today);
        say!(locale, "，补贴后最少付 {rest}", "; at least {rest} to pay after it")
    });
    say!(locale, "{ages}：补 {pays}{}", "{ages}: {pays}{}", left.unwrap_or_default())
}

/// Those that get anything, the youngest first; none where age makes no difference, or nobody knows what is paid.
fn bands(pack: &Pack, today: NaiveDate, benefit: usize) -> Option<Vec<Band>> {
    let asked = &pack.benefits[benefit];
    let amount = asked.amount.as_ref().filter(|_| asked.scope == Scope::Person)?;
    let birth = pack.facts.iter().position(|fact| fact.kind == Kind::Birth && fact.scope == Scope::Person)?;
    let of_age = |age: u32| {
        let born = today.checked_sub_months(Months::new(12 * age))?;
        let mut household = Household::new(pack);
        let person = household.add("");
        household.set(Question::Person(person, birth), Answer::Number(Span::exactly(days(born))));
        let evaluation = Evaluation::new(pack, &household, today, today);
        let rules = asked.requires.iter().map(|requirement| evaluation.rule(&requirement.rule, Some(person)));
        Some((age, rules.collect::<Vec<_>>(), evaluation.without_ceilings().number(&amount.value, Some(person))))
    };
    let ages: Vec<_> = (0..=OLDEST).filter_map(of_age).collect();
    let best = |place: usize| ages.iter().map(|(_, rules, _)| chance(rules[place])).max();
    let best: Vec<_> = (0..asked.requires.len()).map(best).collect();
    let mut bands: Vec<Band> = Vec::new();
    for (age, rules, pays) in ages.iter().filter(|(_, rules, _)| !rules.contains(&Truth::No)) {
        let is_sure = rules.iter().zip(&best).all(|(rule, best)| Some(chance(*rule)) == *best);
        match bands.last_mut().filter(|band| (band.to + 1, band.is_sure, band.pays) == (*age, is_sure, *pays)) {
            Some(band) => band.to = *age,
            None => bands.push(Band { from: *age, to: *age, is_sure, pays: *pays }),
        }
    }
    let is_known = bands.iter().all(|band| !band.is_sure || band.pays.low.is_some() && band.pays.high.is_some());
    let is_by_age = bands.iter().any(|band| (band.from, band.to) != (0, OLDEST));
    (is_known && is_by_age).then_some(bands)
}

fn chance(truth: Truth) -> u8 {
    match truth {
        Truth::No => 0,
        Truth::Open => 1,
        Truth::Yes => 2,
    }
}

#[cfg(test)]
mod tests {
    use server::policy::Policies;

    use super::*;
    use crate::draw::fragment;

    fn said(region: &str, price_fen: Option<u32>, locale: Locale) -> Option<String> {
        let (compiled, today) = (Policies::embedded().of(region).unwrap(), "2026-05-13".parse().unwrap());
        by_age(&compiled.pack, today, "elder_meals", price_fen, locale).map(|view| fragment(|| view).replace("<!>", ""))
    }

    #[test]
    fn a_meal_has_its_price_for_each_age_without_anybody_s_age() {
        let zh = said("440300", Some(1_200), Locale::Zh).unwrap();
        for line in [
            "60 到 69 周岁：看家里的情况，有的补，不补的付 12 元",
            "70 到 99 周岁：补 5 元到 15 元/餐（最高），补贴后最少付 0 元到 7 元",
            "100 周岁以上：补 15 元/餐（最高），补贴后最少付 0 元",
        ] {
            assert!(zh.contains(line), "{line}: {zh}");
        }
        for price in [None, Some(0)] {
            assert!(!said("440300", price, Locale::Zh).unwrap().contains("补贴后"), "{price:?}");
        }
        let en = said("440305", Some(1_500), Locale::En).unwrap();
        assert!(
            en.contains("70 to 99: 5 yuan to 15 yuan per meal at most; at least 0 yuan to 10 yuan to pay after it"),
            "{en}"
        );
    }

    #[test]
    fn where_one_age_decides_there_is_one_line_and_where_none_does_there_is_none() {
        assert!(said("370200", Some(1_000), Locale::Zh).unwrap().contains("70 周岁以上：补 3 元/天"));
        assert_eq!(said("420200", Some(1_000), Locale::Zh), None, "it has no such benefit");
    }
}
