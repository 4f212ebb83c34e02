//! One line of how much somebody looked at on a day.

use leptos::prelude::*;
use server::counter::looks::by_person::Reader;
use shared::{locale::Locale, say};

use super::account;

pub(super) fn line(locale: Locale, reader: &Reader) -> AnyView {
    let Reader { opened, in_full, other_days, .. } = reader;
    let mut what = say!(locale, "打开 {opened} 个预约", "{opened} bookings opened");
    if *other_days > 0 {
        what += &say!(locale, "，其中 {other_days} 个不在当天", ", {other_days} of them of other days");
    }
    if *in_full > 0 {
        what += &say!(locale, "；看完整的姓名、号码 {in_full} 次", "; names and numbers read in full {in_full} times");
    }
    let account = account(locale, reader.account.as_ref());
    let who = format!("{account} · {} · {}", reader.role.words(locale), locale.full_date(reader.on));
    view! {
        <li>
            <p>{what}</p>
            <p class="soft">{who}</p>
        </li>
    }
    .into_any()
}
