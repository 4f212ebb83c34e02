//! What an office itself says of a place: its name, where it is, its phone, and how to find the way.

use serde::{Deserialize, Serialize};

use crate::field::{Asked, FieldErrors, Reason};
use crate::localised::Localised;

/// As it is typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub name_zh: String,
    pub name_en: String,
    pub address_zh: String,
    pub address_en: String,
    pub phone: String,
    pub directions_zh: String,
    pub directions_en: String,
}

/// What is said of a place; only [`Draft::read`] makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub name: Localised,
    pub address: Localised,
    pub phone: String,
    /// Empty where nothing is said.
    pub directions: Localised,
}

const NAME: &Asked = &Asked::typed("place_name_missing", ("请填写名称。", "Enter its name."), ("名称", "name"));
const ADDRESS: &Asked =
    &Asked::typed("place_address_missing", ("请填写地址。", "Enter its address."), ("地址", "address"));
const PHONE: &Asked = &Asked::typed("place_phone_missing", ("请填写电话。", "Enter its phone."), ("电话", "phone"));
const DIRECTIONS: &Asked =
    &Asked::typed("place_directions_missing", ("请填写怎么走。", "Say how to find the way."), ("怎么走", "directions"));

impl Draft {
    pub fn of(said: &Said) -> Self {
        Self {
            name_zh: said.name.zh.clone(),
            name_en: said.name.en.clone(),
            address_zh: said.address.zh.clone(),
            address_en: said.address.en.clone(),
            phone: said.phone.clone(),
            directions_zh: said.directions.zh.clone(),
            directions_en: said.directions.en.clone(),
        }
    }

    /// # Errors
    /// One for each field that needs attention. Directions may be left out, but not in one language alone.
    pub fn read(&self) -> Result<Said, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut line = |field: &str, typed: &str, asked, limit| errors.keep(field, one_line(typed, asked, limit));
        let name = (line("name_zh", &self.name_zh, NAME, 40), line("name_en", &self.name_en, NAME, 80));
        let address =
            (line("address_zh", &self.address_zh, ADDRESS, 80), line("address_en", &self.address_en, ADDRESS, 160));
        let phone = errors.keep("phone", phone(&self.phone));
        let has_directions = !(self.directions_zh.trim().is_empty() && self.directions_en.trim().is_empty());
        let directions = if has_directions {
            let mut line = |field: &str, typed: &str| errors.keep(field, one_line(typed, DIRECTIONS, 200));
            (line("directions_zh", &self.directions_zh), line("directions_en", &self.directions_en))
        } else {
            (Some(String::new()), Some(String::new()))
        };
        let both = |(zh, en): (Option<String>, Option<String>)| Some(Localised::new(zh?, en?));
        match (both(name), both(address), phone, both(directions)) {
            (Some(name), Some(address), Some(phone), Some(directions)) => Ok(Said { name, address, phone, directions }),
            _ => Err(errors),
        }
    }
}

fn one_line(typed: &str, asked: &'static Asked, limit: usize) -> Result<String, Reason> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Reason::Missing(asked));
    }
    if text.contains(char::is_control) {
        return Err(Reason::ControlCharacter);
    }
    if text.chars().count() > limit {
        return Err(Reason::TooLong { asked, limit });
    }
    Ok(text.to_owned())
}

/// What can be dialled: `0755-12345678`, `12345`.
fn phone(typed: &str) -> Result<String, Reason> {
    let phone = typed.trim();
    if phone.is_empty() {
        return Err(Reason::Missing(PHONE));
    }
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = phone.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b' ');
    if is_plain && (3..=15).contains(&digits) && phone.len() <= 20 {
        return Ok(phone.to_owned());
    }
    Err(Reason::own(
        "place_phone",
        "电话只写数字和短横线，例如 0755-12345678。",
        "Write the phone with digits and dashes, such as 0755-12345678.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let text = |text: &str| text.to_owned();
        Draft {
            name_zh: text("示例大厅"),
            name_en: text("Sample hall"),
            address_zh: text("示例路 1 号"),
            address_en: text("1 Sample Road"),
            phone: text(" 0755-12345678 "),
            ..Draft::default()
        }
    }

    #[test]
    fn what_is_said_of_a_place_comes_back_as_it_was_typed() {
        let said = draft().read().unwrap();
        assert_eq!((said.phone.as_str(), said.directions.zh.as_str()), ("0755-12345678", ""));
        assert_eq!(Draft::of(&said).read().unwrap(), said);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let all: Vec<_> = Draft::default().read().unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(all, ["name_zh", "name_en", "address_zh", "address_en", "phone"]);
        for phone in ["12", "tel:12345", "１２３４５", "1234567890123456", "12345\n"] {
            let wrong = Draft { phone: format!("{phone}x"), ..draft() };
            assert_eq!(wrong.read().unwrap_err().iter().next().unwrap().reason.code(), "place_phone", "{phone}");
        }
        let half = Draft { directions_zh: "地铁 1 号线".to_owned(), ..draft() };
        assert_eq!(half.read().unwrap_err().iter().next().unwrap().field, "directions_en");
        let long = Draft { name_zh: "长".repeat(41), ..draft() };
        assert_eq!(long.read().unwrap_err().iter().next().unwrap().reason.code(), "too_long");
    }
}
