//! The form of a week: some lines of hours, each for some weekdays, and the day from which they hold.

use leptos::prelude::*;
use shared::{
    appointments::opening::{Draft, Line, MOST_LINES, weekday_name},
    say,
};

use super::{days::Page, field_id, typed::WEEK};
use crate::{
    components::field::{Remarks, error_id},
    pages::staff::small_field::SmallField,
};

pub fn draw(page: &Page<'_>, draft: &Draft) -> AnyView {
    let locale = page.visit.locale;
    let lines = draft.lines.iter().enumerate().map(|(place, typed)| line(page, (place, draft.lines.len()), typed));
    let lines = lines.collect_view();
    let more = (draft.lines.len() < MOST_LINES).then(|| {
        view! {
            <button class="act" name="do" value="more">{locale.say("再加一行", "One more line")}</button>
        }
    });
    view! {
        <section class="flow" id="change">
            <h2>{locale.say("改每周的时间", "Change the hours of a week")}</h2>
            <form class="flow" method="post" action=page.action.to_owned() novalidate>
                <input type="hidden" name="kind" value=WEEK />
                <input type="hidden" name="plan" value=page.plan_read(WEEK) />
                // Enter in a field shows the effect and takes no line away.
                <button class="hidden-visually" name="do" value="preview" tabindex="-1" aria-hidden="true"></button>
                {lines}
                <p class="acts">{more}</p>
                <div class="paper-fields">
                    {page.field((WEEK, "from", "date"), locale.say("从哪天起", "From"), &draft.from)}
                </div>
                <p class="acts">
                    <button class=page.look_first() name="do" value="preview">
                        {locale.say("先看看效果", "See the effect first")}
                    </button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn line(page: &Page<'_>, (place, count): (usize, usize), typed: &Line) -> AnyView {
    let locale = page.visit.locale;
    let number = place + 1;
    let name = |field: &str| format!("lines.{place}.{field}");
    let days = field_id(WEEK, &name("weekdays"));
    let error = page.told.error(WEEK, &name("weekdays"), locale);
    let described = error.is_some().then(|| error_id(&days));
    let boxes = (1..=7).map(|weekday: u32| {
        let id = if weekday == 1 { days.clone() } else { format!("{days}.{weekday}") };
        let checked = typed.weekdays.contains(&weekday.to_string());
        let label = id.clone();
        view! {
            <label class="pick" for=label>
                <input type="checkbox" id=id name=name("weekdays") value=weekday.to_string() checked=checked />
                {weekday_name(locale, weekday)}
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let remove = (count > 1).then(|| {
        view! {
            <button class="act" name="do" value=format!("drop:{place}")>
                {say!(locale, "去掉第 {number} 行", "Take line {number} away")}
            </button>
        }
    });
    let field = |field: &str, kind: &'static str, label: &str, text: &str| {
        let (name, error) = (name(field), page.told.error(WEEK, &name(field), locale));
        let (id, label, value) = (field_id(WEEK, &name), label.to_owned(), text.to_owned());
        let mode = (kind == "text").then_some("numeric");
        SmallField { id, name, label, value, kind, mode, class: "input", error }.draw(locale)
    };
    view! {
        <fieldset class="paper-line" aria-describedby=described>
            <legend>{say!(locale, "第 {number} 行", "Line {number}")}</legend>
            <div class="week-days">{boxes}</div>
            <Remarks locale=locale name=days error=error />
            <div class="paper-fields">
                {field("starts", "time", locale.say("几点开始", "Begins"), &typed.starts)}
                {field("ends", "time", locale.say("几点结束", "Ends"), &typed.ends)}
                {field("slot_minutes", "text", locale.say("每个时段几分钟", "Minutes of each time"), &typed.slot_minutes)}
                {field("capacity", "text", locale.say("每个时段几个名额", "Places of each time"), &typed.capacity)}
            </div>
            <p class="acts">{remove}</p>
        </fieldset>
    }
    .into_any()
}
