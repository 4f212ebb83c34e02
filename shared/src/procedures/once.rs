//! What is compared where something is granted once: one value has one form, however it was typed.

use unicode_normalization::UnicodeNormalization;

use super::definition::{Compared, Holds, Procedure};
use super::form::{Typed, Value, Values};
use crate::identity::clean::is_dash;

/// A value of which one is granted.
#[derive(Clone, PartialEq, Eq)]
pub struct Once {
    pub field: String,
    /// For the blind index alone: it names somebody or something of theirs.
    pub value: String,
}

impl Procedure {
    /// What of an application is granted once, in the order of the definition.
    pub fn once_values(&self, values: &Values) -> Vec<Once> {
        let once = self.once.iter().filter_map(|field| {
            let value = one_form(values.get(field)?)?;
            Some(Once { field: field.clone(), value })
        });
        once.collect()
    }

    /// The same of one field, as far as it can be read.
    pub(super) fn compared_form(&self, field: &str, typed: &Typed) -> Option<String> {
        self.read_one(field, typed).as_ref().and_then(one_form)
    }

    /// Whether two answers are as a definition asks; not while one of them cannot be read.
    pub(super) fn is_so(&self, compared: &Compared, typed: &Typed) -> bool {
        let [one, other] = compared.fields.each_ref().map(|field| self.compared_form(field, typed));
        let is_same = one.zip(other).map(|(one, other)| one == other);
        is_same == Some(compared.holds == Holds::Same)
    }
}

/// The form in which a value is compared: half-width, without spaces, dots and dashes, and without regard to case; none
/// for what is not compared.
pub fn one_form(value: &Value) -> Option<String> {
    match value {
        Value::Name(name) => Some(plain(name.as_str())),
        Value::Id(id) => Some(plain(id.as_str())),
        Value::Phone(phone) => Some(phone.as_str().to_owned()),
        Value::Account(account) => Some(plain(account.as_str())),
        Value::Certificate(number) => Some(plain(number.as_str())),
        Value::Choice(_)
        | Value::Date(_)
        | Value::Money(_)
        | Value::YesNo(_)
        | Value::Address(_)
        | Value::Words(_)
        | Value::Agreed { .. } => None,
    }
}

fn plain(text: &str) -> String {
    let is_between = |sign: &char| {
        sign.is_whitespace() || sign.is_ascii_punctuation() || is_dash(*sign) || matches!(sign, '·' | '•' | '‧' | '・')
    };
    text.nfkc().filter(|sign| !is_between(sign)).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::PersonName;
    use crate::procedures::value::CertificateNumber;

    fn number(text: &str) -> String {
        one_form(&Value::Certificate(CertificateNumber::parse(text).unwrap())).unwrap()
    }

    fn name(text: &str) -> String {
        one_form(&Value::Name(PersonName::parse(text).unwrap())).unwrap()
    }

    #[test]
    fn one_number_is_compared_in_one_form_however_it_is_typed() {
        for text in ["SZ2026-00123", "ｓｚ２０２６－００１２３", " sz 2026 00123 ", "编号：SZ2026-00123"]
        {
            assert_eq!(number(text), "SZ202600123", "{text}");
        }
        assert_ne!(number("SZ2026-00123"), number("SZ2026-00132"));
    }

    #[test]
    fn one_name_is_compared_in_one_form_and_two_names_stay_two() {
        assert_eq!(name("买买提·演示"), name("买买提 演示"));
        assert_eq!(name("Anna Muster"), name("ANNA  MUSTER"));
        assert_ne!(name("钱演示"), name("赵演示"));
    }
}
