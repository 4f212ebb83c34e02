//! The eligibility check: how long one takes, how many a second over HTTP, what it weighs, how much it asks.

mod in_browser;

use std::{
    process::Command,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use serde_json::json;
use shared::{
    eligibility::{
        answer::answer,
        answers::{Answer, EVERYBODY, Household},
        pack::{Pack, Scope},
        plan::{self as questions, Ask, Wanted},
        verdict::check,
    },
    invented::eligibility::{household, numbers, unasked},
    locale::Locale,
};

use crate::{
    Outcome,
    http::Connection,
    plan::Plan,
    portal::Portal,
    progress,
    report::{Report, table},
    stats::{Spread, grouped, number},
};

const REGION: &str = "440305";

pub async fn measure(plan: &Plan, server: &Portal, report: &mut Report) -> Outcome<()> {
    progress("the eligibility check");
    let mut connection = Connection::open(server.address()).await?;
    let policy = format!("/api/v1/policy/{REGION}");
    let plain = connection.get(&policy, &[]).await?;
    let packed = connection.get(&policy, &[("accept-encoding", "br")]).await?;
    let pack: Pack = serde_json::from_slice(&plain.body)?;
    let as_of: NaiveDate = "2025-06-30".parse()?;
    let full = household(&pack, &mut numbers(1), 2, as_of);

    let mut rows = Vec::new();
    let people = number(full.people.len());
    let benefits = pack.benefits.len();
    let known = [("everything known", full.clone()), ("nothing known", unasked(&pack, full.people.len()))];
    for (name, household) in &known {
        let verdicts = time(plan, || check(&pack, household, as_of, as_of).verdicts.len());
        let words = time(plan, || {
            let outcome = check(&pack, household, as_of, as_of);
            answer(&pack, household, &outcome, Locale::Zh).results.len()
        });
        let count = number(check(&pack, household, as_of, as_of).verdicts.len());
        let ten = Spread::of([verdicts.median() / count * 10.0]);
        report.budget(
            format!("one check, ten benefits with full reasons, native, {name}"),
            "≤ 30 µs",
            format!("{} µs", ten.say(1)),
            ten.median() <= 30.0,
        );
        rows.push([(*name).to_owned(), grouped(count, 0), verdicts.say(1), ten.say(1), words.say(1)]);
    }
    for ((name, household), spread) in known.iter().zip(in_browser::measure(plan, &pack)?.into_iter().flatten()) {
        let count = number(check(&pack, household, as_of, as_of).verdicts.len());
        let ten = grouped(spread.median() / count * 10.0, 1);
        rows.push([format!("{name}, in Chromium"), grouped(count, 0), spread.say(1), ten, String::new()]);
    }
    let rate = over_http(plan, server)?;
    let (all, asked) = questions_asked(plan, &pack, as_of);
    let share = asked / all * 100.0;
    report.budget("questions asked, of all there are", "≤ 60 %", format!("{} %", grouped(share, 0)), share <= 60.0);
    let text = format!(
        "The pack of {} has {benefits} benefits, {} questions and {} figures; it weighs {} kB, {} kB in brotli. A \
         household of {people} is asked about; µs are those of one core. In words means every sentence, figure and \
         source in Chinese, as the API answers.\n\n{}\n\nOver HTTP: {} checks a second (wrk, 16 connections, a \
         household that is told in full). Over {} simulated households, drawn from every possible answer alike, the \
         check asks {} questions where asking all would be {} ({} %).",
        pack.name.en,
        pack.facts.len(),
        pack.params.iter().map(|param| param.values.len()).sum::<usize>(),
        grouped(number(plain.body.len()) / 1000.0, 0),
        grouped(number(packed.body.len()) / 1000.0, 0),
        table(["what is known", "verdicts", "a check, µs", "ten verdicts, µs", "and in words, µs"], rows),
        rate.say(0),
        grouped(number(households(plan)), 0),
        grouped(asked, 1),
        grouped(all, 1),
        grouped(share, 0),
    );
    report.section("The eligibility check", text);
    Ok(())
}

/// Microseconds of one call, several times over.
fn time(plan: &Plan, mut call: impl FnMut() -> usize) -> Spread {
    let load = plan.lasting(1);
    let mut spread = Spread::default();
    for _ in 0..plan.runs(5) {
        let (begin, mut calls, mut sum) = (Instant::now(), 0_u32, 0);
        while begin.elapsed() < load / 4 {
            for _ in 0..100 {
                sum += call();
            }
            calls += 100;
        }
        std::hint::black_box(sum);
        spread.add(begin.elapsed().as_secs_f64() * 1e6 / f64::from(calls));
    }
    spread
}

fn over_http(plan: &Plan, server: &Portal) -> Outcome<Spread> {
    let question = json!({
        "region": REGION, "as_of": "2025-06-30",
        "facts": {
            "household": {
                "wages": 100_000, "pensions": 0, "other_income": 0, "receives": "none",
                "savings": "none", "homes": "one", "vehicles": "none",
            },
            "people": [{ "name": "a", "birth": "1980-03-01", "hukou_here": true }, { "name": "b", "birth": { "age": 72 }, "hukou_here": true }],
            "complete": true,
        },
    });
    let script = plan.scratch.join("check.lua");
    let text = format!(
        "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = [==[{question}]==]\n"
    );
    std::fs::write(&script, text)?;
    let load: Duration = plan.lasting(3);
    let mut spread = Spread::default();
    for _ in 0..plan.runs(3) {
        let mut command = Command::new("wrk");
        command.args(["--threads", "2", "--connections", "16", "--duration", &format!("{}s", load.as_secs())]);
        command.arg("--script").arg(&script);
        let output = command.arg(format!("http://{}/api/v1/eligibility/check", server.address())).output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        if said.contains("Non-2xx") || said.contains("Socket errors") {
            return Err(format!("the check fails under load:\n{said}").into());
        }
        let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:")).ok_or("wrk told no rate")?;
        spread.add(rate.trim().parse()?);
    }
    Ok(spread)
}

fn households(plan: &Plan) -> usize {
    plan.runs(20_000).max(200)
}

/// Questions a household would be asked if all were asked, and those it is asked, on average.
fn questions_asked(plan: &Plan, pack: &Pack, as_of: NaiveDate) -> (f64, f64) {
    let (mut all, mut asked) = (0, 0);
    let mut numbers = numbers(7);
    for _ in 0..households(plan) {
        let people = usize::try_from(numbers.next().unwrap_or(0) % 4 + 1).unwrap_or(1);
        let full = household(pack, &mut numbers, people, as_of);
        let mut known = unasked(pack, people);
        known.list = EVERYBODY;
        all += of_scope(pack, Scope::Household) + people * of_scope(pack, Scope::Person);
        while let Some(page) =
            questions::pages(pack, &known, &check(pack, &known, as_of, as_of), &Wanted::default()).into_iter().next()
        {
            asked += page.asks.iter().filter(|ask| answered(pack, &mut known, &full, &page.asks, ask)).count();
        }
    }
    let households = number(households(plan));
    (number(all) / households, number(asked) / households)
}

/// Answers one question of a page as the household would; false where nobody would see it.
fn answered(pack: &Pack, known: &mut Household, full: &Household, asks: &[Ask], ask: &Ask) -> bool {
    if let Some((parent, options)) = questions::follows(pack, asks, ask)
        && !matches!(known.answer(parent), Answer::OneOf(said) if said & options != 0)
    {
        return false;
    }
    for question in ask.questions() {
        let answer = full.answer(question);
        let named = ask.fact().and_then(|fact| pack.facts[fact].named());
        known.set(
            question,
            match (ask, answer, named) {
                // Who is ticked has said only that one of the named options holds.
                (Ask::Who { .. }, Answer::OneOf(said), Some(named)) if said & named != 0 => Answer::OneOf(named),
                _ => answer,
            },
        );
    }
    true
}

fn of_scope(pack: &Pack, scope: Scope) -> usize {
    pack.facts.iter().filter(|fact| fact.scope == scope).count()
}
