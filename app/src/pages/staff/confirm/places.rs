//! What another wants said of a place: as it stands and as it is to stand, side by side, for a second person.

use leptos::prelude::*;
use server::{
    App, Error,
    counter::place_change::{self, Decision, PlaceChange},
    staff::authority::Staff,
};
use shared::{
    locale::Locale,
    places::{PlaceId, said::Said},
    problem::Problem,
    say,
    staff::Refusal,
};

use super::PAGE;
use crate::{
    pairs::{Pairs, address, value},
    visit::Visit,
    words,
};

/// In the query of the page once it is done.
pub(super) const CONFIRMED: &str = "place-confirmed";
pub(super) const DECLINED: &str = "place-declined";
pub(super) const WITHDRAWN: &str = "place-withdrawn";
/// Beside it, whose change it was.
const OF: &str = "place";

/// A decision that was pressed.
pub(super) struct Pressed {
    decision: Decision,
    id: String,
}

impl Pressed {
    /// `place-confirm:id` or `place-decline:id`.
    pub(super) fn read(typed: &Pairs) -> Option<Self> {
        let (act, id) = value(typed, "do")?.split_once(':')?;
        let decision = match act {
            "place-confirm" => Decision::Confirm,
            "place-decline" => Decision::Decline,
            _ => return None,
        };
        Some(Self { decision, id: id.to_owned() })
    }

    /// On the button that proves who presses.
    pub(super) fn words(&self, locale: Locale) -> &'static str {
        match self.decision {
            Decision::Confirm => locale.say("确认：照这样改", "Confirm: change it so"),
            Decision::Decline => locale.say("确认：不改", "Confirm: leave it as it is"),
        }
    }

    /// Where the page goes on once it is done.
    pub(super) async fn take(&self, app: &App, staff: &Staff) -> Result<String, Error> {
        let open = place_change::waiting(app, staff, app.now()).await?;
        place_change::decide(app, staff, &self.id, self.decision, app.now()).await?;
        let change = open.iter().find(|change| change.id == self.id);
        let done = match self.decision {
            Decision::Confirm => CONFIRMED,
            Decision::Decline if change.is_some_and(|change| change.proposer == *staff.person()) => WITHDRAWN,
            Decision::Decline => DECLINED,
        };
        let of = change.map(|change| (OF, change.place.as_str()));
        Ok(address(PAGE, [("done", done)].into_iter().chain(of)))
    }
}

/// The place whose change was just decided, by its name.
pub(super) async fn named(app: &App, visit: &Visit) -> Result<Option<String>, Error> {
    let query = visit.query.as_deref().unwrap_or_default();
    let id = query.split('&').find_map(|pair| pair.strip_prefix(OF)?.strip_prefix('='));
    let Some(id) = id.and_then(|id| PlaceId::parse(id).ok()) else { return Ok(None) };
    let place = server::places::one(&mut *app.database().read().await?, &id).await?;
    Ok(place.map(|place| place.name.say(visit.locale).to_owned()))
}

/// All that waits; nothing where nothing does.
pub(super) fn section(visit: &Visit, staff: &Staff, changes: &[PlaceChange]) -> Option<AnyView> {
    if changes.is_empty() {
        return None;
    }
    let rows = changes.iter().map(|change| view! { <li class="flow">{one(visit, staff, change)}</li> });
    Some(
        view! {
            <section class="flow people-tasks" aria-labelledby="places">
                <h2 id="places">{visit.say("地点的改动", "Changes of places")}</h2>
                <ul class="sign-rows" role="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

fn one(visit: &Visit, staff: &Staff, change: &PlaceChange) -> AnyView {
    let locale = visit.locale;
    let name = change.was.name.say(locale).to_owned();
    let (by, at) = (change.proposed_by.clone().unwrap_or_default(), words::short_moment(locale, change.proposed_at));
    let until = words::short_moment(locale, change.expires_at);
    let when = say!(locale, "{by} 于 {at} 提出，{until} 前有效", "proposed by {by} on {at}, open until {until}");
    let lines = differences(locale, &change.was, &change.said).into_iter().map(|(what, was, said)| {
        let was = if was.is_empty() { locale.say("（没有写）", "(nothing)").to_owned() } else { was };
        let said = if said.is_empty() { locale.say("（不再写）", "(nothing any more)").to_owned() } else { said };
        view! {
            <dt>{what}</dt>
            <dd>
                <p>{say!(locale, "现在：{was}", "Now: {was}")}</p>
                <p><b>{say!(locale, "改成：{said}", "Then: {said}")}</b></p>
            </dd>
        }
    });
    let lines = lines.collect_view();
    let is_own = change.proposer == *staff.person();
    let hint = if is_own {
        locale.say(
            "这是您提出的，由另一位大厅负责人或者账号管理员确认。您的岗位是谁给的，给了不满三天就提出的改动，不能由那一位确认。",
            "You proposed this; another office manager or an account administrator confirms it, but not whoever had given you your role \
             less than three days before you proposed it.",
        )
    } else {
        locale.say(
            "确认以后，网页和短信里马上就是新的。请先用别的办法核对，例如照电话打过去，或者当面问提出的人。",
            "Once confirmed it stands in every page and text. Check it another way first: ring the phone, or ask whoever proposed it in \
             person.",
        )
    };
    let not_theirs = (!is_own && !change.is_theirs).then(|| Problem::from(Refusal::NotTheSecond).sentence(locale));
    let confirm = change.is_theirs.then(|| {
        view! {
            <button class="act act-strong" name="do" value=format!("place-confirm:{}", change.id)>
                {locale.say("核对过了，确认", "I have checked it: confirm")}
                <span class="hidden-visually">{format!(" {name}")}</span>
            </button>
        }
    });
    let decline = if is_own { locale.say("撤回", "Withdraw") } else { locale.say("不同意", "Decline") };
    view! {
        <p class="sign-name">{name.clone()}</p>
        <dl>{lines}</dl>
        <p class="soft">{when}</p>
        <p>{not_theirs.unwrap_or_else(|| hint.to_owned())}</p>
        <form class="acts" method="post" action=visit.url(PAGE)>
            {confirm}
            <button class="act act-taking" name="do" value=format!("place-decline:{}", change.id)>
                {decline}
                <span class="hidden-visually">{format!(" {name}")}</span>
            </button>
        </form>
    }
    .into_any()
}

/// What is different, by name, as it stands and as it is to stand.
pub(in crate::pages::staff) fn differences(
    locale: Locale,
    was: &Said,
    said: &Said,
) -> Vec<(&'static str, String, String)> {
    let all = [
        (locale.say("名称", "Name in Chinese"), &was.name.zh, &said.name.zh),
        (locale.say("英文名称", "Name in English"), &was.name.en, &said.name.en),
        (locale.say("地址", "Address in Chinese"), &was.address.zh, &said.address.zh),
        (locale.say("英文地址", "Address in English"), &was.address.en, &said.address.en),
        (locale.say("电话", "Phone"), &was.phone, &said.phone),
        (locale.say("怎么走", "Directions in Chinese"), &was.directions.zh, &said.directions.zh),
        (locale.say("英文怎么走", "Directions in English"), &was.directions.en, &said.directions.en),
    ];
    let different = all.into_iter().filter(|(_, was, said)| was != said);
    different.map(|(what, was, said)| (what, was.clone(), said.clone())).collect()
}
