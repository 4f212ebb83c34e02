//! A place on a map: a search that opens only when it is pressed, so that no map service learns of anybody else.

use std::fmt::Write;

use leptos::prelude::*;
use shared::locale::Locale;

#[component]
pub fn MapLink(
    locale: Locale,
    /// What to search for: the place's name and address in Chinese, as the map knows it.
    #[prop(into)]
    place: String,
) -> impl IntoView {
    let href = format!("https://uri.amap.com/search?keyword={}", encoded(&place));
    view! {
        <a href=href rel="noreferrer">
            {locale.say("在高德地图上看", "See it on a map (Amap)")}
        </a>
    }
}

/// Percent-encoding of everything but letters and digits.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut url, byte| {
        if byte.is_ascii_alphanumeric() {
            url.push(byte.into());
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_leave_the_search() {
        assert_eq!(encoded("南山 A1&x=#"), "%E5%8D%97%E5%B1%B1%20A1%26x%3D%23");
    }
}
