//! The same check in the WebAssembly of Chromium, built as small as the one that residents load.

use std::{fs, process::Command};

use shared::eligibility::pack::Pack;

use crate::{Outcome, lighthouse::FLAGS, plan::Plan, stats::Spread};

/// Microseconds of one check: of a household of which everything is known, and of one of which nothing is.
///
/// Nothing where there is no Chromium or no module to load.
pub fn measure(plan: &Plan, pack: &Pack) -> Outcome<Option<[Spread; 2]>> {
    let (Some(chromium), Some(cases)) = (&plan.chromium, &plan.cases) else { return Ok(None) };
    let script = fs::read_to_string(cases.join("cases.js"))?;
    let module = serde_json::to_string(&fs::read(cases.join("cases_bg.wasm"))?)?;
    let pack = serde_json::to_string(&serde_json::to_string(pack)?)?;
    let (rounds, milliseconds) = (plan.runs(5), plan.lasting(1).as_millis() / 4);
    // All of it is synchronous, so that the page is not loaded before everything is measured.
    let page = format!(
        "<!doctype html><title></title><script type=module>{script}
initSync({{ module: new Uint8Array({module}) }});
const timing = new Timing({pack});
const microseconds = (known, enough) => {{
  const begin = performance.now();
  let calls = 0;
  for (; performance.now() - begin < enough; calls += 50) timing.run(known, 50);
  return ((performance.now() - begin) * 1000) / calls;
}};
const rounds = (known) => {{
  microseconds(known, 500);
  return Array.from({{ length: {rounds} }}, () => microseconds(known, {milliseconds}));
}};
document.title = JSON.stringify([rounds(true), rounds(false)]);
</script>"
    );
    let file = plan.scratch.join("check.html");
    fs::write(&file, page)?;
    let mut command = Command::new(chromium);
    command.args(FLAGS.split(' ')).arg("--dump-dom").arg(format!("file://{}", file.display()));
    let said = String::from_utf8(command.output()?.stdout)?;
    let title = said.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    let (title, _) = title.ok_or("Chromium gave no title")?;
    let [known, nothing]: [Vec<f64>; 2] =
        serde_json::from_str(title).map_err(|error| format!("Chromium measured nothing ({error}): {title}"))?;
    Ok(Some([Spread::of(known), Spread::of(nothing)]))
}
