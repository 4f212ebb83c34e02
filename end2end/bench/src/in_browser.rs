//! Scripts in Chromium that measure the rules in WebAssembly, built as small as those that residents load.

use std::{fs, process::Command};

use serde::de::DeserializeOwned;

use crate::{Outcome, lighthouse::FLAGS, plan::Plan};

/// What `measuring`, an expression, gives after `before` has run, with everything of `end2end/cases` at hand.
///
/// Nothing where there is no Chromium or no module to load.
pub fn run<T: DeserializeOwned>(plan: &Plan, before: &str, measuring: &str) -> Outcome<Option<T>> {
    let (Some(chromium), Some(cases)) = (&plan.chromium, &plan.cases) else { return Ok(None) };
    let script = fs::read_to_string(cases.join("cases.js"))?;
    let module = serde_json::to_string(&fs::read(cases.join("cases_bg.wasm"))?)?;
    // All of it is synchronous, so that the page is not loaded before everything is measured.
    let page = format!(
        "<!doctype html><meta charset=utf-8><title></title><script type=module>{script}
initSync({{ module: new Uint8Array({module}) }});
{before}
document.title = JSON.stringify({measuring});
</script>"
    );
    let file = plan.scratch.join("measuring.html");
    fs::write(&file, page)?;
    let mut command = Command::new(chromium);
    command.args(FLAGS.split(' ')).arg("--dump-dom").arg(format!("file://{}", file.display()));
    let said = String::from_utf8(command.output()?.stdout)?;
    let title = said.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    let (title, _) = title.ok_or("Chromium gave no title")?;
    let measured = serde_json::from_str(title);
    Ok(Some(measured.map_err(|error| format!("Chromium measured nothing ({error}): {title}"))?))
}
