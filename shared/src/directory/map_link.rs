//! A place in a map app: a link that is opened when it is pressed and tells the app of the place and of nobody else.
//!
//! All three Chinese services take GCJ-02 where they are told so, each in an order of its own. Which datum Apple's links take
//! nobody says, so it gets the name and the address. Of a place that nobody knows the position of, Amap searches for the same.

use std::fmt::Write;

use strum::VariantArray;

use super::listing::Listing;
use crate::geo::{Degrees, Gcj02};
use crate::locale::Locale;

/// A service that shows maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Map {
    Amap,
    Tencent,
    Baidu,
    Apple,
}

/// What the services know this portal by.
const CALLER: &str = "huimin";

impl Map {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    pub fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Amap => locale.say("高德地图", "Amap"),
            Self::Tencent => locale.say("腾讯地图", "Tencent Maps"),
            Self::Baidu => locale.say("百度地图", "Baidu Maps"),
            Self::Apple => locale.say("苹果地图", "Apple Maps"),
        }
    }

    /// Where a place is in it; none for what is invented or closed, nor without coordinates where the service needs them.
    pub fn link(self, listing: &Listing) -> Option<String> {
        if !listing.is_on_maps() {
            return None;
        }
        let (name, address) = (encoded(&listing.name.zh), encoded(&listing.address.zh));
        if self == Self::Apple {
            return Some(format!("https://maps.apple.com/?q={name}&address={address}"));
        }
        let Some(spot) = listing.spot else {
            return (self == Self::Amap).then(|| search(&listing.name.zh, &listing.address.zh));
        };
        let Gcj02(Degrees { latitude, longitude }) = spot.published();
        let (lat, lng) = (format!("{latitude:.5}"), format!("{longitude:.5}"));
        Some(match self {
            Self::Amap => format!(
                "https://uri.amap.com/marker?position={lng},{lat}&name={name}&coordinate=gaode&src={CALLER}&callnative=1"
            ),
            Self::Tencent => format!(
                "https://apis.map.qq.com/uri/v1/marker?marker=coord:{lat},{lng};title:{name};addr:{address}&referer={CALLER}"
            ),
            Self::Baidu | Self::Apple => format!(
                "https://api.map.baidu.com/marker?location={lat},{lng}&title={name}&content={address}&output=html\
                 &coord_type=gcj02&src={CALLER}"
            ),
        })
    }
}

/// A search for a name and an address in Chinese, by Amap.
pub fn search(name: &str, address: &str) -> String {
    format!("https://uri.amap.com/search?keyword={}", encoded(&format!("{name} {address}")))
}

/// Percent-encoding of everything but letters and digits.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut url, byte| {
        if byte.is_ascii_alphanumeric() {
            url.push(byte.into());
        } else {
            // Writing to a String cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Spot;
    use crate::directory::found::tests::station;
    use crate::places::{Coordinates, Datum};

    #[test]
    fn each_service_gets_gcj02_in_its_own_order_and_apple_the_address() {
        let spot = Coordinates::new(22_543_847, 113_912_316, Datum::Wgs84).map(Spot::of);
        let real = Listing { demo: false, spot, ..station("a") };
        let link = |map: Map| map.link(&real).unwrap();
        assert!(link(Map::Amap).contains("position=113.91718,22.54080&"), "{}", link(Map::Amap));
        assert!(link(Map::Amap).contains("coordinate=gaode"));
        assert!(link(Map::Tencent).contains("coord:22.54080,113.91718;"));
        assert!(
            link(Map::Baidu).contains("location=22.54080,113.91718&") && link(Map::Baidu).contains("coord_type=gcj02")
        );
        let apple = link(Map::Apple);
        assert!(!apple.contains("113.") && apple.contains("q=%E6") && apple.contains("address=%E7"), "{apple}");
    }

    #[test]
    fn nobody_is_sent_to_what_is_invented_and_without_a_point_its_address_is_looked_for() {
        let demo = station("a");
        assert!(Map::ALL.iter().all(|map| map.link(&demo).is_none()));
        let nowhere = Listing { demo: false, spot: None, ..demo };
        let linked: Vec<_> = Map::ALL.iter().filter(|map| map.link(&nowhere).is_some()).collect();
        assert_eq!(linked, [&Map::Amap, &Map::Apple]);
        let searched = Map::Amap.link(&nowhere).unwrap();
        assert!(searched.starts_with("https://uri.amap.com/search?keyword=%E6"), "{searched}");
        assert!(!searched.contains("position"), "nobody knows it: {searched}");
    }

    #[test]
    fn an_address_cannot_leave_the_search() {
        let searched = search("南", "山 A1&x=#");
        assert_eq!(searched, "https://uri.amap.com/search?keyword=%E5%8D%97%20%E5%B1%B1%20A1%26x%3D%23");
    }
}
