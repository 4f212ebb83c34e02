//! When each section was last confirmed, by whom, and what is old; what was only read, and where; and the way to say that something
//! is wrong.

use chrono::Days;
use leptos::prelude::*;
use shared::{
    directory::{Freshness, Listing, Section, said::month_day::short_date},
    locale::Locale,
    say,
};

use super::super::{Scene, receipts, sources::source};
use crate::components::notice::{Notice, Tone};

pub fn draw(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    let (locale, today) = (scene.locale(), scene.now.date());
    let rows = Section::ALL.iter().filter_map(|section| {
        let confirmed = listing.confirmed.get(section)?;
        let state = words(locale, Freshness::of(confirmed.on, today, scene.kind().ages));
        let on = short_date(locale, confirmed.on, today);
        Some(view! {
            <tr>
                <th scope="row">{section.words().say(locale).to_owned()}</th>
                <td>{on} " " {state}</td>
                <td>{source(locale, &confirmed.by)}</td>
            </tr>
        })
    });
    let rows: Vec<_> = rows.collect();
    let nobody = rows.is_empty().then(|| {
        let text = locale.say("还没有人核实过，只是有人查看过。", "Nobody has confirmed any of it; it was only read.");
        view! { <p>{text}</p> }
    });
    let rows = (!rows.is_empty()).then(|| {
        view! {
            <table class="confirmed">
                <thead>
                    <tr>
                        <th scope="col">{locale.say("内容", "What")}</th>
                        <th scope="col">{locale.say("什么时候", "When")}</th>
                        <th scope="col">{locale.say("谁", "By whom")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let on = short_date(locale, listing.checked, today);
    let [before, after] = match locale {
        Locale::Zh => ["最初来自".to_owned(), format!("，{on}查看。")],
        Locale::En => ["First read in ".to_owned(), format!(", looked at on {on}.")],
    };
    view! {
        <details class="fold">
            <summary>{locale.say("这些信息是谁、什么时候核实的", "Who confirmed this, and when")}</summary>
            {nobody}
            {rows}
            <p class="soft">{before} {source(locale, &listing.source)} {after}</p>
        </details>
        <p class="links off-paper">
            <a href=scene.pages.url(scene.visit, &format!("/{}/wrong", listing.id))>
                {locale.say("这里写得不对？告诉我们", "Something here is wrong? Tell us")}
            </a>
        </p>
        {receipts::way(scene.visit)}
    }
    .into_any()
}

fn words(locale: Locale, freshness: Freshness) -> Option<String> {
    let days = freshness.days()?;
    Some(say!(locale, "（已有 {days} 天没有再核实）", "(not confirmed again for {days} days)"))
}

/// Where and when a section was read that nobody has confirmed.
pub(super) fn only_read(scene: &Scene<'_>, listing: &Listing, section: Section) -> Option<AnyView> {
    if listing.confirmed_on(section).is_some() {
        return None;
    }
    let locale = scene.locale();
    let on = short_date(locale, listing.checked, scene.now.date());
    let [before, after] = match locale {
        Locale::Zh => [format!("{on}查看（"), "）".to_owned()],
        Locale::En => [format!("Looked at on {on} ("), ")".to_owned()],
    };
    Some(view! { <p class="soft">{before} {source(locale, &listing.source)} {after}</p> }.into_any())
}

/// What is said first where nobody has looked after the place for long, with the day from which it is not shown any more.
pub fn old(scene: &Scene<'_>, listing: &Listing) -> Option<AnyView> {
    let (locale, today) = (scene.locale(), scene.now.date());
    let days = Some(scene.freshness(listing)).filter(|one| one.is_last())?.days()?;
    let title = say!(
        locale,
        "这个地点已有 {days} 天没有人核实过任何内容",
        "Nobody has confirmed anything of this place for {days} days"
    );
    let left = scene.kind().ages.hidden.saturating_sub(days);
    let hides = short_date(locale, today + Days::new(left.into()), today);
    let what = if scene.bookable.contains(&listing.id) {
        locale
            .say(
                "地址和电话是旧记录，去之前请先打电话。网上预约照常。",
                "The address and the phone are an old record: call before you go. Times are booked online as usual.",
            )
            .to_owned()
    } else {
        say!(
            locale,
            "下面写的是旧记录，去之前请先打电话。到{hides}还没有人核实，这里就不再显示它。",
            "What stands here is an old record: call before you go. Unless somebody confirms it by {hides}, it is not shown any more."
        )
    };
    Some(view! { <Notice title=title tone=Tone::Warning><p>{what}</p></Notice> }.into_any())
}
