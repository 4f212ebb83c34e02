//! Where something is sent: a division by its code, and the rest in words.

use crate::eligibility::pack::FactOption;
use crate::field::{Asked, Reason, choice};
use crate::identity::clean::sentence;

/// An address. `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Its code; none where it is none of those that can be chosen.
    division: Option<String>,
    rest: String,
}

const DIVISION: &Asked = &Asked::chosen(
    "division_missing",
    ("请选择在哪个区。", "Choose the district."),
    ("请从列出的区里选择一个。", "Choose one of the districts listed."),
);
const REST: &Asked =
    &Asked::typed("address_missing", ("请填写街道和门牌。", "Enter the street and the number."), ("地址", "address"));

impl Address {
    /// In place of a code: none of those that can be chosen.
    pub const ELSEWHERE: &'static str = "elsewhere";
    /// Characters behind the division.
    pub const LIMIT: usize = 120;

    /// Reads `440305 演示街道1号` with one of these divisions, by its code or its name, or `elsewhere 演示市演示区1号`.
    ///
    /// # Errors
    /// What to look at, in a sentence.
    pub fn parse(text: &str, divisions: &[FactOption]) -> Result<Self, Reason> {
        let (division, rest) = Self::split(text);
        let known = |said: &str| match said {
            Self::ELSEWHERE => Some(None),
            said => {
                let named = |option: &&FactOption| option.id == said || option.label.zh == said;
                divisions.iter().find(named).map(|option| Some(option.id.clone()))
            }
        };
        Ok(Self { division: choice(DIVISION, division, known)?, rest: sentence(REST, Self::LIMIT, rest)? })
    }

    /// What stands before the first space, and the rest, as typed.
    pub fn split(text: &str) -> (&str, &str) {
        text.split_once(char::is_whitespace).unwrap_or((text, ""))
    }

    /// The way back.
    pub fn join(division: &str, rest: &str) -> String {
        format!("{division} {rest}")
    }

    /// The division's code.
    pub fn division(&self) -> Option<&str> {
        self.division.as_deref()
    }

    /// The rest, in words.
    pub fn rest(&self) -> &str {
        &self.rest
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::localised::Localised;

    fn read(text: &str) -> Result<Address, Reason> {
        let district = FactOption { id: "440305".to_owned(), label: Localised::new("南山区", "南山区 (440305)") };
        Address::parse(text, &[district])
    }

    #[test]
    fn a_division_is_known_by_its_code_or_its_name() {
        for text in ["440305 演示街道1号", "南山区 演示街道1号", "440305\u{3000}演示街道1号"] {
            let address = read(text).unwrap();
            assert_eq!((address.division(), address.rest()), (Some("440305"), "演示街道1号"), "{text}");
            assert!(!format!("{address:?}").contains("演示"));
        }
        let elsewhere = read("elsewhere 演示市演示区1号").unwrap();
        assert_eq!((elsewhere.division(), elsewhere.rest()), (None, "演示市演示区1号"));
        assert_eq!(read(&Address::join("440305", "1号")), read("440305 1号"));
    }

    #[test]
    fn what_is_no_division_and_what_is_missing_is_told() {
        let code = |text: &str| read(text).map_or_else(|wrong| wrong.code().to_owned(), |_| "fine".to_owned());
        assert_eq!(code("990101 演示街道1号"), "not_offered");
        assert_eq!(code(" 演示街道1号"), "division_missing", "the box of the division was left empty");
        assert_eq!(code("440305 "), "address_missing");
        assert_eq!(code(&format!("440305 {}", "长".repeat(121))), "too_long");
    }
}
