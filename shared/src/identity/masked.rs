//! Somebody as they stand in a list that others read: enough to be told apart by, and nothing to be found by.

use serde::{Deserialize, Serialize};

use super::{IdDocument, Phone, name::PersonName};

/// A person of whom only the first of each name and the ends of the numbers are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaskedPerson {
    pub name: String,
    /// The last four of an identity number, fewer of a shorter one; none where no document is asked for.
    pub id_number_tail: Option<String>,
    /// The last four, three of a number from abroad.
    pub phone_tail: String,
}

impl MaskedPerson {
    pub fn of(name: &PersonName, document: Option<&IdDocument>, phone: &Phone) -> Self {
        Self {
            name: name.masked(),
            id_number_tail: document.map(|document| tail(&document.masked())),
            phone_tail: tail(&phone.masked()),
        }
    }
}

/// What stands after the stars.
fn tail(masked: &str) -> String {
    masked.rsplit('*').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::IdType;

    #[test]
    fn a_list_shows_the_ends_of_numbers_and_no_more() {
        let name = PersonName::parse("张小明").unwrap();
        let card = IdDocument::parse(IdType::ResidentId, "11010519491231002X").unwrap();
        let phone = Phone::parse("13812345678").unwrap();
        let shown = MaskedPerson::of(&name, Some(&card), &phone);
        assert_eq!((shown.name.as_str(), shown.phone_tail.as_str()), ("张**", "5678"));
        assert_eq!(shown.id_number_tail.as_deref(), Some("002X"));

        let passport = IdDocument::parse(IdType::Passport, "E12345678").unwrap();
        let abroad = Phone::parse("+85291234567").unwrap();
        let shown = MaskedPerson::of(&name, Some(&passport), &abroad);
        assert_eq!((shown.id_number_tail.as_deref(), shown.phone_tail.as_str()), (Some("78"), "567"));
        assert_eq!(MaskedPerson::of(&name, None, &phone).id_number_tail, None);
    }
}
