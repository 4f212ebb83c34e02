//! One line of the accounts that were closed and the roles that were taken back.

use leptos::prelude::*;
use server::counter::looks::accounts::{Act, Entry};
use shared::{locale::Locale, say};

use super::account;
use crate::{pages::staff::visits::history::by, words};

pub(super) fn line(locale: Locale, entry: &Entry) -> AnyView {
    let whose = account(locale, entry.account.as_ref());
    let who = format!("{} · {}", by(locale, &entry.by), words::moment(locale, entry.at));
    view! {
        <li>
            <p>{whose} " · " {what(locale, entry)}</p>
            <p class="soft">{who}</p>
        </li>
    }
    .into_any()
}

fn what(locale: Locale, entry: &Entry) -> String {
    let role = entry.role.map_or_else(|| locale.say("岗位", "a role"), |role| role.words(locale));
    let words = match (entry.act, entry.until) {
        (Act::AccountSuspended, Some(until)) => {
            let until = words::moment(locale, until);
            return say!(
                locale,
                "一个人停用了账号，{until} 前没有第二个人同意就恢复",
                "suspended by one person, until {until} unless a second one agrees"
            );
        }
        (Act::RoleEndProposed, _) => {
            return say!(
                locale,
                "提议收回“{role}”，等第二个人",
                "proposed to take back {role}; a second person decides"
            );
        }
        (Act::RoleTakenBack, _) => return say!(locale, "收回了“{role}”", "took back {role}"),
        (Act::AccountSuspended, None) => locale.say("停用了账号", "suspended the account"),
        (Act::AccountNotConfirmed, _) => locale.say(
            "没有确认：设账号的不是本人，关闭了账号",
            "did not confirm: whoever set it up is not its owner, and the account is closed",
        ),
        (Act::SuspensionAgreed, _) => locale.say("同意停用", "agreed to the suspension"),
        (Act::SuspensionNotAgreed, _) => locale.say("不同意停用，恢复了登录", "did not agree, and let them in again"),
        (Act::SuspensionLapsed, _) => {
            locale.say("没有人同意停用，自动恢复了", "nobody agreed, and the suspension lapsed")
        }
        (Act::AccountLifted, _) => locale.say("恢复了登录", "let them in again"),
        (Act::AccountReset, _) => locale.say("关闭账号，重新邀请", "closed the account and invited them again"),
    };
    words.to_owned()
}
