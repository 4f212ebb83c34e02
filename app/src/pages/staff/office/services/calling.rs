//! How the office calls those who wait: what holds today, and what is to hold.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::counter::rules::Rules;
use shared::{
    counter::{CallingOrder, CallingRule, calling::draft::Draft},
    locale::Locale,
    say,
};

use super::{Told, day, field};
use crate::{
    components::choice::{Choice, ChoiceOption},
    pairs::{Pairs, value},
    visit::Visit,
};

/// What the form of it is called.
pub const OF: &str = "calling";

/// The rules that stood on the page, as the form names them.
pub const SEEN: &str = "rules";

pub fn read(typed: &Pairs) -> Draft {
    let text = |name: &str| value(typed, name).unwrap_or_default().to_owned();
    Draft {
        order: text("order"),
        early_minutes: text("early_minutes"),
        late_minutes: text("late_minutes"),
        from: text("from"),
    }
}

pub fn draw(visit: &Visit, action: &str, rules: &Rules, told: &Told, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let last = rules.coming.last().map_or(&rules.now, |(_, rule)| rule);
    let draft = Draft::of(last, now);
    let coming = rules.coming.iter().map(|(from, rule)| {
        let (from, rule) = (locale.full_date(*from), words(locale, rule));
        view! { <p>{say!(locale, "{from} 起：{rule}", "From {from}: {rule}")}</p> }
    });
    let coming = coming.collect_view();
    let orders = CallingOrder::ALL.iter().map(|order| {
        let (text, hint) = match order {
            CallingOrder::Time => (
                locale.say("按约的时间", "By the time that was booked"),
                locale.say("迟到和现场取号的，按到达先后", "late comers and tickets by arrival"),
            ),
            CallingOrder::Arrival => (
                locale.say("按到达先后", "By arrival"),
                locale.say("来得太早的，从可以签到的时候算起", "who comes too early counts from when they may"),
            ),
        };
        ChoiceOption::new(order.name(), text).hint(hint)
    });
    let orders: Vec<_> = orders.collect();
    let chosen = told.typed(OF, "order").unwrap_or(draft.order);
    let early = locale.say("提前几分钟以上算早到", "Minutes before their time that are early");
    let late = locale.say("过了几分钟算迟到", "Minutes after it that are late");
    view! {
        <section class="flow" id="calling">
            <h2>{locale.say("叫号的先后", "Who is called first")}</h2>
            <p>{say!(locale, "今天：{}", "Today: {}", words(locale, &rules.now))}</p>
            {coming}
            <p>
                {locale.say(
                    "标记了优先的，不管按什么，总是先叫；移交到窗口的还在他们前面。",
                    "Whoever is marked as priority is called first under any rule, after those handed over to the counter.",
                )}
            </p>
            <details class="ask" open=told.typed(OF, "of").is_some()>
                <summary>{locale.say("从明天起改…", "Change from tomorrow on…")}</summary>
                <form class="ask-body" method="post" action=action.to_owned() novalidate>
                    <input type="hidden" name="of" value=OF />
                    <input type="hidden" name=SEEN value=rules.seen() />
                    <Choice
                        locale=locale
                        name="order"
                        legend=locale.say("按什么叫号", "What counts")
                        answers=orders
                        chosen=chosen
                        error=told.error(OF, "order", locale)
                    />
                    <div class="paper-fields">
                        {field(visit, told, (OF, "early_minutes"), early, draft.early_minutes)}
                        {field(visit, told, (OF, "late_minutes"), late, draft.late_minutes)}
                        {day(visit, told, (OF, "from"), locale.say("从哪天起", "From"), draft.from)}
                    </div>
                    <p class="acts">
                        <button class="act act-strong" name="do" value="calling">{locale.say("保存", "Save")}</button>
                    </p>
                </form>
            </details>
        </section>
    }
    .into_any()
}

fn words(locale: Locale, rule: &CallingRule) -> String {
    let CallingRule { order, early_minutes, late_minutes, source } = rule;
    let (order, source) = match order {
        CallingOrder::Time => (locale.say("按约的时间", "by the time booked"), source.cited(locale)),
        CallingOrder::Arrival => (locale.say("按到达先后", "by arrival"), source.cited(locale)),
    };
    say!(
        locale,
        "{order}；提前 {early_minutes} 分钟以上算早到，过 {late_minutes} 分钟算迟到（{source}）",
        "{order}; early more than {early_minutes} minutes before, late more than {late_minutes} minutes after ({source})"
    )
}
