//! The names and values of a query or a form.

/// In order, each name as often as it was sent.
pub type Pairs = Vec<(String, String)>;

/// The last value of a name.
#[cfg(feature = "ssr")]
pub fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().rfind(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// A path with a query of these, whatever is in their values.
#[cfg(feature = "ssr")]
pub fn address<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    use std::fmt::Write;

    let mut address = path.to_owned();
    for (place, (name, value)) in pairs.into_iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(address, "{}{name}=", if place == 0 { '?' } else { '&' });
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
                address.push(byte.into());
            } else {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_place_in_an_address() {
        let pairs = [("next", "/staff/day?a=1&b=2#c"), ("q", "甲")];
        assert_eq!(address("/x", pairs), "/x?next=%2Fstaff%2Fday%3Fa%3D1%26b%3D2%23c&q=%E7%94%B2");
        assert_eq!(address("/x", []), "/x");
    }
}
