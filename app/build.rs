//! Puts the style sheet, the public files and the browser half into the server's binary,
//! each with a name that changes with its content and compressed once, here.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

/// The names `wasm-bindgen` gives the modules of the browser half (`scripts/wasm.sh`), and what layouts call them: the
/// islands, and the benefit check.
const MODULES: [(&str, &str); 2] = [("huimin", "ISLANDS"), ("check", "CHECK")];

/// The modules that find the nearest places, and also what is typed, which their own script loads.
const NEAR: [(&str, &str); 2] = [("near", "NEAR"), ("typed", "TYPED")];

/// What the sheets begin with that residents never load.
const STAFF: &str = "41-";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        return Ok(());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("..").canonicalize()?;
    let site = browser_folder(&root)?;
    let [style, public] = ["style", "public"].map(|folder| root.join(folder));
    for folder in [&style, &public, &site] {
        println!("cargo::rerun-if-changed={}", folder.display());
    }

    let of_staff = |name: &str| name.starts_with(STAFF);
    let mut found = vec![
        hashed("huimin.css", style_sheet(&style, |name| !of_staff(name))?),
        hashed("staff.css", style_sheet(&style, of_staff)?),
    ];
    for name in files(&public)? {
        let mut body = fs::read(public.join(&name))?;
        if Path::new(&name).extension().is_some_and(|end| end == "js") {
            body = lean(&String::from_utf8(body).expect("scripts are UTF-8"));
        }
        found.push(match name.strip_prefix("assets/") {
            Some(name) => hashed(name, body),
            None => File { path: format!("/{name}"), body, hashed: false },
        });
    }
    for name in files(&site)? {
        let body = fs::read(site.join(&name))?;
        let is_part = |(own, _): &(&str, &str)| name == format!("{own}.js") || name == format!("{own}_bg.wasm");
        found.push(if MODULES.iter().chain(&NEAR).any(is_part) {
            hashed(&name, body)
        } else {
            // A module's helper files are imported by their plain names.
            File { path: format!("/assets/{name}"), body, hashed: false }
        });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    fs::write(out.join("assets.rs"), table(&found, &out)?)
}

/// A file that the server hands out: its URL path and bytes; `hashed` when the path changes with the bytes.
struct File {
    path: String,
    body: Vec<u8>,
    hashed: bool,
}

/// Where the browser half lies; a place that is named must exist, the usual one may still be empty.
fn browser_folder(root: &Path) -> io::Result<PathBuf> {
    println!("cargo::rerun-if-env-changed=HUIMIN_SITE");
    if let Some(named) = env::var_os("HUIMIN_SITE") {
        return PathBuf::from(named).canonicalize();
    }
    let usual = root.join("target/site");
    // Cargo takes a watched folder that is missing for a changed one, at every build.
    fs::create_dir_all(&usual)?;
    Ok(usual)
}

/// Those of `style/*.css` that are asked for, in the order of their names, without comments and indentation.
fn style_sheet(folder: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<u8>> {
    let mut sheet = String::new();
    for name in files(folder)? {
        if wanted(&name) && Path::new(&name).extension().is_some_and(|end| end == "css") {
            sheet += &fs::read_to_string(folder.join(name))?;
            sheet.push('\n');
        }
    }
    Ok(tightened(&sheet).into_bytes())
}

/// Drops comments, indentation and empty lines; strings stay as they are.
fn tightened(css: &str) -> String {
    let mut tight = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '"' | '\'' => string_length(rest, next),
            '/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            '\n' | '\r' => {
                rest = rest.trim_start();
                if !tight.is_empty() && !tight.ends_with('\n') {
                    tight.push('\n');
                }
                continue;
            }
            _ => next.len_utf8(),
        };
        tight += &rest[..length];
        rest = &rest[length..];
    }
    tight
}

/// A script without comments that take a line, without indentation and empty lines; what it says stays as it is.
fn lean(script: &str) -> Vec<u8> {
    let mut lean = String::with_capacity(script.len());
    for line in script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        assert!(line.matches('`').count().is_multiple_of(2), "text of several lines would not stay as it is: {line}");
        lean += line;
        lean.push('\n');
    }
    lean.into_bytes()
}

/// Bytes of the CSS string that `text` begins with, quotes included.
fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// Names below `folder` with forward slashes, sorted; names that begin with a dot are left out.
fn files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            names.extend(files(&entry.path())?.into_iter().map(|below| format!("{name}/{below}")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn hashed(name: &str, body: Vec<u8>) -> File {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let path = format!("/assets/{stem}-{}.{end}", &digest(&body)[..8]);
    File { path, body, hashed: true }
}

fn digest(body: &[u8]) -> String {
    Sha256::digest(body).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The Rust text of `ASSETS`, sorted by path, and of the names that layouts ask for.
fn table(found: &[File], out: &Path) -> io::Result<String> {
    let bodies = out.join("assets");
    fs::create_dir_all(&bodies)?;
    let mut rust = String::from("static ASSETS: &[Asset] = &[\n");
    for File { path, body, hashed } in found {
        let digest = digest(body);
        fs::write(bodies.join(&digest), body)?;
        let here = |file: &str| format!(r#"include_bytes!(concat!(env!("OUT_DIR"), "/assets/{file}"))"#);
        let small = format!("{digest}.br");
        let saves = compress(&bodies.join(&small), body)?;
        let brotli = if saves { format!("Some({})", here(&small)) } else { "None".to_owned() };
        let _ = writeln!(
            rust,
            "Asset {{ path: {path:?}, content_type: {:?}, digest: {:?}, body: {}, brotli: {brotli}, hashed: {hashed} }},",
            content_type(path),
            &digest[..16],
            here(&digest),
        );
    }
    rust += "];\n";
    let named = |start: &str, end: &str| {
        found.iter().find(|file| file.hashed && file.path.starts_with(start) && file.path.ends_with(end))
    };
    let scripts = [
        ("STYLESHEET", "/assets/huimin-", ".css"),
        ("STAFF_STYLESHEET", "/assets/staff-", ".css"),
        ("LOADER", "/assets/loader-", ".js"),
        ("CHECK_LOADER", "/assets/begin-check-", ".js"),
        ("NEAR_LOADER", "/assets/begin-near-", ".js"),
    ];
    for (name, start, end) in scripts {
        let path = named(start, end).map_or("", |file| &file.path);
        let _ = writeln!(rust, "const {name}: &str = {path:?};");
    }
    for (own, name) in MODULES {
        let module = named(&format!("/assets/{own}-"), ".js");
        let wasm = named(&format!("/assets/{own}_bg-"), ".wasm");
        let module = module.zip(wasm).map_or("None".to_owned(), |(module, wasm)| {
            format!("Some(Module {{ script: {:?}, wasm: {:?} }})", module.path, wasm.path)
        });
        let _ = writeln!(rust, "const {name}: Option<Module> = {module};");
    }
    for (own, name) in NEAR {
        let path = named(&format!("/assets/{own}_bg-"), ".wasm").map(|file| &file.path);
        let _ = writeln!(rust, "const {name}: Option<&str> = {path:?};");
    }
    Ok(rust)
}

/// Puts the body in brotli at its best into the file at `cache`, unless an earlier build left it there;
/// false when that saves nothing.
fn compress(cache: &Path, body: &[u8]) -> io::Result<bool> {
    if !cache.exists() {
        let mut small = Vec::new();
        brotli::CompressorReader::new(body, 4096, 11, 22).read_to_end(&mut small)?;
        fs::write(cache, small)?;
    }
    Ok(usize::try_from(fs::metadata(cache)?.len()).is_ok_and(|length| length < body.len()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        other => panic!("no content type is known for .{other} files: add it to app/build.rs"),
    }
}
