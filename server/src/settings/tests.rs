use clap::Parser;
use shared::places::PlaceId;

use super::*;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    settings: Settings,
}

fn settings(flags: &[&str]) -> Settings {
    Command::parse_from(["huimin"].iter().chain(flags)).settings
}

#[test]
fn production_refuses_every_demo_switch_by_name() {
    let https = ["--public-url", "https://huimin.example"];
    for (flags, name) in [
        (&["--demo"][..], "HUIMIN_DEMO"),
        (&["--now", "2026-05-19T23:59:50+08:00"], "HUIMIN_NOW"),
        (&["--rate-limit", "off"], "HUIMIN_RATE_LIMIT=off"),
        (&["--phone-codes", "off"], "HUIMIN_PHONE_CODES=off"),
        (&["--messages", "mailbox"], "HUIMIN_MESSAGES=mailbox"),
    ] {
        let all: Vec<_> = https.iter().chain(flags).copied().collect();
        assert_eq!(settings(&all).check(), Err(SettingsError::DemoOnly(name)));
    }
}

#[test]
fn production_refuses_to_start_without_a_message_channel() {
    let settings = settings(&["--public-url", "https://huimin.example"]);
    assert_eq!(settings.check(), Err(SettingsError::NoChannel));
}

#[test]
fn a_portal_on_any_address_shows_its_messages_only_where_a_demonstration_was_asked_for() {
    for flags in [&["--addr", "0.0.0.0:80"][..], &["--messages", "mailbox"], &["--public-url", "http://a.example"]] {
        assert_eq!(settings(flags).check(), Err(SettingsError::NoChannel), "{flags:?}");
        assert_eq!(settings(&[flags, &["--demo"]].concat()).check(), Ok(()), "{flags:?}");
    }
}

#[test]
fn a_portal_that_is_no_demonstration_starts_only_with_the_bureau_that_answers_for_it_and_its_phone() {
    let refused = |flags: &[&str]| {
        let all = [&["--messages", "https://sms.example/send"], flags].concat();
        settings(&all).check().map_err(|error| error.to_string())
    };
    for (flags, name) in [
        (&[][..], "HUIMIN_BUREAU to"),
        (&["--bureau-phone", "0755-12345"], "HUIMIN_BUREAU to"),
        (&["--bureau", "  ", "--bureau-phone", "0755-12345"], "HUIMIN_BUREAU to"),
        (&["--bureau", "演示区民政局"], "HUIMIN_BUREAU_PHONE to"),
        (&["--bureau", "演示区民政局", "--bureau-phone", "见官网"], "HUIMIN_BUREAU_PHONE to"),
    ] {
        let refused = refused(flags).unwrap_err();
        assert!(refused.contains(name), "{flags:?}: {refused}");
    }
    let named = refused(&["--bureau", "演示区民政局", "--bureau-phone", "12345"]).unwrap_err();
    assert!(named.contains("HUIMIN_SMS_PROVIDER"), "{named}");
}

#[test]
fn a_portal_that_is_no_demonstration_starts_only_with_the_names_of_those_who_receive_data() {
    let bureau = ["--messages", "https://sms.example/send", "--bureau", "演示区民政局", "--bureau-phone", "12345"];
    let contesting = ["--review-government", "演示区人民政府", "--court", "演示区人民法院"];
    let refused = |flags: &[&str]| {
        let all = [&bureau[..], &contesting, flags].concat();
        settings(&all).check().map_err(|error| error.to_string())
    };
    let sms = ["--sms-provider", "演示短信公司", "--sms-provider-contact", "000-00000000"];
    let checked = [&sms[..], &["--identity-check", "https://check.example/match"]].concat();
    let service = [&checked[..], &["--identity-service", "演示核验中心"]].concat();
    for (flags, name) in [
        (&[][..], "HUIMIN_SMS_PROVIDER to"),
        (&["--sms-provider", " ", "--sms-provider-contact", "000-00000000"], "HUIMIN_SMS_PROVIDER to"),
        (&sms[..2], "HUIMIN_SMS_PROVIDER_CONTACT to"),
        (&checked, "HUIMIN_IDENTITY_SERVICE to"),
        (&service, "HUIMIN_IDENTITY_SERVICE_CONTACT to"),
        (&[&sms[..], &["--hosting-provider", "演示云公司"]].concat(), "HUIMIN_HOSTING_PROVIDER_CONTACT to"),
    ] {
        let refused = refused(flags).unwrap_err();
        assert!(refused.contains(name), "{flags:?}: {refused}");
    }
    assert_eq!(refused(&sms), Ok(()), "nothing is compared, so nobody needs a name for it");
    assert_eq!(refused(&[&service[..], &["--identity-service-contact", "000-00000001"]].concat()), Ok(()));
}

#[test]
fn a_portal_that_is_no_demonstration_starts_only_with_where_its_outcomes_are_contested() {
    let bureau = ["--messages", "https://sms.example/send", "--bureau", "演示区民政局", "--bureau-phone", "12345"];
    let sms = ["--sms-provider", "演示短信公司", "--sms-provider-contact", "000-00000000"];
    let refused =
        |flags: &[&str]| settings(&[&bureau[..], &sms, flags].concat()).check().map_err(|error| error.to_string());
    let government = ["--review-government", "演示区人民政府"];
    let (court, blank) = (["--court", "演示区人民法院"], ["--court", " "]);
    for (flags, name) in [
        (&[][..], "HUIMIN_REVIEW_GOVERNMENT to"),
        (&court, "HUIMIN_REVIEW_GOVERNMENT to"),
        (&government, "HUIMIN_COURT to"),
        (&[government, blank].concat(), "HUIMIN_COURT to"),
    ] {
        let refused = refused(flags).unwrap_err();
        assert!(refused.contains(name), "{flags:?}: {refused}");
    }
    assert_eq!(refused(&[government, court].concat()), Ok(()));
    let of_one = refused(&["--review-government", "nanshan=演示区人民政府", "--court", "演示区人民法院"]).unwrap_err();
    assert!(of_one.contains("HUIMIN_REVIEW_GOVERNMENT to"), "a registry that is added later would have none: {of_one}");
}

#[test]
fn whatever_is_contested_elsewhere_at_some_registry_names_one_that_there_is() {
    let known = ["nanshan", "demo-hill"].map(|id| PlaceId::parse(id).unwrap());
    let check = |flag: &str, value: &str| settings(&[flag, value]).contesting.check(&known);
    for (flag, setting) in
        [("--organ", "HUIMIN_ORGAN"), ("--review-government", "HUIMIN_REVIEW_GOVERNMENT"), ("--court", "HUIMIN_COURT")]
    {
        assert_eq!(check(flag, "甲; nanshan=乙; demo-hill=丙"), Ok(()), "{flag}");
        let refused = check(flag, "甲; nanshan=乙; nanshen=丙").unwrap_err().to_string();
        for word in [setting, "`nanshen`", "nanshan, demo-hill"] {
            assert!(refused.contains(word), "{word}: {refused}");
        }
    }
}

#[test]
fn a_public_url_with_a_path_is_refused() {
    assert_eq!(settings(&["--public-url", "https://a.example/x"]).check(), Err(SettingsError::PublicUrl));
    assert_eq!(settings(&["--public-url", "http://a.example:8080/"]).origin(), "http://a.example:8080");
}
