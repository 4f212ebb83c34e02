//! Every pair of colours that `style/00-tokens.css` declares can be read, in all four themes.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

type Colours = HashMap<String, [f64; 3]>;

struct Pair {
    front: String,
    back: String,
    /// A border or ring rather than text.
    mark: bool,
}

#[test]
fn text_is_readable_in_the_standard_mode() {
    for (theme, colours) in [("light", colours(&["light"])), ("dark", colours(&["light", "dark"]))] {
        assert_readable(theme, &colours, 4.5);
    }
}

#[test]
fn text_is_very_readable_in_the_elder_mode() {
    let light = colours(&["light", "elder"]);
    let dark = colours(&["light", "dark", "elder", "elder dark"]);
    for (theme, colours) in [("elder light", light), ("elder dark", dark)] {
        assert_readable(theme, &colours, 7.0);
    }
}

#[test]
fn the_measure_of_contrast_is_that_of_wcag() {
    let grey = rgb("#767676").unwrap();
    assert!((contrast(grey, [1.0; 3]) - 4.54).abs() < 0.01);
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 0.01);
}

#[test]
fn no_other_file_names_a_colour() {
    for file in fs::read_dir(style()).unwrap() {
        let path = file.unwrap().path();
        if path.ends_with("00-tokens.css") || path.ends_with("90-print.css") {
            continue;
        }
        let css = fs::read_to_string(&path).unwrap();
        let hex = css.match_indices('#').find(|(at, _)| rgb(css[*at..].get(..7).unwrap_or_default()).is_some());
        assert!(hex.is_none() && !css.contains("rgb("), "{} names a colour of its own", path.display());
    }
}

/// A day's cell takes the brand's colour when it is chosen, on which no other can be read.
#[test]
fn no_sign_on_a_chosen_day_keeps_a_colour_of_its_own() {
    let css = fs::read_to_string(style().join("33-dates.css")).unwrap();
    let coloured = |prefix: &str, is_so: fn(&str) -> bool| -> Vec<String> {
        let rules = css.split('}').filter_map(|rule| rule.split_once('{'));
        let rules = rules.filter(|(_, body)| body.lines().map(str::trim).any(is_so));
        let selectors = rules.flat_map(|(selectors, _)| selectors.split(',').map(str::trim));
        let signs = selectors.filter_map(|selector| selector.strip_prefix(prefix));
        signs.filter(|sign| !sign.contains([' ', '.', ':'])).map(str::to_owned).collect()
    };
    // The states are those of the cell itself.
    let mut signs = coloured(".day-", |line| line.starts_with("color: var("));
    signs.retain(|sign| !["open", "full", "later", "shut", "row-left"].contains(&sign.as_str()));
    assert!(signs.len() >= 4, "only {signs:?} were read");
    let plain = coloured(".day-chosen .day-", |line| line == "color: inherit;");
    signs.retain(|sign| !plain.contains(sign));
    assert!(signs.is_empty(), "{signs:?}");
}

fn assert_readable(theme: &str, colours: &Colours, text: f64) {
    let pairs = pairs();
    assert!(pairs.len() > 40, "only {} pairs were read", pairs.len());
    let faint: Vec<_> = pairs
        .iter()
        .filter_map(|pair| {
            let needed = if pair.mark { 3.0 } else { text };
            let ratio = contrast(colours[&pair.front], colours[&pair.back]);
            (ratio < needed).then(|| format!("{} on {}: {ratio:.2}, needs {needed}", pair.front, pair.back))
        })
        .collect();
    assert!(faint.is_empty(), "{theme}: {faint:#?}");
}

/// The colours of a theme: later blocks win, as in the cascade.
fn colours(blocks: &[&str]) -> Colours {
    let css = tokens();
    let mut all = Colours::new();
    let mut open = Vec::new();
    for line in css.lines().map(str::trim) {
        if line.ends_with('{') {
            open.push(line);
        } else if line == "}" {
            open.pop();
        }
        let within = |word: &str| open.iter().any(|opening| opening.contains(word));
        let block = match (within("dark"), within("elder")) {
            (false, false) => "light",
            (true, false) => "dark",
            (false, true) => "elder",
            (true, true) => "elder dark",
        };
        if let Some((name, value)) = line.strip_prefix("--").and_then(|line| line.split_once(": "))
            && let Some(colour) = rgb(value.trim_end_matches(';'))
            && blocks.contains(&block)
        {
            all.insert(name.to_owned(), colour);
        }
    }
    all
}

/// The pairs declared in the comment, as `@text ink, ink-soft on paper, tint`.
fn pairs() -> Vec<Pair> {
    let css = tokens();
    let lines = css.lines().filter_map(|line| {
        let line = line.trim();
        let text = line.strip_prefix("@text ").map(|rest| (rest, false));
        text.or_else(|| line.strip_prefix("@mark ").map(|rest| (rest, true)))
    });
    let mut pairs = Vec::new();
    for (line, mark) in lines {
        let (fronts, backs) = line.split_once(" on ").expect("a pair is written `@text front on back`");
        for front in fronts.split(", ") {
            pairs.extend(backs.split(", ").map(|back| Pair { front: front.to_owned(), back: back.to_owned(), mark }));
        }
    }
    pairs
}

fn style() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../style")
}

fn tokens() -> String {
    fs::read_to_string(style().join("00-tokens.css")).expect("the tokens are in their file")
}

fn rgb(text: &str) -> Option<[f64; 3]> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?].map(|part| f64::from(part) / 255.0))
}

/// WCAG 2.2, "contrast ratio": 1 to 21.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
