//! Addresses that a person could mean.

use shared::appointments::BookingReference;

use super::TestSite;

#[tokio::test]
async fn an_address_that_a_person_could_mean_leads_there() {
    let site = TestSite::open(&[]).await;
    for (asked, meant) in [
        ("/marriage/", "/marriage"),
        ("/marriage%E3%80%82", "/marriage"),
        ("/zh/marriage", "/marriage"),
        ("/EN/Marriage/check/", "/en/marriage/check"),
        ("/m/K7MP4CRT9WXC-key%EF%BC%89%E3%80%82", "/m/K7MP4CRT9WXC-key"),
        ("/en/m/K7MP4CRT9WXC-key).?from=sms", "/en/m/K7MP4CRT9WXC-key?from=sms"),
    ] {
        let answer = site.get(asked).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (307, meant), "{asked}");
    }
    assert_eq!(site.get("/nowhere").await.status, 404);
    assert_eq!(site.get("/favicon.ico").await.header("content-type"), "image/x-icon");
}

#[tokio::test]
async fn personal_pages_are_not_for_search_engines() {
    let site = TestSite::open(&[]).await;
    let reference = BookingReference::from_random(7);
    for start in ["/m", "/en/m", "/marriage/bookings", "/ceremony/bookings"] {
        let key = if start.ends_with('m') { "-key" } else { "" };
        let personal = format!("{start}/{}{key}", reference.as_str());
        assert_eq!(site.get(&personal).await.header("x-robots-tag"), "noindex", "{personal}");
    }
    for public in ["/", "/marriage", "/benefits"] {
        assert_eq!(site.get(public).await.header("x-robots-tag"), "", "{public}");
    }
    let robots = site.get("/robots.txt").await.body;
    assert!(!robots.contains("/m/"), "what may not be fetched cannot say that it is not for the index: {robots}");
}
