//! Puts the files of the policy packs and of the kinds of places into the program, so that one binary has all of them inside.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for (folder, file) in [("../shared/packs", "packs.rs"), ("kinds", "kinds.rs")] {
        let root = here.join(folder).canonicalize()?;
        let mut table = String::from("&[\n");
        list(&root, &root, &mut table)?;
        fs::write(out.join(file), table + "]\n")?;
    }
    Ok(())
}

/// One line a file, `("440300/dibao.toml", include_str!("…"))`, in order of the names.
fn list(root: &Path, folder: &Path, table: &mut String) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        // Cases are for tests and for those who write rules, who have the files.
        if path.is_dir() && !path.ends_with("cases") {
            list(root, &path, table)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).map_err(io::Error::other)?;
            let (name, path) = (name.display(), path.display());
            writeln!(table, "    (r\"{name}\", include_str!(r\"{path}\")),").map_err(io::Error::other)?;
        }
    }
    Ok(())
}
