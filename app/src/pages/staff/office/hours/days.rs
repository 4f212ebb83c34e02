//! Single days: those that have the hours of a weekday, and those that were switched off and open again.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    appointments::plan::{Plan, Special},
    counter::offered::ClosedDays,
};
use shared::{
    appointments::opening::{tomorrow, weekday_name},
    locale::Locale,
    say,
};

use super::{
    super::reason,
    Told, field_id,
    shown::times,
    typed::{LIKE, ORDINARY, OWN, REOPEN},
};
use crate::{
    pages::staff::{day::stands::clock, small_field::SmallField},
    visit::Visit,
};

/// What all forms of the page are drawn from.
pub struct Page<'a> {
    pub visit: &'a Visit,
    pub action: &'a str,
    pub plan: &'a Plan,
    pub closed: &'a [ClosedDays],
    pub told: &'a Told,
    pub now: DateTime<Utc>,
}

impl Page<'_> {
    /// Names the plan that was read when a form was filled in; after somebody else's change, the one that is shown now.
    pub fn plan_read(&self, kind: &str) -> String {
        let sent = self.told.typed(kind, "plan").filter(|_| !self.told.overtaken);
        sent.map_or_else(|| self.plan.seen(), ToOwned::to_owned)
    }

    /// How much the buttons that show an effect ask for attention: once one is shown, making it is the one thing to do.
    pub fn look_first(&self) -> &'static str {
        if self.told.effect.is_some() { "act" } else { "act act-strong" }
    }

    /// A field of one of the forms.
    pub fn field(&self, (kind, name, input): (&str, &'static str, &'static str), label: &str, value: &str) -> AnyView {
        let locale = self.visit.locale;
        let value = self.told.typed(kind, name).unwrap_or(value).to_owned();
        let error = self.told.error(kind, name, locale);
        let (id, name, label) = (field_id(kind, name), name.to_owned(), label.to_owned());
        SmallField { id, name, label, value, kind: input, mode: None, class: "input", error }.draw(locale)
    }
}

pub fn draw(page: &Page<'_>) -> AnyView {
    let locale = page.visit.locale;
    let like = page.plan.special.iter().filter(|special| special.like.is_some());
    let like = like.map(|special| view! { <li>{one(page, special)}</li> }).collect_view();
    view! {
        <div class="flow">
            <section class="flow">
                <h2>{locale.say("个别日子", "Single days")}</h2>
                <p class="soft">
                    {locale.say(
                        "比如星期六、节假日加开一天，或者某一天只办半天、提早下班。整天停办的，请用上一页的“停办几天”。",
                        "Such as one Saturday or holiday on which you open, or half a day. To close for a day, switch the service \
                         off on the page before.",
                    )}
                </p>
                <ul class="sign-rows" role="list">{like}</ul>
                {own(page)}
                {form(page)}
            </section>
            {reopen(page)}
        </div>
    }
    .into_any()
}

fn one(page: &Page<'_>, special: &Special) -> AnyView {
    let locale = page.visit.locale;
    let (day, reason) = (locale.full_date(special.date), special.reason.say(locale));
    let weekday = weekday_name(locale, special.like.unwrap_or(1));
    let text = if special.hours.is_empty() {
        say!(locale, "{day} 按{weekday}的时间办：{reason}", "{day} has the hours of {weekday}: {reason}")
    } else {
        let times: Vec<_> = special.hours.iter().map(|hours| times(locale, hours)).collect();
        let times = times.join(locale.say("；", "; "));
        say!(locale, "{day} 只办 {times}：{reason}", "{day} has hours of its own, {times}: {reason}")
    };
    let may_go = special.date >= tomorrow(page.now);
    let ordinary = may_go.then(|| {
        view! {
            <form method="post" action=page.action.to_owned()>
                <input type="hidden" name="kind" value=ORDINARY />
                <input type="hidden" name="plan" value=page.plan.seen() />
                <input type="hidden" name="date" value=special.date.to_string() />
                <button class="act" name="do" value="preview">
                    {locale.say("改回平常…", "As usual again…")}
                    <span class="hidden-visually">{format!(" {day}")}</span>
                </button>
            </form>
        }
    });
    view! {
        <div class="sign-row">
            <p>{text}</p>
            {ordinary}
        </div>
    }
    .into_any()
}

/// Lines of the form for one day: a morning and an afternoon.
const LINES: usize = 2;

/// The form for hours of one day alone.
fn own(page: &Page<'_>) -> AnyView {
    let locale = page.visit.locale;
    // Most days are cut as the newest week is.
    let like = page.plan.weeks.last().and_then(|week| week.hours.first());
    let (minutes, places) =
        like.map_or_else(Default::default, |hours| (hours.slot_minutes.to_string(), hours.capacity.to_string()));
    let lines = (0..LINES).map(|line| {
        let number = line + 1;
        let field = |field: &str, kind: &'static str, label: &str, value: &str| {
            let name = format!("lines.{line}.{field}");
            let value = page.told.typed(OWN, &name).unwrap_or(value).to_owned();
            let error = page.told.error(OWN, &name, locale);
            let mode = (kind == "text").then_some("numeric");
            let id = field_id(OWN, &name);
            SmallField { id, name, label: label.to_owned(), value, kind, mode, class: "input", error }.draw(locale)
        };
        view! {
            <fieldset class="paper-line">
                <legend>{say!(locale, "第 {number} 段", "Part {number}")}</legend>
                <div class="paper-fields">
                    {field("starts", "time", locale.say("几点开始", "Begins"), "")}
                    {field("ends", "time", locale.say("几点结束", "Ends"), "")}
                    {field("slot_minutes", "text", locale.say("每个时段几分钟", "Minutes of each time"), &minutes)}
                    {field("capacity", "text", locale.say("每个时段几个名额", "Places of each time"), &places)}
                </div>
            </fieldset>
        }
    });
    let lines = lines.collect_view();
    view! {
        <details class="ask" open=page.told.is_of(OWN)>
            <summary>{locale.say("给一天单独定时间…", "Hours for one day alone…")}</summary>
            <form class="ask-body flow" method="post" action=page.action.to_owned() novalidate>
                <input type="hidden" name="kind" value=OWN />
                <input type="hidden" name="plan" value=page.plan_read(OWN) />
                <p class="soft">
                    {locale.say(
                        "这一天只按下面的时间办，和每周的时间无关。只有一段的，第二段留空。",
                        "That day has these hours and no others, whatever its week has. Leave the second part empty where there is one.",
                    )}
                </p>
                <div class="paper-fields">
                    {page.field((OWN, "from", "date"), locale.say("哪一天", "Which day"), "")}
                </div>
                {lines}
                {why(page, OWN)}
            </form>
        </details>
    }
    .into_any()
}

fn form(page: &Page<'_>) -> AnyView {
    let locale = page.visit.locale;
    let chosen = page.told.typed(LIKE, "weekday").unwrap_or("1").to_owned();
    let weekdays = (1..=7).map(|weekday: u32| {
        let value = weekday.to_string();
        view! { <option value=value.clone() selected=value == chosen>{weekday_name(locale, weekday)}</option> }
    });
    let weekdays = weekdays.collect_view();
    let id = field_id(LIKE, "weekday");
    view! {
        <details class="ask" open=page.told.is_of(LIKE)>
            <summary>{locale.say("加开一天…", "Open on one day…")}</summary>
            <form class="ask-body" method="post" action=page.action.to_owned() novalidate>
                <input type="hidden" name="kind" value=LIKE />
                <input type="hidden" name="plan" value=page.plan_read(LIKE) />
                <div class="paper-fields">
                    {page.field((LIKE, "date", "date"), locale.say("哪一天", "Which day"), "")}
                    <div class="paper-field">
                        <label for=id.clone()>{locale.say("按星期几的时间", "Hours of which weekday")}</label>
                        <select class="input" id=id.clone() name="weekday">{weekdays}</select>
                    </div>
                </div>
                {why(page, LIKE)}
            </form>
        </details>
    }
    .into_any()
}

/// The end of a form for one day: why it differs, and the button that shows what follows.
fn why(page: &Page<'_>, kind: &str) -> AnyView {
    let (locale, name) = (page.visit.locale, reason::NAME);
    let (chosen, error) = (page.told.typed(kind, name), page.told.error(kind, name, locale));
    let reason = reason::draw(locale, field_id(kind, name), chosen, error);
    view! {
        <div class="paper-fields">
            {reason}
        </div>
        <p class="acts">
            <button class=page.look_first() name="do" value="preview">
                {locale.say("先看看效果", "See the effect first")}
            </button>
        </p>
    }
    .into_any()
}

/// Days that are switched off and not over; of today, what is left of it.
fn reopen(page: &Page<'_>) -> Option<AnyView> {
    let locale = page.visit.locale;
    let (first, last) = (page.closed.first()?.from, first_gap(page.closed)?);
    let rows = page.closed.iter().map(|days| view! { <li>{switched_off(locale, days)}</li> });
    let rows = rows.collect_view();
    Some(
        view! {
            <section class="flow" id="reopen">
                <h2>{locale.say("停办的日子", "Days that are switched off")}</h2>
                <ul>{rows}</ul>
                <form class="flow" method="post" action=page.action.to_owned() novalidate>
                    <input type="hidden" name="kind" value=REOPEN />
                    <input type="hidden" name="plan" value=page.plan_read(REOPEN) />
                    <div class="paper-fields">
                        {page.field((REOPEN, "from", "date"), locale.say("恢复办理，从哪天起", "Open again from"), &first.to_string())}
                        {page.field((REOPEN, "to", "date"), locale.say("到哪天（含）", "To (included)"), &last.to_string())}
                    </div>
                    <p class="acts">
                        <button class="act" name="do" value="preview">
                            {locale.say("先看看恢复哪些", "See first what opens")}
                        </button>
                    </p>
                </form>
            </section>
        }
        .into_any(),
    )
}

/// The last of the first days that follow each other.
fn first_gap(off: &[ClosedDays]) -> Option<NaiveDate> {
    let mut last = off.first()?.to;
    for days in off {
        if days.from > last.succ_opt()? {
            break;
        }
        last = days.to;
    }
    Some(last)
}

/// `12月1日 16:00 起停办：停电`.
pub fn switched_off(locale: Locale, days: &ClosedDays) -> String {
    let (from, to) = (locale.date(days.from), locale.date(days.to));
    let reason = days.reason.say(locale);
    if let Some(since) = days.since {
        let since = clock(since);
        say!(locale, "{from} {since} 起停办：{reason}", "closed {from} from {since}: {reason}")
    } else if days.from == days.to {
        say!(locale, "{from} 停办：{reason}", "closed {from}: {reason}")
    } else {
        say!(locale, "{from} 至 {to} 停办：{reason}", "closed {from} to {to}: {reason}")
    }
}
