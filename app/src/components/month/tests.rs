use super::*;

fn may(day: u32, openness: Openness) -> MonthDay {
    let date = NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
    MonthDay { date, openness, work: Work::Ordinary, hot: None, lunar: None, chosen: false }
}

fn month() -> Vec<MonthDay> {
    let mut days: Vec<_> = (1..=31).map(|day| may(day, Openness::Closed)).collect();
    days[0].work = Work::Holiday("劳动节".to_owned());
    days[8].work = Work::MakeUp;
    days[18].openness = Openness::Full;
    days[19].openness = Openness::Open { remaining: 12, href: "/marriage/book?date=2026-05-20".to_owned() };
    days[19].hot = Some("520".to_owned());
    days
}

#[test]
fn a_month_is_a_table_of_whole_weeks_with_links_on_open_days_only() {
    let html = view! { <Month locale=Locale::Zh days=month() /> }.to_html();
    // 1 May 2026 is a Friday: four blanks before, 35 cells in all.
    assert_eq!(html.matches("<td").count(), 35, "{html}");
    assert_eq!(html.matches("<tr").count(), 6);
    assert_eq!(html.matches("<a ").count(), 1);
    assert!(html.contains("<caption class=\"hidden-visually\">2026年5月</caption>"), "{html}");
    assert!(html.contains(r#"abbr="星期一">一</th>"#), "{html}");
}

#[test]
fn days_that_cannot_be_had_may_lead_to_their_reason_and_days_that_are_over_do_not() {
    let explained_at: ExplainedAt = Box::new(|date| format!("/marriage/book?date={date}"));
    let html = view! { <Month locale=Locale::Zh days=month() explained_at=explained_at /> }.to_html();
    assert_eq!(html.matches("<a ").count(), 31, "{html}");
    assert!(html.contains(r#"<a href="/marriage/book?date=2026-05-19">"#), "{html}");
    let explained_at: ExplainedAt = Box::new(|date| format!("/marriage/book?date={date}"));
    let html = view! { <Month locale=Locale::Zh days=from(12) explained_at=explained_at /> }.to_html();
    assert_eq!(html.matches("<a ").count(), 20, "{html}");
}

/// The month on this day of it.
fn from(today: u32) -> Vec<MonthDay> {
    let mut days = month();
    for day in &mut days[..(today - 1) as usize] {
        day.openness = Openness::Past;
    }
    days
}

#[test]
fn weeks_that_are_over_are_not_shown() {
    // 11 May 2026 is a Monday.
    for (today, weeks) in [(1, 5), (3, 5), (4, 4), (10, 4), (11, 3), (31, 1)] {
        let html = view! { <Month locale=Locale::Zh days=from(today) /> }.to_html();
        assert_eq!(html.matches("<tr").count(), 1 + weeks, "{today}: {html}");
    }
}

#[test]
fn a_day_has_its_lunar_date_unless_it_has_a_name_and_says_it_in_words() {
    let mut days = month();
    let lunar = |month, day| Some(LunarDay { month, leap: false, day });
    days[16].lunar = lunar(4, 1);
    days[17].lunar = lunar(4, 2);
    days[19].lunar = lunar(4, 4);
    let html = view! { <Month locale=Locale::Zh days=days /> }.to_html();
    assert!(html.contains(">四月</span>") && html.contains(">初二</span>"), "{html}");
    assert!(
        !html.contains(">初四</span>") && html.contains("5月20日 星期三，农历四月初四，520，剩 12 个名额"),
        "{html}"
    );
}

#[test]
fn every_day_tells_its_state_in_words() {
    let html = view! { <Month locale=Locale::Zh days=month() /> }.to_html();
    for words in [
        "5月20日 星期三，520，剩 12 个名额",
        "5月19日 星期二，已约满",
        "5月1日 星期五，劳动节",
        "5月9日 星期六，调休上班",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn every_day_to_come_carries_a_sign_and_the_signs_of_the_month_are_explained() {
    let html = view! { <Month locale=Locale::Zh days=month() /> }.to_html();
    assert_eq!(html.matches(">不办</span>").count(), 29, "{html}");
    for sign in ["剩", "满", "不办", "休", "班"] {
        assert!(html.contains(&format!("<dt>{sign}</dt>")), "{sign}: {html}");
    }
    assert!(!html.contains("<dt>未放</dt>") && !html.contains("<dt>太近</dt>"), "none such is in this month: {html}");
    assert!(!view! { <Month locale=Locale::Zh days=from(31) /> }.to_html().contains(">不办</span>不办"));
}

#[test]
fn a_row_of_the_list_leaves_no_comma_at_the_end_of_a_line() {
    let mut days = month();
    days[19].lunar = Some(LunarDay { month: 4, leap: false, day: 4 });
    let html = view! { <Month locale=Locale::Zh days=days as_list=true /> }.to_html();
    assert!(html.contains("农历四月初四 520 剩 12 个名额"), "{html}");
}

#[test]
fn elder_mode_lists_only_the_days_that_can_be_chosen() {
    let html = view! { <Month locale=Locale::En days=month() as_list=true /> }.to_html();
    assert!(!html.contains("<table"), "{html}");
    assert_eq!(html.matches("<li>").count(), 1);
    assert!(html.contains("Wednesday 20 May 2026") && html.contains("520, 12 places left"), "{html}");
}
