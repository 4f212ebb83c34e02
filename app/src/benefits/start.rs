//! Where the check begins: what happened, and what becomes of the answers.

use leptos::prelude::*;
use shared::{eligibility::pack::LifeEvent, locale::Locale, say};

use super::{
    go::Go,
    heading,
    region::stands_in,
    scene::{Scene, onward},
    screen::{Gone, WAS},
};
use crate::components::notice::Notice;

pub fn start(scene: Scene<'_>) -> AnyView {
    let locale = scene.locale;
    let chosen: Vec<&str> = scene.screen.answers.all("event").collect();
    let events = LifeEvent::ALL.iter().copied().enumerate().map(|(place, event)| {
        let id = format!("event.{place}");
        view! {
            <div class="choice">
                <input
                    type="checkbox"
                    id=id.clone()
                    name="event"
                    value=event.wire()
                    checked=chosen.contains(&event.wire())
                />
                <label for=id>{label(locale, event)}</label>
            </div>
        }
    });
    let place = scene.pack.name.say(locale);
    let lead = say!(
        locale,
        "回答几个问题，看看{place}的哪些补贴和服务可能适合您家，为什么，去哪里办。",
        "Answer a few questions to find out which benefits in {place} your household may get, why, and where to apply."
    );
    let asked = scene.screen.answers.get("region");
    let stands_in = stands_in(locale, scene.pack, asked).map(|line| view! { <p>{line}</p> });
    let other = format!("{}/benefits?region={asked}#region", locale.prefix());
    let about = scene.pack.benefits.iter().find(|benefit| benefit.id == scene.screen.answers.get("benefit"));
    let about = about.map(|benefit| {
        let name = benefit.name.say(locale);
        view! {
            <p>
                {say!(locale, "只问和“{name}”有关的问题。", "We ask only what matters for “{name}”.")}
            </p>
        }
    });
    let events = (about.is_none()).then(|| {
        view! {
            <fieldset class="field" aria-describedby="event.hint">
                <legend class="label">{locale.say("家里遇到了什么事？", "What has happened?")}</legend>
                <p class="hint" id="event.hint">
                    {locale.say("可以选几个；不选就全部看一遍。", "Choose all that apply. Choose none to check everything.")}
                </p>
                <div class="choices">{events.collect_view()}</div>
            </fieldset>
        }
    });
    view! {
        {heading::drawn(heading::heading(locale, scene.pack, &scene.screen.page), scene.screen)}
        {gone(scene)}
        <p class="lead">{lead}</p>
        {stands_in}
        <p class="benefit-place">
            <a href=other>{locale.say("换一个地方", "Choose another place")}</a>
        </p>
        {privacy(locale)}
        {about}
        {events}
        {onward(scene, locale.say("开始", "Start").to_owned())}
        <p class="soft">
            {locale
                .say(
                    "结果只是估计，由民政部门审核后决定。不知道的都可以选“不确定”。",
                    "The result is an estimate. The bureau decides. You can always answer “Not sure”.",
                )}
        </p>
        <p class="soft">
            {locale
                .say(
                    "浏览器不能运行脚本的，每一步由本站算一次，同样不保存、不记录。",
                    "If your browser runs no scripts, this site works out each step, and does not store or log it either.",
                )}
        </p>
    }
    .into_any()
}

/// What became of the answers that were here before, and the way back to them while there is one.
fn gone(scene: Scene<'_>) -> Option<AnyView> {
    let Scene { locale, pack, screen, .. } = scene;
    match &screen.gone {
        Gone::Nothing => None,
        Gone::Lost => {
            let title = locale.say(
                "这一页重新打开过，刚才的回答没有留下",
                "The page was opened again, and the answers given before are gone",
            );
            Some(view! { <Notice title=title /> }.into_any())
        }
        Gone::Cleared(was) => {
            let was = was.iter().map(|(name, value)| {
                view! { <input type="hidden" name=format!("{WAS}{name}") value=value.clone() /> }
            });
            let title = locale.say("刚才的回答清空了", "The answers given before are cleared");
            let restore = Go::Restore.key(pack);
            Some(
                view! {
                    <Notice title=title live=true>
                        <p>
                            <button class="button button-quiet" name="go" value=restore>
                                {locale.say("恢复刚才的回答", "Bring them back")}
                            </button>
                        </p>
                    </Notice>
                    {was.collect_view()}
                }
                .into_any(),
            )
        }
    }
}

fn privacy(locale: Locale) -> AnyView {
    view! {
        <p class="private">
            {locale
                .say(
                    "您的回答只在这一页上：不发送、不保存，关掉就没了。",
                    "Your answers stay on this page. They are not sent or stored, and are gone when you close it.",
                )}
        </p>
    }
    .into_any()
}

/// What happened, as people say it.
pub fn label(locale: Locale, event: LifeEvent) -> &'static str {
    match event {
        LifeEvent::LostIncome => locale.say("钱不够用，或者没了收入", "We are short of money, or lost income"),
        LifeEvent::Illness => {
            locale.say("有人生了重病，或者花了一大笔钱", "Someone is seriously ill, or we had a very large bill")
        }
        LifeEvent::Disability => locale.say("家里有残疾人", "Someone in the family is disabled"),
        LifeEvent::OldAge => locale.say("家里有老人", "Someone in the family is getting old"),
        LifeEvent::ChildAlone => locale.say("孩子没有父母照顾", "A child has no parent to care for them"),
        LifeEvent::Death => locale.say("有亲人离世", "Someone in the family has died"),
    }
}
