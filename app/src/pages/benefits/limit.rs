//! The limit of a simple rule, for sentences that do not name it.

use chrono::NaiveDate;
use shared::{
    eligibility::{
        expr::{Condition, Mention, Number},
        pack::{Kind, Pack, Unit},
        span::Span,
        words::{label, say_span},
    },
    locale::Locale,
    say,
};

/// A limit that the rule sets and the sentence does not name: `周岁：60 或以上`.
pub(super) fn limit(pack: &Pack, locale: Locale, condition: &Condition, sentence: &str) -> Option<String> {
    let (compared, positive) = match condition {
        Condition::And(all) => return all.iter().find_map(|one| limit(pack, locale, one, sentence)),
        Condition::Not(inner) => (&**inner, false),
        condition => (condition, true),
    };
    let Condition::Less(pair) = compared else { return None };
    let (mention, value, below) = match &**pair {
        [one, Number::Constant(value)] => (mention(one)?, *value, true),
        [Number::Constant(value), one] => (mention(one)?, *value, false),
        _ => return None,
    };
    let value = say_span(locale, Span::exactly(value), unit(pack, mention)?, NaiveDate::default())?;
    if sentence.contains(&value) {
        return None;
    }
    let label = label(pack, mention)?.say(locale);
    Some(match (below, positive) {
        (true, true) => say!(locale, "{label}：低于 {value}", "{label}: below {value}"),
        (true, false) => say!(locale, "{label}：{value} 或以上", "{label}: {value} or more"),
        (false, true) => say!(locale, "{label}：高于 {value}", "{label}: above {value}"),
        (false, false) => say!(locale, "{label}：{value} 或以下", "{label}: {value} or less"),
    })
}

fn mention(number: &Number) -> Option<Mention> {
    match number {
        Number::Fact(fact) => Some(Mention::Fact(*fact)),
        Number::Computed(computed) => Some(Mention::Computed(*computed)),
        _ => None,
    }
}

fn unit(pack: &Pack, mention: Mention) -> Option<Unit> {
    match mention {
        Mention::Computed(computed) => Some(pack.computed[computed].unit),
        Mention::Fact(fact) => match pack.facts[fact].kind {
            Kind::Money { .. } => Some(Unit::Money),
            Kind::Count { .. } => Some(Unit::Number),
            Kind::Birth | Kind::Choice(_) => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use server::policy::Policies;

    use super::*;

    #[test]
    fn a_limit_that_the_sentence_names_is_not_told_again() {
        let policies = Policies::embedded();
        let pack = &policies.of("100000").unwrap().pack;
        let age = pack.computed.iter().position(|computed| computed.id == "age").unwrap();
        let less = |than: i64| Condition::Less(Box::new([Number::Computed(age), Number::Constant(than.into())]));
        let elder = Condition::Not(Box::new(less(60)));
        let said = |condition: &Condition, sentence: &str| limit(pack, Locale::Zh, condition, sentence);
        assert_eq!(said(&elder, "是老年人。").unwrap(), "周岁：60 或以上");
        assert_eq!(said(&elder, "年满 60 周岁。"), None);
        assert_eq!(said(&Condition::And(vec![less(18), elder]), "是孩子。").unwrap(), "周岁：低于 18");
    }
}
