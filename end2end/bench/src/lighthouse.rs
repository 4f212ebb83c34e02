//! What Lighthouse makes of the pages on a mid-range phone with a slow network.

use std::{path::Path, process::Command};

use serde::Deserialize;

use crate::{
    Outcome,
    pages::{DETAILS, Page, SLOTS},
    plan::Plan,
    portal::Portal,
    progress,
    report::{Report, table},
    stats::Spread,
};

const PAGES: [(&str, &str); 4] = [("home", "/"), ("start", "/marriage"), ("slots", SLOTS), ("details", DETAILS)];

/// How Chromium is started.
pub const FLAGS: &str = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run";

/// The part of Lighthouse's report that counts here.
#[derive(Deserialize)]
struct Judgement {
    categories: Categories,
    audits: Audits,
}

/// What was measured beside the judgement.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Audits {
    first_contentful_paint: Figure,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Figure {
    /// In milliseconds; nothing when it could not be measured.
    numeric_value: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Categories {
    performance: Category,
    accessibility: Category,
    best_practices: Category,
    seo: Category,
}

/// From 0 to 1; nothing when it could not be judged.
#[derive(Deserialize)]
struct Category {
    score: Option<f64>,
}

pub fn measure(plan: &Plan, server: &Portal, pages: &[Page], report: &mut Report) -> Outcome<()> {
    const GOAL: &str = "100 in all four";
    let mut rows = Vec::new();
    for (name, path) in PAGES {
        let what = format!("Lighthouse, mobile, {name} page");
        let Some(chromium) = &plan.chromium else {
            report.not_measured(what, GOAL, "no Chromium here");
            continue;
        };
        let Some(page) = pages.iter().find(|page| page.path == path) else {
            report.not_measured(what, GOAL, "there is no such page");
            continue;
        };
        progress(format_args!("Lighthouse looks at {path}"));
        let mut scores: [Spread; 4] = Default::default();
        for _ in 0..plan.runs(3) {
            // Chromium's recording fails at times, and Lighthouse itself asks to try again.
            let found = judge(plan, chromium, server, page).or_else(|_| judge(plan, chromium, server, page))?;
            for (spread, score) in scores.iter_mut().zip(found) {
                spread.add(score);
            }
        }
        let full = scores.iter().all(|score| score.median() >= 100.0);
        let medians = scores.each_ref().map(|score| format!("{:.0}", score.median()));
        report.budget(what, GOAL, medians.join(", "), full);
        let [performance, accessibility, practices, seo] = scores.map(|score| score.say(0));
        rows.push([format!("`{path}`"), performance, accessibility, practices, seo]);
    }
    let head = ["page", "performance", "accessibility", "best practices", "SEO"];
    let text = if rows.is_empty() { "Not measured.".to_owned() } else { table(head, rows) };
    report.section("Lighthouse on a phone", text);
    Ok(())
}

/// Milliseconds until the first of a page stands on the screen of a phone whose processor is four times slower, on a slow mobile
/// network, both of which Chromium itself keeps to.
pub fn first_paint(plan: &Plan, chromium: &Path, server: &Portal, path: &str) -> Outcome<f64> {
    let slow = ["--throttling-method=devtools", "--throttling.cpuSlowdownMultiplier=4"];
    let look = || look(plan, chromium, server, path, None, &slow);
    let judgement = look().or_else(|_| look())?;
    Ok(judgement.audits.first_contentful_paint.numeric_value.ok_or("Lighthouse saw no page")?)
}

/// Performance, accessibility, best practices and SEO, each from 0 to 100.
fn judge(plan: &Plan, chromium: &Path, server: &Portal, page: &Page) -> Outcome<[f64; 4]> {
    let Categories { performance, accessibility, best_practices, seo } =
        look(plan, chromium, server, &page.path, page.cookie.as_deref(), &[])?.categories;
    let points = |category: Category| category.score.unwrap_or_default() * 100.0;
    Ok([points(performance), points(accessibility), points(best_practices), points(seo)])
}

fn look(
    plan: &Plan,
    chromium: &Path,
    server: &Portal,
    path: &str,
    cookie: Option<&str>,
    more: &[&str],
) -> Outcome<Judgement> {
    let file = plan.scratch.join("lighthouse.json");
    let mut command = Command::new("lighthouse");
    if let Some(cookie) = cookie {
        command.arg(format!("--extra-headers={}", serde_json::json!({ "Cookie": cookie })));
    }
    let output = command
        .arg(format!("http://{}{path}", server.address()))
        .args(["--quiet", "--output=json", "--only-categories=performance,accessibility,best-practices,seo"])
        .args(more)
        .arg(format!("--output-path={}", file.display()))
        .arg(format!("--chrome-flags={FLAGS}"))
        .env("CHROME_PATH", chromium)
        .output()?;
    if !output.status.success() {
        return Err(format!("Lighthouse failed:\n{}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}
