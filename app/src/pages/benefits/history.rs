//! How a figure has changed: a drawing, and the same as a table.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use shared::{
    eligibility::{
        pack::Unit,
        span::{Exact, floor},
        words::since,
    },
    locale::Locale,
    say,
};

use super::{
    figure,
    figures::{Figures, History, Step},
    words,
};

/// Nothing for a figure that has not changed yet.
pub(super) fn show(figures: &Figures<'_>, locale: Locale, history: &History) -> Option<AnyView> {
    let [first, .., last] = &history.steps[..] else { return None };
    let asked = &figures.pack.params[history.param];
    let name = asked.name.say(locale);
    let value = |step: &Step| words::value(locale, asked, step.value, figures.today);
    let bare = |step: &Step| words::bare(locale, asked, step.value, figures.today);
    let day = |step: &Step| step.since().map_or_else(|| since(locale, None), |day| locale.date(day));
    let label = say!(
        locale,
        "{name}：从 {from}的 {low} 到 {to}的 {high}，每次变化见下表",
        "{name}: from {low} on {from} to {high} on {to}; every change is in the table below",
        from = day(first),
        low = value(first),
        to = day(last),
        high = value(last)
    );
    let drawn = (asked.unit == Unit::Money).then(|| bars(&history.steps, figures.today)).flatten();
    let chart =
        drawn.map(|bars| chart(label, bars, [bare(first), bare(last)], [day(first), end(locale, last, figures.today)]));
    let title = name.to_owned();
    let caption = title.clone();
    // On a phone the cells stand below each other, and only the roles still say that this is a table.
    let rows = history.steps.iter().rev().map(|step| {
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{day(step)}</th>
                <td role="cell">
                    <span class="figure-step">{value(step)}</span>
                    {step.derived.then(|| words::derived(locale))}
                    {figure::sources(figures, locale, step)}
                </td>
            </tr>
        }
    });
    Some(
        view! {
            <figure class="history">
                <figcaption>{title}</figcaption>
                {chart}
                <details class="sources">
                    <summary>{locale.say("每次变化和来源", "Every change and its source")}</summary>
                <table class="steps-table" role="table">
                    <caption class="hidden-visually">{caption}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">{locale.say("从哪天起", "From")}</th>
                            <th scope="col" role="columnheader">{locale.say("规定和来源", "Rule and source")}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
                </details>
            </figure>
        }
        .into_any(),
    )
}

/// One step of the drawing, in tenths of a per cent of its width and height.
struct Bar {
    from: i64,
    width: i64,
    height: i64,
    class: &'static str,
}

/// The steps along time, from nothing up to the highest; none where a value is not exact.
fn bars(steps: &[Step], today: NaiveDate) -> Option<Vec<Bar>> {
    let (first, last) = (steps.first()?.from, steps.last()?.from);
    let values: Vec<i64> = steps.iter().map(|step| step.value.value().map(floor)).collect::<Option<_>>()?;
    let highest = values.iter().copied().max().filter(|highest| *highest > 0)?;
    // The last step is seen even on its first day.
    let least = (last - first).num_days() / 12 + 1;
    let end = today.max(last + Days::new(least.unsigned_abs()));
    let whole = (end - first).num_days();
    let part = |of: i64, all: i64| floor(Exact::new(of, all) * 1000);
    let place = |day: NaiveDate| part((day - first).num_days(), whole);
    let bars = steps.iter().zip(values).map(|(step, value)| {
        let until = step.to.and_then(|to| to.succ_opt()).unwrap_or(end);
        Bar {
            from: place(step.from),
            width: place(until) - place(step.from),
            height: part(value, highest),
            class: match () {
                () if step.from > today => "bar-coming",
                () if step.to.is_none_or(|to| today <= to) => "bar-now",
                () => "bar-past",
            },
        }
    });
    Some(bars.collect())
}

/// Widths are shares of the page and heights go with the text, so that nothing needs a style of its own.
fn chart(label: String, bars: Vec<Bar>, values: [String; 2], days: [String; 2]) -> AnyView {
    let tenths = |number: i64| format!("{}.{}%", number / 10, number % 10);
    let bars = bars.into_iter().map(|Bar { from, width, height, class }| {
        view! {
            <rect class=class x=tenths(from) width=tenths(width) y=tenths(1000 - height) height=tenths(height) />
        }
    });
    let ([first, last], [begin, end]) = (values, days);
    view! {
        <svg class="chart" role="img" aria-label=label width="100%" height="10em">
            <text x="0" y="1.1em">{first}</text>
            <text x="100%" y="1.1em" text-anchor="end">{last}</text>
            <svg x="0" y="1.9em" width="100%" height="6.2em">{bars.collect_view()}</svg>
            <text x="0" y="9.4em">{begin}</text>
            <text x="100%" y="9.4em" text-anchor="end">{end}</text>
        </svg>
    }
    .into_any()
}

/// What stands at the right end of the drawing.
fn end(locale: Locale, last: &Step, today: NaiveDate) -> String {
    if last.from > today { words::starting(locale, last.from) } else { locale.say("今天", "Today").to_owned() }
}
