//! Invented households of which everything is known, many of them near a threshold, with our verdicts.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde_json::{Value as Json, json};
use shared::{
    eligibility::{
        answers::{Answer, Household, Question},
        dates::days,
        pack::Pack,
        told::{self, Told},
        verdict::{Status, check},
    },
    invented::eligibility::{household, numbers},
};

use super::telling::tell;
use crate::Outcome;

/// A household as it is told, as it is read, and what our engine says of it.
pub struct Drawn {
    pub told: Told,
    pub household: Household,
    /// `likely`, `no` or `bureau` by benefit; a list, person by person, where the benefit is a person's.
    pub verdicts: BTreeMap<String, Json>,
}

/// By benefit, how many verdicts of each kind there are.
pub type Counts = BTreeMap<String, BTreeMap<String, usize>>;

/// Fen per head around which incomes are drawn: the dibao standard and the edge line of the day.
const LINES: [i64; 2] = [153_500, 230_300];
/// Ages around whose birthdays people are drawn.
const AGES: [u32; 4] = [16, 18, 60, 70];
/// One of several that were tried: with it, leaving out any condition of any rule is noticed.
const SEED: u64 = 7;
/// Each outcome of each rule must come out so often at least.
const LEAST: usize = 20;

pub fn draw(pack: &Pack, count: usize, as_of: NaiveDate) -> Outcome<Vec<Drawn>> {
    let mut numbers = numbers(SEED);
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let people = usize::try_from(below(&mut numbers, 4))? + 1;
        let mut drawn = household(pack, &mut numbers, people, as_of);
        steer(pack, &mut drawn, &mut numbers, as_of);
        let told = tell(pack, &drawn);
        let household = told::read(pack, &told, as_of).map_err(|mistakes| format!("{mistakes:?}"))?;
        all.push(Drawn { verdicts: verdicts(pack, &household, as_of)?, told, household });
    }
    Ok(all)
}

/// Counts the verdicts; fails where likely or no comes out so seldom that a wrong rule might agree by chance.
pub fn count(all: &[Drawn]) -> Outcome<Counts> {
    let mut counts = Counts::new();
    for (rule, verdicts) in all.iter().flat_map(|drawn| &drawn.verdicts) {
        let of_rule = counts.entry(rule.clone()).or_default();
        let verdicts = verdicts.as_array().map_or_else(|| vec![verdicts], |list| list.iter().collect());
        for word in verdicts.into_iter().filter_map(Json::as_str) {
            *of_rule.entry(word.to_owned()).or_default() += 1;
        }
    }
    let rare =
        |of_rule: &BTreeMap<String, usize>| ["likely", "no"].iter().any(|word| of_rule.get(*word) < Some(&LEAST));
    match counts.iter().find(|(_, of_rule)| rare(of_rule)) {
        Some((rule, of_rule)) => Err(format!("the households tell too little about {rule}: {of_rule:?}").into()),
        None => Ok(counts),
    }
}

fn verdicts(pack: &Pack, household: &Household, as_of: NaiveDate) -> Outcome<BTreeMap<String, Json>> {
    let mut found: BTreeMap<String, Json> = BTreeMap::new();
    for verdict in check(pack, household, as_of, as_of).verdicts {
        let rule = &pack.benefits[verdict.benefit].id;
        let word = match verdict.status {
            Status::Likely => json!("likely"),
            Status::No => json!("no"),
            Status::Bureau => json!("bureau"),
            Status::Ask => return Err(format!("{rule} still asks a household that has told everything").into()),
        };
        match found.get_mut(rule).and_then(Json::as_array_mut) {
            Some(people) => people.push(word),
            None if verdict.who.is_some() => _ = found.insert(rule.clone(), json!([word])),
            None => _ = found.insert(rule.clone(), word),
        }
    }
    Ok(found)
}

/// Much of what was drawn from all possible answers alike is moved near a threshold, where rules differ if at all.
fn steer(pack: &Pack, household: &mut Household, numbers: &mut impl Iterator<Item = u64>, as_of: NaiveDate) {
    let people = household.people.len();
    let place = |id: &str| pack.facts.iter().position(|fact| fact.id == id).unwrap_or_default();
    let mut set = |asked, answer| household.set(asked, answer);
    let of_household = |id: &str| Question::Household(place(id));
    for person in 0..people {
        let born = match below(numbers, 2) {
            0 => days(as_of) - below(numbers, 36_500),
            _ => days(as_of - Months::new(12 * one_of(numbers, &AGES))) + 1 - below(numbers, 3),
        };
        set(Question::Person(person, place("birth")), Answer::exactly(born));
        let own = match below(numbers, 4) {
            0 => 0,
            1 | 2 => LINES[0] + below(numbers, 3) - 1,
            _ => below(numbers, 20_000) * 100,
        };
        set(Question::Person(person, place("own_income")), Answer::exactly(own));
    }
    if below(numbers, 4) > 0 {
        let near = if below(numbers, 2) == 0 { below(numbers, 3) - 1 } else { below(numbers, 100_000) - 50_000 };
        let income = one_of(numbers, &LINES) * i64::try_from(people).unwrap_or(1) + near;
        let (pensions, other) = (income * below(numbers, 3) / 3, income * below(numbers, 3) / 10);
        set(of_household("pensions"), Answer::exactly(pensions));
        set(of_household("other_income"), Answer::exactly(other));
        set(of_household("wages"), Answer::exactly(income - pensions - other));
    }
    if below(numbers, 2) == 0 {
        set(of_household("receives"), Answer::OneOf(1));
    }
    if below(numbers, 2) == 0 {
        for id in ["savings", "homes", "vehicles"] {
            // The last option of each is more than any place allows for certain.
            set(of_household(id), Answer::OneOf(one_of(numbers, &[1, 2])));
        }
    }
}

fn below(numbers: &mut impl Iterator<Item = u64>, limit: i64) -> i64 {
    let number = numbers.next().unwrap_or_default() % limit.unsigned_abs().max(1);
    i64::try_from(number).unwrap_or_default()
}

fn one_of<T: Copy>(numbers: &mut impl Iterator<Item = u64>, all: &[T]) -> T {
    let place = below(numbers, i64::try_from(all.len()).unwrap_or(1));
    all[usize::try_from(place).unwrap_or_default()]
}
