//! What each page makes a phone download, as served in brotli.

use std::collections::BTreeSet;

use crate::{
    Outcome,
    http::Connection,
    pages::{Page, weight},
    portal::Portal,
    report::{Report, table},
    stats::{grouped, number},
};

/// Bytes of one page and of what it asks for at once.
struct Weights {
    path: String,
    html: usize,
    css: usize,
    scripts: usize,
    wasm: usize,
    /// What comes in place of `wasm` once somebody types.
    typed: usize,
    islands: usize,
    module: Module,
}

/// What of the browser half a page has beside its islands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Module {
    None,
    /// The benefit check.
    Check,
    /// What finds the nearest places: loaded when somebody asks for them, or types.
    Near,
}

/// Two lines on pages of places that install the worker, and are no part of what a page does.
const WORKER: &str = "/assets/offline-";

pub async fn measure(server: &Portal, pages: &[Page], report: &mut Report) -> Outcome<()> {
    let mut connection = Connection::open(server.address()).await?;
    let mut all = Vec::new();
    for page in pages {
        all.push(weigh(&mut connection, page).await?);
    }
    let Some(home) = all.iter().find(|page| page.path == "/") else { return Err("there is no home page".into()) };
    let first = home.html + home.css;
    report.budget("first resident page: HTML and CSS", "≤ 20 kB", kilobytes(first), first <= 20_000);
    code_budget(&all, report);
    check_budget(&all, report);
    near_budget(&all, report);
    still_budget(&all, report);
    let rows = all.iter().map(|page| {
        let Weights { path, html, css, scripts, wasm, islands, .. } = page;
        let [html, css, scripts, wasm] = [html, css, scripts, wasm].map(|bytes| kilobytes(*bytes));
        [format!("`{path}`"), html, css, scripts, wasm, islands.to_string()]
    });
    let text = format!(
        "Bytes on the wire without headers, an empty cache. Style and code are the same files on every page. The two lines that \
         install the worker of the pages of places are not counted.\n\n{}",
        table(["page", "HTML", "CSS", "JS", "WASM", "islands"], rows)
    );
    report.section("Weights", text);
    Ok(())
}

fn code_budget(all: &[Weights], report: &mut Report) {
    let heaviest = all.iter().filter(|page| page.module == Module::None).max_by_key(|page| page.scripts + page.wasm);
    if let Some(page) = heaviest {
        let code = page.scripts + page.wasm;
        let measured = format!("{} (`{}`)", kilobytes(code), page.path);
        report.budget("all WASM and JS of the heaviest page with islands", "≤ 120 kB", measured, code <= 120_000);
    }
}

fn check_budget(all: &[Weights], report: &mut Report) {
    if let Some(page) = all.iter().find(|page| page.module == Module::Check) {
        let measured = format!("{}, and {} of JS", kilobytes(page.wasm), kilobytes(page.scripts));
        report.budget("the benefit check: its WASM module", "≤ 200 kB", measured, page.wasm <= 200_000);
    }
}

fn near_budget(all: &[Weights], report: &mut Report) {
    if let Some(page) =
        all.iter().filter(|page| page.module == Module::Near).max_by_key(|page| page.scripts + page.wasm)
    {
        let code = page.scripts + page.wasm;
        let typed = kilobytes(page.typed);
        let measured = format!("{} (`{}`), and {typed} of WASM once somebody types", kilobytes(code), page.path);
        report.budget("finding the nearest place on the phone: its WASM and JS", "≤ 25 kB", measured, code <= 25_000);
    }
}

fn still_budget(all: &[Weights], report: &mut Report) {
    let still = all.iter().filter(|page| page.islands == 0 && page.module == Module::None);
    let loading: Vec<String> = still
        .filter(|page| page.scripts + page.wasm > 0)
        .map(|page| format!("{} on `{}`", kilobytes(page.scripts + page.wasm), page.path))
        .collect();
    let measured = if loading.is_empty() { "none".to_owned() } else { loading.join(", ") };
    report.budget("WASM and JS on pages without an island", "none", measured, loading.is_empty());
}

async fn weigh(connection: &mut Connection, page: &Page) -> Outcome<Weights> {
    let values = |start: &str| values(&page.html, start);
    let islands = page.html.matches("<leptos-island").count();
    let mut scripts = values("src=\"");
    let mut wasm = BTreeSet::new();
    let has = |attribute: &str| page.html.contains(attribute);
    let module = match (has(" data-policy="), has(" data-latest=")) {
        (true, _) => Module::Check,
        (false, true) => Module::Near,
        (false, false) => Module::None,
    };
    // The loaders take these only where there is an island to wake, the check to begin, or something to find.
    if islands > 0 || module != Module::None {
        scripts.extend(values("data-module=\""));
        wasm.extend(values("data-wasm=\""));
    }
    scripts.retain(|path| path.split('.').next_back() == Some("js") && !path.starts_with(WORKER));
    let mut styles = values("href=\"");
    styles.retain(|path| path.split('.').next_back() == Some("css"));
    let typed = values("data-typed=\"");
    Ok(Weights {
        path: page.path.clone(),
        html: page.weight,
        css: sum(connection, styles).await?,
        scripts: sum(connection, scripts).await?,
        wasm: sum(connection, wasm).await?,
        typed: sum(connection, typed).await?,
        islands,
        module,
    })
}

async fn sum(connection: &mut Connection, paths: BTreeSet<&str>) -> Outcome<usize> {
    let mut sum = 0;
    for path in paths {
        sum += weight(connection, path).await?;
    }
    Ok(sum)
}

/// Every different value of an attribute, given as it starts: `href="`.
fn values<'a>(html: &'a str, start: &str) -> BTreeSet<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn kilobytes(bytes: usize) -> String {
    format!("{} kB", grouped(number(bytes) / 1000.0, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_page_are_found_once_each() {
        let html =
            r#"<link href="/a.css"><script src="/b.js" data-module="/c.js"></script><script src="/b.js"></script>"#;
        assert_eq!(values(html, "src=\"").into_iter().collect::<Vec<_>>(), ["/b.js"]);
        assert_eq!(values(html, "data-module=\"").into_iter().collect::<Vec<_>>(), ["/c.js"]);
    }
}
